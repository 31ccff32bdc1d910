"""Findings that the forms state themselves: unanswered questions, and checks with their own condition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from levelkit.domain.proposal import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from levelkit.appraisal.case import Case
    from levelkit.questionnaire import Question

_CHOOSING = {"yes_no", "single", "multi", "level", "risk_level", "business_lines", "statements", "data_kinds"}


def unanswered(case: Case) -> Iterator[Finding]:
    """Every question that is asked, has a requirement and has no answer.

    Numbers and dates of one's own documents have no requirement, so they are never a gap. Where no dossier
    is rendered, nothing is asked for its sake.
    """
    if not case.renders:
        return
    for question in case.forms.questions:
        requirement = question.requirement
        if requirement is None or question.id in case.answers or not case.interview.required(question.id):
            continue
        yield Finding(
            severity=requirement.severity,
            stage=requirement.stage,
            where=case.forms.where(question.id),
            rule=requirement.rule,
            title=requirement.title or _title(question),
            message=requirement.message,
        )


def rule_findings(case: Case) -> Iterator[Finding]:
    """Every check of the forms whose own condition holds."""
    for check in case.forms.checks:
        if check.when is not None and case.interview.condition(check.when) is True:
            yield case.finding(check.id)


def _title(question: Question) -> str:
    verb = "Chưa trả lời" if question.type in _CHOOSING else "Chưa điền"
    return f"{verb} «{question.name}»"
