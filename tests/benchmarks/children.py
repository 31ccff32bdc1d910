"""What is measured in processes of their own: ``python -m tests.benchmarks.children WHAT …``.

A window prints the processor seconds until its event loop has drawn it and is idle, and its peak memory.
Other work on the machine does not enter into processor time.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import Any

os.environ["QT_QPA_PLATFORM"] = "offscreen"


def peak() -> float:
    """Return this process's own peak memory in MB; what rusage says includes the parent's before exec."""
    status = Path("/proc/self/status").read_text("ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def report_when_idle(quit_now: Any, rounds: int = 4) -> None:
    """Let the event loop come round a few times, so that what was posted is laid out and painted."""
    from PySide6.QtCore import QTimer

    if rounds:
        QTimer.singleShot(0, lambda: report_when_idle(quit_now, rounds - 1))
        return
    print(time.process_time(), peak())
    quit_now()


def bare_window() -> None:
    """The least that PySide6 can show."""
    from PySide6.QtWidgets import QApplication, QMainWindow

    app = QApplication([])
    window = QMainWindow()
    window.resize(1366, 768)
    window.show()
    report_when_idle(app.quit)
    app.exec()


def levelkit_window(*files: str) -> None:
    """The program as people start it, up to the event loop; then report and leave."""
    from PySide6.QtWidgets import QApplication

    loop = QApplication.exec

    def watched(*_args: object) -> int:
        report_when_idle(QApplication.quit)
        return loop()

    QApplication.exec = watched  # type: ignore[method-assign]
    from levelkit.__main__ import main

    sys.argv = ["levelkit", *files]
    main()


def bare_render(html: str, out: str) -> None:
    """WeasyPrint on one HTML file."""
    from tests.benchmarks.straight import bare

    Path(out).write_bytes(bare(Path(html).read_text("utf-8")))
    print(peak())


def worker(job: str) -> None:
    """The renderer's process, with its peak memory as the last line."""
    from levelkit.cli.main import run

    run(["render-worker", job])
    print(peak())


if __name__ == "__main__":
    works = {
        "bare-window": bare_window,
        "levelkit": levelkit_window,
        "bare-render": bare_render,
        "worker": worker,
    }
    works[sys.argv[1]](*sys.argv[2:])
