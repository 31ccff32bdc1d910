"""Rows of the plan as questions: any row id of the grammar, strict fields, one step back for many rows."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest

from levelkit.domain.plan import RequirementAnswer, row_of
from levelkit.questionnaire import Interview, normalise
from levelkit.questionnaire.types import AnswerError

from .filler import forms, interview, library

FULL = {
    "status": "partly",
    "how": "Đặt 14 ký tự.\nTrừ hai thiết bị cũ.",
    "unit": "Phòng Hạ tầng",
    "measures": ["BP-02", "BP-01"],
    "evidence": ["MC-07"],
    "todo": "Thay hai thiết bị",
    "due": "2027-03-31",
    "values": {"min_length": 12, "mfa": True, "parts": ["a", "b"], "own": "AES-256"},
    "value_reasons": {"min_length": "Thiết bị cũ"},
    "taken_from": "HT-01",
    "level": 3,
}


def stored(raw):
    return normalise(forms().question("req.TK-09"), raw)


def test_every_row_of_every_level_and_pack_is_a_question():
    for level in range(1, 6):
        for row in library().requirements(level).requirements:
            assert forms().question(f"req.{row.id}").type == "plan_row"
    everything = {"derived.level": 5, "derived.ruleset": "nd331-2026"}
    for group in library().packs(everything.get):
        for row in group.rows:
            assert row_of(f"req.{row.id}") == row.id


@pytest.mark.parametrize(
    "wrong", ["req.", "req.TK", "req.TK-9", "req.tk-09", "req.TK-09 ", "req.a/b", "req", "TK-09"]
)
def test_what_is_no_row_is_no_question(wrong):
    assert not forms().has_question(wrong)
    with pytest.raises(KeyError):
        forms().question(wrong)


def test_a_row_stands_in_the_section_of_the_plan_and_is_not_counted_among_its_questions():
    assert forms().where("req.postal.P3") == "phuong-an/req.postal.P3"
    before = interview().counts("phuong-an")
    talk = interview({"req.TK-09": FULL})
    assert talk.counts("phuong-an") == before
    assert talk.visible("req.TK-09")
    assert "req.TK-09" not in {question.id for question in forms().questions}


def test_an_answer_is_stored_whole_and_stays_as_it_is():
    once = stored(FULL)
    assert once == FULL
    assert stored(once) == once
    assert stored(RequirementAnswer.model_validate(FULL)) == once


def test_what_says_nothing_is_not_stored():
    empty = {
        "status": None,
        "how": " ",
        "unit": "",
        "measures": [],
        "due": "",
        "values": {"min_length": None, "own": " ", "parts": []},
        "value_reasons": {"min_length": ""},
        "level": 3,
        "taken_from": "HT-01",
    }
    assert stored(empty) is None
    assert stored({}) is None
    assert stored({**empty, "unit": "Phòng"}) == {"unit": "Phòng", "level": 3, "taken_from": "HT-01"}


def test_text_dates_and_lists_are_cleaned():
    given = {
        "how": unicodedata.normalize("NFD", " Mật khẩu \r\n đủ dài \u202e"),
        "unit": " Phòng   Hạ tầng ",
        "due": date(2027, 3, 31),
        "evidence": ("MC-01", "MC-02", "MC-01"),
    }
    assert stored(given) == {
        "how": "Mật khẩu\n đủ dài",
        "unit": "Phòng Hạ tầng",
        "due": "2027-03-31",
        "evidence": ["MC-01", "MC-02"],
    }
    assert stored({"due": "31/3/2027"}) == {"due": "2027-03-31"}


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("met", ["phải gồm các ô", "«met»"]),
        ({"state": "met"}, ["không có ô «state»"]),
        ({"status": "done"}, ["Tình trạng", "«done»", "Đáp ứng một phần"]),
        ({"status": ["met"]}, ["Tình trạng"]),
        ({"how": 5}, ["Cách thực hiện", "«5»"]),
        ({"due": "31/02/2027"}, ["«Hạn»", "ngày có thật", "«31/02/2027»"]),
        ({"measures": "BP-01"}, ["Biện pháp dùng chung", "danh sách"]),
        ({"evidence": ["MC-01", "tệp.pdf"]}, ["Minh chứng", "«tệp.pdf»"]),
        ({"values": [12]}, ["Giá trị", "từng tham số"]),
        ({"values": {"Độ dài": 12}}, ["Giá trị", "«Độ dài»"]),
        ({"values": {"min_length": 12.5}}, ["Giá trị", "số nguyên"]),
        ({"values": {"min_length": 10**13}}, ["Giá trị", "số nguyên"]),
        ({"values": {"min_length": 10**5000}}, ["Giá trị", "số quá dài"]),
        ({"values": {f"p{n}": n for n in range(61)}}, ["Giá trị"]),
        ({"value_reasons": {"min_length": 5}}, ["Lý do khác mức gợi ý", "đoạn chữ"]),
        ({"taken_from": "../../x"}, ["Lấy từ hệ thống"]),
        ({"level": 6}, ["từ 1 đến 5"]),
        ({"level": True}, ["từ 1 đến 5"]),
    ],
)
def test_refused_with_the_row_the_field_and_the_remedy(raw, words):
    with pytest.raises(AnswerError) as error:
        stored(raw)
    message = str(error.value)
    assert message.startswith("«Yêu cầu TK-09»")
    assert [word for word in words if word not in message] == []
    assert "hãy" in message.lower()
    assert not any(word in message for word in ("vui lòng", "không hợp lệ", "!"))


def test_many_answers_are_one_step_back():
    talk = interview({"req.TK-09": {"status": "met"}, "owner.name": "Sao Mai"})
    start = talk.answers
    change = talk.set_many(
        {"req.TK-09": {"status": "partly"}, "req.TK-10": {"status": "partly"}, "owner.name": "Sao Mai"},
        "Sửa: 2 yêu cầu",
    )
    assert change is not None
    assert [part.question_id for part in change.all] == ["req.TK-09", "req.TK-10"]
    assert talk.undo_text == "Sửa: 2 yêu cầu"
    done = talk.answers
    assert talk.undo() == change
    assert talk.answers == start
    assert not talk.can_undo
    talk.redo()
    assert talk.answers == done


def test_of_many_answers_all_are_taken_or_none():
    talk = interview()
    before = talk.answers
    with pytest.raises(AnswerError):
        talk.set_many({"req.TK-09": {"status": "met"}, "req.TK-10": {"status": "xong"}})
    assert talk.answers == before
    assert not talk.can_undo
    assert talk.set_many({"req.TK-09": {}}) is None


def test_a_row_does_not_bring_the_level_into_question():
    asked: list[int] = []
    talk = Interview(
        forms(), {"kinds": ["internal"]}, lambda _facts, answers: {"level": asked.append(len(answers))}
    )
    assert talk.derived
    state = talk.state
    talk.set("req.TK-09", {"status": "met"})
    assert talk.visible("mgmt.policy")
    assert len(asked) == 1
    assert (talk.state, talk.row_state) == (state, 1)
    talk.set("kinds", ["citizen_business"])
    assert talk.derived
    assert len(asked) == 2
    assert talk.state > state


def test_a_value_given_stays_out_of_reach_of_its_giver():
    given = {"status": "met", "evidence": ["MC-01"]}
    talk = interview()
    talk.set("req.TK-09", given)
    given["evidence"].append("MC-02")
    talk.answer("req.TK-09")["status"] = "partly"
    assert talk.view["req.TK-09"] == {"status": "met", "evidence": ["MC-01"]}
