"""What the rows of the risk register lack, and where it and the answers differ."""

from __future__ import annotations

import pytest

from .builder import complete, findings

ROW = {
    "threat": "Lộ dữ liệu",
    "weakness": "Quyền xem rộng",
    "likelihood": 4,
    "effect": 4,
    "harm_subject": "rights",
    "harm_degree": "none",
    "capability": "Nhật ký",
    "treatment": "reduce",
    "measure": "Quyền theo vai",
    "residual_likelihood": 2,
    "residual_effect": 4,
    "owner": "Phòng An ninh mạng",
    "due": "2026-12-20",
}
LOW = {**ROW, "likelihood": 1, "effect": 2, "residual_likelihood": 1, "residual_effect": 1}
LOWER = {"likelihood": 1, "effect": 1}
# check: what the row is like, severity at level 3, severity at level 4
LACKING = {
    "risk-weakness": ({"weakness": None}, "warning", "error"),
    "risk-harm": ({"harm_degree": None}, "warning", "error"),
    "risk-capability": ({"capability": None}, "hint", "warning"),
    "risk-treatment": ({"measure": None}, "warning", "error"),
    "risk-residual": ({"residual_effect": None}, "hint", "warning"),
    "risk-owner": ({"due": None}, "hint", "warning"),
}
DIFFERING = {
    *("risk-residual-higher", "risk-harm-differs", "risk-harm-without-row"),
    *("risk-level-differs", "risk-level-without-row"),
}
RISK_CHECKS = {*LACKING, *(f"{check}-detailed" for check in LACKING), *DIFFERING}
PLACES = {"rui-ro/risk.threats", "rui-ro/risk_assessed_level"}


def found(level, *rows, **answers):
    given = complete(level, risk__threats=list(rows), **answers)
    return [
        (finding.severity, finding.title, finding.message)
        for finding in findings(given)
        if finding.where in PLACES or finding.where.startswith("rui-ro/harm.")
    ]


@pytest.mark.parametrize("level", [1, 2, 3, 4])
def test_a_whole_row_lacks_nothing(level):
    assert found(level, ROW, LOW) == []


@pytest.mark.parametrize("check", LACKING)
@pytest.mark.parametrize("level", [3, 4])
def test_what_a_row_lacks_is_one_finding_with_the_rows(check, level):
    change, basic, detailed = LACKING[check]
    (one,) = found(level, ROW, {**ROW, **change}, {**ROW, **change})
    assert one[0] == (detailed if level == 4 else basic)
    assert "nguy cơ 2 và 3" in one[2]


@pytest.mark.parametrize("check", ["risk-treatment", "risk-residual", "risk-owner"])
def test_below_level_four_deeds_are_asked_for_where_the_risk_is_high(check):
    change = LACKING[check][0]
    assert found(3, {**LOW, **change}) == []
    assert len(found(4, {**LOW, **change})) == 1


def test_an_accepted_risk_needs_its_reason_but_no_owner_and_no_new_score():
    accepted = {**ROW, "treatment": "accept", "residual_likelihood": None, "owner": None, "due": None}
    assert found(4, accepted) == []
    assert [one[0] for one in found(4, {**accepted, "measure": None})] == ["error"]


def test_a_listed_system_is_asked_like_level_four():
    (one,) = found(3, {**ROW, "weakness": None}, national_security_criteria=["16.2"])
    assert one[0] == "error"


def test_a_risk_that_grows_under_treatment_is_told():
    (one,) = found(3, {**ROW, "residual_likelihood": 5, "residual_effect": 5})
    assert one[:2] == ("warning", "Rủi ro sau xử lý cao hơn trước xử lý")


def test_a_harm_other_than_that_of_the_rows_is_told_with_both():
    (one,) = found(3, {**ROW, "harm_degree": "serious"}, harm__rights="harm")
    assert one[1] == "«Tổn hại quyền và lợi ích hợp pháp» khác với sổ rủi ro"
    assert one[2].startswith("Câu này ghi «tổn hại»; nguy cơ 1 dẫn tới «tổn hại nghiêm trọng».")


def test_a_harm_that_no_row_leads_to_is_told():
    (one,) = found(3, ROW, harm__public_interest="harm")
    assert one[1] == "«Tổn hại lợi ích công cộng» chưa có nguy cơ nào dẫn tới"


def test_a_risk_result_below_what_the_rows_lead_to_is_told():
    rows = [ROW, {**ROW, "harm_subject": "national_security", "harm_degree": "serious"}]
    (one,) = found(3, *rows, harm__national_security="serious", risk_assessed_level=3)
    assert one[:2] == ("warning", "Kết luận đánh giá rủi ro khác với sổ rủi ro")
    assert "«cấp 3»; nguy cơ 2 dẫn tới cấp 4" in one[2]
    assert found(3, *rows, harm__national_security="serious", risk_assessed_level=4) != [one]


def test_a_risk_result_that_no_row_leads_to_is_told():
    told = [each[1] for each in found(2, ROW, risk_assessed_level=3)]
    assert "Chưa có nguy cơ nào dẫn tới kết luận đánh giá rủi ro" in told


def test_a_register_of_the_older_form_brings_no_error_below_level_four():
    old = {"threat": "Lộ dữ liệu", "weakness": "Quyền rộng", "likelihood": 4, "effect": 4, "measure": "Che"}
    told = found(3, old, harm__rights="serious")
    assert {one[0] for one in told} == {"warning", "hint"}
    assert not any("khác với sổ" in one[1] for one in told)
