"""Law: what the files of a ruleset hold, as frozen models."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field, model_validator

from levelkit.domain.base import Model
from levelkit.domain.condition import Condition
from levelkit.domain.proposal import Role, Stage

ProjectStage = Literal["in_operation", "new_build", "upgrade", "hired_service"]
Ministry = Literal["none", "bo_quoc_phong", "bo_cong_an", "ban_co_yeu"]


class Appendix(Model):
    """How places of an appendix are cited: by item, or by section, clause and point."""

    name_vi: str
    item_vi: str | None = None
    section_vi: str | None = None


class Instrument(Model):
    """An instrument of law: its name, its validity and the day its text was last compared.

    ``numbering``: articles, clauses and points as in a law, or the numbered sections of a standard.
    """

    name_vi: str
    short_vi: str
    issued: date
    effective_from: date
    effective_to: date | None
    last_verified_on: date | None
    source_vi: str
    numbering: Literal["articles", "sections"] = "articles"
    words: dict[str, str] = Field(default_factory=dict)
    appendices: dict[str, Appendix] = Field(default_factory=dict)


class Application(Model):
    """When a ruleset is chosen without being named, and which notices that brings."""

    when: Condition
    notices: tuple[str, ...] = ()


class RiskRule(Model):
    """A risk result raises, never lowers; while it is unknown, every level up to the top is possible."""

    fact: str
    ref: str
    assess_cite: str
    top_level: int


class Combine(Model):
    """How criteria, risk and harm become one level; a rule left out does not apply."""

    highest_cite: str
    risk: RiskRule | None = None
    harm_ref: str | None = None


class Head(Model):
    """``instrument.yaml``: what the ruleset is; ``baseline`` is the standard of its requirements, if any."""

    id: str = Field(pattern=r"[a-z0-9]+(-[a-z0-9]+)*")
    version: str = Field(pattern=r"[0-9]+(\.[0-9]+)*")
    title_vi: str
    renders_dossier: bool
    why_not_vi: str
    default: bool
    priority: int
    instrument: Instrument
    applies: tuple[Application, ...]
    ignores: tuple[str, ...]
    combine: Combine
    baseline: str | None = None


class ParameterValue(Model):
    """A value from a day on; None is repealed."""

    value: int | None
    cite: str


class Parameter(Model):
    """A number of the law, by the day from which it holds."""

    unit: str
    meaning_vi: str
    values: dict[date, ParameterValue] = Field(min_length=1)

    def on(self, day: date | None) -> ParameterValue:
        """Return what holds on a day: the newest without one, the oldest before all of them."""
        days = sorted(self.values)
        held = [known for known in days if day is None or known <= day]
        return self.values[held[-1] if held else days[0]]


class Limb(Model):
    """One way of meeting a criterion."""

    id: str
    when: Condition
    kind: str | None = None


class Criterion(Model):
    """A criterion: a clause, and when it is met. Of several limbs one is enough."""

    id: str
    summary_vi: str
    kind: str | None = None
    note_vi: str = ""
    near_miss: bool = True
    when: Condition | None = None
    limbs: tuple[Limb, ...] = ()

    @model_validator(mode="after")
    def _one_way(self) -> Criterion:
        if (self.when is None) == (not self.limbs):
            raise ValueError("cần đúng một trong hai khóa «when», «limbs»")
        return self


class HarmLevel(Model):
    """The level that one degree of harm gives."""

    level: int
    cite: str


class NationalSecurity(Model):
    """The list of systems important to national security: a flag, never a level."""

    review_fact: str | None
    top_level: int
    top_level_ref: str | None
    procedure_cite: str
    criteria: tuple[str, ...]


class WarningRow(Model):
    """A warning of the contract, and when it is shown."""

    code: str
    when: Condition
    text_vi: str
    cite: str


class Grey(Model):
    """A point that the law leaves open, and when it concerns a system."""

    code: str
    when: Condition
    cite: str
    question_vi: str
    reading_vi: str
    other_vi: str
    effect_vi: str


class Reach(Model):
    """For which levels and situations a row of the route holds; what is left out is any."""

    levels: tuple[int, ...] | None = None
    listed: bool | None = None
    stages: tuple[ProjectStage, ...] | None = None
    ministries: tuple[Ministry, ...] | None = None

    def holds(self, level: int, *, listed: bool, stage: str, ministry: str) -> bool:
        """Say whether the row is for this situation."""
        return (
            (self.levels is None or level in self.levels)
            and (self.listed is None or self.listed is listed)
            and (self.stages is None or stage in self.stages)
            and (self.ministries is None or ministry in self.ministries)
        )


class _Row(Model):
    """A row with its reach, written ``for``."""

    reach: Reach = Field(alias="for")
    cite: str


class AuthorityRow(_Row):
    """Who acts."""

    act: Literal["opinion", "appraise", "approve", "approve_list"]
    act_vi: str
    body_vi: str


class DeadlineRow(_Row):
    """How long a step may take."""

    step: str
    step_vi: str
    value: int | None
    unit: Literal["working_days", "days"]


class DocumentRow(_Row):
    """A document; ``preparer`` is the operator, in a project the investor or the hiring unit."""

    document: str
    title_vi: str
    stage: Stage
    issuer: Role | Literal["preparer"]
    addressee: Role | None
    ours: bool = False


class TextRow(_Row):
    """A plain sentence."""

    text_vi: str


class OpinionRule(Model):
    """Which levels need the professional opinion."""

    levels: tuple[int, ...]
    listed_levels: tuple[int, ...] = ()


class Documents(Model):
    """``documents.yaml``."""

    documents: tuple[DocumentRow, ...]
    design: tuple[TextRow, ...]
    opinion: OpinionRule
    notes: tuple[TextRow, ...]


class Transition(Model):
    """A deadline of the transition: as the words read, and the safe day before it."""

    id: str
    name_vi: str
    literal: date
    safe: date
    cite: str
    when: Condition


class LineList(Model):
    """One version of the list of conditional business lines."""

    cite: str
    valid_from: date
    valid_to: date | None
    note_vi: str
    usual_for: dict[str, tuple[int, ...]]


class LineFile(Model):
    """``business-lines.yaml``."""

    lists: tuple[LineList, ...] = Field(min_length=1)


class Deadline(Model):
    """A deadline that concerns a system."""

    name_vi: str
    literal: date
    safe: date
    cite: str
