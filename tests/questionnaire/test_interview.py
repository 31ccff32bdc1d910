"""The interview itself: history, the way back, counts, copies."""

from __future__ import annotations

import pytest

from levelkit.questionnaire import Interview
from levelkit.questionnaire.types import AnswerError

from .filler import forms


@pytest.fixture
def talk() -> Interview:
    return Interview(forms())


def test_back_is_the_order_of_visits(talk):
    for section in ("thong-tin", "don-vi", "kien-truc", "kien-truc", "don-vi"):
        talk.visit(section)
    assert [talk.current, talk.back(), talk.back(), talk.back()] == [
        "don-vi",
        "kien-truc",
        "don-vi",
        "thong-tin",
    ]
    assert not talk.can_back
    assert talk.back() == "thong-tin"


def test_visiting_an_unknown_section_changes_nothing(talk):
    talk.visit("don-vi")
    with pytest.raises(KeyError):
        talk.visit("nowhere")
    assert talk.current == "don-vi"


def test_an_unchanged_answer_is_no_step(talk):
    assert talk.set("owner.name", "Sao  Mai ") is not None
    assert talk.set("owner.name", "Sao Mai") is None
    talk.undo()
    assert not talk.can_undo
    assert talk.redo_text == "Sửa: Tên chủ quản"


def test_a_new_answer_cuts_off_redo(talk):
    talk.set("owner.name", "A")
    talk.undo()
    talk.set("owner.name", "B")
    assert not talk.can_redo
    assert talk.redo() is None


def test_a_refused_value_leaves_everything_as_it_was(talk):
    talk.set("count.date", "2026-01-05")
    with pytest.raises(AnswerError, match="Ngày đếm"):
        talk.set("count.date", "31/02/2026")
    assert talk.answer("count.date") == "2026-01-05"
    assert talk.undo_text == "Sửa: Ngày đếm"


def test_answers_are_copies(talk):
    rows = [{"name": "DMZ", "private_ip": "10.0.0.0/24"}]
    talk.set("zones", rows)
    rows[0]["name"] = "khác"
    talk.answers["zones"][0]["name"] = "khác"
    talk.answer("zones")[0]["name"] = "khác"
    assert talk.answer("zones")[0]["name"] == "DMZ"


def test_zero_and_false_are_answers_and_not_one_another(talk):
    talk.set("risk_assessed_level", 0)
    talk.set("delegate.used", False)
    assert talk.answers == {"risk_assessed_level": 0, "delegate.used": False}


def test_empty_is_unanswered_except_looked_up_and_none(talk):
    for question, value in (("owner.name", "  "), ("devices", []), ("kinds", []), ("data_kinds", [])):
        talk.set(question, value)
    talk.set("conditional_business_lines", [])
    assert talk.answers == {"conditional_business_lines": []}


def test_counts_follow_what_is_asked(talk):
    before = talk.counts("don-vi")
    assert before.filled == 0
    talk.set("delegate.used", True)
    after = talk.counts("don-vi")
    assert (after.filled, after.total) == (1, before.total + 4)
    talk.set("owner.parent_name", "Không có yêu cầu thì không tính")
    assert talk.counts("don-vi") == after


def test_a_running_system_is_not_taken_for_a_project_while_its_dates_are_typed(talk):
    """Đ39.1 speaks of systems being built; the day it went into use is asked first."""
    talk.set("system.stage", "in_operation")
    assert not talk.visible("investment_started")
    talk.set("in_operation_since", "2026-08-01")
    assert talk.visible("investment_started")


def test_a_conditional_requirement_counts_only_while_it_holds(talk):
    assert not talk.required("investment_started")
    talk.set("system.stage", "new_build")
    assert talk.required("investment_started")
    assert talk.visible("investment_started")


def test_a_chain_of_conditions_closes_with_its_first_link(talk):
    talk.set("security.also_operates", True)
    talk.set("security.independence", "council")
    assert talk.visible("security.appraiser_name")
    talk.set("security.also_operates", False)
    assert not talk.visible("security.independence")
    assert not talk.visible("security.appraiser_name")


def test_loading_forgets_history(talk):
    talk.set("owner.name", "A")
    talk.load({"owner.name": "B"})
    assert not talk.can_undo
    assert talk.answers == {"owner.name": "B"}


def test_what_other_forms_stored_is_set_aside_and_does_not_stop_the_rest(talk):
    former = {"question.gone": 1, "system.stage": "retired", "kinds": ["internal"]}
    talk.load(former)
    assert talk.answers == {"kinds": ["internal"]}
    assert talk.set_aside == {"question.gone": 1, "system.stage": "retired"}
    with pytest.raises(KeyError):
        talk.set("question.gone", 1)


def test_derived_values_are_asked_for_once_per_state():
    calls = []

    def derive(facts, answers):
        calls.append(facts)
        return {"documents": ["mau-05"], "derived.level": 3}

    talk = Interview(forms(), {}, derive)
    assert talk.visible("appraisal.number")
    assert talk.visible("doc.mau-05.place")
    assert not talk.visible("doc.mau-01.place")
    assert talk.derived["derived.level"] == 3
    assert len(calls) == 1
    talk.set("owner.name", "A")
    assert talk.visible("doc.mau-05.place")
    assert len(calls) == 2


def test_groups_without_a_question_are_left_out(talk):
    ids = [group.id for group, _ in talk.visible_groups("loai-hinh")]
    assert ids == ["loai-hinh", "truong-hop-it-gap", "an-ninh-quoc-gia"]
    assert talk.visible_groups("kiem-tra") == ()
