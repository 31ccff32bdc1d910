"""The window: menu and quick find on top, one of three pages, the status bar at the foot."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSize
from PySide6.QtWidgets import QFrame, QMainWindow, QStackedWidget, QWidget

from levelkit.errors import UserError
from levelkit.gui import kit
from levelkit.gui.actions import WORKING, Actions
from levelkit.gui.inventory import Inventory
from levelkit.gui.pages import CHECK_SECTION, make_page
from levelkit.gui.quick_find import QuickFind
from levelkit.gui.screen import fit_screen
from levelkit.gui.start_page import StartPage
from levelkit.gui.status_bar import StatusBar
from levelkit.gui.theme import theme
from levelkit.gui.together import Together
from levelkit.gui.upkeep import Upkeep
from levelkit.services import paths

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QCloseEvent, QResizeEvent

    from levelkit.gui.desk import Desk
    from levelkit.gui.inventory import InventoryPage
    from levelkit.gui.quick_find import Target
    from levelkit.gui.systems_page import SystemsPage
    from levelkit.gui.upkeep import Ways
    from levelkit.gui.wizard.wizard import Wizard
    from levelkit.services import SystemSession, Workspace
    from levelkit.services.rulesets import RulesetState

SMALLEST = QSize(900, 510)
FIND_FROM = 1100


class MainWindow(QMainWindow):
    """Holds the pages; every action is one short method."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._percent = theme().percent
        self._gaps: dict[str, int] = {}
        self._newer = False  # whether the program has a newer text of the open system's ruleset

        self._upkeep = Upkeep(self, self, desk)
        self._together = Together(self, self, desk)
        self._inventory = Inventory(self, self, desk)
        self._actions = Actions(self)
        self._find = QuickFind(self._targets)
        self._top = QFrame()
        self._stack = QStackedWidget()
        self._start = StartPage()
        self._systems: SystemsPage | InventoryPage | None = None
        self._systems_again: Callable[[], object] = self.show_systems
        self._wizard: Wizard | None = None
        self._status = StatusBar()

        self._build()
        self._connect()
        self._restore()
        self.show_start()

    def _build(self) -> None:
        self.setObjectName("main_window")
        self.setWindowTitle("levelkit")
        self.setMinimumSize(SMALLEST)
        self._top.setObjectName("top_bar")
        self._top.setLayout(kit.row(self._actions.menu_bar, None, self._find, margins=(0, 0, 8, 0)))
        self._stack.addWidget(self._start)
        layout = kit.column(self._top, self._stack, self._status)
        layout.setStretch(1, 1)
        middle = QWidget()
        middle.setLayout(layout)
        self.setCentralWidget(middle)
        self._actions.show_choices(theme().mode, theme().percent)

    def _connect(self) -> None:
        slots: dict[str, Callable[[], object]] = {
            "new": self.new,
            "open": self.open,
            "list": self.open_list,
            "sample": self.open_sample,
            "start": self.show_start,
            "quit": self.close,
            "find": self._find.start,
            "keys": self._show_keys,
            "places": self._show_places,
            "about": self._show_about,
            "rebase": self._rebase,
            "shared": self._together.ask,
            **self._upkeep.slots(),
            **self._inventory.slots(),
        }
        for key, slot in slots.items():
            self._actions.by_id[key].triggered.connect(lambda _checked=False, step=slot: step())
        for key in WORKING:
            self._actions.by_id[key].triggered.connect(lambda _checked=False, what=key: self._work(what))
        self._actions.modes.triggered.connect(lambda action: self._set_mode(action.data()))
        self._actions.scales.triggered.connect(lambda action: self._set_percent(action.data()))
        self._actions.recent_menu.aboutToShow.connect(self._fill_recent_menu)
        self._start.asked.connect(lambda what: slots[what]())
        self._start.recent_asked.connect(self.open_path)
        self._find.chosen.connect(self._on_found)
        self._status.gap_asked.connect(self._on_gap_asked)

    # Ways in

    def new(self) -> None:
        """Ask for a name and a place, and begin a dossier."""
        from levelkit.gui.new_dialog import NewDialog

        dialog = NewDialog(paths.default_workspace().parent, self)
        dialog.accepted.connect(lambda: self.create_dossier(dialog.path(), dialog.name()))
        dialog.open()

    def create_dossier(self, path: Path, name: str) -> None:
        """Make a workspace with one system and show it."""
        codes: list[str] = []
        self.leave()
        if self.guard(lambda: codes.append(self._desk.create(path, name))):
            self.show_system(codes[0])

    def open(self) -> None:
        """Ask for a file and open it."""
        from levelkit.gui.new_dialog import ask_open

        newest = self._desk.newest_path()
        folder = newest.parent if newest else paths.default_workspace().parent
        chosen = ask_open(self, folder)
        if chosen is not None:
            self.open_path(str(chosen))

    def open_path(self, path: str, code: str = "") -> None:
        """Open a file or database; straight at a system where it is named or the only one."""
        self.leave()
        if not self.guard(
            lambda: self._desk.open_address(path), lambda error: self._upkeep.ways_back(error, path)
        ):
            if "://" not in path and not Path(path).exists():
                self._desk.settings.forget(path)
            self.show_start()
            return
        self.show_opened(code)

    def show_opened(self, code: str = "") -> None:
        """Show what was opened: the system named or the only one, else the list."""
        assert self._desk.workspace is not None
        codes = [system.code for system in self._desk.workspace.systems()]
        if code in codes or len(codes) == 1:
            self.show_system(code if code in codes else codes[0])
        else:
            self.show_systems()

    def open_list(self) -> None:
        """Show the list of systems: of the open file, else of the one opened last."""
        if self._desk.workspace is None:
            newest = self._desk.newest_path()
            if newest is None:
                self.open()
                return
            if not self.guard(lambda: self._desk.open(newest)):
                return
        self.show_systems()

    def open_sample(self) -> None:
        """Open the sample workspace at its list."""
        self.leave()
        if self.guard(self._desk.sample):
            self.show_systems()

    # Pages

    def show_start(self) -> None:
        """Show the start page; what was open is closed."""
        self.leave()
        self._drop_systems()
        self._desk.close()
        self._start.show_recents(self._desk.settings.recents)
        self._show_page(self._start, "levelkit")
        self._status.show_idle()
        self._start.focus_first()

    def show_crash_note(self) -> None:
        """Offer to go on where a crash stopped the work."""
        if self._desk.crashed:
            name = Path(self._desk.crashed).name
            text = f"Lần trước phần mềm tắt đột ngột. Dữ liệu đã lưu trong «{name}» còn nguyên."
            self._start.show_note("warn", text, "Mở lại", self._desk.crashed)

    def show_systems(self, *, add: bool = False) -> None:
        """Show the list of systems of the open workspace; ask for the name of a new one where asked to."""
        workspace = self._desk.workspace
        if workspace is None:
            return
        from levelkit.gui.systems_page import SystemsPage

        code = self._wizard.session.code if self._wizard else ""
        page = SystemsPage(workspace)
        page.opened.connect(self.show_system)
        page.changed.connect(lambda: self._show_saved(written=True))
        self.show_inventory(page, f"{workspace.path.stem} – levelkit", self.show_systems)
        page.refresh(code)
        page.focus_first()
        self._show_outdated(workspace)
        if add:
            page.add()

    def show_inventory(
        self, page: SystemsPage | InventoryPage, title: str, again: Callable[[], object]
    ) -> None:
        """Show a page of the whole inventory in place of what is shown; ``again`` builds it anew."""
        self.leave()
        self._drop_systems()
        self._systems, self._systems_again = page, again
        self._stack.addWidget(page)
        self._show_page(page, title)
        self._show_holder()

    def open_question(self, code: str, where: str) -> None:
        """Show a system at a place, ``section/question``; at its start where that is empty."""
        self.show_system(code)
        if self._wizard is not None and where:
            self._wizard.jump_to(where.rpartition("/")[2])

    def show_system(self, code: str) -> None:
        """Show one system in the wizard."""
        workspace = self._desk.workspace
        if workspace is None:
            return
        # Not before it is needed: the law and the forms behind it cost time at the start.
        from levelkit.gui.wizard.wizard import Wizard

        self.leave()
        made: list[Wizard] = []
        if not self.guard(lambda: made.append(Wizard(workspace.session(code), make_page))):
            return
        wizard = self._wizard = made[0]
        self._newer = wizard.session.ruleset_state.newer
        wizard.gaps_changed.connect(self._on_gaps)
        wizard.saved_changed.connect(lambda written: self._show_saved(written=written))
        wizard.history_changed.connect(self._show_history)
        self._stack.addWidget(wizard)
        self._show_page(wizard, f"{code} {wizard.session.name} – levelkit")
        wizard.start()
        self._show_holder()
        if self._newer and not workspace.readonly:
            state = wizard.session.ruleset_state
            wizard.show_bar(
                "outdated",
                "hint",
                f"Hồ sơ này lập theo {state.id} bản {state.version}; nay có {_newer_words(state)}.",
                (("Chuyển sang bộ quy định mới…", self._rebase),),
            )

    def _show_page(self, page: QWidget, title: str) -> None:
        self._stack.setCurrentWidget(page)
        self.setWindowTitle(title)
        workspace = self._desk.workspace
        self._status.show_path(str(workspace.path) if workspace else "")
        if self._wizard is None:
            self._status.show_gaps(None)
        self._show_history()
        self._start.drop_note()
        if workspace is not None:
            self._show_saved(written=True)

    def leave(self) -> None:
        """Commit and close the wizard, if one is open."""
        wizard, self._wizard = self._wizard, None
        if wizard is None:
            return
        wizard.close_down()
        self._desk.remember(wizard.session, self._gaps)
        self._stack.removeWidget(wizard)
        wizard.hide()
        wizard.deleteLater()

    def _drop_systems(self) -> None:
        page, self._systems = self._systems, None
        if page is not None:
            self._stack.removeWidget(page)
            page.hide()
            page.deleteLater()

    # What the bars show

    def _show_holder(self) -> None:
        workspace = self._desk.workspace
        if workspace is None or not workspace.readonly:
            return
        self._status.show_readonly()
        path = workspace.address
        why = f"{workspace.why_readonly or 'Tệp này được mở để xem.'} Ở cửa sổ này chỉ đọc được."
        code = self._wizard.session.code if self._wizard else ""
        actions = (("Mở lại để sửa", lambda: self.open_path(path, code)),)
        page = self._wizard or self._systems
        if page is not None:
            page.show_bar("readonly", "warn", why, actions)

    def _show_outdated(self, workspace: Workspace) -> None:
        codes = workspace.outdated()
        if codes and self._systems is not None:
            first = codes[0]
            self._systems.show_bar(
                "outdated",
                "hint",
                f"Lập theo bộ quy định cũ: {', '.join(codes)}. Mở từng hệ thống để xem thay đổi và chuyển.",
                ((f"Mở {first}", lambda: self.show_system(first)),),
            )

    def _show_saved(self, *, written: bool) -> None:
        workspace = self._desk.workspace
        if workspace is None:
            self._status.show_idle()
        elif workspace.readonly:
            self._status.show_readonly()
        elif not written:
            self._status.show_unsaved()
        else:
            at = workspace.saved_at
            self._status.show_saved(at.astimezone() if at else None)

    def _show_history(self) -> None:
        interview = self._wizard.session.interview if self._wizard else None
        writable = self._desk.workspace is not None and not self._desk.workspace.readonly
        for key, can, what, word in (
            ("undo", interview and interview.can_undo, interview and interview.undo_text, "&Hoàn tác"),
            ("redo", interview and interview.can_redo, interview and interview.redo_text, "&Làm lại"),
        ):
            action = self._actions.by_id[key]
            action.setEnabled(bool(can) and writable)
            action.setText(f"{word}: {what}" if what else word)
        for key in WORKING:
            if key not in {"undo", "redo"}:
                self._actions.by_id[key].setEnabled(interview is not None)
        self._actions.by_id["raise"].setEnabled(interview is not None and writable)
        self._actions.by_id["rebase"].setEnabled(interview is not None and self._newer and writable)

    def _on_gaps(self, counts: dict[str, int]) -> None:
        self._gaps = counts
        self._status.show_gaps(counts)
        self._show_saved(written=self._wizard is None or not self._wizard.session.unsaved)

    # Actions on the open system

    def _work(self, what: str) -> None:
        wizard = self._wizard
        if wizard is None:
            return
        steps: dict[str, Callable[[], object]] = {
            "undo": wizard.undo,
            "redo": wizard.redo,
            "reasons": wizard.toggle_reasons,
            "compare": wizard.show_comparison,
            "back": wizard.go_back,
            "previous": wizard.go_previous,
            "next": wizard.go_next,
            "gap": wizard.go_to_gap,
            "raise": wizard.propose_higher,
            "check": lambda: wizard.visit(CHECK_SECTION),
        }
        steps[what]()

    def _on_gap_asked(self, severity: str) -> None:
        if self._wizard is not None:
            self._wizard.go_to_gap(severity)

    def _rebase(self) -> None:
        if self._wizard is None:
            return
        from levelkit.gui.rebase_dialog import RebaseDialog

        session = self._wizard.session
        dialog = RebaseDialog(session.ruleset_state, self)
        dialog.accepted.connect(lambda: self._move_to_newer(session))
        dialog.open()

    def _move_to_newer(self, session: SystemSession) -> None:
        if self.guard(session.rebase):
            self.show_system(session.code)

    def _targets(self) -> list[Target]:
        from levelkit.gui.find_targets import find_targets

        return find_targets(self._desk.workspace, self._wizard.session if self._wizard else None)

    def _on_found(self, kind: str, key: str) -> None:
        if kind == "system":
            self.show_system(key)
        elif self._wizard is not None and kind == "question":
            self._wizard.jump_to(key)
        elif self._wizard is not None:
            self._wizard.show_citation(key)

    # View and help

    def _set_mode(self, mode: str) -> None:
        theme().set_mode("dark" if mode == "dark" else "light" if mode == "light" else "system")
        self._desk.settings.keep("mode", theme().mode)

    def _set_percent(self, percent: int) -> None:
        if percent == self._percent:
            return
        self._percent = percent
        self._desk.settings.keep("percent", percent)
        theme().set_percent(percent)
        self.show_again()

    def _show_keys(self) -> None:
        from levelkit.gui.help_dialogs import keys_dialog
        from levelkit.gui.plan.key_row import KEYS as MATRIX_KEYS

        rows = [(f"Ma trận yêu cầu: {words}", key) for key, words in MATRIX_KEYS]
        keys_dialog([*self._actions.keys(), *rows], self).open()

    def _show_places(self) -> None:
        from levelkit.gui.help_dialogs import places_dialog

        rows = (
            ("Cài đặt", paths.config_dir()),
            ("Nhật ký, báo cáo lỗi", paths.log_dir()),
            ("Hồ sơ mẫu, bản sao lưu dự phòng", paths.data_dir()),
        )
        places_dialog(rows, self).open()

    def _show_about(self) -> None:
        from levelkit.gui.help_dialogs import about_dialog

        about_dialog(self._desk.ruleset_lines(), self).open()

    def _fill_recent_menu(self) -> None:
        menu = self._actions.recent_menu
        menu.clear()
        for recent in self._desk.settings.recents[:9]:
            action = menu.addAction(recent.title.replace("&", "&&"))
            action.setToolTip(recent.shown)
            action.triggered.connect(
                lambda _checked=False, path=recent.path, code=recent.code: self.open_path(path, code)
            )
        if not self._desk.settings.recents:
            menu.addAction("Chưa mở tệp nào").setEnabled(False)

    # The window itself

    def show_again(self) -> None:
        """Build the page anew: the rules or the sizes behind it have changed."""
        if self._wizard is not None:
            self.show_system(self._wizard.session.code)
        elif self._systems is not None:
            self._systems_again()

    def page(self) -> Wizard | SystemsPage | InventoryPage | StartPage:
        """The page shown."""
        return self._wizard or self._systems or self._start

    def guard(
        self,
        step: Callable[[], object],
        ways: Callable[[UserError], Ways] = lambda _error: (),
    ) -> bool:
        """Do one thing; a bar says what could not be done, with the ways out of it. Whether it was done."""
        try:
            step()
        except UserError as error:
            self.page().show_bar("window", "err", str(error), ways(error))
            return False
        return True

    def _restore(self) -> None:
        self.resize(1366, 768)
        stored = self._desk.settings.geometry
        if stored:
            self.restoreGeometry(QByteArray.fromBase64(stored.encode()))
        fit_screen(self, SMALLEST.width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The quick find gives way where the window is narrow; Ctrl+K brings it back."""
        super().resizeEvent(event)
        self._find.set_room(self.width() * 100 // theme().percent >= FIND_FROM)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Commit, remember, close the file."""
        self.leave()
        self._desk.settings.keep("geometry", bytes(self.saveGeometry().toBase64().data()).decode())
        self._desk.close()
        super().closeEvent(event)


def _newer_words(state: RulesetState) -> str:
    same = state.newer_version == state.version
    return "nội dung sửa của chính bản này" if same else f"bản {state.newer_version}"
