"""The left half of page 9: stage, filters with counts, the list of gaps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from levelkit.gui import kit
from levelkit.gui.export.gap_list import GapList
from levelkit.gui.export.gap_model import GapModel
from levelkit.gui.tab_order import chain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from levelkit.domain.proposal import Finding, Stage
    from levelkit.gui.export.gap_model import Filter
    from levelkit.services import SystemSession

STAGES: tuple[tuple[Stage, str], ...] = (("appraisal", "Thẩm định"), ("approval", "Phê duyệt"))
FILTERS: tuple[tuple[Filter, str], ...] = (
    ("all", "Mọi mức"),
    ("error", "Lỗi"),
    ("warning", "Cảnh báo"),
    ("hint", "Gợi ý"),
)
LEAST_WIDTH = 320


class GapPane(QFrame):
    """``jump_asked`` carries section and question; ``stage_changed`` follows another stage."""

    jump_asked = Signal(str, str)
    cite_asked = Signal(str)
    stage_changed = Signal()

    def __init__(self, title: str, session: SystemSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = GapModel(session.interview.forms, session.library, self)
        self.list = GapList(self.model, self)
        self._stages = QButtonGroup(self)
        self._filters = QButtonGroup(self)
        self._stack = QStackedWidget(self)

        self._build(title)
        self._connect()

    def _build(self, title: str) -> None:
        self.setProperty("surface", "surface")
        self.setMinimumWidth(LEAST_WIDTH)
        for group, name, entries in (
            (self._stages, "stage", [words for _, words in STAGES]),
            (self._filters, "filter", [words for _, words in FILTERS]),
        ):
            for number, words in enumerate(entries):
                group.addButton(self._segment(words, f"{name}_{number}", number, len(entries)), number)
        stage_label = kit.label("Xét cho giai đoạn", "secondary", wrap=False)
        stages = kit.row(stage_label, 10, *self._stages.buttons(), None)
        filters = kit.row(*self._filters.buttons(), None)
        head = kit.column(
            kit.label(title, "page_title"), stages, filters, margins=(18, 14, 18, 10), spacing=10
        )
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._nothing())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(kit.rule())
        layout.addLayout(kit.column(self._stack, margins=(8, 0, 4, 0)), 1)
        chain([*self._stages.buttons(), *self._filters.buttons(), self.list])

    @staticmethod
    def _segment(words: str, name: str, number: int, count: int) -> QPushButton:
        button = kit.button(words, kind="segment", name=name)
        button.setCheckable(True)
        button.setChecked(number == 0)
        if number in {0, count - 1}:
            button.setProperty("edge", "first" if number == 0 else "last")
        return button

    def _nothing(self) -> QWidget:
        empty = QWidget(self)
        self._empty_words = kit.label("", "name")
        layout = kit.row(
            kit.picture("circle-check", "ok", 24), self._empty_words, margins=(18, 24, 18, 24), spacing=12
        )
        layout.setStretch(1, 1)
        empty.setLayout(kit.column(layout, None))
        return empty

    def _connect(self) -> None:
        self._stages.idClicked.connect(self._on_stage)
        self._filters.idClicked.connect(self._on_filter)
        self.list.jump_asked.connect(self.jump_asked)
        self.list.cite_asked.connect(self.cite_asked)

    @property
    def stage(self) -> Stage:
        """The stage chosen."""
        return STAGES[max(self._stages.checkedId(), 0)][0]

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show the gaps of the stage."""
        self.model.show(findings)
        for number, (wanted, words) in enumerate(FILTERS):
            button = self._filters.button(number)
            count = self.model.count(wanted)
            button.setText(f"{words} {count}")
            button.setAccessibleName(f"{words}: {count}")
        self._show_empty()

    def focus_list(self) -> None:
        """Give the focus to the list."""
        self.list.setFocus()

    def _show_empty(self) -> None:
        wanted = FILTERS[max(self._filters.checkedId(), 0)][0]
        empty = self.model.rowCount() == 0
        stage = "thẩm định" if self.stage == "appraisal" else "phê duyệt"
        words = {"all": "chỗ thiếu nào", "error": "lỗi nào", "warning": "cảnh báo nào", "hint": "gợi ý nào"}
        self._empty_words.setText(f"Giai đoạn {stage}: không còn {words[wanted]}.")
        self._stack.setCurrentIndex(1 if empty else 0)

    def _on_stage(self, _number: int) -> None:
        self.stage_changed.emit()

    def _on_filter(self, number: int) -> None:
        self.model.set_filter(FILTERS[number][0])
        self._show_empty()
