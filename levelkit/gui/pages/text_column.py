"""A column of text that is at most as wide as prose may be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout

from levelkit.gui.fields.base import COLUMN_WIDTH
from levelkit.gui.theme import theme

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

SIDE = 8  # room for the focus ring and the flash


class TextColumn(QVBoxLayout):
    """Its widget is never wider than the column; heights are asked for that width.

    Qt asks a layout for its height at the width of the parent, whatever the widget's own limit is.
    """

    def __init__(self, widget: QWidget, *, limited: bool = True) -> None:
        super().__init__(widget)
        self._limited = limited
        self._widget = widget
        self.setContentsMargins(SIDE, 6, SIDE, 6)
        self.fit()

    def fit(self) -> None:
        """Take the limit from the font scale that holds now."""
        if self._limited:
            self._widget.setMaximumWidth(self._limit() + 2 * SIDE)

    @staticmethod
    def _limit() -> int:
        return theme().px(COLUMN_WIDTH)

    def heightForWidth(self, width: int) -> int:
        """The height at the width it will really have."""
        return super().heightForWidth(min(width, self._limit()) if self._limited else width)

    def minimumHeightForWidth(self, width: int) -> int:
        """The same."""
        return super().minimumHeightForWidth(min(width, self._limit()) if self._limited else width)
