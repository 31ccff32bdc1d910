"""Appraisal: what a dossier still lacks, with the rule that asks for it.

``check`` gives the findings of all stages; ``at_stage`` says how they count when the dossier goes to
appraisal (statements, requests) or to approval.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from levelkit.appraisal.architecture import architecture_findings
from levelkit.appraisal.case import Case
from levelkit.appraisal.level import level_findings
from levelkit.appraisal.plan import plan_findings
from levelkit.appraisal.plan_rows import row_findings
from levelkit.appraisal.requirements import rule_findings, unanswered
from levelkit.appraisal.risk import risk_findings
from levelkit.appraisal.scope import scope_findings
from levelkit.domain.plan import KEY

if TYPE_CHECKING:
    from collections.abc import Iterable

    from levelkit.domain.plan import SecurityPlan
    from levelkit.domain.proposal import Finding, ProposalDossier, Stage
    from levelkit.law import RuleLibrary
    from levelkit.questionnaire import FormSet

__all__ = ["Appraiser", "at_stage", "check"]

_GRAVITY = {"error": 0, "warning": 1, "hint": 2}


def check(proposal: ProposalDossier, forms: FormSet, library: RuleLibrary) -> tuple[Finding, ...]:
    """Return every finding of every stage, gravest first, then in the order of the forms. Đ21–Đ24.

    A ruleset that renders no dossier brings what decides the level and the reason why, nothing more.
    """
    return Appraiser().check(proposal, forms, library, None)


class Appraiser:
    """Checks one system again and again; what the forms lack is judged anew only when their state changed."""

    def __init__(self) -> None:
        self._known: tuple[object, Case, list[Finding]] | None = None

    def check(
        self, proposal: ProposalDossier, forms: FormSet, library: RuleLibrary, state: object
    ) -> tuple[Finding, ...]:
        """Do as :func:`check`; ``state`` equals the one before where only rows of the plan changed since."""
        if self._known is None or self._known[0] != state:
            case = Case(proposal, forms, library)
            self._known = (state, case, form_findings(case))
        _, case, found = self._known
        return in_order([*found, *row_findings(case, proposal.plan)], forms, proposal.plan)


def form_findings(case: Case) -> list[Finding]:
    """Return what the answers to the forms lack, without the rows of the plan."""
    found = [*unanswered(case), *rule_findings(case), *scope_findings(case), *level_findings(case)]
    if case.renders:
        found += [*risk_findings(case), *architecture_findings(case), *plan_findings(case)]
    return found


def at_stage(findings: Iterable[Finding], stage: Stage) -> tuple[Finding, ...]:
    """Return the findings as they count at a stage: an error due at approval warns before it."""
    if stage == "approval":
        return tuple(findings)
    eased = [
        finding.model_copy(update={"severity": "warning"})
        if finding.stage == "approval" and finding.severity == "error"
        else finding
        for finding in findings
    ]
    return tuple(sorted(eased, key=lambda finding: _GRAVITY[finding.severity]))


def in_order(findings: Iterable[Finding], forms: FormSet, plan: SecurityPlan | None) -> tuple[Finding, ...]:
    """Sort findings: the gravest first, then as the forms ask, rows of the plan first in their section."""
    place = {forms.where(question.id): (number, 0) for number, question in enumerate(forms.questions)}
    asked = plan.rows if plan is not None else ()
    rows = {KEY + row.id: number - len(asked) for number, row in enumerate(asked)}

    def key(finding: Finding) -> tuple[int, bool, tuple[int, int]]:
        section, _, question = finding.where.partition("/")
        here = place.get(finding.where)
        if here is None:
            here = (place[forms.where(forms.section(section).questions[0].id)][0], rows.get(question, 0))
        return _GRAVITY[finding.severity], finding.stage == "approval", here

    return tuple(sorted(findings, key=key))
