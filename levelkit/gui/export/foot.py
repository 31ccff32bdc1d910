"""The foot of page 9: what can be exported, how far it is, what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QProgressBar, QSizePolicy, QStackedWidget, QWidget

from levelkit.gui import kit
from levelkit.gui.theme import restyle


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
    """Two buttons, and a line that says why one of them cannot be used."""

    official_asked = Signal()
    draft_asked = Signal()
    stop_asked = Signal()
    open_asked = Signal(Path)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folder = Path()
        self._state = ExportState()
        self._icon = kit.picture("info", "text2")
        self._words = kit.label("", "secondary", name="export_note")
        self._bar = QProgressBar(self)
        self._stop = kit.button("Dừng", self.stop_asked.emit, name="stop_export")
        self._open = kit.button("Mở thư mục", self._on_open, mark="folder-open", name="open_folder")
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
                self._result_icon, self._result, self._open, self._close, margins=(14, 8, 10, 8), spacing=10
            )
        )
        self._result_bar.hide()
        idle, busy = QWidget(self), QWidget(self)
        idle.setLayout(kit.row(self._icon, self._words, self._official, self._draft, spacing=10))
        busy_words = kit.column(self._busy_words, self._bar, spacing=4)
        busy.setLayout(kit.row(kit.picture("loader"), busy_words, self._stop, spacing=10))
        self._line.addWidget(idle)
        self._line.addWidget(busy)
        self._line.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setLayout(kit.column(self._result_bar, self._line, margins=(16, 8, 16, 8), spacing=8))

    def show_state(self, state: ExportState) -> None:
        """Enable what can be done, and say why something cannot."""
        self._state = state
        can_official = not state.reason and state.errors == 0
        self._official.setEnabled(can_official)
        self._draft.setEnabled(not state.reason)
        self._make_primary(self._official, primary=can_official)
        self._make_primary(self._draft, primary=not can_official)
        words = self._note(state)
        self._words.setText(words)
        self._icon.setVisible(bool(words))
        self._official.setAccessibleDescription(words if not can_official else "")

    @staticmethod
    def _note(state: ExportState) -> str:
        if state.reason:
            return "Chưa xuất được hồ sơ: xem lý do ở trên."
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

    def show_done(self, documents: int, pages: int, folder: Path) -> None:
        """What was made and where it lies."""
        self._folder = folder
        self._tell(
            "circle-check", "ok", f"Đã xuất {documents} văn bản, {pages} trang vào {folder}, đọc lại khớp."
        )
        self._open.show()

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
        self._result_bar.show()

    def _on_open(self) -> None:
        self.open_asked.emit(self._folder)

    def _on_close(self) -> None:
        self._result_bar.hide()
