"""Check boxes and radio buttons whose text wraps, with a second line and a mark."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QRadioButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QWidget,
)

from levelkit.gui.fields.base import COLUMN_WIDTH
from levelkit.gui.icons import pixmap
from levelkit.gui.theme import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
BOX, GAP, ROW, MIN_WIDTH = 20, 10, 32, 160
FLAG_GAP, FLAG_PAD, FLAG_ICON = 12, 8, 15


class _Face:
    """Measures and draws a row: the box of the style, the text in as many lines as it takes."""

    def __init__(self, button: QAbstractButton, help_text: str, flag: tuple[str, str] | None) -> None:
        self._button = button
        self._help = help_text
        self._flag_icon, self._flag = flag or ("", "")

    def height_for(self, width: int) -> int:
        """At least one row."""
        px = theme().px
        height = self._text_rect(width).height() + self._help_rect(width).height()
        return max(px(ROW), height + px(ROW) - self._single())

    def size_hint(self) -> QSize:
        """The text in one line, as far as the column goes."""
        px = theme().px
        width = QFontMetrics(theme().font(14)).horizontalAdvance(self._button.text()) + self._flag_width()
        if self._help:
            width = max(width, QFontMetrics(theme().font(13)).horizontalAdvance(self._help))
        width = min(width + self._left() + 2, px(COLUMN_WIDTH))
        return QSize(width, self.height_for(width))

    def paint(self, element: QStyle.PrimitiveElement, option: QStyleOptionButton) -> None:
        """Draw the row."""
        button = self._button
        px, color = theme().px, theme().color
        text, below = self._text_rect(button.width()), self._help_rect(button.width())
        top = max((button.height() - text.height() - below.height()) // 2, 0)
        painter = QPainter(button)
        option.rect = QRect(0, top + (self._single() - px(BOX)) // 2, px(BOX), px(BOX))
        button.style().drawPrimitive(element, option, painter, button)
        painter.setFont(theme().font(14))
        painter.setPen(color("text" if button.isEnabled() else "disabled"))
        room = button.width() - self._left()
        place = QRect(self._left(), top, room - self._flag_width(), text.height())
        painter.drawText(place, WRAP, button.text())
        if self._help:
            painter.setFont(theme().font(13))
            painter.setPen(color("text2" if button.isEnabled() else "disabled"))
            painter.drawText(QRect(self._left(), place.bottom() + 1, room, below.height()), WRAP, self._help)
        if self._flag:
            self._paint_flag(painter, QPoint(self._left() + text.width(), top + self._single() // 2))
        painter.end()

    def _single(self) -> int:
        return QFontMetrics(theme().font(14)).height()

    def _left(self) -> int:
        return theme().px(BOX + GAP)

    def _flag_width(self) -> int:
        if not self._flag:
            return 0
        px = theme().px
        text = QFontMetrics(theme().font(13, 500)).horizontalAdvance(self._flag)
        return px(FLAG_GAP) + px(FLAG_PAD) * 2 + px(FLAG_ICON) + 6 + text

    def _text_rect(self, width: int) -> QRect:
        room = QRect(0, 0, max(width - self._left() - self._flag_width(), 40), 10000)
        return QFontMetrics(theme().font(14)).boundingRect(room, WRAP, self._button.text())

    def _help_rect(self, width: int) -> QRect:
        if not self._help:
            return QRect(0, 0, 0, 0)
        room = QRect(0, 0, max(width - self._left(), 40), 10000)
        return QFontMetrics(theme().font(13)).boundingRect(room, WRAP, self._help)

    def _paint_flag(self, painter: QPainter, at: QPoint) -> None:
        px, color = theme().px, theme().color
        height = px(22)
        width = self._flag_width() - px(FLAG_GAP)
        chip = QRect(at.x() + px(FLAG_GAP), at.y() - height // 2, width, height)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("warn_soft"))
        painter.drawRoundedRect(chip, 4, 4)
        picture = pixmap(self._flag_icon, "warn", FLAG_ICON, self._button.devicePixelRatioF())
        painter.drawPixmap(chip.x() + px(FLAG_PAD), chip.center().y() - px(FLAG_ICON) // 2 + 1, picture)
        painter.setFont(theme().font(13, 500))
        painter.setPen(color("warn"))
        words = chip.adjusted(px(FLAG_PAD) + px(FLAG_ICON) + 6, 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._flag)


def _prepare(button: QAbstractButton, text: str) -> None:
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    button.setSizePolicy(policy)
    button.setText(text)
    button.setAccessibleName(text)


class CheckRow(QCheckBox):
    """A check box whose text wraps; ``flag`` is (icon, word) behind the text."""

    def __init__(
        self,
        text: str,
        help_text: str = "",
        flag: tuple[str, str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._face = _Face(self, help_text, flag)
        _prepare(self, text)

    def hasHeightForWidth(self) -> bool:
        """Lines depend on the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As many lines as it takes."""
        return self._face.height_for(width)

    def sizeHint(self) -> QSize:
        """In one line."""
        return self._face.size_hint()

    def minimumSizeHint(self) -> QSize:
        """Narrow enough for the narrowest window."""
        hint = self._face.size_hint()
        return QSize(min(hint.width(), theme().px(MIN_WIDTH)), theme().px(ROW))

    def hitButton(self, position: QPoint) -> bool:
        """The whole row can be pressed."""
        return self.rect().contains(position)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw box and words."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        self._face.paint(QStyle.PrimitiveElement.PE_IndicatorCheckBox, option)


class RadioRow(QRadioButton):
    """A radio button whose text wraps; ``flag`` is (icon, word) behind the text."""

    def __init__(
        self,
        text: str,
        help_text: str = "",
        flag: tuple[str, str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._face = _Face(self, help_text, flag)
        _prepare(self, text)

    def hasHeightForWidth(self) -> bool:
        """Lines depend on the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As many lines as it takes."""
        return self._face.height_for(width)

    def sizeHint(self) -> QSize:
        """In one line."""
        return self._face.size_hint()

    def minimumSizeHint(self) -> QSize:
        """Narrow enough for the narrowest window."""
        hint = self._face.size_hint()
        return QSize(min(hint.width(), theme().px(MIN_WIDTH)), theme().px(ROW))

    def hitButton(self, position: QPoint) -> bool:
        """The whole row can be pressed."""
        return self.rect().contains(position)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw box and words."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        self._face.paint(QStyle.PrimitiveElement.PE_IndicatorRadioButton, option)
