"""The organisation's logo and contact lines: chosen, seen, kept in the open file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QDialog, QFileDialog, QLabel, QPlainTextEdit

from levelkit.errors import UserError
from levelkit.gui import kit
from levelkit.gui.theme import theme
from levelkit.services import letterhead

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from levelkit.domain.attachment import AttachmentMeta
    from levelkit.services import Workspace

LOGO_WIDTH, LOGO_HEIGHT = 240, 84


class LetterheadDialog(QDialog):
    """Accepted once the letterhead is kept; what cannot be kept is said in the dialog."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        found = letterhead.read(workspace)
        self._workspace = workspace
        self._logo: AttachmentMeta | Path | None = found.logo
        self._picture = QLabel(self)
        self._lines = QPlainTextEdit("\n".join(found.lines), self)
        self._drop = kit.button("Bỏ hình", self._on_drop, mark="trash-2", name="drop_logo")
        self._choose = kit.button("Chọn hình…", self._on_choose, mark="image", name="choose_logo")
        self._wrong = kit.label("", "error", name="letterhead_error")

        self._build()
        if found.logo is None:
            self._show_logo(b"")
        else:
            self._show_logo(workspace.file_bytes(found.logo.sha256))

    def _build(self) -> None:
        self.setWindowTitle("Tiêu đề thư và biểu trưng")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._picture.setFixedSize(theme().px(LOGO_WIDTH), theme().px(LOGO_HEIGHT))
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._picture.setProperty("surface", "card")
        self._lines.setTabChangesFocus(True)
        self._lines.setAccessibleName("Dòng liên hệ")
        self._lines.setPlaceholderText("Địa chỉ: …\nĐiện thoại: … · Thư điện tử: …")
        self._wrong.hide()
        words = kit.label("Dòng liên hệ, tối đa ba dòng", "label")
        words.setBuddy(self._lines)
        layout = kit.column(
            kit.label("Tiêu đề thư và biểu trưng", "page_title"),
            kit.label(
                "Dùng cho mọi hồ sơ trong tệp này. Biểu trưng in trên bìa thuyết minh. Dòng liên hệ in ở "
                "chân trang đầu của công văn, tờ trình. Quốc hiệu, tên cơ quan và lời của mẫu giữ nguyên.",
                "help",
            ),
            kit.label("Biểu trưng, hình PNG hoặc JPEG đến 2 MB", "label"),
            kit.row(self._picture, kit.column(self._choose, self._drop, None, spacing=8), None, spacing=12),
            words,
            self._lines,
            self._wrong,
            kit.row(
                None,
                kit.button("Không lưu", self.reject),
                kit.button("Lưu vào tệp này", self._on_save, kind="primary", name="save_letterhead"),
                spacing=8,
            ),
            margins=(24, 20, 24, 16),
            spacing=12,
        )
        self.setLayout(layout)
        self.resize(theme().px(600), theme().px(470))

    def take_logo(self, path: Path) -> None:
        """Show a picture as the new logo, or say why it is none."""
        try:
            data = letterhead.read_logo(path)
        except UserError as error:
            self._say(str(error))
            return
        self._say("")
        self._logo = path
        self._show_logo(data)

    def _show_logo(self, data: bytes) -> None:
        shown = QPixmap()
        if data and shown.loadFromData(data):
            room = self._picture.contentsRect().size() * 0.9
            keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            self._picture.setPixmap(shown.scaled(room, keep, smooth))
        else:
            self._picture.setText("Chưa có biểu trưng")
        self._picture.setAccessibleName("Biểu trưng đang dùng" if data else "Chưa có biểu trưng")
        self._drop.setEnabled(bool(data))

    def _say(self, words: str) -> None:
        self._wrong.setText(words)
        self._wrong.setVisible(bool(words))

    def _on_choose(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self,
            "Chọn biểu trưng",
            str(self._workspace.folder),
            "Hình (*.png *.jpg *.jpeg)",
            options=QFileDialog.Option.DontUseNativeDialog,
        )
        if chosen:
            self.take_logo(Path(chosen))

    def _on_drop(self) -> None:
        self._logo = None
        self._show_logo(b"")

    def _on_save(self) -> None:
        try:
            lines = letterhead.clean_lines(self._lines.toPlainText())
            letterhead.save(self._workspace, lines, self._logo)
        except UserError as error:
            self._say(str(error))
            return
        self.accept()
