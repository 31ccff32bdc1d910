"""Theme: one focus ring for every control, drawn over the page that scrolls it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QMenu,
    QMenuBar,
    QTabBar,
    QWidget,
)
from shiboken6 import isValid

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QColor

REACH: Final = 4
_MOVES: Final = {QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.LayoutRequest}


class FocusRing(QObject):
    """Follows the focus of the application with an overlay 2 px outside the control.

    Lists and tables draw the ring round their row or cell themselves; menus show the current entry.
    """

    def __init__(self, color: Callable[[str], QColor], parent: QObject) -> None:
        super().__init__(parent)
        self._color = color
        self._overlay: _Overlay | None = None
        self._target: QWidget | None = None
        self._watched: list[QWidget] = []

    def follow(self, _old: QWidget | None, now: QWidget | None) -> None:
        """Move the ring to the control that now has the focus."""
        self._release()
        target = _control(now)
        if target is None:
            return
        page = _page(target)
        self._overlay = _Overlay(self._color, page)
        self._target = target
        widget: QWidget | None = target
        while widget is not None and widget is not page:
            widget.installEventFilter(self)
            self._watched.append(widget)
            widget = widget.parentWidget()
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the ring on its control while the page moves under it."""
        kind = event.type()
        if kind in _MOVES:
            self._place()
        elif kind == QEvent.Type.Hide and self._overlay is not None and isValid(self._overlay):
            self._overlay.hide()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        target, overlay = self._target, self._overlay
        if target is None or overlay is None or not isValid(target) or not isValid(overlay):
            return
        page = overlay.parentWidget() or target
        corner = target.mapTo(page, QPoint(0, 0))
        rect = target.rect().translated(corner).adjusted(-REACH, -REACH, REACH, REACH)
        overlay.setGeometry(rect)
        overlay.setVisible(target.isVisible())
        overlay.raise_()

    def _release(self) -> None:
        """Let go; control, page and ring may already have died together."""
        for widget in self._watched:
            if isValid(widget):
                widget.removeEventFilter(self)
        self._watched.clear()
        if self._overlay is not None and isValid(self._overlay):
            self._overlay.hide()
            self._overlay.deleteLater()
        self._overlay = None
        self._target = None


class _Overlay(QWidget):
    """The ring itself: nothing but a line, deaf to the pointer and unseen by screen readers."""

    def __init__(self, color: Callable[[str], QColor], page: QWidget) -> None:
        super().__init__(page)
        self._color = color
        self.setObjectName("focus_ring")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw 2 px of ``focus``, 2 px away from the control."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._color("focus"), 2))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 9, 9)


def _control(widget: QWidget | None) -> QWidget | None:
    """Return what the ring goes round: the whole control where a part of it has the focus."""
    if widget is None or isinstance(widget, (QAbstractItemView, QMenu, QMenuBar, QTabBar)):
        return None
    if widget.isWindow() or widget.property("no_ring"):
        return None
    parent = widget.parentWidget()
    if isinstance(widget, QLineEdit) and isinstance(parent, (QComboBox, QAbstractSpinBox)):
        return parent
    return widget


def _page(widget: QWidget) -> QWidget:
    """Return the scrolled page that holds the control, else its window."""
    child, parent = widget, widget.parentWidget()
    while parent is not None and not child.isWindow():
        area = parent.parentWidget()
        if isinstance(area, QAbstractScrollArea) and area.viewport() is parent:
            return child if child is not widget else parent
        child, parent = parent, area
    return widget.window()
