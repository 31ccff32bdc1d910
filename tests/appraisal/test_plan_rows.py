"""The rows of the plan: what is missing is told once per group and kind, at the row to go to."""

from __future__ import annotations

from datetime import date

import pytest
from questionnaire.filler import forms, interview, library

from levelkit.domain.plan import Evidence, RequirementAnswer, SecurityPlan, SharedMeasure

from .builder import MET, complete, findings, met

LEVEL = 3
"""Rows used below: the password's length (suggested), accounts not used (binding), both of the group TK."""
SUGGESTED, BINDING = "TK-09", "TK-17"


def plan(level: int = LEVEL, **answers: RequirementAnswer | None) -> SecurityPlan:
    whole = met(level, interview(complete(level)))
    rows = {row.id: row for row in whole.rows}
    changed = {name.replace("_", "-"): answer for name, answer in answers.items()}
    assert set(changed) <= set(rows)
    kept = {**whole.answers, **changed}
    return whole.model_copy(update={"answers": {name: one for name, one in kept.items() if one is not None}})


def of_rows(given: SecurityPlan, **changes: object):
    return [
        found
        for found in findings(complete(given.level, **changes), plan=given)
        if found.where.startswith("phuong-an/req.")
    ]


def value(row_id: str):
    (asked,) = next(row for row in plan().rows if row.id == row_id).values[:1]
    return asked


def answered(row_id: str, given: object, **fields: object) -> RequirementAnswer:
    return MET.model_copy(update={"values": {value(row_id).name: given}, **fields})


ROW_CHECKS = {
    "row-open": ("error", {"TK_09": None}, "22.6"),
    "row-reason": ("error", {"TK_09": RequirementAnswer(status="not_applicable")}, "22.6"),
    "row-how": ("error", {"TK_09": RequirementAnswer(status="met", evidence=("MC-01",))}, "22.6"),
    "row-todo": ("error", {"TK_09": RequirementAnswer(status="partly", how="Một phần", todo="Mua")}, "36.10"),
    "row-taken-over": ("error", {"TK_09": MET.model_copy(update={"taken_from": "HT-01"})}, "22.6"),
    "row-value": ("error", "binding", None),
    "row-value-reason": ("warning", "suggested", None),
    "row-stricter": ("warning", "stricter", "22.6"),
    "row-expired": ("warning", "expired", "22.6"),
    "row-unknown": ("warning", {"TK_09": MET.model_copy(update={"measures": ("BP-99",)})}, "22.6"),
    "row-evidence": ("hint", {"TK_09": RequirementAnswer(status="met", how="Theo Quy chế.")}, "22.6"),
}


def case_of(check_id: str) -> SecurityPlan:
    given = ROW_CHECKS[check_id][1]
    if given == "binding":
        return plan(**{BINDING.replace("-", "_"): answered(BINDING, value(BINDING).value + 1)})
    if given == "suggested":
        return plan(**{SUGGESTED.replace("-", "_"): answered(SUGGESTED, value(SUGGESTED).value - 1)})
    if given == "stricter":
        row = library().carry_over(2, LEVEL).stricter[0].new.id
        return plan(**{row.replace("-", "_"): MET.model_copy(update={"level": 2})})
    if given == "expired":
        old = Evidence(id="MC-02", title="Giấy phép", expires=date(2026, 12, 9))
        whole = plan(TK_09=MET.model_copy(update={"evidence": ("MC-01", "MC-02")}))
        return whole.model_copy(update={"evidence": {**whole.evidence, "MC-02": old}})
    return plan(**given)


@pytest.mark.parametrize("check_id", list(ROW_CHECKS))
def test_row_check(check_id):
    severity, _, clause = ROW_CHECKS[check_id]
    (found,) = of_rows(case_of(check_id))
    assert found.severity == severity
    assert found.rule == (f"nd331-2026:{clause}" if clause else found.rule)
    assert library().has_citation(found.rule)
    assert forms().has_question(found.where.partition("/")[2])
    assert "{" not in found.title + found.message


def test_a_plan_without_a_gap_has_no_finding():
    assert of_rows(plan()) == []


def test_open_rows_are_one_error_per_group_at_the_first_of_them():
    whole = plan()
    nothing = whole.model_copy(update={"answers": {}})
    found = of_rows(nothing)
    assert [one.where for one in found] == [f"phuong-an/req.{group.rows[0].id}" for group in whole.groups]
    assert {one.severity for one in found} == {"error"}
    accounts = next(one for one in found if one.where == "phuong-an/req.TK-01")
    size = sum(row.group == "TK" for row in whole.rows)
    assert accounts.title == (
        f"5.6 Quản lý tài khoản và quyền truy cập: còn {size}/{size} yêu cầu chưa chọn tình trạng"
    )
    assert "và 16 yêu cầu khác" in accounts.message


