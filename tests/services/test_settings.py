"""Settings, log and crash reports: kept apart from answers."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest

from levelkit.services import crash, logs, paths
from levelkit.services.settings import MAX_RECENT, Settings

if TYPE_CHECKING:
    from pathlib import Path

    from levelkit.services import Workspace


@pytest.fixture(autouse=True)
def own_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings and logs of this test alone."""
    monkeypatch.setenv("LEVELKIT_CONFIG_DIR", str(tmp_path / "cài đặt"))


def test_settings_survive() -> None:
    Settings().set("theme", "dark")
    Settings().set("cỡ chữ", 115)
    again = Settings()
    assert (again.get("theme"), again.get("cỡ chữ"), again.get("x", 1)) == ("dark", 115, 1)
    again.set("theme", None)
    assert Settings().get("theme") is None


@pytest.mark.parametrize("text", ["", "{", "[]", "\x00"])
def test_broken_settings_count_as_none(text: str) -> None:
    settings = Settings()
    settings.set("a", 1)
    settings.path.write_text(text, encoding="utf-8")
    assert Settings().get("a") is None
    Settings().set("b", 2)
    assert Settings().get("b") == 2


def test_place_that_cannot_be_written_is_no_reason_to_stop(tmp_path: Path) -> None:
    blocked = tmp_path / "tệp"
    blocked.write_text("x")
    settings = Settings(blocked / "settings.json")
    settings.set("a", 1)
    assert settings.get("a") == 1


def test_recent_files_newest_first(tmp_path: Path) -> None:
    settings = Settings()
    for number in range(MAX_RECENT + 3):
        settings.add_recent(tmp_path / f"{number}.levelkit")
    settings.add_recent(tmp_path / "5.levelkit")
    recent = Settings().recent()
    assert len(recent) == MAX_RECENT
    assert recent[0] == tmp_path / "5.levelkit"
    assert len(set(recent)) == MAX_RECENT
    settings.forget_recent(tmp_path / "5.levelkit")
    assert tmp_path / "5.levelkit" not in Settings().recent()


def test_log_holds_codes_and_ids_never_answers(workspace: Workspace) -> None:
    assert logs.start() == paths.log_dir() / "levelkit.log"
    try:
        session = workspace.session(workspace.add_system("Tên bí mật"))
        session.set("owner.representative", "Nguyễn Thị Kín")
        try:
            int("Nguyễn Thị Kín")
        except ValueError:
            logging.getLogger("levelkit.test").exception("saving failed")
    finally:
        logs.stop()
    text = logs.log_file().read_text(encoding="utf-8")
    assert "HT-01" in text
    assert "owner.representative" in text
    assert "ValueError" in text
    assert "Kín" not in text
    assert "bí mật" not in text


def test_log_rotates(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "MAX_BYTES", 2000)
    logs.start()
    try:
        for number in range(400):
            logging.getLogger("levelkit.test").info("line %d", number)
    finally:
        logs.stop()
    kept = list(paths.log_dir().glob("levelkit.log*"))
    assert len(kept) == logs.KEPT + 1
    assert all(path.stat().st_size <= 2000 for path in kept)


def crash_with(secret: str) -> Exception:
    try:
        try:
            int(secret)
        except ValueError as error:
            raise KeyError(secret) from error
    except KeyError as error:
        return error


def test_report_names_places_and_no_values(tmp_path: Path) -> None:
    error = crash_with("Nguyễn Thị Kín")
    text = crash.report(error)
    assert "builtins.KeyError" in text
    assert "builtins.ValueError" in text
    assert "tests/services/test_settings.py:" in text
    assert "crash_with" in text
    assert "Kín" not in text
    assert str(tmp_path.home()) + "/" not in text
    place = crash.write(error)
    assert place is not None
    assert place.parent == paths.log_dir()
    assert place.read_text(encoding="utf-8") == text


def test_backups_elsewhere_do_not_meet(tmp_path: Path) -> None:
    first, second = tmp_path / "a" / "x.levelkit", tmp_path / "b" / "x.levelkit"
    assert paths.backup_dir(first) != paths.backup_dir(second)
