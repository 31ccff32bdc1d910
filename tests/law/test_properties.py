"""What holds for every set of facts: answers narrow, worse never lowers, order never matters."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from levelkit.domain.facts import FactSet
from levelkit.law import RuleLibrary, classify, contract_json
from tests.law.facts import HARMS, INFORMATION, KINDS, PARTS, POINTS, VALUES, draw

LIBRARY = RuleLibrary.load()
CHANCES = st.integers(0, 2**32).map(random.Random)


def judge(facts: dict[str, Any]) -> dict[str, Any]:
    return contract_json(classify(LIBRARY, FactSet.from_mapping(facts)), LIBRARY)


def without(facts: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if name not in names}


def answer(chance: random.Random, name: str) -> Any:
    if name == "kinds":
        return chance.sample(KINDS, chance.choice((1, 2)))
    if name == "information":
        return chance.sample(INFORMATION, chance.choice((1, 2)))
    if name == "national_security_criteria":
        return chance.sample(POINTS, chance.choice((0, 1)))
    return chance.choice(VALUES[name])


CHOICE_OF_RULESET = {"ruleset", "as_of", "investment_started", "in_operation_since"}
ANSWERABLE = sorted({*VALUES, "kinds", "information", "national_security_criteria"} - CHOICE_OF_RULESET)


@settings(max_examples=300)
@given(CHANCES, st.sampled_from(ANSWERABLE))
def test_answering_an_unknown_keeps_the_level_inside_the_bounds(chance: random.Random, name: str) -> None:
    facts = without(draw(chance), name)
    before = judge(facts)
    after = judge({**facts, name: answer(chance, name)})
    # A file that ends with no criterion at all is the exception: its bounds open to 1 and 5.
    assume("no-criterion" not in [warning["code"] for warning in after["warnings"]])
    assert before["at_least"] <= after["at_least"] <= after["at_most"] <= before["at_most"]
    if before["level"] is not None:
        assert after["level"] == before["level"]


@settings(max_examples=120)
@given(CHANCES, st.sampled_from(PARTS), st.sampled_from(HARMS))
def test_assessing_harm_only_raises(chance: random.Random, part: str, degree: str) -> None:
    facts = draw(chance)
    harm = without(facts.get("harm") or {}, part)
    before = judge({**facts, "harm": harm})
    after = judge({**facts, "harm": {**harm, part: degree}})
    assert after["at_least"] >= before["at_least"]
    assert after["at_most"] >= before["at_most"]


LADDERS: dict[str, tuple[Any, ...]] = {
    "basic_data_subjects": (0, 9_999, 10_000, 99_999, 100_000, 9_000_000),
    "sensitive_data_subjects": (0, 9_999, 10_000, 99_999, 9_000_000),
    "national_security_harm": HARMS,
    "construction_grade": ("IV", "III", "II", "I", "special"),
    "infrastructure_reach": ("one_organisation", "sector_or_provinces", "nationwide", "international"),
    "always_on": (False, True),
    "strategic": (False, True),
    "serves_defence_or_security": (False, True),
    "national_security_works": (False, True),
    "nationally_critical_data_store": (False, True),
    "settles_administrative_procedures": (False, True),
    "conditional_business_lines": ([], [97]),
}


def _floor(result: dict[str, Any]) -> tuple[int, int]:
    none = "no-criterion" in [warning["code"] for warning in result["warnings"]]
    return (0, 0) if none else (result["at_least"], result["at_most"])


@settings(max_examples=300)
@given(CHANCES, st.sampled_from(sorted(LADDERS)))
def test_worse_never_lowers(chance: random.Random, name: str) -> None:
    facts = draw(chance)
    # Without works the system is judged as another kind (Đ9.2.đ): the step into works is no step up.
    if name == "national_security_works":
        assume(facts.get("construction_grade") != "none")
    floors = [_floor(judge({**facts, name: value})) for value in LADDERS[name]]
    assert floors == sorted(floors, key=lambda floor: floor[0])
    assert [most for _, most in floors] == sorted(most for _, most in floors)


@settings(max_examples=100)
@given(CHANCES, st.sampled_from(PARTS))
def test_greater_harm_never_lowers(chance: random.Random, part: str) -> None:
    facts = draw(chance)
    levels = [
        judge({**facts, "harm": {**facts.get("harm", {}), part: degree}})["at_least"] for degree in HARMS
    ]
    assert levels == sorted(levels)


@settings(max_examples=100)
@given(CHANCES)
def test_a_risk_result_never_lowers(chance: random.Random) -> None:
    facts = draw(chance)
    for result in (judge({**facts, "risk_assessed_level": level}) for level in range(6)):
        assert result["at_least"] >= result["criteria_at_least"] or result["at_least"] == 1


@settings(max_examples=120)
@given(CHANCES)
def test_the_order_of_facts_and_of_lists_never_matters(chance: random.Random) -> None:
    facts = draw(chance)
    items = list(facts.items())
    chance.shuffle(items)
    turned = {
        name: chance.sample(value, len(value)) if isinstance(value, list) else value for name, value in items
    }
    first, second = judge(facts), judge(turned)
    for item in (*first["matched"], *second["matched"]):
        for name, value in item["because"].items():
            item["because"][name] = sorted(value) if isinstance(value, list) else value
    assert first == second


@settings(max_examples=100)
@given(CHANCES)
def test_a_repeated_item_changes_nothing(chance: random.Random) -> None:
    facts = draw(chance)
    doubled = {name: [*value, *value] if isinstance(value, list) else value for name, value in facts.items()}
    first, second = judge(facts), judge(doubled)
    assert [item["ref"] for item in first["matched"]] == [item["ref"] for item in second["matched"]]
    assert without(first, "matched") == without(second, "matched")


KNOWN_NO = {
    "serves_defence_or_security": False,
    "national_e_government": False,
    "nationally_critical_data_store": False,
    "prime_minister_level": 0,
    "risk_assessed_level": 0,
    "national_security_criteria": [],
}
INFRASTRUCTURE = {"kinds": ["infrastructure"], "information": ["private"], "always_on": True}
REACHED = {
    1: {"kinds": ["internal"], "information": ["public"]},
    2: {"kinds": ["internal"], "information": ["private"]},
    3: {**INFRASTRUCTURE, "infrastructure_reach": "sector_or_provinces"},
    4: {**INFRASTRUCTURE, "infrastructure_reach": "nationwide"},
    5: {**INFRASTRUCTURE, "infrastructure_reach": "international"},
}


@pytest.mark.parametrize("ruleset", ["nd331-2026", "nd85-2016"])
@pytest.mark.parametrize("level", REACHED)
def test_every_level_is_reachable(ruleset: str, level: int) -> None:
    assert judge({**KNOWN_NO, **REACHED[level], "ruleset": ruleset})["level"] == level


def test_the_same_file_gives_the_same_bytes() -> None:
    facts = draw(random.Random(7))
    assert str(judge(facts)) == str(judge(dict(reversed(list(facts.items())))))
