"""A real window on the sample, offscreen, and a pulse that notices when it stands still."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer

from levelkit.gui import app as gui
from levelkit.gui.settings import WindowSettings
from levelkit.gui.theme import theme
from levelkit.services.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from levelkit.gui.main_window import MainWindow

_APPLICATION: list[object] = []


@contextmanager
def window_on(workspace: Path, code: str) -> Iterator[MainWindow]:
    """Show the main window on one system."""
    if not _APPLICATION:
        _APPLICATION.append(gui.make_app(["levelkit"]))
    with tempfile.TemporaryDirectory() as folder:
        settings = WindowSettings(Settings(Path(folder, "settings.json")))
        theme().install(settings.mode, settings.percent)
        window = gui.make_window(settings)
        window.resize(1366, 768)
        window.show()
        window.open_path(str(workspace), code)
        wait(300)
        yield window
        window.close()


def wait(milliseconds: int) -> None:
    """Let the event loop run."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


class Pulse(QObject):
    """Beats every few milliseconds and keeps the times between beats, in milliseconds."""

    def __init__(self, milliseconds: int) -> None:
        super().__init__()
        self.gaps: list[float] = []
        self._last = perf_counter()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(milliseconds)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def stop(self) -> list[float]:
        """Return the gaps."""
        self._timer.stop()
        return self.gaps

    def _beat(self) -> None:
        now = perf_counter()
        self.gaps.append((now - self._last) * 1000)
        self._last = now
