"""A PostgreSQL server of the tests' own: in a temporary folder, on a socket, gone afterwards."""

from __future__ import annotations

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

OWNER = "chu_so_huu"
LOCKED = "khoa_mat_khau"
"""An account that has to give a password; every other is trusted."""
_SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "max_connections": "60",
    "shared_buffers": "32MB",
}


def comes_true(check: Callable[[], bool]) -> bool:
    """Ask until it holds: what a server tells others is under way for a moment."""
    for _ in range(3000):
        if check():
            return True
        time.sleep(0.02)
    return False


def _program(name: str) -> str:
    found = shutil.which(name)
    places = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda one: int(one.parts[4]))
    if found is None and not places:
        pytest.fail(f"Không có chương trình {name}: phép thử cần gói postgresql, ./check cài gói này.")
    return found or str(places[-1])


def _die_with_parent() -> None:
    # A test run that is killed must leave no server behind.
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGINT)


class PostgresServer:
    """One server; databases are made from an empty template."""

    def __init__(self) -> None:
        self._made = 0
        # The server refuses to run as root, and its account must reach the folder.
        self._account: dict[str, Any] = {}
        self.folder = Path(tempfile.mkdtemp(prefix="lkpg-"))
        if os.geteuid() == 0:
            entry = pwd.getpwnam("postgres")
            os.chown(self.folder, entry.pw_uid, entry.pw_gid)
            self._account = {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
        data = self.folder / "data"
        made = subprocess.run(
            [
                *(_program("initdb"), "-D", str(data), "-U", OWNER, "-A", "trust"),
                *("-N", "-E", "UTF8", "--locale=C.UTF-8"),
            ],
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
            **self._account,
        )
        if made.returncode:
            shutil.rmtree(self.folder, ignore_errors=True)
            pytest.fail(f"initdb không chạy được: {made.stderr}")
        rules = data / "pg_hba.conf"
        rules.write_text(f"local all {LOCKED} scram-sha-256\nlocal all all trust\n", encoding="utf-8")
        options = [item for name, value in _SETTINGS.items() for item in ("-c", f"{name}={value}")]
        self._log = (self.folder / "log").open("wb")
        self._process = subprocess.Popen(
            [_program("postgres"), "-D", str(data), "-k", str(self.folder), *options],
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=self._log,
            preexec_fn=_die_with_parent,  # noqa: PLW1509 - no thread runs yet
            **self._account,
        )
        self._wait()

    def uri(self, database: str, user: str = OWNER, password: str = "") -> str:
        """Return the address of a database for an account."""
        secret = f"&password={password}" if password else ""
        return f"postgresql:///{database}?host={self.folder}&user={user}{secret}"

    def sql(self, statement: str, database: str = "postgres") -> list[tuple[Any, ...]]:
        """Run one statement as the owner of everything."""
        with psycopg.connect(self.uri(database), autocommit=True) as connection:
            cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def new_database(self, template: str = "template0") -> str:
        """Make a database and return its name."""
        self._made += 1
        name = f"lk{self._made}"
        self.sql(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
        return name

    def drop_database(self, name: str) -> None:
        """Take a database away, with whoever is still connected."""
        self.sql(f"DROP DATABASE {name} WITH (FORCE)")

    def stop(self) -> None:
        """End the server and take its folder away."""
        self._process.send_signal(signal.SIGINT)
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.send_signal(signal.SIGQUIT)
            self._process.wait()
        self._log.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _wait(self) -> None:
        for _ in range(600):
            if self._process.poll() is not None:
                break
            try:
                self.sql("SELECT 1")
            except psycopg.OperationalError:
                time.sleep(0.05)
            else:
                return
        said = (self.folder / "log").read_text(encoding="utf-8", errors="replace")
        pytest.fail(f"Máy chủ PostgreSQL của phép thử không chạy được: {said}")
