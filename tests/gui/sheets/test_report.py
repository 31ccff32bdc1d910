"""The yearly report by the window: what is missing is seen before, and kept beside, never in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QCheckBox, QLabel, QListWidget, QPushButton, QRadioButton

from levelkit.gui.sheets.report_dialog import ReportDialog
from levelkit.services import clock
from levelkit.services.report import missing_lines, prepare_report
from tests.gui.test_accessibility import nameless
from tests.gui.test_main_window import act

if TYPE_CHECKING:
    from pathlib import Path

    from levelkit.gui.main_window import MainWindow


@pytest.fixture
def dialog(qtbot, window: MainWindow, sample: Path) -> ReportDialog:
    """The dialog over the sample, what is missing read."""
    window.open_path(str(sample))
    act(window, "report").trigger()
    found = window.findChild(ReportDialog)
    qtbot.waitUntil(lambda: found._task is None, timeout=60_000)
    return found


def lines(dialog: ReportDialog) -> list[str]:
    view = dialog.findChild(QListWidget)
    return [view.item(place).text() for place in range(view.count())]


def test_what_is_missing_is_shown_before(window, dialog):
    wanted = missing_lines(prepare_report(window._desk.workspace, dialog.year))
    assert dialog.year == clock.today().year
    assert lines(dialog)[: len(wanted)] == wanted
    assert f"Còn thiếu {len(wanted)} dữ liệu" in dialog.findChild(QLabel, "report_missing_title").text()
    assert nameless(dialog) == []


def test_what_is_missing_is_kept_as_a_file_of_its_own(dialog, tmp_path):
    path = tmp_path / "thieu.txt"
    dialog.save_missing(path)
    assert path.read_text(encoding="utf-8-sig").splitlines() == dialog._lines


def test_without_a_format_nothing_is_made(dialog):
    for box in dialog.findChildren(QCheckBox):
        box.setChecked(False)
    assert not dialog.findChild(QPushButton, "report_make").isEnabled()
    assert dialog.findChild(QLabel, "report_why").text() == "Chọn ít nhất một định dạng."


def test_the_unit_reports_to_the_owner(qtbot, dialog):
    dialog.findChildren(QRadioButton)[1].click()
    assert dialog.by == "unit"
    qtbot.waitUntil(lambda: dialog._task is None, timeout=60_000)
    assert dialog.findChild(QPushButton, "report_make").isEnabled()


def test_the_report_is_written_in_the_formats_chosen(qtbot, window, dialog, tmp_path):
    for box in dialog.findChildren(QCheckBox):
        box.setChecked(box.text() in {"Word", "Excel"})
    dialog.take(tmp_path / "Mau 08.docx")
    qtbot.waitUntil(
        lambda: any("Đã lập báo cáo" in one.text() for one in window.page().findChildren(QLabel)),
        timeout=120_000,
    )
    assert sorted(path.name for path in tmp_path.glob("Mau*")) == ["Mau 08.docx", "Mau 08.xlsx"]
