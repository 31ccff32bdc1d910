"""What the last paste did, and two ways on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QSizePolicy, QWidget

from levelkit.domain.text import join_vi
from levelkit.gui import kit
from levelkit.gui.theme import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from levelkit.gui.fields.table.mapping import Pasted

WIDE = 760


class PasteBar(QFrame):
    """Rows taken, rows to mend, columns not used; two ways on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = kit.picture("clipboard-paste", "warn")
        self.words = kit.label("", "")
        self.next = kit.button("Tới lỗi tiếp theo", mark="arrow-down")
        self.revert = kit.button("Bỏ lần dán này", mark="undo-2")
        self.close_bar = kit.button("", self.hide, kind="icon", mark="x", says="Đóng thông báo")

        self._inner = QBoxLayout(QBoxLayout.Direction.LeftToRight)

        self.setProperty("tone", "warn")
        self._inner.setSpacing(theme().px(8))
        self._inner.addWidget(self.words, 1)
        self._inner.addLayout(kit.row(self.next, self.revert, None, spacing=8))
        layout = kit.row(self._icon, self._inner, self.close_bar, margins=(12, 7, 8, 7), spacing=10)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.words.setTextFormat(Qt.TextFormat.RichText)
        self.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow bar the buttons go under the words."""
        super().resizeEvent(event)
        ways = QBoxLayout.Direction
        wide = event.size().width() >= theme().px(WIDE)
        self._inner.setDirection(ways.LeftToRight if wide else ways.TopToBottom)

    def tell(self, pasted: Pasted, bad: int) -> None:
        """Say what came in."""
        rows, columns = len(pasted.rows), len(pasted.columns)
        text = f"Đã dán {rows} dòng, {columns} cột từ bảng tính"
        if bad:
            text += f": {rows - bad} dòng đúng, <span style='font-weight:600'>{bad} dòng cần sửa</span>."
        else:
            text += ", không dòng nào cần sửa."
        if pasted.unused:
            word = "Cột" if len(pasted.unused) == 1 else "Các cột"
            names = join_vi([f"«{_escaped(heading)}»" for heading in pasted.unused])
            text += f" {word} {names} không dùng đến."
        self.words.setText(text)
        self.next.setVisible(bad > 0)
        self.show()

    def tell_nothing(self) -> None:
        """Say that the clipboard holds no rows."""
        self.words.setText("Chưa có bảng nào được chép. Chọn các ô trong bảng tính, bấm Ctrl+C, rồi dán lại.")
        self.next.hide()
        self.revert.hide()
        self.show()


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
