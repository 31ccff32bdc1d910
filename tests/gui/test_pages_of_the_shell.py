"""Start page, list of systems, quick find, settings, crash report."""

from __future__ import annotations

import sys
from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QInputDialog,
    QLabel,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QPushButton,
    QTableView,
)

from levelkit.gui.crash import CrashGuard
from levelkit.gui.crash_dialog import CrashDialog
from levelkit.gui.desk import state_words
from levelkit.gui.quick_find import Target, find
from levelkit.gui.settings import Recent, WindowSettings, when_vi
from levelkit.gui.start_page import StartPage
from levelkit.gui.systems_page import SystemsPage
from levelkit.services.settings import Settings

RECENTS = [
    Recent(
        "/hồ sơ/HT-01.levelkit",
        "2026-12-02T14:32:00",
        "HT-01",
        "Tra cứu hành trình",
        3,
        3,
        3,
        "2 lỗi",
        "error",
    ),
    Recent("/hồ sơ/HT-02.levelkit", "2026-12-01T16:05:00", "HT-02", "Ứng dụng bưu tá", None, 2, 3),
    Recent("/hồ sơ/đội xe.levelkit", "2026-11-30T08:00:00"),
]


def shown_rows(page: StartPage) -> list[str]:
    view = page.findChild(QListView, "recent_list")
    model = view.model()
    return [model.index(i, 0).data() for i in range(model.rowCount()) if not view.isRowHidden(i)]


@pytest.fixture
def start(qtbot) -> StartPage:
    page = StartPage()
    qtbot.addWidget(page)
    page.resize(1366, 700)
    page.show()
    qtbot.waitExposed(page)
    return page


def test_recent_files_say_level_name_path_and_state(start):
    start.show_recents(RECENTS)
    assert shown_rows(start)[0].startswith("Cấp 3, Tra cứu hành trình, /hồ sơ/HT-01.levelkit, ")
    assert shown_rows(start)[0].endswith("2 lỗi")
    assert shown_rows(start)[1].startswith("Cấp 2–3, Ứng dụng bưu tá")
    assert shown_rows(start)[2].startswith("Chưa chốt, đội xe")


def test_recent_files_are_filtered_without_accents(start):
    start.show_recents(RECENTS)
    field = start.findChild(QLineEdit)
    field.setText("doi xe")
    assert len(shown_rows(start)) == 1
    field.setText("không có")
    assert shown_rows(start) == []
    told = [label.text() for label in start.findChildren(QLabel) if label.isVisible()]
    assert "Không có tệp nào khớp «không có»." in told


def test_enter_opens_a_recent_file_at_its_system(qtbot, start):
    start.show_recents(RECENTS)
    view = start.findChild(QListView, "recent_list")
    view.setCurrentIndex(view.model().index(1, 0))
    with qtbot.waitSignal(start.recent_asked) as asked:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert asked.args == ["/hồ sơ/HT-02.levelkit", "HT-02"]


def test_days_are_said_as_people_do():
    now = datetime(2026, 12, 2, 15, 0)
    assert when_vi("2026-12-02T14:32:00", now) == "Hôm nay, 14:32"
    assert when_vi("2026-12-01T16:05:00", now) == "Hôm qua, 16:05"
    assert when_vi("2026-11-30T08:00:00", now) == "30/11/2026"
    assert when_vi("hỏng", now) == ""


def test_state_of_a_file_names_what_is_open():
    assert state_words({"error": 2, "warning": 5, "hint": 1}) == ("2 lỗi, 5 cảnh báo", "error")
    assert state_words({"error": 0, "warning": 1}) == ("1 cảnh báo", "warning")
    assert state_words({}) == ("Không còn lỗi, cảnh báo", "ok")


@pytest.fixture
def systems(qtbot, workspace) -> SystemsPage:
    page = SystemsPage(workspace)
    qtbot.addWidget(page)
    page.resize(1366, 700)
    page.show()
    qtbot.waitExposed(page)
    return page


def codes(page: SystemsPage) -> list[str]:
    model = page.findChild(QTableView, "systems_table").model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_systems_are_found_without_accents(systems):
    field = systems.findChild(QLineEdit)
    field.setText("ung dung buu ta")
    assert codes(systems) == ["HT-02"]
    field.setText("")
    assert len(codes(systems)) == 12


