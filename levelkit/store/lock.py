"""Store: who holds a workspace. A small file beside it, since SQLite's own locks last one write only."""

from __future__ import annotations

import contextlib
import getpass
import glob
import json
import os
import platform
import secrets
import sys
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

HEARTBEAT_SECONDS = 30.0
STALE_SECONDS = 120.0
FUTURE_SECONDS = 24 * 60 * 60.0


@dataclass(frozen=True)
class Holder:
    """Who holds the workspace: the account, the machine, the process, since when (UTC)."""

    user: str
    host: str
    pid: int
    since: datetime
    token: str = ""
    process_start: str = ""

    @property
    def here(self) -> bool:
        """Whether it is this very process."""
        return self.host == platform.node() and self.pid == os.getpid()

    def dump(self) -> str:
        """Write the lock file's text."""
        return json.dumps(
            {
                "user": self.user,
                "host": self.host,
                "pid": self.pid,
                "since": self.since.isoformat(),
                "token": self.token,
                "process_start": self.process_start,
            },
            ensure_ascii=False,
        )


class Lock:
    """A lock file with a heartbeat. Held from a successful :meth:`acquire` until :meth:`release`."""

    def __init__(self, workspace: Path) -> None:
        self.path = lock_path(workspace)
        self._mine: Holder | None = None
        self._stop = threading.Event()
        self._beat: threading.Thread | None = None
        self.lost = False

    def acquire(self) -> Holder | None:
        """Take the lock; return None when it is ours, else who holds it.

        Raises:
            OSError: no file can be made beside the workspace.
        """
        mine = this_process()
        for _ in range(5):
            try:
                self._write(mine.dump())
            except FileExistsError:
                holder = read_holder(self.path)
                if holder is not None and not _is_stale(self.path, holder):
                    return holder
                if holder is None and not _is_old(self.path):
                    time.sleep(0.1)  # being written right now
                    continue
                self._remove_stale(holder)
                continue
            self._mine = mine
            self._sweep()
            self._beat = threading.Thread(target=self._keep_alive, name="levelkit-lock", daemon=True)
            self._beat.start()
            return None
        return read_holder(self.path) or Holder("?", "?", 0, datetime.now(UTC))

    def _write(self, text: str) -> None:
        """Make the lock file with its text in one step: whoever dies here leaves no empty lock that blocks.

        Raises:
            FileExistsError: there is one.
        """
        part = self._beside()
        try:
            with part.open("x", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            os.link(part, self.path)
        except FileExistsError:
            raise
        except OSError:  # no hard links there, or no place at all
            descriptor = os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644)
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                file.write(text)
        finally:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)

    def _beside(self) -> Path:
        return self.path.with_name(f"{self.path.name}.{secrets.token_hex(4)}")

    def _sweep(self) -> None:
        """Remove what others left beside who died while they took or moved the lock."""
        pattern = f"{glob.escape(self.path.name)}.{'[0-9a-f]' * 8}"
        for path in self.path.parent.glob(pattern):
            holder = read_holder(path)
            if _is_old(path) if holder is None else _is_stale(path, holder):
                with contextlib.suppress(OSError):
                    path.unlink(missing_ok=True)

    def release(self) -> None:
        """Give the lock back; a lock that another has taken over meanwhile is left alone."""
        if self._mine is None:
            return
        self._stop.set()
        if self._beat is not None:
            self._beat.join()
        if self._is_mine():
            self.path.unlink(missing_ok=True)
        self._mine = None

    def _is_mine(self) -> bool:
        holder = read_holder(self.path)
        return holder is not None and self._mine is not None and holder.token == self._mine.token

    def _keep_alive(self) -> None:
        while not self._stop.wait(HEARTBEAT_SECONDS):
            try:
                if not self._is_mine():
                    self.lost = True
                    return
                os.utime(self.path)
            except OSError:
                continue  # the share is away for a moment

    def _remove_stale(self, holder: Holder | None) -> None:
        # Two may find the same stale lock: only the one who moves that very file away goes on.
        aside = self._beside()
        try:
            self.path.rename(aside)
        except OSError:
            return
        moved = read_holder(aside)
        if moved is not None and holder is not None and moved.token != holder.token:
            with contextlib.suppress(OSError):
                os.link(aside, self.path)
        aside.unlink(missing_ok=True)


def lock_path(workspace: Path) -> Path:
    """Return where the lock of a workspace lies."""
    return workspace.with_name(f"{workspace.name}.lock")


def read_holder(path: Path) -> Holder | None:
    """Read a lock file; None when there is none or it is not complete."""
    try:
        return parse_holder(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def parse_holder(text: str) -> Holder | None:
    """Read what :meth:`Holder.dump` wrote; None where it is not complete."""
    try:
        raw = json.loads(text)
        return Holder(
            str(raw["user"]),
            str(raw["host"]),
            int(raw["pid"]),
            datetime.fromisoformat(raw["since"]),
            str(raw["token"]),
            str(raw.get("process_start", "")),
        )
    except (ValueError, KeyError, TypeError):
        return None


def current_holder(workspace: Path) -> Holder | None:
    """Say who holds a workspace now; None when nobody does or the lock is a dead process's."""
    path = lock_path(workspace)
    holder = read_holder(path)
    return None if holder is None or _is_stale(path, holder) else holder


def current_user() -> str:
    """Return the account's name; «?» on a machine that gives none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return "?"


def is_alive(holder: Holder) -> bool:
    """Whether the process runs that wrote this; one of another machine counts as running."""
    return holder.host != platform.node() or _is_alive(holder)


def this_process() -> Holder:
    """Name this very process, with a token of its own."""
    return Holder(
        current_user(),
        platform.node(),
        os.getpid(),
        datetime.now(UTC),
        secrets.token_hex(8),
        _process_start(os.getpid()),
    )


def _is_stale(path: Path, holder: Holder) -> bool:
    if holder.host == platform.node():
        return not _is_alive(holder)
    return _is_old(path)


def _is_old(path: Path) -> bool:
    try:
        age = time.time() - path.stat().st_mtime
    except OSError:
        return False
    # Clocks of two machines differ by hours at most; a heartbeat of next week means that one was set back.
    return age > STALE_SECONDS or age < -FUTURE_SECONDS


def _is_alive(holder: Holder) -> bool:
    if sys.platform == "win32":
        return _is_alive_windows(holder.pid)
    try:
        os.kill(holder.pid, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    started = _process_start(holder.pid)
    return not (started and holder.process_start) or started == holder.process_start


def _process_start(pid: int) -> str:
    # Linux: boot id and start time tell a reused process number apart.
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="utf-8").strip()
        return f"{boot}:{stat.rpartition(')')[2].split()[19]}"
    except (OSError, IndexError):
        return ""


def _is_alive_windows(pid: int) -> bool:
    import ctypes

    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined,unused-ignore]
    handle = kernel.OpenProcess(0x1000, False, pid)  # noqa: FBT003  PROCESS_QUERY_LIMITED_INFORMATION
    if not handle:
        return bool(kernel.GetLastError() == 5)  # access denied: it lives
    code = ctypes.c_ulong()
    kernel.GetExitCodeProcess(handle, ctypes.byref(code))
    kernel.CloseHandle(handle)
    return code.value == 259  # STILL_ACTIVE
