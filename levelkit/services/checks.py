"""Services: findings, and the three counts of a section."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from levelkit import appraisal
from levelkit.domain.proposal import Finding

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from levelkit.domain.plan import PlanCounts
    from levelkit.domain.proposal import Stage
    from levelkit.questionnaire import Interview

_MET_STATUS = {"met", "not_applicable"}


@dataclass(frozen=True)
class SectionCounts:
    """Filled, met and approved are different things; none follows from another.

    Attributes:
        filled: questions with a requirement that are answered, and rows of the plan with nothing missing.
        total: questions with a requirement that are asked now, and rows of the plan.
        met: of those filled, the ones without an error or warning, and whose status, where they have one,
            says that it is met.
        approved: of those filled, the ones that stand in an approved dossier.
    """

    filled: int
    total: int
    met: int
    approved: int


def section_counts(
    interview: Interview, section_id: str, findings: Sequence[Finding], status: str
) -> SectionCounts:
    """Count the questions of one section.

    ``findings`` are those of the approval stage, ``status`` is the dossier's.
    """
    counted = interview.counts(section_id)
    wrong = {
        finding.where.partition("/")[2]
        for finding in findings
        if finding.severity != "hint" and finding.where.startswith(f"{section_id}/")
    }
    filled = [
        question.id
        for question in interview.visible_questions(section_id)
        if interview.required(question.id) and interview.answered(question.id)
    ]
    met = [key for key in filled if key not in wrong and _stands(interview, key)]
    approved = len(filled) if status == "approved" else 0
    return SectionCounts(counted.filled, counted.total, len(met), approved)


def with_rows(counts: SectionCounts, rows: PlanCounts, met: int, status: str) -> SectionCounts:
    """Add the rows of the plan to the counts of their section; ``met`` are those that stand as they are."""
    approved = rows.filled if status == "approved" else 0
    return SectionCounts(
        counts.filled + rows.filled, counts.total + rows.total, counts.met + met, counts.approved + approved
    )


def refused(
    interview: Interview, messages: Mapping[str, str], called: Callable[[str], str]
) -> tuple[Finding, ...]:
    """Return an error for each question asked now whose field holds text that was not taken.

    ``called`` gives the name of a question or row by its place.
    """
    forms = interview.forms
    return tuple(
        Finding(
            severity="error",
            stage="appraisal",
            where=forms.where(question_id),
            rule=forms.question(question_id).cite,
            title=f"Ô «{called(forms.where(question_id))}» ghi chưa đúng nên chưa được lưu",
            message=message,
        )
        for question_id, message in messages.items()
        if interview.visible(question_id)
    )


def at_stage(findings: Sequence[Finding], stage: Stage) -> tuple[Finding, ...]:
    """Return the findings as they count at a stage: what is due later is a warning before."""
    return tuple(appraisal.at_stage(findings, stage))


def has_errors(findings: Sequence[Finding]) -> bool:
    """Whether anything blocks the final output."""
    return any(finding.severity == "error" for finding in findings)


def _stands(interview: Interview, key: str) -> bool:
    """Whether the status of a measure, or the measure's own where the key is one, counts as met."""
    status = key if key.endswith(".status") else f"{key}.status"
    if not interview.forms.has_question(status):
        return True
    found = interview.answer(status)
    return found is None or found in _MET_STATUS
