"""Every check: it speaks when it should, where it should, and is silent otherwise."""

from __future__ import annotations

from datetime import date

import pytest
from questionnaire.filler import LEVEL_3, forms, interview, library

from levelkit.domain.facts import FACT_CATALOGUE

from .builder import complete, findings, titles
from .test_plan_rows import ROW_CHECKS
from .test_risk_register import RISK_CHECKS


@pytest.mark.parametrize("level", [1, 2, 3, 4])
@pytest.mark.parametrize("stage", ["appraisal", "approval"])
def test_who_answers_everything_has_no_error(level, stage):
    assert titles(complete(level), "error", stage) == []


def test_who_answers_everything_reads_no_warning():
    assert titles(complete(1), "warning") == []


# (check, level, changes that bring it about, changes that take it away again)
CHECKS = [
    ("not-a-system", 3, {"system__is_system": ["function", "data"]}, {}),
    ("several-owners", 3, {"scope__single_owner": False}, {}),
    ("not-independent", 3, {"scope__independent": False}, {}),
    ("split-for-level", 3, {"scope__not_split": False}, {}),
    ("level-open", 3, {"risk_assessed_level": None}, {}),
    ("no-criterion", 1, {"kinds": ["other"]}, {}),
    ("proposed-too-low", 3, {"proposed_level": 2}, {"proposed_level": 3}),
    (
        "proposed-without-reason",
        3,
        {"proposed_level": 4},
        {"proposed_level": 4, "proposed_level__reason": "Vì"},
    ),
    (
        "risk-raises",
        2,
        {"risk_assessed_level": 3, "risk__conclusion": None},
        {"risk_assessed_level": 3, "risk__conclusion": "Rủi ro cao"},
    ),
    (
        "lower-than-approved",
        2,
        {"redetermination": True, "previous__level": 3},
        {"redetermination": True, "previous__level": 2},
    ),
    ("count-near-basic", 3, {"basic_data_subjects": 80_000}, {"basic_data_subjects": 79_999}),
    ("count-near-basic", 3, {"basic_data_subjects": 99_999}, {"basic_data_subjects": 100_000}),
    ("count-near-sensitive", 3, {"sensitive_data_subjects": 8_000}, {"sensitive_data_subjects": 7_999}),
    (
        "forecast-crosses-basic",
        3,
        {"basic_data_subjects": 50_000, "count__forecast_basic": 100_000},
        {"basic_data_subjects": 50_000, "count__forecast_basic": 99_999},
    ),
    ("forecast-crosses-sensitive", 3, {"count__forecast_sensitive": 10_000}, {}),
    ("sensitive-without-count", 3, {"data_kinds": ["name", "location"]}, {"data_kinds": ["name"]}),
    ("sensitive-without-kind", 3, {"sensitive_data_subjects": 5}, {}),
    ("subjects-without-personal", 3, {"information": ["private"]}, {}),
    (
        "conflict-without-way-out",
        3,
        {"security__also_operates": True},
        {"security__also_operates": True, "security__independence": "council"},
    ),
    (
        "conflict-without-appraiser",
        3,
        {"security__also_operates": True, "security__independence": "unit"},
        {
            "security__also_operates": True,
            "security__independence": "unit",
            "security__appraiser_name": "Ban Kiểm soát nội bộ",
        },
    ),
    (
        "appraiser-is-operator",
        3,
        {
            "security__also_operates": True,
            "security__independence": "unit",
            "security__appraiser_name": "trung tâm  công nghệ thông tin",
        },
        {
            "security__also_operates": True,
            "security__independence": "unit",
            "security__appraiser_name": "Ban Kiểm soát nội bộ",
        },
    ),
    ("internal-and-public", 3, {"kinds": ["internal", "citizen_business"]}, {}),
    ("hired-service-not-said", 1, {"system__stage": "hired_service"}, {}),
    ("hired-hosting-not-said", 1, {"system__hosting": ["cloud"]}, {}),
    ("same-unit", 3, {"security__name": "Trung tâm Công nghệ thông tin"}, {}),
    ("cell", 3, {"zones": [{"name": "Ứng dụng", "private_ip": "10.1.300.0/24"}]}, {}),
    ("cell-risk", 3, {"risk__threats": [{"threat": "Lộ", "likelihood": 9, "effect": 1}]}, {}),
    ("cell-connection", 3, {"connections": [{"from": "HT-01", "to": "HT-02"}]}, {"connections": None}),
    ("zone-without-address", 3, {"zones": [{"name": "Ứng dụng"}]}, {}),
    (
        "zone-twice",
        3,
        {"zones": [{"name": n, "private_ip": "10.0.0.0/24"} for n in ("Ứng dụng", "ứng dụng")]},
        {"zones": [{"name": n, "private_ip": "10.0.0.0/24"} for n in ("Ứng dụng", "DMZ")]},
    ),
    ("plan-not-met", 3, {"tech__network__status": "partly"}, {"tech__network__status": "met"}),
    ("opinion-not-fit", 4, {"opinion__conclusion": "not_fit"}, {}),
    ("appraisal-not-fit", 3, {"appraisal__conclusion": "not_fit"}, {}),
    ("planned-before-as-of", 3, {"approval_planned": "2026-11-22"}, {"approval_planned": "2026-11-23"}),
]


