"""Near misses, grey points and the questions that still matter."""

from __future__ import annotations

import random
from typing import Any

import pytest

from levelkit.domain.facts import FactSet
from levelkit.law import RuleLibrary, classify, deciding_questions
from tests.law.facts import draw

LIBRARY = RuleLibrary.load()
SETTLED = {
    "serves_defence_or_security": False,
    "national_e_government": False,
    "settles_administrative_procedures": False,
    "nationally_critical_data_store": False,
    "national_security_criteria": [],
    "prime_minister_level": 0,
    "risk_assessed_level": 0,
}
SHOP: dict[str, Any] = {
    **SETTLED,
    "kinds": ["citizen_business"],
    "information": ["private", "personal"],
    "conditional_business_lines": [],
    "basic_data_subjects": 40_000,
    "sensitive_data_subjects": 0,
    "harm": {
        "rights": "harm",
        "public_interest": "none",
        "social_order": "none",
        "national_security": "none",
    },
}


def explain(facts: dict[str, Any]) -> Any:
    return classify(LIBRARY, FactSet.from_mapping(facts), explain=True)


def test_near_misses_name_the_change_and_the_threshold() -> None:
    misses = explain(SHOP).near_misses
    said = {miss.ref: miss.text_vi for miss in misses}
    assert [miss.level for miss in misses] == sorted(miss.level for miss in misses)
    assert "dòng 97 «Kinh doanh dịch vụ bưu chính»" in said["nd331-2026:13.2.a"]
    assert "từ 10.000 người trở lên (đang là 0)" in said["nd331-2026:13.2.c"]
    assert any("từ 100.000 người trở lên (đang là 40.000)" in miss.text_vi for miss in misses)
    assert "cấp 3" in said["nd331-2026:10.5"]
    # The harm table: extremely serious harm to persons is the smallest step that reaches level 3.
    harm = next(miss for miss in misses if "harm.rights" in miss.changes)
    assert (harm.level, harm.changes["harm.rights"]) == (3, "extremely_serious")


def test_every_near_miss_comes_true() -> None:
    chance = random.Random(5)
    seen = 0
    for _ in range(300):
        facts = FactSet.from_mapping(draw(chance))
        before = classify(LIBRARY, facts, explain=True)
        for miss in before.near_misses:
            after = classify(LIBRARY, facts.replace(miss.changes))
            assert after.at_least >= miss.level > before.at_least, (facts, miss)
            seen += 1
    assert seen > 200


def test_what_a_higher_authority_decides_is_no_near_miss() -> None:
    refs = {miss.ref for miss in explain(SHOP).near_misses}
    assert not refs & {"nd331-2026:13.5", "nd331-2026:14.4", "nd331-2026:15.5"}


def test_the_top_has_no_near_miss() -> None:
    top = {"kinds": ["infrastructure"], "information": ["private"], "infrastructure_reach": "international"}
    assert explain({**SHOP, **top}).near_misses == ()


GREY = [
    ({"conditional_business_lines": [97]}, "postal-reading"),
    ({"approval_planned": "2027-03-01"}, "appendix-iv-changes"),
    ({}, "counting-method"),
    ({}, "thresholds-or"),
    ({"information": ["public"]}, "public-only-website"),
    ({"kinds": ["internal"]}, "internal-or-supporting"),
    ({"kinds": ["internal"], "information": ["private"]}, "internal-private-only"),
    (
        {"kinds": ["infrastructure"], "infrastructure_reach": "one_organisation"},
        "single-organisation-infrastructure",
    ),
    ({"kinds": ["infrastructure"], "infrastructure_reach": "sector_or_provinces"}, "group-infrastructure"),
    (
        {"kinds": ["infrastructure"], "infrastructure_reach": "nationwide", "always_on": False},
        "nationwide-not-always-on",
    ),
    (
        {"kinds": ["industrial_control"], "construction_grade": "none", "national_security_works": False},
        "industrial-control-no-works",
    ),
    ({"kinds": ["other"], "risk_assessed_level": 2}, "framework-not-issued"),
    ({"prime_minister_level": 3}, "decision-any-kind"),
    (
        {"information": ["state_secret"], "national_security_harm": "extremely_serious", "strategic": False},
        "strategic-harm",
    ),
    ({"harm": {"rights": "extremely_serious"}}, "harm-raises"),
    ({"national_security_criteria": ["16.2"]}, "level-5-list"),
]


