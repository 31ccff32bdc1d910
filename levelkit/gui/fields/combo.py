"""A list to drop down, with its arrow in the theme's colour; a wheel over it means the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QComboBox

from levelkit.gui.icons import icon
from levelkit.gui.theme import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QWheelEvent

ARROW, INSET, LEAST = 18, 9, 160


class Combo(QComboBox):
    """Draws the arrow that a style sheet cannot draw from a token."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """The list, then its arrow."""
        super().paintEvent(event)
        side, inset = theme().px(ARROW), theme().px(INSET)
        place = QRect(self.width() - side - inset, (self.height() - side) // 2, side, side)
        painter = QPainter(self)
        icon("chevron-down", "text2" if self.isEnabled() else "disabled").paint(painter, place)
        painter.end()

    def minimumSizeHint(self) -> QSize:
        """Narrow enough for the narrowest page; the list below shows whole texts."""
        return QSize(theme().px(LEAST), super().minimumSizeHint().height())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()
