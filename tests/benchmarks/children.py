"""What is measured in processes of their own: ``python -m tests.benchmarks.children WHAT SPAWNED_AT …``.

A window prints the seconds from its spawning until its event loop has drawn it and is idle, and its peak
memory.
"""

from __future__ import annotations

import os
import resource
import sys
import time
from typing import Any

os.environ["QT_QPA_PLATFORM"] = "offscreen"


def report_when_idle(spawned: float, quit_now: Any, rounds: int = 4) -> None:
    """Let the event loop come round a few times, so that what was posted is laid out and painted."""
    from PySide6.QtCore import QTimer

    if rounds:
        QTimer.singleShot(0, lambda: report_when_idle(spawned, quit_now, rounds - 1))
        return
    print(time.time() - spawned, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
    quit_now()


def bare_window(spawned: float) -> None:
    """The least that PySide6 can show."""
    from PySide6.QtWidgets import QApplication, QMainWindow

    app = QApplication([])
    window = QMainWindow()
    window.resize(1366, 768)
    window.show()
    report_when_idle(spawned, app.quit)
    app.exec()


def levelkit_window(spawned: float, *files: str) -> None:
    """The program as people start it, up to the event loop; then report and leave."""
    from PySide6.QtWidgets import QApplication

    loop = QApplication.exec

    def watched(*_args: object) -> int:
        report_when_idle(spawned, QApplication.quit)
        return loop()

    QApplication.exec = watched  # type: ignore[method-assign]
    from levelkit.__main__ import main

    sys.argv = ["levelkit", *files]
    main()


def bare_render(_spawned: float, html: str, out: str) -> None:
    """WeasyPrint on one HTML file."""
    from pathlib import Path

    from tests.benchmarks.dossier import bare

    Path(out).write_bytes(bare(Path(html).read_text("utf-8")))


if __name__ == "__main__":
    works = {"bare-window": bare_window, "levelkit": levelkit_window, "bare-render": bare_render}
    works[sys.argv[1]](float(sys.argv[2]), *sys.argv[3:])
