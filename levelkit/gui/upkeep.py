"""What is done to a file as a whole: its copies, the rulesets kept in it, its letterhead."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from levelkit.errors import WorkspaceMissing, WorkspaceNewer

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from levelkit.errors import UserError
    from levelkit.gui.desk import Desk
    from levelkit.gui.inventory import InventoryPage
    from levelkit.gui.start_page import StartPage
    from levelkit.gui.systems_page import SystemsPage
    from levelkit.gui.wizard.wizard import Wizard
    from levelkit.services import Workspace
    from levelkit.services.backups import Backup
    from levelkit.services.rulesets import PackagePreview

    Ways = tuple[tuple[str, Callable[[], object]], ...]


class Shell(Protocol):
    """What it needs of the window."""

    def page(self) -> Wizard | SystemsPage | InventoryPage | StartPage:
        """The page shown."""
        ...

    def guard(self, step: Callable[[], object]) -> bool:
        """Do one thing; a bar says what could not be done. Whether it was done."""
        ...

    def leave(self) -> None:
        """Commit and close the wizard."""
        ...

    def show_opened(self) -> None:
        """Show what was opened."""
        ...

    def show_again(self) -> None:
        """Build the page anew."""
        ...

    def show_start(self) -> None:
        """Show the start page."""
        ...


class Upkeep:
    """The dialogs behind «Tệp» and what follows from them."""

    def __init__(self, window: Shell, parent: QWidget, desk: Desk) -> None:
        self._window = window
        self._parent = parent
        self._desk = desk

    def slots(self) -> dict[str, Callable[[], object]]:
        """What the menu calls, by action."""
        return {
            "backups": self.show_backups,
            "package": self.load_package,
            "letterhead": self.edit_letterhead,
        }

    def show_backups(self, path: Path | None = None) -> None:
        """Show the copies kept of a workspace: the one named, else the open one, else the newest."""
        workspace = self._desk.workspace
        place = path or (workspace.path if workspace else self._desk.newest_path())
        if place is not None and not isinstance(place, Path):
            self._window.page().show_bar(
                "window", "hint", f"«{place}» nằm trên máy chủ: người quản trị máy chủ giữ bản sao lưu."
            )
            return
        if place is None:
            self._window.page().show_bar("window", "hint", "Chưa mở tệp nào, nên chưa có bản sao lưu nào.")
            return
        from levelkit.gui.backups_dialog import BackupsDialog

        dialog = BackupsDialog(place, self._desk.backups(place), self._parent)
        dialog.accepted.connect(lambda: self._restore(place, dialog.chosen()))
        dialog.open()

    def ways_back(self, error: UserError, path: str) -> Ways:
        """Offer the copies where the file itself cannot be opened."""
        if "://" in path:
            make = ("Tạo danh mục trống ở đó", lambda: self._make(path))
            return (make,) if isinstance(error, WorkspaceMissing) else ()
        if isinstance(error, WorkspaceNewer) or not self._desk.backups(Path(path)):
            return ()
        return (("Xem bản sao lưu…", lambda: self.show_backups(Path(path))),)

    def _make(self, address: str) -> None:
        from levelkit.services.places import place_of

        if self._window.guard(lambda: self._desk.create_empty(place_of(address))):
            self._window.show_opened()

    def load_package(self) -> None:
        """Ask for a ruleset, show what it changes, keep it in the open file."""
        workspace = self._desk.workspace
        if workspace is None:
            self._window.page().show_bar(
                "window", "hint", "Hãy mở một tệp trước: bộ quy định được nạp vào tệp đang mở."
            )
            return
        from levelkit.gui.package_dialog import PackageDialog, ask_package

        chosen = ask_package(self._parent, workspace.folder)
        read: list[tuple[bytes, PackagePreview]] = []
        if chosen and self._window.guard(lambda: read.append(workspace.preview_package_file(Path(chosen)))):
            data, preview = read[0]
            dialog = PackageDialog(preview, self._parent)
            dialog.accepted.connect(lambda: self._keep_package(workspace, data))
            dialog.open()

    def edit_letterhead(self) -> None:
        """Ask for the logo and the contact lines of the open file."""
        workspace = self._desk.workspace
        if workspace is None:
            self._window.page().show_bar(
                "window", "hint", "Hãy mở một tệp trước: tiêu đề thư và biểu trưng nằm trong tệp đang mở."
            )
            return
        from levelkit.gui.letterhead_dialog import LetterheadDialog

        dialog = LetterheadDialog(workspace, self._parent)
        dialog.accepted.connect(self._window.show_again)
        dialog.open()

    def _restore(self, path: Path, chosen: Backup | None) -> None:
        if chosen is None:
            return
        self._window.leave()
        if self._window.guard(lambda: self._desk.restore(path, chosen)):
            self._window.show_opened()
        else:
            self._window.show_start()

    def _keep_package(self, workspace: Workspace, data: bytes) -> None:
        if self._window.guard(lambda: workspace.add_package(data)):
            self._window.show_again()
