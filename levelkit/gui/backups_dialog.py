"""The copies kept of a workspace: when, why, how much is in them; going back to one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem

from levelkit.domain.text import format_number
from levelkit.gui import kit
from levelkit.gui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from levelkit.services.backups import Backup


class BackupsDialog(QDialog):
    """Lists the copies, newest first; accepted with one chosen, see `chosen`."""

    def __init__(self, workspace: Path, copies: Sequence[Backup], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._copies = tuple(copies)
        self._list = QListWidget()
        self._restore = kit.button(
            "Khôi phục bản này", self.accept, kind="primary", mark="history", name="restore_backup"
        )

        self.setWindowTitle("Bản sao lưu")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._list.setAccessibleName("Các bản sao lưu, mới nhất trước")
        self._list.setProperty("surface", "card")
        for copy in self._copies:
            self._list.addItem(QListWidgetItem(copy_words(copy)))
        what = (
            f"Các bản sao lưu của «{workspace.name}». Khôi phục một bản thì bản đang dùng được cất "
            "lại trước, nằm đầu danh sách này."
            if self._copies
            else f"Chưa có bản sao lưu nào của «{workspace.name}». Mỗi lần mở tệp đã có thay đổi, phần "
            "mềm cất một bản, giữ mười bản gần nhất."
        )
        layout = kit.column(
            kit.label("Bản sao lưu", "page_title"),
            kit.label(what, "help"),
            self._list,
            kit.row(None, kit.button("Đóng", self.reject), self._restore, spacing=8),
            margins=(24, 20, 24, 16),
            spacing=12,
        )
        layout.setStretch(2, 1)
        self.setLayout(layout)
        self._list.setVisible(bool(self._copies))
        self._restore.setVisible(bool(self._copies))
        self._list.setCurrentRow(0)
        self._list.itemActivated.connect(lambda _item: self.accept())
        self.resize(theme().px(600), theme().px(420 if self._copies else 180))

    def chosen(self) -> Backup | None:
        """The copy to go back to."""
        row = self._list.currentRow()
        return self._copies[row] if row >= 0 else None


def copy_words(copy: Backup) -> str:
    """Say when a copy was made, why, and what is in it."""
    at = copy.at.astimezone()
    size = format_number(max(1, round(copy.size / 1024)))
    return f"{at:%d/%m/%Y, %H:%M:%S}, {copy.why_vi}\n{copy.systems} hệ thống, {size} KB"
