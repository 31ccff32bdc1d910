"""Proposing a higher level: in place, with a written reason, never down (Đ10.5)."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QPlainTextEdit, QPushButton

from levelkit.gui import kit
from levelkit.gui.theme import restyle, theme


class ProposalEditor(QFrame):
    """Choose a level above the computed one and say why; ``accepted`` carries both."""

    accepted = Signal(int, str)
    withdrawn = Signal()
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._levels = QButtonGroup(self)
        self._row = kit.row(spacing=0)
        self._reason = QPlainTextEdit()
        self._why = kit.label("Ghi lý do để đề xuất cấp cao hơn.", "hint")
        self._accept = kit.button("Đề xuất", self._on_accept, kind="", name="accept_proposal")
        self._withdraw = kit.button("Bỏ đề xuất", self.withdrawn.emit, kind="quiet", name="withdraw_proposal")
        self._close = kit.button("Thôi", self.closed.emit, kind="quiet", name="close_proposal")

        self._build()
        self._levels.idToggled.connect(lambda *_: self._refresh())
        self._reason.textChanged.connect(self._refresh)

    def _build(self) -> None:
        self.setObjectName("proposal_editor")
        self.setProperty("surface", "card")
        self._reason.setAccessibleName("Lý do đề xuất cấp cao hơn")
        self._reason.setTabChangesFocus(True)
        self._reason.setFixedHeight(theme().px(84))
        room = self._why.sizePolicy()
        room.setRetainSizeWhenHidden(True)  # the buttons below stay where the pointer is going
        self._why.setSizePolicy(room)
        label = kit.label("Lý do đề xuất", "group")
        label.setBuddy(self._reason)
        self.setLayout(
            kit.column(
                kit.label("Đề xuất cấp nào?", "group"),
                kit.row(self._row, None),
                label,
                self._reason,
                self._why,
                kit.row(self._accept, self._close, None, spacing=8),
                kit.row(self._withdraw, None),
                margins=(12, 12, 12, 12),
                spacing=8,
            )
        )

    def open_for(self, levels: tuple[int, ...], proposed: int | None, reason: str) -> None:
        """Offer these levels; start from what was proposed before."""
        for old in self._levels.buttons():
            self._levels.removeButton(old)
        kit.clear(self._row)
        for place, level in enumerate(levels):
            choice = self._choice(level, place, len(levels))
            choice.setChecked(level == (proposed if proposed in levels else levels[0]))
        self._reason.setPlainText(reason)
        self._withdraw.setVisible(proposed is not None)
        self._refresh()
        self.show()
        self._reason.setFocus()

    def _choice(self, level: int, place: int, count: int) -> QPushButton:
        choice = kit.button(f"Cấp {level}", kind="segment", name=f"raise_to_{level}")
        choice.setCheckable(True)
        edges = [name for name, holds in (("first", place == 0), ("last", place == count - 1)) if holds]
        choice.setProperty("edge", " ".join(edges))
        self._levels.addButton(choice, level)
        self._row.addWidget(choice)
        restyle(choice)
        return choice

    def _refresh(self) -> None:
        level = self._levels.checkedId()
        has_reason = bool(self._reason.toPlainText().strip())
        self._accept.setText(f"Đề xuất cấp {level}")
        self._accept.setAccessibleName(self._accept.text())
        self._accept.setEnabled(level > 0 and has_reason)
        self._why.setVisible(not has_reason)

    def _on_accept(self) -> None:
        self.accepted.emit(self._levels.checkedId(), self._reason.toPlainText().strip())
