"""How a row of the look-up is drawn: box, number, name with its hits marked, note."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionButton, QStyleOptionViewItem

from levelkit.gui.fields.measure import laid_out, text_height
from levelkit.gui.lookup.model import ENTRY_ROLE, Entry
from levelkit.gui.theme import theme

if TYPE_CHECKING:
    from PySide6.QtCore import QAbstractItemModel

Index = QModelIndex | QPersistentModelIndex
ROW, HEAD, BOX, NUMBER, PAD, NOTE = 38, 34, 20, 44, 12, 170


class LineDelegate(QStyledItemDelegate):
    """Draws with tokens; a click anywhere on the row or Space ticks it."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As many lines as the name takes."""
        entry: Entry = index.data(ENTRY_ROLE)
        px = theme().px
        view = cast("QListView", option.widget)
        width = view.viewport().width() if view is not None else 600
        if not entry.number:
            return QSize(width, px(HEAD))
        height = text_height(self._layout(entry, self._name_width(entry, width)))
        return QSize(width, max(px(ROW), height + px(14)))

    @staticmethod
    def _name_width(entry: Entry, width: int) -> int:
        px = theme().px
        note = px(NOTE) if entry.note else px(PAD)
        return max(width - px(PAD + BOX + NUMBER + PAD) - note - px(PAD), 80)

    @staticmethod
    def _layout(entry: Entry, width: int) -> QTextLayout:
        formats = []
        for start, end in entry.spans:
            marked = QTextLayout.FormatRange()
            marked.start, marked.length = start, end - start
            shape = QTextCharFormat()
            shape.setBackground(theme().color("mark"))
            shape.setFontWeight(600)
            marked.format = shape
            formats.append(marked)
        return laid_out(entry.text, theme().font(14), width, formats=formats)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        entry: Entry = index.data(ENTRY_ROLE)
        painter.save()
        if entry.number:
            self._paint_line(painter, option, index, entry)
        else:
            painter.setFont(theme().font(13, 600))
            painter.setPen(theme().color("text2"))
            place = option.rect.adjusted(theme().px(PAD), 0, 0, 0)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, entry.text)
        painter.restore()

    def _paint_line(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, entry: Entry
    ) -> None:
        px, color, rect = theme().px, theme().color, QRect(option.rect)
        ground = ""
        if option.state & QStyle.StateFlag.State_Selected:
            ground = "sel"
        elif option.state & QStyle.StateFlag.State_MouseOver:
            ground = "hover"
        if ground:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color(ground))
            painter.drawRoundedRect(QRectF(rect).adjusted(4, 1, -4, -1), 6, 6)
        chosen = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
        self._paint_box(painter, option, rect, chosen=chosen)
        left = rect.left() + px(PAD + BOX)
        painter.setPen(color("text"))
        painter.setFont(theme().font(14, 600))
        number = QRect(left, rect.top(), px(NUMBER), rect.height())
        painter.drawText(
            number, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, str(entry.number)
        )
        name = self._layout(entry, self._name_width(entry, rect.width()))
        top = rect.top() + (rect.height() - text_height(name)) / 2
        name.draw(painter, QPointF(left + px(NUMBER + PAD), top))
        note = "Đang chọn" if chosen else entry.note
        self._paint_note(painter, rect, note)
        if option.state & QStyle.StateFlag.State_HasFocus:
            option.rect = rect.adjusted(4, 1, -4, -1)
            widget = option.widget
            widget.style().drawPrimitive(QStyle.PrimitiveElement.PE_FrameFocusRect, option, painter, widget)

    @staticmethod
    def _paint_box(painter: QPainter, option: QStyleOptionViewItem, rect: QRect, *, chosen: bool) -> None:
        px = theme().px
        box = QStyleOptionButton()
        box.rect = QRect(rect.left() + px(PAD), rect.center().y() - px(BOX) // 2, px(BOX), px(BOX))
        box.state = QStyle.StateFlag.State_Enabled
        box.state |= QStyle.StateFlag.State_On if chosen else QStyle.StateFlag.State_Off
        widget = option.widget
        widget.style().drawPrimitive(QStyle.PrimitiveElement.PE_IndicatorCheckBox, box, painter, widget)

    @staticmethod
    def _paint_note(painter: QPainter, rect: QRect, note: str) -> None:
        px = theme().px
        painter.setFont(theme().font(13))
        painter.setPen(theme().color("text2"))
        place = QRect(rect.right() - px(NOTE), rect.top(), px(NOTE) - px(PAD), rect.height())
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        if QFontMetrics(painter.font()).horizontalAdvance(note) > place.width():
            flags |= Qt.TextFlag.TextWordWrap
        painter.drawText(place, flags, note)

    def editorEvent(
        self, event: QEvent, model: QAbstractItemModel, _option: QStyleOptionViewItem, index: Index
    ) -> bool:
        """Tick by a click anywhere on the row, or by Space."""
        clicked = event.type() == QEvent.Type.MouseButtonRelease
        spaced = event.type() == QEvent.Type.KeyPress and cast("QKeyEvent", event).key() == Qt.Key.Key_Space
        if not (clicked or spaced) or not index.flags() & Qt.ItemFlag.ItemIsUserCheckable:
            return False
        chosen = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
        state = Qt.CheckState.Unchecked if chosen else Qt.CheckState.Checked
        return model.setData(cast("QModelIndex", index), state, Qt.ItemDataRole.CheckStateRole)
