"""Which formats an export makes: two boxes, remembered from one time to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from levelkit.gui import kit

if TYPE_CHECKING:
    from collections.abc import Sequence

FORMATS = (("pdf", "PDF"), ("docx", "Word"))
ALL = tuple(key for key, _ in FORMATS)


def format_name(key: str) -> str:
    """Return the name that people know a format by."""
    return next((name for own, name in FORMATS if own == key), key)


class FormatChoice(QWidget):
    """«Định dạng: ☑ PDF ☑ Word»; :attr:`chosen` may be empty, the page then says so."""

    changed = Signal()

    def __init__(self, chosen: Sequence[str] = ALL, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._boxes: dict[str, QCheckBox] = {}
        for key, name in FORMATS:
            box = QCheckBox(name, self)
            box.setObjectName(f"format_{key}")
            box.setAccessibleName(f"Xuất tệp {name}")
            box.setChecked(key in chosen)
            box.toggled.connect(self.changed)
            self._boxes[key] = box
        words = kit.label("Định dạng:", "secondary", wrap=False)
        self.setLayout(kit.row(words, *self._boxes.values(), spacing=10))
        self.setAccessibleName("Định dạng xuất")

    @property
    def chosen(self) -> tuple[str, ...]:
        """The formats that are ticked, in their lasting order."""
        return tuple(key for key, box in self._boxes.items() if box.isChecked())
