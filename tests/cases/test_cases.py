"""Worked cases, each a system with its facts and what must come out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from levelkit.domain.facts import FactSet
from levelkit.law import RuleLibrary, classify, contract_json, transition_deadlines
from levelkit.strict_yaml import read_yaml

HERE = Path(__file__).parent
EXACT = (
    "level",
    "at_least",
    "at_most",
    "criteria_level",
    "national_security_list",
    "ruleset",
    "ruleset_chosen_by",
)
NOT_COMPARED = {"case", "facts", "debatable", "reading"}


def _cases(name: str) -> list[Any]:
    raw = read_yaml((HERE / name).read_text(encoding="utf-8"))
    base, cases = ({}, raw) if isinstance(raw, list) else (raw["base"], raw["cases"])
    return [pytest.param({**case, "facts": {**base, **case["facts"]}}, id=case["case"]) for case in cases]


def _clauses(refs: list[str], ruleset: str) -> list[str]:
    return [ref.removeprefix(f"{ruleset}:") for ref in refs]


@pytest.mark.parametrize(
    "case", [*_cases("contract.yaml"), *_cases("nd331-2026.yaml"), *_cases("nd85-2016.yaml")]
)
def test_case(case: dict[str, Any]) -> None:
    library = RuleLibrary.load()
    got = contract_json(classify(library, FactSet.from_mapping(case["facts"])), library)
    unread = set(case) - NOT_COMPARED - set(EXACT) - {"deciding", "open", "warnings"}
    assert not unread
    for key in EXACT:
        if key in case:
            assert got[key] == case[key], key
    if "deciding" in case:
        assert _clauses(got["deciding"], got["ruleset"]) == case["deciding"]
    if "open" in case:
        assert set(case["open"]) <= set(_clauses([item["ref"] for item in got["open"]], got["ruleset"]))
    assert set(case.get("warnings", [])) <= {item["code"] for item in got["warnings"]}


def _case(name: str, number: str) -> FactSet:
    found = [case.values[0] for case in _cases(name) if str(case.id).startswith(f"{number}. ")]
    return FactSet.from_mapping(found[0]["facts"])


def _level(facts: FactSet) -> int | None:
    return classify(RuleLibrary.load(), facts).level


def test_a_portal_split_in_three_would_hide_its_level() -> None:
    whole = _case("nd331-2026.yaml", "53")
    assert _level(whole) == 3
    assert _level(whole.replace({"basic_data_subjects": 60_000})) == 2


def test_a_ledger_taken_out_of_its_portal_would_hide_its_level() -> None:
    merged = _case("nd331-2026.yaml", "18")
    assert _level(merged) == 3
    assert _level(merged.replace({"kinds": ["internal"]})) == 2


def test_a_copy_with_real_data_has_the_level_of_the_original() -> None:
    assert _level(_case("nd331-2026.yaml", "60")) == _level(_case("nd331-2026.yaml", "9"))


def test_a_level_approved_under_the_old_decree_is_kept_until_its_measures_are_due() -> None:
    library = RuleLibrary.load()
    facts = _case("nd331-2026.yaml", "54")
    assert _level(facts) == 2
    (deadline,) = transition_deadlines(library, facts, {"previous.ruleset": "nd85-2016"})
    assert (deadline.cite, deadline.safe.isoformat(), deadline.literal.isoformat()) == (
        "116:45.1",
        "2027-06-30",
        "2027-07-01",
    )


def test_a_system_under_construction_has_two_deadlines() -> None:
    deadlines = transition_deadlines(RuleLibrary.load(), _case("nd331-2026.yaml", "55"))
    assert [deadline.safe.isoformat() for deadline in deadlines] == ["2026-12-31", "2027-06-30"]
    assert {deadline.cite for deadline in deadlines} == {"nd331-2026:39.1"}


def test_the_data_centre_of_one_company_is_not_raised_by_what_it_hosts() -> None:
    # Đ7.2.b needs the inventory: nothing in one facts file says what runs there.
    facts = _case("nd331-2026.yaml", "27")
    codes = {notice.code for notice in classify(RuleLibrary.load(), facts).warnings}
    assert _level(facts) == 2
    assert "hosted-higher" not in codes


@pytest.mark.parametrize("number", ["12", "13", "14", "17", "20", "21", "30"])
def test_the_same_system_under_the_new_decree(number: str) -> None:
    old = _case("nd85-2016.yaml", number)
    new = old.replace(
        {"ruleset": "nd331-2026", "settles_administrative_procedures": False, "risk_assessed_level": 0}
    )
    after = _level(new.replace({"national_security_criteria": []}))
    # Only the threshold case falls: 10.000 users were level 3, 10.000 basic data subjects are level 2.
    assert after == (2 if number == "21" else _level(old))
