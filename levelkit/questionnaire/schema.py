"""What a form file holds, as frozen models: sections, groups, questions, banners.

Everything that a person reads is Vietnamese and stands in ``forms/*.yaml``; everything here is shape.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any, Literal

from pydantic import Field

from levelkit.domain import condition as grammar
from levelkit.domain.base import Model
from levelkit.domain.condition import Condition
from levelkit.domain.plan import row_of
from levelkit.domain.proposal import Severity, Stage

QuestionTypeName = Literal[
    "text",
    "long_text",
    "yes_no",
    "single",
    "multi",
    "integer",
    "date",
    "level",
    "risk_level",
    "business_lines",
    "statements",
    "data_kinds",
    "table",
    "attachment",
    "plan_row",
]
ColumnTypeName = Literal["text", "long_text", "integer", "date", "choice", "ip_private", "ip_public", "vlan"]


class Requirement(Model):
    """What is missing when the question is visible and unanswered.

    Attributes:
        severity: how grave the gap is.
        stage: from which stage on it counts.
        rule: citation ref of the rule that asks for it.
        message: what to do, in one sentence.
        title: what is missing; made from the question's name when left out.
        when: the gap exists only while this holds (unknown is not yes).
    """

    severity: Severity
    stage: Stage = "appraisal"
    rule: str
    message: str
    title: str | None = None
    when: Condition | None = None


class Option(Model):
    """One thing to choose.

    Attributes:
        value: what is stored.
        group: ``basic`` or ``sensitive`` for kinds of personal data.
        sets: facts that choosing it gives; ``null`` leaves the fact unknown.
        exclusive: chosen alone.
        easily_missed: people tend to overlook it, so the window marks it.
        visible_when: offered only while this holds; a value already stored is always shown.
    """

    value: str
    label: str
    help: str | None = None
    cite: str | None = None
    group: Literal["basic", "sensitive"] | None = None
    sets: dict[str, Any] = Field(default_factory=dict)
    exclusive: bool = False
    easily_missed: bool = False
    visible_when: Condition | None = None


class OptionsFrom(Model):
    """Take the choices of a column from a column of another table."""

    question: str
    column: str


class CellOption(Model):
    """One thing to choose in a cell: ``value`` is stored, ``label`` is read and may be typed."""

    value: str
    label: str
    help: str | None = None


class Column(Model):
    """One column of a table; ``minimum`` and ``maximum`` bound whole numbers.

    A column of choices names them itself (``options``) or takes them from another table (``options_from``).
    """

    id: str
    label: str
    type: ColumnTypeName = "text"
    required: bool = False
    help: str | None = None
    options: tuple[CellOption, ...] = ()
    options_from: OptionsFrom | None = None
    minimum: int | None = None
    maximum: int | None = None
    mono: bool = False
    headings: tuple[str, ...] = ()

    def shown(self, cell: str | int) -> str | int:
        """Return what stands for a stored cell: the option's words, else the cell itself."""
        return next((option.label for option in self.options if option.value == cell), cell)


class Question(Model):
    """One question about one fact.

    Attributes:
        label: a full question with «?», or a plain field name.
        name: its short name, for lists and for «Sửa: …»; the label itself where that is a field name.
        help: one sentence on how to decide.
        why: the article in plain words.
        cite: citation ref of that article.
        fact: the fact that the answer gives.
        default: what the documents take while unanswered; never stored, never counted.
        none_sets: facts that an answered list of statements gives before the ticked ones are applied.
        none_label: wording of «không có trường hợp nào ở trên».
        visible_when: asked only while this holds (unknown is not yes).
        accept: media types that an attachment may have.
        layout: how a table is shown: as a grid, or as a list with the details of one row beside it.
    """

    id: str
    type: QuestionTypeName
    label: str
    name: str
    help: str | None = None
    why: str
    cite: str
    fact: str | None = None
    options: tuple[Option, ...] = ()
    columns: tuple[Column, ...] = ()
    visible_when: Condition | None = None
    requirement: Requirement | None = None
    placeholder: str | None = None
    unit: str | None = None
    default: Any = None
    minimum: int | None = None
    maximum: int | None = None
    none_sets: dict[str, Any] = Field(default_factory=dict)
    none_label: str | None = None
    accept: tuple[str, ...] = ()
    rows: int | None = None
    document: str | None = None
    layout: Literal["grid", "register"] = "grid"

    def column(self, column_id: str) -> Column:
        """Return a column of the table by id; raises KeyError."""
        for column in self.columns:
            if column.id == column_id:
                return column
        raise KeyError(column_id)

    def option(self, value: str) -> Option:
        """Return the option that stores ``value``; raises KeyError."""
        for option in self.options:
            if option.value == value:
                return option
        raise KeyError(value)

    @property
    def facts(self) -> frozenset[str]:
        """Every fact that an answer to this question can give."""
        given = {self.fact} if self.fact else set()
        given.update(self.none_sets)
        for option in self.options:
            given.update(option.sets)
        return frozenset(given)


class Group(Model):
    """Questions that stand together under one heading, or on one tab."""

    id: str
    title: str
    intro: str | None = None
    document: str | None = None
    visible_when: Condition | None = None
    questions: tuple[Question, ...]


