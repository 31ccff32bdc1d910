"""How a row of the register is drawn: number, threat, band before and after with icon and word."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from levelkit.gui.fields.measure import laid_out, text_height
from levelkit.gui.icons import pixmap
from levelkit.gui.risk.bands import look, words
from levelkit.gui.risk.model import NAMELESS, ROW_ROLE, WRONG_ROLE
from levelkit.gui.theme import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QTextLayout

    from levelkit.domain.risk import RiskMethod, RiskRow

Index = QModelIndex | QPersistentModelIndex
NUMBER, PAD, CHIP, ICON, MOST_LINES = 26, 8, 22, 15, 2


class RowDelegate(QStyledItemDelegate):
    """Draws with tokens; the height follows the threat's lines."""

    def __init__(self, method: RiskMethod, parent: QListView) -> None:
        super().__init__(parent)
        self._method = method

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Threat and chips, and room around them."""
        view = cast("QListView", option.widget)
        width = view.viewport().width() if view is not None else 280
        row: RiskRow = index.data(ROW_ROLE)
        px = theme().px
        return QSize(width, self._threat_height(row, width) + px(CHIP) + px(18))

    def _threat(self, row: RiskRow, width: int) -> QTextLayout:
        text = row.threat or NAMELESS
        room = width - theme().px(NUMBER + 2 * PAD)
        layout = laid_out(text, theme().font(14, 600), room)
        if layout.lineCount() <= MOST_LINES:
            return layout
        end = layout.lineAt(MOST_LINES - 1)
        short = text[: end.textStart() + end.textLength()].rstrip()
        while short and laid_out(f"{short}…", theme().font(14, 600), room).lineCount() > MOST_LINES:
            short = short[:-1].rstrip()
        return laid_out(f"{short}…", theme().font(14, 600), room)

    def _threat_height(self, row: RiskRow, width: int) -> int:
        return text_height(self._threat(row, width))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row; the ring goes round it."""
        px, color, rect = theme().px, theme().color, QRect(option.rect)
        row: RiskRow = index.data(ROW_ROLE)
        painter.save()
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.fillRect(rect, color("sel" if selected else "hover" if hovered else "surface"))
        painter.setPen(color("border"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.setFont(theme().font(13))
        painter.setPen(color("text2"))
        left = rect.left() + px(PAD)
        top = rect.top() + px(7)
        place = QRect(left, top, px(NUMBER), QFontMetrics(theme().font(14, 600)).height())
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, str(row.number))
        painter.setPen(color("text" if row.threat else "text3"))
        threat = self._threat(row, rect.width())
        threat.draw(painter, QPointF(left + px(NUMBER), top))
        self._chips(painter, option, index, row, top + text_height(threat) + px(4))
        if option.state & QStyle.StateFlag.State_HasFocus:
            option.rect = rect.adjusted(2, 1, -2, -2)
            widget = option.widget
            widget.style().drawPrimitive(QStyle.PrimitiveElement.PE_FrameFocusRect, option, painter, widget)
        painter.restore()

    def _chips(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, row: RiskRow, top: int
    ) -> None:
        px, color = theme().px, theme().color
        x = option.rect.left() + px(PAD + NUMBER)
        x = self._chip(painter, option, QPointF(x, top), row.score)
        painter.setPen(color("text3"))
        painter.setFont(theme().font(13))
        arrow = QRect(x, top, px(20), px(CHIP))
        painter.drawText(arrow, Qt.AlignmentFlag.AlignCenter, "→")
        x = self._chip(painter, option, QPointF(arrow.right() + 1, top), row.residual_score)
        if index.data(WRONG_ROLE):
            self._picture(painter, option, QPointF(x + px(6), top), "pencil", "err")

    def _chip(self, painter: QPainter, option: QStyleOptionViewItem, at: QPointF, score: int | None) -> int:
        px, color = theme().px, theme().color
        shape, text = look(self._method, score), words(self._method, score)
        font = theme().font(13, 500)
        wide = px(ICON) + px(5) + QFontMetrics(font).horizontalAdvance(text)
        pad = px(6) if shape.fill else 0
        if shape.fill:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color(shape.fill))
            painter.drawRoundedRect(QRectF(at.x(), at.y(), wide + 2 * pad, px(CHIP)), 4, 4)
        x = at.x() + pad
        self._picture(painter, option, QPointF(x, at.y()), shape.icon, shape.tint)
        painter.setFont(font)
        painter.setPen(color(shape.tint))
        place = QRectF(x + px(ICON) + px(5), at.y(), wide, px(CHIP))
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        return round(at.x() + wide + 2 * pad)

    @staticmethod
    def _picture(painter: QPainter, option: QStyleOptionViewItem, at: QPointF, name: str, tint: str) -> None:
        px = theme().px
        ratio = option.widget.devicePixelRatioF() if option.widget is not None else 1.0
        painter.drawPixmap(
            QPointF(at.x(), at.y() + (px(CHIP) - px(ICON)) / 2), pixmap(name, tint, ICON, ratio)
        )
