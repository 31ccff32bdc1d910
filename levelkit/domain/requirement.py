"""Domain: the baseline requirements of a level (Đ30.1, Đ30.3, Đ30.4) and what is compared with them.

Levels do not contain each other: a requirement belongs to one level's set; ``id`` is what stays from level to
level, so that answers carry over.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from levelkit.domain.base import Model
from levelkit.domain.text import format_date, format_number

Kind = Literal["management", "technical", "reference"]
Nature = Literal["required", "suggested", "conditional", "reference"]
Change = Literal["base", "new", "stricter", "same", "back"]
Confidence = Literal["high", "medium", "low"]
Sense = Literal["at_most", "at_least", "includes", "is", "own"]
Value = bool | int | str | tuple[str, ...]
Outcome = Literal["unanswered", "equal", "stricter", "weaker"]

UNCHECKED_VI = "Đối chiếu bản chính thức"
KEEP_VI = "Khuyến nghị duy trì"


class Checked(Model):
    """Who compared a row with the official text, when, and with which edition."""

    by: str
    on: date
    edition_vi: str

    @property
    def text_vi(self) -> str:
        """«Đã đối chiếu TCVN …, 01/12/2026, Nguyễn Văn A»."""
        return f"Đã đối chiếu {self.edition_vi}, {format_date(self.on)}, {self.by}"


class Comparison(Model):
    """How a given value stands to the one of the requirement.

    Attributes:
        outcome: ``stricter`` is better than asked for, ``weaker`` less.
        asks_reason: a suggested value is departed from: the reason is asked for, nothing fails.
        fails: a required value is not reached.
        missing: of a value that includes several parts, those left out.
    """

    outcome: Outcome
    asks_reason: bool = False
    fails: bool = False
    missing: tuple[str, ...] = ()


class SuggestedValue(Model):
    """A value in a requirement: «khóa phiên không quá 15 phút».

    Attributes:
        name: the parameter, ``user_device_lock_min``.
        value: a number in ``unit_vi``, a fixed wording, yes, or the parts that it includes.
        sense: how a given value is compared; ``own`` takes whatever the organisation states.
        binding: False where the standard suggests the value on the ground of the risk assessment.
        parts_vi: the words of the parts.
    """

    name: str
    label_vi: str
    unit_vi: str
    sense: Sense
    value: Value
    binding: bool
    parts_vi: dict[str, str]

    @property
    def text_vi(self) -> str:
        """«không quá 15 phút», «gồm đủ: vùng biên, vùng DMZ»."""
        return value_words(self.value, self.sense, self.unit_vi, self.parts_vi)

    def compare(self, given: Value | None) -> Comparison:
        """Compare what a system has with the value; None is unanswered.

        A limit that is switched off (0 minutes, 0 attempts) limits nothing: weaker, never stricter.

        Raises:
            TypeError: ``given`` is not of the value's kind.
        """
        if given is None:
            return Comparison(outcome="unanswered")
        if type(given) is not type(self.value):
            raise TypeError(f"{self.name}: {type(given).__name__}, not {type(self.value).__name__}")
        missing: tuple[str, ...] = ()
        outcome: Outcome
        if isinstance(given, tuple) and isinstance(self.value, tuple):
            missing = tuple(part for part in self.value if part not in given)
            beyond = set(given) - set(self.value)
            outcome = "weaker" if missing else "stricter" if beyond else "equal"
        elif self.sense == "own":
            outcome = "equal" if given else "unanswered"
        elif given == self.value:
            outcome = "equal"
        elif isinstance(given, int) and isinstance(self.value, int) and self.sense == "at_most":
            outcome = "stricter" if 0 < given < self.value else "weaker"
        elif isinstance(given, int) and isinstance(self.value, int) and self.sense == "at_least":
            outcome = "stricter" if given > self.value else "weaker"
        else:
            outcome = "weaker"
        weaker = outcome == "weaker"
        return Comparison(
            outcome=outcome,
            asks_reason=weaker and not self.binding,
            fails=weaker and self.binding,
            missing=missing,
        )


class BaselineRequirement(Model):
    """One requirement of one level's set.

    Attributes:
        id: the control, the same at every level: ``TK-09``.
        level: whose set it belongs to.
        group: ``TK``.
        ref: where it stands, ``tcvn14423:5.6.2.2.b``; cite the place, never a number below it.
        kind: management (Đ30.3), technical (Đ30.4), or reference (Đ30.2: outside the baseline).
        headings: the places of Đ30.3 and Đ30.4 that it answers, as refs.
        plan: the parts of the plan that it feeds (Đ29.2), as refs.
        condition_vi: «nếu có ứng dụng web»; only where ``nature`` is conditional.
        equivalent: an equivalent measure is allowed.
        values: what is compared: see :class:`SuggestedValue`.
        change: against the level below: new there, stricter or changed, the same, back after a gap.
        shares_clause: several requirements stand in this place and their order is not known.
        see: controls of another level that go on with the subject.
        confidence: how well the sources of the summary agree.
        checked: who compared it with the official text; None until somebody has.
    """

    id: str
    level: int
    group: str
    ref: str
    name_vi: str
    summary_vi: str
    kind: Kind
    headings: tuple[str, ...]
    plan: tuple[str, ...]
    nature: Nature
    condition_vi: str
    equivalent: bool
    values: tuple[SuggestedValue, ...]
    evidence_vi: str
    change: Change
    shares_clause: bool
    see: tuple[str, ...]
    confidence: Confidence
    checked: Checked | None

    @property
    def notice_vi(self) -> str:
        """«Đối chiếu bản chính thức» until somebody has; then who, when, which edition."""
        return UNCHECKED_VI if self.checked is None else self.checked.text_vi

    @property
    def new_here(self) -> bool:
        """Say whether the level below does not ask for it."""
        return self.change in {"new", "back"}

    def asks_the_same(self, other: BaselineRequirement) -> bool:
        """Say whether another level's requirement asks for the same; place and notices may differ."""

        def asked(one: BaselineRequirement) -> tuple[object, ...]:
            return (one.summary_vi, one.values, one.nature, one.condition_vi)

        return asked(self) == asked(other)


