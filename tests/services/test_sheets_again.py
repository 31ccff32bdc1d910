"""Inventories that come in more than once, and what of them comes back."""

from __future__ import annotations

import pytest

from levelkit.services.exporting import export_inventory
from levelkit.services.importing import apply_import, plan_import
from levelkit.sheets import read_book
from tests.services.test_importing import opened  # noqa: F401
from tests.sheets.conftest import workbook  # noqa: F401

HEAD = ["Mã", "Tên hệ thống", "Tình trạng", "Cấp độ", "Ghi chú", "Ghi chú"]


def take(workspace, path, on_conflict="update"):
    plan = plan_import(workspace, path, forms=workspace.forms, on_conflict=on_conflict)
    apply_import(workspace, plan)
    return plan


def cells(path):
    return {
        grid.name: [["" if cell is None else cell for cell in row] for row in grid.rows]
        for grid in read_book(path).grids
    }


def test_two_columns_of_one_heading_both_come_back(opened, workbook, tmp_path):  # noqa: F811
    plan = take(opened, workbook({"Sổ": [HEAD, ["A-1", "Kho", "", "", "một", "hai"]]}))
    assert plan.inventory.ignored == {"Sổ": ["Ghi chú", "Ghi chú"]}
    export_inventory(opened, tmp_path / "ra.xlsx")
    assert cells(tmp_path / "ra.xlsx")["Sổ"] == [HEAD, ["A-1", "Kho", "", "", "một", "hai"]]


def test_a_smaller_file_takes_no_column_away(opened, workbook, tmp_path):  # noqa: F811
    head = ["Mã", "Tên hệ thống", "Chức năng", "Người phụ trách"]
    devices = [["Mã hệ thống", "Tên thiết bị", "Tem"], ["A-1", "Tường lửa", "T1"]]
    take(opened, workbook({"Sổ": [head, ["A-1", "Kho", "Giữ hàng", "An"]], "Thiết bị": devices}))
    take(
        opened,
        workbook({"Bổ sung": [["Mã", "Tên hệ thống"], ["A-1", "Kho bãi"], ["A-2", "Xe"]]}, name="b.xlsx"),
    )
    take(opened, workbook({"Sổ": [["Mã", "Tên hệ thống"], ["A-1", "Kho bãi lớn"]]}, name="c.xlsx"))
    export_inventory(opened, tmp_path / "ra.xlsx")
    found = cells(tmp_path / "ra.xlsx")
    assert found["Sổ"][0] == ["Mã", "Tên hệ thống", "Chức năng", "Người phụ trách"]
    assert found["Sổ"][1] == ["A-1", "Kho bãi lớn", "Giữ hàng", "An"]
    assert found["Bổ sung"][1:] == [["A-2", "Xe"]]
    assert found["Thiết bị"] == devices
    again = plan_import(opened, tmp_path / "ra.xlsx", forms=opened.forms)
    assert again.conflicts == ()


def test_what_was_put_right_in_the_program_goes_out_put_right(opened, workbook, tmp_path):  # noqa: F811
    rows = [
        HEAD,
        ["A-1", "Kho", "Đang đầu tư (khởi công 10/2025)", "3 (QĐ số 12/QĐ-SM ngày 14/03/2024)", "", ""],
    ]
    devices = [["Mã hệ thống", "Tên thiết bị", "Số lượng"], ["A-1", "Máy chủ", "dăm cái"]]
    take(opened, workbook({"Sổ": rows, "Thiết bị": devices}))
    session = opened.session("A-1")
    session.set("investment_started", "2025-11-05")
    session.set("previous.ruleset", "nd85-2016")
    session.set("devices", [{"name": "Máy chủ", "quantity": 5}])
    export_inventory(opened, tmp_path / "ra.xlsx")
    again = plan_import(opened, tmp_path / "ra.xlsx", forms=opened.forms)
    assert (again.conflicts, again.problems) == ((), [])
    assert {line.state for line in again.lines} == {"unchanged"}
    found = cells(tmp_path / "ra.xlsx")
    assert found["Thiết bị"][1] == ["A-1", "Máy chủ", 5]
    assert "85/2016" in found["Sổ"][1][3]


def test_text_of_an_old_font_comes_back_as_it_was(opened, workbook, tmp_path):  # noqa: F811
    rows = [["Mã", "Tên hệ thống", "Chức năng"], ["A-1", "Kho", "HÖ thèng b­u göi"]]
    take(opened, workbook({"Sổ": rows}))
    export_inventory(opened, tmp_path / "ra.xlsx")
    assert cells(tmp_path / "ra.xlsx")["Sổ"] == rows


@pytest.mark.parametrize(
    "stem", ["kiểm kê [2026]: quý 1", "một tên dài hơn ba mươi mốt ký tự của Excel", "History"]
)
def test_a_sheet_is_called_what_excel_takes(opened, tmp_path, stem):  # noqa: F811
    path = tmp_path / f"{stem}.csv"
    path.write_text("Mã;Tên hệ thống;Ghi chú\nA-1;Kho;x\n", encoding="utf-8")
    take(opened, path)
    export_inventory(opened, tmp_path / "ra.xlsx")
    again = plan_import(opened, tmp_path / "ra.xlsx", forms=opened.forms)
    assert {line.state for line in again.lines} == {"unchanged"}


def test_units_of_several_owners_stay_with_their_systems(opened, workbook):  # noqa: F811
    units = [
        ["Vai trò", "Tên", "Địa chỉ"],
        ["Chủ quản", "Công ty A", "Số 1"],
        ["Chủ quản", "Công ty B", "Số 2"],
    ]
    rows = [
        ["Mã", "Tên hệ thống", "Chủ quản"],
        ["A-1", "Kho", "Công ty A"],
        ["A-2", "Xe", "Công ty B"],
        ["A-3", "Ví", ""],
    ]
    take(opened, workbook({"Sổ": rows, "Đơn vị": units}))
    found = [opened.session(code).interview.answer("owner.address") for code in ("A-1", "A-2", "A-3")]
    assert found == ["Số 1", "Số 2", None]


def test_one_system_under_its_code_and_without_is_one(opened, workbook):  # noqa: F811
    take(opened, workbook({"Sổ": [["Mã", "Tên hệ thống"], ["A-1", "Kho"]]}))
    rows = [["Mã", "Tên hệ thống", "Chức năng"], ["A-1", "Kho", "một"], ["", "Kho", "hai"]]
    plan = plan_import(opened, workbook({"Sổ": rows}), forms=opened.forms, on_conflict="update")
    assert [line.state for line in plan.lines] == ["update", "failed"]
    assert len(plan.problems) == 1


def test_a_code_that_no_folder_can_bear_fails_alone(opened, workbook):  # noqa: F811
    plan = take(opened, workbook({"Sổ": [["Mã", "Tên hệ thống"], ["NUL", "Kho"], ["A-2", "Xe"]]}))
    assert [line.state for line in plan.lines] == ["failed", "new"]
    assert plan.problems[0].row == 2


def test_a_hidden_sheet_is_named_by_its_headings_never_its_values(opened, workbook):  # noqa: F811
    def hide(_book, sheets):
        sheets["Kín"].hide()

    rows = {
        "Sổ": [["Mã", "Tên hệ thống"], ["A-1", "Kho"]],
        "Kín": [["Mã", "Tài khoản", ""], ["A-1", "root", "mật"]],
    }
    plan = take(opened, workbook(rows, hide))
    assert plan.inventory.ignored == {"Kín": ["Mã", "Tài khoản"]}
