"""Fact sets: what is taken, what is refused and how it is said, and that they behave as values."""

from __future__ import annotations

from datetime import date

import pytest

from levelkit.domain.facts import FACT_CATALOGUE, FactSet
from levelkit.errors import FactsError

ALL = {
    "name": "Cổng khách hàng",
    "ruleset": "nd331-2026",
    "as_of": "2026-11-23",
    "investment_started": date(2025, 10, 10),
    "in_operation_since": "2019-05-01",
    "approval_planned": "2027-03-01",
    "kinds": ["internal", "citizen_business"],
    "information": ["public", "personal"],
    "serves_defence_or_security": False,
    "national_security_harm": "none",
    "strategic": True,
    "conditional_business_lines": [97, 61, 97],
    "settles_administrative_procedures": False,
    "basic_data_subjects": 45000,
    "sensitive_data_subjects": 0,
    "infrastructure_reach": "nationwide",
    "national_e_government": False,
    "always_on": True,
    "construction_grade": "special",
    "national_security_works": False,
    "nationally_critical_data_store": False,
    "prime_minister_level": 5,
    "risk_assessed_level": 0,
    "harm": {"rights": "harm", "national_security": None},
    "national_security_criteria": [16.1, "16.2", "16.3.dd"],
    "online_public_service_grade": 4,
}


def test_every_fact_of_the_catalogue_is_taken() -> None:
    assert set(ALL) == set(FACT_CATALOGUE)
    facts = FactSet.from_mapping(ALL)
    assert facts.get("as_of") == date(2026, 11, 23)
    assert facts.get("conditional_business_lines") == (97, 61, 97)
    assert facts.get("national_security_criteria") == ("16.1", "16.2", "16.3.dd")
    assert facts.get("harm") == {"rights": "harm"}
    assert facts.get("harm.rights") == "harm"
    assert facts.get("harm.national_security") is None
    assert FactSet.from_mapping(facts.as_dict()) == facts


def test_null_and_missing_are_unknown() -> None:
    assert FactSet.from_mapping(dict.fromkeys(FACT_CATALOGUE)) == FactSet()
    assert FactSet.from_mapping({"harm": {"rights": None}}).get("harm") is None


REFUSED = [
    ({"kindz": ["internal"]}, ("kindz", '["internal"]', "«kinds»", "Các khóa được nhận: name, ruleset")),
    ({1: "x"}, ("1", "kinds")),
    ({"name": 5}, ("name", "5", "chữ")),
    ({"name": "x\ud800"}, ("name", "Unicode")),
    ({"ruleset": "nd13-2023"}, ("ruleset", "nd13-2023", "nd331-2026, nd85-2016")),
    ({"as_of": "2026-02-30"}, ("as_of", "2026-02-30")),
    ({"as_of": "23/11/2026"}, ("as_of", "23/11/2026", "2026-11-23")),
    ({"as_of": "20261123"}, ("as_of", "20261123")),
    ({"as_of": 2026}, ("as_of", "2026")),
    ({"kinds": []}, ("kinds", "[]", "internal")),
    ({"information": []}, ("information", "[]", "public")),
    ({"kinds": "internal"}, ("kinds", "internal", "danh sách")),
    ({"kinds": ["intern"]}, ("kinds", "intern", "internal")),
    ({"kinds": [None]}, ("kinds", "null")),
    ({"kinds": [["internal"]]}, ("kinds", "internal")),
    ({"always_on": 1}, ("always_on", "1", "true hoặc false")),
    ({"always_on": "true"}, ("always_on", '"true"', "true hoặc false")),
    ({"basic_data_subjects": True}, ("basic_data_subjects", "true", "số nguyên")),
    ({"basic_data_subjects": -1}, ("basic_data_subjects", "-1", "từ 0")),
    ({"basic_data_subjects": 1.0}, ("basic_data_subjects", "1.0")),
    ({"basic_data_subjects": "5"}, ("basic_data_subjects", '"5"')),
    ({"conditional_business_lines": [0]}, ("conditional_business_lines", "0", "1 đến 198")),
    ({"conditional_business_lines": [199]}, ("conditional_business_lines", "199")),
    ({"conditional_business_lines": [True]}, ("conditional_business_lines", "true")),
    ({"conditional_business_lines": ["97"]}, ("conditional_business_lines", '"97"')),
    ({"conditional_business_lines": 97}, ("conditional_business_lines", "97", "danh sách")),
    ({"prime_minister_level": 1}, ("prime_minister_level", "1", "0, 2, 3, 4, 5")),
    ({"risk_assessed_level": 6}, ("risk_assessed_level", "6")),
    ({"risk_assessed_level": False}, ("risk_assessed_level", "false")),
    ({"construction_grade": "V"}, ("construction_grade", "V", "special")),
    ({"construction_grade": 1}, ("construction_grade", "1")),
    ({"harm": "serious"}, ("harm", "serious", "rights")),
    ({"harm": {"order": "harm"}}, ("harm", "order", "social_order")),
    ({"harm": {"rights": "big"}}, ("harm.rights", "big", "extremely_serious")),
    ({"national_security_criteria": ["16.4"]}, ("national_security_criteria", "16.4")),
    ({"national_security_criteria": [16.3]}, ("national_security_criteria", "16.3")),
    ({"national_security_criteria": ["16.3.đ"]}, ("national_security_criteria", "16.3.đ", "16.3.dd")),
    ({"national_security_criteria": [16]}, ("national_security_criteria", "16")),
]


@pytest.mark.parametrize(("raw", "said"), REFUSED, ids=[str(raw) for raw, _ in REFUSED])
def test_refuses_naming_key_value_and_rule(raw: dict[object, object], said: tuple[str, ...]) -> None:
    with pytest.raises(FactsError) as caught:
        FactSet.from_mapping(raw)
    for part in said:
        assert part in str(caught.value)


def test_a_long_value_is_not_repeated_whole() -> None:
    with pytest.raises(FactsError) as caught:
        FactSet.from_mapping({"kinds": ["x" * 5000]})
    assert len(str(caught.value)) < 400


def test_fact_sets_are_values() -> None:
    facts = FactSet.from_mapping(ALL)
    turned = FactSet.from_mapping(dict(reversed(list(ALL.items()))))
    assert facts == turned
    assert hash(facts) == hash(turned)
    assert facts.as_dict() == turned.as_dict()
    assert list(facts.as_dict()) == list(turned.as_dict())


def test_replace_changes_parts_and_wholes() -> None:
    facts = FactSet.from_mapping({"harm": {"rights": "harm", "social_order": "none"}, "always_on": True})
    assert facts.replace({"harm.rights": "serious"}).get("harm") == {
        "rights": "serious",
        "social_order": "none",
    }
    assert facts.replace({"harm.rights": None}).get("harm") == {"social_order": "none"}
    assert facts.replace({"harm": {"rights": "none"}}).get("harm") == {"rights": "none"}
    assert "always_on" not in facts.replace({"always_on": None})
    assert facts.get("harm.rights") == "harm"
    with pytest.raises(FactsError, match="always_on"):
        facts.replace({"always_on": "yes"})


def test_an_unknown_fact_is_a_bug_to_ask_for() -> None:
    with pytest.raises(KeyError):
        FactSet().get("kindz")
