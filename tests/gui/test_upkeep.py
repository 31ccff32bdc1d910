"""Copies of a file and rulesets loaded from one: seen first, then done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QListWidget, QPlainTextEdit, QPushButton

from levelkit.gui import package_dialog
from levelkit.gui.backups_dialog import BackupsDialog
from levelkit.gui.package_dialog import PackageDialog
from levelkit.gui.wizard.bars import BannerBar
from levelkit.services import Workspace
from tests.services.test_rulesets import changed_package, ten_times

if TYPE_CHECKING:
    from pathlib import Path

SYSTEMS = 12


def bars(window) -> list[str]:
    return [bar.accessibleName() for bar in window.page().findChildren(BannerBar)]


def press(widget, text: str) -> None:
    next(one for one in widget.findChildren(QPushButton) if one.text() == text).click()


def copies_shown(dialog: BackupsDialog) -> list[str]:
    shown = dialog.findChild(QListWidget)
    return [shown.item(row).text() for row in range(shown.count())]


def test_damaged_file_comes_back_from_a_copy(qtbot, window, sample: Path) -> None:
    with Workspace.open(sample) as workspace:
        workspace.add_system("Thêm sau")
    with Workspace.open(sample):
        pass
    sample.write_bytes(b"SQLite format 3\x00" + b"x" * 5000)
    window.open_path(str(sample))
    assert bars(window)
    press(window, "Xem bản sao lưu…")
    dialog = window.findChild(BackupsDialog)
    assert f"{SYSTEMS + 1} hệ thống" in copies_shown(dialog)[0]
    press(dialog, "Khôi phục bản này")
    assert len(window._desk.workspace.systems()) == SYSTEMS + 1


def test_going_back_of_an_open_file_keeps_the_present_state(qtbot, window, sample: Path) -> None:
    window.open_path(str(sample))
    window._desk.workspace.add_system("Thêm sau")
    window._actions.by_id["backups"].trigger()
    dialog = window.findChild(BackupsDialog)
    press(dialog, "Khôi phục bản này")
    assert len(window._desk.workspace.systems()) == SYSTEMS
    copies = window._desk.backups(sample)
    assert [copy.systems for copy in copies if copy.why_vi == "cất trước khi khôi phục"] == [SYSTEMS + 1]


def test_ruleset_is_seen_before_it_is_kept(qtbot, window, sample: Path, tmp_path: Path, monkeypatch) -> None:
    package = tmp_path / "bo-quy-dinh.zip"
    package.write_bytes(changed_package(ten_times))
    monkeypatch.setattr(package_dialog, "ask_package", lambda *_args: str(package))
    window.open_path(str(sample))
    window._actions.by_id["package"].trigger()
    dialog = window.findChild(PackageDialog)
    assert dialog.findChild(QPlainTextEdit).toPlainText().strip()
    assert window._desk.workspace.outdated() == []
    press(dialog, "Nạp vào tệp này")
    assert any("HT-03" in text for text in bars(window))
    window.show_system("HT-03")
    assert any("2099.1.1" in text for text in bars(window))


def test_broken_ruleset_is_refused_in_words(qtbot, window, sample: Path, tmp_path: Path, monkeypatch) -> None:
    package = tmp_path / "hong.zip"
    package.write_bytes(b"no zip")
    monkeypatch.setattr(package_dialog, "ask_package", lambda *_args: str(package))
    window.open_path(str(sample))
    window._actions.by_id["package"].trigger()
    assert window.findChild(PackageDialog) is None
    assert bars(window)
