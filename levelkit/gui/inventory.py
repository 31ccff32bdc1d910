"""What is done with the whole inventory: the pages and dialogs behind «Kiểm kê»."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from levelkit.gui.board.page import BoardPage
    from levelkit.gui.desk import Desk
    from levelkit.services import Workspace

    InventoryPage = BoardPage


class Shell(Protocol):
    """What it needs of the window."""

    def guard(self, step: Callable[[], object]) -> bool:
        """Do one thing; a bar says what could not be done. Whether it was done."""
        ...

    def open(self) -> None:
        """Ask for a file and open it."""
        ...

    def open_question(self, code: str, where: str) -> None:
        """Show a system at a place, ``section/question``; at its start where that is empty."""
        ...

    def show_inventory(self, page: InventoryPage, title: str, again: Callable[[], object]) -> None:
        """Show a page of the inventory in place of what is shown; ``again`` builds it anew."""
        ...

    def show_systems(self, *, add: bool = False) -> None:
        """Show the list of systems, and ask for the name of a new one."""
        ...


class Inventory:
    """The commands of one window."""

    def __init__(self, window: Shell, parent: QWidget, desk: Desk) -> None:
        self._window = window
        self._parent = parent
        self._desk = desk

    def slots(self) -> dict[str, Callable[[], object]]:
        """Return the commands by the id of their action."""
        return {"board": self.show_board}

    def show_board(self) -> None:
        """Show the board of the open workspace, else of the one opened last."""
        workspace = self._workspace()
        if workspace is None:
            return
        from levelkit.gui.board.page import BoardPage

        page = BoardPage(workspace)
        page.opened.connect(self._window.open_question)
        page.asked.connect(self._on_asked)
        page.cite_asked.connect(lambda ref: self._show_citation(workspace, ref))
        title = f"Bảng theo dõi – {workspace.path.stem} – levelkit"
        self._window.show_inventory(page, title, self.show_board)
        page.refresh()
        page.focus_first()

    # Inside

    def _workspace(self) -> Workspace | None:
        if self._desk.workspace is not None:
            return self._desk.workspace
        newest = self._desk.newest_path()
        if newest is None:
            self._window.open()
        else:
            self._window.guard(lambda: self._desk.open(newest))
        return self._desk.workspace

    def _on_asked(self, what: str) -> None:
        if what == "add":
            self._window.show_systems(add=True)
        else:
            self.slots().get(what, self.show_board)()

    def _show_citation(self, workspace: Workspace, ref: str) -> None:
        from levelkit.gui.citation_dialog import CitationDialog

        CitationDialog(workspace.library.citation(ref), self._parent).open()
