"""Setting systems beside each other in the window."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton

from levelkit.gui.impact.scope_dialog import ScopeDialog
from tests.gui.test_accessibility import nameless
from tests.gui.test_main_window import act


@pytest.fixture
def dialog(window, sample) -> ScopeDialog:
    window.open_path(str(sample))
    act(window, "scope").trigger()
    return window.findChild(ScopeDialog)


def said(dialog) -> str:
    return "\n".join(one.text() for one in dialog.findChildren(QLabel) if one.isVisible())


def test_two_systems_are_shown_apart_and_as_one(qtbot, dialog):
    keep = dialog.findChild(QPushButton, "scope_keep")
    dialog.choose(["HT-07", "HT-11"])
    qtbot.waitUntil(lambda: "Đứng riêng" in said(dialog))
    assert "Là một hệ thống thì HT-11 phải theo cấp cao hơn" in said(dialog)
    assert not keep.isEnabled()
    assert nameless(dialog) == []


def test_the_reason_is_written_into_the_systems_chosen(qtbot, window, dialog):
    dialog.choose(["HT-07", "HT-11"])
    dialog.findChild(QPlainTextEdit).setPlainText("Khác chức năng, không chung dữ liệu.")
    keep = dialog.findChild(QPushButton, "scope_keep")
    assert keep.text() == "Ghi vào 2 hệ thống"
    keep.click()
    note = window._desk.workspace.session("HT-11").interview.answer("scope.split_note")
    assert note.endswith("Khác chức năng, không chung dữ liệu.")


def test_the_list_is_searched_without_accents(dialog):
    dialog._search.setText("bang tin")
    items = [dialog._list.item(place) for place in range(dialog._list.count())]
    assert [item.text() for item in items if not item.isHidden()] == ["HT-11 Bảng tin điện tử tại sảnh"]
