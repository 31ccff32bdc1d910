"""Moving a dossier to a newer text of its ruleset: what changes is shown before it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPlainTextEdit

from levelkit.gui import kit
from levelkit.gui.theme import theme

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from levelkit.services.rulesets import RulesetState


class RebaseDialog(QDialog):
    """Old and new version, the changes in words; accepting is the person's act."""

    def __init__(self, state: RulesetState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        changes = QPlainTextEdit("\n".join(state.changes_vi))
        changes.setReadOnly(True)
        changes.setTabChangesFocus(True)
        changes.setAccessibleName("Những gì thay đổi")

        self.setWindowTitle("Chuyển sang bộ quy định mới")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        layout = kit.column(
            kit.label("Chuyển sang bộ quy định mới", "page_title"),
            kit.label(
                f"Hồ sơ này lập theo {state.id} bản {state.version}. Phần mềm có bản {state.newer_version}. "
                "Chuyển rồi, cấp độ được xét lại và việc chuyển được ghi vào nhật ký hồ sơ.",
                "help",
            ),
            changes,
            kit.row(
                None,
                kit.button("Giữ bản đang dùng", self.reject),
                kit.button("Chuyển bộ quy định", self.accept, kind="primary"),
                spacing=8,
            ),
            margins=(24, 20, 24, 16),
            spacing=12,
        )
        layout.setStretch(2, 1)
        self.setLayout(layout)
        self.resize(theme().px(620), theme().px(420))