@pytest.mark.parametrize(("change", "code"), GREY, ids=[code for _, code in GREY])
def test_grey_points_concern_the_system(change: dict[str, Any], code: str) -> None:
    points = {point.code: point for point in explain({**SHOP, **change}).grey_points}
    assert points[code].question_vi.endswith("?")
    assert points[code].reading_vi != points[code].other_vi
    assert points[code].cite.endswith(("NĐ-CP", "QH15"))


def test_the_old_decree_knew_another_business_list() -> None:
    points = {point.code for point in explain({**SHOP, "ruleset": "nd85-2016"}).grey_points}
    assert "business-list-then" in points


def test_every_grey_point_is_tried() -> None:
    assert {row.code for row in LIBRARY.get("nd331-2026").grey} == {code for _, code in GREY}


def test_harm_and_criteria_stand_side_by_side() -> None:
    result = explain({**SHOP, "harm": {"rights": "extremely_serious", "public_interest": "serious"}})
    assert [(row.subject, row.level) for row in result.harm] == [
        ("rights", 3),
        ("public_interest", 3),
        ("social_order", 0),
        ("national_security", 0),
    ]
    assert result.harm[3].harm_vi == "chưa đánh giá"
    assert (result.criteria_level, result.harm_level, result.level) == (2, 3, 3)


def test_every_criterion_says_why() -> None:
    facts = {name: value for name, value in SHOP.items() if name != "conditional_business_lines"}
    results = {result.clause: result for result in explain(facts).results}
    assert results["12.2.b"].because == {
        "kinds": ["citizen_business"],
        "information": ["private", "personal"],
        "basic_data_subjects": 40_000,
        "sensitive_data_subjects": 0,
    }
    assert results["13.2.a"].needs == ("conditional_business_lines",)
    assert results["13.2.a"].because == {}
    assert results["11.1"].because == {"kinds": ["citizen_business"], "information": ["private", "personal"]}
    assert results["11.1"].needs == ()
    assert all(result.text_vi and result.summary_vi for result in results.values())


def test_an_open_criterion_asks_for_nothing_that_cannot_change_it() -> None:
    nationwide = {"kinds": ["infrastructure"], "infrastructure_reach": "nationwide"}
    needs = {
        name: next(row.needs for row in explain(facts).results if row.clause == "14.2")
        for name, facts in {
            "reach": nationwide,
            "e_government": {"national_e_government": True},
            "nothing": {},
        }.items()
    }
    assert needs == {
        "reach": ("always_on",),
        "e_government": ("always_on",),
        "nothing": ("kinds", "infrastructure_reach", "national_e_government", "always_on"),
    }


def unanswered(facts: dict[str, Any]) -> list[str]:
    known = FactSet.from_mapping(facts)
    return [name for name in deciding_questions(LIBRARY, known) if name not in known]


def test_the_question_that_settles_the_level_comes_first() -> None:
    facts = {name: value for name, value in SHOP.items() if name != "conditional_business_lines"}
    assert unanswered(facts) == ["conditional_business_lines"]
    assert unanswered(SHOP) == []


def test_the_risk_result_is_asked_after_the_criteria() -> None:
    facts = {name: value for name, value in SHOP.items() if name not in {"always_on", "risk_assessed_level"}}
    assert unanswered({**facts, "national_e_government": True}) == ["always_on", "risk_assessed_level"]


def test_nothing_that_the_level_rests_on_drops_out() -> None:
    # Whoever hides questions by this list must not lose an answer and the level with it.
    chance = random.Random(11)
    for _ in range(200):
        facts = FactSet.from_mapping(draw(chance))
        before = classify(LIBRARY, facts)
        kept = {"name", "ruleset", "as_of", "investment_started", "in_operation_since"}
        kept |= set(deciding_questions(LIBRARY, facts))
        after = classify(LIBRARY, facts.only(frozenset(kept)))
        if before.level is not None:
            assert after.at_least == before.at_least


def test_an_answer_to_any_other_question_changes_nothing() -> None:
    chance = random.Random(12)
    compared = 0
    for _ in range(150):
        raw = draw(chance)
        facts = FactSet.from_mapping(raw)
        asked = set(deciding_questions(LIBRARY, facts))
        before = classify(LIBRARY, facts)
        other = draw(chance)
        for name, value in other.items():
            if name in raw or name in asked or name in {"ruleset", "as_of", "harm"} or name.startswith("in"):
                continue
            after = classify(LIBRARY, facts.replace({name: value}))
            if "no-criterion" not in {notice.code for notice in after.warnings}:
                assert after.at_least == before.at_least, (raw, name, value)
                compared += 1
    assert compared > 100
