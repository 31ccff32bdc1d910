"""The closed registry of question types: what each may hold, and how typed text becomes a value.

A parser gives the stored value, or None where the raw value means "unanswered". A value that cannot be taken
raises ``AnswerError`` with a Vietnamese sentence. A window looks its fields up by the names in
``QUESTION_TYPES``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from levelkit.domain.text import fold, format_number, legible
from levelkit.errors import UserError

if TYPE_CHECKING:
    from levelkit.questionnaire.schema import Column, Question, QuestionTypeName

NONE_OF_THESE = "none"
_LONGEST_NUMBER, _LONGEST_SHOWN = 40, 200
_GROUPED = re.compile(r"^\d{1,3}(?:[.\u00a0\u202f ]\d{3})+$")
_PLAIN = re.compile(r"^\d+$")
_ISO = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})$")
_LOCAL = re.compile(r"^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$")
_DIGITS = re.compile(r"^(\d{2})(\d{2})(\d{4})$")
_SHORT_YEAR = re.compile(r"^(\d{1,2})[/.-](\d{1,2})[/.-](\d{2})$")


class AnswerError(UserError):
    """A value cannot be taken as the answer to a question: says which, why, and what to type."""


@dataclass(frozen=True, slots=True)
class QuestionType:
    """One entry of the registry.

    Attributes:
        parse: raw value to stored value, None where empty; raises AnswerError.
        options: the form must list options.
        columns: the form must list columns.
    """

    name: QuestionTypeName
    parse: Callable[[Question, Any], Any]
    options: bool = False
    columns: bool = False


def clean_text(raw: str) -> str:
    """Return one line of text: NFC, nothing unseen, runs of white space as one space, trimmed."""
    return " ".join(legible(raw).split())


def clean_long_text(raw: str) -> str:
    """Return text of several lines: NFC, nothing unseen, Unix line ends, no blanks at line ends or around."""
    return "\n".join(line.rstrip() for line in legible(raw).splitlines()).strip()


def parse_integer(raw: Any) -> int | None:
    """Return the whole number meant by ``1.850.000``, ``1 850 000``, ``1850000`` or 3.0, else None."""
    if isinstance(raw, bool):
        return None
    if isinstance(raw, int):
        return raw
    if isinstance(raw, float):
        return int(raw) if raw.is_integer() else None
    if isinstance(raw, str):
        text = clean_text(raw)
        if len(text) > _LONGEST_NUMBER:
            return None
        if _PLAIN.match(text):
            return int(text)
        if _GROUPED.match(text):
            return int(re.sub(r"\D", "", text))
    return None


def parse_date(raw: Any) -> str | None:
    """Return the ISO date meant by ``05/01/2026``, ``5-1-2026``, ``05012026``, ``2026-01-05`` or a date.

    None where no such day is; a year of two digits could mean two centuries.
    """
    if isinstance(raw, datetime):
        return raw.date().isoformat()
    if isinstance(raw, date):
        return raw.isoformat()
    if not isinstance(raw, str):
        return None
    text = raw.strip()
    if found := _ISO.match(text):
        year, month, day = (int(part) for part in found.groups())
    elif found := _LOCAL.match(text) or _DIGITS.match(text):
        day, month, year = (int(part) for part in found.groups())
    else:
        return None
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def shown(raw: Any) -> str:
    """Return what was given as a message repeats it: legible, and not longer than a message may be."""
    try:
        text = legible(raw if isinstance(raw, str) else repr(raw))
    except ValueError:  # a number of thousands of digits is not written out
        text = "số quá dài"
    return f"{text[:_LONGEST_SHOWN]}…" if len(text) > _LONGEST_SHOWN else text


def _refuse(question: Question, rule: str, raw: Any, remedy: str) -> AnswerError:
    return AnswerError(f"«{question.name}»: {rule}. Đang ghi «{shown(raw)}», {remedy}.")


def _text(question: Question, raw: Any) -> str | None:
    if not isinstance(raw, str):
        raise _refuse(question, "phải là một dòng chữ", raw, "hãy gõ lại bằng chữ")
    return clean_text(raw) or None


def _long_text(question: Question, raw: Any) -> str | None:
    if not isinstance(raw, str):
        raise _refuse(question, "phải là đoạn chữ", raw, "hãy gõ lại bằng chữ")
    return clean_long_text(raw) or None


def _yes_no(question: Question, raw: Any) -> bool:
    if not isinstance(raw, bool):
        raise _refuse(question, "phải là «Có» hoặc «Không»", raw, "hãy chọn một trong hai")
    return raw


def _labels(question: Question) -> str:
    return ", ".join(f"«{option.label}»" for option in question.options)


def _single(question: Question, raw: Any) -> str:
    if not isinstance(raw, str) or raw not in {option.value for option in question.options}:
        raise _refuse(question, "phải là một mục trong danh sách", raw, f"hãy chọn {_labels(question)}")
    return raw


def _chosen(question: Question, raw: Any, *, extra: frozenset[str] = frozenset()) -> list[str]:
    if isinstance(raw, str) or not isinstance(raw, list | tuple | set | frozenset):
        raise _refuse(question, "phải là danh sách các mục đã chọn", raw, "hãy chọn lại trong danh sách")
    known = [option.value for option in question.options]
    wrong = [item for item in raw if item not in (*known, *extra)]
    if wrong:
        raise _refuse(question, "có mục ngoài danh sách", wrong[0], f"hãy chọn {_labels(question)}")
    return [value for value in (*known, *sorted(extra)) if value in raw]


def _multi(question: Question, raw: Any) -> list[str] | None:
    chosen = _chosen(question, raw)
    alone = [option.label for option in question.options if option.exclusive and option.value in chosen]
    if alone and len(chosen) > 1:
        raise _refuse(question, "mục này phải chọn một mình", alone[0], "hãy bỏ các mục còn lại")
    return chosen or None


def _statements(question: Question, raw: Any) -> list[str] | None:
    chosen = _chosen(question, raw, extra=frozenset({NONE_OF_THESE}))
    if NONE_OF_THESE in chosen and len(chosen) > 1:
        label = question.none_label or "Không có trường hợp nào ở trên"
        raise _refuse(question, "câu này phải chọn một mình", label, "hãy bỏ các câu còn lại")
    return chosen or None


def _integer(question: Question, raw: Any) -> int | None:
    if isinstance(raw, str) and not raw.strip():
        return None
    value = parse_integer(raw)
    low = question.minimum if question.minimum is not None else 0
    if value is None:
        raise _refuse(
            question, f"phải là số nguyên từ {format_number(low)}", raw, "hãy gõ bằng chữ số, ví dụ 1.850.000"
        )
    return _within(question, value, low, question.maximum)


def _within(question: Question, value: int, low: int, high: int | None) -> int:
    if value < low or (high is not None and value > high):
        rule = f"phải là số nguyên từ {format_number(low)}"
        if high is not None:
            rule += f" đến {format_number(high)}"
        raise _refuse(question, rule, format_number(value), "hãy gõ một số trong khoảng này")
    return value


def _date(question: Question, raw: Any) -> str | None:
    if isinstance(raw, str) and not raw.strip():
        return None
    value = parse_date(raw)
    if value is None and isinstance(raw, str) and _SHORT_YEAR.match(raw.strip()):
        raise _refuse(question, "năm phải đủ bốn chữ số", raw, "hãy gõ ngày/tháng/năm, ví dụ 05/01/2026")
    if value is None:
        raise _refuse(question, "phải là ngày có thật", raw, "hãy gõ ngày/tháng/năm, ví dụ 05/01/2026")
    return value


def _ranked(low: int, high: int) -> Callable[[Question, Any], int]:
    def parse(question: Question, raw: Any) -> int:
        lowest = question.minimum if question.minimum is not None else low
        value = parse_integer(raw)
        if value is None:
            raise _refuse(question, f"phải là số từ {lowest} đến {high}", raw, "hãy chọn trong danh sách")
        return _within(question, value, lowest, high)

    return parse


def _business_lines(question: Question, raw: Any) -> list[int]:
    if not isinstance(raw, list | tuple | set | frozenset):
        raise _refuse(question, "phải là danh sách số thứ tự", raw, "hãy tra cứu rồi chọn lại")
    numbers: set[int] = set()
    for item in raw:
        value = parse_integer(item)
        if value is None:
            raise _refuse(question, "số thứ tự phải là số nguyên", item, "hãy tra cứu rồi chọn lại")
        numbers.add(_within(question, value, 1, question.maximum))
    return sorted(numbers)


def clean_cell(column: Column, raw: Any) -> str | int | None:
    """Return a table cell as stored.

    A whole number, an ISO date or the value of an option where the column asks for one and the text says
    one; else the text as typed, so that nothing typed or pasted is lost. ``cells.table_problems`` names what
    is wrong with it.
    """
    if raw is None:
        return None
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    if column.type == "integer":
        number = parse_integer(raw)
        if number is not None:
            return number
    if column.type == "date" and (day := parse_date(raw)) is not None:
        return day
    text = clean_long_text(str(raw)) if column.type == "long_text" else clean_text(str(raw))
    if text and column.options:
        return _option_of(column, text)
    return text or None


def _option_of(column: Column, text: str) -> str:
    """Return the value of the option that a text names by value or words, accent-free; else the text."""
    folded = fold(text)
    for option in column.options:
        if text == option.value or folded == fold(option.label):
            return option.value
    return text


def _table(question: Question, raw: Any) -> list[dict[str, str | int | None]] | None:
    if not isinstance(raw, list | tuple):
        raise _refuse(question, "phải là bảng gồm các dòng", raw, "hãy nhập lại từng dòng")
    ids = {column.id for column in question.columns}
    rows: list[dict[str, str | int | None]] = []
    for number, row in enumerate(raw, start=1):
        if not isinstance(row, Mapping):
            raise _refuse(question, f"dòng {number} phải gồm các ô theo cột", row, "hãy nhập lại dòng này")
        unknown = sorted(set(row) - ids)
        if unknown:
            raise _refuse(question, f"dòng {number} có cột không dùng đến", unknown[0], "hãy bỏ cột này")
        cells = {column.id: clean_cell(column, row.get(column.id)) for column in question.columns}
        if any(cell is not None for cell in cells.values()):
            rows.append(cells)
    return rows or None


_FILE_KEYS = {"sha256": str, "name": str, "size": int, "media_type": str}


def _attachment(question: Question, raw: Any) -> dict[str, str | int]:
    if not isinstance(raw, Mapping) or set(raw) != set(_FILE_KEYS):
        raise _refuse(question, "phải là một tệp đính kèm", raw, "hãy chọn tệp")
    for key, kind in _FILE_KEYS.items():
        if not isinstance(raw[key], kind) or isinstance(raw[key], bool):
            raise _refuse(question, "phải là một tệp đính kèm", raw[key], "hãy chọn lại tệp")
    if question.accept and raw["media_type"] not in question.accept:
        kinds = ", ".join(kind.rpartition("/")[2].upper() for kind in question.accept)
        raise _refuse(question, f"tệp phải thuộc loại {kinds}", raw["name"], "hãy chọn tệp khác")
    return {key: raw[key] for key in _FILE_KEYS}


QUESTION_TYPES: Mapping[str, QuestionType] = {
    entry.name: entry
    for entry in (
        QuestionType("text", _text),
        QuestionType("long_text", _long_text),
        QuestionType("yes_no", _yes_no),
        QuestionType("single", _single, options=True),
        QuestionType("multi", _multi, options=True),
        QuestionType("integer", _integer),
        QuestionType("date", _date),
        QuestionType("level", _ranked(1, 5)),
        QuestionType("risk_level", _ranked(0, 5)),
        QuestionType("business_lines", _business_lines),
        QuestionType("statements", _statements, options=True),
        QuestionType("data_kinds", _multi, options=True),
        QuestionType("table", _table, columns=True),
        QuestionType("attachment", _attachment),
    )
}
