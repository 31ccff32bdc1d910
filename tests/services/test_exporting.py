"""What came in goes out again: the same columns, ignored ones too, and importing it changes nothing."""

from __future__ import annotations

import pytest
from python_calamine import CalamineWorkbook

from levelkit.errors import UserError
from levelkit.resources import package_dir
from levelkit.services.exporting import export_inventory
from levelkit.services.sample_workspace import write_sample
from levelkit.services.workspace import Workspace
from levelkit.sheets.values import text_of
from tests.services.test_importing import opened, planned, taken_in  # noqa: F401
from tests.sheets.conftest import workbook  # noqa: F401

SAMPLE = package_dir("samples") / "kiem-ke-sao-mai.xlsx"


def cells(path):
    book = CalamineWorkbook.from_path(str(path))
    return {
        name: [[*map(text_of, row)] for row in book.get_sheet_by_name(name).to_python()]
        for name in book.sheet_names
    }


def unchanged(plan):
    counts = plan.counts()
    assert plan.whole
    assert all(count["created"] == count["updated"] == 0 for count in counts.values()), counts


def test_the_sample_sheet_comes_back_cell_for_cell(opened, tmp_path):  # noqa: F811
    taken_in(opened, SAMPLE)
    out = tmp_path / "ra.xlsx"
    export_inventory(opened, out)
    came, went = cells(SAMPLE), cells(out)
    for name, rows in came.items():
        assert went[name] == rows, name
    assert list(went)[: len(came)] == list(came)
    unchanged(planned(opened, out))


def test_a_second_workspace_gets_the_same_answers_and_the_same_file(opened, tmp_path):  # noqa: F811
    taken_in(opened, SAMPLE)
    first, second = tmp_path / "1.xlsx", tmp_path / "2.xlsx"
    export_inventory(opened, first)
    with Workspace.create(tmp_path / "khac.levelkit") as other:
        taken_in(other, first)
        for one in opened.systems():
            assert other.session(one.code).interview.answers == opened.session(one.code).interview.answers
        export_inventory(other, second)
    assert cells(first) == cells(second)
    assert first.read_bytes() == second.read_bytes()


def test_ignored_columns_and_unreadable_cells_come_back_as_they_were(opened, workbook, tmp_path):  # noqa: F811
    sheets = {
        "Sổ tay": [
            ["STT", "Ký hiệu", "Tên phần mềm", "Loại hình", "Số chủ thể dữ liệu cơ bản", "Ghi chú riêng"],
            ["1", "A-1", "Tra cứu", "b", "hơn 3 triệu", "=2+2"],
            ["2", "A-2", "Kho", "phục vụ nội bộ", "1.850.000", "xem lại"],
        ],
        "Máy": [
            ["Hệ thống", "Thiết bị", "Bảo hành"],
            ["A-1", "Tường lửa", "12/2027"],
            ["A-1", "Tường lửa", "đã hết"],
        ],
    }
    path = workbook(sheets)
    taken_in(opened, path)
    out = tmp_path / "ra.xlsx"
    export_inventory(opened, out)
    went = cells(out)
    assert {name: went[name] for name in sheets} == sheets
    again = planned(opened, out)
    assert [count["created"] for count in again.counts().values()] == [0] * 5
    assert [problem.value for problem in again.problems] == ["hơn 3 triệu"]


def test_a_changed_value_goes_out_changed_and_facts_without_a_column_too(opened, tmp_path):  # noqa: F811
    taken_in(opened, SAMPLE)
    session = opened.session("HT-01")
    session.set("basic_data_subjects", 77)
    session.set("kinds", ["internal", "infrastructure"])
    session.set("always_on", True)
    out = tmp_path / "ra.xlsx"
    export_inventory(opened, out)
    went = cells(out)
    row = went["Hệ thống"][1]
    assert row[2] == "Phục vụ hoạt động nội bộ; Cơ sở hạ tầng thông tin"
    assert row[7] == "77"
    assert ["HT-01", "always_on", "true"] in [[one[0], one[1], one[3]] for one in went["Dữ kiện khác"]]
    unchanged(planned(opened, out))


def test_a_workspace_that_no_sheet_came_into(tmp_path):
    path = tmp_path / "mau.levelkit"
    write_sample(path)
    out = tmp_path / "ra.xlsx"
    with Workspace.open(path) as sample:
        export_inventory(sample, out)
        unchanged(planned(sample, out))
    assert len(cells(out)["Thiết bị"]) == 62


def test_a_place_that_cannot_be_written_is_left_as_it_was(opened, tmp_path):  # noqa: F811
    old = tmp_path / "co-san.xlsx"
    old.write_bytes(b"cu")
    for bad in (tmp_path / "khong-co" / "ra.xlsx", tmp_path / "ra.csv", tmp_path):
        with pytest.raises(UserError):
            export_inventory(opened, bad)
    assert sorted(one.name for one in tmp_path.iterdir() if not one.name.startswith("w.")) == ["co-san.xlsx"]
