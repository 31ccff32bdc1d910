"""Help: keys, where things lie on this machine, about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QScrollArea, QWidget

from levelkit import __version__
from levelkit.gui import kit
from levelkit.gui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


class PlainDialog(QDialog):
    """A title, a scrolled body, «Đóng»."""

    def __init__(self, title: str, body: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        close = kit.button("Đóng", self.accept, kind="primary")
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        body.setObjectName("scrolled")
        area = QScrollArea()
        area.setWidget(body)
        area.setWidgetResizable(True)
        area.setAccessibleName(title)
        layout = kit.column(
            kit.label(title, "page_title"), area, kit.row(None, close), margins=(24, 20, 24, 16), spacing=12
        )
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.resize(theme().px(600), theme().px(480))
        close.setFocus()


def keys_dialog(rows: Sequence[tuple[str, str]], parent: QWidget) -> QDialog:
    """Return the list of keys that work: action and key."""
    grid = QGridLayout()
    grid.setVerticalSpacing(theme().px(10))
    for place, (action, key) in enumerate(rows):
        grid.addWidget(kit.label(action), place, 0)
        grid.addWidget(kit.label(key, "key", wrap=False), place, 1, Qt.AlignmentFlag.AlignRight)
    grid.setColumnStretch(0, 1)
    grid.setRowStretch(len(rows), 1)
    body = QWidget()
    body.setLayout(grid)
    return PlainDialog("Phím tắt", body, parent)


def places_dialog(rows: Sequence[tuple[str, Path]], parent: QWidget) -> QDialog:
    """Return where settings, logs and backups lie, as text that can be copied."""
    column = kit.column(spacing=4)
    column.addWidget(
        kit.label("Muốn gỡ hết, xóa các thư mục này. Tệp .levelkit nằm ở nơi đã chọn khi lưu.", "help")
    )
    for what, path in rows:
        column.addSpacing(theme().px(8))
        column.addWidget(kit.label(what, "name"))
        shown = kit.label(str(path), "mono")
        shown.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        shown.setAccessibleName(f"{what}: {path}")
        column.addWidget(shown)
    column.addStretch(1)
    body = QWidget()
    body.setLayout(column)
    return PlainDialog("Nơi lưu trên máy này", body, parent)


def about_dialog(rulesets: Sequence[str], parent: QWidget) -> QDialog:
    """Return what this is, its version, the law in it, and whose work it ships."""
    column = kit.column(
        kit.label("Xác định cấp độ và lập hồ sơ đề xuất cấp độ an ninh mạng hệ thống thông tin."),
        kit.label(f"Bản {__version__}. Giấy phép Apache-2.0. Không gửi gì ra khỏi máy này.", "help"),
        8,
        kit.label("Bộ quy định có trong bản này", "name"),
        spacing=4,
    )
    for line in rulesets:
        column.addWidget(kit.label(line, "help"))
    column.addSpacing(theme().px(8))
    column.addWidget(kit.label("Phần của người khác", "name"))
    column.addWidget(
        kit.label(
            f"Qt {QLibraryInfo.version().toString()} và PySide6 (LGPL-3.0), phông IBM Plex (SIL OFL 1.1), "
            "hình Lucide (ISC).",
            "help",
        )
    )
    column.addStretch(1)
    body = QWidget()
    body.setLayout(column)
    return PlainDialog("Giới thiệu levelkit", body, parent)
