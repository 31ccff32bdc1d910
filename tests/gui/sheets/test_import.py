"""Bringing a sheet in by the window: look, choose, write, take back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QRadioButton, QTableView

from levelkit.gui.board.page import BoardPage
from levelkit.gui.sheets.import_dialog import ImportDialog
from levelkit.resources import package_dir
from levelkit.services import Workspace
from tests.gui.test_accessibility import nameless
from tests.gui.test_main_window import act

if TYPE_CHECKING:
    from pathlib import Path

    from levelkit.gui.main_window import MainWindow

SHEET = package_dir("samples") / "kiem-ke-sao-mai.xlsx"
TWO = """Mã;Tên hệ thống;Đơn vị vận hành;Ghi chú riêng
HT-01;Cổng khách hàng;Trung tâm CNTT;x
HT-02;Bảng tin;Văn phòng;y
"""


@pytest.fixture
def empty(window: MainWindow, tmp_path: Path) -> Path:
    """An empty workspace, open in the window."""
    path = tmp_path / "kiem ke.levelkit"
    Workspace.create(path).close()
    window.open_path(str(path))
    return path


def look(qtbot, window: MainWindow, path: Path) -> ImportDialog:
    """Read a file and return the dialog that shows it."""
    window._inventory.look_at(path)
    qtbot.waitUntil(lambda: window.findChild(ImportDialog) is not None, timeout=30_000)
    return window.findChild(ImportDialog)


def button(parent, name: str) -> QPushButton:
    found = parent.findChild(QPushButton, name)
    assert found is not None, name
    return found


def said(window: MainWindow) -> str:
    return " ".join(one.text() for one in window.page().findChildren(QLabel) if one.isVisible())


def write(qtbot, window: MainWindow, dialog: ImportDialog) -> None:
    button(dialog, "import_go").click()
    qtbot.waitUntil(lambda: "Đã nhập từ" in said(window), timeout=60_000)


def csv(tmp_path: Path, text: str, name: str = "bang.csv") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8-sig")
    return path


def test_the_sample_is_looked_at_written_and_taken_back(qtbot, window, empty):
    dialog = look(qtbot, window, SHEET)
    words = dialog.findChild(QLabel, "import_sum").text()
    assert "12 hệ thống, 61 thiết bị, 32 dịch vụ, 38 vùng mạng, 8 kết nối" in words
    assert window._desk.workspace.systems() == []  # nothing is written by looking
    assert button(dialog, "import_go").text() == "Nhập 12 hệ thống"
    write(qtbot, window, dialog)
    assert len(window._desk.workspace.systems()) == 12
    assert isinstance(window.page(), BoardPage)
    assert "12 hệ thống mới" in said(window)
    act(window, "undo_import").trigger()
    assert "kiem-ke-sao-mai.xlsx" in said(window)
    undo = [one for one in window.page().findChildren(QPushButton) if one.text() == "Hoàn tác lần nhập này"]
    undo[-1].click()
    assert window._desk.workspace.systems() == []
    assert "Đã hoàn tác" in said(window)


def test_thinking_better_of_it_writes_nothing(qtbot, window, empty, tmp_path):
    dialog = look(qtbot, window, csv(tmp_path, TWO))
    button(dialog, "import_cancel").click()
    assert window._desk.workspace.systems() == []


def test_columns_that_are_not_read_are_named(qtbot, window, empty, tmp_path):
    dialog = look(qtbot, window, csv(tmp_path, TWO))
    assert "Ghi chú riêng" in dialog.findChild(QLabel, "import_notes").text()
    assert nameless(dialog) == []


def test_what_differs_is_asked_about_before_anything_is_written(qtbot, window, empty, tmp_path):
    write(qtbot, window, look(qtbot, window, csv(tmp_path, TWO)))
    changed = csv(tmp_path, TWO.replace("Trung tâm CNTT", "Ban Công nghệ"), "sua.csv")
    dialog = look(qtbot, window, changed)
    assert not button(dialog, "import_go").isEnabled()
    assert dialog.findChild(QLabel, "import_why").text().startswith("Chọn ")
    button(dialog, "import_filter_update").click()
    table = dialog.findChild(QTableView, "inventory_table")
    assert table.model().rowCount() == 1
    assert "«Trung tâm CNTT» thành «Ban Công nghệ»" in table.model().index(0, 5).data()
    dialog.findChild(QRadioButton, "import_skip").click()
    qtbot.waitUntil(lambda: dialog.plan.counts()["systems"]["skipped"] == 1, timeout=30_000)
    assert not button(dialog, "import_go").isEnabled()  # nothing is left to bring in
    dialog.findChild(QRadioButton, "import_update").click()
    qtbot.waitUntil(lambda: dialog.plan.counts()["systems"]["updated"] == 1, timeout=30_000)
    assert button(dialog, "import_go").text() == "Nhập 1 hệ thống"
    button(dialog, "import_go").click()
    qtbot.waitUntil(lambda: "1 hệ thống sửa" in said(window), timeout=30_000)
    session = window._desk.workspace.session("HT-01")
    assert session.interview.answer("operator.name") == "Ban Công nghệ"


def test_a_cell_that_cannot_be_read_is_shown_with_how_to_mend_it(qtbot, window, empty, tmp_path):
    text = TWO.replace("Ghi chú riêng", "Số chủ thể dữ liệu cá nhân cơ bản").replace(";x", ";hơn 3 triệu")
    dialog = look(qtbot, window, csv(tmp_path, text.replace(";y", ";1.200")))
    button(dialog, "import_filter_mend").click()
    table = dialog.findChild(QTableView, "inventory_table")
    assert table.model().rowCount() == 1
    assert "hơn 3 triệu" in table.model().index(0, 5).data()


def test_a_file_that_is_no_sheet_is_told(qtbot, window, empty, tmp_path):
    path = tmp_path / "anh.xlsx"
    path.write_bytes(b"khong phai bang tinh")
    window._inventory.look_at(path)
    qtbot.waitUntil(lambda: "anh.xlsx" in said(window), timeout=30_000)
    assert window.findChild(ImportDialog) is None


def test_read_only_brings_nothing_in(window, sample):
    with Workspace.open(sample):
        window.open_path(str(sample))
        window._inventory.look_at(SHEET)
        assert window.findChild(ImportDialog) is None
        assert "chỉ đọc" in said(window).lower()


def test_there_is_nothing_to_take_back(window, empty):
    act(window, "undo_import").trigger()
    assert "Chưa có lần nhập nào" in said(window)


def test_the_inventory_goes_out_and_comes_back_unchanged(qtbot, window, sample, tmp_path):
    window.open_path(str(sample))
    act(window, "board").trigger()
    path = tmp_path / "xuat.xlsx"
    window._inventory.export_to(path)
    qtbot.waitUntil(lambda: "Đã xuất 12 hệ thống" in said(window), timeout=60_000)
    dialog = look(qtbot, window, path)
    assert not button(dialog, "import_go").isEnabled()
    assert dialog.findChild(QLabel, "import_why").text() == "Không có gì mới để nhập."
