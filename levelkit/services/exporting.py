"""Services: give an inventory back as a workbook: the columns that came in, with what stands there now."""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Any

from levelkit.errors import UserError
from levelkit.services.importing import SHEET_LAYOUT, SHEET_ROW, labels_of
from levelkit.services.output_files import written_beside
from levelkit.sheets.layout import shown
from levelkit.sheets.words import SheetWords, key_of, words
from levelkit.sheets.writing import Cell, as_it_came, book_bytes, cell_of, says
from levelkit.store import shared as stored

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from levelkit.services.workspace import Workspace
    from levelkit.sheets.inventory import Labels

_NO_TITLE = re.compile(r"[\[\]:*?/\\\x00-\x1f]+")
_LONGEST_TITLE = 31
_DECISION = {"previous.level", "previous.decision", "previous.decision_date", "previous.ruleset"}
_MADE = ("systems", "devices", "services", "zones", "connections")


@dataclass
class _Sheet:
    """A sheet to write: headings in order, heading → column of its kind."""

    name: str
    kind: str
    headings: list[str]
    columns: dict[str, str]
    lines: list[tuple[int, list[Cell]]] = field(default_factory=list)

    def add(self, row: list[Cell], came_from: int | None = None) -> None:
        """Add a row; one that came from a sheet stands where it stood, new ones follow."""
        self.lines.append((sys.maxsize if came_from is None else came_from, row))

    @property
    def rows(self) -> list[list[Cell]]:
        """The rows in order."""
        return [row for _place, row in sorted(self.lines, key=lambda line: line[0])]

    @property
    def words(self) -> SheetWords:
        return words().sheets[self.kind]


def export_inventory(workspace: Workspace, path: Path, told: Callable[[int, int], None] | None = None) -> int:
    """Write the whole inventory as .xlsx and return the number of systems.

    Sheets, headings and order are those of the last import; a cell whose value is still what it was comes
    back as it was typed. Facts without a column stand on a sheet of their own. Importing the file again
    changes nothing.

    Raises:
        UserError: the ending is not .xlsx, or the place cannot be written; nothing is half-written.
    """
    if path.suffix.lower() != ".xlsx":
        raise UserError(f"--out: phải là tệp .xlsx. Đang ghi «{path.name}», hãy đổi đuôi thành .xlsx.")
    maker = _Maker(workspace)
    codes = [summary.code for summary in workspace.systems()]
    for done, code in enumerate(codes):
        if told:
            told(done, len(codes))
        maker.take(code)
    with written_beside(path) as part:
        part.write_bytes(book_bytes(maker.sheets()))
    return len(codes)


