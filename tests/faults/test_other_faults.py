"""Disks that are full or refuse, clocks that were set back, files that somebody else holds or wrote."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from levelkit.errors import UserError, WorkspaceError, WorkspaceNewer
from levelkit.resources import package_dir
from levelkit.services import importing, leftovers
from levelkit.services.exporting import export_inventory
from levelkit.services.workspace import Workspace, default_forms
from levelkit.store import FORMAT, backups, list_backups, lock, sqlite
from levelkit.store.lock import FUTURE_SECONDS, Lock, lock_path, this_process
from tests.faults.kinds import CODE, whole

if TYPE_CHECKING:
    from collections.abc import Iterator

SAMPLE = package_dir("samples") / "kiem-ke-sao-mai.xlsx"
ROOT = Path(__file__).parents[2]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A workspace with something confirmed in it."""
    made = tmp_path / "Sao Mai.levelkit"
    with Workspace.create(made) as workspace:
        workspace.add_system("Cổng khách hàng", CODE)
    return made


@contextmanager
def no_file_longer_than(size: int) -> Iterator[None]:
    """Let the system refuse to make files longer, as a full disk refuses; writes are cut in the middle."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    told = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, told)


def test_an_import_on_a_full_disk_changes_nothing_and_goes_in_later(path: Path) -> None:
    before = whole(path)
    with Workspace.open(path) as workspace:
        plan = importing.plan_import(workspace, SAMPLE, forms=default_forms())
        with (
            no_file_longer_than(path.stat().st_size + 20_000),
            pytest.raises(WorkspaceError, match="Chưa lưu"),
        ):
            importing.apply_import(workspace, plan)
        assert [one.code for one in workspace.systems()] == [CODE]
        importing.apply_import(workspace, plan)
        assert len(workspace.systems()) == 13
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert before is not None


def test_an_answer_on_a_full_disk_stays_on_the_screen_and_is_saved_later(path: Path) -> None:
    with Workspace.open(path) as workspace:
        session = workspace.session(CODE)
        with no_file_longer_than(path.stat().st_size), pytest.raises(WorkspaceError, match="hãy thử lưu lại"):
            session.set("project.document", "chữ " * 20_000)
        assert session.unsaved
        session.save()
        assert not session.unsaved
    with Workspace.open(path, readonly=True) as workspace:
        assert len(workspace.session(CODE).interview.answers["project.document"]) > 70_000


def test_an_export_on_a_full_disk_leaves_the_older_file(path: Path, tmp_path: Path) -> None:
    out = tmp_path / "ra.xlsx"
    out.write_bytes(b"older")
    with (
        Workspace.open(path, readonly=True) as workspace,
        no_file_longer_than(2_000),
        pytest.raises(UserError, match="Không ghi được"),
    ):
        export_inventory(workspace, out)
    assert out.read_bytes() == b"older"
    assert list(tmp_path.glob("*.part")) + list(tmp_path.glob(".*.part")) == []


def test_a_workspace_that_does_not_fit_is_not_made(tmp_path: Path) -> None:
    with no_file_longer_than(20_000), pytest.raises(WorkspaceError, match="Không tạo được"):
        Workspace.create(tmp_path / "mới.levelkit")
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_another_program_holds_is_told_and_saved_later(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.05)
    with Workspace.open(path) as workspace, closing(sqlite3.connect(path, isolation_level=None)) as other:
        session = workspace.session(CODE)
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(WorkspaceError, match="chương trình khác giữ"):
            session.set("system.name", "Tên mới")
        other.execute("ROLLBACK")
        session.save()
        assert workspace.systems()[0].name == "Tên mới"


def test_a_newer_file_and_its_folder_are_not_touched(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {FORMAT + 1}")
    before = {item: item.read_bytes() for item in path.parent.iterdir() if item.is_file()}
    for readonly in (False, True):
        with pytest.raises(WorkspaceNewer, match="phiên bản mới hơn"):
            Workspace.open(path, readonly=readonly)
    assert {item: item.read_bytes() for item in path.parent.iterdir() if item.is_file()} == before


class TestClock:
    def test_a_copy_made_after_the_clock_was_set_back_is_the_newest(
        self, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with Workspace.open(path) as workspace:
            for number in range(backups.KEPT + 2):
                workspace.session(CODE).set("system.name", f"Tên {number}")
                backups.backup(path)

        class Earlier(datetime):
            @classmethod
            def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
                return datetime(2020, 1, 1, tzinfo=UTC)

        monkeypatch.setattr(backups, "datetime", Earlier)
        with Workspace.open(path) as workspace:
            workspace.session(CODE).set("system.name", "Sau khi lùi giờ")
        made = backups.backup(path)
        kept = list_backups(backups.backup_folder(path))
        assert made is not None
        assert made.exists()
        assert kept[0] == made
        assert len(kept) == backups.KEPT

    def test_a_lock_from_next_week_does_not_block(self, path: Path) -> None:
        held = this_process().dump().replace(lock.platform.node(), "may-khac")
        lock_path(path).write_text(held, encoding="utf-8")
        for ahead, readonly in ((FUTURE_SECONDS / 2, True), (FUTURE_SECONDS * 7, False)):
            moment = time.time() + ahead
            os.utime(lock_path(path), (moment, moment))
            with Workspace.open(path) as workspace:
                assert workspace.readonly is readonly


class TestLock:
    def test_a_process_that_died_while_it_took_the_lock_leaves_none(
        self, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def die(*_args: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr(lock.os, "link", die)
        with pytest.raises(KeyboardInterrupt):
            Lock(path).acquire()
        monkeypatch.undo()
        assert not lock_path(path).exists()

    def test_where_there_are_no_hard_links_one_holds_it(
        self, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(*_args: object) -> None:
            raise OSError(95, "Operation not supported")

        monkeypatch.setattr(lock.os, "link", refuse)
        with Workspace.open(path) as first, Workspace.open(path) as second:
            assert not first.readonly
            assert second.readonly
        assert not lock_path(path).exists()


class TestNotes:
    def test_only_what_is_levelkits_own_is_removed(self, tmp_path: Path) -> None:
        mine = tmp_path / "quan trọng.txt"
        mine.write_text("của tôi", encoding="utf-8")
        part = tmp_path / ".ra.xlsx.0123abcd.part"
        part.write_text("dở", encoding="utf-8")
        script = (
            "import os, signal, sys; from pathlib import Path; from levelkit.services import leftovers;"
            "leftovers.note('x', *map(Path, sys.argv[1:])); os.kill(os.getpid(), signal.SIGKILL)"
        )
        subprocess.run([sys.executable, "-c", script, str(mine), str(part)], cwd=ROOT, check=False)
        leftovers.clear()
        assert mine.exists()
        assert not part.exists()

    def test_work_that_goes_on_is_left_alone(self, tmp_path: Path) -> None:
        part = tmp_path / ".ra.xlsx.0123abcd.part"
        with leftovers.noted(part):
            part.touch()
            leftovers.clear()
            assert part.exists()

    def test_the_copy_of_a_reader_that_was_killed_goes(self, tmp_path: Path) -> None:
        old = Path(shutil.copy(ROOT / "tests" / "data" / "old-versions" / "0001.levelkit", tmp_path))
        script = (
            "import os, signal, sys; from pathlib import Path; from levelkit.services import Workspace;"
            "held = Workspace.open(Path(sys.argv[1]), readonly=True); os.kill(os.getpid(), signal.SIGKILL)"
        )
        folder = tmp_path / "tmp"
        folder.mkdir()
        environment = {**os.environ, "TMPDIR": str(folder)}
        subprocess.run([sys.executable, "-c", script, str(old)], cwd=ROOT, env=environment, check=False)
        assert len(list(folder.iterdir())) == 1
        assert leftovers.sweep(folder) == 1
        assert list(folder.iterdir()) == []
