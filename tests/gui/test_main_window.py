"""Whole journeys in the real window: start, sample, list, system, and back again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QTableView

from levelkit.gui.app import make_window
from levelkit.gui.new_dialog import NewDialog
from levelkit.services import Workspace

if TYPE_CHECKING:
    from levelkit.gui.main_window import MainWindow


def act(window: MainWindow, name: str) -> QAction:
    found = window.findChild(QAction, f"action_{name}")
    assert found is not None
    return found


def text(window: MainWindow, name: str) -> str:
    found = [one for one in window.findChildren(QLabel, name) if one.isVisible()]
    return found[0].text()


def test_from_start_to_the_sample_to_a_section_and_back(qtbot, window):
    window.findChild(QPushButton, "way_sample").click()
    table = window.findChild(QTableView, "systems_table")
    assert table.model().rowCount() == 12
    table.selectRow(2)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert text(window, "system_code").startswith("HT-03")
    assert text(window, "level_headline") == "Cấp độ 3"
    act(window, "check").trigger()
    assert window._wizard.current == "kiem-tra"
    act(window, "back").trigger()
    assert window._wizard.current == "don-vi"
    act(window, "list").trigger()
    assert any(one.isVisible() for one in window.findChildren(QTableView, "systems_table"))
    act(window, "start").trigger()
    assert window._desk.workspace is None
    assert [recent.code for recent in window._desk.settings.recents] == ["HT-03"]


def test_a_new_dossier_begins_in_a_file_of_its_own(qtbot, window, tmp_path):
    path = tmp_path / "Cổng mới.levelkit"
    window.create_dossier(path, "Cổng mới")
    assert path.is_file()
    assert window._wizard.session.name == "Cổng mới"
    assert text(window, "level_headline") == "Chưa chốt cấp độ"
    window._wizard.session.set("owner.name", "Bưu chính Sao Mai")
    qtbot.waitUntil(lambda: text(window, "saved_at").startswith("Đã lưu lúc "))
    window.close()
    with Workspace.open(path) as again:
        assert again.session("HT-01").interview.answer("owner.name") == "Bưu chính Sao Mai"


def test_the_dialog_of_a_new_dossier_says_what_is_missing(qtbot, window, tmp_path):
    dialog = NewDialog(tmp_path, window)
    create = dialog.findChild(QPushButton, "create_dossier")
    assert not create.isEnabled()
    dialog.findChild(QLineEdit, "new_name").setText("Ví thu hộ: COD/Ví")
    assert dialog.path() == tmp_path / "Ví thu hộ  COD Ví.levelkit"
    assert create.isEnabled()
    dialog.path().touch()
    dialog.findChild(QLineEdit, "new_name").setText("Ví thu hộ: COD/Ví ")
    assert not create.isEnabled()


def test_a_second_window_reads_only_and_names_who_holds_the_file(qtbot, window, sample, settings):
    with Workspace.open(sample):
        window.open_path(str(sample), "HT-03")
        assert text(window, "saved_at") == "Chỉ đọc"
        assert "readonly" in window._wizard._banners.shown()
        bar = next(one for one in window._wizard._banners.findChildren(QLabel) if one.text())
        assert window._desk.workspace.holder.host in bar.text()
        assert not act(window, "raise").isEnabled()
        assert not act(window, "undo").isEnabled()
    reopen = next(one for one in window.findChildren(QPushButton) if one.text() == "Mở lại để sửa")
    reopen.click()
    assert not window._desk.workspace.readonly
    assert window._wizard.session.code == "HT-03"


def test_undo_names_what_it_takes_back(window, sample):
    window.open_path(str(sample), "HT-03")
    window._wizard.session.set("owner.phone", "024 3333 4444")
    undo = act(window, "undo")
    assert undo.isEnabled()
    assert undo.text().startswith("&Hoàn tác: Sửa: ")
    undo.trigger()
    assert not undo.isEnabled()
    assert act(window, "redo").isEnabled()


def test_a_missing_file_is_told_and_forgotten(window, sample, settings):
    window.open_path(str(sample))
    act(window, "start").trigger()
    sample.unlink()
    window.open_path(str(sample))
    assert settings.recents == []
    assert window._desk.workspace is None


def test_a_broken_file_changes_nothing(window, tmp_path):
    broken = tmp_path / "hong.levelkit"
    broken.write_bytes(b"khong phai co so du lieu")
    window.open_path(str(broken))
    shown = [one.text() for one in window._start.findChildren(QLabel) if one.isVisible()]
    assert any("hong.levelkit" in one for one in shown)
    assert broken.read_bytes() == b"khong phai co so du lieu"


def test_a_crash_is_offered_to_go_on_from(qtbot, window, sample, settings):
    window.open_path(str(sample), "HT-06")
    settings_after_crash = settings.running
    assert Path(settings_after_crash) == sample
    window._desk.workspace.close()
    second = make_window(settings)
    qtbot.addWidget(second)
    second._desk.crashed = settings_after_crash
    second.show()
    second.show_crash_note()
    again = next(one for one in second._start.findChildren(QPushButton) if one.text() == "Mở lại")
    again.click()
    assert second._desk.workspace is not None
    second.close()
    assert settings.running == ""


def test_quick_find_goes_to_questions_systems_and_law(qtbot, window, sample):
    window.open_path(str(sample), "HT-03")
    act(window, "find").trigger()
    field = window.findChild(QLineEdit, "quick_find")
    qtbot.waitUntil(field.hasFocus)
    qtbot.keyClicks(field, "nganh nghe")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert window._wizard.current == "loai-hinh"
    act(window, "find").trigger()
    qtbot.keyClicks(field, "ht-06")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert window._wizard.session.code == "HT-06"
    act(window, "find").trigger()
    qtbot.keyClicks(field, "khong co gi nhu the")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""


def test_the_window_comes_back_where_it_was_and_as_it_looked(qtbot, window, settings):
    window._set_mode("dark")
    window._set_percent(115)
    window.resize(1200, 700)
    window.close()
    assert (settings.mode, settings.percent) == ("dark", 115)
    again = make_window(settings)
    qtbot.addWidget(again)
    assert again.height() == 700  # the width may have to fit the screen


def test_smallest_size_holds(window):
    window.resize(300, 200)
    assert (window.width(), window.height()) == (900, 510)


def test_every_key_belongs_to_one_action(window):
    keys = [key.toString() for action in window.findChildren(QAction) for key in action.shortcuts()]
    assert len(keys) == len(set(keys))
    assert "F8" in keys
