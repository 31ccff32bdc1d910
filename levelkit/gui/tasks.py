"""Long work off the window's thread: plain functions in a thread, commands in a process of their own."""

from __future__ import annotations

import json
from collections import deque
from threading import Event
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QRunnable, QThreadPool, Signal, Slot

from levelkit.errors import Cancelled, UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

MAX_STDERR_LINES = 40


class _Report(QObject):
    """Carries what a worker says over to the window's thread."""

    progressed = Signal(object)
    done = Signal(object)
    failed = Signal(object)
    cancelled = Signal()


# Runnables at work: a task may be forgotten before its work ends.
_AT_WORK: set[_Runnable] = set()


class _Runnable(QRunnable):
    def __init__(self, work: Callable[..., Any], report: _Report, stop: Event) -> None:
        super().__init__()
        self._work = work
        self._report = report
        self._stop = stop

    def run(self) -> None:
        try:
            result = self._work(self._report.progressed.emit, self._stop.is_set)
        except Cancelled:
            self._report.cancelled.emit()
        except Exception as error:
            self._report.failed.emit(error)
        else:
            self._report.done.emit(result)
        finally:
            _AT_WORK.discard(self)


class Task(QObject):
    """One run of ``work(progress, cancelled)`` in the thread pool.

    ``work`` never touches a widget. ``failed`` carries the exception; a bug is re-raised by the receiver.
    """

    progressed = Signal(object)
    done = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    ended = Signal()

    def __init__(self, work: Callable[..., Any], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stop = Event()
        self._report = _Report()
        self._runnable = _Runnable(work, self._report, self._stop)
        self._runnable.setAutoDelete(False)
        self._running = False

        self._report.progressed.connect(self.progressed)
        self._report.done.connect(self._on_done)
        self._report.failed.connect(self._on_failed)
        self._report.cancelled.connect(self._on_cancelled)

    @property
    def running(self) -> bool:
        """Whether the work has begun and not ended."""
        return self._running

    def start(self) -> None:
        """Put the work into the pool."""
        self._running = True
        _AT_WORK.add(self._runnable)
        QThreadPool.globalInstance().start(self._runnable)

    def cancel(self) -> None:
        """Ask the work to stop at its next look at ``cancelled``."""
        self._stop.set()

    @Slot(object)
    def _on_done(self, result: object) -> None:
        self._running = False
        self.done.emit(result)
        self.ended.emit()

    @Slot(object)
    def _on_failed(self, error: object) -> None:
        self._running = False
        self.failed.emit(error)
        self.ended.emit()

    @Slot()
    def _on_cancelled(self) -> None:
        self._running = False
        self.cancelled.emit()
        self.ended.emit()


class ProcessRunner(QObject):
    """One command in a process of its own; each line of its stdout is a JSON object.

    ``told`` carries every such object. One of ``done``, ``failed`` and ``stopped`` follows, once.
    """

    told = Signal(dict)
    done = Signal()
    failed = Signal(str)
    stopped = Signal()
    running_changed = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._buffer = b""
        self._errors: deque[str] = deque(maxlen=MAX_STDERR_LINES)
        self._user_error = ""
        self._stopping = False
        self._process: QProcess | None = None

    @property
    def running(self) -> bool:
        """Whether a process is at work."""
        return self._process is not None

    def start(self, command: Sequence[str], environment: Mapping[str, str] | None = None) -> None:
        """Start ``command``; there must be none at work.

        Raises:
            RuntimeError: the runner is busy (a bug of the caller).
        """
        if self._process is not None:
            raise RuntimeError("the runner is busy")
        self._buffer, self._user_error, self._stopping = b"", "", False
        self._errors.clear()
        process = QProcess(self)
        variables = QProcessEnvironment.systemEnvironment()
        variables.insert("PYTHONIOENCODING", "utf-8")
        for name, value in (environment or {}).items():
            variables.insert(name, value)
        process.setProcessEnvironment(variables)
        process.readyReadStandardOutput.connect(self._read_events)
        process.readyReadStandardError.connect(self._read_errors)
        process.finished.connect(self._on_finished)
        process.errorOccurred.connect(self._on_error)
        self._process = process
        self.running_changed.emit(True)
        process.start(command[0], list(command[1:]))

    def stop(self) -> None:
        """Kill the process; ``stopped`` follows."""
        if self._process is not None:
            self._stopping = True
            self._process.kill()

    def wait(self, milliseconds: int = 5000) -> bool:
        """Wait for the end, for closing the window; False when it did not come."""
        return self._process is None or self._process.waitForFinished(milliseconds)

    @Slot()
    def _read_events(self) -> None:
        if self._process is None:
            return
        self._buffer += bytes(self._process.readAllStandardOutput().data())
        *lines, self._buffer = self._buffer.split(b"\n")
        for line in lines:
            self._take(line)

    def _take(self, line: bytes) -> None:
        try:
            event = json.loads(line)
        except ValueError:
            return
        if isinstance(event, dict):
            if isinstance(event.get("error"), str):
                self._user_error = event["error"]
            self.told.emit(event)

    @Slot()
    def _read_errors(self) -> None:
        if self._process is not None:
            text = bytes(self._process.readAllStandardError().data()).decode("utf-8", "replace")
            self._errors.extend(line for line in text.splitlines() if line.strip())

    @Slot(int, QProcess.ExitStatus)
    def _on_finished(self, code: int, status: QProcess.ExitStatus) -> None:
        self._read_events()
        self._read_errors()
        if self._buffer:
            self._take(self._buffer)
        self._end(ok=code == 0 and status == QProcess.ExitStatus.NormalExit)

    @Slot(QProcess.ProcessError)
    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            self._user_error = "Không mở được tiến trình dựng trang. Cài lại levelkit rồi thử lại."
            self._end(ok=False)

    def _end(self, *, ok: bool) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.deleteLater()
        self.running_changed.emit(False)
        if self._stopping:
            self.stopped.emit()
        elif ok:
            self.done.emit()
        else:
            last = self._errors[-1] if self._errors else ""
            self.failed.emit(self._user_error or last or "Tiến trình dựng trang dừng giữa chừng.")


def message_of(error: object) -> str:
    """The Vietnamese text of a user's error; a bug is raised again."""
    if isinstance(error, UserError):
        return str(error)
    if isinstance(error, BaseException):
        raise error
    return str(error)
