"""Write to a workspace until killed: run by the tests in a process of its own.

``python -m tests.store.crash_writer WORKSPACE MODE POINT``: says ``ready``, then every confirmed number on a
line of its own. ``MODE`` is ``set``, ``journal``, ``migrate`` or ``create``. ``POINT`` is how many SQL
statements pass before the process kills itself, 0 for never.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine

from levelkit.store import WorkspaceStore
from tests.store.writer import Writer

ROWS = 60


def die() -> None:
    """End as in a power cut: nothing is closed, nothing is flushed."""
    os.kill(os.getpid(), signal.SIGKILL)


def die_at_statement(point: int, start: str = "") -> None:
    """Die just after the ``point``-th SQL statement from now on that begins with ``start``."""
    seen = [0]

    @event.listens_for(Engine, "after_cursor_execute")
    def count(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen[0] += statement.startswith(start)
        if seen[0] == point:
            die()


def spill_early(connection: Any, _record: object) -> None:
    """Let unfinished transactions reach the file, as large ones do: then only the journal can undo them."""
    connection.execute("PRAGMA cache_size = 4")


def values(number: int) -> dict[str, object]:
    """Return answers large enough to spread over many pages."""
    return {
        "text": f"{number} " + "chữ " * 500,
        "number": number,
        "devices": [{"name": f"máy {row}", "number": number, "note": "x" * 200} for row in range(ROWS)],
    }


def main() -> None:
    """Write, confirm, die."""
    path, mode, point = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    event.listen(Engine, "connect", spill_early)
    if mode == "create":
        print("ready", flush=True)
        die_at_statement(point)
        WorkspaceStore.create(path)
    elif mode == "migrate":
        print("ready", flush=True)
        die_at_statement(point)
        WorkspaceStore.open(path).close()
    else:
        store = WorkspaceStore.open(path)
        writer = Writer(store)
        print("ready", flush=True)
        if point:
            # ``journal``: all is written, nothing is confirmed.
            die_at_statement(point, "INSERT INTO event" if mode == "journal" else "")
        for number in range(1, 10_000):
            writer.set(**values(number))
            print(number, flush=True)
    print("done", flush=True)


if __name__ == "__main__":
    main()
