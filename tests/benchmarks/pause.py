"""The window while a hundred pages are made: its longest pause."""

from __future__ import annotations

import tempfile
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QWidget

from levelkit.gui.export.render_run import RenderRun
from tests.benchmarks.material import CODE, long_sample
from tests.benchmarks.table import Row
from tests.benchmarks.window import Pulse, wait, window_on

BEAT = 5
LONGEST = 20
PATIENCE = 300_000


def measure() -> list[Row]:
    with tempfile.TemporaryDirectory() as out, long_sample() as path, window_on(path, CODE) as window:
        session = window.findChild(QWidget, "wizard").session
        pulse = Pulse(BEAT)
        wait(3000)
        idle = max(pulse.stop())

        pulse, loop, problems = Pulse(BEAT), QEventLoop(), []
        run = RenderRun(window)
        run.done.connect(loop.quit)
        run.failed.connect(problems.append)
        run.failed.connect(loop.quit)
        QTimer.singleShot(PATIENCE, loop.quit)
        run.start(session, Path(out), draft=True)
        begun = len(pulse.gaps)
        loop.exec()
        gaps = pulse.stop()
        assert not problems, problems
        assert not run.running
    return [
        Row("khựng lâu nhất lúc bấm xuất", max(gaps[: begun + 1]), "20 ms", LONGEST, "ms", 1),
        Row(
            f"khựng lâu nhất khi đang dựng ({len(gaps)} nhịp)",
            max(gaps[begun + 1 :]),
            "20 ms",
            LONGEST,
            "ms",
            1,
        ),
        Row("  lúc không dựng", idle, "20 ms", LONGEST, "ms", 1),
    ]
