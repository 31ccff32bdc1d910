"""What stands at the side of the matrix: the detail of one row, of many, or of a group; and what it does."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from levelkit.gui import kit
from levelkit.gui.plan.bulk import BulkPanel
from levelkit.gui.plan.detail import DetailPanel
from levelkit.gui.plan.side import DetailSide

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from levelkit.domain.plan import PlanRow
    from levelkit.gui.plan.acts import PlanActs
    from levelkit.gui.plan.board import Board
    from levelkit.gui.plan.detail_lists import Uses
    from levelkit.gui.plan.view import MatrixView
    from levelkit.services import SystemSession

LOG_MONTHS = "log_retention_months"  # the parameter that other laws may raise


class Chosen(QObject):
    """Shows the rows at hand and stores what is done to them.

    ``ids`` are the rows shown: what is typed belongs to them, whatever row is current by then.
    """

    def __init__(self, session: SystemSession, board: Board, view: MatrixView, acts: PlanActs) -> None:
        super().__init__(view)
        self._session = session
        self._plan = session.plan
        self._board = board
        self._view = view
        self._acts = acts
        self._uses: tuple[object, dict[str, Uses]] = (None, {})
        self.ids: list[str] = []
        self.detail = DetailPanel()
        self.bulk = BulkPanel()
        self._group_words = kit.rich("", "")
        self.side = DetailSide("Chi tiết yêu cầu", self.detail, self.bulk, self._group_words)
        self._connect()

    def _connect(self) -> None:
        acts = self._acts
        for panel in (self.detail, self.bulk):
            panel.changed.connect(self._change)
            panel.check_asked.connect(lambda: acts.mark_checked(self.ids))
            panel.confirm_asked.connect(self._on_confirm)
        self.detail.values.changed.connect(self._on_value)
        measures, proofs = self.detail.measures, self.detail.proofs
        for asked in (measures.add_asked, self.bulk.measure_asked):
            asked.connect(lambda: acts.add_measure(self.ids))
        measures.edit_asked.connect(acts.edit_measure)
        measures.drop_asked.connect(lambda one: acts.drop(self.ids, "measures", one))
        for source in (proofs, self.bulk):
            source.attach_asked.connect(lambda: acts.attach(self.ids))
            source.add_asked.connect(lambda: acts.add_evidence(self.ids))
            source.pick_asked.connect(lambda: acts.pick_evidence(self.ids))
        proofs.file_dropped.connect(lambda path: acts.take_file(self.ids, Path(path)))
        proofs.open_asked.connect(acts.open_evidence)
        proofs.edit_asked.connect(acts.edit_evidence)
        proofs.drop_asked.connect(lambda one: acts.drop(self.ids, "evidence", one))

    def _on_confirm(self) -> None:
        self._acts.confirm(self.ids)
        # The button goes; its neighbour is a status, which one more key press would give to every row.
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)

    # Showing

    def show(self, units: Sequence[str]) -> None:
        """Show one row, many rows, or a group; what was typed is stored for the rows before."""
        chosen = self._view.chosen
        if chosen != self.ids:
            self.flush(leaving=True)
            self.ids = chosen
        locked = self._session.readonly
        if len(chosen) > 1:
            self.bulk.show_rows([self._board.by_id[one] for one in chosen], units, locked=locked)
            self.side.show_part(self.bulk)
        elif chosen:
            self._show_row(chosen[0], units, locked=locked)
            self.side.show_part(self.detail)
        else:
            self._group_words.setText(self._group_text())
            self.side.show_part(self._group_words)

    def _show_row(self, row_id: str, units: Sequence[str], *, locked: bool) -> None:
        item, library, shared = self._board.by_id[row_id], self._session.library, self._session.shared
        refs = [ref for ref in (*item.row.headings, *item.row.refs) if library.has_citation(ref)]
        self.detail.show_row(
            item.row,
            item.answer,
            cites=tuple((ref, library.place(ref)) for ref in dict.fromkeys(refs)),
            notes=self._notes_of(item.row),
            gaps=self._board.gaps(row_id),
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
        named = tuple(item.answer.measures for item in self._board.by_id.values())
        state = (self._session.shared.state, named)
        if self._uses[0] != state:
            self._uses = (state, {})
        if measure_id not in self._uses[1]:
            self._uses[1][measure_id] = self._session.shared.uses(measure_id)
        return self._uses[1][measure_id]

    def _group_text(self) -> str:
        group = self._view.current_group
        if group is None:
            return ""
        parts = [group.group.meaning_vi, group.group.why_vi and f"Vì sao áp dụng: {group.group.why_vi}"]
        lines = "".join(f"<p>{escape(part)}</p>" for part in (*parts, f"{group.counts_vi()}.") if part)
        return f'<p style="font-size:16px;font-weight:600">{escape(group.title)}</p>{lines}'

    def entry(self, what: str) -> QWidget | None:
        """Where the focus goes: ``note``, ``proof`` or ``state``; None where no row is at hand."""
        if not self.ids:
            return None
        if len(self.ids) == 1 and what == "note":
            return self.detail.note_entry
        panel = self.bulk if len(self.ids) > 1 else self.detail
        return panel.proof_entry if what == "proof" else panel.state_entry

    # Storing

    def flush(self, *, leaving: bool = False) -> None:
        """Store what was typed; on leaving, a letter being composed too."""
        self.detail.flush(leaving=leaving)
        self.bulk.flush(leaving=leaving)

    def _change(self, fields: dict[str, object]) -> None:
        if self.ids and not self._session.readonly:
            self._acts.update(self.ids, **fields)

    def _on_value(self, field: str, parameter: str, given: object) -> None:
        if self.ids:
            stored = getattr(self._plan.answer(self.ids[0]), field)
            self._change({field: {**stored, parameter: given}})
