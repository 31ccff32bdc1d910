"""The list of gaps: drawn rows, a jump on Enter or a click, the law behind the link."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from levelkit.gui.export.gap_model import GAP_ROLE, GapModel, GapRow
from levelkit.gui.icons import icon
from levelkit.gui.theme import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

Index = QModelIndex | QPersistentModelIndex
WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
ICONS = {
    "error": ("octagon-alert", "err"),
    "warning": ("triangle-alert", "warn"),
    "hint": ("lightbulb", "hint"),
}
LEFT, RIGHT, PAD, HEAD, DOT = 38, 40, 8, 38, "  ·  "


class GapDelegate(QStyledItemDelegate):
    """Title, what to do, place and law."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as its lines."""
        gap: GapRow = index.data(GAP_ROLE)
        width = cast("QListView", option.widget).viewport().width() if option.widget else 440
        if gap.is_head:
            return QSize(width, theme().px(HEAD))
        heights = [rect.height() for rect, _, _ in self._lines(gap, QRect(0, 0, width, 0))]
        place, cite = self._place(gap, QRect(0, 0, width, 0))
        below = cite.bottom() - place.top() + 1
        return QSize(width, sum(heights) + below + 2 * theme().px(PAD))

    def _lines(self, gap: GapRow, rect: QRect) -> list[tuple[QRect, str, str]]:
        """Rectangle, text and kind of title and message."""
        px = theme().px
        left, width = rect.left() + px(LEFT), max(rect.width() - px(LEFT + RIGHT), 80)
        top = rect.top() + px(PAD)
        lines = []
        for text, kind, size, weight in ((gap.title, "title", 14, 600), (gap.message, "message", 13, 400)):
            if text:
                room = QRect(left, top, width, 10000)
                bounds = QFontMetrics(theme().font(size, weight)).boundingRect(room, WRAP, text)
                lines.append((QRect(left, top, width, bounds.height()), text, kind))
                top += bounds.height()
        return lines

    def _place(self, gap: GapRow, rect: QRect) -> tuple[QRect, QRect]:
        """Rectangles of the place and of the link; the link goes to a line of its own if it must."""
        px = theme().px
        metrics = QFontMetrics(theme().font(13))
        lines = self._lines(gap, rect)
        left, width = rect.left() + px(LEFT), max(rect.width() - px(LEFT + RIGHT), 80)
        top = lines[-1][0].bottom() + 1 if lines else rect.top()
        words = gap.place + (DOT if gap.cite else "")
        place = QRect(left, top, metrics.horizontalAdvance(words), metrics.height())
        cite_width = min(metrics.horizontalAdvance(gap.cite), width)
        fits = place.width() + cite_width <= width
        at = QPoint(place.right() + 1, top) if fits else QPoint(left, place.bottom() + 1)
        return place, QRect(at, QSize(cite_width, metrics.height()))

    def cite_rect(self, gap: GapRow, rect: QRect) -> QRect:
        """Where the link stands."""
        return self._place(gap, rect)[1] if gap.cite else QRect()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        gap: GapRow = index.data(GAP_ROLE)
        rect = QRect(option.rect)
        painter.save()
        if gap.is_head:
            painter.setFont(theme().font(16, 600))
            painter.setPen(theme().color("text"))
            place = rect.adjusted(theme().px(10), 0, 0, -2)
            painter.drawText(place, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, gap.title)
        else:
            self._paint_gap(painter, option, rect, gap)
        painter.restore()

    def _paint_gap(self, painter: QPainter, option: QStyleOptionViewItem, rect: QRect, gap: GapRow) -> None:
        px, color = theme().px, theme().color
        selected = option.state & QStyle.StateFlag.State_Selected
        ground = "sel" if selected else "hover" if option.state & QStyle.StateFlag.State_MouseOver else ""
        if ground:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color(ground))
            painter.drawRoundedRect(QRectF(rect).adjusted(0, 1, 0, -1), 6, 6)
        name, tone = ICONS[gap.severity]
        side = px(18)
        icon(name, tone).paint(painter, QRect(rect.left() + px(10), rect.top() + px(PAD) + 1, side, side))
        arrow = QRect(rect.right() - px(28), rect.center().y() - px(9), side, side)
        icon("chevron-right", "text2").paint(painter, arrow)
        for place, text, kind in self._lines(gap, rect):
            painter.setFont(theme().font(14, 600) if kind == "title" else theme().font(13))
            painter.setPen(color("text" if kind == "title" else "text2"))
            painter.drawText(place, WRAP, text)
        place, cite = self._place(gap, rect)
        font = theme().font(13)
        painter.setFont(font)
        painter.setPen(color("text3" if not selected else "text2"))
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft, gap.place + (DOT if gap.cite else ""))
        if gap.cite:
            font.setUnderline(True)
            painter.setFont(font)
            painter.setPen(color("link"))
            painter.drawText(cite, Qt.AlignmentFlag.AlignLeft, gap.cite)
        if option.state & QStyle.StateFlag.State_HasFocus:
            option.rect = rect.adjusted(0, 1, 0, -1)
            widget = option.widget
            widget.style().drawPrimitive(QStyle.PrimitiveElement.PE_FrameFocusRect, option, painter, widget)


class GapList(QListView):
    """``jump_asked`` carries section and question; ``cite_asked`` a citation ref."""

    jump_asked = Signal(str, str)
    cite_asked = Signal(str)

    def __init__(self, model: GapModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._gaps = model
        self._delegate = GapDelegate(self)
        self.setObjectName("gap_list")
        self.setAccessibleName("Danh sách chỗ thiếu")
        self.setAccessibleDescription("Enter để tới chỗ cần sửa, F1 để xem căn cứ")
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lines break elsewhere."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter jumps, F1 shows the law."""
        gap = self._current()
        if gap is not None and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.jump_asked.emit(gap.section, gap.question)
        elif gap is not None and event.key() == Qt.Key.Key_F1:
            self.cite_asked.emit(gap.rule)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on the link shows the law, elsewhere it jumps."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() != Qt.MouseButton.LeftButton or not index.isValid():
            return
        gap = self._gaps.row(index.row())
        if gap.is_head:
            return
        if self._delegate.cite_rect(gap, self.visualRect(index)).contains(event.position().toPoint()):
            self.cite_asked.emit(gap.rule)
        else:
            self.jump_asked.emit(gap.section, gap.question)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A hand over what can be pressed."""
        super().mouseMoveEvent(event)
        index = self.indexAt(event.position().toPoint())
        pressable = index.isValid() and not self._gaps.row(index.row()).is_head
        self.setCursor(Qt.CursorShape.PointingHandCursor if pressable else Qt.CursorShape.ArrowCursor)

    def event(self, event: QEvent) -> bool:
        """A current row for who comes by keyboard."""
        if event.type() == QEvent.Type.FocusIn and not self.currentIndex().isValid():
            for row in range(self._gaps.rowCount()):
                if not self._gaps.row(row).is_head:
                    self.setCurrentIndex(self._gaps.index(row))
                    break
        return super().event(event)

    def _current(self) -> GapRow | None:
        index = self.currentIndex()
        return self._gaps.row(index.row()) if index.isValid() else None
