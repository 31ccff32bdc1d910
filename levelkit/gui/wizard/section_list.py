"""The sections at the left: a list with three counts, or a narrow rail of numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QLabel, QPushButton, QScrollArea, QSizePolicy, QWidget

from levelkit.gui import kit
from levelkit.gui.theme import restyle, theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

LIST_WIDTH = 252
RAIL_WIDTH = 64


@dataclass(frozen=True, slots=True)
class SectionState:
    """One section as the list shows it; ``total`` 0 where there is nothing to fill in.

    Attributes:
        gravity: the worst gap in it: ``error``, ``warning`` or nothing.
    """

    id: str
    title: str
    number: int
    filled: int
    total: int
    met: int
    approved: int
    gravity: str = ""

    @property
    def counted(self) -> bool:
        """Whether the section has anything to count."""
        return self.total > 0

    @property
    def full(self) -> bool:
        """All three counts full: filled, met and approved."""
        return self.counted and self.total == self.filled == self.met == self.approved

    @property
    def says(self) -> str:
        """The row in words, for screen readers and tool tips."""
        parts = [f"{self.number}. {self.title}"]
        if self.counted:
            parts.append(f"Điền {self.filled} trên {self.total}, Đạt {self.met}, Duyệt {self.approved}")
        parts.extend({"error": ["có lỗi"], "warning": ["có cảnh báo"]}.get(self.gravity, []))
        return ". ".join(parts)


_GRAVITY = {"error": ("octagon-alert", "err"), "warning": ("triangle-alert", "warn")}


class _Keys(QObject):
    """Up and Down move the focus through a column of buttons, without choosing."""

    def __init__(self, rows: list[QPushButton], parent: QObject) -> None:
        super().__init__(parent)
        self._rows = rows
        for row in rows:
            row.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the two keys, leave the rest to the button."""
        if event.type() == QEvent.Type.KeyPress and watched in self._rows:
            key = cast("QKeyEvent", event).key()
            move = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(key))
            if move is not None:
                place = self._rows.index(watched) + move
                self._rows[place % len(self._rows)].setFocus(Qt.FocusReason.TabFocusReason)
                return True
        return super().eventFilter(watched, event)


class _Row(kit.PushButton):
    """One section in the list: title, icon of the worst gap, three counts in fixed columns."""

    def __init__(self, state: SectionState) -> None:
        super().__init__()
        self._title = kit.label(f"{state.number}. {state.title}", "", name="row_title")
        self._icon = kit.picture("octagon-alert", "err", 16)
        self._counts = [QLabel(), QLabel(), QLabel()]

        self.setObjectName("section_row")
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        top = kit.row(self._title, self._icon)
        top.setStretch(0, 1)
        counts = kit.row()
        for place, label in enumerate(self._counts):
            label.setTextFormat(Qt.TextFormat.RichText)
            label.setFixedWidth(theme().px((92, 60, 56)[place]))
            counts.addWidget(label)
        counts.addStretch(1)
        self._counts_row = QWidget()
        self._counts_row.setLayout(counts)
        self.setLayout(kit.column(top, self._counts_row, margins=(10, 5, 8, 5), spacing=1))
        for child in self.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.show_state(state)

    def show_state(self, state: SectionState) -> None:
        """Show counts and icon."""
        self.setAccessibleName(state.says)
        texts = (
            f"Điền <span style='font-weight:600'>{state.filled}</span>/{state.total}",
            f"Đạt <span style='font-weight:600'>{state.met}</span>",
            f"Duyệt <span style='font-weight:600'>{state.approved}</span>",
        )
        for label, text in zip(self._counts, texts, strict=True):
            label.setText(text)
        self._counts_row.setVisible(state.counted)
        self._icon.show_icon(*_GRAVITY.get(state.gravity, ("", "")))

    def show_current(self, *, current: bool) -> None:
        """Mark the section that is shown."""
        self.setChecked(current)
        if self._title.property("current") != current:
            self._title.setProperty("current", current)
            restyle(self._title)


