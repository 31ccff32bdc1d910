"""The report of a bug, shown in full before anything is written or sent."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QPlainTextEdit, QWidget

from levelkit.gui import kit
from levelkit.gui.theme import theme


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
