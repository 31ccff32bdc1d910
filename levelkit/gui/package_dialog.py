"""Loading a ruleset from a file: what it changes is shown before it is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QPlainTextEdit

from levelkit.gui import kit
from levelkit.gui.theme import theme

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from levelkit.services.rulesets import PackagePreview


class PackageDialog(QDialog):
    """The ruleset, the version it stands in for, the changes in words; accepting keeps it."""

    def __init__(self, preview: PackagePreview, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        changes = QPlainTextEdit("\n".join(preview.changes_vi) or "Không có gì thay đổi.")
        changes.setReadOnly(True)
        changes.setTabChangesFocus(True)
        changes.setAccessibleName("Những gì thay đổi")
        pin = preview.pin
        instead = f", thay bản {preview.replaces}" if preview.replaces else ""

        self.setWindowTitle("Nạp bộ quy định")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        layout = kit.column(
            kit.label("Nạp bộ quy định", "page_title"),
            kit.label(
                f"Bộ quy định {pin.id} bản {pin.version}{instead}. Hệ thống thêm sau khi nạp dùng bộ này; "
                "hệ thống đã có giữ bộ đang dùng cho đến khi tự chuyển.",
                "help",
            ),
            changes,
            kit.row(
                None,
                kit.button("Không nạp", self.reject),
                kit.button("Nạp vào tệp này", self.accept, kind="primary", name="load_package"),
                spacing=8,
            ),
            margins=(24, 20, 24, 16),
            spacing=12,
        )
        layout.setStretch(2, 1)
        self.setLayout(layout)
        self.resize(theme().px(620), theme().px(420))


def ask_package(parent: QWidget, folder: Path) -> str:
    """Ask for a package file; empty when the person thought better of it."""
    chosen, _ = QFileDialog.getOpenFileName(
        parent,
        "Nạp bộ quy định",
        str(folder),
        "Bộ quy định (*.zip)",
        options=QFileDialog.Option.DontUseNativeDialog,
    )
    return chosen
