"""The foot of page 9: what can be exported, how far it is, what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QMenu, QProgressBar, QSizePolicy, QStackedWidget, QWidget

from levelkit.gui import kit
from levelkit.gui.export.formats import ALL, FormatChoice, format_name
from levelkit.gui.theme import restyle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from levelkit.gui.export.render_run import Made


@dataclass(frozen=True, slots=True)
class ExportState:
    """What stands in the way.

    Attributes:
        errors: of the appraisal stage; they block the official output.
        later_errors: of the approval stage; its documents then carry DỰ THẢO.
        reason: why no dossier can be made at all; empty where one can.
    """

    errors: int = 0
    later_errors: int = 0
    reason: str = ""


class ExportFoot(QFrame):
    """What to make, two buttons that make it, and a line that says why one of them cannot be used."""

    official_asked = Signal()
    draft_asked = Signal()
    stop_asked = Signal()
    open_asked = Signal(Path)
    formats_changed = Signal()

    def __init__(self, formats: Sequence[str] = ALL, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.formats = FormatChoice(formats, self)
        self._folder = Path()
        self._state = ExportState()
        self._icon = kit.picture("info", "text2")
        self._words = kit.label("", "secondary", name="export_note")
        self._bar = QProgressBar(self)
        self._stop = kit.button("Dừng", self.stop_asked.emit, name="stop_export")
        self._open = kit.button("Mở thư mục", self._on_open, mark="folder-open", name="open_folder")
        self._files = QMenu(self)
        self._file = kit.button("Mở văn bản", mark="file-text", name="open_document")
        self._close = kit.button("", self._on_close, kind="icon", mark="x", says="Đóng thông báo")
        self._official = kit.button("Xuất bản chính thức…", self.official_asked.emit, name="export_official")
        self._draft = kit.button("Xuất bản dự thảo…", self.draft_asked.emit, name="export_draft")
        self._result_icon = kit.picture("circle-check", "ok")
        self._result = kit.label("", name="export_result")
        self._result_bar = QFrame(self)
        self._busy_words = kit.label("", name="export_progress")
        self._line = QStackedWidget(self)

        self._build()
        self.show_state(ExportState())

    def _build(self) -> None:
        self.setObjectName("export_foot")
        self.setProperty("surface", "bar_bottom")
        for words in (self._words, self._result, self._busy_words):
            words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("Tiến độ xuất")
        self._result_bar.setLayout(
            kit.row(
                self._result_icon,
                self._result,
                self._file,
                self._open,
                self._close,
                margins=(14, 8, 10, 8),
                spacing=10,
            )
        )
        self._result_bar.hide()
        self._file.setMenu(self._files)
        self._files.setAccessibleName("Các văn bản vừa xuất")
        self.formats.changed.connect(self._on_formats)
        idle, busy = QWidget(self), QWidget(self)
        idle.setLayout(
            kit.row(self._icon, self._words, self.formats, self._official, self._draft, spacing=10)
        )
        busy_words = kit.column(self._busy_words, self._bar, spacing=4)
        busy.setLayout(kit.row(kit.picture("loader"), busy_words, self._stop, spacing=10))
        self._line.addWidget(idle)
        self._line.addWidget(busy)
        self._line.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setLayout(kit.column(self._result_bar, self._line, margins=(16, 8, 16, 8), spacing=8))

    def show_state(self, state: ExportState) -> None:
        """Enable what can be done, and say why something cannot."""
        self._state = state
        can_draft = not state.reason and bool(self.formats.chosen)
        can_official = can_draft and state.errors == 0
        self._official.setEnabled(can_official)
        self._draft.setEnabled(can_draft)
        self._make_primary(self._official, primary=can_official)
        self._make_primary(self._draft, primary=not can_official)
        words = self._note(state)
        self._words.setText(words)
        self._icon.setVisible(bool(words))
        self._official.setAccessibleDescription(words if not can_official else "")

    def _on_formats(self) -> None:
        self.show_state(self._state)
        self.formats_changed.emit()

    def _note(self, state: ExportState) -> str:
        if state.reason:
            return "Chưa xuất được hồ sơ: xem lý do ở trên."
        if not self.formats.chosen:
            return "Chưa chọn định dạng: chọn PDF, Word hoặc cả hai."
        if state.errors:
            return f"Còn {state.errors} lỗi: chỉ xuất được bản có dấu DỰ THẢO."
        if state.later_errors:
            return f"Văn bản giai đoạn phê duyệt còn {state.later_errors} lỗi nên mang dấu DỰ THẢO."
        return ""

    @staticmethod
    def _make_primary(button: QWidget, *, primary: bool) -> None:
        kind = "primary" if primary else ""
        if button.property("kind") != kind:
            button.setProperty("kind", kind)
            restyle(button)

    def show_progress(self, words: str, done: int, total: int) -> None:
        """How far it is."""
        self._result_bar.hide()
        self._busy_words.setText(words)
        self._bar.setRange(0, max(total, 1))
        self._bar.setValue(done)
        self._line.setCurrentIndex(1)

    def show_done(self, made: Sequence[Made], folder: Path, kept: Sequence[str] = ()) -> None:
        """What was made and where it lies; ``kept``: Word documents that somebody had edited before."""
        self._folder = folder
        documents = len({each.document for each in made})
        pages = sum(each.pages for each in made)
        counted = f", {pages} trang PDF" if pages else ""
        words = f"Đã xuất {documents} văn bản, {len(made)} tệp{counted} vào {folder}, đọc lại khớp."
        if kept:
            words += f" Bản Word đã sửa trước đó được giữ lại: {', '.join(kept)}."
        self._files.clear()
        for each in made:
            name = format_name(each.path.suffix.removeprefix("."))
            action = self._files.addAction(f"{each.title.replace('&', '&&')} ({name})")
            action.triggered.connect(lambda _checked=False, path=each.path: self.open_asked.emit(path))
        self._tell("circle-check", "ok", words)
        self._open.show()
        self._file.show()

    def show_note(self, words: str) -> None:
        """Something went well."""
        self._tell("circle-check", "ok", words)

    def show_failure(self, message: str) -> None:
        """Something did not."""
        self._tell("octagon-alert", "err", message)

    def show_stopped(self) -> None:
        """The person stopped it."""
        self._tell("info", "hint", "Đã dừng. Bản cũ, nếu có, còn nguyên.")

    def _tell(self, icon: str, tone: str, words: str) -> None:
        self._line.setCurrentIndex(0)
        self._result_icon.show_icon(icon, tone)
        self._result.setText(words)
        self._result_bar.setProperty("tone", tone)
        self._result_bar.setAccessibleName(words)
        restyle(self._result_bar)
        self._open.hide()
        self._file.hide()
        self._result_bar.show()

    def _on_open(self) -> None:
        self.open_asked.emit(self._folder)

    def _on_close(self) -> None:
        self._result_bar.hide()
