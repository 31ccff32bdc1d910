"""The keys of the matrix at its foot; what is shown works."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from levelkit.gui import kit
from levelkit.gui.theme import theme

HEIGHT, GAP = 34, 14
KEYS = (
    ("1", "Đã đáp ứng"),
    ("2", "Một phần"),
    ("3", "Chưa"),
    ("0", "Không áp dụng"),
    ("E", "Minh chứng"),
    ("G", "Ghi chú"),
    ("↑ ↓", "Đổi dòng"),
    ("Ctrl+Z", "Hoàn tác"),
    ("Shift+↓", "Chọn nhiều dòng"),
    ("F8", "Chỗ thiếu tiếp theo"),
)


class KeyRow(QFrame):
    """As many keys as there is room for, the first ones first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pairs: list[QWidget] = []
        self.setObjectName("plan_keys")
        self.setFixedHeight(theme().px(HEIGHT))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        layout = kit.row(spacing=GAP)
        for cap, words in KEYS:
            pair = QWidget()
            pair.setLayout(
                kit.row(
                    kit.label(cap, "key", wrap=False), kit.label(words, "secondary", wrap=False), spacing=6
                )
            )
            self._pairs.append(pair)
            layout.addWidget(pair)
        layout.addStretch(1)
        self.setLayout(layout)
        self.setAccessibleName("Phím: " + "; ".join(f"{cap} {words}" for cap, words in KEYS))

    def resizeEvent(self, event: object) -> None:
        """Leave out the last ones."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        left = self.width() + theme().px(GAP)
        for pair in self._pairs:
            left -= pair.sizeHint().width() + theme().px(GAP)
            pair.setVisible(left >= 0)
