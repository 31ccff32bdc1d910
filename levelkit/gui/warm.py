"""Loading what stands behind the window (law, forms, storage) while the start page is being read."""

from __future__ import annotations

import gc
import threading

from PySide6.QtCore import QObject, QTimer, Signal

POLL_MS = 20


class Warmup(QObject):
    """Loads once, in a thread that knows nothing of Qt; ``ready`` comes in the window's own thread.

    Whoever needs what it loads calls `wait` first: two threads in one half-loaded package disturb each other.
    """

    ready = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread: threading.Thread | None = None
        self._poll = QTimer(self)
        self._poll.setInterval(POLL_MS)
        self._poll.timeout.connect(self._look)

    def start(self) -> None:
        """Begin; the collector of garbage rests meanwhile, for nothing that is loaded is garbage."""
        if self._thread is None:
            gc.disable()
            self._thread = threading.Thread(target=_load, name="levelkit-warmup", daemon=True)
            self._thread.start()
            self._poll.start()

    def wait(self) -> None:
        """Return when everything is loaded; at once where nothing was begun."""
        if self._thread is not None:
            self._thread.join()

    def _look(self) -> None:
        if self._thread is not None and not self._thread.is_alive():
            self._poll.stop()
            gc.freeze()
            gc.enable()
            self.ready.emit()


def _load() -> None:
    """Load the modules and the forms; what cannot be loaded is told where it is needed."""
    from levelkit.services import leftovers
    from levelkit.services.workspace import default_forms

    default_forms()
    leftovers.sweep()
    leftovers.clear()
