"""Law: the way in. Facts to a classification, a facts file to facts, facts to deadlines."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from levelkit.domain.condition import holds
from levelkit.domain.facts import FACT_ORDER
from levelkit.law.evaluate import Judgement, classify_with
from levelkit.law.explain import deciding_facts, grey_points, near_misses
from levelkit.law.model import Deadline

if TYPE_CHECKING:
    from collections.abc import Mapping

    from levelkit.domain.classification import Classification
    from levelkit.domain.facts import FactSet
    from levelkit.law.library import RuleLibrary
    from levelkit.law.ruleset import RuleSet


def classify(
    library: RuleLibrary, facts: FactSet, *, explain: bool = False, ruleset: RuleSet | None = None
) -> Classification:
    """Classify a system. Đ8, Đ10.5, Đ11–Đ16; the order of facts never matters.

    ``explain`` adds near misses and grey points. ``ruleset`` judges under that one (a pinned version),
    whatever the facts would choose; it counts as given.
    """
    return _classify(library, facts, explain, ruleset)


# The window asks the same question several times for one keystroke, and again for every undo.
@lru_cache(maxsize=64)
def _classify(
    library: RuleLibrary,
    facts: FactSet,
    explain: bool,  # noqa: FBT001 – an argument of a cache
    ruleset: RuleSet | None,
) -> Classification:
    if ruleset is None:
        chosen, chosen_by, notices = library.choose(facts)
    else:
        chosen, chosen_by, notices = ruleset, "given", ()
    judgement, classification = classify_with(library, chosen, facts, chosen_by, notices)
    if not explain:
        return classification
    return classification.model_copy(
        update={
            "near_misses": near_misses(library, judgement),
            "grey_points": grey_points(library, judgement, notices, chosen_by),
        }
    )


def deciding_questions(library: RuleLibrary, facts: FactSet) -> tuple[str, ...]:
    """Return the facts that can change the result, unanswered ones first, most decisive first.

    Answered facts that the result rests on follow, so that a question shown by this list stays shown.
    """
    return _deciding(library, facts)


@lru_cache(maxsize=64)
def _deciding(library: RuleLibrary, facts: FactSet) -> tuple[str, ...]:
    ruleset, _, _ = library.choose(facts)
    return deciding_facts(Judgement(ruleset, facts))


def transition_deadlines(
    library: RuleLibrary, facts: FactSet, answers: Mapping[str, Any] | None = None
) -> tuple[Deadline, ...]:
    """Return the deadlines of the transition that concern a system, the earliest first. Đ39.1.

    ``answers`` may hold ``previous.level``, ``previous.decision_date`` (ISO) and ``previous.ruleset``: how
    the level was determined before.
    """
    given = answers or {}

    def lookup(name: str) -> Any:
        if name in FACT_ORDER:
            return facts.get(name)
        value = given.get(name)
        return date.fromisoformat(value) if name.endswith("_date") and isinstance(value, str) else value

    found = [
        Deadline(name_vi=row.name_vi, literal=row.literal, safe=row.safe, cite=row.cite)
        for ruleset in library.rulesets
        for row in ruleset.transition
        if holds(row.when, lookup) is True
    ]
    return tuple(sorted(found, key=lambda deadline: (deadline.safe, deadline.cite)))
