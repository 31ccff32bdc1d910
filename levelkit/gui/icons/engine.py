"""Icons: one engine that draws an SVG with a token in place of ``currentColor``."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from levelkit.gui.theme import theme
from levelkit.resources import package_dir

if TYPE_CHECKING:
    from PySide6.QtWidgets import QAbstractButton

GAP: Final = 4  # Qt leaves 4 px between icon and text, the look asks for 8


@cache
def _drawing(name: str) -> str:
    return package_dir("gui", "icons", "lucide", f"{name}.svg").read_text("utf-8")


@cache
def _renderer(name: str, colour: str, stroke: str) -> QSvgRenderer:
    text = _drawing(name).replace("currentColor", colour)
    text = text.replace('stroke-width="2"', f'stroke-width="{stroke}"')
    return QSvgRenderer(QByteArray(text.encode()))


class TokenIconEngine(QIconEngine):
    """Draws one Lucide icon in the colour that its token has at the moment of drawing."""

    def __init__(self, name: str, token: str) -> None:
        super().__init__()
        self._name = name
        self._token = token

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, _state: QIcon.State) -> None:
        """Draw at the left of the rectangle, as large as its height allows."""
        token = "disabled" if mode == QIcon.Mode.Disabled else self._token
        side = min(rect.width(), rect.height())
        stroke = "2" if side <= 16 else "1.75"
        place = QRectF(rect.x(), rect.y() + (rect.height() - side) / 2, side, side)
        _renderer(self._name, theme().color(token).name(), stroke).render(painter, place)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """Return the drawing on a transparent ground."""
        picture = QPixmap(size)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return picture

    def clone(self) -> QIconEngine:
        """Return a copy for Qt."""
        return TokenIconEngine(self._name, self._token)


@cache
def icon(name: str, tint: str = "text2") -> QIcon:
    """Return the Lucide icon ``name`` in a token's colour; it follows the theme.

    Kept for the life of the process: an engine written in Python must outlive every copy of its icon,
    and the garbage collector knows nothing of the copies that Qt holds.
    """
    return QIcon(TokenIconEngine(name, tint))


def pixmap(name: str, tint: str = "text2", size: int = 18, ratio: float = 1.0) -> QPixmap:
    """Return the icon as a picture for a label; ``size`` in logical pixels before scaling."""
    side = theme().px(size)
    return icon(name, tint).pixmap(QSize(side, side), ratio)


def with_icon(button: QAbstractButton, name: str, tint: str = "text2", size: int = 18) -> None:
    """Put an icon on a button, 8 px before its text."""
    side = theme().px(size)
    button.setIcon(icon(name, tint))
    button.setIconSize(QSize(side + (GAP if button.text() else 0), side))
