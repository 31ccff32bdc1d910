"""The board in the real window: what it shows, and that everything on it opens what it names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QTableView

from levelkit.gui.board.model import BoardModel
from levelkit.gui.board.page import BoardPage
from levelkit.gui.citation_dialog import CitationDialog
from levelkit.services import Workspace, clock
from levelkit.services.board import board
from tests.gui.test_accessibility import nameless
from tests.gui.test_main_window import act

if TYPE_CHECKING:
    from pathlib import Path

    from levelkit.gui.main_window import MainWindow


@pytest.fixture
def page(qtbot, window: MainWindow, sample: Path) -> BoardPage:
    """The board of the sample, everything counted."""
    window.open_path(str(sample))
    act(window, "board").trigger()
    found = window.page()
    assert isinstance(found, BoardPage)
    qtbot.waitUntil(lambda: found._task is None, timeout=60_000)
    return found


def table(page: BoardPage) -> QTableView:
    return page.findChild(QTableView, "inventory_table")


def codes(page: BoardPage) -> list[str]:
    model = table(page).model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def button(page: BoardPage, name: str) -> QPushButton:
    found = page.findChild(QPushButton, name)
    assert found is not None, name
    return found


def test_it_shows_every_system_the_most_urgent_first(page):
    assert len(codes(page)) == 12
    model = table(page).model()
    dues = [model.index(row, 4).data() for row in range(12)]
    assert dues == sorted(dues, key=lambda day: day.split("/")[::-1])
    assert button(page, "board_filter_all").text() == "Tất cả 12"


def test_what_is_missing_is_counted_in_the_background(page, sample):
    model = table(page).model()
    words = {model.index(row, 0).data(): model.index(row, 5).data() for row in range(12)}
    errors = sum(one.severity == "error" for one in page._workspace.session("HT-02").findings("appraisal"))
    assert words["HT-02"].startswith(f"{errors} lỗi")
    assert words["HT-11"].startswith("Đủ dữ liệu")


def test_a_row_opens_its_system_by_the_keyboard(qtbot, window, page):
    view = table(page)
    view.setFocus()
    view.selectRow(codes(page).index("HT-09"))
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert window._wizard.session.code == "HT-09"
    act(window, "board").trigger()
    assert isinstance(window.page(), BoardPage)


def test_a_reason_opens_the_question_that_it_reads(window, page):
    jump = next(one for one in page.findChildren(QPushButton) if one.accessibleName().startswith("Mở HT-06"))
    jump.click()
    assert window._wizard.session.code == "HT-06"
    assert window._wizard.current == "he-thong"


def test_a_citation_shows_its_text(window, page):
    button_ = next(one for one in page.findChildren(QPushButton) if one.text() == "Đ10.2.b")
    button_.click()
    dialog = window.findChild(CitationDialog)
    assert "Điểm b khoản 2 Điều 10" in dialog.windowTitle()
    dialog.reject()


def test_a_level_of_the_chart_narrows_the_table(page):
    button(page, "board_level_2").click()
    assert sorted(codes(page)) == ["HT-06", "HT-07"]
    assert button(page, "board_narrowed").isVisible()
    button(page, "board_narrowed").click()
    assert len(codes(page)) == 12


def test_a_deadline_of_several_systems_narrows_the_table_to_them(page):
    due = next(due for due in board(page._workspace, clock.today()).dues if len(due.codes) > 1)
    jump = next(
        one
        for one in page.findChildren(QPushButton)
        if f"{len(due.codes)} hệ thống" in one.accessibleName() and due.what_vi in one.accessibleName()
    )
    jump.click()
    assert sorted(codes(page)) == sorted(due.codes)


def test_filters_and_search_without_accents(qtbot, page):
    button(page, "board_filter_review").click()
    assert codes(page) == ["HT-06"]
    button(page, "board_filter_all").click()
    page.findChild(QLineEdit, "board_search").setText("ung dung buu ta")
    assert codes(page) == ["HT-02"]


def test_the_chart_is_also_a_table_of_numbers(page):
    button(page, "board_chart_switch").click()
    words = [one.text() for one in page._chart.findChildren(QLabel) if one.isVisible()]
    assert {"Đã phê duyệt", "Đang làm", "Chưa có hồ sơ", "Cộng"} <= set(words)
    assert button(page, "board_level_2").accessibleName().startswith("Cấp 2: 2 hệ thống")


def test_everything_that_takes_the_focus_has_a_name(page, window):
    assert nameless(window) == []


def test_every_cell_says_its_column(page):
    model = table(page).model()
    said = model.index(0, 2).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.startswith("Cấp độ: ")


def test_an_empty_inventory_says_how_to_begin(qtbot, window, tmp_path):
    path = tmp_path / "trong.levelkit"
    Workspace.create(path).close()
    window.open_path(str(path))
    act(window, "board").trigger()
    words = [one.text() for one in window.page().findChildren(QLabel) if one.isVisible()]
    assert "Chưa có hệ thống nào" in words
    assert not table(window.page()).isVisible()


def test_read_only_shows_the_same_and_adds_nothing(window, sample):
    with Workspace.open(sample):
        window.open_path(str(sample))
        act(window, "board").trigger()
        assert not button(window.page(), "board_add").isEnabled()
        assert len(codes(window.page())) == 12


def test_without_a_file_the_newest_one_is_taken(window, sample):
    window.open_path(str(sample))
    window.show_start()
    act(window, "board").trigger()
    assert isinstance(window.page(), BoardPage)


def test_what_was_counted_for_an_older_revision_is_counted_again(workspace):
    from levelkit.services.board import Gaps

    model = BoardModel()
    found = board(workspace, clock.today())
    model.show_board(found)
    line = found.lines[0]
    model.show_gaps(line.code, Gaps(line.revision, 1, 0))
    assert line.code not in model.uncounted()
    workspace.session(line.code).set("owner.phone", "024 3333 4444")
    model.show_board(board(workspace, found.today))
    assert line.code in model.uncounted()
