"""No English anywhere: our dialogs, Qt's own dialogs and menus."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QAction
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QDialogButtonBox,
    QFileDialog,
    QGroupBox,
    QInputDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QMessageBox,
    QPlainTextEdit,
    QSpinBox,
    QTextBrowser,
    QWidget,
)

from levelkit.gui.citation_dialog import CitationDialog
from levelkit.gui.crash_dialog import CrashDialog
from levelkit.gui.new_dialog import NewDialog
from levelkit.gui.vietnamese import VietnameseQt, words
from levelkit.gui.wizard.compare_dialog import CompareDialog

if TYPE_CHECKING:
    from collections.abc import Iterator

ENGLISH = re.compile(
    r"\b(the|and|of|file|files|open|save|cancel|close|yes|no|ok|apply|help|name|type|folder|directory|"
    r"look|copy|paste|cut|select|all|undo|redo|delete|rename|new|back|forward|parent|view|detail|list|"
    r"show|hide|details|retry|ignore|abort|discard|reset|print|printer|page|pages|options|step|scroll|"
    r"press|toggle|insert|link|location|computer|date|modified|size|kind|clear|popup|selection|search)\b",
    re.IGNORECASE,
)
# Vietnamese words that are spelt like an English one, and names.
INNOCENT = re.compile(r"levelkit\S*|\.levelkit|\S+/\S+|PDF|Qt|API|Unicode|Lucide|IBM Plex|OFL|no\b(?=\s+đủ)")


def said(widget: QWidget) -> Iterator[str]:
    """Every text that a person sees or hears in a window."""
    for one in [widget, *widget.findChildren(QWidget)]:
        yield one.windowTitle() if one.isWindow() else ""
        yield from (one.toolTip(), one.accessibleName(), one.accessibleDescription())
        if isinstance(one, (QLabel, QAbstractButton)):
            yield one.text()
        if isinstance(one, QGroupBox):
            yield one.title()
        if isinstance(one, QLineEdit):
            yield one.placeholderText()
        if isinstance(one, QComboBox):
            yield from (one.itemText(place) for place in range(one.count()))
        yield from (action.text() for action in one.actions())
    for header in widget.findChildren(QWidget):
        model = getattr(header, "model", lambda: None)()
        if model is not None and hasattr(header, "sectionSize"):
            yield from (str(model.headerData(i, header.orientation()) or "") for i in range(header.count()))


def english(texts: Iterator[str]) -> list[str]:
    cleaned = ((text, INNOCENT.sub("", re.sub(r"<[^>]+>|&", "", text))) for text in texts)
    return sorted({text for text, bare in cleaned if ENGLISH.search(bare)})


def standard_buttons() -> QDialogButtonBox:
    every = QDialogButtonBox.StandardButton(0)
    for one in QDialogButtonBox.StandardButton:
        every |= one
    return QDialogButtonBox(every)


def message_box() -> QMessageBox:
    box = QMessageBox(QMessageBox.Icon.Question, "Tiêu đề", "Nội dung")
    box.setStandardButtons(QMessageBox.StandardButton(0x0FFFFC00))
    box.setDetailedText("Chi tiết")
    return box


def file_dialog(mode: QFileDialog.AcceptMode) -> QFileDialog:
    dialog = QFileDialog(None, "Chọn tệp")
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setAcceptMode(mode)
    dialog.setNameFilters(["Hồ sơ levelkit (*.levelkit)"])
    return dialog


def print_dialog() -> QWidget:
    return QPrintDialog(QPrinter())


MAKERS = {
    "standard buttons": standard_buttons,
    "message box": message_box,
    "open file": lambda: file_dialog(QFileDialog.AcceptMode.AcceptOpen),
    "save file": lambda: file_dialog(QFileDialog.AcceptMode.AcceptSave),
    "input": QInputDialog,
    "crash": lambda: CrashDialog("báo cáo"),
    "print": print_dialog,
}


@pytest.mark.parametrize("what", MAKERS)
def test_dialog_speaks_vietnamese(qtbot, what):
    dialog = MAKERS[what]()
    qtbot.addWidget(dialog)
    assert english(said(dialog)) == []


@pytest.mark.parametrize("field", [QLineEdit, QPlainTextEdit, QTextBrowser, QSpinBox])
def test_context_menu_of_a_field_speaks_vietnamese(qtbot, field):
    widget = field()
    qtbot.addWidget(widget)
    if isinstance(widget, QSpinBox):
        menu = widget.lineEdit().createStandardContextMenu()
    else:
        menu = widget.createStandardContextMenu()
    texts = (action.text().partition("\t")[0] for action in menu.actions())
    found = [text for text in texts if text]
    assert found
    assert english(iter(found)) == []
    menu.deleteLater()


def test_our_dialogs_speak_vietnamese(qtbot, workspace, tmp_path):
    session = workspace.session("HT-03")
    library = session.library
    dialogs = [
        NewDialog(tmp_path),
        CitationDialog(library.citation("nd331-2026:13.2.a")),
        CompareDialog(session.classification, lambda ref: library.citation(ref).clause_vi),
    ]
    for dialog in dialogs:
        qtbot.addWidget(dialog)
        texts = [text for text in said(dialog) if str(tmp_path) not in text]
        assert english(iter(texts)) == []


def test_menus_and_help_speak_vietnamese(qtbot, window, sample):
    assert english(said(window)) == []
    window.open_path(str(sample), "HT-03")
    assert english(text for text in said(window) if str(sample) not in text) == []
    texts = [action.text() for menu in window.findChildren(QMenu) for action in menu.actions()]
    assert len(texts) > 20
    assert english(iter(texts)) == []
    for name in ("keys", "about"):
        window.findChild(QAction, f"action_{name}").trigger()
    for dialog in window.findChildren(QWidget):
        if dialog.isWindow() and dialog is not window:
            assert english(text for text in said(dialog) if str(sample) not in text) == []
            dialog.close()


def test_a_text_without_translation_stays_as_it_is(qapp):
    translator = VietnameseQt()
    assert not translator.translate("QFileDialog", "no such text")
    assert translator.translate("QFileDialog", "Cancel") == "Thôi"


def test_every_word_keeps_its_places_and_one_mnemonic():
    for source, vietnamese in words().items():
        places = re.findall(r"%\w", source.partition("|")[2] or source)
        assert sorted(re.findall(r"%\w", vietnamese)) == sorted(places), source
        assert vietnamese.replace("&&", "").count("&") <= 1, source