@pytest.mark.parametrize(("check_id", "level", "with_", "without"), CHECKS)
def test_check(check_id, level, with_, without):
    check = forms().check(check_id)
    opening = check.title.partition("{")[0]

    def seen(answers):
        return [
            finding
            for finding in findings(answers)
            if finding.rule == check.rule and opening in finding.title and finding.severity == check.severity
        ]

    found = seen(complete(level, **with_))
    assert found
    section, _, question = found[0].where.partition("/")
    assert forms().section_of(question).id == section
    assert "{" not in found[0].title + found[0].message
    assert seen(complete(level, **without)) == []


def test_every_check_has_its_test():
    tested = (
        {row[0] for row in CHECKS}
        | {"no-dossier", "matrix-missing", "plan-above-rows"}
        | set(ROW_CHECKS)
        | RISK_CHECKS
    )
    assert {check.id for check in forms().checks} == tested


def one(answers, where):
    (found,) = [finding for finding in findings(answers) if finding.where == where]
    return found


def test_an_open_level_names_the_questions_that_settle_it():
    found = [f for f in findings(complete(3, risk_assessed_level=None)) if f.title == "Chưa chốt cấp độ"]
    assert [(f.where, f.severity) for f in found] == [("rui-ro/risk_assessed_level", "error")]
    assert found[0].message == "Phải trả lời các câu chốt cấp độ: «Kết luận đánh giá rủi ro»."
    answers = {"kinds": ["citizen_business"], "information": ["personal"], "risk_assessed_level": 0}
    message = next(f.message for f in findings(answers) if f.title == "Chưa chốt cấp độ")
    assert "«Ngành, nghề trong Phụ lục IV»" in message
    assert "«Loại hình hệ thống thông tin»" not in message


def test_a_proposal_without_answers_is_told_where_to_begin():
    found = findings({})
    assert {"he-thong/system.name", "loai-hinh/kinds", "thong-tin/information"} <= {f.where for f in found}
    assert [f.severity for f in found] == sorted(
        (f.severity for f in found), key=["error", "warning", "hint"].index
    )


def test_a_device_in_no_zone_names_row_and_zone():
    device = {"name": "Tường lửa", "location": "A1", "purpose": "Biên", "zone": "Vùng kho"}
    found = one(complete(3, devices=[device]), "kien-truc/devices")
    assert (found.severity, found.rule) == ("error", "nd331-2026:22.3.d")
    assert "Dòng 1, Vùng mạng: chưa có «Vùng kho»" in found.message


def test_a_public_address_in_the_private_column_warns():
    zones = [{"name": "Ứng dụng", "private_ip": "203.0.113.8/29"}]
    found = one(complete(3, zones=zones), "kien-truc/zones")
    assert found.severity == "warning"
    assert "203.0.113.8/29" in found.message


@pytest.mark.parametrize("missing", ["design__title", "design__date", "design__approver", "design__file"])
def test_the_design_document_is_an_error(missing):
    found = one(complete(1, **{missing: None}), f"kien-truc/{missing.replace('__', '.')}")
    assert (found.severity, found.stage, found.rule) == ("error", "appraisal", "nd331-2026:21.2")


@pytest.mark.parametrize(
    ("level", "question", "rule"),
    [
        (1, "regulation.number", "nd331-2026:30.7"),
        (3, "regulation.date", "nd331-2026:30.7"),
        (3, "appraisal.number", "nd331-2026:24.1.b"),
        (3, "appraisal.file", "nd331-2026:24.1.b"),
        (4, "opinion.date", "nd331-2026:21.5"),
        (4, "opinion.conclusion", "nd331-2026:21.5"),
    ],
)
def test_due_at_approval_is_a_warning_at_appraisal(level, question, rule):
    answers = complete(level)
    del answers[question]
    for stage, severity in (("appraisal", "warning"), ("approval", "error")):
        (found,) = [f for f in findings(answers, stage) if f.where.endswith(f"/{question}")]
        assert (found.severity, found.rule) == (severity, rule)


