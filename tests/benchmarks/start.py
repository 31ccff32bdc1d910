"""From starting the program to a window that answers, against a bare PySide6 window."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from typing import TYPE_CHECKING

from tests.benchmarks.material import sample
from tests.benchmarks.table import Row, alternate

if TYPE_CHECKING:
    from collections.abc import Callable

RUNS = 7


def measure() -> list[Row]:
    peak: dict[str, float] = {}

    # As after the first start on a person's machine, whatever this one says about compiled modules.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}

    def start(*words: str) -> Callable[[], float]:
        def once() -> float:
            command = [sys.executable, "-m", "tests.benchmarks.children", *words]
            printed = subprocess.run(
                command, check=True, capture_output=True, text=True, env=environment
            ).stdout
            taken, memory = printed.split()
            peak["".join(words)] = float(memory)
            return float(taken)

        return once

    with sample() as path, tempfile.TemporaryDirectory() as compiled:
        environment["PYTHONPYCACHEPREFIX"] = compiled
        file = str(path)
        works = start("bare-window"), start("levelkit"), start("levelkit", file)
        for work in works:  # the first run reads everything from the disk
            work()
        bare, empty, opened = alternate(RUNS, *works)
    name = "cửa sổ PySide6 trống"
    return [
        Row("mở chương trình, trang đầu", empty, name, bare, "s CPU", 2),
        Row("mở chương trình trên bộ mẫu", opened, name, bare, "s CPU", 2),
        Row("bộ nhớ cao nhất, trên bộ mẫu", peak["levelkit" + file], name, peak["bare-window"], "MB", 2),
    ]
