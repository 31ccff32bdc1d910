"""Make proposals from answers the way the program does."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from questionnaire.filler import JOURNEYS, fill, forms, interview, library

from levelkit.appraisal import at_stage, check
from levelkit.law import classify
from levelkit.services import derived
from levelkit.services.proposals import Source, build

if TYPE_CHECKING:
    from levelkit.domain.proposal import Finding, ProposalDossier


def complete(level: int, **changes: Any) -> dict[str, Any]:
    """Return the answers of a dossier of that level without a gap, then change some (None: unanswered)."""
    return changed(_filled(level), **changes)


@cache
def _filled(level: int) -> dict[str, Any]:
    return fill(interview(), JOURNEYS[level]).answers


def changed(answers: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """Return answers with changes; ``__`` in a keyword stands for the dot of a question id."""
    result = dict(answers)
    for name, value in changes.items():
        question = name.replace("__", ".")
        if value is None:
            result.pop(question, None)
        else:
            result[question] = value
    return result


def proposal(answers: dict[str, Any]) -> ProposalDossier:
    """Freeze a proposal."""
    talk = interview(answers)
    facts = talk.facts()
    judged = derived.derive(library(), facts, talk.answers)
    source = Source("HT-01", "Hệ thống thử", 1, talk, library())
    return build(source, judged, classify(library(), facts, explain=True))


def findings(answers: dict[str, Any], stage: str | None = None) -> tuple[Finding, ...]:
    """Check a proposal, at a stage when one is given."""
    found = check(proposal(answers), forms(), library())
    return at_stage(found, stage) if stage else found


def titles(answers: dict[str, Any], severity: str | None = None, stage: str | None = None) -> list[str]:
    """Return the titles, of one severity when given."""
    return [finding.title for finding in findings(answers, stage) if severity in {None, finding.severity}]
