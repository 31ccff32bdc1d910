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
from levelkit.appraisal.requirements import rule_findings, unanswered
from levelkit.appraisal.scope import scope_findings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from levelkit.domain.proposal import Finding, ProposalDossier, Stage
    from levelkit.law import RuleLibrary
    from levelkit.questionnaire import FormSet

__all__ = ["at_stage", "check"]

_GRAVITY = {"error": 0, "warning": 1, "hint": 2}


def check(proposal: ProposalDossier, forms: FormSet, library: RuleLibrary) -> tuple[Finding, ...]:
    """Return every finding of every stage, gravest first, then in the order of the forms. Đ21–Đ24.

    A ruleset that renders no dossier brings what decides the level and the reason why, nothing more.
    """
    case = Case(proposal, forms, library)
    found = [*unanswered(case), *rule_findings(case), *scope_findings(case), *level_findings(case)]
    if case.renders:
        found += [*architecture_findings(case), *plan_findings(case)]
    return _in_order(found, forms)


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


def _in_order(findings: Iterable[Finding], forms: FormSet) -> tuple[Finding, ...]:
    place = {forms.where(question.id): number for number, question in enumerate(forms.questions)}
    return tuple(
        sorted(
            findings,
            key=lambda finding: (
                _GRAVITY[finding.severity],
                finding.stage == "approval",
                place[finding.where],
            ),
        )
    )
