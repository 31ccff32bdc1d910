"""Killed at any moment, a workspace holds every confirmed answer and nothing half-written."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from levelkit.store import FORMAT, OpenOptions, WorkspaceStore, repository, sqlite
from tests.store.crash_writer import values

if TYPE_CHECKING:
    from typing import Any

OLD = Path(__file__).parents[1] / "data" / "old-versions" / "0001.levelkit"


def start(path: Path, mode: str, point: int = 0) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.store.crash_writer", str(path), mode, str(point)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2])


def lines(process: subprocess.Popen[str]) -> list[str]:
    assert process.stdout is not None
    with process.stdout:
        said = process.stdout.read().split()
    process.wait()
    return said


def stored(path: Path, *, readonly: bool = False) -> dict[str, Any]:
    store = WorkspaceStore.open(path, OpenOptions(readonly=readonly))
    assert store.readonly is readonly
    with store.read() as session:
        answers = repository.load_answers(session, 1)
    store.close()
    return answers


def check_whole(answers: dict[str, Any], confirmed: int) -> None:
    """The last confirmed state, or the one being confirmed when the end came; never a mixture."""
    if not answers:
        assert confirmed == 0
        return
    assert answers["number"] in {confirmed, confirmed + 1}
    assert answers == values(answers["number"])


@pytest.mark.parametrize("point", [1, 2, 3, 4, 5, 7, 9, 12, 40, 75, 150])
def test_killed_between_statements(path: Path, point: int) -> None:
    process = start(path, "set", point)
    said = lines(process)
    assert process.returncode == -signal.SIGKILL
    confirmed = int(said[-1]) if said[-1] != "ready" else 0
    check_whole(stored(path, readonly=True), confirmed)
    check_whole(stored(path), confirmed)


def test_killed_from_outside_at_random_moments(path: Path) -> None:
    chance = random.Random(331)
    for round_ in range(8):
        place = path.with_name(f"{round_}.levelkit")
        WorkspaceStore.create(place)
        process = start(place, "set")
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        time.sleep(chance.uniform(0.0, 0.25))
        process.kill()
        said = lines(process)
        check_whole(stored(place), int(said[-1]) if said else 0)


def test_cut_write_is_read_without_touching_the_file(path: Path) -> None:
    """A journal is left whose changes are in the file already; a reader rolls back a copy."""
    process = start(path, "journal", 3)
    said = lines(process)
    assert said == ["ready", "1", "2"]
    assert sqlite.needs_recovery(path)
    before = {item.name: item.read_bytes() for item in path.parent.iterdir() if item.is_file()}
    assert stored(path, readonly=True) == values(2)
    after = {item.name: item.read_bytes() for item in path.parent.iterdir() if item.is_file()}
    assert after == before


@pytest.mark.parametrize("point", range(1, 12))
def test_killed_while_migrating(tmp_path: Path, point: int) -> None:
    place = Path(shutil.copy(OLD, tmp_path / "cũ.levelkit"))
    process = start(place, "migrate", point)
    said = lines(process)
    store = WorkspaceStore.open(place)
    with store.read() as session:
        answers = repository.load_answers(session, 1)
        assert [item.code for item in repository.list_systems(session)] == ["HT-03"]
    store.close()
    assert len(answers["devices"]) == 2
    assert answers["system.name"] == "Cổng khách hàng và API"
    assert sqlite.read_header(place).user_version == FORMAT
    assert process.returncode == (0 if "done" in said else -signal.SIGKILL)


@pytest.mark.parametrize("point", [1, 5, 10, 15])
def test_killed_while_creating(tmp_path: Path, point: int) -> None:
    place = tmp_path / "mới.levelkit"
    process = start(place, "create", point)
    lines(process)
    assert process.returncode == -signal.SIGKILL
    assert not place.exists()
    WorkspaceStore.create(place)
    WorkspaceStore.open(place).close()
