"""Ten thousand random fact sets come out as the naive evaluator says."""

from __future__ import annotations

import random
from collections import Counter

from levelkit.domain.facts import FactSet
from levelkit.law import RuleLibrary, classify, contract_json
from tests.law import naive
from tests.law.facts import draw

KEYS = (
    "ruleset",
    "ruleset_chosen_by",
    "level",
    "at_least",
    "at_most",
    "criteria_level",
    "criteria_at_least",
    "criteria_at_most",
    "deciding",
    "national_security_list",
    "national_security_refs",
)


def test_agrees_with_the_naive_evaluator() -> None:
    library = RuleLibrary.load()
    chance = random.Random(331)
    reached: Counter[tuple[str, int | None]] = Counter()
    for _ in range(10_000):
        facts = draw(chance)
        wanted = naive.judge(facts)
        got = contract_json(classify(library, FactSet.from_mapping(facts)), library)
        assert {key: got[key] for key in KEYS} == {key: wanted[key] for key in KEYS}, facts
        assert [item["ref"] for item in got["matched"]] == wanted["matched"], facts
        assert {item["ref"] for item in got["open"]} == wanted["open"], facts
        assert [item["code"] for item in got["warnings"]] == wanted["warnings"], facts
        reached[got["ruleset"], got["level"]] += 1
    # The draw is no proof where it never goes.
    for ruleset in ("nd331-2026", "nd85-2016"):
        for level in (None, 1, 2, 3, 4, 5):
            assert reached[ruleset, level] > 0
