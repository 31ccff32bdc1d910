"""The part of the detail that compares what the system has with the values of the requirement."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLayout, QWidget

from levelkit.gui import kit
from levelkit.gui.fields.choice import NOT_CHOSEN
from levelkit.gui.fields.combo import Combo
from levelkit.gui.fields.rows import CheckRow
from levelkit.gui.fields.text import LineEdit
from levelkit.gui.plan.entries import TextEntry, Typed
from levelkit.gui.theme import restyle, theme

if TYPE_CHECKING:
    from levelkit.domain.plan import RequirementAnswer
    from levelkit.domain.requirement import Comparison, SuggestedValue, Value

_WORDS = {
    "equal": ("circle-check", "ok", "Bằng mức yêu cầu"),
    "stricter": ("circle-check", "ok", "Tốt hơn mức yêu cầu"),
    "unanswered": ("circle-dashed", "text3", "Chưa ghi"),
}


class ValueBox(QFrame):
    """One value: what is asked, what the system has, how they compare, why it departs."""

    changed = Signal(str, object)
    reason_changed = Signal(str, str)
    edited = Signal()

    def __init__(self, value: SuggestedValue) -> None:
        super().__init__()
        self.value = value
        asked = "Bắt buộc" if value.binding else "Gợi ý"
        self._label = kit.label(value.label_vi, "group")
        self._icon = kit.picture("circle-dashed", "text3", 15)
        self._word = kit.label("", "secondary")
        self._problem = kit.label("", "error")
        self.reason = TextEntry("Lý do khác mức gợi ý", lines=2, name=f"plan_reason_{value.name}")
        self._line: LineEdit | None = None
        self._typed: Typed | None = None
        self._combo: Combo | None = None
        self._parts: dict[str, CheckRow] = {}

        says = f"{value.label_vi}, {asked.lower()} {value.text_vi}"
        word = kit.row(self._icon, self._word, spacing=6)
        word.setStretch(1, 1)
        layout = kit.column(self._label, kit.label(f"{asked}: {value.text_vi}", "secondary"), spacing=4)
        layout.addLayout(self._make_field(says))
        layout.addLayout(word)
        layout.addWidget(self._problem)
        layout.addWidget(self.reason)
        self.setLayout(layout)
        self._problem.hide()
        self.reason.committed.connect(lambda text: self.reason_changed.emit(value.name, text))
        self.reason.edited.connect(self.edited)

    def _make_field(self, says: str) -> QLayout:
        value, name = self.value.value, f"plan_value_{self.value.name}"
        if isinstance(value, bool):
            self._combo = Combo()
            for words in (NOT_CHOSEN, "Có", "Không"):
                self._combo.addItem(words)
            self._combo.setAccessibleName(says)
            self._combo.setObjectName(name)
            self._combo.activated.connect(
                lambda place: self.changed.emit(self.value.name, (None, True, False)[place])
            )
            return kit.row(self._combo)
        if isinstance(value, tuple):
            column = kit.column()
            for part in value:
                row = CheckRow(self.value.parts_vi.get(part, part))
                row.setAccessibleDescription(says)
                row.clicked.connect(lambda _on=False: self._on_parts())
                self._parts[part] = row
                column.addWidget(row)
            return column
        self._line = LineEdit()
        self._line.setObjectName(name)
        self._line.setAccessibleName(says)
        self._typed = Typed(self._line)
        self._typed.committed.connect(self._on_typed)
        self._typed.edited.connect(self.edited)
        line = kit.row(self._line, spacing=8)
        if isinstance(value, int):
            self._line.setFixedWidth(theme().px(96))
            line.addWidget(kit.label(self.value.unit_vi, "secondary", wrap=False))
            line.addStretch(1)
        return line

    def entries(self) -> list[QWidget]:
        """What takes the focus."""
        first: list[QWidget] = [one for one in (self._line, self._combo) if one is not None]
        return [*first, *self._parts.values(), self.reason.edit]

    def show_value(self, given: Value | None, reason: str, found: Comparison, *, locked: bool) -> None:
        """Show what is stored and how it compares."""
        if self._typed is not None and not self._problem.text():
            self._typed.show("" if given is None else str(given))
        if self._combo is not None:
            self._combo.setCurrentIndex(0 if given is None else 1 if given else 2)
        for part, row in self._parts.items():
            row.setChecked(isinstance(given, tuple) and part in given)
        if found.fails:
            mark, tint, words = "octagon-alert", "err", "Chưa đạt mức bắt buộc"
        elif found.asks_reason:
            mark, tint, words = "triangle-alert", "warn", "Thấp hơn mức gợi ý, cần ghi lý do"
        else:
            mark, tint, words = _WORDS.get(found.outcome, _WORDS["unanswered"])
        missing = ", ".join(self.value.parts_vi.get(part, part) for part in found.missing)
        self._icon.show_icon(mark, tint)
        self._word.setText(f"{words}: thiếu {missing}" if missing else words)
        self.reason.setVisible(found.asks_reason or bool(reason))
        self.reason.typed.show(reason)
        for widget in (self._combo, *self._parts.values()):
            if widget is not None:
                widget.setEnabled(not locked)
        if self._line is not None:
            self._line.setReadOnly(locked)
        self.reason.lock(locked=locked)

    def flush(self, *, leaving: bool = False) -> None:
        """Commit what was typed."""
        if self._typed is not None:
            self._typed.flush(leaving=leaving)
        self.reason.typed.flush(leaving=leaving)

    def _on_parts(self) -> None:
        chosen = tuple(part for part, row in self._parts.items() if row.isChecked())
        self.changed.emit(self.value.name, chosen or None)

    def _on_typed(self, text: str) -> None:
        given: Value | None = text or None
        problem = ""
        if text and isinstance(self.value.value, int):
            digits = text.replace(".", "").replace(" ", "")
            if digits.isascii() and digits.isdigit() and len(digits) < 10:
                given = int(digits)
            else:
                problem = f"Ô đang ghi «{text}», hãy gõ số nguyên, ví dụ {self.value.value}."
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
        if self._line is not None and bool(self._line.property("invalid")) != bool(problem):
            self._line.setProperty("invalid", bool(problem))
            restyle(self._line)
        if not problem:
            self.changed.emit(self.value.name, given)


class ValuesPart(QWidget):
    """All values of a row; nothing where it has none.

    ``changed`` carries the field of the answer, the parameter, and what it is now.
    """

    changed = Signal(str, str, object)
    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._boxes: list[ValueBox] = []
        self._row = ""
        self._column = kit.column(spacing=12)
        self.setLayout(self._column)

    def show_values(
        self,
        row_id: str,
        values: tuple[SuggestedValue, ...],
        answer: RequirementAnswer,
        found: dict[str, Comparison],
        *,
        locked: bool,
    ) -> None:
        """Show the values of a row."""
        if row_id != self._row:
            self._row = row_id
            self._boxes.clear()
            kit.clear(self._column)
            for value in values:
                box = ValueBox(value)
                box.changed.connect(partial(self.changed.emit, "values"))
                box.reason_changed.connect(partial(self.changed.emit, "value_reasons"))
                box.edited.connect(self.edited)
                self._boxes.append(box)
                self._column.addWidget(box)
            self.setVisible(bool(values))
        for box in self._boxes:
            name = box.value.name
            box.show_value(
                answer.values.get(name), answer.value_reasons.get(name, ""), found[name], locked=locked
            )

    def flush(self, *, leaving: bool = False) -> None:
        """Commit what was typed."""
        for box in tuple(self._boxes):
            box.flush(leaving=leaving)

    def stops(self) -> list[QWidget]:
        """What Tab goes through."""
        return [entry for box in self._boxes for entry in box.entries()]
