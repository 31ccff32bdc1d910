"""What is measured on: the sample workspace, and a system whose dossier has about a hundred pages."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from levelkit.services import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "HT-03"
DEVICES = 540
SERVICES = 180


@contextmanager
def sample() -> Iterator[Path]:
    """A fresh copy of the sample workspace in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "mau.levelkit")
        command = [sys.executable, "-m", "levelkit", "sample", "--workspace", str(path)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        yield path


@contextmanager
def long_sample() -> Iterator[Path]:
    """The sample, with as many devices and services in one system as make a hundred pages."""
    with sample() as path:
        with Workspace.open(path) as workspace:
            session = workspace.session(CODE)
            session.set("devices", grown(session.interview.answers["devices"], DEVICES))
            session.set("services", grown(session.interview.answers["services"], SERVICES))
        yield path


def grown(rows: list[dict[str, object]], count: int) -> list[dict[str, object]]:
    """Repeat the rows up to a count, each with a name of its own."""
    return [
        {**rows[n % len(rows)], "name": f"{rows[n % len(rows)]['name']} số {n + 1}"} for n in range(count)
    ]
