"""Domain: a proposal as it stands at one revision, its route, and the findings about it."""

from __future__ import annotations

from typing import Any, Literal

from levelkit.domain.attachment import AttachmentMeta
from levelkit.domain.base import Model
from levelkit.domain.classification import Classification
from levelkit.domain.plan import SecurityPlan

Severity = Literal["error", "warning", "hint"]
Stage = Literal["appraisal", "approval"]
Role = Literal["operator", "owner", "security_unit", "appraiser", "ministry", "investor"]


class RulesetId(Model):
    """Which ruleset, in which state: its id, version and content hash (SHA-256, hex)."""

    id: str
    version: str
    sha256: str


class DocumentSpec(Model):
    """One document of a route.

    Attributes:
        document: the id of the command line's contract, ``mau-01``.
        stage: at which stage it is made; documents of a stage with errors carry DỰ THẢO.
        issuer: whose header and signature it carries.
        addressee: to whom it goes; none for decisions and statements.
        ours: a model of this program, not a form of the decree.
    """

    document: str
    title_vi: str
    stage: Stage
    issuer: Role
    addressee: Role | None
    cite: str
    ours: bool = False


class Authority(Model):
    """Who appraises, approves or gives the professional opinion."""

    act: Literal["opinion", "appraise", "approve", "approve_list"]
    act_vi: str
    body_vi: str
    cite: str


class TimeLimit(Model):
    """A time limit in the unit that the decree uses; ``value`` is None where it names none."""

    step: str
    step_vi: str
    value: int | None
    unit: Literal["working_days", "days"]
    cite: str


class Route(Model):
    """Documents, authorities and time limits for one level and situation. Đ18–Đ24."""

    level: int
    listed: bool
    documents: tuple[DocumentSpec, ...]
    authorities: tuple[Authority, ...]
    time_limits: tuple[TimeLimit, ...]
    design_document_vi: str
    design_document_cite: str
    opinion_needed: bool
    notes_vi: tuple[str, ...] = ()


class Finding(Model):
    """What is missing or wrong.

    Attributes:
        where: ``section/question`` of the forms.
        rule: a citation ref, ``nd331-2026:22.3.a``.
        title: what is missing, in one line.
        message: what to do.
    """

    severity: Severity
    stage: Stage
    where: str
    rule: str
    title: str
    message: str


class ProposalDossier(Model):
    """Everything that a dossier is made from, frozen at one revision."""

    code: str
    name: str
    revision: int
    answers: dict[str, Any]
    classification: Classification
    proposed_level: int | None
    proposed_reason: str | None
    route: Route | None
    ruleset: RulesetId
    attachments: dict[str, AttachmentMeta]
    plan: SecurityPlan | None = None

    @property
    def level(self) -> int | None:
        """The level that the dossier proposes: the person's, else the computed one."""
        return self.proposed_level or self.classification.level
