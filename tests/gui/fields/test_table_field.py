"""The table as a spreadsheet: typing, moving on, pasting, wrong cells, one undo for one act."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from levelkit.gui.fields.table.model import PROBLEM_ROLE
from tests.gui.page_support import retype

ZONES = [{"name": "DMZ", "private_ip": None, "public_ip": None, "vlan": None, "purpose": "x"}]
SHEET = (
    "STT\tTên thiết bị\tChủng loại\tSố lượng\tVị trí triển khai\tMục đích sử dụng\tVùng mạng\tGhi chú\r\n"
    '1\tTường lửa biên\tFG-200F\t2\tTủ A1\t"Kiểm soát\ntruy cập"\tdmz\t\r\n'
    "2\tMáy chủ\tR760\thai\tTủ A2\tỨng dụng\tDMZ\t\r\n"
    "3\tVPN\tFG-100F\t1\tTủ A2\tTừ xa\tVùng kho\tcũ\r\n"
)


@pytest.fixture
def devices(box, session):
    session.set("zones", ZONES)
    return box("devices")


def cell(devices, row, column):
    names = [each.id for each in devices.question.columns]
    return devices.field.model.index(row, names.index(column))


def edit(devices, row, column, text):
    grid = devices.field.grid
    grid.setCurrentIndex(cell(devices, row, column))
    grid.edit(cell(devices, row, column))
    editor = QGuiApplication.focusObject()
    retype(editor, text)
    return editor


def test_the_model_keeps_qts_contract(devices, qtmodeltester):
    devices.field.paste_text(SHEET)
    qtmodeltester.check(devices.field.model)
    devices.field.model.insertRow(1)
    devices.field.model.move_row(0, 1)
    devices.field.model.removeRows(0, 2)


def test_rows_pasted_with_headings_are_one_answer_and_one_undo(devices, session):
    devices.field.paste_text(SHEET)
    rows = session.interview.answer("devices")
    assert [row["name"] for row in rows] == ["Tường lửa biên", "Máy chủ", "VPN"]
    assert rows[0]["quantity"] == 2
    assert rows[1]["quantity"] == "hai"
    words = devices.field.bar.words.text()
    assert "3 dòng" in words
    assert "2 dòng cần sửa" in words
    assert "«Ghi chú»" in words
    session.undo()
    assert session.interview.answer("devices") is None
    assert devices.field.model.rowCount() == 0
    assert not devices.field.bar.isVisible()


def test_a_paste_is_taken_back_by_its_button(devices, session):
    session.set("devices", [{"name": "Cũ", "quantity": 1}])
    devices.field.paste_text(SHEET)
    assert len(session.interview.answer("devices")) == 4
    devices.field.bar.revert.click()
    assert [row["name"] for row in session.interview.answer("devices")] == ["Cũ"]


def test_wrong_cells_say_row_column_and_remedy(devices):
    devices.field.paste_text(SHEET)
    told = cell(devices, 1, "quantity").data(PROBLEM_ROLE)
    assert told.startswith("Dòng 2, Số lượng: phải là số nguyên từ 1")
    assert "«Vùng kho»" in cell(devices, 2, "zone").data(PROBLEM_ROLE)
    assert cell(devices, 0, "quantity").data(PROBLEM_ROLE) is None
    assert devices.field.model.bad_rows() == [1, 2]


def test_the_message_takes_a_row_of_its_own_height(devices):
    devices.field.paste_text(SHEET)
    devices.field.grid.fit_rows()
    high = devices.field.grid.rowHeight(1)
    edit(devices, 1, "quantity", "2")
    QTest.keyClick(QGuiApplication.focusObject(), Qt.Key.Key_Return)
    devices.field.grid.fit_rows()
    assert devices.field.grid.rowHeight(1) < high


def test_going_from_wrong_cell_to_wrong_cell(devices):
    devices.field.paste_text(SHEET)
    grid = devices.field.grid
    assert (grid.currentIndex().row(), grid.currentIndex().column()) == (1, 2)
    devices.field.next_problem()
    assert grid.currentIndex().row() == 2
    devices.field.next_problem()
    assert grid.currentIndex().row() == 1


def test_another_table_mends_a_cell(devices, session):
    devices.field.paste_text(SHEET)
    session.set("zones", [*ZONES, {**ZONES[0], "name": "Vùng kho"}])
    assert devices.field.model.bad_rows() == [1]


def test_cells_without_headings_fill_from_the_current_cell(devices, session):
    session.set("devices", [{"name": "A", "quantity": 1}, {"name": "B", "quantity": 1}])
    devices.field.grid.setCurrentIndex(cell(devices, 1, "quantity"))
    devices.field.paste_text("5\n6\n")
    rows = session.interview.answer("devices")
    assert [row["quantity"] for row in rows] == [1, 5, 6]
    assert [row["name"] for row in rows] == ["A", "B", None]


def test_a_clipboard_without_a_table_is_told(devices, session):
    devices.field.paste_text("")
    assert session.interview.answer("devices") is None
    assert devices.field.bar.isVisible()
    assert "Ctrl+C" in devices.field.bar.words.text()


def test_enter_goes_down_and_makes_a_row_tab_goes_right_escape_back(devices, session):
    session.set("devices", [{"name": "A", "quantity": 1}])
    grid = devices.field.grid
    edit(devices, 0, "name", "Tường lửa")
    QTest.keyClick(QGuiApplication.focusObject(), Qt.Key.Key_Return)
    assert (grid.currentIndex().row(), grid.currentIndex().column()) == (1, 0)
    assert session.interview.answer("devices")[0]["name"] == "Tường lửa"

    edit(devices, 1, "name", "Máy chủ")
    QTest.keyClick(QGuiApplication.focusObject(), Qt.Key.Key_Tab)
    assert (grid.currentIndex().row(), grid.currentIndex().column()) == (1, 1)
    assert [row["name"] for row in session.interview.answer("devices")] == ["Tường lửa", "Máy chủ"]

    edit(devices, 1, "name", "nhầm")
    QTest.keyClick(QGuiApplication.focusObject(), Qt.Key.Key_Escape)
    assert session.interview.answer("devices")[1]["name"] == "Máy chủ"


def test_delete_empties_cells_and_copy_takes_them(devices, session):
    session.set("devices", [{"name": "A", "quantity": 1}, {"name": "B", "quantity": 1850}])
    grid = devices.field.grid
    grid.setFocus()
    grid.selectAll()
    QTest.keyClick(grid, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().splitlines()[1].split("\t")[:3] == ["B", "", "1850"]
    grid.setCurrentIndex(cell(devices, 1, "quantity"))
    QTest.keyClick(grid, Qt.Key.Key_Delete)
    assert session.interview.answer("devices")[1]["quantity"] is None
    session.undo()
    assert session.interview.answer("devices")[1]["quantity"] == 1850


def test_the_whole_table_copied_is_pasted_back_as_it_was(devices, session):
    devices.field.paste_text(SHEET)
    before = session.interview.answer("devices")
    devices.field.copy_all()
    session.set("devices", None)
    devices.field.paste_clipboard()
    assert session.interview.answer("devices") == before


def test_rows_are_moved_and_removed(devices, session):
    session.set("devices", [{"name": name, "quantity": 1} for name in "ABC"])
    grid = devices.field.grid
    grid.setCurrentIndex(cell(devices, 0, "name"))
    grid.setFocus()
    QTest.keyClick(grid, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert [row["name"] for row in session.interview.answer("devices")] == ["B", "A", "C"]
    assert grid.currentIndex().row() == 1
    QTest.keyClick(grid, Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier)
    assert [row["name"] for row in session.interview.answer("devices")] == ["B", "C"]


def test_what_is_still_empty_in_the_row_being_typed_is_not_yet_wrong(devices, session):
    devices.field.add_row()
    retype(QGuiApplication.focusObject(), "Tường lửa")
    QTest.keyClick(QGuiApplication.focusObject(), Qt.Key.Key_Tab)
    assert devices.field.model.bad_rows() == []
    devices.field.add_row()
    assert devices.field.model.bad_rows() == [0]


def test_a_cell_tells_its_heading_and_its_problem(devices):
    devices.field.paste_text(SHEET)
    wrong = cell(devices, 1, "quantity")
    assert wrong.data(Qt.ItemDataRole.AccessibleTextRole) == "Số lượng: hai"
    assert wrong.data(Qt.ItemDataRole.AccessibleDescriptionRole).startswith("Dòng 2, Số lượng")


def test_an_empty_table_takes_a_paste_by_the_keyboard(devices, session):
    QGuiApplication.clipboard().setText(SHEET)
    paste = devices.field.entry()
    paste.setFocus()
    QTest.keyClick(paste, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert len(session.interview.answer("devices")) == 3
