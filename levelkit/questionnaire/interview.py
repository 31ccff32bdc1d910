"""The interview without a window: answers, what is asked, the way back, undo and redo."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from levelkit.domain.condition import Condition, holds
from levelkit.domain.facts import FactSet
from levelkit.domain.plan import row_of
from levelkit.questionnaire.intake import normalise
from levelkit.questionnaire.types import NONE_OF_THESE, AnswerError

if TYPE_CHECKING:
    from levelkit.questionnaire.schema import Banner, FormSet, Group, Option, Question, Section

Derive = Callable[[FactSet, Mapping[str, Any]], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Change:
    """One step of the history: what the answer was and is; None stands for unanswered.

    Attributes:
        parts: all changes of a step that changed several answers, the first one is this step's own.
    """

    question_id: str
    before: Any
    after: Any
    text: str
    parts: tuple[Change, ...] = ()

    @property
    def all(self) -> tuple[Change, ...]:
        """Every answer that the step changed, in order."""
        return self.parts or (self,)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many visible questions with a requirement are answered, of how many.

    A requirement of any severity counts; questions without one are extra and are not counted.
    """

    filled: int
    total: int


def _nothing(_facts: FactSet, _answers: Mapping[str, Any]) -> Mapping[str, Any]:
    return {}


class Interview:
    """Answers to the forms, in any order of sections.

    ``derive(facts, answers)`` supplies the ``derived.*`` values (level, bounds, documents …) that
    conditions read; it is called once per state of the answers, rows of the plan (``req.*``) left out.

    Attributes:
        state: grows with every change of an answer other than a row's: what follows from them may differ.
        row_state: grows with every change of a row's answer.
    """

    def __init__(
        self, forms: FormSet, answers: Mapping[str, Any] | None = None, derive: Derive | None = None
    ) -> None:
        self.forms = forms
        self._derive = derive or _nothing
        self.state = 0
        self.row_state = 0
        self._answers: dict[str, Any] = {}
        self._aside: dict[str, Any] = {}
        self._undo: list[Change] = []
        self._redo: list[Change] = []
        self._visited: list[str] = []
        self._visible: dict[str, bool] = {}
        self._facts: FactSet | None = None
        self._derived: dict[str, Any] | None = None
        self.load(answers or {})

    # Answers

    @property
    def answers(self) -> dict[str, Any]:
        """A copy of all answers, hidden questions included."""
        return deepcopy(self._answers)

    @property
    def view(self) -> Mapping[str, Any]:
        """The answers as they stand, without copying: to read, never to change a value of."""
        return MappingProxyType(self._answers)

    def answer(self, question_id: str) -> Any:
        """Return the answer to a question, None where there is none; raises KeyError for no such question."""
        self.forms.question(question_id)
        return deepcopy(self._answers.get(question_id))

    def answered(self, question_id: str) -> bool:
        """Whether there is an answer, hidden or not."""
        return question_id in self._answers

    @property
    def set_aside(self) -> dict[str, Any]:
        """A copy of the loaded values that these forms cannot take."""
        return deepcopy(self._aside)

    def load(self, answers: Mapping[str, Any]) -> None:
        """Take the answers as stored and forget the history.

        What these forms cannot take, because it was stored under other forms, is set aside, not lost and
        not refused: a file stays readable when a question goes or its choices change.
        """
        taken: dict[str, Any] = {}
        aside: dict[str, Any] = {}
        for question_id, raw in answers.items():
            try:
                value = normalise(self.forms.question(question_id), raw)
            except (KeyError, AnswerError):
                aside[question_id] = deepcopy(raw)
                continue
            if value is not None:
                taken[question_id] = value
        self._answers = taken
        self._aside = aside
        self._undo.clear()
        self._redo.clear()
        self._forget()

    def merge(self, answers: Mapping[str, Any]) -> None:
        """Take answers that were given elsewhere meanwhile, None for one that was taken back.

        They are no step of the history, and steps that touched the same questions are forgotten: to undo them
        would undo what somebody else wrote. What these forms cannot take is set aside as by :meth:`load`.
        """
        for question_id, raw in answers.items():
            self._aside.pop(question_id, None)
            try:
                value = normalise(self.forms.question(question_id), raw)
            except (KeyError, AnswerError):
                value = None
                if raw is not None:
                    self._aside[question_id] = deepcopy(raw)
            self._put(question_id, value)
        for steps in (self._undo, self._redo):
            steps[:] = [step for step in steps if not any(part.question_id in answers for part in step.all)]

    def set(self, question_id: str, value: Any) -> Change | None:
        """Answer a question; None takes the answer back.

        Returns the change, or None where the value stays the same. Raises AnswerError for a value that
        the question cannot take, and KeyError for no such question.
        """
        return self.set_many({question_id: value})

    def set_many(self, values: Mapping[str, Any], text: str | None = None) -> Change | None:
        """Answer several questions as one step of the history; ``text`` names it.

        Returns the step, or None where every value stays the same. Raises as :meth:`set`; then none is set.
        """
        parts: list[Change] = []
        for question_id, value in values.items():
            question = self.forms.question(question_id)
            after = normalise(question, value)
            before = self._answers.get(question_id)
            if after != before or type(after) is not type(before):
                parts.append(Change(question_id, before, after, f"Sửa: {question.name}"))
        if not parts:
            return None
        first = parts[0]
        if text is None:
            text = first.text if len(parts) == 1 else f"Sửa: {len(parts)} câu trả lời"
        several = tuple(parts) if len(parts) > 1 else ()
        change = Change(first.question_id, first.before, first.after, text, several)
        for part in parts:
            self._put(part.question_id, part.after)
        self._undo.append(change)
        self._redo.clear()
        return change

    def undo(self) -> Change | None:
        """Take the last change back and return it, or None where there is none."""
        if not self._undo:
            return None
        change = self._undo.pop()
        for part in reversed(change.all):
            self._put(part.question_id, part.before)
        self._redo.append(change)
        return change

    def redo(self) -> Change | None:
        """Make the last change that was taken back again and return it, or None where there is none."""
        if not self._redo:
            return None
        change = self._redo.pop()
        for part in change.all:
            self._put(part.question_id, part.after)
        self._undo.append(change)
        return change

    @property
    def can_undo(self) -> bool:
        """Whether there is a change to take back."""
        return bool(self._undo)

    @property
    def can_redo(self) -> bool:
        """Whether there is a change to make again."""
        return bool(self._redo)

    @property
    def undo_text(self) -> str | None:
        """What ``undo`` would take back: «Sửa: Tên chủ quản»."""
        return self._undo[-1].text if self._undo else None

    @property
    def redo_text(self) -> str | None:
        """What ``redo`` would make again."""
        return self._redo[-1].text if self._redo else None

    def _put(self, question_id: str, value: Any) -> None:
        if value is None:
            self._answers.pop(question_id, None)
        else:
            self._answers[question_id] = deepcopy(value)
        if row_of(question_id) is None:
            self._forget()
        else:  # no condition and no fact reads a row
            self.row_state += 1

    def _forget(self) -> None:
        self.state += 1
        self._visible.clear()
        self._facts = None
        self._derived = None

    # What is asked

    def visible(self, question_id: str) -> bool:
        """Whether the question is asked now. Raises KeyError for no such question."""
        known = self._visible.get(question_id)
        if known is None:
            known = self._shown(self.forms.question(question_id), self.derived)
            self._visible[question_id] = known
        return known

    def visible_questions(self, section_id: str) -> tuple[Question, ...]:
        """The questions of a section that are asked now, in order."""
        return tuple(
            question for question in self.forms.section(section_id).questions if self.visible(question.id)
        )

    def visible_groups(self, section_id: str) -> tuple[tuple[Group, tuple[Question, ...]], ...]:
        """The groups of a section that have something to ask, with those questions."""
        shown = (
            (group, tuple(question for question in group.questions if self.visible(question.id)))
            for group in self.forms.section(section_id).groups
        )
        return tuple((group, questions) for group, questions in shown if questions)

    def visible_options(self, question_id: str) -> tuple[Option, ...]:
        """The options offered now; what is already chosen stays in sight."""
        question = self.forms.question(question_id)
        answer = self._answers.get(question_id)
        chosen = answer if isinstance(answer, list) else [answer]
        return tuple(
            option
            for option in question.options
            if option.value in chosen or self.condition(option.visible_when, question_id) is not False
        )

    def required(self, question_id: str) -> bool:
        """Whether an unanswered question is a gap now: visible, and its requirement's condition holds."""
        question = self.forms.question(question_id)
        if question.requirement is None or not self.visible(question_id):
            return False
        when = question.requirement.when
        return when is None or self.condition(when, question_id) is True

    def condition(self, condition: Condition | None, own: str | None = None) -> bool | None:
        """Judge a condition of the forms under the answers as they stand; no condition holds."""
        if condition is None:
            return True
        return holds(condition, lambda name: self._look_up(name, own, self.derived))

    def banners(self, section_id: str | None = None) -> tuple[Banner, ...]:
        """The standing notes that hold now; with a section, only those that belong over it."""
        return tuple(
            banner
            for banner in self.forms.banners
            if (section_id is None or not banner.sections or section_id in banner.sections)
            and self.condition(banner.visible_when) is True
        )

    def counts(self, section_id: str) -> Counts:
        """Count the visible questions of a section that have a requirement: answered, and all."""
        asked = [question.id for question in self.visible_questions(section_id) if self.required(question.id)]
        return Counts(sum(question_id in self._answers for question_id in asked), len(asked))

    def _shown(self, question: Question, derived: Mapping[str, Any]) -> bool:
        for condition in (self.forms.group_of(question.id).visible_when, question.visible_when):
            if condition is None:
                continue
            if holds(condition, lambda name: self._look_up(name, question.id, derived)) is not True:
                return False
        return True

    def _look_up(self, name: str, own: str | None, derived: Mapping[str, Any]) -> Any:
        if name.startswith("derived."):
            return derived.get(name)
        if self.forms.has_question(name):
            if name != own and not self._shown(self.forms.question(name), derived):
                return None
            return self._answers.get(name)
        for provider in self.forms.providers.get(name, ()):
            if provider != own and self._shown(self.forms.question(provider), derived):
                given = self._given(self.forms.question(provider)).get(name)
                if given is not None:
                    return given
        return None

    def look_up(self, name: str) -> Any:
        """Return what a condition would read: a visible answer, a fact or ``derived.*``; None: unknown."""
        return self._look_up(name, None, self.derived)

    # Facts

    def facts(self) -> FactSet:
        """Return the facts that the visible answers give; everything else is unknown.

        Whether a fact counts never depends on what the facts lead to: conditions on ``derived.*`` are
        taken as unknown here, so a question that bears a fact names its own answer beside them.
        """
        if self._facts is None:
            raw: dict[str, Any] = {}
            for question in self.forms.questions:
                if question.facts and question.id in self._answers and self._shown(question, {}):
                    raw.update(
                        (fact, value) for fact, value in self._given(question).items() if value is not None
                    )
            self._facts = FactSet.from_mapping(_nested(raw))
        return self._facts

    @property
    def derived(self) -> Mapping[str, Any]:
        """What follows from the facts: ``derived.level``, ``derived.documents`` …."""
        if self._derived is None:
            found = self._derive(self.facts(), MappingProxyType(self._answers))
            self._derived = {
                name if name.startswith("derived.") else f"derived.{name}": value
                for name, value in found.items()
            }
        return self._derived

    def _given(self, question: Question) -> dict[str, Any]:
        answer = self._answers.get(question.id)
        if answer is None:
            return {}
        given: dict[str, Any] = {}
        if question.fact:
            given[question.fact] = [] if answer == [NONE_OF_THESE] else answer
        if question.type == "statements":
            given.update(question.none_sets)
        chosen = answer if isinstance(answer, list) else [answer]
        for option in question.options:
            if option.value in chosen:
                given.update(option.sets)
        return given

    # The way through the sections

    @property
    def current(self) -> str | None:
        """The section visited last, None before the first visit."""
        return self._visited[-1] if self._visited else None

    @property
    def visited(self) -> tuple[str, ...]:
        """The sections in the order of the visits, the current one last."""
        return tuple(self._visited)

    @property
    def can_back(self) -> bool:
        """Whether another section was visited before this one."""
        return len(self._visited) > 1

    def visit(self, section_id: str) -> Section:
        """Go to a section. Raises KeyError for no such section."""
        section = self.forms.section(section_id)
        if self.current != section_id:
            self._visited.append(section_id)
        return section

    def back(self) -> str | None:
        """Return to the section visited before this one; stays where there is none."""
        if self.can_back:
            self._visited.pop()
        return self.current


def _nested(raw: Mapping[str, Any]) -> dict[str, Any]:
    """``harm.rights: none`` → ``harm: {rights: none}``, as a facts file has it."""
    nested: dict[str, Any] = {}
    for fact, value in raw.items():
        outer, dot, inner = fact.partition(".")
        if dot:
            nested.setdefault(outer, {})[inner] = value
        else:
            nested[fact] = value
    return nested
