"""One proposal under check: its answers as an interview, its facts, its ruleset."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from levelkit.domain.proposal import Finding
from levelkit.law import deciding_questions
from levelkit.questionnaire import Interview

if TYPE_CHECKING:
    from collections.abc import Mapping

    from levelkit.domain.facts import FactSet
    from levelkit.domain.proposal import ProposalDossier
    from levelkit.law import RuleLibrary, RuleSet
    from levelkit.questionnaire import FormSet

_SENSITIVE_FACTS = ("serves_defence_or_security", "national_security_criteria")


class Case:
    """What every check reads. Built once per call of ``check``."""

    def __init__(self, proposal: ProposalDossier, forms: FormSet, library: RuleLibrary) -> None:
        self.proposal = proposal
        self.forms = forms
        self.library = library
        self.classification = proposal.classification
        self.interview = Interview(forms, proposal.answers, self._derived)
        self.answers: dict[str, Any] = self.interview.answers

    @cached_property
    def ruleset(self) -> RuleSet:
        """The ruleset that the classification was made under."""
        return self.library.get(self.classification.ruleset)

    @property
    def renders(self) -> bool:
        """Whether a dossier can be made under that ruleset at all."""
        return self.ruleset.renders_dossier

    @cached_property
    def facts(self) -> FactSet:
        """The facts of the answers."""
        return self.interview.facts()

    @cached_property
    def open_facts(self) -> tuple[str, ...]:
        """Unknown facts that can still change the level, most decisive first."""
        can_change = deciding_questions(self.library, self.facts)
        return tuple(fact for fact in can_change if self.facts.get(fact) is None)

    def asked(self, question_id: str) -> Any:
        """Return the answer to a question that is asked now, else None."""
        return self.answers.get(question_id) if self.interview.visible(question_id) else None

    def finding(self, check_id: str, /, where: str | None = None, **words: object) -> Finding:
        """Make the finding of a check of the forms, its placeholders filled in."""
        check = self.forms.check(check_id)
        return Finding(
            severity=check.severity,
            stage=check.stage,
            where=self.forms.where(where or check.where),
            rule=check.rule,
            title=check.title.format(**words),
            message=check.message.format(**words),
        )

    def _derived(self, facts: FactSet, _answers: Mapping[str, Any]) -> dict[str, Any]:
        route = self.proposal.route
        return {
            "derived.level": self.classification.level,
            "derived.at_least": self.classification.at_least,
            "derived.at_most": self.classification.at_most,
            "derived.ruleset": self.classification.ruleset,
            "derived.documents": [spec.document for spec in route.documents] if route else [],
            "derived.can_change": list(deciding_questions(self.library, facts)),
            "derived.listed": self.classification.national_security_list == "yes",
            "derived.sensitive_file": "state_secret" in (facts.get("information") or ())
            or any(facts.get(fact) for fact in _SENSITIVE_FACTS),
        }
