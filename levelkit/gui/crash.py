"""A bug: the report is shown first; nothing is written or sent unless the person says so."""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from levelkit.errors import WorkspaceError

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from levelkit.gui.crash_dialog import CrashDialog

log = logging.getLogger("levelkit.crash")


class CrashGuard(QObject):
    """Takes over `sys.excepthook`: logs places only, shows the report in the window's own thread.

    A workspace that is suddenly gone (a server, a network disk) can meet any reading: that is no bug, and
    ``refused`` gives the words for it.
    """

    caught = Signal(str)
    refused = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._before: Callable[..., object] = sys.excepthook
        self._shown: CrashDialog | None = None
        self.caught.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Catch what nobody else caught, from now on."""
        sys.excepthook = self.handle

    def uninstall(self) -> None:
        """Give the hook back."""
        sys.excepthook = self._before

    def handle(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Take one uncaught error; Ctrl+C stays Ctrl+C."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        if issubclass(kind, WorkspaceError):
            log.warning("refused %s", kind.__name__)
            self.refused.emit(str(error))
            return
        from levelkit.services import crash

        text = crash.report(error.with_traceback(trace))
        log.error("uncaught %s", kind.__name__)
        self.caught.emit(text)

    def _show(self, text: str) -> None:
        if self._shown is not None:
            return
        from levelkit.gui.crash_dialog import CrashDialog

        self._shown = CrashDialog(text, QApplication.activeWindow())
        self._shown.finished.connect(self._forget)
        self._shown.open()

    def _forget(self) -> None:
        self._shown = None
