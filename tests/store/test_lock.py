"""One writer at a time; everybody else is told who."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from levelkit.errors import WorkspaceReadOnly
from levelkit.store import OpenOptions, WorkspaceStore, current_holder, lock, repository
from levelkit.store.lock import STALE_SECONDS, Lock, lock_path
from tests.store.writer import Writer

if TYPE_CHECKING:
    from pathlib import Path


def write_lock(path: Path, **changes: object) -> None:
    held = {
        "user": "hoa",
        "host": "may-khac",
        "pid": 4242,
        "since": "2026-11-24T01:30:00+00:00",
        "token": "abc",
        "process_start": "",
    }
    lock_path(path).write_text(json.dumps(held | changes), encoding="utf-8")


def age(path: Path, seconds: float) -> None:
    moment = time.time() - seconds
    os.utime(lock_path(path), (moment, moment))


def test_second_opener_reads_and_is_told_who(path: Path, file_store: WorkspaceStore) -> None:
    writer = Writer(file_store)
    writer.set(a="x")
    second = WorkspaceStore.open(path)
    assert second.readonly
    assert second.holder is not None
    assert second.holder.pid == os.getpid()
    with pytest.raises(
        WorkspaceReadOnly, match=f"máy {second.holder.host}, tài khoản {second.holder.user}, từ"
    ):
        second.require_writable()
    writer.set(a="y")
    with second.read() as session:
        assert repository.load_answers(session, writer.system.id) == {"a": "y"}
    second.close()
    assert lock_path(path).exists()


def test_lock_goes_with_the_writer(path: Path) -> None:
    first = WorkspaceStore.open(path)
    assert current_holder(path) is not None
    first.close()
    first.close()
    assert not lock_path(path).exists()
    second = WorkspaceStore.open(path)
    assert not second.readonly
    second.close()


def test_explicit_reader_takes_no_lock(path: Path) -> None:
    reader = WorkspaceStore.open(path, OpenOptions(readonly=True))
    assert not lock_path(path).exists()
    writer = WorkspaceStore.open(path)
    assert not writer.readonly
    writer.close()
    reader.close()


def test_lock_of_a_dead_process_is_taken_over(path: Path) -> None:
    dead = subprocess.Popen([sys.executable, "-c", "pass"])
    dead.wait()
    write_lock(path, host=lock.platform.node(), pid=dead.pid)
    opened = WorkspaceStore.open(path)
    assert not opened.readonly
    opened.close()
    assert sorted(item.name for item in path.parent.iterdir() if "lock" in item.name) == []


def test_lock_of_a_process_number_used_again_is_taken_over(path: Path) -> None:
    if not lock._process_start(os.getpid()):
        return  # the system tells no start times
    write_lock(path, host=lock.platform.node(), pid=os.getpid(), process_start="an earlier boot:1")
    opened = WorkspaceStore.open(path)
    assert not opened.readonly
    opened.close()


@pytest.mark.parametrize(("seconds", "readonly"), [(STALE_SECONDS - 60, True), (STALE_SECONDS + 5, False)])
def test_lock_of_another_machine_is_judged_by_its_heartbeat(
    path: Path, seconds: float, *, readonly: bool
) -> None:
    write_lock(path)
    age(path, seconds)
    opened = WorkspaceStore.open(path)
    assert opened.readonly is readonly
    assert (opened.holder is not None) is readonly
    opened.close()


def test_unreadable_lock_holds_only_while_fresh(path: Path) -> None:
    lock_path(path).write_text("{", encoding="utf-8")
    age(path, STALE_SECONDS + 5)
    opened = WorkspaceStore.open(path)
    assert not opened.readonly
    opened.close()


def test_heartbeat_keeps_the_lock_fresh(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "HEARTBEAT_SECONDS", 0.02)
    held = Lock(path)
    assert held.acquire() is None
    age(path, 500)
    old = lock_path(path).stat().st_mtime
    wait_until(lambda: lock_path(path).stat().st_mtime > old)
    held.release()


def test_writer_whose_lock_was_taken_over_stops_writing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "HEARTBEAT_SECONDS", 0.02)
    store = WorkspaceStore.open(path)
    writer = Writer(store)
    write_lock(path)
    wait_until(lambda: store.readonly)
    with pytest.raises(WorkspaceReadOnly, match="tài khoản hoa"):
        writer.set(a="x")
    store.close()
    assert json.loads(lock_path(path).read_text())["user"] == "hoa"


def test_no_thread_is_left(path: Path) -> None:
    import threading

    before = threading.active_count()
    WorkspaceStore.open(path).close()
    assert threading.active_count() == before


def wait_until(holds: object) -> None:
    for _ in range(500):
        if holds():  # type: ignore[operator]
            return
        time.sleep(0.01)
    raise AssertionError("never happened")
