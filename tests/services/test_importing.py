"""An inventory goes into a workspace whole, or not at all."""

from __future__ import annotations

from datetime import timedelta

import pytest

from levelkit.errors import Cancelled
from levelkit.resources import package_dir
from levelkit.services import clock
from levelkit.services.importing import ImportConflict, apply_import, last_run, plan_import, undo_run
from levelkit.services.workspace import Workspace, default_forms
from tests.sheets.conftest import workbook  # noqa: F401

SAMPLE = package_dir("samples") / "kiem-ke-sao-mai.xlsx"
HEAD = ["Mã", "Tên hệ thống", "Đơn vị vận hành", "Số chủ thể dữ liệu cơ bản", "Ghi chú"]


@pytest.fixture
def opened(tmp_path):
    with Workspace.create(tmp_path / "w.levelkit") as workspace:
        yield workspace


def planned(workspace, path, **more):
    return plan_import(workspace, path, forms=default_forms(), **more)


def taken_in(workspace, path, **more):
    plan = planned(workspace, path, **more)
    apply_import(workspace, plan)
    return plan


def created(plan):
    return {table: count["created"] for table, count in plan.counts().items()}


def test_the_sample_sheet_goes_in_whole_and_a_second_time_changes_nothing(opened):
    plan = taken_in(opened, SAMPLE)
    assert plan.whole
    assert created(plan) == {"systems": 12, "devices": 61, "services": 32, "zones": 38, "connections": 8}
    before = [opened.session(one.code).interview.answers for one in opened.systems()]
    again = taken_in(opened, SAMPLE)
    assert [count["unchanged"] for count in again.counts().values()] == [12, 61, 32, 38, 8]
    assert [opened.session(one.code).interview.answers for one in opened.systems()] == before


def test_what_the_sheet_says_is_what_is_asked(opened):
    taken_in(opened, SAMPLE)
    answers = opened.session("HT-01").interview.answers
    assert answers["owner.name"] == "Tổng công ty cổ phần Bưu chính Sao Mai"
    assert answers["operator.representative"] == "Lê Thị Hòa"
    assert answers["previous.decision"] == "12/QĐ-SM"
    assert len(answers["devices"]) == 11
    other = opened.session("HT-04").interview.answers
    assert other["operator.name"] == "Ban Tài chính"
    assert "operator.representative" not in other
    assert other["investment_started"] == "2025-10-01"
    assert "quy ước" in other["project.document"]


def test_existing_values_change_only_when_told(opened, workbook):  # noqa: F811
    taken_in(opened, SAMPLE)
    path = workbook(
        {"Hệ thống": [HEAD, ["HT-01", "Tra cứu bưu gửi", "", 99, ""], ["HT-90", "Kho", "", 1, ""]]}
    )
    with pytest.raises(ImportConflict, match="HT-01"):
        planned(opened, path)
    assert len(opened.systems()) == 12
    kept = taken_in(opened, path, on_conflict="skip")
    assert kept.counts()["systems"] | {"failed": 0} == {
        "created": 1,
        "updated": 0,
        "unchanged": 0,
        "skipped": 1,
        "failed": 0,
    }
    assert opened.session("HT-01").interview.answer("basic_data_subjects") == 2_450_000
    taken_in(opened, path, on_conflict="update")
    assert opened.session("HT-01").interview.answer("basic_data_subjects") == 99
    assert opened.session("HT-01").interview.answer("system.url") == "https://tracuu.example.vn"


def test_a_system_without_a_code_is_known_by_name_and_operator(opened, workbook):  # noqa: F811
    rows = [
        ["", "Tra cứu", "Trung tâm A", 5, ""],
        ["", "TRA CUU", "trung tam a", 6, ""],
        ["", "Tra cứu", "Trung tâm B", 7, ""],
    ]
    plan = taken_in(opened, workbook({"Hệ thống": [HEAD, *rows]}))
    assert [(line.code, line.state) for line in plan.lines] == [
        ("HT-01", "new"),
        (None, "failed"),
        ("HT-02", "new"),
    ]
    assert not plan.whole
    again = planned(opened, workbook({"Hệ thống": [HEAD, ["", "Tra Cứu", "Trung tâm A", 5, ""]]}))
    assert [(line.code, line.state) for line in again.lines] == [("HT-01", "unchanged")]


def test_a_code_twice_and_a_row_of_nobody(opened, workbook):  # noqa: F811
    path = workbook(
        {
            "Hệ thống": [HEAD, ["A", "Một", "", 1, ""], ["A", "Hai", "", 2, ""]],
            "Thiết bị": [
                ["Mã hệ thống", "Tên thiết bị"],
                ["A", "Máy chủ"],
                ["A", "Máy chủ"],
                ["B", "Máy chủ"],
            ],
        }
    )
    plan = taken_in(opened, path)
    assert plan.counts()["systems"]["failed"] == 1
    assert plan.counts()["devices"] == {
        "created": 2,
        "updated": 0,
        "unchanged": 0,
        "skipped": 0,
        "failed": 1,
    }
    assert [problem.row for problem in plan.problems] == [3, 4]
    assert opened.session("A").interview.answer("system.name") == "Một"
    assert len(opened.session("A").interview.answer("devices")) == 2


def test_stopping_in_the_middle_leaves_nothing(opened):
    plan = planned(opened, SAMPLE)

    def stop(done, _total):
        if done == 5:
            raise Cancelled

    with pytest.raises(Cancelled):
        apply_import(opened, plan, stop)
    assert opened.systems() == []
    apply_import(opened, plan)
    assert len(opened.systems()) == 12


def test_a_run_can_be_taken_back(opened, workbook):  # noqa: F811
    taken_in(opened, SAMPLE)
    before = {one.code: opened.session(one.code).interview.answers for one in opened.systems()}
    path = workbook({"Hệ thống": [HEAD, ["HT-01", "Tên khác", "", 99, ""], ["HT-90", "Kho", "", 1, ""]]})
    taken_in(opened, path, on_conflict="update")
    run = last_run(opened)
    assert run is not None
    undo_run(opened, run[0])
    assert {one.code: opened.session(one.code).interview.answers for one in opened.systems()} == before


def test_the_last_run_is_the_last_though_the_clock_was_set_back(opened, workbook, monkeypatch):  # noqa: F811
    taken_in(opened, workbook({"Hệ thống": [HEAD, ["A", "Một", "", 1, ""]]}))
    earlier = clock.now() - timedelta(days=400)
    monkeypatch.setattr(clock, "now", lambda: earlier)
    taken_in(opened, workbook({"Hệ thống": [HEAD, ["B", "Hai", "", 1, ""]]}))
    run = last_run(opened)
    assert run is not None
    assert run[1]["created"] == ["B"]
