"""What an import would do, row by row, as a table model with filters."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from levelkit.domain.text import fold
from levelkit.gui.icons import icon
from levelkit.gui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Iterator

    from levelkit.services.import_plan import Difference, ImportPlan, Line
    from levelkit.sheets import Problem

TABLES_VI: Final = {
    "systems": "Hệ thống",
    "devices": "Thiết bị",
    "services": "Dịch vụ",
    "zones": "Vùng mạng",
    "connections": "Kết nối",
}
STATES_VI: Final = {
    "new": "Mới",
    "update": "Khác dữ liệu đã có",
    "unchanged": "Không đổi",
    "skipped": "Bỏ qua",
    "failed": "Không nhập được",
}
_ICONS: Final = {
    "new": ("plus", "ok"),
    "update": ("pencil", "warn"),
    "unchanged": ("circle-check", "text3"),
    "skipped": ("circle-minus", "text3"),
    "failed": ("octagon-alert", "err"),
}
PLACE, TABLE, CODE, NAME, STATE, NOTE = range(6)
_HEADS: Final = ("Vị trí", "Loại", "Mã", "Tên", "Kết quả", "Chi tiết")
_Index = QModelIndex | QPersistentModelIndex


@dataclass
class Row:
    """A row of the file: where, what becomes of it, what to mend; ``state`` as in the plan."""

    sheet: str
    row: int
    table: str
    code: str
    label: str
    state: str
    notes: tuple[str, ...]
    to_mend: bool
    hay: str = field(init=False)

    def __post_init__(self) -> None:
        words = (self.place_vi, self.table, self.code, self.label, STATES_VI[self.state], *self.notes)
        self.hay = fold(" ".join(words))

    @property
    def place_vi(self) -> str:
        """«Kiểm kê, dòng 12»."""
        return f"{self.sheet}, dòng {self.row}"


def rows_of(plan: ImportPlan) -> list[Row]:
    """Return the rows of a plan in the order of the file, with what could not be read of each."""
    problems: dict[tuple[str, int], list[Problem]] = {}
    for problem in plan.problems:
        problems.setdefault((problem.sheet, problem.row), []).append(problem)
    found: list[Row] = []
    for line in plan.lines:
        wrong = problems.pop((line.sheet, line.row), [])
        found.append(_row(line, wrong))
    for (sheet, number), wrong in problems.items():
        notes = tuple(_problem(one) for one in wrong)
        found.append(Row(sheet, number, "", "", wrong[0].value, "failed", notes, to_mend=True))
    return found


def _row(line: Line, wrong: list[Problem]) -> Row:
    notes = [*(_problem(one) for one in wrong), *_changes(line)]
    return Row(
        sheet=line.sheet,
        row=line.row,
        table=TABLES_VI[line.table],
        code=line.code or "",
        label=line.label,
        state=line.state,
        notes=tuple(notes),
        to_mend=bool(wrong) or line.state == "failed",
    )


def _problem(one: Problem) -> str:
    column = f"{one.column}: " if one.column else ""
    return f"{column}{one.message} Ô đang ghi «{one.value}»."


def _changes(line: Line) -> Iterator[str]:
    for change in line.changes:
        yield f"{change.name}: «{_words(change, change.before)}» thành «{_words(change, change.after)}»."


def _words(change: Difference, value: Any) -> str:
    if value is None or value == []:
        return "trống"
    if value is True:
        return "Có"
    if value is False:
        return "Không"
    if isinstance(value, list):
        return ", ".join(_words(change, one) for one in value)
    return str(value)


class ImportModel(QAbstractTableModel):
    """The rows that pass the filter: a state, ``mend`` for those with something to mend, ``all``."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: list[Row] = []
        self._shown: list[Row] = []
        self._key = "all"
        self._words: list[str] = []

    def show_plan(self, plan: ImportPlan) -> None:
        """Show another plan."""
        self._all = rows_of(plan)
        self._narrow()

    def narrow(self, key: str, words: str) -> None:
        """Show the rows of a state that hold every word."""
        self._key, self._words = key, fold(words).split()
        self._narrow()

    def counts(self) -> dict[str, int]:
        """How many rows there are of each state, in all, and to mend."""
        found = {"all": len(self._all), "mend": sum(row.to_mend for row in self._all)}
        return found | {state: sum(row.state == state for row in self._all) for state in STATES_VI}

    @property
    def has_notes(self) -> bool:
        """Whether any row has something to say."""
        return any(row.notes for row in self._all)

    def row(self, place: int) -> Row:
        """The row shown at a place."""
        return self._shown[place]

    def _narrow(self) -> None:
        self.beginResetModel()
        self._shown = [row for row in self._all if self._passes(row)]
        self.endResetModel()

    def _passes(self, row: Row) -> bool:
        wanted = self._key == "all" or (row.to_mend if self._key == "mend" else row.state == self._key)
        return wanted and all(word in row.hay for word in self._words)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """How many rows are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Six columns."""
        return 0 if parent.isValid() else len(_HEADS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> Any:
        """Column heads."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _HEADS[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """Text, icon, font and colour of a cell."""
        row, column = self._shown[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(row.notes) if column == NOTE else self._text(row, column) or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{_HEADS[column]}: {self._text(row, column) or 'không có'}"
        if role == Qt.ItemDataRole.DecorationRole:
            if column == STATE:
                return icon(*_ICONS[row.state])
            if column == NOTE and row.to_mend and row.state != "failed":
                return icon("triangle-alert", "warn")
        if role == Qt.ItemDataRole.FontRole:
            return theme().font(14, 600 if column == NAME else 400)
        if role == Qt.ItemDataRole.ForegroundRole:
            return theme().color("text" if column in {NAME, STATE} else "text2")
        return None

    @staticmethod
    def _text(row: Row, column: int) -> str:
        if column == PLACE:
            return row.place_vi
        if column == TABLE:
            return row.table
        if column == CODE:
            return row.code
        if column == NAME:
            return row.label
        if column == STATE:
            return STATES_VI[row.state]
        return " ".join(row.notes)
