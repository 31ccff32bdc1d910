"""The detail of one row beside the matrix: what is asked, what is answered, what proves it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QWidget

from levelkit.domain.plan import STATUS_VI
from levelkit.domain.requirement import UNCHECKED_VI
from levelkit.gui import kit
from levelkit.gui.fields.rows import RadioRow
from levelkit.gui.plan.detail_lists import MeasuresPart, ProofsPart
from levelkit.gui.plan.detail_values import ValuesPart
from levelkit.gui.plan.entries import DateEntry, TextEntry, UnitEntry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from levelkit.domain.plan import Evidence, PlanRow, RequirementAnswer, SharedMeasure
    from levelkit.domain.requirement import Comparison
    from levelkit.gui.plan.detail_lists import Uses

HOW_VI = {
    None: "Thực trạng, cách thực hiện",
    "met": "Cách thực hiện",
    "partly": "Thực trạng, phần còn thiếu",
    "not_met": "Thực trạng, lý do chưa đáp ứng",
}


class DetailPanel(QFrame):
    """``changed`` carries fields of the answer; the other signals ask for what needs a dialog."""

    changed = Signal(dict)
    edited = Signal()
    cite_asked = Signal(str)
    confirm_asked = Signal()
    check_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = ""
        self._usual = ""
        self._cites: tuple[tuple[str, str], ...] = ()
        self._title = kit.label("", "question", name="plan_detail_title")
        self._summary = kit.label("")
        self._links = kit.column(spacing=0)
        self._notes = kit.label("", "secondary")
        self._notice = kit.label("", "hint")
        self._check = kit.link("Đánh dấu đã đối chiếu…", self.check_asked.emit, name="plan_mark_checked")
        self._taken = QFrame()
        self._taken_words = kit.label("", "secondary")
        self._confirm = kit.button("Xác nhận", self.confirm_asked.emit, name="plan_confirm")
        self._gaps = QFrame()
        self._gap_words = kit.label("", "secondary")
        self._group = QButtonGroup(self)
        self._radios: dict[str, RadioRow] = {}
        self._clear = kit.link("Bỏ đánh giá", lambda: self.changed.emit({"status": None}), name="plan_clear")
        self.how = TextEntry(HOW_VI[None], lines=3, name="plan_how")
        self.reason = TextEntry("Lý do không áp dụng", lines=3, name="plan_reason")
        self.values = ValuesPart()
        self.todo = TextEntry("Việc sẽ làm", lines=2, name="plan_todo")
        self.due = DateEntry("Hạn", name="plan_due")
        self.unit = UnitEntry("Phụ trách", name="plan_unit")
        self.measures = MeasuresPart()
        self.proofs = ProofsPart()

        self._build()
        self._connect()

    def _build(self) -> None:
        self.setObjectName("plan_detail")
        self.setAccessibleName("Chi tiết yêu cầu")
        self._title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        states = kit.column()
        for number, (state, words) in enumerate(STATUS_VI.items()):
            radio = RadioRow(words)
            radio.setObjectName(f"plan_state_{state}")
            self._group.addButton(radio, number)
            self._radios[state] = radio
            states.addWidget(radio)
        head = kit.row(kit.label("Tình trạng", "group"), None, self._clear)
        for frame, told, tone, mark in (
            (self._taken, self._taken_words, "hint", "copy"),
            (self._gaps, self._gap_words, "warn", "triangle-alert"),
        ):
            frame.setProperty("tone", tone)
            line = kit.row(kit.picture(mark, tone, 16), told, margins=(8, 6, 6, 6), spacing=8)
            line.setStretch(1, 1)
            if frame is self._taken:
                line.addWidget(self._confirm)
            line.setAlignment(Qt.AlignmentFlag.AlignTop)
            frame.setLayout(line)
        who = kit.row(self.unit, self.due, spacing=8)
        who.setStretch(0, 1)
        who.setAlignment(self.due, Qt.AlignmentFlag.AlignTop)
        who.setAlignment(self.unit, Qt.AlignmentFlag.AlignTop)
        self.setLayout(
            kit.column(
                kit.column(self._title, self._summary, self._links, self._notes, spacing=4),
                kit.column(self._notice, self._check),
                self._taken,
                kit.column(head, states, spacing=2),
                self._gaps,
                self.how,
                self.reason,
                self.values,
                self.todo,
                who,
                self.measures,
                self.proofs,
                None,
                spacing=12,
            )
        )

    def _connect(self) -> None:
        states = list(STATUS_VI)
        self._group.idClicked.connect(lambda number: self.changed.emit({"status": states[number]}))
        for entry, field in (
            (self.how, "how"),
            (self.reason, "reason"),
            (self.todo, "todo"),
            (self.unit, "unit"),
            (self.due, "due"),
        ):
            entry.committed.connect(lambda value, name=field: self.changed.emit({name: value}))
            entry.edited.connect(self.edited)
        self.values.edited.connect(self.edited)

    # Showing

    def show_row(
        self,
        row: PlanRow,
        answer: RequirementAnswer,
        *,
        cites: tuple[tuple[str, str], ...],
        notes: Sequence[str],
        gaps: Sequence[str],
        compared: dict[str, Comparison],
        units: Sequence[str],
        locked: bool,
    ) -> None:
        """Show a row; ``cites`` are refs and what their links say, ``notes`` what holds for this system."""
        anew = row.id != self._row
        self._row = row.id
        self._usual = row.evidence_vi
        between = " · " if row.place_vi[-1:].isalpha() else " "  # «Đ4.2 Luật Bưu chính · Bí mật thư»
        self._title.setText(f"{row.place_vi}{between}{row.name_vi}".strip())
        self._summary.setText(row.summary_vi)
        self._show_links(cites)
        self._notes.setText("\n".join([*_notes(row), *notes]))
        kit.show(self._notes, bool(self._notes.text()))
        self._notice.setText(row.notice_vi)
        kit.show(self._notice, bool(row.notice_vi))
        unchecked = row.notice_vi.startswith(UNCHECKED_VI)
        kit.show(self._check, bool(row.notice_vi) and not locked)
        self._check.setText("Đánh dấu đã đối chiếu…" if unchecked else "Bỏ dấu đã đối chiếu")
        self._check.setAccessibleName(self._check.text())
        self._show_answer(row, answer, anew=anew, locked=locked)
        self.values.show_values(row.id, row.values, answer, compared, locked=locked)
        self.unit.suggest(units)
        told = self._taken_words.text() if answer.taken_from else ""  # stands above, with its button
        self._gap_words.setText("\n".join(gap for gap in gaps if gap != told))
        kit.show(self._gaps, bool(self._gap_words.text()) and answer.status is not None)

    def _show_links(self, cites: tuple[tuple[str, str], ...]) -> None:
        if cites == self._cites:
            return
        self._cites = cites
        kit.clear(self._links)
        for ref, words in cites:
            self._links.addWidget(
                kit.link(words, lambda one=ref: self.cite_asked.emit(one), says=f"Xem nguyên văn {words}")  # type: ignore[misc]
            )

    def _show_answer(self, row: PlanRow, answer: RequirementAnswer, *, anew: bool, locked: bool) -> None:
        status = answer.status
        if status is None:
            checked = self._group.checkedButton()
            if checked is not None:
                self._group.setExclusive(False)
                checked.setChecked(False)
                self._group.setExclusive(True)
        else:
            self._radios[status].setChecked(True)
        for radio in self._radios.values():
            radio.setEnabled(not locked)
        kit.show(self._clear, status is not None and not locked)
        kit.show(self._taken, answer.taken_from is not None)
        self._taken_words.setText(f"Lấy từ {answer.taken_from}, chưa xác nhận")
        kit.show(self._confirm, not locked)
        asks_reason = status == "not_applicable"
        kit.show(self.reason, asks_reason)
        kit.show(self.how, not asks_reason)
        self.how.say(HOW_VI.get(status, HOW_VI[None]))
        open_work = status in {"partly", "not_met"}
        kit.show(self.todo, open_work or bool(answer.todo))
        for entry, text in (
            (self.how, answer.how),
            (self.reason, answer.reason),
            (self.todo, answer.todo),
            (self.unit, answer.unit),
        ):
            (entry.typed.restart if anew else entry.typed.show)(text)
            entry.lock(locked=locked)
        self.due.show_date(answer.due, anew=anew)
        kit.show(self.due, open_work or answer.due is not None)
        self.due.lock(locked=locked)

    def show_shared(
        self,
        measures: list[tuple[SharedMeasure, Uses]],
        proofs: list[tuple[Evidence, str]],
        *,
        known: bool,
        locked: bool,
    ) -> None:
        """Show measures and evidence of the row."""
        self.measures.show_measures(measures, locked=locked)
        self.proofs.show_proofs(proofs, usual=self._usual, locked=locked, known=known)

    # What the page asks

    def flush(self, *, leaving: bool = False) -> None:
        """Commit what was typed; it belongs to the row shown."""
        for entry in (self.how, self.reason, self.todo, self.unit, self.due):
            entry.typed.flush(leaving=leaving)
        self.values.flush(leaving=leaving)

    @property
    def note_entry(self) -> QWidget:
        """Where the note is typed."""
        return self.how.edit if self.how.isVisibleTo(self) else self.reason.edit

    @property
    def state_entry(self) -> QWidget:
        """The chosen status, else the first."""
        checked = self._group.checkedButton()
        return checked if checked is not None else next(iter(self._radios.values()))

    @property
    def proof_entry(self) -> QPushButton:
        """The button that attaches."""
        return self.proofs.buttons[0]

    def stops(self) -> list[QWidget]:
        """What Tab goes through, in order."""
        return [
            *kit.widgets_of(self._links),
            self._check,
            self._confirm,
            self._clear,
            *self._radios.values(),
            self.how.edit,
            self.reason.edit,
            *self.values.stops(),
            self.todo.edit,
            self.unit.combo,
            self.due.edit,
            *self.measures.stops(),
            *self.proofs.stops(),
        ]


def _notes(row: PlanRow) -> list[str]:
    notes = []
    if row.condition_vi:
        notes.append(f"Áp dụng {row.condition_vi}.")
    if row.equivalent:
        notes.append("Được dùng biện pháp tương đương.")
    if row.new_here:
        notes.append("Mới ở cấp này, cấp dưới không yêu cầu.")
    if row.note_vi:
        notes.append(row.note_vi)
    return notes
