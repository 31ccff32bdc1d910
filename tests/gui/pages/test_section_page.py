"""Pages with the real forms: what is asked, jumps, autosave, and what a screen reader gets."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from levelkit.gui.fields import FIELDS
from levelkit.gui.fields.text import LongTextField
from levelkit.gui.pages import CHECK_SECTION, make_page
from levelkit.questionnaire import QUESTION_TYPES, load_forms
from tests.gui.page_support import compose, heard, type_text, unnamed

if TYPE_CHECKING:
    from levelkit.gui.pages.section_page import SectionPage

NO_BAR = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
SECTIONS = [section.id for section in load_forms().sections if section.id != CHECK_SECTION]


@pytest.fixture
def session(workspace):
    return workspace.session("HT-03")


@pytest.fixture
def page(qtbot, session):
    def make(section_id: str) -> SectionPage:
        made = make_page(session, session.interview.forms.section(section_id))
        qtbot.addWidget(made)
        made.resize(1014, 646)
        made.show()
        made.activateWindow()
        qtbot.waitUntil(made.isActiveWindow)
        return made

    return make


def test_every_question_type_has_its_field():
    assert set(FIELDS) == set(QUESTION_TYPES)


@pytest.mark.parametrize("section_id", SECTIONS)
def test_every_part_of_every_page_has_a_name_and_a_description(page, session, section_id):
    made = page(section_id)
    asked = [question.id for question in session.interview.visible_questions(section_id)]
    assert [box.question.id for box in made.boxes()] == asked
    names = set()
    for box in made.boxes():
        for part in box.field.entries():
            name, description = heard(part)
            if part.inherits("QComboBox"):  # on Linux a list is called by its current text
                name = part.accessibleName()
            assert name, part.objectName()
            assert box.question.why in description, part.objectName()
            assert part.objectName() not in names
            names.add(part.objectName())
    assert [part for part in unnamed(made) if not part.startswith("Combo")] == []


@pytest.mark.parametrize("section_id", SECTIONS)
def test_no_part_needs_more_than_the_narrowest_middle(page, section_id):
    """Between section list and level panel 508 px are left in a window of 1100."""
    made = page(section_id)
    for box in made.boxes():
        assert box.minimumSizeHint().width() <= 508 - 2 * 24, box.question.id


@pytest.mark.parametrize("section_id", SECTIONS)
def test_showing_answers_changes_none(page, session, section_id):
    before = session.interview.answers
    made = page(section_id)
    made.flush()
    made.finish()
    assert session.interview.answers == before


def test_a_question_appears_and_goes_with_the_answer_it_hangs_on(page, session):
    made = page("don-vi")
    session.set("delegate.used", False)
    assert made.box("delegate.name") is None
    session.set("delegate.used", True)
    assert made.box("delegate.name").isVisible()
    session.undo()
    assert made.box("delegate.name") is None


def test_a_new_question_takes_its_place_in_the_tab_order(page, session):
    made = page("don-vi")
    session.set("delegate.used", False)
    session.set("delegate.used", True)
    made.box("delegate.name").field.entry().setFocus()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is made.box("delegate.document").field.entry()


def test_a_new_group_takes_its_place_in_the_tab_order(page, session):
    made = page("thong-tin")
    session.set("information", ["public"])
    session.set("kinds", ["internal"])
    session.set("information", ["public", "personal"])
    made.box("information.description").field.entry().setFocus()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert QApplication.focusWidget() in made.box("data_kinds").field.entries()


def test_back_gives_the_focus_to_the_question_left(page):
    made = page("don-vi")
    made.box("operator.email").field.entry().setFocus()
    made.setFocus()
    made.focus_again()
    assert QApplication.focusWidget() is made.box("operator.email").field.entry()
    made.focus_first()
    assert QApplication.focusWidget() is made.box("owner.name").field.entry()


def test_another_tab_has_the_focus_in_its_first_field(page):
    made = page("kien-truc")
    made.focus_first()
    made._tabs.setCurrentIndex(1)
    assert QApplication.focusWidget() is made.box("devices").field.entry()


def test_a_page_that_shrinks_keeps_the_field_in_sight(page, qtbot):
    """A note comes over the page while a question low on it is being answered."""
    made = page("don-vi")
    made.resize(900, 600)
    made.jump_to("operator.email")
    field, scroll = made.box("operator.email").field.entry(), next(iter(made._scrolls.values()))
    qtbot.waitUntil(lambda: not scroll._growing.isActive())

    def bottom() -> int:
        return field.mapTo(scroll.viewport(), field.rect().bottomLeft()).y()

    scroll.verticalScrollBar().setValue(scroll.verticalScrollBar().value() + bottom() - 590)
    made.resize(900, 450)
    qtbot.waitUntil(lambda: bottom() <= scroll.viewport().height())


def test_tab_goes_through_the_page_in_the_order_of_the_form(page, session):
    made = page("don-vi")
    order = [box.question.id for box in made.boxes()]
    owners = {id(part): box.question.id for box in made.boxes() for part in box.field.entries()}
    made.focus_first()
    walked = [owners[id(QApplication.focusWidget())]]
    for _ in range(len(order) * 3):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        owner = owners.get(id(QApplication.focusWidget()))
        if owner is None:
            break
        walked.append(owner)
    met = [question for question, _ in itertools.groupby(walked)]
    assert met[: len(order)] == order


def test_a_jump_scrolls_focuses_and_tells_the_host(page, qtbot):
    made = page("thong-tin")
    last = list(made.boxes())[-1]
    with qtbot.waitSignal(made.question_focused) as told:
        assert made.jump_to(last.question.id)
    assert told.args == [last.question.id]
    assert QApplication.focusWidget() is last.field.entry()
    area = next(iter(made._scrolls.values()))
    qtbot.waitUntil(
        lambda: area.viewport().rect().contains(last.mapTo(area.viewport(), last.rect().center()))
    )


def test_a_jump_into_a_table_opens_its_tab(page):
    made = page("kien-truc")
    assert made.jump_to("zones")
    assert made.box("zones").field.grid.isVisible()
    assert made._tabs.tabText(made._tabs.currentIndex()) == "Vùng mạng và IP (5)"


def test_a_jump_to_what_is_not_asked_says_so(page, session):
    session.set("delegate.used", False)
    assert not page("don-vi").jump_to("delegate.name")


def test_text_is_saved_by_itself_while_a_letter_is_composed(page, session, qtbot):
    made = page("he-thong")
    made._autosave.setInterval(30)
    edit = made.box("system.function").field.edit
    session.set("system.function", None)
    edit.setFocus()
    type_text(edit, "Tra cứu b")
    compose(edit, "ưu")
    qtbot.wait(120)
    assert session.interview.answer("system.function") is None
    assert edit.composing
    type_text(edit, "ưu gửi")
    qtbot.waitUntil(lambda: session.interview.answer("system.function") == "Tra cứu bưu gửi")
    assert edit.hasFocus()


def test_leaving_the_page_saves_what_was_typed(page, session):
    made = page("don-vi")
    edit = made.box("owner.name").field.edit
    edit.setFocus()
    edit.selectAll()
    type_text(edit, "Bưu chính Sao Hôm")
    made.hide()
    assert session.interview.answer("owner.name") == "Bưu chính Sao Hôm"


def test_a_hidden_page_catches_up_when_it_is_shown(page, session):
    made = page("don-vi")
    made.hide()
    session.set("owner.name", "Sao Hôm")
    made.show()
    assert made.box("owner.name").field.edit.text() == "Sao Hôm"


def test_only_open_questions_that_can_change_the_level_are_marked(page, session):
    made = page("rui-ro")
    marked = made.box("risk_assessed_level")
    assert "đổi cấp độ" not in marked._title.label.accessibleDescription()
    session.set("risk_assessed_level", None)
    assert "đổi cấp độ" in marked._title.label.accessibleDescription()


def test_the_article_is_one_key_away(page, qtbot):
    made = page("don-vi")
    made.focus_first()
    with qtbot.waitSignal(made.cite_asked) as told:
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_F1)
    assert told.args == [made.box("owner.name").question.cite]


def test_an_answer_that_cannot_be_written_is_told_and_kept(page, session, qtbot, monkeypatch):
    from levelkit.errors import WorkspaceError

    made = page("don-vi")

    def refuse(*_args, **_kwargs):
        raise WorkspaceError("Không ghi được: ổ đĩa đã đầy.")

    monkeypatch.setattr(session._workspace, "save", refuse)
    edit = made.box("owner.name").field.edit
    edit.selectAll()
    type_text(edit, "Sao Hôm")
    with qtbot.waitSignal(made.save_failed) as told:
        made.flush()
    assert "đầy" in told.args[0]
    assert edit.text() == "Sao Hôm"
    assert session.unsaved
    monkeypatch.undo()
    session.save()


def test_a_text_without_a_scroll_bar_hides_no_line(page):
    """Measured narrow first and wide then, Qt kept the narrow lines: the first one rolled out of sight."""
    made = page("rui-ro")
    texts = [box.field.edit for box in made.boxes() if isinstance(box.field, LongTextField)]
    whole = [text for text in texts if text.verticalScrollBarPolicy() == NO_BAR]
    assert whole
    assert [text.verticalScrollBar().maximum() for text in whole] == [0] * len(whole)
