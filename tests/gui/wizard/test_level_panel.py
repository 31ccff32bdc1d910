from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QPlainTextEdit, QPushButton

from levelkit.gui.stairs import Stairs
from levelkit.gui.wizard.level_panel import LevelPanel
from levelkit.gui.wizard.level_parts import ReasonGroup
from levelkit.gui.wizard.level_view import view_level

if TYPE_CHECKING:
    from levelkit.services import SystemSession, Workspace


@pytest.fixture
def session(workspace: Workspace) -> SystemSession:
    return workspace.session("HT-03")


@pytest.fixture
def panel(qtbot) -> LevelPanel:
    made = LevelPanel()
    qtbot.addWidget(made)
    made.resize(340, 700)
    made.show()
    qtbot.waitExposed(made)
    return made


def show(panel: LevelPanel, session: SystemSession, *, writable: bool = True) -> None:
    panel.show_level(
        view_level(session.classification, session.interview, session.library), "", writable=writable
    )


def texts(panel: LevelPanel) -> list[str]:
    found = [label.text() for label in panel.findChildren(type(panel._headline)) if label.isVisibleTo(panel)]
    return [text for text in found if text]


def button(panel: LevelPanel, name: str) -> QPushButton:
    found = panel.findChild(QPushButton, name)
    assert found is not None
    return found


def test_groups_stand_in_the_order_of_the_look_and_empty_ones_are_left_out(panel, session):
    show(panel, session)
    shown = [one for one in panel.findChildren(ReasonGroup) if one.isVisibleTo(panel)]
    titles = [one.accessibleName() for one in sorted(shown, key=lambda one: one.y())]
    order = ["Tiêu chí quyết định", "Tiêu chí khác cùng đạt", "Sẽ lên cấp cao hơn nếu", "Điểm luật chưa rõ"]
    assert [title for title in order if title in titles] == [title for title in titles if title in order]
    assert titles[0] == "Tiêu chí quyết định"
    assert "Câu này sẽ chốt cấp độ" not in texts(panel)


def test_a_citation_link_asks_for_the_text(qtbot, panel, session):
    show(panel, session)
    link = next(one for one in panel.findChildren(QPushButton) if one.text() == "Điểm a khoản 2 Điều 13")
    with qtbot.waitSignal(panel.cite_asked) as asked:
        link.click()
    assert asked.args == ["nd331-2026:13.2.a"]


def test_the_level_goes_up_with_a_reason_and_never_down(qtbot, panel, session):
    show(panel, session)
    button(panel, "raise_level").click()
    offered = [
        one.objectName() for one in panel.findChildren(QPushButton) if one.objectName().startswith("raise_to")
    ]
    assert offered == ["raise_to_4", "raise_to_5"]
    accept = button(panel, "accept_proposal")
    assert not accept.isEnabled()
    reason = panel.findChild(QPlainTextEdit)
    assert reason is not None
    reason.setPlainText("   ")
    assert not accept.isEnabled()
    reason.setPlainText("Dữ liệu của toàn bộ khách hàng doanh nghiệp.")
    assert accept.isEnabled()
    with qtbot.waitSignal(panel.raise_asked) as asked:
        accept.click()
    assert asked.args == [4, "Dữ liệu của toàn bộ khách hàng doanh nghiệp."]


def test_read_only_offers_no_proposal(panel, session):
    show(panel, session, writable=False)
    assert not button(panel, "raise_level").isVisibleTo(panel)
    panel.open_editor()
    assert not button(panel, "accept_proposal").isVisibleTo(panel)


def test_open_questions_are_numbered_jumps(qtbot, panel, session):
    session.set("risk_assessed_level", None)
    show(panel, session)
    assert "Cấp 3 theo tiêu chí" in texts(panel)
    with qtbot.waitSignal(panel.jump_asked) as asked:
        button(panel, "settle_1").click()
    assert asked.args == ["risk_assessed_level"]


def test_a_change_is_marked_and_told_to_screen_readers(panel, session, monkeypatch):
    told = []
    show(panel, session)
    monkeypatch.setattr(QAccessible, "updateAccessibility", lambda event: told.append(event.type()))
    show(panel, session)
    assert told == []
    session.set("risk_assessed_level", 4)
    show(panel, session)
    assert QAccessible.Event.NameChanged in told
    stairs = panel.findChild(Stairs)
    assert stairs is not None
    assert stairs.accessibleName() == panel.accessibleDescription()


def test_why_box_names_the_law(qtbot, panel, session):
    question = session.interview.forms.question("conditional_business_lines")
    clause = session.library.citation(question.cite).clause_vi
    panel.show_why(question.label, question.why, clause, question.cite)
    link = button(panel, "why_cite")
    assert link.text() == f"Xem nguyên văn {clause[0].lower()}{clause[1:]}"
    with qtbot.waitSignal(panel.cite_asked) as asked:
        qtbot.keyClick(link, Qt.Key.Key_Space)
    assert asked.args == [question.cite]
    panel.show_why("", "", "", "")
    assert not link.isVisible()
