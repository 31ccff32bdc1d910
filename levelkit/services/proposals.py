"""Services: freeze a proposal: what check, the window and the documents all read."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING

from levelkit.domain.attachment import AttachmentMeta
from levelkit.domain.plan import row_of
from levelkit.domain.proposal import ProposalDossier, RulesetId
from levelkit.services import attachments, derived

if TYPE_CHECKING:
    from levelkit.domain.classification import Classification
    from levelkit.domain.plan import SecurityPlan
    from levelkit.law import RuleLibrary
    from levelkit.questionnaire import Interview


@dataclass(frozen=True)
class Source:
    """Where a proposal comes from; ``plan`` is None while the level is open."""

    code: str
    name: str
    revision: int
    interview: Interview
    library: RuleLibrary
    plan: SecurityPlan | None = None


def build(source: Source, judged: derived.Derived, classification: Classification) -> ProposalDossier:
    """Return the proposal: answers to the questions that are asked, the explained level, the route.

    Answers to rows of the plan stand in the plan, not among the answers.
    """
    view = source.interview.view
    answers = deepcopy({key: value for key, value in view.items() if row_of(key) is None})
    ruleset = source.library.get(classification.ruleset)
    return ProposalDossier(
        code=source.code,
        name=source.name,
        revision=source.revision,
        answers={key: value for key, value in answers.items() if source.interview.visible(key)},
        classification=classification,
        proposed_level=judged.proposed_level,
        proposed_reason=answers.get(derived.PROPOSED_REASON),
        route=judged.route,
        ruleset=RulesetId(id=ruleset.id, version=ruleset.version, sha256=ruleset.sha256),
        attachments={
            value["sha256"]: AttachmentMeta.model_validate(value)
            for value in answers.values()
            if attachments.is_attachment(value)
        },
        plan=source.plan,
    )
