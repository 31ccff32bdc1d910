"""Domain: the security plan requirement by requirement (Đ22.6): what is asked, answered and proved.

A row asks; an answer stands beside it under the row's id. Shared measures and evidence belong to the
workspace, so that one firewall or regulation is described once and serves many rows and systems (Đ30.5.a).
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any, Literal

from pydantic import Field

from levelkit.domain.attachment import AttachmentMeta
from levelkit.domain.base import Model
from levelkit.domain.requirement import SuggestedValue, Value

Status = Literal["met", "partly", "not_met", "not_applicable"]
GroupKind = Literal["baseline", "duty"]

KEY = "req."
"""Answers to rows stand among a system's answers as ``req.<row id>``."""

STATUS_VI: dict[Status, str] = {
    "met": "Đã đáp ứng",
    "partly": "Đáp ứng một phần",
    "not_met": "Chưa đáp ứng",
    "not_applicable": "Không áp dụng",
}
OPEN_VI = "Chưa đánh giá"
BASELINE_ID = re.compile(r"[A-Z]{2,3}-[0-9]{2}")
_ROW_ID = re.compile(rf"{BASELINE_ID.pattern}|[a-z0-9]+(?:-[a-z0-9]+)*\.[A-Za-z0-9]+(?:[.-][A-Za-z0-9]+)*")
_LONGEST_ID = 80


def row_of(question_id: str) -> str | None:
    """Return the row that an answer belongs to: ``req.TK-09`` → ``TK-09``; None where it is no row's."""
    row_id = question_id.removeprefix(KEY)
    if row_id == question_id or len(row_id) > _LONGEST_ID:
        return None
    return row_id if _ROW_ID.fullmatch(row_id) else None


class PlanRow(Model):
    """One thing the plan has to answer, whichever law asks for it.

    Attributes:
        id: ``TK-09`` for a baseline requirement, ``postal.P3`` for a duty of a pack; stable for ever.
        group: id of its group, ``TK`` or ``postal``.
        refs: where it stands, the first one is shown.
        place_vi: short, for a narrow column: «5.6.2.2 b)», «Đ29.10».
        cite_vi: in full, as printed.
        condition_vi: «nếu có ứng dụng web»; empty where it always applies.
        headings, plan: the places of Đ30.3, Đ30.4 and of Đ29.2 that it answers, as refs.
        values: what is compared; empty for most rows.
        equivalent: an equivalent measure is allowed.
        new_here: the level below does not ask for it.
        notice_vi: «Đối chiếu bản chính thức» or who checked it; empty for duties whose text is at hand.
        note_vi: for who prepares the plan, not printed: where a source is thin, which reading is taken.
    """

    id: str
    group: str
    refs: tuple[str, ...]
    place_vi: str
    cite_vi: str
    name_vi: str
    summary_vi: str
    evidence_vi: str = ""
    condition_vi: str = ""
    headings: tuple[str, ...] = ()
    plan: tuple[str, ...] = ()
    values: tuple[SuggestedValue, ...] = ()
    equivalent: bool = False
    new_here: bool = False
    notice_vi: str = ""
    note_vi: str = ""


class PlanGroup(Model):
    """Rows that stand together: a group of the standard, or a pack of duties.

    Attributes:
        place_vi: «5.6»; empty for a pack.
        why_vi: for a pack, why it applies to this system, from its facts.
    """

    id: str
    kind: GroupKind
    place_vi: str
    name_vi: str
    meaning_vi: str
    why_vi: str = ""
    rows: tuple[PlanRow, ...]


