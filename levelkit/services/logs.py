"""Services: the rotating log. Codes, ids and numbers; never an answer, a name or an address."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from levelkit.services import paths

if TYPE_CHECKING:
    from logging.handlers import RotatingFileHandler
    from pathlib import Path

MAX_BYTES = 512 * 1024
KEPT = 4
ROOT = "levelkit"


def start() -> Path | None:
    """Write the log from now on; return its file, None where no log can be kept."""
    logger = logging.getLogger(ROOT)
    if any(isinstance(handler, _Late) for handler in logger.handlers):
        return log_file()
    try:
        paths.log_dir().mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    logger.addHandler(_Late(log_file()))
    logger.setLevel(logging.INFO)
    logger.propagate = False
    return log_file()


def stop() -> None:
    """Close the log."""
    logger = logging.getLogger(ROOT)
    for handler in list(logger.handlers):
        if isinstance(handler, _Late):
            logger.removeHandler(handler)
            handler.close()
    logger.propagate = True


def log_file() -> Path:
    """Return where the log lies."""
    return paths.log_dir() / "levelkit.log"


class _Late(logging.Handler):
    """Makes the real handler with the first line: what is behind it (sockets, queues) is slow to load."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self._file = file
        self._real: RotatingFileHandler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line; a place that cannot be written is no reason to stop working."""
        if self._real is None:
            from logging.handlers import RotatingFileHandler

            self._real = RotatingFileHandler(
                self._file, maxBytes=MAX_BYTES, backupCount=KEPT, encoding="utf-8", delay=True
            )
            self._real.setFormatter(_Plain("%(asctime)s %(levelname)s %(name)s %(message)s"))
        self._real.handle(record)

    def close(self) -> None:
        """Close the file."""
        if self._real is not None:
            self._real.close()
        super().close()


class _Plain(logging.Formatter):
    """Leaves out what an exception says: its message may hold answers."""

    def formatException(self, ei: object) -> str:  # noqa: N802
        kind = ei[0] if isinstance(ei, tuple) else None
        return getattr(kind, "__name__", "")
