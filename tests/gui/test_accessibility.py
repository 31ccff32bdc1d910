"""What takes the focus has a name that a screen reader says."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget


def nameless(root: QWidget) -> list[str]:
    found = []
    for widget in root.findChildren(QWidget):
        if not widget.isVisibleTo(root) or widget.focusPolicy() == Qt.FocusPolicy.NoFocus:
            continue
        if widget.focusProxy() is not None or widget.objectName().startswith("qt_"):
            continue
        if isinstance(widget, QAbstractScrollArea) and widget.focusPolicy() != Qt.FocusPolicy.StrongFocus:
            continue
        interface = QAccessible.queryAccessibleInterface(widget)
        if interface is None or not interface.text(QAccessible.Text.Name).strip():
            found.append(f"{type(widget).__name__} {widget.objectName()} in {widget.parent().objectName()}")
    return found


def test_start_page_and_list_have_names(window, sample):
    assert nameless(window) == []
    window.open_path(str(sample))
    assert nameless(window) == []


def test_every_section_has_names(window, sample):
    window.open_path(str(sample), "HT-03")
    wizard = window._wizard
    for section in wizard.session.interview.forms.sections:
        wizard.visit(section.id)
        assert nameless(window) == [], section.id


def test_enter_presses_what_has_the_focus(qtbot, window):
    window._start.focus_first()
    with qtbot.waitSignal(window._start.asked) as asked:
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    QApplication.activeModalWidget().reject()
    assert asked.args == ["new"]


def test_from_the_last_question_tab_goes_on_to_the_next_section(qtbot, window, sample):
    window.open_path(str(sample), "HT-03")
    wizard = window._wizard
    for section in wizard.session.interview.forms.sections[:-1]:
        wizard.visit(section.id)
        page = wizard._stack.currentWidget()
        last = [part for part in page.stops() if part.isVisible()][-1]
        last.setFocus()
        for _ in range(3):
            qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
            if wizard._foot.isAncestorOf(QApplication.focusWidget()):
                break
        assert wizard._foot.isAncestorOf(QApplication.focusWidget()), section.id


def test_tab_walks_the_window_and_comes_round(qtbot, window):
    seen: list[QWidget] = []
    window._start.focus_first()
    for _ in range(40):
        current = QApplication.focusWidget()
        if current in seen:
            break
        seen.append(current)
        qtbot.keyClick(current, Qt.Key.Key_Tab)
    names = {widget.objectName() for widget in seen}
    assert {"way_new", "way_open", "way_list", "way_sample", "quick_find"} <= names