class RequirementGroup(Model):
    """A group of a level, in the order of the standard.

    Attributes:
        meaning_vi: what the group is for, in one sentence.
        grows_vi: what is new or stricter than at the level below.
    """

    id: str
    ref: str
    name_vi: str
    meaning_vi: str
    grows_vi: str
    kind: Kind
    headings: tuple[str, ...]
    plan: tuple[str, ...]
    confidence: Confidence
    checked: Checked | None
    requirements: tuple[BaselineRequirement, ...]


class RequirementSet(Model):
    """Everything that one level is asked for, whole in itself.

    Attributes:
        ref: the clause of the level, ``tcvn14423:5``.
        edition_vi: the standard with its edition.
        reference: physical security, outside the baseline (Đ30.2): to read, not to answer.
        outside_ref: the place that says so.
        open_points_vi: what is not certain about the rows until they are checked.
    """

    level: int
    ref: str
    edition_vi: str
    groups: tuple[RequirementGroup, ...]
    reference: tuple[BaselineRequirement, ...]
    reference_name_vi: str
    outside_ref: str
    open_points_vi: tuple[str, ...]

    @property
    def requirements(self) -> tuple[BaselineRequirement, ...]:
        """The requirements in the order of the standard, without the reference rows."""
        return tuple(row for group in self.groups for row in group.requirements)

    @property
    def by_id(self) -> dict[str, BaselineRequirement]:
        """The requirements by control, without the reference rows."""
        return {row.id: row for row in self.requirements}


class OldClause(Model):
    """A place of the standard before this one, and what took up its subject.

    Attributes:
        place_vi: «mục 7.1.3.1 TCVN 11930:2017»; the old standard is named, never cited as in force.
        groups: the groups of the new standard; coarse.
        controls: the requirements of the new standard, where the place is small enough to say.
    """

    level: int
    clause: str
    place_vi: str
    name_vi: str
    kind: Kind
    groups: tuple[str, ...]
    controls: tuple[str, ...]
    confidence: Confidence
    checked: Checked | None


_SENSES: dict[Sense, str] = {"at_most": "không quá {}", "at_least": "không dưới {}"}


def value_words(value: Value, sense: Sense, unit_vi: str, parts_vi: dict[str, str]) -> str:
    """Return a value as it is said: «không quá 15 phút»."""
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, int):
        return _SENSES.get(sense, "{}").format(f"{format_number(value)} {unit_vi}".strip())
    if isinstance(value, tuple):
        return f"gồm đủ: {', '.join(parts_vi.get(part, part) for part in value)}"
    return value
