"""The field of an attached file: choose or drop, see what it is, open, take away."""

from __future__ import annotations

import mimetypes
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QImageReader
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from levelkit.errors import UserError
from levelkit.gui import kit
from levelkit.gui.fields.base import Field
from levelkit.gui.fields.flow import FlowLayout
from levelkit.gui.fields.values import show_size
from levelkit.gui.private import private_folder
from levelkit.services.settings import Settings

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent, QDropEvent

    from levelkit.gui.fields.context import FieldContext
    from levelkit.questionnaire import Question

LAST_FOLDER = "attachment.folder"
HASH_SHOWN = 12
LOOKED_AT = 50_000_000  # dots; a larger picture is taken as it is
KINDS = {"application/pdf": "PDF", "image/png": "PNG", "image/jpeg": "JPG", "image/svg+xml": "SVG"}


class AttachmentField(Field):
    """One file, kept inside the workspace."""

    def __init__(self, question: Question, context: FieldContext, parent: QWidget | None = None) -> None:
        super().__init__(question, context, parent)
        self._value: dict[str, Any] | None = None
        self._choose = kit.button("Chọn tệp…", self._on_choose, mark="paperclip")
        self._hint = kit.label(self._hint_text(), "hint")
        self._name = kit.label("", "mono", wrap=True)
        self._meta = kit.label("", "hint")
        self._open = kit.button("Mở tệp", self._on_open, kind="quiet", mark="external-link")
        self._change = kit.button("Thay tệp…", self._on_choose, kind="quiet")
        self._remove = kit.button("Bỏ tệp", self._on_remove, kind="quiet")
        self._card = QFrame(self)
        self._card.setProperty("surface", "attached")
        self._problem = kit.label("", "error")
        self._problem.hide()

        buttons = FlowLayout(gap=4, line_gap=4)
        for part in (self._open, self._change, self._remove):
            buttons.addWidget(part)
        words = kit.column(self._name, self._meta, buttons, spacing=2)
        card = kit.row(kit.picture("file-text", "text2", 24), words, margins=(12, 8, 8, 8), spacing=12)
        card.setStretch(1, 1)
        self._card.setLayout(card)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(self._choosing())
        layout.addWidget(self._card)
        layout.addWidget(self._problem)

        self.setAcceptDrops(True)
        self.watch(self._choose, self._open, self._change, self._remove)
        self._show()

    def _choosing(self) -> QHBoxLayout:
        row = kit.row(self._choose, self._hint, spacing=12)
        row.setStretch(1, 1)
        return row

    def _hint_text(self) -> str:
        kinds = [KINDS.get(kind, kind.rpartition("/")[2].upper()) for kind in self.question.accept]
        return (
            f"Nhận tệp {', '.join(kinds)}; kéo thả vào đây cũng được."
            if kinds
            else "Kéo thả vào đây cũng được."
        )

    def entry(self) -> QWidget:
        """What there is to do now."""
        return self._choose if self._value is None else self._open

    def entries(self) -> list[QWidget]:
        """Every button."""
        return [self._choose, self._open, self._change, self._remove]

    def set_read_only(self, *, read_only: bool) -> None:
        """The file can still be opened."""
        for part in (self._choose, self._change, self._remove):
            part.setEnabled(not read_only)
        self.setAcceptDrops(not read_only)

    def show_value(self, value: Any) -> None:
        """Show the file."""
        self._value = value
        self._show()

    def _show(self) -> None:
        value = self._value
        self._choose.setVisible(value is None)
        self._hint.setVisible(value is None)
        self._card.setVisible(value is not None)
        if value is not None:
            self._name.setText(value["name"])
            self._meta.setText(f"{show_size(value['size'])} · SHA-256 {value['sha256'][:HASH_SHOWN]}…")
            self._meta.setToolTip(f"SHA-256 {value['sha256']}")
            self._open.setAccessibleName(f"Mở tệp {value['name']}")

    def take(self, path: Path) -> None:
        """Attach a file; a refusal is told under the field."""
        self._tell("")
        if self._wants_picture() and _is_broken(path):
            self._tell(
                f"Ảnh «{path.name}» hỏng, không mở được. Lưu lại ảnh ở dạng PNG hoặc JPEG rồi chọn lại."
            )
            return
        try:
            self.context.attach(self.question, path)
        except (UserError, OSError) as error:
            self._tell(str(error) if isinstance(error, UserError) else f"Không đọc được «{path.name}».")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take one file from the disk."""
        urls = event.mimeData().urls()
        if len(urls) == 1 and urls[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Attach what was dropped."""
        event.acceptProposedAction()
        self.take(Path(event.mimeData().urls()[0].toLocalFile()))

    def _wants_picture(self) -> bool:
        return any(kind.startswith("image/") for kind in self.question.accept)

    def _patterns(self) -> str:
        endings = sorted(
            {f"*{end}" for kind in self.question.accept for end in mimetypes.guess_all_extensions(kind)}
        )
        kinds = f"Tệp nhận được ({' '.join(endings)})" if endings else ""
        return ";;".join(filter(None, (kinds, "Mọi tệp (*)")))

    def _on_choose(self) -> None:
        settings = Settings()
        folder = str(settings.get(LAST_FOLDER, str(Path.home())))
        title = f"Chọn tệp: {self.question.name}"
        path, _ = QFileDialog.getOpenFileName(self, title, folder, self._patterns())
        if path:
            settings.set(LAST_FOLDER, str(Path(path).parent))
            self.take(Path(path))

    def _on_open(self) -> None:
        if self._value is None:
            return
        self._tell("")
        try:
            content = self.context.attachment(self._value["sha256"])
            path = private_folder(self) / Path(self._value["name"]).name
            path.write_bytes(content)
        except (UserError, OSError) as error:
            self._tell(str(error) if isinstance(error, UserError) else "Không ghi được bản xem ra đĩa.")
            return
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def _on_remove(self) -> None:
        self.committed.emit(None)

    def _tell(self, text: str) -> None:
        self._problem.setText(text)
        self._problem.setVisible(bool(text))


def _is_broken(path: Path) -> bool:
    """Whether a file begins as a picture does and cannot be read as one."""
    reader = QImageReader(str(path))
    if not reader.format():
        return False  # of another kind, which is told by its name
    size = reader.size()
    return size.isEmpty() or (size.width() * size.height() <= LOOKED_AT and reader.read().isNull())