def test_a_removed_system_comes_back_with_one_button(systems, workspace):
    systems.findChild(QTableView, "systems_table").selectRow(4)
    systems.findChild(QPushButton, "remove_system").click()
    assert "HT-05" not in codes(systems)
    again = next(one for one in systems.findChildren(QPushButton) if one.text() == "Đưa trở lại")
    again.click()
    assert "HT-05" in codes(systems)
    assert systems.current_code() == "HT-05"


def answer(monkeypatch, name: str) -> None:
    monkeypatch.setattr(QInputDialog, "exec", lambda _self: QInputDialog.DialogCode.Accepted)
    monkeypatch.setattr(QInputDialog, "textValue", lambda _self: name)


def test_systems_are_added_and_renamed(systems, workspace, monkeypatch):
    answer(monkeypatch, "Kho chia chọn Thủ Đức")
    systems.findChild(QPushButton, "add_system").click()
    assert systems.current_code() == "HT-13"
    table = systems._table
    assert table.viewport().rect().contains(table.visualRect(table.currentIndex()).center())
    assert table.hasFocus()
    answer(monkeypatch, "Kho Thủ Đức")
    systems.findChild(QPushButton, "rename_system").click()
    assert workspace.session("HT-13").name == "Kho Thủ Đức"


def test_a_name_that_cannot_be_taken_is_told_in_a_bar(systems, monkeypatch):
    answer(monkeypatch, "   ")
    systems.findChild(QPushButton, "add_system").click()
    assert len(codes(systems)) == 12
    told = [label.text() for label in systems.findChildren(QLabel) if label.isVisible()]
    assert any(text.startswith("Tên hệ thống: phải có tên") for text in told)


def test_find_puts_what_starts_with_the_query_first():
    targets = [
        Target("question", "a", "Có dữ liệu nào?"),
        Target("question", "b", "Dữ liệu gồm gì?"),
        Target("system", "HT-01", "Đường thư", "HT-01"),
    ]
    assert [target.key for target in find(targets, "du lieu")] == ["b", "a"]
    assert [target.key for target in find(targets, "duong")] == ["HT-01"]
    assert find(targets, "  ") == []


def test_settings_survive_and_a_broken_file_counts_as_none(tmp_path):
    file = tmp_path / "settings.json"
    settings = WindowSettings(Settings(file))
    settings.keep("mode", "dark")
    settings.keep("percent", 130)
    settings.remember(RECENTS[0])
    settings.remember(RECENTS[2])
    settings.remember(Recent(RECENTS[0].path, "2026-12-03T08:00:00"))
    again = WindowSettings(Settings(file))
    assert (again.mode, again.percent) == ("dark", 130)
    assert [one.path for one in again.recents] == [RECENTS[0].path, RECENTS[2].path]
    assert (again.recents[0].name, again.recents[0].opened) == ("Tra cứu hành trình", "2026-12-03T08:00:00")
    file.write_text("{hỏng", "utf-8")
    assert WindowSettings(Settings(file)).mode == "system"
    file.write_text('{"mode": "tím", "percent": 3, "recents": [{"x": 1}]}', "utf-8")
    broken = WindowSettings(Settings(file))
    assert (broken.mode, broken.percent, broken.recents) == ("system", 100, [])


def test_a_bug_is_shown_with_its_report_and_nothing_is_written(qtbot, qapp, tmp_path, monkeypatch):
    monkeypatch.setenv("LEVELKIT_CONFIG_DIR", str(tmp_path))
    guard = CrashGuard()
    guard.install()
    try:
        error = ValueError("Nguyễn Văn A, 0912 345 678")
        sys.excepthook(ValueError, error, None)
        qtbot.waitUntil(lambda: guard._shown is not None)
    finally:
        guard.uninstall()
    dialog = guard._shown
    assert isinstance(dialog, CrashDialog)
    text = dialog.findChild(QPlainTextEdit).toPlainText()
    assert "ValueError" in text
    assert "Nguyễn" not in text
    assert list(tmp_path.rglob("*.txt")) == []
    dialog.accept()
    qtbot.waitUntil(lambda: guard._shown is None)
    assert sys.excepthook != guard.handle
