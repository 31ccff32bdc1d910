"""What is done with the whole inventory: the pages and dialogs behind «Kiểm kê»."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from levelkit.domain.text import format_number
from levelkit.errors import UserError
from levelkit.gui.tasks import message_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from levelkit.gui.board.page import BoardPage
    from levelkit.gui.desk import Desk
    from levelkit.gui.impact.page import ImpactPage
    from levelkit.gui.sheets.import_dialog import ImportDialog
    from levelkit.gui.sheets.report_dialog import By
    from levelkit.gui.sheets.work import Tell
    from levelkit.gui.start_page import StartPage
    from levelkit.gui.systems_page import SystemsPage
    from levelkit.gui.wizard.wizard import Wizard
    from levelkit.services import Workspace
    from levelkit.services.import_plan import ImportPlan, OnConflict

    InventoryPage = BoardPage | ImpactPage

SHEETS = "Bảng tính (*.xlsx *.xls *.ods *.csv)"
BAR = "inventory"


class Shell(Protocol):
    """What it needs of the window."""

    def page(self) -> Wizard | SystemsPage | InventoryPage | StartPage:
        """The page shown."""
        ...

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
        return {
            "board": self.show_board,
            "impact": self.show_impact,
            "scope": self.ask_scope,
            "import": self.ask_import,
            "undo_import": self.offer_undo,
            "export": self.ask_export,
            "report": self.ask_report,
        }

    # Pages

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

    def show_impact(self) -> None:
        """Show every system under both decrees, of the open workspace, else of the one opened last."""
        workspace = self._workspace()
        if workspace is None:
            return
        from levelkit.gui.impact.page import ImpactPage

        page = ImpactPage(workspace)
        page.opened.connect(self._window.open_question)
        page.asked.connect(self._on_asked)
        page.cite_asked.connect(lambda ref: self._show_citation(workspace, ref))
        title = f"Hai luật cạnh nhau – {workspace.path.stem} – levelkit"
        self._window.show_inventory(page, title, self.show_impact)
        page.refresh()
        page.focus_first()

    def ask_scope(self) -> None:
        """Set systems beside each other as parts and as one."""
        workspace = self._workspace()
        if workspace is None:
            return
        from levelkit.gui.impact.scope_dialog import ScopeDialog

        self.show_board()  # what is being edited is saved first: the reason is written into the systems
        dialog = ScopeDialog(workspace, self._parent)
        dialog.accepted.connect(self.show_board)
        dialog.open()

    # Import

    def ask_import(self) -> None:
        """Ask for a sheet and show what it would bring."""
        workspace = self._writable()
        if workspace is None:
            return
        chosen, _ = QFileDialog.getOpenFileName(
            self._parent,
            "Chọn bảng kiểm kê",
            str(workspace.folder),
            SHEETS,
            options=QFileDialog.Option.DontUseNativeDialog,
        )
        if chosen:
            self.look_at(Path(chosen))

    def look_at(self, path: Path) -> None:
        """Read a sheet beside the window and show what it would bring; nothing is written."""
        workspace = self._writable()
        if workspace is None:
            return
        self.show_board()  # what is being edited is saved; what was imported is seen there
        self._run(
            f"Đọc «{path.name}»",
            lambda tell: _plan(workspace, path, "update", tell),
            lambda plan: self._show_plan(workspace, plan),
        )

    def _show_plan(self, workspace: Workspace, plan: ImportPlan) -> None:
        from levelkit.gui.sheets.import_dialog import ImportDialog

        dialog = ImportDialog(plan, self._parent)
        dialog.planned_again.connect(lambda choice: self._plan_again(workspace, dialog, choice))
        dialog.accepted.connect(lambda: self._write(workspace, dialog.plan))
        dialog.open()

    def _plan_again(self, workspace: Workspace, dialog: ImportDialog, choice: OnConflict) -> None:
        path = dialog.plan.path
        self._run(
            f"Đọc «{path.name}»",
            lambda tell: _plan(workspace, path, choice, tell),
            dialog.show_plan,
            parent=dialog,
        )

    def _write(self, workspace: Workspace, plan: ImportPlan) -> None:
        from levelkit.services.importing import apply_import

        def work(tell: Tell) -> None:
            apply_import(
                workspace, plan, lambda done, whole: tell(f"Đang ghi hệ thống {done}/{whole}", done, whole)
            )

        self._run(f"Nhập từ «{plan.path.name}»", work, lambda _nothing: self._show_written(plan))

    def _show_written(self, plan: ImportPlan) -> None:
        self.show_board()
        counts = plan.counts()["systems"]
        parts = [
            f"{format_number(counts[key])} {words}"
            for key, words in (("created", "hệ thống mới"), ("updated", "hệ thống sửa"))
            if counts[key]
        ]
        rows = sum(len(found) for tables in plan.tables.values() for found in tables.values())
        parts += [f"{format_number(rows)} dòng thiết bị, dịch vụ, vùng mạng, kết nối"] if rows else []
        text = f"Đã nhập từ «{plan.path.name}»: {', '.join(parts)}."
        self._window.page().show_bar(BAR, "ok", text, (("Hoàn tác lần nhập này", self._undo_last),))

    def offer_undo(self) -> None:
        """Name the last import and offer to take it back."""
        workspace = self._writable()
        if workspace is None:
            return
        from levelkit.services.importing import last_run

        self.show_board()
        found = last_run(workspace)
        if found is None:
            self._window.page().show_bar(BAR, "hint", "Chưa có lần nhập nào để hoàn tác.")
            return
        run = found[1]
        text = (
            f"Lần nhập gần nhất: «{run['file']}», {len(run['created'])} hệ thống mới, "
            f"{len(run['before'])} hệ thống sửa. Hoàn tác cất các hệ thống mới và đưa câu trả lời cũ trở lại."
        )
        self._window.page().show_bar(BAR, "warn", text, (("Hoàn tác lần nhập này", self._undo_last),))

    def _undo_last(self) -> None:
        workspace = self._writable()
        if workspace is None:
            return
        from levelkit.services.importing import last_run, undo_run

        found = last_run(workspace)
        if found is not None and self._window.guard(lambda: undo_run(workspace, found[0])):
            self.show_board()
            self._window.page().show_bar(BAR, "ok", f"Đã hoàn tác lần nhập «{found[1]['file']}».")

    # Export and report

    def ask_export(self) -> None:
        """Ask for a place and write the inventory there."""
        workspace = self._workspace()
        if workspace is None:
            return
        chosen, _ = QFileDialog.getSaveFileName(
            self._parent,
            "Xuất danh mục ra bảng tính",
            str(workspace.folder / f"Kiem ke {workspace.path.stem}.xlsx"),
            "Excel (*.xlsx)",
            options=QFileDialog.Option.DontUseNativeDialog,
        )
        if chosen:
            path = Path(chosen)
            self.export_to(path if path.suffix else path.with_suffix(".xlsx"))

    def export_to(self, path: Path) -> None:
        """Write the inventory as a workbook beside the window."""
        workspace = self._workspace()
        if workspace is None:
            return
        self._run(
            f"Xuất «{path.name}»",
            lambda tell: _export(workspace, path, tell),
            lambda number: self._show_made(f"Đã xuất {format_number(number)} hệ thống", [path]),
        )

    def ask_report(self) -> None:
        """Ask whose report of which year, and show what is missing."""
        workspace = self._workspace()
        if workspace is None:
            return
        from levelkit.gui.sheets.report_dialog import ReportDialog

        dialog = ReportDialog(workspace, self._parent)
        dialog.wanted.connect(lambda year, by, paths: self._make_report(workspace, year, by, paths))
        dialog.open()

    def _make_report(self, workspace: Workspace, year: int, by: By, paths: list[Path]) -> None:
        from levelkit.gui.sheets.report_dialog import make_report

        self._run(
            f"Lập báo cáo Mẫu số 08 năm {year}",
            lambda tell: make_report(workspace, year, by, paths, tell),
            lambda made: self._show_made(f"Đã lập báo cáo Mẫu số 08 năm {year}", made),
        )

    def _show_made(self, words: str, paths: list[Path]) -> None:
        names = ", ".join(f"«{path.name}»" for path in paths)
        actions = [(f"Mở {path.suffix[1:].upper()}", partial(_open_file, path)) for path in paths[:2]]
        self._window.page().show_bar(BAR, "ok", f"{words}: {names}.", tuple(actions))

    # Inside

    def _run(
        self,
        title: str,
        work: Callable[[Tell], Any],
        then: Callable[[Any], object],
        parent: QWidget | None = None,
    ) -> None:
        from levelkit.gui.sheets.work import WorkDialog

        dialog = WorkDialog(title, work, parent or self._parent)
        dialog.finished_with.connect(then)
        dialog.failed_with.connect(self._show_failure)
        dialog.start()

    def _show_failure(self, error: object) -> None:
        if not isinstance(error, UserError):
            message_of(error)
        self._window.page().show_bar(BAR, "err", str(error))

    def _workspace(self) -> Workspace | None:
        if self._desk.workspace is not None:
            return self._desk.workspace
        newest = self._desk.newest_path()
        if newest is None:
            self._window.open()
        else:
            self._window.guard(lambda: self._desk.open(newest))
        return self._desk.workspace

    def _writable(self) -> Workspace | None:
        workspace = self._workspace()
        if workspace is None or self._window.guard(workspace.require_writable):
            return workspace
        return None

    def _on_asked(self, what: str) -> None:
        if what == "add":
            self._window.show_systems(add=True)
        else:
            self.slots()[what]()

    def _show_citation(self, workspace: Workspace, ref: str) -> None:
        from levelkit.gui.citation_dialog import CitationDialog

        CitationDialog(workspace.library.citation(ref), self._parent).open()


def _plan(workspace: Workspace, path: Path, on_conflict: OnConflict, tell: Tell) -> ImportPlan:
    """Read a file against the workspace, opened a second time: the window goes on with its own."""
    from levelkit.services import Workspace
    from levelkit.services.importing import plan_import

    with Workspace.open(workspace.path, readonly=True, backup=False) as opened:
        return plan_import(
            opened,
            path,
            forms=opened.forms,
            on_conflict=on_conflict,
            told=lambda rows: tell(f"Đã đọc {format_number(rows)} dòng", 0, 0),
        )


def _export(workspace: Workspace, path: Path, tell: Tell) -> int:
    from levelkit.services import Workspace
    from levelkit.services.exporting import export_inventory

    with Workspace.open(workspace.path, readonly=True, backup=False) as opened:
        return export_inventory(
            opened, path, lambda done, whole: tell(f"Đang xuất hệ thống {done}/{whole}", done, whole)
        )


def _open_file(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
