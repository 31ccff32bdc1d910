"""The same systems under both decrees: what differs, why, and by when."""

from __future__ import annotations

import json

import pytest

from levelkit.errors import UserError
from levelkit.services.impact import impact
from levelkit.services.workspace import Workspace


@pytest.fixture
def opened(tmp_path):
    with Workspace.create(tmp_path / "w.levelkit") as workspace:
        yield workspace


def add(workspace, code, **answers):
    workspace.add_system(f"Hệ thống {code}", code)
    workspace.session(code).set_many({key.replace("__", "."): value for key, value in answers.items()})


def both(workspace):
    return {one.code: one for one in impact(workspace, "nd85-2016", "nd331-2026")}


def test_a_system_whose_level_changes_says_by_which_criteria(opened):
    add(
        opened,
        "A",
        kinds=["citizen_business"],
        information=["personal"],
        basic_data_subjects=20_000,
        sensitive_data_subjects=0,
        conditional_business_lines=[],
        settles_administrative_procedures=False,
        online_public_service_grade="0",
        national_security_criteria=["none"],
        remote=["none"],
        risk_assessed_level=0,
    )
    found = both(opened)["A"]
    assert (found.before.level, found.after.level) == (3, 2)
    assert not found.same
    refs = [reason.ref for reason in found.reasons]
    assert "nd85-2016:9.2.c" in refs
    assert "nd331-2026:12.2.b" in refs
    assert all(reason.cite and reason.text_vi for reason in found.reasons)


def test_the_transition_is_told_by_what_was_decided_before(opened):
    add(opened, "A", in_operation_since="2019-05-01", previous__level=2, previous__decision_date="2023-11-02")
    add(opened, "B", in_operation_since="2019-05-01")
    add(opened, "C", investment_started="2025-10-01")
    due = {code: [item.ref for item in one.due] for code, one in both(opened).items()}
    assert due == {
        "A": ["116:45.1"],
        "B": ["nd331-2026:20.1.a"],
        "C": ["nd331-2026:39.1", "nd331-2026:39.1"],
    }


def test_rulesets_that_are_none_or_the_same(opened):
    for pair in (("nd85-2016", "nd1"), ("nd85-2016", "nd85-2016")):
        with pytest.raises(UserError):
            impact(opened, *pair)


def test_the_contracts_keys(opened):
    add(opened, "A", kinds=["internal"])
    said = impact(opened, "nd85-2016", "nd331-2026")[0].contract()
    assert list(json.loads(json.dumps(said))) == ["code", "name", "from", "to", "same", "reasons"]
    assert list(said["to"]) == ["level", "at_least", "at_most", "deciding"]
