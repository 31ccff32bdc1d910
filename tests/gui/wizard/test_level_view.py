"""What the panel says in each of its states, from the real law and the real forms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from levelkit.gui.wizard.level_view import fact_words, view_level

if TYPE_CHECKING:
    from levelkit.gui.wizard.level_view import LevelView
    from levelkit.services import SystemSession, Workspace

NOTHING_REMOTE: dict[str, Any] = {"remote": ["none"], "national_security_criteria": ["none"]}
HARMLESS = dict.fromkeys(
    ("harm.rights", "harm.public_interest", "harm.social_order", "harm.national_security"), "none"
)
POSTAL: dict[str, Any] = {
    "information": ["private", "personal"],
    "kinds": ["citizen_business"],
    "conditional_business_lines": [97],
    "settles_administrative_procedures": False,
    "basic_data_subjects": 45_000,
    "sensitive_data_subjects": 0,
    **NOTHING_REMOTE,
    **HARMLESS,
}


@pytest.fixture
def session(workspace: Workspace) -> SystemSession:
    return workspace.session(workspace.add_system("Tra cứu hành trình"))


def view(session: SystemSession, answers: dict[str, Any]) -> LevelView:
    session.set_many(answers)
    return view_level(session.classification, session.interview, session.library)


def test_decided_says_level_reason_and_law(session):
    shown = view(session, {**POSTAL, "risk_assessed_level": 3})
    assert shown.state == "decided"
    assert (shown.headline, shown.subline) == ("Cấp độ 3", "Đã xác định theo NĐ 331/2026")
    assert [line.ref for line in shown.deciding] == ["nd331-2026:13.2.a"]
    assert shown.deciding[0].cite == "Điểm a khoản 2 Điều 13"
    assert "97. Kinh doanh dịch vụ bưu chính" in shown.deciding[0].detail
    assert "nd331-2026:12.2.b" in [line.ref for line in shown.others]
    assert shown.settling == ()
    assert (shown.reached, shown.possible) == (3, 3)
    assert shown.can_raise == (4, 5)
    assert shown.near


def test_only_the_risk_result_missing(session):
    shown = view(session, POSTAL)
    assert shown.state == "risk"
    assert (shown.headline, shown.subline) == ("Cấp 3 theo tiêu chí", "Chờ kết quả đánh giá rủi ro")
    assert [question.question_id for question in shown.settling] == ["risk_assessed_level"]
    assert shown.settling_head == "Câu này sẽ chốt cấp độ"
    assert (shown.reached, shown.possible) == (3, 5)
    assert [line.ref for line in shown.deciding] == ["nd331-2026:13.2.a"]


def test_open_names_bounds_and_the_questions_that_settle(session):
    answers = {key: value for key, value in POSTAL.items() if key != "conditional_business_lines"}
    del answers["settles_administrative_procedures"]
    shown = view(session, {**answers, "risk_assessed_level": 2})
    assert shown.state == "open"
    assert shown.headline == "Ít nhất cấp 2, có thể cấp 3"
    assert {question.question_id for question in shown.settling} == {
        "conditional_business_lines",
        "settles_administrative_procedures",
    }
    assert {question.effect for question in shown.settling} == {"Có thể lên cấp 3"}
    assert shown.settling_head == "Hai câu này sẽ chốt cấp độ"
    assert shown.if_all_no == "Cả hai là «Không»: cấp 2."
    assert shown.short == "Cấp 2–3"


def test_nothing_answered_reaches_no_step(session):
    shown = view(session, {})
    assert shown.headline == "Chưa chốt cấp độ"
    assert (shown.reached, shown.possible) == (0, 5)
    assert shown.settling
    assert shown.short == "Chưa chốt"


def test_only_questions_that_hold_the_level_open_are_listed(session):
    shown = view(session, {})
    waiting = session.classification.open_needs | {"risk_assessed_level"}
    forms = session.interview.forms
    for question in shown.settling:
        assert waiting & {fact for fact in waiting if question.question_id in forms.providers.get(fact, ())}


def test_grey_point_comes_with_the_reading_taken(session):
    shown = view(session, {**POSTAL, "risk_assessed_level": 3})
    assert any(line.detail for line in shown.grey)


def test_a_settled_question_leaves_the_list(session):
    before = view(session, {key: value for key, value in POSTAL.items() if key != "basic_data_subjects"})
    after = view(session, {"risk_assessed_level": 3})
    assert "risk_assessed_level" in [question.question_id for question in before.settling]
    assert "risk_assessed_level" not in [question.question_id for question in after.settling]


def test_facts_are_said_in_words():
    assert fact_words("basic_data_subjects", 2_450_000).endswith(": 2.450.000 người")
    assert fact_words("kinds", ["internal", "other"]).endswith(
        "phục vụ hoạt động nội bộ và hệ thống thông tin khác"
    )
    assert fact_words("always_on", value=False) == ""
    assert fact_words("harm.rights", "serious").endswith(": tổn hại nghiêm trọng")
