"""The status bar: gaps with the way to the next one, path, when it was saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QSizePolicy, QWidget

from levelkit.gui import kit
from levelkit.gui.icons import with_icon
from levelkit.gui.theme import theme

if TYPE_CHECKING:
    from datetime import datetime

_GAPS = (
    ("error", "lỗi", "octagon-alert", "err"),
    ("warning", "cảnh báo", "triangle-alert", "warn"),
    ("hint", "gợi ý", "lightbulb", "hint"),
)


class ElidedLabel(QLabel):
    """One line that gives up its middle where there is no room; the whole text is the tool tip."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def show_text(self, text: str) -> None:
        """Show another text."""
        self.setText(text)
        self.setToolTip(text)
        self.setAccessibleName(text)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the text, shortened in its middle."""
        painter = QPainter(self)
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideMiddle, self.width())
        painter.setPen(theme().color("text3"))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), shown)


class StatusBar(QFrame):
    """Counts of gaps (each goes to the next of its kind), F8, path, saved or not."""

    gap_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._gaps: dict[str, QPushButton] = {}
        self._next = kit.button(
            "F8: đi tới chỗ tiếp theo", lambda: self.gap_asked.emit(""), kind="quiet", name="next_gap"
        )
        self._path = ElidedLabel()
        self._saved_icon = kit.picture("circle-check", "ok", 16)
        self._saved = kit.label("", "", wrap=False, name="saved_at")

        self.setObjectName("status_bar")
        layout = kit.row(margins=(6, 0, 12, 0), spacing=2)
        for severity, word, icon, tint in _GAPS:
            layout.addWidget(self._gap(severity, word, icon, tint))
        layout.addWidget(self._next)
        layout.addWidget(self._path, 1)
        layout.addSpacing(theme().px(10))
        layout.addWidget(kit.rule(upright=True))
        layout.addSpacing(theme().px(8))
        layout.addWidget(self._saved_icon)
        layout.addSpacing(theme().px(8))
        layout.addWidget(self._saved)
        self.setLayout(layout)
        self.show_gaps(None)
        self.show_idle()

    def _gap(self, severity: str, word: str, icon: str, tint: str) -> QPushButton:
        widget = kit.button(
            f"0 {word}", lambda: self.gap_asked.emit(severity), kind="quiet", name=f"gap_{severity}"
        )
        with_icon(widget, icon, tint, 16)
        self._gaps[severity] = widget
        return widget

    def show_gaps(self, counts: dict[str, int] | None) -> None:
        """Show how many gaps of each severity; nothing where no system is open."""
        for severity, word, _icon, _tint in _GAPS:
            widget = self._gaps[severity]
            number = (counts or {}).get(severity, 0)
            widget.setVisible(counts is not None)
            widget.setText(f"{number} {word}")
            widget.setAccessibleName(f"{number} {word}, đi tới chỗ tiếp theo")
            widget.setEnabled(number > 0)
        self._next.setVisible(counts is not None)
        self._next.setEnabled(bool(counts) and any((counts or {}).values()))

    def show_path(self, path: str) -> None:
        """Show where the open file lies."""
        self._path.show_text(path)

    def show_idle(self) -> None:
        """Nothing is open."""
        self._show("circle-check", "ok", "Không có việc chờ")

    def show_saved(self, at: datetime | None) -> None:
        """Show when the last change reached the disk."""
        if at is None:
            self._show("circle-check", "ok", "Chưa có thay đổi")
        else:
            self._show("circle-check", "ok", f"Đã lưu lúc {at:%H:%M:%S}")

    def show_unsaved(self) -> None:
        """A change did not reach the disk; the bar over the page says what and why."""
        self._show("octagon-alert", "err", "Chưa lưu: thử lại")

    def show_readonly(self) -> None:
        """The file can only be read."""
        self._show("lock", "warn", "Chỉ đọc")

    def _show(self, icon: str, tint: str, text: str) -> None:
        self._saved_icon.show_icon(icon, tint)
        self._saved.setText(text)
        self._saved.setAccessibleName(text)
