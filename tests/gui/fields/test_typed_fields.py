"""Typed text, numbers and dates: what is stored, what is refused, and letters under composition."""

from __future__ import annotations

import unicodedata

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtTest import QTest

from levelkit.gui.fields.base import leave_keys_to_window
from levelkit.gui.fields.text import PlainEdit
from tests.gui.page_support import compose, retype, type_text


def turn_wheel(widget):
    middle = QPointF(widget.rect().center())
    place = QPointF(widget.mapToGlobal(middle))
    still = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False
    QCoreApplication.sendEvent(widget, QWheelEvent(middle, place, QPoint(), QPoint(0, -120), *still))


def test_a_line_is_stored_on_leaving_it_in_nfc(box, session):
    name = box("owner.name")
    name.field.edit.setFocus()
    type_text(name.field.edit, unicodedata.normalize("NFD", "  Bưu chính  Sao Mai "))
    assert session.interview.answer("owner.name") is None
    name.field.edit.clearFocus()
    assert session.interview.answer("owner.name") == "Bưu chính Sao Mai"
    assert name.field.edit.text() == "Bưu chính Sao Mai"


@pytest.mark.parametrize(("letter", "left"), [(Qt.Key.Key_E, True), (Qt.Key.Key_Z, False)])
def test_the_way_to_the_last_section_is_open_from_a_text_too(letter, left):
    press = QKeyEvent(QEvent.Type.ShortcutOverride, letter, Qt.KeyboardModifier.ControlModifier)
    assert leave_keys_to_window(press, undo=True, redo=True) is left


def test_an_emptied_line_takes_the_answer_back(box, session):
    session.set("owner.name", "Sao Mai")
    name = box("owner.name")
    retype(name.field.edit, "")
    name.field.edit.clear()
    name.flush()
    assert session.interview.answer("owner.name") is None


def test_saving_while_composing_loses_no_letter(box, session):
    function = box("system.function")
    edit = function.field.edit
    edit.setFocus()
    type_text(edit, "Tra cứu b")
    function.flush()
    compose(edit, "ưu")
    function.flush()
    assert session.interview.answer("system.function") == "Tra cứu b"
    assert edit.composing
    type_text(edit, "ưu g")
    compose(edit, "ử")
    function.flush()
    type_text(edit, "ửi")
    function.flush()
    assert edit.text() == "Tra cứu bưu gửi"
    assert session.interview.answer("system.function") == "Tra cứu bưu gửi"


def test_saving_in_the_middle_of_typing_leaves_cursor_and_blanks_alone(box, session):
    name = box("owner.name")
    edit = name.field.edit
    edit.setFocus()
    type_text(edit, "Tổng công ")
    name.flush()
    assert session.interview.answer("owner.name") == "Tổng công"
    assert edit.text() == "Tổng công "
    type_text(edit, "ty")
    assert edit.text() == "Tổng công ty"


def test_undo_reaches_a_field_that_has_the_focus(box, session):
    session.set("owner.name", "Sao Mai")
    name = box("owner.name")
    name.field.edit.setFocus()
    retype(name.field.edit, "Sao Hôm")
    name.flush()
    session.undo()
    assert name.field.edit.text() == "Sao Mai"


def test_a_text_grows_with_its_lines_and_needs_no_scroll_bar(box):
    function = box("system.function")
    before = function.field.edit.height()
    type_text(function.field.edit, "\n".join(f"Dòng {number}" for number in range(9)))
    assert function.field.edit.height() > before * 1.5
    assert function.field.edit.verticalScrollBar().maximum() == 0


@pytest.mark.parametrize(("focused", "moves"), [(False, 0), (True, 1)])
def test_the_wheel_turns_the_page_and_not_a_text_it_passes_over(qtbot, focused, moves):
    edit = PlainEdit(3)
    qtbot.addWidget(edit)
    edit.show()
    edit.restart("\n".join(f"Dòng {number}" for number in range(40)))
    if focused:
        edit.activateWindow()
        edit.setFocus()
        qtbot.waitUntil(edit.hasFocus)
    turn_wheel(edit.viewport())
    assert min(edit.verticalScrollBar().value(), 1) == moves


@pytest.mark.parametrize("typed", ["1850000", "1.850.000", " 1 850 000 "])
def test_a_number_is_shown_with_points(box, session, typed):
    count = box("basic_data_subjects")
    count.field.edit.setFocus()
    type_text(count.field.edit, typed)
    count.field.edit.clearFocus()
    assert session.interview.answer("basic_data_subjects") == 1_850_000
    assert count.field.edit.text() == "1.850.000"
    assert not count.error


def test_a_wrong_number_stays_as_typed_beside_what_to_do(box, session):
    session.set("basic_data_subjects", 5)
    count = box("basic_data_subjects")
    count.field.edit.setFocus()
    retype(count.field.edit, "hai nghìn")
    count.field.edit.clearFocus()
    assert count.field.edit.text() == "hai nghìn"
    assert "«hai nghìn»" in count.error
    assert count.field.edit.property("invalid") is True
    assert session.interview.answer("basic_data_subjects") == 5

    session.set("owner.name", "Sao Mai")
    assert count.field.edit.text() == "hai nghìn"

    count.field.edit.setFocus()
    retype(count.field.edit, "2000")
    count.field.edit.clearFocus()
    assert not count.error
    assert count.field.edit.property("invalid") is False
    assert session.interview.answer("basic_data_subjects") == 2000


def test_undo_takes_a_refused_text_away(box, session):
    count = box("basic_data_subjects")
    session.set("basic_data_subjects", 5)
    retype(count.field.edit, "nhiều")
    count.flush()
    session.undo()
    assert count.field.edit.text() == ""


@pytest.mark.parametrize("typed", ["5/1/2026", "05-01-2026", "2026-01-05"])
def test_a_date_is_shown_day_first(box, session, typed):
    day = box("count.date")
    day.field.edit.setFocus()
    type_text(day.field.edit, typed)
    day.field.edit.clearFocus()
    assert session.interview.answer("count.date") == "2026-01-05"
    assert day.field.edit.text() == "05/01/2026"


def test_a_day_that_never_was_is_refused(box, session):
    day = box("count.date")
    type_text(day.field.edit, "31/02/2026")
    day.flush()
    assert "«31/02/2026»" in day.error
    assert session.interview.answer("count.date") is None


def test_the_calendar_speaks_vietnamese_and_fills_the_date(box, session, qtbot):
    session.set("count.date", "2026-10-15")
    day = box("count.date")
    day.field.entries()[1].click()
    popup = day.field.findChild(type(day), "calendar_popup") or day.field.popup
    qtbot.waitUntil(popup.isVisible)
    assert popup.calendar.locale().toString(popup.calendar.selectedDate(), "dddd") == "Thứ Năm"
    QTest.keyClick(popup.calendar.focusProxy() or popup.calendar, Qt.Key.Key_Right)
    QTest.keyClick(popup.calendar.focusProxy() or popup.calendar, Qt.Key.Key_Return)
    assert session.interview.answer("count.date") == "2026-10-16"
    assert day.field.edit.text() == "16/10/2026"


def test_the_saved_tick_comes_only_when_something_was_saved(box):
    name = box("owner.name")
    name.flush()
    ticks = [label for label in name.findChildren(type(name._error)) if label.text() == "Đã lưu"]
    assert not ticks
    type_text(name.field.edit, "Sao Mai")
    name.flush()
    (tick,) = [label for label in name.findChildren(type(name._error)) if label.text() == "Đã lưu"]
    assert tick.isVisible()
