"""The level where there is no room for the panel: a rail at the right, or a strip under the menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from levelkit.gui import kit
from levelkit.gui.stairs import Stairs
from levelkit.gui.theme import theme

if TYPE_CHECKING:
    from levelkit.gui.wizard.level_view import LevelView

RAIL_WIDTH = 56
STRIP_HEIGHT = 50


class LevelRail(QFrame):
    """56 px wide: stairs, level, and the button that opens the panel over the page."""

    open_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._open = kit.button(
            "",
            self.open_asked.emit,
            kind="icon",
            mark="panel-right-open",
            says="Xem căn cứ cấp độ",
            name="open_reasons",
        )
        self._stairs = Stairs((36, 28))
        self._word = kit.label("", "hint", wrap=False)
        self._number = kit.label("", "page_title", wrap=False)

        self.setObjectName("level_rail")
        self._open.setToolTip("Xem căn cứ cấp độ")
        layout = kit.column(
            self._open, self._stairs, self._word, self._number, None, margins=(0, 8, 0, 8), spacing=6
        )
        for widget in (self._open, self._stairs, self._word, self._number):
            layout.setAlignment(widget, Qt.AlignmentFlag.AlignHCenter)
        self.setLayout(layout)
        theme().changed.connect(self._resize)
        self._resize()

    def show_level(self, view: LevelView) -> None:
        """Show another state."""
        word, _, number = view.short.partition(" ")
        self._word.setText(word)
        self._number.setText(number)
        self._stairs.show_level(view.reached, view.possible, view.sentence)
        self.setAccessibleName(view.sentence)
        self.setToolTip(view.sentence)

    def _resize(self) -> None:
        self.setFixedWidth(theme().px(RAIL_WIDTH))


class LevelStrip(QFrame):
    """50 px high: stairs, level, the deciding criterion in one line, «Xem căn cứ»."""

    open_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stairs = Stairs((30, 22))
        self._head = kit.label("", "name", wrap=False)
        self._reason = kit.label("", "help", wrap=False)
        self._open = kit.button(
            "Xem căn cứ", self.open_asked.emit, mark="panel-right-open", name="open_reasons"
        )

        self.setObjectName("level_strip")
        self._reason.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        layout = kit.row(
            self._stairs, self._head, self._reason, self._open, margins=(16, 6, 12, 6), spacing=10
        )
        layout.setStretch(2, 1)
        self.setLayout(layout)
        theme().changed.connect(self._resize)
        self._resize()

    def show_level(self, view: LevelView) -> None:
        """Show another state; the whole reason stands in the panel."""
        self._head.setText(view.headline)
        first = view.deciding[0] if view.deciding else None
        lowered = first.cite[:1].lower() + first.cite[1:] if first else ""
        self._reason.setText(f"·  {lowered}" if first else f"·  {view.subline}")
        self._reason.setToolTip(first.text if first else view.subline)
        self._stairs.show_level(view.reached, view.possible, view.sentence)
        self.setAccessibleName(view.sentence)

    def _resize(self) -> None:
        self.setFixedHeight(theme().px(STRIP_HEIGHT))
