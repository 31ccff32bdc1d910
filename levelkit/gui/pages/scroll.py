"""The scrolled part of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QVBoxLayout as Column

MARGIN = 24
GROWING_MS = 400


class ScrollPage(QScrollArea):
    """A column of widgets that scrolls up and down only, and keeps a whole control in sight."""

    def __init__(self, parent: QWidget | None = None, *, side: int = MARGIN) -> None:
        super().__init__(parent)
        self._content = QWidget(self)
        self.column: Column = QVBoxLayout(self._content)

        self._goal: QWidget | None = None
        self._settle = QTimer(self)
        self._growing = QTimer(self)

        for timer, milliseconds in ((self._settle, 0), (self._growing, GROWING_MS)):
            timer.setSingleShot(True)
            timer.setInterval(milliseconds)
        self._settle.timeout.connect(self._reveal_goal)
        self._content.installEventFilter(self)
        self._content.setObjectName("scrolled")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.column.setContentsMargins(side, MARGIN, side, MARGIN)
        self.column.setSpacing(28)
        self.setWidget(self._content)

    def to_top(self) -> None:
        """Show the page from its top, now and while it is laid out."""
        self._settle.stop()
        self._growing.stop()
        self._goal = None
        self.verticalScrollBar().setValue(0)

    def reveal_soon(self, widget: QWidget) -> None:
        """Do so once the page is laid out, and again while it still grows."""
        self._goal = widget
        self._growing.start()
        self._settle.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The page grew: what was to be in sight may have moved."""
        if event.type() == QEvent.Type.Resize and self._growing.isActive():
            self._settle.start()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A note came over the page, the window shrank: the field being answered stays in sight."""
        before = event.oldSize().height()
        super().resizeEvent(event)
        focus = QApplication.focusWidget()
        if focus is None or event.size().height() >= before or not self._content.isAncestorOf(focus):
            return
        top = focus.mapTo(self._content, QPoint(0, 0)).y() - self.verticalScrollBar().value()
        if top >= 0 and top + focus.height() <= before:
            self.reveal_soon(focus)

    def _reveal_goal(self) -> None:
        if self._goal is not None:
            self.reveal(self._goal)
        if not self._growing.isActive():
            self._goal = None

    def reveal(self, widget: QWidget) -> None:
        """Scroll until the whole widget is in sight, or its top where it is higher than the page."""
        layout = self._content.layout()
        if layout is not None:
            layout.activate()
        top = widget.mapTo(self._content, QPoint(0, 0)).y()
        bar, page = self.verticalScrollBar(), self.viewport().height()
        if widget.height() > page - MARGIN or top < bar.value():
            bar.setValue(top - MARGIN // 2)
        elif top + widget.height() > bar.value() + page:
            bar.setValue(top + widget.height() - page + MARGIN // 2)
