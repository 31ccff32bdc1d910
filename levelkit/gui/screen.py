"""Windows and the screen they are shown on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

FRAME = QSize(4, 36)  # what the system puts around a window


def fit_screen(window: QWidget, least_width: int) -> None:
    """Bring a window back onto the screen after another screen or scale; its frame counts.

    A screen narrower than ``least_width`` is left alone: nothing would fit.
    """
    room = window.screen().availableGeometry()
    if window.isMaximized() or window.isFullScreen() or room.width() < least_width:
        return
    window.resize(window.size().boundedTo(room.size() - FRAME))
    if not room.contains(QRect(window.pos(), window.size() + FRAME)):
        most = room.bottomRight() - QPoint(window.width() + FRAME.width(), window.height() + FRAME.height())
        window.move(max(min(window.x(), most.x()), room.left()), max(min(window.y(), most.y()), room.top()))
