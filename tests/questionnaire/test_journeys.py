"""Whole journeys without a window: from nothing to a level, with what is asked on the way."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from .filler import FILE, JOURNEYS, LEVEL_3, ORDINARY, anything, fill, forms, interview


@pytest.mark.parametrize("level", sorted(JOURNEYS))
def test_answering_what_is_asked_leads_to_the_level(level):
    talk = fill(interview(), JOURNEYS[level])
    assert talk.derived["derived.level"] == level
    for section in talk.forms.sections:
        counts = talk.counts(section.id)
        gaps = [
            question.id
            for question in talk.visible_questions(section.id)
            if talk.required(question.id) and question.id not in talk.answers
        ]
        assert counts.filled == counts.total - len(gaps)
        assert all(gap.startswith("doc.") for gap in gaps)


@pytest.mark.parametrize(
    ("level", "asked", "not_asked"),
    [
        (1, {"doc.mau-01.place", "doc.quyet-dinh-cap-do-1-2.place", "plan.shared"}, {"doc.mau-02.place"}),
        (1, {"remote", "national_security_criteria", "risk_assessed_level", "harm.rights"}, {"data_kinds"}),
        (2, {"data_kinds", "duties.personal_data"}, {"services.online", "appraisal.number"}),
        # A system inside the enterprise is asked for its information, one online for its business line.
        (2, {"plan.sector_information"}, {"conditional_business_lines"}),
        (3, {"conditional_business_lines", "duties.postal"}, {"plan.sector_information"}),
        (
            3,
            {"doc.mau-02.place", "doc.mau-05.place", "doc.mau-06.place", "appraisal.number"},
            {"opinion.number"},
        ),
        (3, {"hosted.systems", "hosted.zones", "hosted.storage", "duties.postal"}, {"hosted.devices"}),
        (4, {"doc.mau-03.place", "opinion.number", "detail.attacks", "plan.segregation"}, {"plan.shared"}),
        (4, {"detail.always_on"}, {"doc.mau-07.place", "hosted.systems"}),
    ],
)
def test_each_level_is_asked_for_its_own_documents(level, asked, not_asked):
    talk = fill(interview(), JOURNEYS[level])
    assert {key for key in asked if not talk.visible(key)} == set()
    assert {key for key in not_asked if talk.visible(key)} == set()


def test_a_fact_that_changes_nothing_any_more_is_not_asked_but_an_answer_stays_in_sight():
    talk = fill(interview(), LEVEL_3)
    assert not talk.visible("settles_administrative_procedures")
    talk = interview(
        {"kinds": ["citizen_business"], "information": ["public"], "conditional_business_lines": []}
    )
    assert talk.visible("settles_administrative_procedures")
    talk.set("settles_administrative_procedures", False)
    talk.set("conditional_business_lines", [97])
    assert talk.visible("settles_administrative_procedures")


def test_facts_never_asked_about_a_kind_that_is_not_chosen():
    talk = interview({"kinds": ["internal"]})
    for question in ("infrastructure_reach", "construction_grade", "conditional_business_lines"):
        assert not talk.visible(question)


def test_what_is_always_asked_is_asked_from_the_first_minute():
    talk = interview()
    always = {"kinds", "information", "remote", "national_security_criteria", "risk_assessed_level"}
    always |= {"harm.rights", "harm.public_interest", "harm.social_order", "harm.national_security"}
    assert {key for key in always if not talk.visible(key)} == set()


def test_one_screen_of_remote_statements_answers_four_facts():
    talk = interview({"remote": ["none"]})
    facts = talk.facts()
    assert facts.get("serves_defence_or_security") is False
    assert facts.get("national_e_government") is False
    assert facts.get("nationally_critical_data_store") is False
    assert facts.get("prime_minister_level") == 0

    talk.set("remote", ["prime_minister"])
    assert talk.facts().get("prime_minister_level") is None
    assert talk.facts().get("national_e_government") is False
    talk.set("prime_minister_level", 4)
    assert talk.facts().get("prime_minister_level") == 4
    talk.set("remote", ["defence"])
    assert talk.facts().get("serves_defence_or_security") is True
    assert talk.facts().get("prime_minister_level") == 0


def test_national_security_review_without_a_match_is_an_empty_list():
    talk = interview({"national_security_criteria": ["none"]})
    assert talk.facts().get("national_security_criteria") == ()
    talk.set("national_security_criteria", ["16.3.dd"])
    assert talk.facts().get("national_security_criteria") == ("16.3.dd",)
    talk.set("national_security_criteria", None)
    assert talk.facts().get("national_security_criteria") is None


def test_a_hidden_answer_is_no_fact():
    talk = interview({"kinds": ["citizen_business"], "conditional_business_lines": [97]})
    assert talk.facts().get("conditional_business_lines") == (97,)
    talk.set("kinds", ["internal"])
    assert talk.facts().get("conditional_business_lines") is None
    assert talk.answers["conditional_business_lines"] == [97]


@pytest.mark.parametrize(
    ("answers", "banner"),
    [
        ({"information": ["state_secret"]}, "bi-mat-nha-nuoc"),
        ({"remote": ["defence"]}, "bi-mat-nha-nuoc"),
        ({"national_security_criteria": ["16.2"]}, "bi-mat-nha-nuoc"),
        ({"security.also_operates": True}, "chuyen-trach-dong-thoi-van-hanh"),
        ({"system.stage": "in_operation", "redetermination": False}, "chua-tung-phe-duyet"),
        ({"previous.ruleset": "nd85-2016", "redetermination": False}, "giu-cap-do-cu"),
        (
            {"as_of": "2026-11-23", "system.stage": "new_build", "investment_started": "2026-01-10"},
            "chuyen-tiep",
        ),
    ],
)
def test_standing_notes(answers, banner):
    assert [note.id for note in interview(answers).banners()] == [banner]


def test_a_note_stands_over_the_sections_that_it_is_about():
    talk = interview({"information": ["state_secret"], "security.also_operates": True})
    over = {section.id: [note.id for note in talk.banners(section.id)] for section in forms().sections}
    assert all("bi-mat-nha-nuoc" in notes for notes in over.values())
    assert "chuyen-trach-dong-thoi-van-hanh" in over["don-vi"]
    assert "chuyen-trach-dong-thoi-van-hanh" not in over["kien-truc"]


def test_an_ordinary_system_carries_no_note_about_secrets_or_transition():
    talk = fill(interview(), LEVEL_3)
    assert [note.id for note in talk.banners()] == ["chua-tung-phe-duyet"]
    assert not talk.visible("file.secrecy")
    talk.set("information", ["state_secret"])
    assert talk.visible("file.secrecy")


def test_under_the_former_decree_no_document_is_asked_for():
    talk = interview({**ORDINARY, **LEVEL_3, "investment_started": "2026-01-10", "in_operation_since": None})
    assert talk.derived["derived.ruleset"] == "nd85-2016"
    assert talk.visible_questions("van-ban")[0].id == "doc.internal_mark"
    assert not any(question.document for question in talk.visible_questions("van-ban"))
    assert talk.visible("online_public_service_grade")


POOL = [question for question in forms().questions if question.type not in {"table", "attachment"}][:150]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(POOL) - 1), st.booleans()), max_size=12), st.integers(0, 12))
def test_undo_walks_back_through_every_state_and_redo_forward_again(steps, back):
    talk = interview({"delegate.used": True})
    states = [talk.answers]
    for number, given_answer in steps:
        question = POOL[number]
        value = anything(question) if given_answer else None
        change = talk.set(question.id, value)
        if change is not None:
            assert change.text == f"Sửa: {question.name}" == talk.undo_text
            states.append(talk.answers)
    last = len(states) - 1
    back = min(back, last)
    for number in range(back):
        assert talk.undo() is not None
        assert talk.answers == states[last - number - 1]
    for number in range(back):
        assert talk.redo() is not None
        assert talk.answers == states[last - back + number + 1]
    assert not talk.can_redo
    while talk.undo():
        pass
    assert talk.answers == states[0]


def test_attached_file_survives_undo_and_redo():
    talk = interview()
    talk.set("design.file", FILE)
    talk.undo()
    assert talk.answer("design.file") is None
    talk.redo()
    assert talk.answer("design.file") == FILE
