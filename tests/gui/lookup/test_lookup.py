"""The look-up: search without accents, usual lines first, the effect on the level, what is taken."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from levelkit.gui.lookup.model import ENTRY_ROLE
from levelkit.gui.pages import make_page
from tests.gui.page_support import type_text, unnamed

LINES = "conditional_business_lines"


@pytest.fixture
def session(workspace):
    made = workspace.session("HT-03")
    made.set(LINES, None)
    return made


@pytest.fixture
def page(qtbot, session):
    made = make_page(session, session.interview.forms.section("loai-hinh"))
    qtbot.addWidget(made)
    made.resize(1014, 646)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.fixture
def lookup(page):
    page.box(LINES).field.entry().click()
    return page._lookup


def entries(lookup):
    return [lookup.model.index(row).data(ENTRY_ROLE) for row in range(lookup.model.rowCount())]


def test_a_search_without_accents_marks_the_words_with_theirs(lookup):
    type_text(lookup.search, "van tai")
    first = entries(lookup)[0]
    assert first.text[slice(*first.spans[0])] == "vận tải"
    assert f"{lookup.model.hits} trong {lookup.model.total} mục khớp «van tai»" in lookup._count.text()


def test_words_side_by_side_come_before_scattered_ones(lookup):
    type_text(lookup.search, "van tai")
    counts = [len(entry.spans) for entry in entries(lookup)[: lookup.model.hits]]
    assert counts == sorted(counts, key=lambda count: count > 1)
    assert counts[0] == 1 < counts[-1]


def test_a_number_finds_its_line(lookup):
    type_text(lookup.search, "97")
    assert 97 in lookup.model.hit_numbers()


def test_what_a_postal_firm_usually_has_stands_first(lookup):
    head, *rest = entries(lookup)
    assert head.number == 0
    usual = list(iter(entry.number for entry in rest if entry.number))
    assert 97 in usual[:12]


def test_the_effect_is_shown_before_it_is_chosen(lookup):
    assert "cấp 3" in lookup._effect.text()
    QTest.keyClick(lookup.search, Qt.Key.Key_Down)
    QTest.keyClick(lookup.list, Qt.Key.Key_Space)
    assert "Với mục đã chọn: cấp 3" in lookup._effect.text()


def test_chosen_lines_become_the_answer_and_chips(page, lookup, session):
    type_text(lookup.search, "dich vu buu chinh")
    QTest.keyClick(lookup.search, Qt.Key.Key_Return)
    assert lookup.model.chosen == [97]
    lookup._use.click()
    assert session.interview.answer(LINES) == [97]
    assert not page.overlaid
    box = page.box(LINES)
    (chip,) = [part for part in box.field.children() if part.inherits("QFrame") and part.accessibleName()]
    assert chip.accessibleName().startswith("97. ")
    chip._cross.click()
    assert session.interview.answer(LINES) is None


def test_none_of_them_is_an_answer(lookup, session):
    lookup._none.click()
    assert session.interview.answer(LINES) == []


def test_going_back_keeps_what_was_ticked(page, lookup, session):
    type_text(lookup.search, "buu chinh")
    QTest.keyClick(lookup.search, Qt.Key.Key_Return)
    lookup._back.click()
    assert session.interview.answer(LINES) == [97]
    assert not page.overlaid


def test_leaving_the_section_keeps_what_was_ticked(page, lookup, session):
    type_text(lookup.search, "buu chinh")
    QTest.keyClick(lookup.search, Qt.Key.Key_Return)
    page.hide()
    assert session.interview.answer(LINES) == [97]


def test_escape_leaves_the_answer_as_it_was(page, lookup, session, qtbot):
    type_text(lookup.search, "buu chinh")
    QTest.keyClick(lookup.search, Qt.Key.Key_Return)
    with qtbot.waitSignal(page.overlay_changed) as told:
        QTest.keyClick(lookup.search, Qt.Key.Key_Escape)
    assert told.args == [False]
    assert session.interview.answer(LINES) is None


def test_the_list_keeps_qts_contract(lookup, qtmodeltester):
    qtmodeltester.check(lookup.model)
    type_text(lookup.search, "van tai")


def test_every_part_has_a_name_and_every_line_its_state(lookup):
    assert unnamed(lookup) == []
    type_text(lookup.search, "97")
    QTest.keyClick(lookup.search, Qt.Key.Key_Return)
    index = lookup.model.index(0)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole).startswith("97. ")
    assert index.data(Qt.ItemDataRole.AccessibleDescriptionRole).startswith("Đang chọn")
