"""Every system under both decrees as a table model with filters."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)

from levelkit.domain.text import fold, format_date, sort_key
from levelkit.gui.icons import icon
from levelkit.gui.stairs import short_level
from levelkit.gui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from levelkit.services.impact import Side
    from levelkit.services.impact_words import TwoLaws

CODE, NAME, BEFORE, AFTER, DIFFERENCE, PATH, DAY = range(7)
FILTERS: Final = {"all": "Tất cả", "other": "Khác cấp", "same": "Như nhau", "open": "Chưa chốt"}
_HEADS: Final = ("Mã", "Hệ thống", "NĐ 85", "NĐ 331", "So sánh", "Việc phải làm", "Hạn")
_Index = QModelIndex | QPersistentModelIndex


def side_vi(side: Side) -> str:
    """«Cấp 3», «Cấp 2–3» or «Chưa chốt»."""
    return short_level(side.at_least, side.at_most, side.level)


def difference_vi(line: TwoLaws) -> str:
    """«Như nhau», «Cao hơn», «Thấp hơn», «Khác khoảng»."""
    before, after = line.found.before, line.found.after
    if line.found.same:
        return "Như nhau" if not line.open else "Như nhau, chưa chốt"
    if before.level is not None and after.level is not None:
        return "Cao hơn theo NĐ 331" if after.level > before.level else "Thấp hơn theo NĐ 331"
    return "Khác khoảng"


class TwoLawsModel(QAbstractTableModel):
    """One row per system."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: list[TwoLaws] = []
        self._hays: list[str] = []

    def show_lines(self, lines: Sequence[TwoLaws]) -> None:
        """Show these systems."""
        self.beginResetModel()
        self._lines = list(lines)
        self._hays = [
            fold(f"{one.found.code} {one.found.name} {difference_vi(one)} {one.path_vi}") for one in lines
        ]
        self.endResetModel()

    def line(self, row: int) -> TwoLaws:
        """The system of a row."""
        return self._lines[row]

    def passes(self, row: int, key: str) -> bool:
        """Whether a row is shown under one of the filters."""
        line = self._lines[row]
        return key == "all" or {"other": not line.found.same, "same": line.found.same, "open": line.open}[key]

    def holds(self, row: int, words: Sequence[str]) -> bool:
        """Whether a row holds every word."""
        return all(word in self._hays[row] for word in words)

    def counts(self) -> dict[str, int]:
        """How many rows every filter shows."""
        return {key: sum(self.passes(row, key) for row in range(len(self._lines))) for key in FILTERS}

    def order(self, row: int, column: int) -> Any:
        """What a column sorts by."""
        line = self._lines[row]
        if column == NAME:
            return sort_key(line.found.name)
        if column in {BEFORE, AFTER}:
            side = line.found.before if column == BEFORE else line.found.after
            return (-side.at_least, -side.at_most)
        if column == DIFFERENCE:
            return (line.found.same, difference_vi(line))
        if column == PATH:
            return line.path_vi
        if column == DAY:
            return line.day or date.max
        return sort_key(line.found.code)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """How many systems."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Seven columns."""
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
        line, column = self._lines[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(line, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._text(line, column) or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{_HEADS[column]}: {self._text(line, column) or 'không có'}"
        if role == Qt.ItemDataRole.DecorationRole and column == DIFFERENCE and not line.found.same:
            return icon("scale", "warn")
        if role == Qt.ItemDataRole.FontRole:
            bold = {NAME, BEFORE, AFTER}
            return theme().font(14, 600 if column in bold else 400)
        if role == Qt.ItemDataRole.ForegroundRole:
            return theme().color("text2" if column in {CODE, PATH} else "text")
        return None

    @staticmethod
    def _text(line: TwoLaws, column: int) -> str:
        found = line.found
        texts = {
            CODE: found.code,
            NAME: found.name,
            BEFORE: side_vi(found.before),
            AFTER: side_vi(found.after),
            DIFFERENCE: difference_vi(line),
            PATH: line.path_vi,
            DAY: format_date(line.day) if line.day else "",
        }
        return texts[column]


class TwoLawsProxy(QSortFilterProxyModel):
    """Filter by segment and words; the order of a column."""

    def __init__(self, model: TwoLawsModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._key = "all"
        self._words: list[str] = []
        self.setSourceModel(model)

    def narrow(self, key: str, words: str) -> None:
        """Show the rows of a segment that hold every word."""
        self.beginFilterChange()
        self._key, self._words = key, fold(words).split()
        self.endFilterChange(QSortFilterProxyModel.Direction.Rows)

    def filterAcceptsRow(self, source_row: int, _parent: _Index) -> bool:
        """Whether a row is shown."""
        return self._model.passes(source_row, self._key) and self._model.holds(source_row, self._words)

    def lessThan(self, left: _Index, right: _Index) -> bool:
        """Order by what stands behind the words."""
        one, other = (self._model.order(index.row(), index.column()) for index in (left, right))
        return bool(one < other) if one != other else left.row() < right.row()
