"""The wizard on the sample: journeys over sections, jumps, the way back, what is saved, who may write."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from levelkit.errors import WorkspaceError
from levelkit.gui.pages import make_page
from levelkit.gui.wizard.wizard import Wizard

if TYPE_CHECKING:
    from levelkit.services import Workspace


@pytest.fixture
def wizard(qtbot, workspace: Workspace):
    made = Wizard(workspace.session("HT-03"), make_page)
    qtbot.addWidget(made)
    made.resize(1366, 700)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.start()
    yield made
    made.close_down()


def press(wizard: Wizard, name: str) -> None:
    found = wizard.findChild(QPushButton, name)
    assert found is not None
    assert found.isVisible()
    found.click()


def label(wizard: Wizard, name: str) -> str:
    found = wizard.findChild(QLabel, name)
    assert found is not None
    return found.text()


class Shown(QObject):
    """Notes every window that appears."""

    def __init__(self) -> None:
        super().__init__()
        self.windows: list[str] = []

    def eventFilter(self, watched, event):  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.windows.append(f"{type(watched).__name__} {watched.objectName()}")
        return False


def test_building_pages_never_flashes_a_window(wizard):
    watcher = Shown()
    app = QApplication.instance()
    app.installEventFilter(watcher)
    for section in wizard.session.interview.forms.sections:
        wizard.visit(section.id)
    app.removeEventFilter(watcher)
    assert watcher.windows == []


@pytest.mark.parametrize("code", ["HT-02", "HT-03", "HT-06", "HT-08"])
def test_no_text_of_the_panel_is_squeezed(qtbot, workspace, code):
    made = Wizard(workspace.session(code), make_page)
    qtbot.addWidget(made)
    made.resize(1366, 700)
    made.show()
    made.start()
    qtbot.wait(50)
    panel = made.findChild(QWidget, "level_panel")
    texts = [one for one in panel.findChildren(QLabel) if one.isVisible() and one.wordWrap() and one.text()]
    assert len(texts) > 5
    assert [one.text() for one in texts if one.height() < one.heightForWidth(one.width())] == []
    made.close_down()


def test_starts_at_the_first_section_with_the_system_named(wizard):
    assert wizard.current == "don-vi"
    assert label(wizard, "system_name") == wizard.session.name
    assert label(wizard, "level_headline") == "Cấp độ 3"


def test_back_is_the_order_of_visits_not_of_the_list(wizard):
    wizard.visit("rui-ro")
    wizard.visit("he-thong")
    wizard.visit("kien-truc")
    back = wizard.findChild(QPushButton, "go_back")
    assert back.text() == "2. Hệ thống và phạm vi"
    press(wizard, "go_back")
    assert wizard.current == "he-thong"
    press(wizard, "go_back")
    assert wizard.current == "rui-ro"
    press(wizard, "go_back")
    assert wizard.current == "don-vi"


def test_next_goes_down_the_list_to_the_check(wizard):
    seen = [wizard.current]
    for _ in range(7):
        press(wizard, "go_next")
        seen.append(wizard.current)
    sections = [section.id for section in wizard.session.interview.forms.sections]
    assert seen == sections[:8]
    onward = wizard.findChild(QPushButton, "go_next")
    assert onward.text() == "Tiếp: 9. Kiểm tra và xuất"


def test_a_jump_shows_the_question_and_why_it_is_asked(qtbot, wizard):
    wizard.jump_to("conditional_business_lines")
    assert wizard.current == "loai-hinh"
    qtbot.waitUntil(lambda: wizard.focused == "conditional_business_lines")
    why = wizard.session.interview.forms.question("conditional_business_lines").why
    assert label(wizard, "why_text") == why


def test_an_answer_moves_level_and_history_at_once(qtbot, wizard):
    wizard.session.set("risk_assessed_level", 4)
    assert label(wizard, "level_headline") == "Cấp độ 4"
    wizard.undo()
    assert label(wizard, "level_headline") == "Cấp độ 3"
    assert wizard.current == "rui-ro"
    wizard.redo()
    assert label(wizard, "level_headline") == "Cấp độ 4"


def test_proposal_is_stored_with_its_reason_and_withdrawn(qtbot, wizard):
    panel = wizard._level.panel
    panel.raise_asked.emit(4, "Nhiều đơn vị ngoài cùng dùng.")
    answers = wizard.session.interview.answers
    assert (answers["proposed_level"], answers["proposed_level.reason"]) == (
        4,
        "Nhiều đơn vị ngoài cùng dùng.",
    )
    assert "4" in label(wizard, "proposed_level")
    panel.withdraw_asked.emit()
    assert wizard.session.interview.answer("proposed_level") is None


def test_gaps_are_counted_and_visited(qtbot, wizard):
    with qtbot.waitSignal(wizard.gaps_changed) as told:
        wizard.session.set("owner.name", None)
    assert told.args[0]["error"] >= 1
    wizard.visit("van-ban")
    wizard.go_to_gap("error")
    assert wizard.current == "don-vi"
    qtbot.waitUntil(lambda: wizard.focused == "owner.name")


def test_section_rows_tell_three_counts_and_errors(qtbot, wizard):
    with qtbot.waitSignal(wizard.gaps_changed):
        wizard.session.set("owner.name", None)
    names = [row.accessibleName() for row in wizard.findChildren(QPushButton, "section_row")]
    assert names[0].startswith("1. Đơn vị. Điền ")
    assert "Đạt" in names[0]
    assert "Duyệt" in names[0]
    assert names[0].endswith("có lỗi")
    assert len(names) == 9


def test_a_disk_that_refuses_is_told_on_top_of_the_page_and_tried_again(qtbot, wizard, monkeypatch):
    def refuse(*_args):
        raise WorkspaceError("Chưa lưu được: ổ đĩa đầy.")

    workspace = wizard.session._workspace
    monkeypatch.setattr(workspace, "save", refuse)
    wizard._level.panel.withdraw_asked.emit()
    wizard._level.panel.raise_asked.emit(5, "Thử.")
    assert "unsaved" in wizard._banners.shown()
    assert wizard.session.unsaved
    monkeypatch.undo()
    retry = next(one for one in wizard.findChildren(QPushButton) if one.text() == "Thử lại")
    retry.click()
    assert not wizard.session.unsaved
    assert "unsaved" not in wizard._banners.shown()


@pytest.mark.parametrize(
    ("width", "shown", "hidden"),
    [
        (1366, {"section_list", "level_panel"}, {"section_rail", "level_strip", "level_rail"}),
        (920, {"section_rail", "level_strip"}, {"section_list", "level_panel", "level_rail"}),
    ],
)
def test_narrow_windows_keep_sections_and_level_in_sight(wizard, width, shown, hidden):
    wizard.resize(width, 520)
    visible = {one.objectName() for one in wizard.findChildren(QWidget) if one.isVisible()}
    assert shown <= visible
    assert not hidden & visible


def test_reasons_lie_over_the_page_and_escape_closes_them(qtbot, wizard):
    wizard.resize(920, 520)
    wizard.toggle_reasons()
    panel = wizard.findChild(QWidget, "level_panel")
    assert panel.isVisible()
    assert panel.geometry().right() == wizard.rect().right()
    qtbot.keyClick(panel, Qt.Key.Key_Escape)
    assert not panel.isVisible()
    wizard.resize(1366, 700)
    assert panel.isVisible()


def test_arrow_keys_move_through_the_sections(qtbot, wizard):
    rows = wizard.findChildren(QPushButton, "section_row")
    rows[0].setFocus()
    qtbot.keyClick(rows[0], Qt.Key.Key_Down)
    assert rows[1].hasFocus()
    qtbot.keyClick(rows[1], Qt.Key.Key_Space)
    assert wizard.current == "he-thong"
