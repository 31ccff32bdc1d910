"""The systems of the board as a table model, with filters and an order of its own."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSortFilterProxyModel,
    Qt,
)
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from levelkit.domain.text import fold, format_date, sort_key
from levelkit.gui.icons import icon
from levelkit.gui.stairs import paint_stairs, short_level
from levelkit.gui.systems_model import STATUS_VI
from levelkit.gui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Collection

    from PySide6.QtGui import QPainter

    from levelkit.services.board import Board, BoardLine, Gaps

CODE, NAME, LEVEL, STATUS, DUE, LEFT = range(6)
LINE = int(Qt.ItemDataRole.UserRole)
FILTERS: Final = {
    "all": "Tất cả",
    "urgent": "Quá hạn, gấp",
    "review": "Phải xác định lại",
    "lacking": "Thiếu dữ liệu",
}
_HEADS: Final = ("Mã", "Hệ thống", "Cấp độ", "Hồ sơ", "Hạn gần nhất", "Còn thiếu, cần làm")
_STATUS_ICONS: Final = {
    "approved": ("circle-check", "ok"),
    "submitted": ("clock", "text2"),
    "appraised": ("clock", "text2"),
    "retired": ("circle-minus", "text3"),
}
_FAR = date.max
_Index = QModelIndex | QPersistentModelIndex


def status_vi(line: BoardLine) -> str:
    """Where the dossier stands; a draft that nobody began is none."""
    if line.status == "draft" and line.progress == "none":
        return "Chưa có hồ sơ"
    return STATUS_VI.get(line.status, line.status)


def level_word(line: BoardLine) -> str:
    """«Cấp 3», «Cấp 2–3» or «Chưa chốt»."""
    return short_level(line.at_least, line.at_most, line.level)


class BoardModel(QAbstractTableModel):
    """One row per system."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[BoardLine, ...] = ()
        self._places: dict[str, int] = {}
        self._gaps: dict[str, Gaps] = {}

    def show_board(self, board: Board) -> None:
        """Show the systems of a board; what was counted for the same revision stays."""
        self.beginResetModel()
        self._lines = board.lines
        self._places = {line.code: place for place, line in enumerate(board.lines)}
        revisions = {line.code: line.revision for line in board.lines}
        self._gaps = {code: gaps for code, gaps in self._gaps.items() if revisions.get(code) == gaps.revision}
        self.endResetModel()

    def show_gaps(self, code: str, gaps: Gaps) -> None:
        """Show what is missing in one system."""
        place = self._places.get(code)
        if place is not None:
            self._gaps[code] = gaps
            self.dataChanged.emit(self.index(place, LEFT), self.index(place, LEFT))

    def uncounted(self) -> list[str]:
        """Return the systems whose gaps are not counted yet."""
        return [line.code for line in self._lines if line.status != "retired" and line.code not in self._gaps]

    def line(self, row: int) -> BoardLine:
        """The system of a row."""
        return self._lines[row]

    def place_of(self, code: str) -> int:
        """The row of a code, -1 without one."""
        return self._places.get(code, -1)

    def passes(self, row: int, key: str) -> bool:
        """Whether a row is shown under one of the filters."""
        line = self._lines[row]
        if key == "urgent":
            return line.due is not None and line.due.urgent
        if key == "review":
            return bool(line.reviews)
        if key == "lacking":
            gaps = self._gaps.get(line.code)
            return line.status != "retired" and (line.open or (gaps is not None and gaps.errors > 0))
        return True

    def counts(self) -> dict[str, int]:
        """How many rows every filter shows."""
        return {key: sum(self.passes(row, key) for row in range(len(self._lines))) for key in FILTERS}

    def todo(self, line: BoardLine) -> str:
        """What is left to do, with what is missing where it was counted."""
        gaps = self._gaps.get(line.code)
        parts = []
        if gaps is not None:
            counted = [
                f"{count} {words}"
                for count, words in ((gaps.errors, "lỗi"), (gaps.warnings, "cảnh báo"))
                if count
            ]
            parts.append(", ".join(counted) if counted else "Đủ dữ liệu")
        return " · ".join([*parts, *([line.todo_vi] if line.todo_vi else [])])

    # Qt

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """How many systems."""
        return 0 if parent.isValid() else len(self._lines)

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
        line, column = self._lines[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(line, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(line, column) or None
        if role == Qt.ItemDataRole.DecorationRole:
            return self._icon(line, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{_HEADS[column]}: {self._text(line, column) or 'không có'}"
        if role == LINE:
            return line
        if role == Qt.ItemDataRole.FontRole:
            return theme().font(14, 600 if column in {NAME, LEVEL} else 400)
        if role == Qt.ItemDataRole.ForegroundRole:
            return theme().color("text" if column in {NAME, LEVEL, STATUS, DUE} else "text2")
        return None

    def _text(self, line: BoardLine, column: int) -> str:
        if column == CODE:
            return line.code
        if column == NAME:
            return line.name
        if column == LEVEL:
            return level_word(line)
        if column == STATUS:
            return status_vi(line)
        if column == DUE:
            return format_date(line.due.day) if line.due else ""
        return self.todo(line)

    def _tip(self, line: BoardLine, column: int) -> str:
        if column == DUE and line.due is not None:
            return f"{line.due.what_vi}, {line.due.left_vi}, {line.due.cite_vi}"
        if column == LEFT:
            reasons = [f"{review.text_vi} {review.cite_vi}" for review in line.reviews]
            return "\n".join([self.todo(line), *reasons])
        return self._text(line, column)

    @staticmethod
    def _icon(line: BoardLine, column: int) -> Any:
        if column == STATUS:
            begun = ("pencil", "text2") if line.progress == "working" else ("circle-dashed", "text3")
            return icon(*_STATUS_ICONS.get(line.status, begun))
        if column == DUE and line.due is not None and line.due.urgent:
            return icon("triangle-alert", "err")
        return None

    def order(self, row: int, column: int) -> Any:
        """What a column sorts by."""
        line = self._lines[row]
        if column == NAME:
            return sort_key(line.name)
        if column == LEVEL:
            return (-(line.level or line.at_least), line.level is None)
        if column == STATUS:
            return ("approved", "working", "none").index(line.progress)
        if column == DUE:
            return line.due.day if line.due else _FAR
        if column == LEFT:
            gaps = self._gaps.get(line.code)
            return (-len(line.reviews), -(gaps.errors if gaps else 0))
        return sort_key(line.code)


class BoardProxy(QSortFilterProxyModel):
    """Filter by segment, level, systems and words; the order of a column, ties as they were made."""

    def __init__(self, model: BoardModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._key = "all"
        self._words: list[str] = []
        self._level: int | None = None
        self._codes: frozenset[str] | None = None
        # What is counted in the background must not move the rows under the hand.
        self.setDynamicSortFilter(False)
        self.setSourceModel(model)

    def narrow(
        self, key: str, words: str, level: int | None = None, codes: Collection[str] | None = None
    ) -> None:
        """Show the rows of a segment that hold every word; of a level (0: open), of some systems alone."""
        self.beginFilterChange()
        self._key, self._words, self._level = key, fold(words).split(), level
        self._codes = None if codes is None else frozenset(codes)
        self.endFilterChange(QSortFilterProxyModel.Direction.Rows)

    def filterAcceptsRow(self, source_row: int, _parent: _Index) -> bool:
        """Whether a row is shown."""
        line = self._model.line(source_row)
        if self._codes is not None and line.code not in self._codes:
            return False
        if self._level is not None and ((line.level or 0) != self._level or line.status == "retired"):
            return False
        if not self._model.passes(source_row, self._key):
            return False
        if not self._words:
            return True
        hay = fold(f"{line.code} {line.name} {status_vi(line)} {level_word(line)} {self._model.todo(line)}")
        return all(word in hay for word in self._words)

    def lessThan(self, left: _Index, right: _Index) -> bool:
        """Order by what stands behind the words."""
        one, other = (self._model.order(index.row(), index.column()) for index in (left, right))
        return bool(one < other) if one != other else left.row() < right.row()


class LevelCell(QStyledItemDelegate):
    """Small stairs beside the word."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw ground, stairs and word."""
        line: BoardLine = index.data(LINE)
        look = theme()
        ground = QStyleOptionViewItem(option)
        self.initStyleOption(ground, index)
        ground.text = ""
        option.widget.style().drawControl(
            QStyle.ControlElement.CE_ItemViewItem, ground, painter, option.widget
        )
        known = line.level is not None or (line.at_least, line.at_most) != (1, 5)
        reached = line.level or (line.at_least if known else 0)
        possible = line.level or (line.at_most if known else 0)
        width, height = look.px(24), look.px(16)
        left, middle = option.rect.left() + look.px(8), option.rect.center().y()
        paint_stairs(painter, QRectF(left, middle - height / 2, width, height), reached, possible)
        painter.save()
        painter.setFont(look.font(14, 600))
        painter.setPen(look.color("text"))
        place = option.rect.adjusted(look.px(40), 0, 0, 0)
        painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter), level_word(line))
        painter.restore()
