"""Make proposals from answers the way the program does."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from questionnaire.filler import JOURNEYS, fill, forms, interview, library

from levelkit.appraisal import at_stage, check
from levelkit.domain.plan import Evidence, RequirementAnswer, SecurityPlan
from levelkit.law import baseline_groups, classify
from levelkit.services import derived
from levelkit.services.proposals import Source, build

if TYPE_CHECKING:
    from levelkit.domain.proposal import Finding, ProposalDossier
    from levelkit.questionnaire import Interview

MET = RequirementAnswer(status="met", how="Theo Quy chế.", evidence=("MC-01",))


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


def proposal(answers: dict[str, Any], plan: SecurityPlan | None = None) -> ProposalDossier:
    """Freeze a proposal; without a plan, one whose rows are all met and proved."""
    talk = interview(answers)
    facts = talk.facts()
    judged = derived.derive(library(), facts, talk.answers)
    level = judged.proposed_level or judged.classification.level
    if plan is None and level is not None and judged.route is not None:
        plan = met(level, talk)
    source = Source("HT-01", "Hệ thống thử", 1, talk, library(), plan)
    return build(source, judged, classify(library(), facts, explain=True))


def met(level: int, talk: Interview) -> SecurityPlan:
    """Return a plan of a level without a gap."""
    groups = (*baseline_groups(library(), level), *library().packs(talk.look_up))
    rows = [row for group in groups for row in group.rows]
    return SecurityPlan(
        level=level,
        edition_vi=library().requirements(level).edition_vi,
        groups=groups,
        answers={row.id: MET for row in rows},
        evidence={"MC-01": Evidence(id="MC-01", title="Quy chế")},
    )


def findings(
    answers: dict[str, Any], stage: str | None = None, plan: SecurityPlan | None = None
) -> tuple[Finding, ...]:
    """Check a proposal, at a stage when one is given."""
    found = check(proposal(answers, plan), forms(), library())
    return at_stage(found, stage) if stage else found


def titles(answers: dict[str, Any], severity: str | None = None, stage: str | None = None) -> list[str]:
    """Return the titles, of one severity when given."""
    return [finding.title for finding in findings(answers, stage) if severity in {None, finding.severity}]
