"""Runs work in processes that are killed: ``python -m tests.faults.forker``, one JSON line per order.

An order names the kind, the folder and the death: ``seconds`` after the start, or ``file`` or ``sql``, the
number of the step at which the process kills itself. The answer tells how it ended and how long it took.
Everything is loaded once, so that a round costs only its own work; every process is waited for here.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
import time
import traceback
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import event
from sqlalchemy.engine import Engine

from tests.faults.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
_MOVES = {"os.rename", "os.link", "os.remove", "os.mkdir", "os.rmdir", "os.truncate", "shutil.copyfile"}


class Steps:
    """Counts what touches the disk, and dies at the step asked for."""

    def __init__(self, deadly: dict[str, int]) -> None:
        self.seen = {"file": 0, "sql": 0}
        self._deadly = deadly
        self._rests = False

    @contextmanager
    def resting(self) -> Iterator[None]:
        """Count nothing: what happens now is no part of the work."""
        self._rests = True
        yield
        self._rests = False

    def step(self, kind: str) -> None:
        if self._rests:
            return
        self.seen[kind] += 1
        if self.seen[kind] == self._deadly.get(kind):
            os.kill(os.getpid(), signal.SIGKILL)

    def watch(self) -> None:
        """Count from now on: before each file operation, after each statement, around each commit."""
        sys.addaudithook(self._audited)
        sync = os.fsync

        def counted(descriptor: int) -> None:
            self.step("file")
            sync(descriptor)

        os.fsync = counted  # type: ignore[assignment]
        event.listen(Engine, "connect", _spill_early)
        event.listen(Engine, "after_cursor_execute", lambda *_args: self.step("sql"))
        event.listen(Engine, "commit", lambda *_args: self.step("file"))

    def _audited(self, name: str, args: tuple[Any, ...]) -> None:
        if name == "open":
            _path, mode, flags = args
            if (isinstance(mode, str) and set(mode) & set("wxa+")) or (mode is None and flags & _WRITING):
                self.step("file")
        elif name in _MOVES:
            self.step("file")


def _spill_early(connection: Any, _record: object) -> None:
    # Unfinished transactions reach the file, as large ones do: then only the journal can undo them.
    connection.execute("PRAGMA cache_size = 4")


def work(order: dict[str, Any]) -> None:
    """Do the work in this process, saying what is confirmed."""
    folder = Path(order["folder"])
    place = folder / "place"
    os.environ |= {"TMPDIR": str(folder / "tmp"), "LEVELKIT_CONFIG_DIR": str(folder / "config")}
    steps = Steps({key: order[key] for key in ("file", "sql") if order.get(key)})
    out = os.open(folder / "said", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    said = [0]

    def say() -> None:
        said[0] += 1
        if order.get("keep"):
            with steps.resting():
                shutil.copytree(place, folder / "states" / str(said[0]))
        os.write(out, b"x")
        steps.step("file")

    steps.watch()
    KINDS[order["kind"]].work(place, say)
    (folder / "steps").write_text(json.dumps(steps.seen))


def child(order: dict[str, Any]) -> int:
    """Work; return the exit code, what went wrong beside."""
    try:
        work(order)
    except BaseException:
        Path(order["folder"], "error").write_text(traceback.format_exc(), encoding="utf-8")
        return 1
    return 0


def ended(pid: int, seconds: float | None) -> int:
    """Wait for a process, kill it when its time has come; return its wait status."""
    over = None if seconds is None else time.monotonic() + seconds
    while True:
        if over is None:
            return os.waitpid(pid, 0)[1]
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            return status
        if time.monotonic() >= over:
            os.kill(pid, signal.SIGKILL)
            over = None
        else:
            time.sleep(min(0.001, max(over - time.monotonic(), 0)))


def main() -> None:
    """Take orders until there are no more."""
    import weasyprint.text.ffi  # looks for its libraries by way of empty temporary files

    from levelkit import dossier
    from levelkit.services import rulesets
    from levelkit.services.workspace import default_forms

    default_forms()
    rulesets.embedded_library()
    assert dossier.render_pdf
    assert weasyprint.text.ffi
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what the work prints is no answer
    for line in sys.stdin:
        order = json.loads(line)
        began = time.monotonic()
        pid = os.fork()
        if pid == 0:
            os._exit(child(order))
        status = ended(pid, order.get("seconds"))
        answers.write(json.dumps({"status": status, "seconds": time.monotonic() - began}) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
