"""Law: a classification as the JSON object that other programs rely on, version 1."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from levelkit.domain.classification import Outcome
from levelkit.law.library import RuleLibrary

if TYPE_CHECKING:
    from levelkit.domain.classification import Classification, CriterionResult

CONTRACT = 1


def contract_json(classification: Classification, library: RuleLibrary | None = None) -> dict[str, Any]:
    """Return the object of ``levelkit classify --json``: keys and their order are fixed."""
    library = library or RuleLibrary.load()
    by_ref = {result.ref: result for result in classification.results}
    matched = [result for result in classification.results if result.outcome is Outcome.MET]
    matched.sort(key=lambda result: -result.level)
    return {
        "contract": CONTRACT,
        "ruleset": classification.ruleset,
        "ruleset_version": classification.ruleset_version,
        "ruleset_chosen_by": classification.ruleset_chosen_by,
        "as_of": classification.as_of,
        "name": classification.name,
        "level": classification.level,
        "at_least": classification.at_least,
        "at_most": classification.at_most,
        "criteria_level": classification.criteria_level,
        "criteria_at_least": classification.criteria_at_least,
        "criteria_at_most": classification.criteria_at_most,
        "deciding": list(classification.deciding),
        "matched": [
            {"ref": result.ref, "cite": result.cite, "level": result.level, "because": dict(result.because)}
            for result in matched
        ],
        "open": [_open(ref, by_ref, classification, library) for ref in classification.open_refs],
        "national_security_list": classification.national_security_list,
        "national_security_refs": list(classification.national_security_refs),
        "warnings": [notice.model_dump() for notice in classification.warnings],
    }


def _open(
    ref: str, by_ref: dict[str, CriterionResult], classification: Classification, library: RuleLibrary
) -> dict[str, Any]:
    result = by_ref.get(ref)
    if result is not None:
        return {"ref": ref, "cite": result.cite, "level": result.level, "needs": list(result.needs)}
    # The risk result: not a criterion, but it can raise the level to the top.
    risk = library.get(classification.ruleset, classification.ruleset_version).head.combine.risk
    if risk is None or risk.ref != ref:
        raise KeyError(ref)
    return {"ref": ref, "cite": library.cite_words(ref), "level": risk.top_level, "needs": [risk.fact]}
