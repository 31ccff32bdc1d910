"""The matrix page: filters, rows, keys; the detail of what is chosen at its side."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QLabel, QStackedWidget, QWidget

from levelkit.domain.plan import KEY
from levelkit.gui import kit
from levelkit.gui.plan.acts import PlanActs
from levelkit.gui.plan.board import Board, Wanted
from levelkit.gui.plan.bulk import BulkPanel
from levelkit.gui.plan.detail import DetailPanel, DetailSide
from levelkit.gui.plan.filter_bar import FilterBar
from levelkit.gui.plan.key_row import KeyRow
from levelkit.gui.plan.model import MatrixModel
from levelkit.gui.plan.view import MatrixView
from levelkit.gui.tab_order import chain
from levelkit.gui.wizard.bars import BannerStack

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QHideEvent, QShowEvent

    from levelkit.domain.plan import PlanRow, Status
    from levelkit.gui.plan.detail_lists import Uses
    from levelkit.services import SystemSession

SETTLE_MS = 40
AUTOSAVE_MS = 3000
SIDE = 20
LOG_MONTHS = "log_retention_months"  # the parameter that other laws may raise


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
        self.detail = DetailPanel()
        self.bulk = BulkPanel()
        self.group_words = kit.rich("", "")
        self.side = DetailSide("Chi tiết yêu cầu", self.detail, self.bulk, self.group_words)
        self.acts = PlanActs(session, self, lambda: self._shown)
        self._notes = BannerStack(side=SIDE)
        self._body = QStackedWidget()
        self._problem, self._problem_words = _empty("Chưa có yêu cầu để trả lời")
        self._nothing, self._nothing_words = _empty(
            "Không có yêu cầu nào khớp", kit.button("Bỏ lọc", self.filters.clear, name="plan_show_all")
        )
        self.keys = KeyRow()
        self._settle = QTimer(self)
        self._autosave = QTimer(self)
        self._shown: list[str] = []
        self._units: tuple[str, ...] = ()
        self._named_units: tuple[int, set[str]] = (-1, set())
        self._stops: list[QWidget] = []
        self._uses: tuple[object, dict[str, Uses]] = (None, {})

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
        self._settle.timeout.connect(self._show_chosen)
        self._autosave.timeout.connect(self._on_autosave)
        for panel in (self.detail, self.bulk):
            panel.changed.connect(self._change)
            panel.check_asked.connect(lambda: self.acts.mark_checked(self._shown))
            panel.confirm_asked.connect(lambda: self.acts.confirm(self._shown))
        self.detail.values.changed.connect(self._on_value)
        self.detail.edited.connect(self._on_edited)
        self.detail.cite_asked.connect(self.cite_asked)
        self.detail.measures.add_asked.connect(lambda: self.acts.add_measure(self._shown))
        self.detail.measures.edit_asked.connect(self.acts.edit_measure)
        self.detail.measures.drop_asked.connect(lambda one: self.acts.drop(self._shown, "measures", one))
        proofs = self.detail.proofs
        for source in (proofs, self.bulk):
            source.attach_asked.connect(lambda: self.acts.attach(self._shown))
            source.add_asked.connect(lambda: self.acts.add_evidence(self._shown))
            source.pick_asked.connect(lambda: self.acts.pick_evidence(self._shown))
        self.bulk.measure_asked.connect(lambda: self.acts.add_measure(self._shown))
        proofs.file_dropped.connect(lambda path: self.acts.take_file(self._shown, Path(path)))
        proofs.open_asked.connect(self.acts.open_evidence)
        proofs.edit_asked.connect(self.acts.edit_evidence)
        proofs.drop_asked.connect(lambda one: self.acts.drop(self._shown, "evidence", one))
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
        """Show one row, many rows, or a group at the side; what was typed belongs to the rows before."""
        self._settle.stop()
        chosen = self.view.chosen
        if chosen != self._shown:
            self.detail.flush(leaving=True)
            self.bulk.flush(leaving=True)
            self._shown = chosen
        locked, units = self._session.readonly, self._units
        if len(chosen) > 1:
            self.bulk.show_rows([self.board.by_id[one] for one in chosen], units, locked=locked)
            self.side.show_part(self.bulk)
        elif chosen:
            self._show_row(chosen[0], units, locked=locked)
            self.side.show_part(self.detail)
        else:
            self.group_words.setText(self._group_text())
            self.side.show_part(self.group_words)
        self._order()

    def _order(self) -> None:
        """Values, measures and proofs that appear take their place between their neighbours for Tab."""
        found = [self.view, self.side.close_button, *self.detail.stops()]
        if found != self._stops and self.side.window() is self.window():
            self._stops = found
            chain(found)

    def _show_row(self, row_id: str, units: Sequence[str], *, locked: bool) -> None:
        item, library, shared = self.board.by_id[row_id], self._session.library, self._session.shared
        refs = [ref for ref in (*item.row.headings, *item.row.refs) if library.has_citation(ref)]
        self.detail.show_row(
            item.row,
            item.answer,
            cites=tuple((ref, library.place(ref)) for ref in dict.fromkeys(refs)),
            notes=self._notes_of(item.row),
            gaps=self.board.gaps(row_id),
            compared=self._plan.comparison(row_id),
            units=units,
            locked=locked,
        )
        measures = [shared.measure(one) for one in item.answer.measures if shared.has(one)]
        own = [(shared.proof(one), "") for one in item.answer.evidence if shared.has(one)]
        seen = set(item.answer.evidence)
        through = [
            (shared.proof(one), measure.id)
            for measure in measures
            for one in measure.evidence
            if one not in seen and shared.has(one)
        ]
        self.detail.show_shared(
            [(one, self._uses_of(one.id)) for one in measures],
            [*own, *through],
            known=len(shared.evidence) > len(own),
            locked=locked,
        )

    def _notes_of(self, row: PlanRow) -> tuple[str, ...]:
        """Where the row asks how long logs are kept and other laws ask too: the highest, with each reason."""
        kept = self._plan.retention if any(value.name == LOG_MONTHS for value in row.values) else None
        if kept is None or len(kept.sources) < 2:
            return ()
        lines = (f"{months} tháng theo {cite}: {why}" for months, cite, why in kept.sources)
        return (f"Hệ thống này lưu nhật ký ít nhất {kept.months} tháng, mức cao nhất trong:", *lines)

    def _uses_of(self, measure_id: str) -> Uses:
        """Where a measure serves, read again only after rows or records named others."""
        state = (self._session.shared.state, self._named())
        if self._uses[0] != state:
            self._uses = (state, {})
        if measure_id not in self._uses[1]:
            self._uses[1][measure_id] = self._session.shared.uses(measure_id)
        return self._uses[1][measure_id]

    def _named(self) -> tuple[tuple[str, ...], ...]:
        return tuple(item.answer.measures for item in self.board.by_id.values())

    def _group_text(self) -> str:
        group = self.view.current_group
        if group is None:
            return ""
        parts = [group.group.meaning_vi, group.group.why_vi and f"Vì sao áp dụng: {group.group.why_vi}"]
        lines = "".join(f"<p>{escape(part)}</p>" for part in (*parts, f"{group.counts_vi()}.") if part)
        return f'<p style="font-size:16px;font-weight:600">{escape(group.title)}</p>{lines}'

    # Acting

    def _change(self, fields: dict[str, object]) -> None:
        if self._shown and not self._session.readonly:
            self.acts.update(self._shown, **fields)

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

    def _on_value(self, field: str, parameter: str, given: object) -> None:
        if self._shown:
            stored = getattr(self._plan.answer(self._shown[0]), field)
            self._change({field: {**stored, parameter: given}})

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
        self.detail.flush()
        self.bulk.flush()

    def finish(self) -> None:
        """Store what was typed, a letter being composed too."""
        self._autosave.stop()
        self.detail.flush(leaving=True)
        self.bulk.flush(leaving=True)

    # Going places

    def jump_to(self, row_id: str) -> bool:
        """Show a row and make it the current one, whatever the filter hides; False where it is not asked."""
        self.refresh()
        if row_id not in self.board.by_id:
            return False
        if not self.model.place(row_id).isValid():
            self.filters.clear()
        if len(self.view.chosen) == 1 or row_id not in self.view.chosen:  # what is chosen together stays so
            self.view.go_to(row_id)
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_chosen()
        return True

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
        if not self._shown:
            return
        self.detail_wanted.emit()
        panel = self.bulk if len(self._shown) > 1 else self.detail
        if what == "note" and panel is self.detail:
            entry: QWidget = self.detail.note_entry
        else:
            entry = panel.proof_entry if what == "proof" else panel.state_entry
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
