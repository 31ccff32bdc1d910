"""Where the level stands: docked panel, rail or strip, and the panel laid over the page when asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QFrame, QWidget
from shiboken6 import isValid

from levelkit.gui import kit
from levelkit.gui.wizard.level_panel import LevelPanel
from levelkit.gui.wizard.level_strip import LevelRail, LevelStrip

if TYPE_CHECKING:
    from levelkit.gui.wizard.level_view import LevelView


class LevelSide(QObject):
    """One panel for all widths; ``dock``, ``rail`` and ``strip`` go into the window's layout."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._place: Literal["panel", "rail", "strip", "none"] = "panel"
        self._came_from: QWidget | None = None
        self.panel = LevelPanel()
        self.rail = LevelRail()
        self.strip = LevelStrip()
        self.dock = QFrame()
        self._dock_layout = kit.column(self.panel)
        self.dock.setLayout(self._dock_layout)
        self.rail.open_asked.connect(self.open_panel)
        self.strip.open_asked.connect(self.open_panel)
        self.panel.close_asked.connect(self.close_overlay)
        window.installEventFilter(self)

    def show_level(self, view: LevelView, reason: str, *, writable: bool) -> None:
        """Show another state everywhere."""
        self.panel.show_level(view, reason, writable=writable)
        self.rail.show_level(view)
        self.strip.show_level(view)

    def arrange(self, place: Literal["panel", "rail", "strip", "none"]) -> None:
        """Dock the panel, or keep it ready beside a rail or strip, or out of sight."""
        changed = place != self._place
        self._place = place
        self.rail.setVisible(place == "rail")
        self.strip.setVisible(place == "strip")
        docked = place == "panel"
        self.dock.setVisible(docked)
        if docked and self.panel.parentWidget() is not self.dock:
            self._dock_layout.addWidget(self.panel)
            self.panel.show()
        elif not docked and self.panel.parentWidget() is not self._window:
            self._dock_layout.removeWidget(self.panel)
            self.panel.setParent(self._window)
            self.panel.hide()
        elif not docked and changed:
            self.panel.hide()
        self.panel.show_close(shown=not docked)
        self._lay_over()

    def open_panel(self) -> None:
        """Show the panel, over the page where it is not docked, and put the focus into it."""
        if self._place != "panel":
            self._came_from = self._window.window().focusWidget()
            self.panel.show()
            self._lay_over()
        self.panel.focus_first()

    def close_overlay(self) -> None:
        """Close the panel where it lies over the page."""
        if self._place != "panel" and self.panel.isVisible():
            self.panel.hide()
            back = self._opener()
            if back is not None:
                back.setFocus(Qt.FocusReason.OtherFocusReason)

    def _opener(self) -> QWidget | None:
        if self._place == "none":
            came_from = self._came_from
            return came_from if came_from is not None and isValid(came_from) else None
        opener: QWidget = self.rail if self._place == "rail" else self.strip
        return opener.findChild(QWidget, "open_reasons") or opener

    def toggle(self) -> None:
        """Open, or close what lies over the page."""
        if self._place != "panel" and self.panel.isVisible():
            self.close_overlay()
        else:
            self.open_panel()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the window's size; Esc closes the panel over the page."""
        kind = event.type()
        if kind == QEvent.Type.Resize:
            self._lay_over()
        elif kind == QEvent.Type.KeyPress and getattr(event, "key", lambda: 0)() == Qt.Key.Key_Escape:
            over = self._place != "panel" and self.panel.isVisible()
            self.close_overlay()
            return over
        return super().eventFilter(watched, event)

    def _lay_over(self) -> None:
        if self._place == "panel":
            return
        top = self.strip.height() if self._place == "strip" else 0
        width = self.panel.width()
        self.panel.setGeometry(self._window.width() - width, top, width, self._window.height() - top)
        self.panel.raise_()