class RequirementAnswer(Model):
    """The answer to one row; an empty one is not stored.

    Attributes:
        how: how it is implemented, in this system's own words; may be empty where measures say it.
        reason: why it does not apply.
        unit: who is responsible.
        measures, evidence: ids of shared measures and of evidence.
        todo, due: what will be done and by when, where it is not met in full (Đ36.10).
        values: parameter → what the system has.
        value_reasons: parameter → why a suggested value is departed from.
        taken_from: code of the system whose text was taken over, until it is confirmed.
        level: for whose wording of the requirement it was given; alone it is no answer.
    """

    status: Status | None = None
    how: str = ""
    reason: str = ""
    unit: str = ""
    measures: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    todo: str = ""
    due: date | None = None
    values: dict[str, Value] = Field(default_factory=dict)
    value_reasons: dict[str, str] = Field(default_factory=dict)
    taken_from: str | None = None
    level: int | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing is answered."""
        return not self.model_dump(exclude_defaults=True, exclude={"level", "taken_from"})

    def stored(self) -> dict[str, Any] | None:
        """Return what is stored: plain JSON without defaults, None for an empty answer."""
        return None if self.empty else self.model_dump(mode="json", exclude_defaults=True)


class SharedMeasure(Model):
    """One measure that serves many rows and systems: a firewall, a monitoring centre, a regulation.

    Attributes:
        id: ``BP-01``.
        unit: who runs it.
        evidence: what proves it wherever it is named.
    """

    id: str
    title: str
    text: str
    unit: str = ""
    evidence: tuple[str, ...] = ()


class Evidence(Model):
    """A proof: a document, a file or a link, with its own date and expiry.

    Attributes:
        id: ``MC-01``.
        number, issuer, dated: of the document itself, not of its upload.
        expires: the last good day; None where it does not expire.
        file: the attached file.
    """

    id: str
    title: str
    number: str = ""
    issuer: str = ""
    dated: date | None = None
    expires: date | None = None
    link: str = ""
    file: AttachmentMeta | None = None
    note: str = ""

    def expired_on(self, day: date) -> bool:
        """Say whether it no longer proves anything on a day."""
        return self.expires is not None and self.expires < day


class LogRetention(Model):
    """How long logs are kept: the highest of what applies, with the reason of each.

    Attributes:
        months: the highest; 0 where nothing names a time.
        sources: months, full citation, why it applies or «cần xác định» where the answers do not say.
    """

    months: int
    sources: tuple[tuple[int, str, str], ...]


class PlanCounts(Model):
    """Rows by state; filled, met and approved are different things.

    Attributes:
        filled: a status is chosen and nothing that the status asks for is missing.
        taken_over: taken from another system and not confirmed yet.
    """

    total: int = 0
    met: int = 0
    partly: int = 0
    not_met: int = 0
    not_applicable: int = 0
    open: int = 0
    filled: int = 0
    taken_over: int = 0


class SecurityPlan(Model):
    """The plan of one system at one revision. Đ22.6, Đ29, Đ30.

    Attributes:
        level: whose set of requirements it answers.
        edition_vi: the standard with its edition.
        answers: row id → answer; rows without one are open. Answers to rows of other levels are left out.
        measures, evidence: those that the answers name, by id.
        kept: answers of a former level to what is not asked any more: row id → name; «khuyến nghị duy trì».
    """

    level: int
    edition_vi: str
    groups: tuple[PlanGroup, ...]
    answers: dict[str, RequirementAnswer]
    measures: dict[str, SharedMeasure] = Field(default_factory=dict)
    evidence: dict[str, Evidence] = Field(default_factory=dict)
    retention: LogRetention | None = None
    kept: dict[str, str] = Field(default_factory=dict)
    unchecked: int = 0

    @property
    def rows(self) -> tuple[PlanRow, ...]:
        """All rows in order."""
        return tuple(row for group in self.groups for row in group.rows)

    def answer(self, row_id: str) -> RequirementAnswer:
        """Return the answer to a row, an empty one where there is none."""
        return self.answers.get(row_id, RequirementAnswer())

    def evidence_of(self, row_id: str) -> tuple[Evidence, ...]:
        """Return what proves a row: its own evidence, then that of the measures it names, each once."""
        answer = self.answer(row_id)
        ids = [*answer.evidence]
        for measure_id in answer.measures:
            if measure_id in self.measures:
                ids += self.measures[measure_id].evidence
        return tuple(self.evidence[one] for one in dict.fromkeys(ids) if one in self.evidence)
