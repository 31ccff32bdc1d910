"""Every command on a workspace in a PostgreSQL database."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import psycopg
import pytest

from levelkit.services import logs, paths
from tests.postgres_server import comes_true

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Ended
    from tests.postgres_server import PostgresServer

    Call = Callable[..., Ended]

OURS = 0x4C564B54  # the program's own mark on its locks; 1 is giving out codes
SHEET = "Mã,Tên hệ thống,Phục vụ\nHT-01,Cổng khách hàng,người dân\nHT-02,Kho,nội bộ\n"


@pytest.fixture
def empty(postgres: PostgresServer, empty_database: str) -> str:
    """The address of a database with nothing in it, with a password that must not show."""
    return postgres.uri(empty_database, password="mat-khau-bi-mat")


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    """A small inventory."""
    path = tmp_path / "kiểm kê.csv"
    path.write_text(SHEET, encoding="utf-8")
    return path


def test_sample_in_a_database_is_the_sample(levelkit: Call, sample: Path, empty: str, tmp_path: Path) -> None:
    for command in (
        ("systems",),
        ("check", "HT-03"),
        ("export", "--out", tmp_path / "a.xlsx"),
        ("render", "HT-03", "--out", tmp_path / "out"),
        ("import", tmp_path / "a.csv", "--dry-run"),
    ):
        missing = levelkit(*command, "-w", empty)
        assert missing.code == 2
        assert "Traceback" not in missing.err
    assert levelkit("sample", "-w", empty).code == 0
    again = levelkit("sample", "-w", empty)
    assert again.code == 2
    assert "Đã có dữ liệu levelkit" in again.err
    for command in (
        ("systems", "--json"),
        ("check", "HT-05", "--json"),
        ("impact", "--from", "nd85-2016", "--to", "nd331-2026", "--json"),
    ):
        there, here = levelkit(*command, "-w", empty), levelkit(*command, "-w", sample)
        assert (there.code, json.loads(there.out)) == (here.code, json.loads(here.out))


def test_import_and_export(levelkit: Call, empty: str, sheet: Path, tmp_path: Path) -> None:
    done = levelkit("import", sheet, "-w", empty, "--json")
    assert (done.code, json.loads(done.out)["systems"]["created"]) == (0, 2)
    book = tmp_path / "ra.xlsx"
    assert levelkit("export", "-w", empty, "--out", book).code == 0
    again = levelkit("import", book, "-w", empty, "--json")
    assert json.loads(again.out)["systems"]["unchanged"] == 2


def test_import_that_is_stopped_leaves_the_database_empty(
    levelkit: Call, empty: str, sheet: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_arguments: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("levelkit.services.importing._layouts", stop)
        assert levelkit("import", sheet, "-w", empty).code == 2
    ended = levelkit("systems", "-w", empty)
    assert ended.code == 2
    assert "còn trống" in ended.err


def test_import_that_is_killed_leaves_the_database_empty(
    levelkit: Call, postgres: PostgresServer, empty_database: str, empty: str, sheet: Path
) -> None:
    tables = "SELECT 1 FROM pg_tables WHERE schemaname = 'public'"
    command = [sys.executable, "-m", "levelkit", "import", str(sheet), "--workspace", empty]
    with psycopg.connect(empty, autocommit=True) as held:
        held.execute("SELECT pg_advisory_lock(%s, 1)", (OURS,))  # the import waits here, in its transaction
        with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
            waits = "SELECT 1 FROM pg_locks WHERE NOT granted"
            assert comes_true(lambda: bool(held.execute(waits).fetchall()))
            process.kill()
    assert comes_true(lambda: postgres.sql(tables, empty_database) == [])
    assert levelkit("import", sheet, "-w", empty).code == 0


def test_nothing_of_the_address_but_host_and_name_is_shown(levelkit: Call, empty: str) -> None:
    shown = ""
    for address in (empty, empty.replace("lk", "khong-co"), "postgresql://lan:mat-khau-bi-mat@127.0.0.1:1/x"):
        ended = levelkit("systems", "-w", address)
        assert ended.code == 2
        shown += ended.out + ended.err
    assert "127.0.0.1/x" in shown
    logs.stop()
    written = [file.read_text(encoding="utf-8") for file in paths.log_dir().glob("*") if file.is_file()]
    assert "mat-khau-bi-mat" not in shown + "".join(written)
