"""The register's scores, and where its rows lead."""

from __future__ import annotations

from datetime import date

import pytest

from levelkit.domain.base import Model
from levelkit.domain.risk import (
    DEGREES,
    Register,
    RiskMethod,
    RiskRow,
    conclude,
    contradictions,
)

STEPS = [{"value": value, "name": str(value), "meaning": ""} for value in range(1, 6)]
METHOD = {
    "title": "T",
    "statement": "S",
    "cites": [],
    "likelihood": STEPS,
    "effect": STEPS,
    "bands": [
        {"id": "low", "lowest": 1, "name": "Thấp", "meaning": ""},
        {"id": "high", "lowest": 10, "name": "Cao", "meaning": ""},
    ],
    "acting_from": "high",
}


class Given(Model):
    level: int
    cite: str


# Luật 116 Đ8.1, as the decree's ruleset has it.
TABLE = {
    "rights": {"harm": 1, "serious": 2, "extremely_serious": 3},
    "public_interest": {"harm": 2, "serious": 3, "extremely_serious": 4},
    "social_order": {"harm": 3, "serious": 3, "extremely_serious": 4},
    "national_security": {"harm": 3, "serious": 4, "extremely_serious": 5},
}
HARM = {
    subject: {degree: Given(level=level, cite=f"{subject}.{degree}") for degree, level in rows.items()}
    for subject, rows in TABLE.items()
}


def row(subject=None, degree=None, **more):
    return {
        "threat": "T",
        "likelihood": 3,
        "effect": 4,
        "harm_subject": subject,
        "harm_degree": degree,
        **more,
    }


def conclusion(*rows):
    return conclude(Register.read(rows), HARM)


def test_a_row_of_the_older_form_is_read():
    (found,) = Register.read([{"threat": "Lộ dữ liệu", "likelihood": 4, "effect": 5, "measure": "Che"}]).rows
    assert (found.number, found.score, found.residual_score, found.judged) == (1, 20, None, False)


@pytest.mark.parametrize("odd", ["ba", 0, 6, 2.5, True, None])
def test_an_odd_score_is_open(odd):
    (found,) = Register.read([{"threat": "T", "likelihood": odd, "effect": 5}]).rows
    assert found.point is None


def test_dates_are_read_and_odd_ones_are_open():
    rows = Register.read([row(due="2026-12-20"), row(due="mai")]).rows
    assert [each.due for each in rows] == [date(2026, 12, 20), None]


def test_an_accepted_risk_stays_where_it_is_and_others_move():
    register = Register.read(
        [row(treatment="accept"), row(treatment="reduce"), row(residual_likelihood=1, residual_effect=4)]
    )
    assert register.cells() == {(3, 4): (1, 2, 3)}
    assert register.cells(residual=True) == {(3, 4): (1,), (1, 4): (3,)}
    assert register.unplaced(residual=True) == (2,)


def test_bands_cover_every_score_once():
    method = RiskMethod.model_validate(METHOD)
    assert [method.band(score).id for score in (1, 9, 10, 25)] == ["low", "low", "high", "high"]
    assert [method.span(band) for band in method.bands] == [(1, 9), (10, 25)]
    assert (method.must_act(9), method.must_act(10)) == (False, True)
    register = Register.read([row(), row(), {"threat": "T", "likelihood": 1, "effect": 1}, {"threat": "U"}])
    assert register.in_band(method) == {"low": 1, "high": 2}


@pytest.mark.parametrize(
    "wrong",
    [
        {"likelihood": STEPS[:4]},
        {"effect": [*STEPS[1:], STEPS[0]]},
        {"bands": METHOD["bands"][1:]},
        {"bands": METHOD["bands"][::-1]},
        {"acting_from": "none"},
    ],
)
def test_a_method_with_holes_is_refused(wrong):
    with pytest.raises(ValueError, match=r"thang|mức"):
        RiskMethod.model_validate({**METHOD, **wrong})


def test_the_worst_row_of_each_interest_counts_and_is_named():
    found = conclusion(
        row("rights", "harm"),
        row("rights", "serious"),
        row("public_interest", "harm"),
        row("rights", "serious"),
        row(),
    )
    assert [(each.subject, each.degree, each.rows, each.level) for each in found.subjects] == [
        ("rights", "serious", (2, 4), 2),
        ("public_interest", "harm", (3,), 2),
    ]
    assert found.level == 2
    assert [each.subject for each in found.deciding] == ["rights", "public_interest"]
    assert found.open_rows == (5,)


@pytest.mark.parametrize("subject", list(TABLE))
@pytest.mark.parametrize("degree", DEGREES)
def test_every_cell_of_the_harm_table_leads_to_its_level(subject, degree):
    found = conclusion(row(subject, degree))
    assert found.level == TABLE[subject].get(degree, 0)
    assert bool(found.deciding) == (degree != "none")


def test_without_a_judged_row_there_is_no_conclusion():
    assert conclusion() is None
    assert conclusion(row("rights", None), row(None, "harm"), row("rights", "chưa rõ")) is None


@pytest.mark.parametrize(("criteria", "suggested"), [(1, 2), (2, 2), (3, 0)])
def test_a_result_below_the_criteria_asks_for_no_level(criteria, suggested):
    assert conclusion(row("rights", "serious")).suggested_level(criteria) == suggested


def told(found, harm, level=None, criteria=1):
    return [
        (each.question, each.stored, each.found, each.rows)
        for each in contradictions(found, harm, level, criteria)
    ]


def test_an_answer_other_than_the_rows_is_a_contradiction():
    found = conclusion(row("rights", "serious"), row("public_interest", "harm"))
    assert told(found, {"rights": "harm", "public_interest": "harm", "social_order": "serious"}) == [
        ("harm.rights", "harm", "serious", (1,)),
        ("harm.social_order", "serious", None, ()),
    ]


def test_what_is_not_answered_and_what_agrees_is_none():
    found = conclusion(row("rights", "serious"))
    assert told(found, {}) == []
    assert told(found, {"rights": "serious", "national_security": "none"}, 2) == []


@pytest.mark.parametrize(
    ("stored", "criteria", "differs"),
    [(2, 1, False), (0, 1, True), (1, 1, True), (3, 1, True), (0, 2, False), (0, 3, False), (2, 3, False)],
)
def test_the_stored_level_against_the_register(stored, criteria, differs):
    found = conclusion(row("rights", "serious"))
    assert bool(told(found, {}, stored, criteria)) is differs


def test_an_empty_row_is_a_row_without_a_place():
    register = Register(rows=(RiskRow(number=1),))
    assert register.cells() == {}
    assert register.unplaced() == (1,)
