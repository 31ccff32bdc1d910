"""Everything of one row: its cells under headings, what is wrong with them, score before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from levelkit.domain.risk import RiskRow
from levelkit.gui import kit
from levelkit.gui.fields.base import name
from levelkit.gui.risk.bands import look, words
from levelkit.gui.risk.cells import make_cell
from levelkit.gui.theme import restyle, theme

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from levelkit.domain.risk import RiskMethod
    from levelkit.gui.fields.base import Field
    from levelkit.gui.fields.context import FieldContext
    from levelkit.questionnaire import CellProblem, Column, Question

GROUPS = (
    ("Nguy cơ", ("threat", "weakness", "affected")),
    ("Mức rủi ro trước xử lý", ("likelihood", "effect")),
    ("Tổn hại khi xảy ra", ("harm_subject", "harm_degree")),
    ("Xử lý", ("capability", "treatment", "measure", "owner", "due")),
    ("Mức rủi ro sau xử lý", ("residual_likelihood", "residual_effect")),
)
_BEFORE, _AFTER = "effect", "residual_effect"


class ScoreChip(QFrame):
    """Icon and word of a score."""

    def __init__(self, method: RiskMethod, name: str) -> None:
        super().__init__()
        self._method = method
        self._icon = kit.picture("circle-dashed", "text3", 15)
        self._text = kit.label("", wrap=False, name=name)
        self.setProperty("chip", True)
        self.setLayout(kit.row(self._icon, self._text, spacing=5))
        self.show_score(None, "")

    def show_score(self, score: int | None, sum_words: str) -> None:
        """Show «Cao 12», and how it comes about."""
        shape = look(self._method, score)
        self._icon.show_icon(shape.icon, shape.tint)
        said = words(self._method, score)
        self._text.setText(f"{said} = {sum_words}" if score is not None else said)
        tone = shape.fill.removesuffix("_soft")
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            restyle(self)
            restyle(self._text)


class CellBox(QWidget):
    """Label, field, help, and what is wrong."""

    def __init__(self, field: Field, help_text: str | None) -> None:
        super().__init__()
        self.field = field
        self._label = kit.label(field.question.label, "name")
        self._label.setBuddy(field.entry())
        self._help = kit.label(help_text or "", "hint")
        self._problem = kit.label("", "error")
        self._problem.hide()
        if not help_text:
            self._help.hide()  # shown without a parent it would flash as a window of its own
        self.setLayout(kit.column(self._label, field, self._help, self._problem, spacing=3))

    def show_problem(self, problem: CellProblem | None) -> None:
        """Show what is wrong; None takes it away."""
        text = problem.message.partition(": ")[2] if problem else ""
        self._problem.setText(text[:1].upper() + text[1:])
        self._problem.setVisible(bool(text))
        self.field.set_invalid(invalid=bool(problem and problem.severity == "error"))

    @property
    def problem(self) -> str:
        """What is wrong now."""
        return self._problem.text()


class RowDetail(QWidget):
    """The cells of one row; ``committed`` carries column id and value, ``edited``: text was typed."""

    committed = Signal(str, object)
    edited = Signal()
    focused = Signal()

    def __init__(
        self, table: Question, method: RiskMethod, context: FieldContext, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context = context
        self.boxes: dict[str, CellBox] = {}
        self._title = kit.label("", "section", name="risk_row_title")
        self._before = ScoreChip(method, "risk_score")
        self._after = ScoreChip(method, "risk_residual_score")

        column = kit.column(self._title, margins=(16, 2, 16, 16), spacing=14)
        for title, ids in GROUPS:
            part = kit.column(kit.label(title, "group"), spacing=10)
            for column_id in ids:
                part.addWidget(self._make(table, method, table.column(column_id)))
                if column_id in {_BEFORE, _AFTER}:
                    chip = self._before if column_id == _BEFORE else self._after
                    part.addLayout(kit.row(chip, None))
            column.addLayout(part)
        column.addStretch(1)
        self.area = kit.ColumnArea(column)
        self.area.setProperty("surface", "card")
        self.setLayout(kit.column(self.area))

    def _make(self, table: Question, method: RiskMethod, column: Column) -> CellBox:
        steps = method.effect if column.id.endswith("effect") else method.likelihood
        field = make_cell(table, column, steps, self._context, self)
        field.committed.connect(lambda value, key=column.id: self.committed.emit(key, value))
        field.edited.connect(self.edited)
        field.focused.connect(self._on_focused)
        name(field, field.question, "field")
        for part in field.entries():
            part.setAccessibleName(part.accessibleName() or column.label)
            part.setProperty("said", " ".join(filter(None, (part.property("said"), column.help))))
        box = CellBox(field, column.help)
        self.boxes[column.id] = box
        return box

    # Showing

    def show_row(self, number: int, cells: Mapping[str, Any], problems: Iterable[CellProblem]) -> None:
        """Show a row; what is being typed is never overwritten."""
        self._title.setText(f"Nguy cơ {number}")
        wrong = {problem.column: problem for problem in problems}
        for column_id, box in self.boxes.items():
            box.field.show_value(cells.get(column_id))
            box.show_problem(wrong.get(column_id))
        row = RiskRow(number=number, **_scores(cells))
        self._before.show_score(row.score, _sum(row.likelihood, row.effect))
        self._after.show_score(row.residual_score, _sum(*(row.residual_point or (None, None))))

    def set_read_only(self, *, read_only: bool) -> None:
        """Text can still be read and copied."""
        for box in self.boxes.values():
            box.field.set_read_only(read_only=read_only)

    # Acting

    def entries(self) -> list[QWidget]:
        """Every part that can take the focus."""
        return [part for box in self.boxes.values() for part in box.field.entries()]

    def begin(self) -> None:
        """Begin to type the threat."""
        self.area.verticalScrollBar().setValue(0)
        self.boxes["threat"].field.entry().setFocus()

    def flush(self) -> None:
        """Commit what was typed."""
        for box in self.boxes.values():
            box.field.flush()

    def pending(self) -> bool:
        """Whether something was typed that is not yet committed."""
        return any(box.field.pending() for box in self.boxes.values())

    def finish_composing(self) -> None:
        """Take a letter being composed as it stands."""
        for box in self.boxes.values():
            box.field.finish_composing()

    def _on_focused(self) -> None:
        focus = self.focusWidget()
        if focus is not None and self.area.isAncestorOf(focus):
            self.area.ensureWidgetVisible(focus, 0, theme().px(60))
        self.focused.emit()


def _scores(cells: Mapping[str, Any]) -> dict[str, Any]:
    keys = ("likelihood", "effect", "residual_likelihood", "residual_effect")
    found = {key: cells[key] for key in keys if type(cells.get(key)) is int and 1 <= cells[key] <= 5}
    return found | {"treatment": cells.get("treatment")}


def _sum(likelihood: int | None, effect: int | None) -> str:
    return f"{likelihood} × {effect}" if likelihood and effect else ""
