"""Many rows at once: status, unit, date, measures, evidence; each change is one step to undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QWidget

from levelkit.domain.plan import STATUS_VI
from levelkit.gui import kit
from levelkit.gui.fields.flow import FlowLayout
from levelkit.gui.fields.rows import RadioRow
from levelkit.gui.plan.entries import DateEntry, UnitEntry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from levelkit.gui.plan.board import RowItem

LISTED = 6
MANY_VI = "Mỗi dòng một khác"


class BulkPanel(QFrame):
    """``changed`` carries fields for all chosen rows."""

    changed = Signal(dict)
    measure_asked = Signal()
    attach_asked = Signal()
    add_asked = Signal()
    pick_asked = Signal()
    confirm_asked = Signal()
    check_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = kit.label("", "question", name="plan_bulk_title")
        self._names = kit.label("", "secondary")
        self._group = QButtonGroup(self)
        self._radios: dict[str, RadioRow] = {}
        self.unit = UnitEntry("Phụ trách", name="plan_bulk_unit")
        self.due = DateEntry("Hạn", name="plan_bulk_due")
        self._buttons: list[QPushButton] = []
        self._confirm = kit.button("", self.confirm_asked.emit, name="plan_bulk_confirm")
        self._shown: list[str] = []

        self.setObjectName("plan_bulk")
        self.setAccessibleName("Sửa nhiều yêu cầu")
        states = kit.column()
        for number, (state, words) in enumerate(STATUS_VI.items()):
            radio = RadioRow(words)
            radio.setObjectName(f"plan_bulk_{state}")
            self._group.addButton(radio, number)
            self._radios[state] = radio
            states.addWidget(radio)
        shared = FlowLayout(gap=8, line_gap=6)
        for words, mark, signal, name in (
            ("Thêm biện pháp…", "plus", self.measure_asked, "measure"),
            ("Đính kèm…", "paperclip", self.attach_asked, "attach"),
            ("Thêm văn bản, đường dẫn…", "file-plus", self.add_asked, "evidence"),
            ("Chọn minh chứng đã có…", "list", self.pick_asked, "pick"),
            ("Đánh dấu đã đối chiếu…", "shield-check", self.check_asked, "check"),
        ):
            made = kit.button(words, signal.emit, mark=mark, name=f"plan_bulk_{name}")
            self._buttons.append(made)
            shared.addWidget(made)
        self.setLayout(
            kit.column(
                kit.column(self._title, self._names, spacing=4),
                self._confirm,
                kit.column(kit.label("Tình trạng", "group"), states),
                self.unit,
                self.due,
                kit.column(kit.label("Thêm vào mọi dòng đang chọn", "group"), shared, spacing=6),
                kit.label("Mỗi lần sửa là một bước, hoàn tác bằng Ctrl+Z.", "hint"),
                None,
                spacing=14,
            )
        )
        listed = list(STATUS_VI)
        self._group.idClicked.connect(lambda number: self.changed.emit({"status": listed[number]}))
        self.unit.committed.connect(lambda text: self.changed.emit({"unit": text}))
        self.due.committed.connect(lambda day: self.changed.emit({"due": day}))

    def show_rows(self, items: Sequence[RowItem], units: Sequence[str], *, locked: bool) -> None:
        """Show what is chosen; what all rows share is shown as chosen."""
        ids = [item.id for item in items]
        anew, self._shown = ids != self._shown, ids
        self._title.setText(f"Đang chọn {len(items)} yêu cầu")
        names = [f"{item.row.place_vi} {item.row.name_vi}".strip() for item in items[:LISTED]]
        more = len(items) - LISTED
        self._names.setText("\n".join([*names, *([f"và {more} yêu cầu khác"] if more > 0 else [])]))
        states = {item.answer.status for item in items}
        common = states.pop() if len(states) == 1 else None
        self._group.setExclusive(False)
        for state, radio in self._radios.items():
            radio.setChecked(state == common)
            radio.setEnabled(not locked)
        self._group.setExclusive(True)
        units_of = {item.answer.unit for item in items}
        days = {item.answer.due for item in items}
        self.unit.suggest(units)
        (self.unit.typed.restart if anew else self.unit.typed.show)(
            next(iter(units_of)) if len(units_of) == 1 else ""
        )
        self.unit.edit.setPlaceholderText(MANY_VI if len(units_of) > 1 else "")
        self.due.show_date(days.pop() if len(days) == 1 else None, anew=anew)
        self.unit.lock(locked=locked)
        self.due.lock(locked=locked)
        taken = sum(item.answer.taken_from is not None for item in items)
        self._confirm.setText(f"Xác nhận {taken} dòng đã lấy")
        self._confirm.setAccessibleName(f"{self._confirm.text()} từ hệ thống khác")
        self._confirm.setVisible(taken > 0 and not locked)
        for button in self._buttons:
            button.setEnabled(not locked)

    def flush(self, *, leaving: bool = False) -> None:
        """Commit what was typed for the rows shown."""
        self.unit.typed.flush(leaving=leaving)
        self.due.typed.flush(leaving=leaving)

    @property
    def state_entry(self) -> QWidget:
        """The first thing to do."""
        return self._group.checkedButton() or next(iter(self._radios.values()))

    @property
    def proof_entry(self) -> QWidget:
        """The button that attaches."""
        return self._buttons[1]

    def stops(self) -> list[QWidget]:
        """What Tab goes through."""
        return [self._confirm, *self._radios.values(), self.unit.combo, self.due.edit, *self._buttons]
