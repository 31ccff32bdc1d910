"""The matrix page: filters, rows, keys; the detail of what is chosen at its side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QLabel, QStackedWidget, QWidget

from levelkit.domain.plan import KEY
from levelkit.gui import kit
from levelkit.gui.plan.acts import PlanActs
from levelkit.gui.plan.board import Board, Wanted
from levelkit.gui.plan.chosen import Chosen
from levelkit.gui.plan.filter_bar import FilterBar
from levelkit.gui.plan.key_row import KeyRow
from levelkit.gui.plan.model import MatrixModel
from levelkit.gui.plan.view import MatrixView
from levelkit.gui.tab_order import chain
from levelkit.gui.wizard.bars import BannerStack

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QShowEvent

    from levelkit.domain.plan import Status
    from levelkit.services import SystemSession

SETTLE_MS = 40
AUTOSAVE_MS = 3000
SIDE = 20


class MatrixPage(QFrame):
    """Every requirement of the level.

    Signals:
        row_focused: ``req.<row id>`` of the row at hand.
        cite_asked: a citation ref.
        save_failed: why an answer could not be written.
        titled: the title or what stands beside it changed.
        detail_wanted: the detail should come into sight.
    """

    row_focused = Signal(str)
    cite_asked = Signal(str)
    save_failed = Signal(str)
    titled = Signal()
    detail_wanted = Signal()

    def __init__(self, session: SystemSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._plan = session.plan
        self.board = Board(session)
        self.model = MatrixModel(self.board, self)
        self.view = MatrixView(self.model, self)
        self.filters = FilterBar(self)
        self.acts = PlanActs(session, self, lambda: self.view.chosen)
        self.chosen = Chosen(session, self.board, self.view, self.acts)
        self.detail, self.bulk, self.side = self.chosen.detail, self.chosen.bulk, self.chosen.side
        self._notes = BannerStack(side=SIDE)
        self._body = QStackedWidget()
        self._problem, self._problem_words = _empty("Chưa có yêu cầu để trả lời")
        self._nothing, self._nothing_words = _empty(
            "Không có yêu cầu nào khớp", kit.button("Bỏ lọc", self.filters.clear, name="plan_show_all")
        )
        self.keys = KeyRow()
        self._settle = QTimer(self)
        self._autosave = QTimer(self)
        self._units: tuple[str, ...] = ()
        self._named_units: tuple[int, set[str]] = (-1, set())
        self._stops: list[QWidget] = []

        self._build()
        self._connect()
        self.refresh()

    def _build(self) -> None:
        self.setObjectName("plan_page")
        self.setAccessibleName("Yêu cầu cơ bản")
        self.setProperty("surface", "surface")
        for timer, pause in ((self._settle, SETTLE_MS), (self._autosave, AUTOSAVE_MS)):
            timer.setSingleShot(True)
            timer.setInterval(pause)
        for part in (self.view, self._nothing, self._problem):
            self._body.addWidget(part)
        self._rows = QWidget()
        rows = kit.column(self.filters, self._body, margins=(SIDE, 8, 12, 8), spacing=8)
        rows.setStretch(1, 1)
        self._rows.setLayout(rows)
        layout = kit.column(self._notes, self._rows)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def _connect(self) -> None:
        self.filters.changed.connect(self._on_wanted)
        self.filters.rows_asked.connect(lambda: self.view.setFocus(Qt.FocusReason.OtherFocusReason))
        self.view.state_asked.connect(self._on_state_key)
        self.view.row_changed.connect(self._on_row)
        self.view.chosen_changed.connect(self._settle.start)
        self.view.detail_asked.connect(self.go_into_detail)
        self.view.proof_asked.connect(lambda: self._go_to("proof"))
        self.view.note_asked.connect(lambda: self._go_to("note"))
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        find.activated.connect(self.filters.focus_search)
        self._settle.timeout.connect(self._show_chosen)
        self._autosave.timeout.connect(self._on_autosave)
        self.detail.edited.connect(self._on_edited)
        self.detail.cite_asked.connect(self.cite_asked)
        self.acts.jump_asked.connect(self.jump_to)
        self.acts.failed.connect(self.save_failed)
        self.acts.refused.connect(self._on_refused)
        self.acts.done.connect(lambda: self._notes.drop("refused"))
        self.destroyed.connect(self._session.subscribe(lambda *_: self._on_session()))
        self.destroyed.connect(self._session.shared.subscribe(self._on_session))

    # Showing

    @property
    def title(self) -> str:
        """«Yêu cầu cơ bản cấp 3»."""
        level = self._plan.level
        return f"Yêu cầu cơ bản cấp {level}" if level else "Yêu cầu cơ bản"

    @property
    def place_vi(self) -> str:
        """The clause and the standard of the level; empty while there is no plan."""
        level = self._plan.level
        if level is None or self._plan.problem_vi is not None:
            return ""
        return self._session.library.place(self._session.library.requirements(level).ref)

    @property
    def has_plan(self) -> bool:
        """Whether there are rows."""
        return self._plan.problem_vi is None

    def refresh(self) -> None:
        """Show the plan as it stands."""
        changed = self.board.read()
        if changed is None:
            kept = self.view.keep()
            self.model.show(self.filters.wanted)
            self.view.come_back(kept)
            self.titled.emit()
        elif changed:
            self._follow(changed)
        self._show_body()
        if changed is None or changed:
            self._read_units()
            self.filters.show_board(self.board, self._units)
        self._settle.start()

    def _read_units(self) -> None:
        named = (self._session.shared.state, {item.answer.unit for item in self.board.by_id.values()})
        if named != self._named_units:
            self._named_units = named
            self._units = self._plan.units()

    def _follow(self, changed: set[str]) -> None:
        """Draw rows again; those that the filter no longer wants stay while the hand is on them."""
        self.model.touch(changed)

    def _show_body(self) -> None:
        problem = self._plan.problem_vi
        self._problem_words.setText(problem or "")
        self._nothing_words.setText(_nothing_vi(self.filters.wanted))
        shown = self._problem if problem else self.view if self.model.rowCount() else self._nothing
        self._body.setCurrentWidget(shown)
        self.filters.setVisible(not problem)

    def _show_chosen(self) -> None:
        """Show what is chosen at the side, and let Tab go through it in the order it is read."""
        self._settle.stop()
        self.chosen.show(self._units)
        found = [self.view, self.side.close_button, *self.detail.stops()]
        if found != self._stops and self.side.window() is self.window():
            self._stops = found
            chain(found)

    # Acting

    def _on_state_key(self, state: Status) -> None:
        """The rows at hand, though the detail may still show those before."""
        chosen = self.view.chosen
        if self._session.readonly or not chosen:
            return
        self.board.expect(chosen, state)
        self.model.touch(chosen)
        self.view.viewport().repaint()
        if not self.acts.update(chosen, status=state):
            self.refresh()

    def _on_refused(self, why: str) -> None:
        self._notes.show_bar("refused", "err", why, (("Đã rõ", lambda: self._notes.drop("refused")),))

    def _on_row(self, row_id: str) -> None:
        self._settle.start()
        if row_id:
            self.row_focused.emit(KEY + row_id)

    def _on_wanted(self, wanted: Wanted) -> None:
        kept = self.view.keep()
        self.view.painter_of_rows.query = wanted.query.strip()
        self.model.show(wanted)
        self._show_body()
        self.view.come_back(kept)
        self.filters.show_board(self.board, self._units)

    def _on_session(self) -> None:
        if self.isVisible():
            self.refresh()

    def _on_edited(self) -> None:
        if not self._autosave.isActive():
            self._autosave.start()

    def _on_autosave(self) -> None:
        self.flush()

    def flush(self) -> None:
        """Store what was typed so far; a letter being composed is waited for."""
        self.chosen.flush()

    def finish(self) -> None:
        """Store what was typed, a letter being composed too."""
        self._autosave.stop()
        self.chosen.flush(leaving=True)

    # Going places

    def jump_to(self, row_id: str) -> bool:
        """Show a row and make it the one at hand, whatever the filter hides; False where it is not asked."""
        self.refresh()
        if row_id not in self.board.by_id:
            return False
        if not self.model.place(row_id).isValid():
            self.filters.clear()
        self.view.go_to(row_id)
        self._rest()
        return True

    def stays_at(self, row_id: str) -> bool:
        """Whether rows chosen together hold a row that undo has changed; they stay chosen."""
        self.refresh()
        together = len(self.view.chosen) > 1 and row_id in self.view.chosen
        if together:
            self._rest()
        return together

    def _rest(self) -> None:
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_chosen()

    def next_gap(self) -> bool:
        """Go to the next row that lacks something, False where none follows."""
        self.flush()
        found = self.board.next_lacking(self.view.current, self.model.ids())
        return bool(found) and self.jump_to(found)

    def focus_first(self) -> None:
        """Give the focus to the rows."""
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_into_detail(self) -> None:
        """Give the focus to the detail."""
        self._go_to("state")

    def _go_to(self, what: str) -> None:
        self._show_chosen()
        entry = self.chosen.entry(what)
        if entry is None:
            return
        self.detail_wanted.emit()
        entry.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.side.area.ensureWidgetVisible(entry, 0, 40)

    def stops(self) -> list[QWidget]:
        """What Tab goes through: filters, rows, detail."""
        return [
            *self.filters.stops(),
            self.view,
            self.side.close_button,
            *self.detail.stops(),
            *self.bulk.stops(),
        ]

    # Qt

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what changed while the page was hidden."""
        super().showEvent(event)
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        """Another tab or section comes: nothing typed stays behind."""
        self.finish()
        super().hideEvent(event)


def _empty(title: str, *buttons: QWidget) -> tuple[QFrame, QLabel]:
    words = kit.label("", "help")
    words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    head = kit.label(title, "name")
    icon = kit.picture("search" if buttons else "list", "text3", 26)
    column = kit.column(None, icon, head, words, *buttons, None, spacing=8)
    for part in (icon, head, *buttons):
        column.setAlignment(part, Qt.AlignmentFlag.AlignHCenter)
    frame = QFrame()
    frame.setProperty("surface", "card")
    frame.setLayout(column)
    return frame, words


def _nothing_vi(wanted: Wanted) -> str:
    query = wanted.query.strip()
    searched = f"Không yêu cầu nào có «{query}»" if query else "Không yêu cầu nào đúng với điều kiện đang lọc"
    return f"{searched}. Bỏ bớt điều kiện để thấy thêm."
