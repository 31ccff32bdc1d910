"""A bug: the report is shown first; nothing is written or sent unless the person says so."""

from __future__ import annotations

import logging
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QPlainTextEdit, QWidget

from levelkit.gui import kit
from levelkit.gui.theme import theme
from levelkit.services import crash

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

log = logging.getLogger("levelkit.crash")


class CrashDialog(QDialog):
    """Shows the report; copying and saving are the person's own acts."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = QPlainTextEdit(text)
        self._close = kit.button("Đóng và làm tiếp", self.accept, kind="primary")

        self.setWindowTitle("levelkit gặp lỗi")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._text.setReadOnly(True)
        self._text.setTabChangesFocus(True)
        self._text.setAccessibleName("Báo cáo lỗi")
        layout = kit.column(
            kit.label("Phần mềm gặp lỗi của chính nó", "page_title"),
            kit.label(
                "Dữ liệu đã lưu còn nguyên. Dưới đây là toàn bộ báo cáo: không có câu trả lời nào trong đó, "
                "và chưa có gì được gửi hay ghi ra đĩa.",
                "help",
            ),
            self._text,
            kit.row(
                kit.button("Chép báo cáo", self._copy, mark="copy"),
                kit.button("Lưu báo cáo…", self._save, mark="download"),
                None,
                self._close,
                spacing=8,
            ),
            margins=(24, 20, 24, 16),
            spacing=12,
        )
        layout.setStretch(2, 1)
        self.setLayout(layout)
        self.resize(theme().px(680), theme().px(440))

    def _copy(self) -> None:
        QApplication.clipboard().setText(self._text.toPlainText())

    def _save(self) -> None:
        stamp = datetime.now().strftime("%Y%m%d-%H%M%S")
        name, _ = QFileDialog.getSaveFileName(
            self, "Lưu báo cáo lỗi", f"levelkit-loi-{stamp}.txt", "Tệp văn bản (*.txt)"
        )
        if name:
            Path(name).write_text(self._text.toPlainText(), "utf-8")


class CrashGuard(QObject):
    """Takes over `sys.excepthook`: logs places only, shows the report in the window's own thread."""

    caught = Signal(str)

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
        text = crash.report(error.with_traceback(trace))
        log.error("uncaught %s", kind.__name__)
        self.caught.emit(text)

    def _show(self, text: str) -> None:
        if self._shown is not None:
            return
        self._shown = CrashDialog(text, QApplication.activeWindow())
        self._shown.finished.connect(self._forget)
        self._shown.open()

    def _forget(self) -> None:
        self._shown = None
