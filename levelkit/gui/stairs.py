"""The level as five rising steps: filled = reached, hatched = still possible, pale = not reached."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from levelkit.gui.theme import theme

STEPS: Final = 5
LARGE: Final = (56, 40)
SMALL: Final = (24, 16)


def paint_stairs(painter: QPainter, place: QRectF, reached: int, possible: int) -> None:
    """Draw the stairs into a rectangle: ``reached`` filled steps, hatched ones up to ``possible``."""
    look = theme()
    gap = 2.0 if place.width() < 40 else 4.0
    width = (place.width() - gap * (STEPS - 1)) / STEPS
    radius = 1.0 if place.width() < 40 else 2.0
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for step in range(STEPS):
        height = place.height() * (0.37 + 0.63 * step / (STEPS - 1))
        bar = QRectF(place.left() + step * (width + gap), place.bottom() - height, width, height)
        if step < reached:
            _fill(painter, bar, radius, look.color(f"l{reached}"))
        elif step < possible:
            _hatch(painter, bar, radius, possible)
        else:
            _fill(painter, bar, radius, look.color("l0"))
    painter.restore()


def _fill(painter: QPainter, bar: QRectF, radius: float, colour: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(bar, radius, radius)


def _hatch(painter: QPainter, bar: QRectF, radius: float, possible: int) -> None:
    colour = theme().color(f"l{possible}")
    inner = bar.adjusted(0.6, 0.6, -0.6, -0.6)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour, 1.2))
    painter.drawRoundedRect(inner, radius, radius)
    painter.save()
    painter.setClipRect(inner)
    painter.setPen(QPen(colour, 1))
    y = inner.bottom()
    while y > inner.top() - inner.width():
        painter.drawLine(QPointF(inner.left(), y), QPointF(inner.right(), y - inner.width()))
        y -= max(4.0, bar.width() * 0.8)
    painter.restore()


def short_level(at_least: int, at_most: int, level: int | None) -> str:
    """Return «Cấp 3», «Cấp 2–3» or «Chưa chốt», the word beside small stairs."""
    if level is not None:
        return f"Cấp {level}"
    if (at_least, at_most) == (1, STEPS):
        return "Chưa chốt"
    return f"Cấp {at_least}–{at_most}" if at_least != at_most else f"Cấp {at_least}"


class Stairs(QWidget):
    """The stairs as a widget of fixed size; its accessible name is the level sentence."""

    def __init__(self, size: tuple[int, int] = LARGE, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._size = size
        self._reached = 0
        self._possible = 0
        self.setObjectName("stairs")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self._resize)

    def show_level(self, reached: int, possible: int, sentence: str) -> None:
        """Draw another state and say it in a sentence."""
        self._reached, self._possible = reached, possible
        self.setAccessibleName(sentence)
        self.update()

    def sizeHint(self) -> QSize:
        """Return the drawing's size under the font scale."""
        return QSize(theme().px(self._size[0]), theme().px(self._size[1]))

    def minimumSizeHint(self) -> QSize:
        """Never squeezed."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the five steps."""
        paint_stairs(QPainter(self), QRectF(self.rect()), self._reached, self._possible)

    def _resize(self) -> None:
        self.updateGeometry()
        self.update()
