"""Command line: what goes to stdout and stderr. One JSON object or text on stdout, the rest on stderr."""

from __future__ import annotations

import contextlib
import errno
import io
import json
import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def use_utf8() -> None:
    """Write UTF-8 whatever the locale; what cannot be written (broken file names) is shown escaped."""
    for stream, errors in ((sys.stdout, "surrogateescape"), (sys.stderr, "backslashreplace")):
        if isinstance(stream, io.TextIOWrapper):
            with contextlib.suppress(ValueError, OSError):
                stream.reconfigure(encoding="utf-8", errors=errors)


def flush() -> None:
    """Find out now, not at the end of the process, whether stdout could be written."""
    if sys.stdout is not None:  # a program without a console has none
        sys.stdout.flush()


def is_full(error: Exception) -> bool:
    """Say whether writing failed for want of room, which is no bug of the program."""
    return isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def give_up_stdout() -> None:
    """Write nowhere from now on, so that the interpreter's last flush does not complain."""
    sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115


def write_json(value: dict[str, Any]) -> None:
    """Write the one JSON object."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def note(text: str) -> None:
    """Say something beside the result."""
    click.echo(text, err=True)


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return rows under their headings, in columns; None is an empty cell."""
    lines = [tuple(head), *(tuple("" if cell is None else str(cell) for cell in row) for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


class Bar:
    """A progress bar on a terminal's stderr; silent elsewhere."""

    def __init__(self) -> None:
        self._shown = sys.stderr.isatty()
        self._width = 0

    def show(self, text: str) -> None:
        """Replace the line."""
        if self._shown:
            line = text[: shutil.get_terminal_size().columns - 1]
            sys.stderr.write("\r" + line.ljust(self._width))
            sys.stderr.flush()
            self._width = len(line)

    def clear(self) -> None:
        """Take the line away."""
        if self._shown and self._width:
            sys.stderr.write("\r" + " " * self._width + "\r")
            sys.stderr.flush()
            self._width = 0
