"""The field of conditional business lines: chips, and the way to the look-up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLabel, QToolButton, QWidget

from levelkit.gui import kit
from levelkit.gui.fields.base import Field, name
from levelkit.gui.fields.flow import FlowLayout
from levelkit.gui.icons import with_icon

if TYPE_CHECKING:
    from levelkit.gui.fields.context import FieldContext
    from levelkit.questionnaire import Question

NOTHING = "Đã tra cứu: không có ngành, nghề nào áp dụng"


class LineChip(QFrame):
    """One chosen line: number, name, a cross."""

    removed = Signal(int)

    def __init__(self, number: int, text: str, *, read_only: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number = number
        self.setProperty("chip", True)
        self.setProperty("tone", "sunken")
        self.setProperty("tall", True)
        self.setAccessibleName(f"{number}. {text}")
        count = QLabel(str(number), self)
        count.setProperty("role", "name")
        words = kit.label(text, wrap=len(text) > 70)
        self._cross = QToolButton(self)
        self._cross.setProperty("kind", "icon")
        self._cross.setProperty("small", True)
        self._cross.setAccessibleName(f"Bỏ {number}. {text}")
        self._cross.setToolTip("Bỏ ngành, nghề này")
        self._cross.setEnabled(not read_only)
        with_icon(self._cross, "x", size=16)

        self.setLayout(kit.row(count, words, self._cross, margins=(10, 0, 4, 0), spacing=10))
        self._cross.clicked.connect(self._on_cross)

    def _on_cross(self) -> None:
        self.removed.emit(self._number)


class BusinessLinesField(Field):
    """Chips of the lines chosen; «Tra cứu…» opens the look-up."""

    lookup_asked = Signal()

    def __init__(self, question: Question, context: FieldContext, parent: QWidget | None = None) -> None:
        super().__init__(question, context, parent)
        self._numbers: list[int] | None = None
        self._read_only = False
        self._chips: list[QWidget] = []
        self._open = kit.button("", self.lookup_asked.emit, mark="search")
        self._none = kit.button("Không có ngành, nghề nào", self._on_none, kind="quiet")

        self._layout = FlowLayout(self, gap=10, line_gap=8)
        self._layout.addWidget(self._open)
        self._layout.addWidget(self._none)

        self.watch(self._open, self._none)
        self._rebuild()

    def entry(self) -> QWidget:
        """The button that opens the look-up."""
        return self._open

    def entries(self) -> list[QWidget]:
        """Both buttons."""
        return [self._open, self._none]

    def set_read_only(self, *, read_only: bool) -> None:
        """Chips can still be read."""
        super().set_read_only(read_only=read_only)
        self._read_only = read_only
        self._rebuild()

    def show_value(self, value: Any) -> None:
        """Show the lines chosen; an empty list is an answer."""
        if value != self._numbers:
            self._numbers = None if value is None else list(value)
            self._rebuild()

    def _rebuild(self) -> None:
        for chip in self._chips:
            self._layout.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = []
        lines = self.context.business_lines()
        names = {line.number: line.name_vi for line in lines.items}
        for number in self._numbers or ():
            text = names.get(number, "không có trong danh mục đang áp dụng")
            chip = LineChip(number, text, read_only=self._read_only, parent=self)
            chip.removed.connect(self._on_removed)
            self._chips.append(chip)
        if self._numbers == []:
            chip_none = kit.label(NOTHING, "help", wrap=False)
            chip_none.setParent(self)
            self._chips.append(chip_none)
        self._reorder()
        count = len(lines.items)
        self._open.setText(f"Tra cứu {count} ngành, nghề…" if self._numbers is None else "Sửa…")
        with_icon(self._open, "search")
        self._open.setAccessibleName(f"{self._open.text()} {self.question.name}")
        self._none.setVisible(self._numbers is None)
        for number, chip in enumerate(self._chips):
            if isinstance(chip, LineChip):
                name(chip, self.question, f"chip{number}")
        self.updateGeometry()

    def _reorder(self) -> None:
        for button in (self._open, self._none):
            self._layout.removeWidget(button)
        for widget in (*self._chips, self._open, self._none):
            self._layout.addWidget(widget)
            if widget is not self._none:
                widget.show()

    def _on_none(self) -> None:
        self.committed.emit([])

    def _on_removed(self, number: int) -> None:
        rest = [other for other in self._numbers or () if other != number]
        self.committed.emit(rest or None)