def test_the_finding_names_the_row_to_go_to():
    (found,) = of_rows(plan(TK_09=None, TK_17=None))
    assert found.where == "phuong-an/req.TK-09"
    assert "còn 2/" in found.title
    assert "5.6.2.2 b) Độ dài mật khẩu; 5.6.2.3 Tài khoản không hoạt động" in found.message


def test_an_open_duty_of_the_decree_cites_its_own_place():
    whole = plan()
    duties = next(group for group in whole.groups if group.kind == "duty")
    answers = {name: one for name, one in whole.answers.items() if name != duties.rows[0].id}
    (found,) = of_rows(whole.model_copy(update={"answers": answers}))
    assert (found.severity, found.rule) == ("error", duties.rows[0].refs[0])


def test_a_departure_with_its_reason_is_no_finding():
    reason = {value(SUGGESTED).name: "Thiết bị cũ không đặt được dài hơn."}
    given = answered(SUGGESTED, value(SUGGESTED).value - 1, value_reasons=reason)
    assert of_rows(plan(TK_09=given)) == []


def test_a_binding_value_not_reached_is_no_error_while_the_row_says_so():
    given = answered(
        BINDING, value(BINDING).value + 1, status="partly", todo="Rà soát", due=date(2027, 3, 31)
    )
    assert of_rows(plan(TK_17=given)) == []


def test_a_shared_measure_says_how_and_its_evidence_proves():
    whole = plan(TK_09=RequirementAnswer(status="met", measures=("BP-01",)))
    measure = SharedMeasure(id="BP-01", title="Máy chủ xác thực", text="Đặt ở A1", evidence=("MC-01",))
    assert of_rows(whole.model_copy(update={"measures": {"BP-01": measure}})) == []


def test_evidence_is_judged_on_the_day_of_the_approval_and_without_a_day_not_at_all():
    given = case_of("row-expired")
    assert of_rows(given, approval_planned="2026-12-09") == []
    (found,) = of_rows(given, approval_planned=None, as_of="2026-12-10")
    assert "10/12/2026" in found.title
    assert of_rows(given, approval_planned=None, as_of=None) == []


def test_an_answer_for_the_same_wording_needs_no_confirmation():
    row = library().carry_over(2, LEVEL).same[0].new.id
    assert of_rows(plan(**{row.replace("-", "_"): MET.model_copy(update={"level": 2})})) == []


def test_missing_evidence_is_one_hint_however_many_rows():
    whole = plan()
    bare = {name: RequirementAnswer(status="met", how="Có.") for name in whole.answers}
    (found,) = of_rows(whole.model_copy(update={"answers": bare}))
    assert found.severity == "hint"
    assert found.title.startswith(f"{len(whole.rows)} yêu cầu")


def test_without_rows_a_known_level_is_told_to_take_newer_rules():
    answers = complete(LEVEL)
    from levelkit.appraisal import check

    from .builder import proposal

    bare = proposal(answers).model_copy(update={"plan": None})
    (found,) = [one for one in check(bare, forms(), library()) if one.rule == "nd331-2026:22.6"]
    assert (found.severity, found.title) == ("warning", "Chưa có bảng phương án theo từng yêu cầu")


def test_rows_come_before_the_questions_of_their_section():
    answers = complete(LEVEL)
    for name in ("plan.operation", "risk.identification", "regulation.title"):
        del answers[name]
    errors = [
        one.where for one in findings(answers, plan=plan(TK_09=None, HT_01=None)) if one.severity == "error"
    ]
    assert errors.index("phuong-an/req.TK-09") < errors.index("phuong-an/req.HT-01")
    assert errors.index("phuong-an/req.HT-01") < errors.index("phuong-an/plan.operation")
    assert errors.index("rui-ro/risk.identification") < errors.index("phuong-an/req.TK-09")


def test_a_heading_that_claims_more_than_its_rows_is_told_with_the_rows():
    late = RequirementAnswer(status="partly", how="Một phần", todo="Mua", due=date(2027, 3, 31), unit="IT")

    def told(status):
        given = findings(complete(LEVEL, tech__server__status=status), plan=plan(TK_09=late))
        return [one for one in given if "ghi đã đáp ứng trong khi" in one.title]

    (found,) = told("met")
    assert (found.severity, found.rule) == ("warning", "nd331-2026:22.6")
    assert "«Bảo đảm an toàn máy chủ» (5.6.2.2 b))" in found.message
    assert all("an toàn máy chủ" not in one.message for one in told("partly"))
