"""The condition grammar: three values, strict reading, and the names that decided."""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import Any

import pytest

from levelkit.domain.base import Model
from levelkit.domain.condition import (
    Condition,
    ConditionError,
    holds,
    parameters_of,
    parse_condition,
    reads,
    support,
)


def evaluate(raw: Any, values: dict[str, Any], parameters: dict[str, Any] | None = None) -> bool | None:
    return holds(parse_condition(raw), values.get, parameters or {})


def is_true(name: str) -> dict[str, Any]:
    return {"is": {"of": name, "value": True}}


@pytest.mark.parametrize(("a", "b"), list(product((True, False, None), repeat=2)))
def test_kleene(a: bool | None, b: bool | None) -> None:
    values = {"a": a, "b": b}
    wanted_all = False if False in (a, b) else None if None in (a, b) else True
    wanted_any = True if True in (a, b) else None if None in (a, b) else False
    assert evaluate({"all": [is_true("a"), is_true("b")]}, values) is wanted_all
    assert evaluate({"any": [is_true("a"), is_true("b")]}, values) is wanted_any
    assert evaluate({"not": is_true("a")}, values) is (None if a is None else not a)


TESTS = [
    ({"is": {"of": "x", "value": "II"}}, "II", True),
    ({"is": {"of": "x", "value": 1}}, True, False),
    ({"is": {"of": "x", "value": True}}, 1, False),
    ({"in": {"of": "x", "values": ["I", "II"]}}, "III", False),
    ({"in": {"of": "x", "values": ["I", "II"]}}, "II", True),
    ({"contains": {"of": "x", "value": 97}}, [61, 97], True),
    ({"contains": {"of": "x", "value": 97}}, [], False),
    ({"contains_any": {"of": "x", "values": ["a", "b"]}}, ["c", "b"], True),
    ({"contains_any": {"of": "x", "values": ["a", "b"]}}, ["c"], False),
    ({"only": {"of": "x", "values": ["a", "b"]}}, ["b", "b"], True),
    ({"only": {"of": "x", "values": ["a", "b"]}}, ["b", "c"], False),
    ({"only": {"of": "x", "values": ["a"]}}, [], False),
    ({"empty": {"of": "x"}}, [], True),
    ({"empty": {"of": "x"}}, [1], False),
    ({"at_least": {"of": "x", "value": 10}}, 10, True),
    ({"at_least": {"of": "x", "value": 10}}, 9, False),
    ({"below": {"of": "x", "value": 10}}, 10, False),
    ({"below": {"of": "x", "value": date(2026, 7, 1)}}, date(2026, 6, 30), True),
    ({"at_least": {"of": "x", "parameter": "limit"}}, 5, True),
]


@pytest.mark.parametrize(("raw", "value", "wanted"), TESTS)
def test_tests(raw: Any, value: Any, wanted: bool) -> None:
    assert evaluate(raw, {"x": value}, {"limit": 5}) is wanted
    assert evaluate(raw, {}, {"limit": 5}) is None


def test_known_is_never_open() -> None:
    assert evaluate({"known": {"of": "x"}}, {}) is False
    assert evaluate({"known": {"of": "x"}}, {"x": []}) is True


BROKEN = [
    {},
    [],
    "x",
    {"is": {"of": "x", "value": 1}, "not": {"empty": {"of": "x"}}},
    {"equals": {"of": "x", "value": 1}},
    {"is": {"of": "x"}},
    {"is": {"of": "", "value": 1}},
    {"is": {"of": "x", "value": 1, "strict": True}},
    {"all": []},
    {"in": {"of": "x", "values": []}},
    {"below": {"of": "x"}},
    {"below": {"of": "x", "value": 1, "parameter": "p"}},
    {"all": [{"is": {"of": "x", "value": None}}]},
]


@pytest.mark.parametrize("raw", BROKEN, ids=str)
def test_refuses_what_is_not_of_the_grammar(raw: Any) -> None:
    with pytest.raises(ConditionError, match="contains_any"):
        parse_condition(raw)


def test_reads_and_parameters() -> None:
    condition = parse_condition(
        {
            "all": [
                {"not": {"any": [is_true("a"), {"empty": {"of": "b"}}]}},
                {"below": {"of": "c", "parameter": "limit"}},
            ]
        }
    )
    assert reads(condition) == {"a", "b", "c"}
    assert parameters_of(condition) == {"limit"}


def test_support_names_what_decided() -> None:
    condition = parse_condition({"all": [is_true("a"), {"any": [is_true("b"), is_true("c")]}]})
    assert support(condition, {"a": True, "b": False, "c": True}.get) == ("a", "c")
    assert support(condition, {"a": False, "b": True}.get) == ("a",)
    assert support(condition, {"a": True, "b": False, "c": False}.get) == ("b", "c")
    assert support(condition, {"b": False}.get) == ("a", "c")


def test_conditions_stand_in_models_of_other_modules() -> None:
    class Row(Model):
        when: Condition

    row = Row.model_validate({"when": {"not": is_true("a")}})
    assert holds(row.when, {"a": False}.get) is True
    assert Row.model_validate({"when": row.when}) == row
