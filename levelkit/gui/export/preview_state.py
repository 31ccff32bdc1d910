"""The bar over the preview: being built, out of date, failed, or why there is none."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QProgressBar, QSizePolicy, QWidget

from levelkit.gui import kit
from levelkit.gui.theme import restyle


class PreviewState(QFrame):
    """``build_asked`` and ``stop_asked`` follow its two buttons."""

    build_asked = Signal()
    stop_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = kit.picture("info", "text2")
        self._words = kit.label("", name="preview_state")
        self._bar = QProgressBar(self)
        self._build = kit.button("Dựng lại", self.build_asked.emit, mark="refresh-cw", name="build_preview")
        self._stop = kit.button("Dừng", self.stop_asked.emit, name="stop_preview")

        self.setObjectName("preview_bar")
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("Tiến độ dựng trang")
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        line = kit.row(self._icon, self._words, self._build, self._stop, spacing=10)
        self.setLayout(kit.column(line, self._bar, margins=(14, 8, 14, 8), spacing=6))
        self.hide()

    def show_state(self, *, reason: str, built: bool, stale: bool, running: bool) -> None:
        """Say what holds; nothing where the preview is as it should be."""
        if running:
            return
        if reason:
            self._show("info", "hint", reason)
        elif not built:
            self._show("info", "hint", "Chưa dựng trang xem trước.", build="Dựng trang xem trước")
        elif stale:
            words = "Trang xem trước cũ hơn các sửa đổi sau cùng."
            self._show("clock", "warn", words, build="Dựng lại")
        else:
            self.hide()

    def show_progress(self, words: str, done: int, total: int) -> None:
        """Which page is being built."""
        self._show("loader", "hint", words, stop=True)
        self._bar.setRange(0, max(total, 1))
        self._bar.setValue(done)
        self._bar.show()

    def show_failure(self, message: str) -> None:
        """Why it did not work."""
        self._show("octagon-alert", "err", message, build="Dựng lại")

    def _show(self, icon: str, tone: str, words: str, *, build: str = "", stop: bool = False) -> None:
        self._icon.show_icon(icon, tone)
        self._words.setText(words)
        self._build.setVisible(bool(build))
        self._build.setText(build)
        self._build.setAccessibleName(build)
        self._stop.setVisible(stop)
        self._bar.hide()
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            restyle(self)
        self.setAccessibleName(words)
        self.show()