def test_levels_1_and_2_need_no_appraisal_opinion():
    for level in (1, 2):
        assert not [f for f in findings(complete(level)) if f.where.startswith("van-ban/appraisal.")]


def test_own_numbers_dates_addressees_and_recipients_are_no_gap():
    answers = complete(3)
    assert not [key for key in answers if key.startswith("doc.mau-02.")]
    places = {f.where.rpartition(".")[2] for f in findings(answers) if f.where.startswith("van-ban/doc.")}
    assert places <= {"place", "signatory"}


def test_hired_hosting_asks_for_separation():
    found = one(complete(3, hosted__zones=None), "phuong-an/hosted.zones")
    assert (found.severity, found.rule) == ("error", "nd331-2026:30.8.b")
    own = complete(3, hosted__zones=None, system__hosting=["self"])
    assert not [f for f in findings(own) if f.where == "phuong-an/hosted.zones"]


def test_redetermination_asks_for_its_reason():
    found = [f for f in findings(complete(2, redetermination=True)) if f.rule == "nd331-2026:25"]
    assert {"he-thong/redetermination.reasons", "he-thong/previous.decision"} <= {f.where for f in found}
    assert not [f for f in findings(complete(2)) if f.rule == "nd331-2026:25"]


@pytest.mark.parametrize("part", [part.value for part in FACT_CATALOGUE["harm"].parts])
def test_an_incomplete_harm_table_warns(part):
    found = one(complete(3, **{f"harm__{part}": None}), f"rui-ro/harm.{part}")
    assert (found.severity, found.rule) == ("warning", "116:8.1")


def test_harm_asks_for_assumptions_in_figures():
    answers = complete(3, harm__assumptions=None)
    assert "Bảng tổn hại chưa có giả định bằng con số" not in titles(answers)
    answers["harm.rights"] = "serious"
    assert "Bảng tổn hại chưa có giả định bằng con số" in titles(answers, "warning")


@pytest.mark.parametrize(
    ("question", "severity"),
    [("risk.assets", "warning"), ("risk.identification", "error"), ("risk.communication", "warning")],
)
def test_contents_of_the_risk_assessment(question, severity):
    answers = complete(2)
    del answers[question]
    assert one(answers, f"rui-ro/{question}").severity == severity


@pytest.mark.parametrize(
    ("question", "where"),
    [("count.method", "thong-tin/count.method"), ("count.source", "thong-tin/count.source")],
)
def test_counting_says_how_when_and_from_what(question, where):
    answers = complete(3)
    del answers[question]
    assert one(answers, where).severity == "error"


def test_a_plan_to_approve_under_the_next_list_warns():
    late = complete(3, approval_planned="2027-03-01")
    assert one(late, "he-thong/approval_planned").rule == "luat143-2025:pl4"
    assert not [
        f
        for f in findings(complete(3, approval_planned="2027-02-28"))
        if f.where == "he-thong/approval_planned"
    ]


def test_risk_above_the_criteria_is_told():
    found = one(
        complete(2, risk_assessed_level=3, risk__threats=[{"threat": "T", "likelihood": 1, "effect": 1}]),
        "rui-ro/risk_assessed_level",
    )
    assert (found.severity, found.title) == ("hint", "Kết quả rủi ro cao hơn tiêu chí")


def test_the_former_decree_gets_no_dossier_and_says_why():
    answers = {**complete(3), **LEVEL_3, "investment_started": "2026-01-10"}
    del answers["in_operation_since"]
    found = findings(answers)
    assert next(f.title for f in found if f.severity == "error") == "Không lập hồ sơ theo Nghị định này"
    assert library().get("nd85-2016").why_not_vi in found[0].message
    assert not [f for f in found if f.where.startswith(("phuong-an/", "van-ban/", "kien-truc/"))]


def test_dossiers_are_not_reclassified_by_a_check():
    assert date.fromisoformat(complete(3)["as_of"]) == date(2026, 11, 23)
    talk = interview(complete(3))
    assert talk.derived["derived.level"] == 3


def test_findings_cite_rules_that_resolve():
    for answers in ({}, complete(3, proposed_level=2), complete(4, security__also_operates=True)):
        for found in findings(answers):
            assert library().has_citation(found.rule), found
            assert found.title
            assert not found.title.endswith(".")
