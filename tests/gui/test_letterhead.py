"""The letterhead from the menu to the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PIL import Image
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton

from levelkit.gui.letterhead_dialog import LetterheadDialog
from levelkit.services import letterhead
from tests.gui.page_support import unnamed

if TYPE_CHECKING:
    from pathlib import Path

    from levelkit.gui.main_window import MainWindow


def dialog_of(window: MainWindow) -> LetterheadDialog:
    window._actions.by_id["letterhead"].trigger()
    return window.findChildren(LetterheadDialog)[-1]


def press(dialog: LetterheadDialog, name: str) -> None:
    dialog.findChild(QPushButton, name).click()


def wrong(dialog: LetterheadDialog) -> str:
    return dialog.findChild(QLabel, "letterhead_error").text()


def test_logo_and_lines_are_kept_in_the_file(window: MainWindow, sample: Path, tmp_path: Path) -> None:
    window.open_path(str(sample))
    logo = tmp_path / "logo.png"
    Image.new("RGB", (400, 160), "navy").save(logo)
    dialog = dialog_of(window)
    assert unnamed(dialog) == []
    assert not dialog.findChild(QPushButton, "drop_logo").isEnabled()
    dialog.take_logo(logo)
    dialog.findChild(QPlainTextEdit).setPlainText("Số 1 phố Mẫu\nHà Nội")
    press(dialog, "save_letterhead")
    workspace = window._desk.workspace
    kept = letterhead.read(workspace)
    assert kept.lines == ("Số 1 phố Mẫu", "Hà Nội")
    assert kept.logo is not None

    dialog = dialog_of(window)
    assert dialog.findChild(QPlainTextEdit).toPlainText() == "Số 1 phố Mẫu\nHà Nội"
    press(dialog, "drop_logo")
    press(dialog, "save_letterhead")
    assert letterhead.read(workspace).logo is None


def test_what_cannot_be_kept_is_said_and_nothing_changes(
    window: MainWindow, sample: Path, tmp_path: Path
) -> None:
    window.open_path(str(sample))
    dialog = dialog_of(window)
    other = tmp_path / "văn bản.png"
    other.write_text("không phải hình", encoding="utf-8")
    dialog.take_logo(other)
    assert "PNG hoặc JPEG" in wrong(dialog)
    dialog.findChild(QPlainTextEdit).setPlainText("a\nb\nc\nd")
    press(dialog, "save_letterhead")
    assert "có 4 dòng" in wrong(dialog)
    assert letterhead.read(window._desk.workspace) == letterhead.Letterhead()
    dialog.reject()


def test_without_a_file_it_says_so(window: MainWindow) -> None:
    window._actions.by_id["letterhead"].trigger()
    assert not window.findChildren(LetterheadDialog)
