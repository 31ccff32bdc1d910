"""Long work with a step, a bar and «Dừng», in front of the window that waits for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QProgressBar

from levelkit.errors import Cancelled
from levelkit.gui import kit
from levelkit.gui.tasks import Task
from levelkit.gui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    Tell = Callable[[str, int, int], None]


class WorkDialog(QDialog):
    """Runs ``work(tell)`` in a thread; ``tell(step, done, whole)`` shows how far it is and ends stopped work.

    ``finished_with`` carries the result, ``failed_with`` the exception; after «Dừng» neither comes.
    """

    finished_with = Signal(object)
    failed_with = Signal(object)

    def __init__(self, title: str, work: Callable[[Tell], Any], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = kit.label(title, name="work_step")
        self._bar = QProgressBar()
        self._stop = kit.button("Dừng", self._on_stop, name="work_stop")
        self._task = Task(lambda progress, cancelled: work(_teller(progress, cancelled)), self)

        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(title)
        self._bar.setRange(0, 0)
        self.setLayout(
            kit.column(
                self._words, self._bar, kit.row(None, self._stop), margins=(24, 20, 24, 16), spacing=12
            )
        )
        self.resize(theme().px(460), self.sizeHint().height())
        self._task.progressed.connect(self._on_told)
        self._task.done.connect(self._on_done)
        self._task.failed.connect(self._on_failed)
        self._task.cancelled.connect(super().reject)

    def start(self) -> None:
        """Show the dialog and begin."""
        self.open()
        self._task.start()

    def reject(self) -> None:
        """Esc stops the work; the dialog goes when it has stopped."""
        self._on_stop()

    def _on_stop(self) -> None:
        self._task.cancel()
        self._words.setText("Đang dừng")
        self._stop.setEnabled(False)

    def _on_told(self, told: tuple[str, int, int]) -> None:
        step, done, whole = told
        self._bar.setRange(0, whole)
        self._bar.setValue(done)
        if self._stop.isEnabled():
            self._words.setText(step)

    def _on_done(self, result: object) -> None:
        self.accept()
        self.finished_with.emit(result)

    def _on_failed(self, error: object) -> None:
        super().reject()
        self.failed_with.emit(error)


def _teller(progress: Callable[[object], None], cancelled: Callable[[], bool]) -> Tell:
    def tell(step: str, done: int, whole: int) -> None:
        if cancelled():
            raise Cancelled(step)
        progress((step, done, whole))

    return tell
