"""Going back to an earlier state loses nothing either."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from levelkit.errors import WorkspaceError
from levelkit.services import Workspace, backups

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A workspace with two states kept beside it: none and one system."""
    place = tmp_path / "a.levelkit"
    with Workspace.create(place) as workspace:
        workspace.add_system("Một")
    with Workspace.open(place) as workspace:
        workspace.add_system("Hai")
    return place


def names(path: Path) -> list[str]:
    with Workspace.open(path, readonly=True) as workspace:
        return [item.name for item in workspace.systems()]


def test_copies_are_listed_newest_first(path: Path) -> None:
    found = backups.listed(path)
    assert [item.systems for item in found] == [1, 0]
    assert found[0].at > found[1].at


def test_copy_that_cannot_be_opened_is_not_offered(path: Path) -> None:
    first, *others = backups.listed(path)
    first.path.write_bytes(b"damaged")
    assert backups.listed(path) == others


def test_going_back_keeps_the_present_state(path: Path) -> None:
    backups.restore(path, backups.listed(path)[0])
    assert names(path) == ["Một"]
    newest = backups.listed(path)[0]
    assert newest.systems == 2
    backups.restore(path, newest)
    assert names(path) == ["Một", "Hai"]


def test_lost_workspace_comes_back(path: Path) -> None:
    path.unlink()
    backups.restore(path, backups.listed(path)[0])
    assert names(path) == ["Một"]


def test_open_workspace_is_not_replaced(path: Path) -> None:
    with Workspace.open(path):
        with pytest.raises(WorkspaceError, match="Đang mở ở máy"):
            backups.restore(path, backups.listed(path)[0])
        assert names(path) == ["Một", "Hai"]
    assert [item.suffix for item in path.parent.iterdir() if item.name.startswith(".")] == []


def test_damaged_workspace_is_put_aside_whole(path: Path) -> None:
    damaged = path.read_bytes()[:4096] + b"\xff" * 8192
    path.write_bytes(damaged)
    backups.restore(path, backups.listed(path)[0])
    assert names(path) == ["Một"]
    (aside,) = path.parent.glob("a.levelkit.hong-*")
    assert aside.read_bytes() == damaged


def test_journal_of_the_file_before_does_not_touch_the_copy(path: Path) -> None:
    path.with_name("a.levelkit-journal").write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + b"\x00" * 600)
    path.unlink()
    backups.restore(path, backups.listed(path)[0])
    assert names(path) == ["Một"]
    assert not path.with_name("a.levelkit-journal").exists()


def test_state_after_going_back_is_kept_too(path: Path) -> None:
    backups.restore(path, backups.listed(path)[0])
    with Workspace.open(path) as workspace:
        workspace.add_system("Hai khác")
    with Workspace.open(path):
        pass
    newest = backups.listed(path)[0]
    with Workspace.open(newest.path, readonly=True) as kept:
        assert [item.name for item in kept.systems()] == ["Một", "Hai khác"]
