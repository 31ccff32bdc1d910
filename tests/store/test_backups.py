"""The last ten states of a workspace are kept, whole."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest

from levelkit.errors import WorkspaceError
from levelkit.store import (
    OpenOptions,
    WorkspaceStore,
    backup_folder,
    backups,
    list_backups,
    repository,
    sqlite,
)
from tests.store.writer import Writer

if TYPE_CHECKING:
    from pathlib import Path


def open_and_change(path: Path, number: int) -> None:
    store = WorkspaceStore.open(path)
    Writer(store, f"HT-{number:02d}").set(a=str(number))
    store.close()


def codes(path: Path) -> list[str]:
    connection = sqlite3.connect(path)
    found = [row[0] for row in connection.execute("SELECT code FROM system ORDER BY id")]
    connection.close()
    return found


def test_each_opening_keeps_the_state_before(path: Path) -> None:
    for number in range(1, 4):
        open_and_change(path, number)
    kept = list_backups(backup_folder(path))
    assert [codes(item) for item in kept] == [["HT-01", "HT-02"], ["HT-01"], []]


def test_ten_are_kept(path: Path) -> None:
    for number in range(1, 14):
        open_and_change(path, number)
    kept = list_backups(backup_folder(path))
    assert len(kept) == 10
    assert len(codes(kept[0])) == 12
    assert len(codes(kept[-1])) == 3
    assert {item.suffix for item in backup_folder(path).iterdir()} == {".levelkit"}


def test_opening_without_change_pushes_nothing_out(path: Path) -> None:
    open_and_change(path, 1)
    for _ in range(3):
        WorkspaceStore.open(path).close()
    assert len(list_backups(backup_folder(path))) == 2


def test_backup_opens_as_a_workspace(path: Path) -> None:
    open_and_change(path, 1)
    WorkspaceStore.open(path).close()
    copy = list_backups(backup_folder(path))[0]
    reader = WorkspaceStore.open(copy, OpenOptions(readonly=True))
    with reader.read() as session:
        assert [item.code for item in repository.list_systems(session)] == ["HT-01"]
    reader.close()


def test_copy_that_differs_is_no_backup(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[int] = []

    def miscount(_connection: sqlite3.Connection) -> dict[str, int]:
        calls.append(1)
        return {"system": len(calls)}

    monkeypatch.setattr(sqlite, "counts", miscount)
    with pytest.raises(WorkspaceError, match="không khớp"):
        backups.backup(path)
    assert list(backup_folder(path).iterdir()) == []


def test_other_files_in_the_folder_are_left_alone(path: Path) -> None:
    backup_folder(path).mkdir()
    mine = backup_folder(path) / "ghi chú.txt"
    mine.write_text("của tôi", encoding="utf-8")
    for number in range(1, 13):
        open_and_change(path, number)
    assert mine.read_text(encoding="utf-8") == "của tôi"


def test_fallback_where_the_folder_beside_cannot_be_made(path: Path, tmp_path: Path) -> None:
    backup_folder(path).write_text("a file in the way", encoding="utf-8")
    store = WorkspaceStore.open(path, OpenOptions(backup_fallback=tmp_path / "khác" / "nữa"))
    store.close()
    assert len(list_backups(tmp_path / "khác" / "nữa")) == 1


def test_no_backup_no_opening(path: Path) -> None:
    backup_folder(path).write_text("a file in the way", encoding="utf-8")
    before = path.read_bytes()
    with pytest.raises(WorkspaceError, match="Không sao lưu được"):
        WorkspaceStore.open(path)
    assert path.read_bytes() == before