class SectionList(QFrame):
    """252 px: the system's name and code, the sections, the sum at the foot."""

    asked = Signal(str)

    def __init__(self, states: Sequence[SectionState], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._by_id: dict[str, _Row] = {}
        self.rows: list[QPushButton] = []

        self._name = kit.label("", "name", name="system_name")
        self._code = kit.label("", "hint", name="system_code")
        self._total = kit.label("", "group")
        self._sum = kit.label("", "secondary", wrap=False)

        self._build(states)
        theme().changed.connect(self._resize)
        self._resize()

    def _build(self, states: Sequence[SectionState]) -> None:
        self.setObjectName("section_list")
        self.setAccessibleName("Các mục của hồ sơ")
        column = kit.column(spacing=2)
        for state in states:
            row = _Row(state)
            row.clicked.connect(lambda _checked=False, key=state.id: self.asked.emit(key))
            self._group.addButton(row)
            self._by_id[state.id] = row
            self.rows.append(row)
            column.addWidget(row)
        _Keys(self.rows, self)
        column.addStretch(1)
        body = QWidget()
        body.setObjectName("scrolled")
        column.setContentsMargins(theme().px(10), theme().px(6), theme().px(10), theme().px(6))
        body.setLayout(column)
        area = QScrollArea()
        area.setWidget(body)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._total.setText("Cả hồ sơ")
        self._sum.setTextFormat(Qt.TextFormat.RichText)
        head = kit.column(self._name, self._code, margins=(18, 12, 14, 4), spacing=2)
        foot = kit.column(kit.rule(), 6, self._total, self._sum, margins=(20, 0, 12, 8), spacing=2)
        layout = kit.column(head, area, foot)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def show_system(self, name: str, code: str) -> None:
        """Name the system."""
        self._name.setText(name)
        self._code.setText(f"{code} · Hồ sơ đề xuất cấp độ")

    def show_states(self, states: Sequence[SectionState], current: str) -> None:
        """Show counts, icons and the current section."""
        for state in states:
            row = self._by_id[state.id]
            row.show_state(state)
            row.show_current(current=state.id == current)
        filled, total = sum(s.filled for s in states), sum(s.total for s in states)
        met, approved = sum(s.met for s in states), sum(s.approved for s in states)
        bold = "<span style='font-weight:600'>{}</span>"
        self._sum.setText(
            f"Điền {bold.format(filled)}/{total} &nbsp; Đạt {bold.format(met)}"
            f" &nbsp; Duyệt {bold.format(approved)}"
        )

    def _resize(self) -> None:
        self.setFixedWidth(theme().px(LIST_WIDTH))


class SectionRail(QFrame):
    """64 px: numbers, an icon where there are errors or warnings, the names as tool tips."""

    asked = Signal(str)

    def __init__(self, states: Sequence[SectionState], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._by_id: dict[str, tuple[QPushButton, kit.Picture]] = {}
        self.rows: list[QPushButton] = []

        self.setObjectName("section_rail")
        self.setAccessibleName("Các mục của hồ sơ")
        column = kit.column(margins=(8, 8, 8, 8))
        for state in states:
            column.addWidget(self._row(state))
        _Keys(self.rows, self)
        column.addStretch(1)
        self.setLayout(column)
        theme().changed.connect(self._resize)
        self._resize()

    def _row(self, state: SectionState) -> QPushButton:
        row = kit.button("", kind="", name="rail_row", says=state.says)
        row.setCheckable(True)
        icon = kit.picture("check", "ok", 15)
        number = kit.label(str(state.number), "name", wrap=False)
        row.setLayout(kit.row(number, icon, margins=(10, 0, 6, 0), spacing=4))
        for child in (icon, number):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        row.clicked.connect(lambda: self.asked.emit(state.id))
        self._group.addButton(row)
        self._by_id[state.id] = (row, icon)
        self.rows.append(row)
        return row

    def show_states(self, states: Sequence[SectionState], current: str) -> None:
        """Show icons and the current section."""
        for state in states:
            row, icon = self._by_id[state.id]
            row.setAccessibleName(state.says)
            row.setToolTip(state.says)
            row.setChecked(state.id == current)
            name, tint = ("check", "ok") if state.full else _GRAVITY.get(state.gravity, ("", ""))
            icon.show_icon(name, tint)

    def _resize(self) -> None:
        self.setFixedWidth(theme().px(RAIL_WIDTH))
