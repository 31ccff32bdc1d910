"""Sheets: the inventory that a file holds: systems, the rows that belong to them, and every problem met."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from levelkit.domain.text import fold, legible
from levelkit.errors import ImportFileError
from levelkit.sheets import legacy, values
from levelkit.sheets.layout import Layout, Mapping, find_layout, headings_of, shown
from levelkit.sheets.values import ERRORS, Unreadable, text_of
from levelkit.sheets.words import ColumnWords, key_of, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from levelkit.sheets.source import Book, Grid

ENDS_TELL = "connections"
"""Rows of this table need no code: their ends say where they belong."""

_TOTAL = re.compile(r"tong (?:cong|so)\b(?! ty\b)")
_CODE = re.compile(r"[^\W_][\w.-]{0,39}")


@dataclass(frozen=True)
class Problem:
    """A cell or row that could not be taken; ``row`` counts from 1 as the office program shows it."""

    sheet: str
    row: int
    column: str
    value: str
    message: str


@dataclass
class SystemLine:
    """One system of a sheet.

    Attributes:
        answers: question id → value of what the row says; what is unknown is left out.
        cells: heading → cell as it stood, every visible column, so that an export can give it back.
        notes: what was understood by convention, in words.
    """

    sheet: str
    row: int
    code: str | None
    name: str
    answers: dict[str, Any] = field(default_factory=dict)
    cells: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


@dataclass
class PartLine:
    """A row of another sheet: a device, a service, a zone, a connection.

    Attributes:
        kind: the table's question.
        owner: the code in the row, None for a connection, whose ends say where it belongs.
        columns: the columns of the table that the sheet has: what the row is compared by.
    """

    sheet: str
    row: int
    kind: str
    owner: str | None
    values: dict[str, Any] = field(default_factory=dict)
    cells: dict[str, str] = field(default_factory=dict)
    columns: tuple[str, ...] = ()


@dataclass
class Unit:
    """A row of the units: ``role`` is owner, operator or security."""

    sheet: str
    row: int
    role: str
    values: dict[str, str]
    cells: dict[str, str] = field(default_factory=dict)


@dataclass
class FactLine:
    """A row of the sheet of further facts, as an export writes it: an answer in JSON."""

    sheet: str
    row: int
    owner: str
    question: str
    value: Any


@dataclass
class Inventory:
    """Everything a file says.

    Attributes:
        skipped, failed: rows by table, ``systems``, ``devices`` …
        ignored: sheet → headings that were not read.
        layouts: sheet → how it was read.
    """

    systems: list[SystemLine] = field(default_factory=list)
    parts: list[PartLine] = field(default_factory=list)
    units: list[Unit] = field(default_factory=list)
    facts: list[FactLine] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    skipped: dict[str, int] = field(default_factory=dict)
    failed: dict[str, int] = field(default_factory=dict)
    ignored: dict[str, list[str]] = field(default_factory=dict)
    layouts: dict[str, Layout] = field(default_factory=dict)


@dataclass(frozen=True)
class Labels:
    """What the reader has to know of the forms: options by question, the last business line."""

    options: dict[str, dict[str, str]]
    last_line: int


def read_inventory(
    book: Book, labels: Labels, mapping: Mapping | None = None, told: Callable[[int], None] | None = None
) -> Inventory:
    """Read every sheet of a file. Nothing is guessed: what cannot be read is a problem and stays unknown.

    Args:
        book: the file.
        labels: what the forms offer.
        mapping: how the organisation's sheets are read, where that was said before.
        told: called with the number of rows read so far; may raise ``Cancelled``.

    Raises:
        ImportFileError: no sheet of the file is one of an inventory.
    """
    found = Inventory()
    done = 0
    for grid in book.grids:
        layout = None if grid.hidden else find_layout(grid, mapping or Mapping())
        if layout is None:
            headings = headings_of(grid)
            if headings:
                found.ignored[grid.name] = list(headings)
            continue
        found.layouts[grid.name] = layout
        if layout.ignored:
            found.ignored[grid.name] = list(layout.ignored)
        reader = _Sheet(grid, layout, labels, found)
        for row in reader.lines():
            reader.take(row)
            done += 1
            if told and done % 200 == 0:
                told(done)
    if not found.layouts:
        tried = ", ".join(f"«{grid.name}»" for grid in book.grids) or "không có trang nào"
        raise ImportFileError(
            f"«{book.path.name}»: không thấy dòng tiêu đề của bảng kiểm kê (đã xem {tried}). "
            "Phải có cột «Tên hệ thống thông tin», hoặc cột mã cùng tên thiết bị, dịch vụ, vùng mạng."
        )
    return found


@lru_cache(maxsize=1 << 14)
def _is_total(text: str, *, coded: bool) -> bool:
    """Say whether a text heads a row of totals; a row with a code is none only for how its name begins."""
    return words().among(text, words().totals) or (not coded and _TOTAL.match(key_of(text)) is not None)


class _Sheet:
    def __init__(self, grid: Grid, layout: Layout, labels: Labels, found: Inventory) -> None:
        self._grid = grid
        self._layout = layout
        self._labels = labels
        self._found = found
        self._words = words().sheets[layout.kind]
        self._table = self._words.table or layout.kind
        self._table_columns = tuple(
            key for name in layout.columns.values() if (key := self._words.columns[name].key)
        )
        self._heading_texts = {shown(text).lower() for text in layout.headings.values()}
        self._by_name = {name: column for column, name in reversed(layout.columns.items())}
        self._asked = [
            (column, known)
            for column, name in layout.columns.items()
            if (known := self._words.columns[name]).question and name not in {"code", "name"}
        ]
        self._read_row: tuple[int, dict[int, str]] = (-1, {})
        self._understood: dict[tuple[int, type, Any], Any] = {}
        self._wide = {
            (row, first)
            for first_row, first, last_row, last in grid.merged
            for row in range(first_row, last_row + 1)
            if last - first >= 2
        }

    def lines(self) -> Iterator[int]:
        """Give the rows that hold data; empty ones, totals and repeated headings are counted as skipped."""
        rows = self._grid.rows
        for first_row, first, last_row, last in self._grid.merged:
            if first == last and first_row > self._layout.row:
                for row in range(first_row + 1, last_row + 1):
                    if row < len(rows) and first < len(rows[row]) and text_of(rows[row][first]) == "":
                        rows[row][first] = rows[first_row][first]
        last_filled = max((index for index, row in enumerate(rows) if any(map(text_of, row))), default=-1)
        for index in range(self._layout.row + 1, last_filled + 1):
            if self._is_data(index):
                yield index
            else:
                self._count(self._found.skipped)

    def take(self, index: int) -> None:
        """Read one row."""
        if self._layout.kind == "systems":
            self._system(index)
        elif self._layout.kind == "units":
            self._unit(index)
        elif self._layout.kind == "facts":
            self._fact(index)
        else:
            self._part(index)

    def _is_data(self, index: int) -> bool:
        texts = self._texts(index)
        shown = [text for text in texts.values() if text]
        if not shown:
            return any((index, column) in self._grid.without_value for column in texts)
        if len(shown) == 1 and any((index, column) in self._wide for column, text in texts.items() if text):
            return False
        code = self._column("code")
        coded = code is not None and _CODE.fullmatch(texts.get(code, "")) is not None
        if any(_is_total(text, coded=coded) for text in shown[:2]):
            return False
        headings = self._layout.headings
        same = [text for column, text in texts.items() if text and len(text) == len(headings[column])]
        return len(same) < 2 or sum(text in self._heading_texts for text in map(str.lower, same)) < 2

    def _system(self, index: int) -> None:
        cells = self._cells(index)
        fits, code = self._code(index, "code")
        name = self._text(index, "name")
        if name is None or not fits:
            if name is None:
                self._problem(index, "name", "dòng này không có tên hệ thống. Hãy ghi tên rồi nhập lại")
            self._count(self._found.failed)
            return
        line = SystemLine(self._grid.name, index + 1, code, name, cells=cells)
        line.answers["system.name"] = name
        texts = self._texts(index)
        for column, known in self._asked:
            if texts[column] or (index, column) in self._grid.without_value:
                line.answers |= self._answers(index, column, known, line)
        self._found.systems.append(line)

    def _answers(self, index: int, column: int, known: ColumnWords, line: SystemLine) -> dict[str, Any]:
        assert known.question is not None
        cell = self._plain(index, column)
        if cell is None:
            return {}
        options = self._labels.options.get(known.question, {})
        try:
            if known.type == "decision":
                return values.decision(cell, known)
            if known.type == "stage":
                stage, started, by_convention = values.stage(cell, known, options)
                found: dict[str, Any] = {known.question: stage}
                if started:
                    found["investment_started"] = started
                if by_convention:
                    line.notes.append(
                        f"Sổ kiểm kê ghi «{text_of(cell)}», không ghi ngày; lấy ngày 01 của tháng làm quy ước"
                    )
                return found
            value = self._once(column, cell, known, options)
        except Unreadable as error:
            self._problem(index, column, str(error))
            return {}
        return {} if value is None else {known.question: value}

    def _once(self, column: int, cell: Any, known: ColumnWords, options: dict[str, str]) -> Any:
        """Read a cell, the same cell of a column once: inventories repeat themselves."""
        key = (column, type(cell), cell)
        if key not in self._understood:
            try:
                self._understood[key] = self._value(cell, known, options)
            except Unreadable as error:
                self._understood[key] = error
        value = self._understood[key]
        if isinstance(value, Unreadable):
            raise Unreadable(*value.args)
        return list(value) if isinstance(value, list) else value

    def _value(self, cell: Any, known: ColumnWords, options: dict[str, str]) -> Any:
        match known.type:
            case "choices":
                return values.choices(cell, known, options)
            case "choice" | "role":
                return values.choice(cell, known, options)
            case "count":
                return values.count(cell)
            case "quantity":
                return values.quantity(cell)
            case "date":
                return values.day(cell)
            case "boolean":
                return values.boolean(cell)
            case "lines":
                return values.lines(cell, known, self._labels.last_line)
            case "long_text":
                return legible(text_of(cell)) or None
            case _:
                return re.sub(r"\s+", " ", legible(text_of(cell))).strip() or None

    def _part(self, index: int) -> None:
        cells = self._cells(index)
        part = PartLine(
            self._grid.name, index + 1, self._table, None, cells=cells, columns=self._table_columns
        )
        for column, field_name in self._layout.columns.items():
            known = self._words.columns[field_name]
            if known.type == "owner":
                fits, code = self._code(index, field_name)
                if code is None:
                    if fits and self._table == ENDS_TELL:
                        continue
                    if fits:
                        self._problem(index, column, "dòng này không ghi mã hệ thống. Hãy ghi mã")
                    self._count(self._found.failed)
                    return
                part.owner = code
                continue
            cell = self._plain(index, column)
            if cell is None or known.key is None:
                continue
            try:
                value = self._value(cell, known, {})
            except Unreadable as error:
                self._problem(index, column, str(error))
                continue
            if value is not None:
                part.values[known.key] = value
        for field_name, known in self._words.columns.items():
            if known.required and known.key not in part.values:
                self._problem(index, field_name, "ô này phải có. Hãy ghi rồi nhập lại")
                self._count(self._found.failed)
                return
        self._found.parts.append(part)

    def _unit(self, index: int) -> None:
        role, given = None, {}
        for column, field_name in self._layout.columns.items():
            known = self._words.columns[field_name]
            cell = self._plain(index, column)
            if cell is None:
                continue
            try:
                value = self._value(cell, known, {})
            except Unreadable as error:
                self._problem(index, column, str(error))
                continue
            if known.type == "role":
                role = value
            elif known.key and value:
                given[known.key] = value
        if role is not None:
            self._found.units.append(Unit(self._grid.name, index + 1, role, given, self._cells(index)))

    def _fact(self, index: int) -> None:
        _fits, code = self._code(index, "code")
        question, text = self._text(index, "question"), self._text(index, "value")
        if not code or not question or text is None:
            self._problem(index, "value", "dòng này thiếu mã hệ thống, mã câu hỏi hoặc giá trị. Hãy ghi đủ")
            return
        column = self._column("value")
        assert column is not None
        try:
            value = json.loads(text_of(self._cell(index, column)))
        except (ValueError, RecursionError):
            self._problem(index, "value", "giá trị không đọc được. Hãy để nguyên như tệp đã xuất")
            return
        self._found.facts.append(FactLine(self._grid.name, index + 1, code, question, value))

    # Cells

    def _cell(self, index: int, column: int) -> Any:
        row = self._grid.rows[index]
        return row[column] if column < len(row) else ""

    def _plain(self, index: int, column: int) -> Any:
        """Return a cell that can be read further; None where it is empty or was named a problem."""
        if self._grid.without_value and (index, column) in self._grid.without_value:
            self._problem(
                index, column, "công thức chưa có kết quả lưu. Hãy tính lại rồi lưu tệp, hoặc gõ giá trị"
            )
            return None
        text = self._texts(index)[column]
        if not text:
            return None
        cell = self._cell(index, column)
        if text[0] == "#" and text in ERRORS:
            self._problem(index, column, "ô đang báo lỗi. Hãy sửa công thức hoặc gõ giá trị")
            return None
        old = None if text.isascii() else legacy.recognised(text)
        if old is not None:
            encoding, meant = old
            self._problem(
                index, column, f"chữ gõ bằng bảng mã {encoding}, có thể là «{meant}». Hãy gõ lại bằng Unicode"
            )
            return None
        return cell

    def _text(self, index: int, field_name: str) -> str | None:
        column = self._column(field_name)
        cell = None if column is None else self._plain(index, column)
        return None if cell is None else re.sub(r"\s+", " ", legible(text_of(cell))).strip() or None

    def _code(self, index: int, field_name: str) -> tuple[bool, str | None]:
        """Return the code, None where the cell is empty; False before it where the cell can be none."""
        column = self._column(field_name)
        text = self._text(index, field_name)
        if column is None or text is None:
            return True, None
        if not _CODE.fullmatch(text):
            self._problem(
                index, column, "mã gồm chữ, số, dấu chấm, gạch, đến 40 ký tự. Hãy sửa mã rồi nhập lại"
            )
            return False, None
        return True, text

    def _column(self, field_name: str) -> int | None:
        return self._by_name.get(field_name)

    def _cells(self, index: int) -> dict[str, str]:
        texts = self._texts(index)
        return {heading: text for column, heading in self._layout.headings.items() if (text := texts[column])}

    def _texts(self, index: int) -> dict[int, str]:
        """Return the cells of a row as text, of every column with a heading."""
        if self._read_row[0] != index:
            row = self._grid.rows[index]
            width = len(row)
            texts = {
                column: text_of(row[column]) if column < width else "" for column in self._layout.headings
            }
            self._read_row = index, texts
        return self._read_row[1]

    def _problem(self, index: int, column: int | str, message: str) -> None:
        number = self._column(column) if isinstance(column, str) else column
        heading = shown(self._layout.headings.get(number, "")) if number is not None else ""
        value = text_of(self._cell(index, number)) if number is not None else ""
        self._found.problems.append(Problem(self._grid.name, index + 1, heading, value, f"{message}."))

    def _count(self, counts: dict[str, int]) -> None:
        counts[self._table] = counts.get(self._table, 0) + 1


def identity(name: str, operator: str | None) -> tuple[str, str]:
    """Return what a system without a code is known by: its name and operator, folded."""
    return fold(" ".join(name.split())), fold(" ".join((operator or "").split()))
