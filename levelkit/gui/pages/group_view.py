"""The questions of one group under its heading; boxes are made when first asked for."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from levelkit.gui import kit
from levelkit.gui.fields.table import TableField
from levelkit.gui.pages.question_box import QuestionBox, cite_link
from levelkit.gui.pages.text_column import TextColumn
from levelkit.gui.theme import theme

if TYPE_CHECKING:
    from levelkit.gui.fields import FieldContext
    from levelkit.questionnaire import Group, Question

BETWEEN = 8  # boxes have 6 px of their own above and below: 20 in all


class GroupView(QFrame):
    """Heading, intro, questions."""

    focused = Signal(str)
    edited = Signal()
    cite_asked = Signal(str)
    save_failed = Signal(str)

    def __init__(
        self, group: Group, context: FieldContext, *, heading: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.group = group
        self.boxes: dict[str, QuestionBox] = {}
        self._context = context
        self._heading = heading
        self._shared_cite = self._find_shared_cite()

        self._head = self._make_head(heading=heading)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(theme().px(BETWEEN))
        self._layout.addWidget(self._head)

        self.setObjectName(f"group_{group.id.replace('-', '_')}")
        self.setAccessibleName(group.title)

    @property
    def tall(self) -> bool:
        """Whether the group is a tab of one table, which takes the whole height."""
        questions = self.group.questions
        return not self._heading and len(questions) == 1 and questions[0].type == "table"

    def _find_shared_cite(self) -> str | None:
        cites = {question.cite for question in self.group.questions}
        return cites.pop() if len(cites) == 1 and len(self.group.questions) > 1 else None

    def _make_head(self, *, heading: bool) -> QWidget:
        head = QFrame(self)
        layout = TextColumn(head)
        layout.setContentsMargins(8, 0, 8, 0)
        layout.setSpacing(theme().px(4))
        if heading and self.group.title:
            layout.addWidget(kit.label(self.group.title, "section"))
        note = self._make_note()
        if note:
            layout.addWidget(note)
        head.setVisible(layout.count() > 0)
        return head

    def _make_note(self) -> QLabel | None:
        parts = [escape(self.group.intro or "")]
        citation = self._context.citation(self._shared_cite) if self._shared_cite else None
        if citation and self._shared_cite:
            parts.append(cite_link(self._shared_cite, self._context.library.place(self._shared_cite)))
        text = " ".join(part for part in parts if part)
        if not text:
            return None
        note = kit.rich(text, "help")
        note.linkActivated.connect(self.cite_asked)
        if citation:
            note.setToolTip(citation.full_vi)
        return note

    def refresh(self, settling: frozenset[str], *, build: bool = True) -> bool:
        """Show what is asked now, with the stored answers; False when nothing is.

        Without ``build`` no box is made: the tab was not opened yet.
        """
        interview = self._context.interview
        any_shown = False
        for question in self.group.questions:
            visible = interview.visible(question.id)
            any_shown = any_shown or visible
            box = self.boxes.get(question.id)
            if box is None and visible and build:
                box = self._make_box(question)
            if box is not None:
                if visible:
                    box.show_answer(interview.answer(question.id))
                    open_still = interview.answer(question.id) is None
                    box.show_mark(settles=open_still and bool(question.facts & settling))
                box.setVisible(visible)
        return any_shown

    def _make_box(self, question: Question) -> QuestionBox:
        box = QuestionBox(
            question,
            self._context,
            show_cite=self._shared_cite is None,
            on_own_tab=self.tall,
            parent=self,
        )
        self.boxes[question.id] = box
        order = [each.id for each in self.group.questions]
        before = sum(1 for made in self.boxes if order.index(made) < order.index(question.id))
        self._layout.insertWidget(1 + before, box, 1 if self.tall else 0)
        if isinstance(box.field, TableField):
            box.field.free_height = self.tall
        box.focused.connect(self.focused)
        box.edited.connect(self.edited)
        box.cite_asked.connect(self.cite_asked)
        box.save_failed.connect(self.save_failed)
        return box

    def entries(self) -> list[QWidget]:
        """Every part of the boxes made so far that can take the focus, in order."""
        return [
            part
            for question in self.group.questions
            if question.id in self.boxes
            for part in self.boxes[question.id].field.entries()
        ]
