"""The systems of a workspace as a table model, and the cell that draws their level."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QRectF, Qt
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from levelkit.domain.text import fold, format_date
from levelkit.gui.stairs import paint_stairs, short_level
from levelkit.gui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPainter

    from levelkit.services import SystemSummary

CODE, NAME, LEVEL, STATUS, UPDATED, DEADLINE = range(6)
FOLDED = int(Qt.ItemDataRole.UserRole)
SUMMARY = FOLDED + 1
_HEADS = ("Mã", "Hệ thống", "Cấp độ", "Hồ sơ", "Sửa lần cuối", "Hạn gần nhất")
STATUS_VI = {
    "draft": "Đang lập",
    "submitted": "Đã trình",
    "appraised": "Đã thẩm định",
    "approved": "Đã phê duyệt",
    "retired": "Ngừng dùng",
}

_Index = QModelIndex | QPersistentModelIndex


class SystemsModel(QAbstractTableModel):
    """One row per system; a query without accents marks the rows that match with «1»."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._systems: list[SystemSummary] = []
        self._query: list[str] = []

    def show_systems(self, systems: Sequence[SystemSummary]) -> None:
        """Show these systems."""
        self.beginResetModel()
        self._systems = list(systems)
        self.endResetModel()

    def set_query(self, text: str) -> None:
        """Mark the rows that hold every word of the query."""
        self._query = fold(text).split()
        if self._systems:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._systems) - 1, DEADLINE))

    def place_of(self, code: str) -> int:
        """The row of a code, -1 without one."""
        return next((i for i, system in enumerate(self._systems) if system.code == code), -1)

    def code_at(self, row: int) -> str:
        """The code in a row."""
        return self._systems[row].code

    def name_of(self, code: str) -> str:
        """The name of a system."""
        return self._systems[self.place_of(code)].name

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """How many systems."""
        return 0 if parent.isValid() else len(self._systems)

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
        """Text, font and colour of a cell."""
        system = self._systems[index.row()]
        column = index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(system, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._text(system, column) or None
        if role == FOLDED:
            hay = fold(f"{system.code} {system.name} {STATUS_VI.get(system.status, '')}")
            return "1" if all(word in hay for word in self._query) else "0"
        if role == SUMMARY:
            return system
        if role == Qt.ItemDataRole.FontRole:
            return theme().font(14, 600 if column == NAME else 400)
        if role == Qt.ItemDataRole.ForegroundRole:
            return theme().color("text" if column in {NAME, LEVEL} else "text2")
        return None

    @staticmethod
    def _text(system: SystemSummary, column: int) -> str:
        if column == CODE:
            return system.code
        if column == NAME:
            return system.name
        if column == LEVEL:
            return level_word(system)
        if column == STATUS:
            return STATUS_VI.get(system.status, system.status)
        if column == UPDATED:
            return format_date(system.updated_at.astimezone().date())
        if system.next_deadline is None:
            return ""
        return f"{format_date(date.fromisoformat(system.next_deadline))}: {system.next_deadline_for}"


def level_word(system: SystemSummary) -> str:
    """«Cấp 3», «Cấp 2–3» or «Chưa chốt»; the proposed level where it is higher."""
    if system.proposed_level is not None:
        return f"Cấp {system.proposed_level}"
    return short_level(system.at_least, system.at_most, system.computed_level)


class LevelDelegate(QStyledItemDelegate):
    """Small stairs beside the word."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw ground, stairs and word."""
        system: SystemSummary = index.data(SUMMARY)
        look = theme()
        word = QStyleOptionViewItem(option)
        self.initStyleOption(word, index)
        word.text = ""
        widget = option.widget
        widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, word, painter, widget)
        width, height = look.px(24), look.px(16)
        level = system.proposed_level or system.computed_level
        known = level is not None or (system.at_least, system.at_most) != (1, 5)
        reached = level or (system.at_least if known else 0)
        possible = reached if level else (system.at_most if known else 0)
        left, middle = option.rect.left() + look.px(8), option.rect.center().y()
        paint_stairs(painter, QRectF(left, middle - height / 2, width, height), reached, possible)
        painter.save()
        painter.setFont(look.font(14, 600))
        painter.setPen(look.color("text"))
        text = option.rect.adjusted(look.px(40), 0, 0, 0)
        painter.drawText(text, int(Qt.AlignmentFlag.AlignVCenter), level_word(system))
        painter.restore()
