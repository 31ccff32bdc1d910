"""Sheets: write cells as people in Vietnam read them, such that reading them gives the same values back."""

from __future__ import annotations

import datetime
import io
from typing import TYPE_CHECKING, Any

from levelkit.domain.text import format_date
from levelkit.sheets import legacy, values
from levelkit.sheets.values import ERRORS, Unreadable, text_of
from levelkit.sheets.words import ColumnWords, words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from levelkit.sheets.inventory import Labels

Cell = str | int | float | datetime.date | None


def cell_of(column: ColumnWords, answers: Mapping[str, Any]) -> Cell:
    """Return how the answer that a column holds is written; None where there is none."""
    name = column.question or column.key
    value = answers.get(name) if name else None
    if column.type == "decision":
        return _decision(column, answers)
    if value is None:
        return None
    match column.type:
        case "choices":
            return "; ".join(_word(column, one) for one in value)
        case "choice" | "stage":
            return _word(column, value)
        case "date":
            return datetime.date.fromisoformat(value)
        case "boolean":
            return (words().yes if value else words().no)[0].capitalize()
        case "lines":
            return "; ".join(map(str, value)) if value else column.none[0]
        case _:
            return value if isinstance(value, int) else str(value)


def says(column: ColumnWords, text: str, labels: Labels) -> dict[str, Any] | None:
    """Return the answers that a cell of a former import gives, None where it cannot be read."""
    name = column.question or column.key or ""
    if legacy.recognised(text) is not None or text in ERRORS:
        return None
    options = labels.options.get(name, {})
    try:
        match column.type:
            case "decision":
                return values.decision(text, column)
            case "stage":
                stage, began, _conventional = values.stage(text, column, options)
                return {name: stage} | ({"investment_started": began} if began else {})
            case "choices":
                found: Any = values.choices(text, column, options)
            case "choice":
                found = values.choice(text, column, options)
            case "count":
                found = values.count(text)
            case "quantity":
                found = values.quantity(text)
            case "date":
                found = values.day(text)
            case "boolean":
                found = values.boolean(text)
            case "lines":
                found = values.lines(text, column, labels.last_line)
            case "long_text":
                found = text
            case _:
                found = " ".join(text.split())
    except Unreadable:
        return None
    return {name: found}


def as_it_came(column: ColumnWords, text: str) -> Cell:
    """Return a cell of a former import as it is written back: numbers and days as such, else the text."""
    if column.type in {"count", "quantity"} and text.isascii() and text.isdigit():
        return int(text)
    if column.type == "date":
        try:
            day = values.day(text)
        except Unreadable:
            return text
        found = datetime.date.fromisoformat(day) if day else None
        return found if found is not None and format_date(found) == text else text
    return text


def book_bytes(sheets: Sequence[tuple[str, Sequence[str], Sequence[Sequence[Cell]]]]) -> bytes:
    """Return sheets (title, headings, rows) as .xlsx; text is text, whatever it begins with."""
    import xlsxwriter

    out = io.BytesIO()

    properties = {"created": datetime.datetime(2026, 1, 1)}
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties(properties)
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        plain = book.add_format({"text_wrap": True, "valign": "top"})
        day = book.add_format({"num_format": "dd/mm/yyyy", "valign": "top"})
        for title, headings, rows in sheets:
            sheet = book.add_worksheet(title)
            sheet.freeze_panes(1, 0)
            for index, heading in enumerate(headings):
                widest = max((len(text_of(row[index])) for row in rows), default=0)
                sheet.set_column(index, index, min(48, max(10, len(heading) * 0.7, widest * 0.9)))
                sheet.write_string(0, index, heading, bold)
            for number, row in enumerate(rows, start=1):
                for index, cell in enumerate(row):
                    if isinstance(cell, datetime.date):
                        sheet.write_datetime(
                            number, index, datetime.datetime.combine(cell, datetime.time()), day
                        )
                    elif isinstance(cell, (int, float)):
                        sheet.write_number(number, index, cell, plain)
                    elif cell is not None and cell != "":
                        sheet.write_string(number, index, cell, plain)
    return out.getvalue()


def _word(column: ColumnWords, value: str) -> str:
    known = column.values.get(value)
    return value if known is None else known[0][:1].upper() + known[0][1:]


def _decision(column: ColumnWords, answers: Mapping[str, Any]) -> Cell:
    level = answers.get("previous.level")
    number, day = answers.get("previous.decision"), answers.get("previous.decision_date")
    if level is None or number is None or day is None:
        return level if level is None else int(level)
    written = (
        words().decision["text"].format(number=number, date=format_date(datetime.date.fromisoformat(day)))
    )
    named = next(
        (text for text, one in column.ruleset.items() if one == answers.get("previous.ruleset")), None
    )
    if named:
        written += ", " + words().decision["under"].format(ruleset=named)
    whole = f"{level} ({written})"
    told = values.decision(whole, column)
    return whole if told["previous.decision"] == number else int(level)
