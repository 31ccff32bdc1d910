"""The wizard: sections at the left, the page in the middle, the level at the right, bars around."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QApplication, QFrame, QStackedWidget, QWidget

from levelkit.domain.plan import KEY
from levelkit.errors import UserError, WorkspaceError
from levelkit.gui import kit
from levelkit.gui.citation_dialog import CitationDialog
from levelkit.gui.tab_order import chain, stops
from levelkit.gui.theme import theme
from levelkit.gui.wizard.bars import BannerStack, FootBar
from levelkit.gui.wizard.compare_dialog import CompareDialog
from levelkit.gui.wizard.gaps import count_gaps, next_gap, worst_by_section
from levelkit.gui.wizard.level_side import LevelSide
from levelkit.gui.wizard.level_view import view_level
from levelkit.gui.wizard.room import plan_room
from levelkit.gui.wizard.section_list import SectionList, SectionRail, SectionState

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QResizeEvent

    from levelkit.domain.proposal import Finding
    from levelkit.questionnaire import Change, Section
    from levelkit.services import SystemSession
    from levelkit.services.conflicts import Keep

    PageMaker = Callable[[SystemSession, Section, QWidget], QWidget]

RETRY_MS = 5000
SETTLE_MS = 120
NOTE_TONES = {"danger": "err", "warning": "warn", "info": "hint"}


class Wizard(QWidget):
    """One system being worked on.

    Signals:
        gaps_changed: counts of gaps by severity.
        saved_changed: whether everything reached the disk.
        history_changed: undo and redo may have become possible or impossible.
    """

    gaps_changed = Signal(dict)
    saved_changed = Signal(bool)
    history_changed = Signal()

    def __init__(self, session: SystemSession, make_page: PageMaker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._make_page = make_page
        self._pages: dict[str, QWidget] = {}
        self._focused = ""
        self._findings: tuple[Finding, ...] = ()
        self._state = -1  # of the answers that the level was last shown for
        self._retry_timer = QTimer(self)
        self._settle_timer = QTimer(self)

        states = self._states()
        self._list = SectionList(states)
        self._rail = SectionRail(states)
        self._banners = BannerStack()
        self._stack = QStackedWidget()
        self._foot = FootBar()
        self._middle = QFrame()
        self._level = LevelSide(self)

        self._build()
        self._connect()

    def _build(self) -> None:
        self.setObjectName("wizard")
        self._middle.setObjectName("middle")
        self._middle.setProperty("surface", "surface")
        middle = kit.column(self._banners, self._stack, self._foot)
        middle.setStretch(1, 1)
        self._middle.setLayout(middle)
        across = kit.row(self._rail, self._list, self._middle, self._level.rail, self._level.dock)
        across.setStretch(2, 1)
        layout = kit.column(self._level.strip, across)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self._retry_timer.setInterval(RETRY_MS)
        self._settle_timer.setInterval(SETTLE_MS)
        self._settle_timer.setSingleShot(True)

    def _connect(self) -> None:
        for sections in (self._list, self._rail):
            sections.asked.connect(self.visit)
        self._foot.back_asked.connect(self.go_back)
        self._foot.next_asked.connect(self.go_next)
        panel = self._level.panel
        panel.jump_asked.connect(self._on_jump)
        panel.cite_asked.connect(self.show_citation)
        panel.compare_asked.connect(self.show_comparison)
        panel.raise_asked.connect(self._on_raise)
        panel.withdraw_asked.connect(self._on_withdraw)
        self._retry_timer.timeout.connect(self._retry)
        self._settle_timer.timeout.connect(self._settle)
        self._unsubscribe = self.session.subscribe(lambda *_: self._on_changed())
        self._retry_timer.start()

    def start(self, section_id: str | None = None) -> None:
        """Show the first section (or the one named) and everything around it."""
        sections = self.session.interview.forms.sections
        self._findings = self.session.findings("appraisal")
        self.visit(section_id or self.session.interview.current or sections[0].id)
        self._on_changed()
        self._settle_timer.stop()
        self._tell()
        self._page_call("focus_first")

    def close_down(self) -> None:
        """Commit what is being typed and stop listening; before the wizard goes away."""
        self.flush()
        self._retry_timer.stop()
        self._settle_timer.stop()
        self._unsubscribe()
        for page in self._pages.values():
            finish = getattr(page, "finish", None)
            if finish is not None:
                finish()

    # Going about

    @property
    def current(self) -> str:
        """The section shown."""
        return self.session.interview.current or ""

    @property
    def focused(self) -> str:
        """The question that had the focus last."""
        return self._focused

    def visit(self, section_id: str) -> None:
        """Go to a section; it joins the way back."""
        self.flush()
        self.session.interview.visit(section_id)
        self._show_current()

    def go_back(self) -> None:
        """Go to the section visited before; the one before in the list where there is none."""
        self.flush()
        interview = self.session.interview
        if interview.can_back:
            interview.back()
        else:
            interview.visit(self._neighbour(-1) or self.current)
        self._show_current()
        self._page_call("focus_again")

    def go_next(self) -> None:
        """Go to the next section of the list."""
        self.visit(self._neighbour(1) or self.current)
        self._page_call("focus_first")

    def go_previous(self) -> None:
        """Go to the section before this one in the list."""
        self.visit(self._neighbour(-1) or self.current)
        self._page_call("focus_first")

    def jump_to(self, question_id: str) -> None:
        """Go to a question, wherever it stands, and put the focus on it."""
        forms = self.session.interview.forms
        if not forms.has_question(question_id):
            return
        section = forms.section_of(question_id).id
        if section != self.current:
            self.visit(section)
        self._page_call("jump_to", question_id)

    def go_to_gap(self, severity: str = "") -> None:
        """Go to the next gap after the question in focus; among the rows of the plan from row to row."""
        next_row = getattr(self._pages.get(self.current), "next_row", None)
        if not severity and next_row is not None and next_row():
            return
        order = self._order()
        found = next_gap(self._findings, order, self._focused, severity)
        if found:
            self.jump_to(found)
            self._focused = found

    def _order(self) -> list[str]:
        """The questions in the order of the forms, the rows of the plan first in their section."""
        rows = [KEY + row.id for row in self.session.plan.rows]
        order: list[str] = []
        for section in self.session.interview.forms.sections:
            order += rows if section.rows is not None else []
            order += [question.id for question in section.questions]
        return order

    def undo(self) -> None:
        """Take the last change back and show where."""
        self._history(self.session.undo)

    def redo(self) -> None:
        """Make it again and show where."""
        self._history(self.session.redo)

    def flush(self) -> None:
        """Commit the text being typed."""
        self._page_call("flush")
        self._retry()

    def _retry(self) -> None:
        if self.session.unsaved and not self.session.readonly:
            self.retry_save()

    def retry_save(self) -> None:
        """Try again to write what the disk refused."""
        self._guard(self.session.save)

    def take_others(self) -> None:
        """Show what others have written; what is being typed here is committed first."""
        self.flush()
        self._guard(self.session.refresh)

    def _choose(self) -> None:
        from levelkit.gui.together import ConflictDialog

        conflict = self.session.conflicts[0]
        dialog = ConflictDialog(self.session, conflict, self)
        dialog.accepted.connect(lambda: self._resolve(conflict.question_id, dialog.keep))
        dialog.open()

    def _resolve(self, question_id: str, keep: Keep) -> None:
        self._guard(lambda: self.session.resolve(question_id, keep))

    def toggle_reasons(self) -> None:
        """Open or close the level panel where it lies over the page, else put the focus into it."""
        self._level.toggle()

    def propose_higher(self) -> None:
        """Open the editor of the proposed level."""
        self._level.open_panel()
        self._level.panel.open_editor()

    # Law

    def show_citation(self, ref: str) -> None:
        """Show the text of a rule as enacted."""
        if self.session.library.has_citation(ref):
            CitationDialog(self.session.library.citation(ref), self.window()).open()

    def show_comparison(self) -> None:
        """Show harm and criteria side by side."""
        library = self.session.library
        dialog = CompareDialog(
            self.session.classification, lambda ref: library.citation(ref).clause_vi, self.window()
        )
        dialog.cite_asked.connect(self.show_citation)
        dialog.open()

    # Inside

    def _states(self) -> list[SectionState]:
        worst = worst_by_section(self._findings)
        states = []
        for section in self.session.interview.forms.sections:
            counts = self.session.counts(section.id)
            states.append(
                SectionState(
                    section.id,
                    section.title,
                    section.number,
                    counts.filled,
                    counts.total,
                    counts.met,
                    counts.approved,
                    worst.get(section.id, ""),
                )
            )
        return states

    def _neighbour(self, step: int) -> str:
        ids = [section.id for section in self.session.interview.forms.sections]
        place = ids.index(self.current) + step
        return ids[place] if 0 <= place < len(ids) else ""

    def _page(self, section_id: str) -> QWidget:
        page = self._pages.get(section_id)
        if page is None:
            section = self.session.interview.forms.section(section_id)
            page = self._make_page(self.session, section, self)
            for name, slot in (
                ("question_focused", self._on_focused),
                ("jump_asked", self._on_jump),
                ("cite_asked", self.show_citation),
                ("save_failed", self._on_save_failed),
                ("overlay_changed", self._on_overlay),
                ("next_gap", self.go_to_gap),
                ("section_asked", self.visit),
                ("room_changed", self._on_room),
            ):
                signal = getattr(page, name, None)
                if signal is not None:
                    signal.connect(slot)
            self._pages[section_id] = page
            self._stack.addWidget(page)
        return page

    def _page_call(self, name: str, *args: Any) -> None:
        page = self._pages.get(self.current)
        method = getattr(page, name, None)
        if method is not None:
            self._guard(lambda: method(*args))

    def _show_current(self) -> None:
        page = self._page(self.current)
        self._stack.setCurrentWidget(page)
        own = page.stops() if hasattr(page, "stops") else stops(page)
        chain([*stops(self._list), *stops(self._rail), *own, *stops(self._foot)])
        self._focused = ""
        self._level.panel.show_why("", "", "", "")
        self._arrange()
        self._show_way()
        self._show_sections()
        self._show_notes()
        self.history_changed.emit()

    def _show_way(self) -> None:
        forms, interview = self.session.interview.forms, self.session.interview
        behind = interview.visited[-2] if interview.can_back else self._neighbour(-1)
        onward = self._neighbour(1)
        named = {section.id: f"{section.number}. {section.title}" for section in forms.sections}
        self._foot.show_way(named.get(behind, ""), named.get(onward, ""))
        self._foot.setVisible(bool(onward))
        self._foot.show_keys(self._own_keys())

    def _show_sections(self) -> None:
        states = self._states()
        self._list.show_system(self.session.name, self.session.code)
        self._list.show_states(states, self.current)
        self._rail.show_states(states, self.current)

    def _show_notes(self) -> None:
        """Show the standing notes of the forms that belong over this section."""
        notes = {f"note-{note.id}": note for note in self.session.interview.banners(self.current)}
        shown = self._banners.shown()
        for key in shown:
            if key.startswith("note-") and key not in notes:
                self._banners.drop(key)
        for key, note in notes.items():
            actions = (("Xem nguyên văn", partial(self.show_citation, note.cite)),)
            self._banners.show_bar(key, NOTE_TONES[note.kind], note.text, actions, note.title)

    def _on_jump(self, question_id: str) -> None:
        self._level.close_overlay()
        self.jump_to(question_id)

    def _on_focused(self, question_id: str) -> None:
        forms = self.session.interview.forms
        if not question_id or not forms.has_question(question_id):
            return
        self._focused = question_id
        question = forms.question(question_id)
        library = self.session.library
        cite = library.place(question.cite) if library.has_citation(question.cite) else ""
        self._level.panel.show_why(question.label, question.why, cite, question.cite)

    def _on_changed(self) -> None:
        """Level and history at once; counts and gaps when typing pauses."""
        interview = self.session.interview
        if interview.state != self._state:  # rows of the plan change neither level nor reasons
            self._state = interview.state
            view = view_level(self.session.classification, interview, self.session.library)
            reason = str(interview.answer("proposed_level.reason") or "")
            self._level.show_level(view, reason, writable=not self.session.readonly)
        self.history_changed.emit()
        self._settle_timer.start()

    def _settle(self) -> None:
        self._findings = self.session.findings("appraisal")
        self._show_sections()
        self._show_notes()
        self._tell()

    def _tell(self) -> None:
        if not self.session.unsaved:
            self._banners.drop("unsaved")
        self.gaps_changed.emit(count_gaps(self._findings))
        self.saved_changed.emit(not self.session.unsaved)

    def show_bar(
        self, key: str, tone: str, text: str, actions: tuple[tuple[str, Callable[[], object]], ...] = ()
    ) -> None:
        """Show a bar over the page."""
        self._banners.show_bar(key, tone, text, actions)

    def drop_bar(self, key: str) -> None:
        """Take a bar away."""
        self._banners.drop(key)

    def _on_save_failed(self, why: str) -> None:
        retry = (
            ("Xem hai nội dung…", self._choose) if self.session.conflicts else ("Thử lại", self.retry_save)
        )
        self._banners.show_bar("unsaved", "err", why, (retry,))
        self.saved_changed.emit(not self.session.unsaved)

    def _on_overlay(self, covered: bool) -> None:  # noqa: FBT001 - Qt's signal
        self._foot.setVisible(not covered and bool(self._neighbour(1)))

    def _on_room(self) -> None:
        """Another tab: the level and the way back stand beside it, or its own detail and keys do."""
        self._arrange()
        self._foot.show_keys(self._own_keys())

    def _own_keys(self) -> QWidget | None:
        keys: QWidget | None = getattr(self._pages.get(self.current), "keys", None)
        return keys

    def _on_raise(self, level: int, reason: str) -> None:
        if self._guard(lambda: self.session.set("proposed_level.reason", reason)):
            self._guard(lambda: self.session.set("proposed_level", level))

    def _on_withdraw(self) -> None:
        self._guard(lambda: self.session.set("proposed_level", None))
        self._guard(lambda: self.session.set("proposed_level.reason", None))

    def _history(self, step: Callable[[], Change | None]) -> None:
        self.flush()
        done: list[Change | None] = []
        self._guard(lambda: done.append(step()))
        if done and done[0] is not None:
            where = done[0].question_id
            stays_at = getattr(self._pages.get(self.current), "stays_at", None)
            if stays_at is None or not stays_at(where):
                self.jump_to(where)

    def _guard(self, step: Callable[[], object]) -> bool:
        """Do one thing; tell the person what could not be done, without a box in the way."""
        try:
            step()
        except WorkspaceError as error:
            self._on_save_failed(str(error))
            return False
        except UserError as error:
            self._banners.show_bar(
                "refused", "err", str(error), (("Đã rõ", lambda: self.drop_bar("refused")),)
            )
            return False
        self._banners.drop("refused")
        if not self.session.unsaved:
            self._banners.drop("unsaved")
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give each width what fits into it."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        width = round(self.width() * 100 / theme().percent)
        room = plan_room(width, self.current, own_side=self._own_keys() is not None)
        going = self._rail if room.sections == "list" else self._list
        held = QApplication.focusWidget()
        leaving = held is not None and going.isAncestorOf(held)
        inside = held is not None and self.isAncestorOf(held)
        self._list.setVisible(room.sections == "list")
        self._rail.setVisible(room.sections == "rail")
        self._level.arrange(room.level)
        now = QApplication.focusWidget()
        if leaving or (inside and (now is None or not self.isAncestorOf(now))):
            self._page_call("focus_first")  # Qt would hand the focus to whatever stands next
