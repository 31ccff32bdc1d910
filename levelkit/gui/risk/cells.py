"""The cells of one row as fields: a column becomes a question, so that typing works as elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from levelkit.domain.risk import SIDE
from levelkit.gui import kit
from levelkit.gui.fields.base import Field
from levelkit.gui.fields.choice import ComboField
from levelkit.gui.fields.numbers import DateField
from levelkit.gui.fields.text import LongTextField, TextField
from levelkit.gui.fields.values import show_date
from levelkit.questionnaire import Option, Question
from levelkit.questionnaire.types import parse_date

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

    from levelkit.domain.risk import Step
    from levelkit.gui.fields.context import FieldContext
    from levelkit.questionnaire import Column

# Columns that people write more than a few words into.
_LINES = {"threat": 2, "weakness": 2, "capability": 2, "measure": 3}


def cell_question(table: Question, column: Column) -> Question:
    """Return a column as a question, so that a field can show one of its cells."""
    kind: Any = {"choice": "single", "integer": "integer", "date": "date"}.get(column.type, "text")
    if column.id in _LINES:
        kind = "long_text"
    return Question(
        id=f"{table.id}.{column.id}",
        type=kind,
        label=column.label,
        name=column.label,
        help=column.help,
        why=table.why,
        cite=table.cite,
        options=tuple(
            Option(value=option.value, label=option.label, help=option.help) for option in column.options
        ),
        rows=_LINES.get(column.id),
        minimum=column.minimum,
        maximum=column.maximum,
    )


def make_cell(
    table: Question, column: Column, steps: Sequence[Step], context: FieldContext, parent: QWidget
) -> Field:
    """Return the field of a column; ``steps`` are the words of a scale from 1 to 5."""
    question = cell_question(table, column)
    if column.options:
        return ComboField(question, context, parent)
    if column.type == "integer":
        return ScoreField(question, steps, context, parent)
    if column.type == "date":
        return DayField(question, context, parent)
    return (LongTextField if column.id in _LINES else TextField)(question, context, parent)


class DayField(DateField):
    """A day; what is no day stays as typed and is told below."""

    def text_of(self, value: Any) -> str:
        """Day, month, year, or the text that is none."""
        return show_date(value) if parse_date(value) == value and value else str(value or "")


class _Step(QPushButton):
    """One of five; arrows go along, Del takes the score back."""

    def __init__(self, field: ScoreField, value: int) -> None:
        super().__init__(str(value), field)
        self._field = field
        self.value = value
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setProperty("kind", "segment")
        self.setProperty("edge", "first" if value == 1 else "last" if value == SIDE else "middle")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits choose, arrows choose the neighbour, Del chooses none."""
        key = event.key()
        if key in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self._field.give(None)
        elif (
            Qt.Key.Key_1 <= key <= Qt.Key.Key_5
            and not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self._field.give(key - Qt.Key.Key_0)
        elif key in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            by = 1 if key == Qt.Key.Key_Right else -1
            self._field.give(min(max(self.value + by, 1), SIDE))
        else:
            super().keyPressEvent(event)


class ScoreField(Field):
    """A score from 1 to 5 as five buttons, and the word of the chosen step."""

    def __init__(
        self,
        question: Question,
        steps: Sequence[Step],
        context: FieldContext,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(question, context, parent)
        self._steps = {step.value: step for step in steps}
        self._value: int | None = None
        self._odd = ""
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)
        self._buttons = {value: _Step(self, value) for value in range(1, SIDE + 1)}
        self._word = kit.label("", "secondary")

        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for value, button in self._buttons.items():
            step = self._steps[value]
            button.setAccessibleName(f"{question.label} {value}: {step.name}")
            button.setProperty("said", step.meaning)
            button.setToolTip(f"{step.name}. {step.meaning}")
            self._group.addButton(button, value)
            layout.addWidget(button)
        layout.addSpacing(10)
        layout.addWidget(self._word, 1)
        self._group.idClicked.connect(self._on_clicked)
        self.watch(*self._buttons.values())
        self._show()

    def entry(self) -> QWidget:
        """The chosen button, else the first."""
        return self._buttons[self._value or 1]

    def entries(self) -> list[QWidget]:
        """All five."""
        return list(self._buttons.values())

    def show_value(self, value: Any) -> None:
        """Show the stored score; text that is none is named."""
        good = type(value) is int and value in self._buttons
        self._value = value if good else None
        self._odd = "" if good or value is None else f"Đang ghi «{value}»"
        self._show()

    def give(self, value: int | None) -> None:
        """Choose a score, or none, as a person does."""
        changed = value != self._value
        self._value, self._odd = value, ""
        self._show()
        if value is not None:
            self._buttons[value].setFocus(Qt.FocusReason.OtherFocusReason)
        if changed:
            self.committed.emit(value)

    def _on_clicked(self, value: int) -> None:
        self.give(None if value == self._value else value)

    def _show(self) -> None:
        for value, button in self._buttons.items():
            button.setChecked(value == self._value)
        step = self._steps.get(self._value or 0)
        self._word.setText(step.name if step else self._odd or "Chưa chấm")
