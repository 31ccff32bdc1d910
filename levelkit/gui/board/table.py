"""A table of systems: whole rows, Enter or double click opens, Tab leaves, the head sorts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QHeaderView, QTableView

from levelkit.gui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent, QResizeEvent

ROW, TWO_LINES = 36, 46
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class InventoryTable(QTableView):
    """``opened`` carries the index of the row; ``widths`` are in pixels at 100 %.

    Args:
        says: what a screen reader calls it.
        widths: of the columns, 0 for those that grow.
        least: of the growing column; below it the columns of ``give_way`` are hidden, the first named first.
    """

    opened = Signal(QModelIndex)

    def __init__(
        self, says: str, widths: Sequence[int], least: int = 240, give_way: Sequence[int] = ()
    ) -> None:
        super().__init__()
        self._widths = widths
        self._least = least
        self._give_way = give_way
        self.setObjectName("inventory_table")
        self.setAccessibleName(says)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme().px(ROW))
        self.horizontalHeader().setHighlightSections(False)
        self.doubleClicked.connect(self.opened)

    def fit(self) -> None:
        """Give the columns their widths; call once the model is set."""
        head = self.horizontalHeader()
        for column, width in enumerate(self._widths):
            if width:
                self.setColumnWidth(column, theme().px(width))
            else:
                head.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        look = theme()
        room = self.viewport().width() - sum(look.px(width) for width in self._widths)
        grows = max(self._widths.count(0), 1)
        for column in self._give_way:
            short = room < look.px(self._least) * grows
            self.setColumnHidden(column, short)
            if short:
                room += look.px(self._widths[column])
        tall = room < look.px(self._least * 9 // 4) * grows
        self.verticalHeader().setDefaultSectionSize(look.px(TWO_LINES if tall else ROW))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the current row."""
        if event.key() in _ENTER and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex())
            return
        super().keyPressEvent(event)