class RowFamily(Model):
    """Questions that no form lists one by one: the rows of the security plan, ``req.<row id>``. Đ22.6.

    Which rows there are depends on the level; the forms know what is common to all.

    Attributes:
        name: what a row is called where nothing better is known; ``{row}`` stands for its id.
    """

    id: str
    title: str
    name: str
    why: str
    cite: str

    def question(self, question_id: str, row_id: str) -> Question:
        """Return the question of one row."""
        name = self.name.format(row=row_id)
        return Question(id=question_id, type="plan_row", label=name, name=name, why=self.why, cite=self.cite)


class Section(Model):
    """One section of the interview; ``layout`` says whether its groups follow one another or are tabs.

    ``rows`` names the family of questions that stands here beside those listed.
    """

    id: str
    number: int
    title: str
    intro: str | None = None
    layout: Literal["page", "tabs"] = "page"
    groups: tuple[Group, ...] = ()
    rows: RowFamily | None = None

    @property
    def questions(self) -> tuple[Question, ...]:
        """All questions of the section, in the order of the file."""
        return tuple(question for group in self.groups for question in group.questions)


class Banner(Model):
    """A standing note over the page while its condition holds; on every section where none is named."""

    id: str
    kind: Literal["danger", "warning", "info"]
    title: str
    text: str
    cite: str
    sections: tuple[str, ...] = ()
    visible_when: Condition


class Check(Model):
    """A gap other than a missing answer; with ``when`` it is found by that condition alone.

    ``title`` and ``message`` may hold ``{names}`` that the code fills in. ``where`` is a question id.
    """

    id: str
    where: str
    severity: Severity
    stage: Stage = "appraisal"
    rule: str
    title: str
    message: str
    when: Condition | None = None


class NoticePlace(Model):
    """Where a notice of a ruleset is shown among the gaps, and how grave it is."""

    code: str
    where: str
    severity: Severity
    title: str


class FormSet(Model):
    """All sections, banners and checks, cross-checked. The look-ups by id raise KeyError."""

    sections: tuple[Section, ...]
    banners: tuple[Banner, ...] = ()
    checks: tuple[Check, ...] = ()
    notices: tuple[NoticePlace, ...] = ()

    @cached_property
    def _questions(self) -> dict[str, tuple[Section, Group, Question]]:
        return {
            question.id: (section, group, question)
            for section in self.sections
            for group in section.groups
            for question in group.questions
        }

    @property
    def questions(self) -> tuple[Question, ...]:
        """All questions in the order of the sections."""
        return tuple(entry[2] for entry in self._questions.values())

    def question(self, question_id: str) -> Question:
        """Return a question by id; a row's by ``req.<row id>``."""
        return self._entry(question_id)[2]

    def has_question(self, question_id: str) -> bool:
        """Tell whether a question of that id exists; for a row, whether its id could be one."""
        return question_id in self._questions or (
            self._family is not None and row_of(question_id) is not None
        )

    @cached_property
    def _family(self) -> tuple[Section, Group, RowFamily] | None:
        for section in self.sections:
            if section.rows is not None:
                return (
                    section,
                    Group(id=section.rows.id, title=section.rows.title, questions=()),
                    section.rows,
                )
        return None

    @cached_property
    def _rows(self) -> dict[str, tuple[Section, Group, Question]]:
        return {}

    def _entry(self, question_id: str) -> tuple[Section, Group, Question]:
        entry = self._questions.get(question_id) or self._rows.get(question_id)
        if entry is not None:
            return entry
        row_id = row_of(question_id)
        if self._family is None or row_id is None:
            raise KeyError(question_id)
        section, group, family = self._family
        entry = self._rows[question_id] = (section, group, family.question(question_id, row_id))
        return entry

    def section(self, section_id: str) -> Section:
        """Return a section by id; raises KeyError."""
        for section in self.sections:
            if section.id == section_id:
                return section
        raise KeyError(section_id)

    def section_of(self, question_id: str) -> Section:
        """Return the section that a question stands in."""
        return self._entry(question_id)[0]

    def group_of(self, question_id: str) -> Group:
        """Return the group that a question stands in."""
        return self._entry(question_id)[1]

    def check(self, check_id: str) -> Check:
        """Return a check by id."""
        for check in self.checks:
            if check.id == check_id:
                return check
        raise KeyError(check_id)

    def where(self, question_id: str) -> str:
        """Return ``section/question``, the place that a finding names."""
        return f"{self.section_of(question_id).id}/{question_id}"

    @cached_property
    def providers(self) -> dict[str, tuple[str, ...]]:
        """Fact id to the questions whose answers give it."""
        found: dict[str, tuple[str, ...]] = {}
        for question in self.questions:
            for fact in sorted(question.facts):
                found[fact] = (*found.get(fact, ()), question.id)
        return found


# The grammar of conditions refers to itself by names that only its own module knows.
for _model in (Requirement, Option, Question, Group, Section, Banner, Check, FormSet):
    _model.model_rebuild(_types_namespace={**vars(grammar), **globals()})