class _Maker:
    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._labels: Labels = labels_of(workspace.forms)
        self._codes = {summary.code for summary in workspace.systems()}
        with workspace.reading() as session:
            layout = stored.read_record(session, SHEET_LAYOUT, "sheets") or {"sheets": [], "units": []}
            self._came = stored.read_records(session, SHEET_ROW)
        self._sheets = [
            _Sheet(one["name"], one["kind"], one["headings"], one["columns"])
            for one in layout["sheets"]
            if one["kind"] != "facts"
        ]
        self._titles: set[str] = set()
        self._units = layout["units"]
        for kind in _MADE:
            if not any(sheet.kind == kind for sheet in self._sheets):
                self._made(kind)
        self._facts = _Sheet(
            self._free(words().titles["facts"]),
            "facts",
            list(words().headings["facts"].values()),
            {heading: column for column, heading in words().headings["facts"].items()},
        )
        self._seen: list[dict[str, Any]] = []

    def take(self, code: str) -> None:
        """Add one system with all that belongs to it."""
        answers = self._workspace.session(code).interview.answers
        self._seen.append(answers)
        came = self._came.get(f"systems/{code}", {})
        sheet = self._sheet("systems", came.get("sheet"))
        cells = came.get("cells", {})
        row = [self._system_cell(sheet, one, code, answers, cells.get(one)) for one in sheet.headings]
        sheet.add(row, came.get("row"))
        covered = self._covered(sheet)
        for question in self._workspace.forms.questions:
            if question.facts and question.id in answers and question.id not in covered:
                value = json.dumps(answers[question.id], ensure_ascii=False)
                self._facts.add([code, question.id, question.name, value])
        for kind in _MADE[1:]:
            self._take_rows(kind, code, answers.get(kind) or [])

    def sheets(self) -> list[tuple[str, list[str], list[list[Cell]]]]:
        """Return title, headings and rows of all sheets, the units filled in, the further facts last."""
        for sheet in self._sheets:
            if sheet.kind == "units":
                for unit in self._units:
                    if unit["sheet"] == sheet.name:
                        sheet.add(self._unit(sheet, unit), unit["row"])
        with_rows = {sheet.kind for sheet in self._sheets if sheet.lines}
        written = [one for one in self._sheets if one.lines or one.kind not in with_rows]
        if self._facts.lines:
            written.append(self._facts)
        return [(self._title(one.name), [shown(text) for text in one.headings], one.rows) for one in written]

    def _title(self, name: str) -> str:
        """Return a title that Excel takes: other signs, not too long, none twice."""
        plain = _NO_TITLE.sub(" ", name).strip(" '")[:_LONGEST_TITLE].strip(" '") or words().titles["systems"]
        if plain.lower() == "history":  # Excel keeps it for itself
            plain += " 1"
        title, number = plain, 1
        while title.lower() in self._titles:
            number += 1
            title = f"{plain[: _LONGEST_TITLE - 5]} {number}"
        self._titles.add(title.lower())
        return title

    def _made(self, kind: str) -> _Sheet:
        columns = {heading: column for column, heading in words().headings[kind].items()}
        sheet = _Sheet(self._free(words().titles[kind]), kind, list(columns), columns)
        self._sheets.append(sheet)
        return sheet

    def _with_code(self, kind: str) -> _Sheet:
        fitting = (one for one in self._sheets if one.kind == kind and "code" in one.columns.values())
        return next(fitting, None) or self._made(kind)

    def _told(self, row: dict[str, Any]) -> str | None:
        """Return the system that the ends of a connection tell, as an import will read them."""
        return next((row[end] for end in ("from", "to") if row.get(end) in self._codes), None)

    def _free(self, title: str) -> str:
        """Return a title that no sheet has yet; Excel tells them apart without case."""
        taken = {sheet.name.lower() for sheet in self._sheets}
        return next(
            name for n in count(1) if (name := f"{title} {n}" if n > 1 else title).lower() not in taken
        )

    def _sheet(self, kind: str, name: str | None) -> _Sheet:
        fitting = [sheet for sheet in self._sheets if sheet.kind == kind]
        return next((sheet for sheet in fitting if sheet.name == name), fitting[0])

    def _covered(self, sheet: _Sheet) -> set[str]:
        found = {sheet.words.columns[column].question or "" for column in sheet.columns.values()}
        return found | ({"previous.ruleset"} if "previous.level" in found else set())

    def _system_cell(
        self, sheet: _Sheet, heading: str, code: str, answers: dict[str, Any], came: str | None
    ) -> Cell:
        name = sheet.columns.get(heading)
        if name is None:
            return came
        if name == "code":
            return code
        column = sheet.words.columns[name]
        if came is not None:
            said = says(column, came, self._labels)
            now = answers.get(column.question) if column.question else None
            asked = (said or {}).keys() | (_DECISION if column.type == "decision" else set())
            if (said is None and now is None) or (
                said is not None and all(answers.get(key) == said.get(key) for key in asked)
            ):
                return as_it_came(column, came)
        return cell_of(column, answers)

    def _take_rows(self, kind: str, code: str, rows: list[dict[str, Any]]) -> None:
        came = list(self._came.get(f"{kind}/{code}", {}).get("rows", ()))
        for row in rows:
            before = next((one for one in came if _held(one["values"], row)), None)
            if before is not None:
                came.remove(before)
            sheet = self._sheet(kind, before["sheet"] if before else None)
            if "code" not in sheet.columns.values() and self._told(row) != code:
                sheet = self._with_code(kind)
            cells = before["cells"] if before else {}
            written = [self._part_cell(sheet, one, code, row, cells) for one in sheet.headings]
            sheet.add(written, before["row"] if before else None)

    def _part_cell(
        self, sheet: _Sheet, heading: str, code: str, row: dict[str, Any], cells: dict[str, str]
    ) -> Cell:
        name = sheet.columns.get(heading)
        if name is None:
            return cells.get(heading)
        column = sheet.words.columns[name]
        if column.type == "owner":
            return code
        came = cells.get(heading)
        said = None if came is None else says(column, came, self._labels)
        now = row.get(column.key) if column.key else None
        if came is not None and (now is None if said is None else now == next(iter(said.values()))):
            return as_it_came(column, came)
        return cell_of(column, row)

    def _unit(self, sheet: _Sheet, unit: dict[str, Any]) -> list[Cell]:
        cells: dict[str, str] = unit["cells"]
        by_column = {column: heading for heading, column in sheet.columns.items()}
        role = says(sheet.words.columns["role"], cells.get(by_column["role"], ""), self._labels)
        name = key_of(cells.get(by_column["name"], ""))
        prefix = next(iter(role.values())) if role else None
        systems = [one for one in self._seen if prefix and key_of(str(one.get(f"{prefix}.name", ""))) == name]
        row: list[Cell] = []
        for heading in sheet.headings:
            column = sheet.words.columns.get(sheet.columns.get(heading, ""))
            said = (
                Counter(one.get(f"{prefix}.{column.key}") for one in systems)
                if column and column.key
                else None
            )
            most = said.most_common(1)[0][0] if said else None
            row.append(str(most) if most is not None else cells.get(heading))
        return row


def _held(values: dict[str, Any], row: dict[str, Any]) -> bool:
    return all(row.get(key) == value for key, value in values.items())
