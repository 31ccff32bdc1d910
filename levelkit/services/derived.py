"""Services: what follows from the answers: level, route, documents. The forms read it as ``derived.*``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from levelkit.errors import UserError
from levelkit.law import classify, deciding_questions

if TYPE_CHECKING:
    from collections.abc import Mapping

    from levelkit.domain.classification import Classification
    from levelkit.domain.facts import FactSet
    from levelkit.domain.proposal import Route
    from levelkit.law import RuleLibrary

PROPOSED = "proposed_level"
PROPOSED_REASON = "proposed_level.reason"
ABOVE_REF = "10.5"


@dataclass(frozen=True)
class Derived:
    """Result of one state of the answers."""

    classification: Classification
    proposed_level: int | None
    route: Route | None
    can_change: tuple[str, ...]
    sensitive_file: bool

    def for_forms(self) -> dict[str, Any]:
        """Return the ``derived.*`` values that conditions of the forms may read."""
        return {
            "derived.level": self.classification.level,
            "derived.at_least": self.classification.at_least,
            "derived.at_most": self.classification.at_most,
            "derived.ruleset": self.classification.ruleset,
            "derived.documents": [spec.document for spec in self.route.documents] if self.route else [],
            "derived.can_change": list(self.can_change),
            "derived.listed": self.classification.national_security_list == "yes",
            "derived.sensitive_file": self.sensitive_file,
        }


def derive(library: RuleLibrary, facts: FactSet, answers: Mapping[str, Any]) -> Derived:
    """Judge the answers: classification, the level proposed, the route of Đ18–Đ20."""
    classification = classify(library, facts)
    proposed = standing_proposal(classification, answers.get(PROPOSED))
    level = proposed or classification.level or classification.criteria_level
    ruleset = library.get(classification.ruleset)
    route = None
    if level is not None and ruleset.renders_dossier:
        route = ruleset.route(
            level,
            listed=classification.national_security_list == "yes",
            project_stage=answers.get("system.stage", "in_operation"),
            ministry=answers.get("owner.ministry", "none"),
        )
    return Derived(
        classification,
        proposed,
        route,
        tuple(deciding_questions(library, facts)),
        _is_sensitive(facts),
    )


def standing_proposal(classification: Classification, proposed: int | None) -> int | None:
    """Return the person's level where it still stands: never below the computed one. Đ10.5."""
    return proposed if proposed is not None and proposed >= classification.at_least else None


def refuse_lower(library: RuleLibrary, classification: Classification, proposed: int) -> None:
    """Refuse a proposed level below the computed one. Đ10.5.

    Raises:
        UserError: says the lowest level allowed, why, and what to do.
    """
    if proposed >= classification.at_least:
        return
    ref = f"{classification.ruleset}:{ABOVE_REF}"
    if not library.has_citation(ref):
        ref = f"{library.rulesets[0].id}:{ABOVE_REF}"
    why = library.citation(ref).clause_vi if library.has_citation(ref) else ""
    reasons = [result.cite for result in classification.results if result.ref in classification.deciding]
    because = f" ({'; '.join(reasons)})" if reasons else ""
    raise UserError(
        f"Cấp độ đề xuất: không được thấp hơn cấp {classification.at_least} mà tiêu chí và rủi ro đã cho"
        f"{because}. Đang chọn cấp {proposed}. {why} chỉ cho đề xuất cao hơn, kèm lý do. "
        f"Hãy chọn từ cấp {classification.at_least} trở lên, hoặc sửa câu trả lời đã dẫn đến cấp này."
    )


def _is_sensitive(facts: FactSet) -> bool:
    return (
        "state_secret" in (facts.get("information") or ())
        or facts.get("serves_defence_or_security") is True
        or bool(facts.get("national_security_criteria"))
    )
