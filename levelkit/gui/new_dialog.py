"""Beginning a dossier: the system's name and where its file lies. Opening one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QFileDialog, QLineEdit

from levelkit.gui import kit
from levelkit.gui.theme import theme

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

FILTER = "Hồ sơ levelkit (*.levelkit)"
_FORBIDDEN = '<>:"/\\|?*'


class NewDialog(QDialog):
    """Name and place; the file is named after the system until the person chooses another place."""

    def __init__(self, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._chosen: Path | None = None

        self._name = QLineEdit()
        self._place = kit.label("", "mono", name="new_place")
        self._why = kit.label("", "hint")
        self._create = kit.button("Lập hồ sơ", self.accept, kind="primary", name="create_dossier")

        self._build()
        self._name.textChanged.connect(self._refresh)
        self._refresh()

    def _build(self) -> None:
        self.setWindowTitle("Lập hồ sơ mới")
        question = kit.label("Hệ thống thông tin tên là gì?", "question")
        question.setBuddy(self._name)
        self._name.setObjectName("new_name")
        self._name.setAccessibleName("Tên hệ thống thông tin")
        self._create.setDefault(True)
        self.setLayout(
            kit.column(
                question,
                self._name,
                8,
                kit.label("Nơi lưu", "question"),
                self._place,
                kit.row(kit.button("Chọn nơi khác…", self._choose, name="choose_place"), None),
                self._why,
                8,
                kit.row(None, kit.button("Thôi", self.reject), self._create, spacing=8),
                margins=(24, 20, 24, 16),
                spacing=8,
            )
        )
        self.resize(theme().px(560), self.sizeHint().height())

    def name(self) -> str:
        """The system's name as typed."""
        return self._name.text().strip()

    def path(self) -> Path:
        """Where the file will lie."""
        if self._chosen is not None:
            return self._chosen
        stem = "".join(" " if letter in _FORBIDDEN else letter for letter in self.name()).strip(" .")
        return self._folder / f"{stem[:80] or 'Hồ sơ mới'}.levelkit"

    def _refresh(self) -> None:
        path = self.path()
        self._place.setText(str(path))
        taken = path.exists()
        if not self.name():
            why = "Gõ tên hệ thống để lập hồ sơ."
        elif taken:
            why = f"«{path.name}» đã có ở đó. Chọn nơi khác hoặc đổi tên."
        else:
            why = ""
        self._why.setText(why)
        self._why.setVisible(bool(why))
        self._create.setEnabled(not why)

    def _choose(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self,
            "Chọn nơi lưu hồ sơ",
            str(self.path()),
            FILTER,
            options=QFileDialog.Option.DontUseNativeDialog,
        )
        if chosen:
            path = Path(chosen)
            self._chosen = path if path.suffix == ".levelkit" else path.with_name(path.name + ".levelkit")
            self._refresh()


def ask_open(parent: QWidget, folder: Path) -> Path | None:
    """Ask for a workspace file; None when the person thought better of it."""
    chosen, _ = QFileDialog.getOpenFileName(
        parent, "Mở hồ sơ", str(folder), FILTER, options=QFileDialog.Option.DontUseNativeDialog
    )
    return Path(chosen) if chosen else None
