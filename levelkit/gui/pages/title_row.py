"""The line over a field: label, «Chốt cấp độ», the saved tick."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget

from levelkit.gui import kit
from levelkit.gui.theme import theme

GAP = 12


class WrapLabel(QLabel):
    """A label as wide as its text, wrapping only where there is no room."""

    def sizeHint(self) -> QSize:
        """The text in one line."""
        width = self.fontMetrics().horizontalAdvance(self.text()) + 2
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Narrow."""
        return QSize(60, super().minimumSizeHint().height())


class TitleRow(QWidget):
    """Label first, marks right behind it."""

    def __init__(self, text: str, role: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label = WrapLabel(text)
        self._mark: QFrame | None = None
        self._saved: QWidget | None = None

        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setWordWrap(True)
        self.label.setProperty("role", role)
        policy = QSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.label.setSizePolicy(policy)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(theme().px(GAP))
        self._layout.addWidget(self.label, 1)
        self._layout.addStretch(0)

    def show_mark(self, *, shown: bool) -> None:
        """«Chốt cấp độ»: the answer can still change the level."""
        if shown and self._mark is None:
            self._mark = QFrame(self)
            self._mark.setProperty("chip", True)
            self._mark.setProperty("tone", "warn")
            words = kit.label("Chốt cấp độ", wrap=False)
            self._mark.setLayout(kit.row(kit.picture("flag", "warn", 15), words, spacing=6))
            self._layout.insertWidget(1, self._mark, 0, Qt.AlignmentFlag.AlignTop)
        if self._mark is not None:
            self._mark.setVisible(shown)
        note = "Câu này còn có thể đổi cấp độ." if shown else ""
        self.label.setAccessibleDescription(note)

    def show_saved(self) -> None:
        """«Đã lưu» with its tick."""
        if self._saved is None:
            self._saved = QWidget(self)
            words = kit.label("Đã lưu", "saved", wrap=False)
            self._saved.setLayout(kit.row(kit.picture("check", "ok", 15), words, spacing=6))
            self._layout.insertWidget(self._layout.count() - 1, self._saved, 0, Qt.AlignmentFlag.AlignVCenter)
        self._saved.show()

    def hide_saved(self) -> None:
        """Take the tick away."""
        if self._saved is not None:
            self._saved.hide()
