"""What is shown of the plan: status with counts, search, and further conditions folded away."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QLineEdit, QPushButton, QSizePolicy, QWidget

from levelkit.gui import kit
from levelkit.gui.fields.combo import Combo
from levelkit.gui.fields.flow import FlowLayout
from levelkit.gui.icons import icon
from levelkit.gui.plan.board import SHORT_VI, STATES, Board, Wanted
from levelkit.gui.theme import restyle, theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent, QResizeEvent

GAP, LEAST = 8, 480
ALL_GROUPS, ANYBODY, NOBODY = "Mọi nhóm", "Mọi đơn vị phụ trách", "Chưa ghi phụ trách"
FLAGS = (
    ("lacking", "Có chỗ thiếu", "Yêu cầu có chỗ thiếu, kể cả chưa đánh giá"),
    ("new_here", "Mới ở cấp này", "Cấp dưới không yêu cầu"),
    ("unconfirmed", "Chưa xác nhận", "Lấy từ hệ thống khác, chưa xác nhận"),
    ("newly_asked", "Mới so với NĐ 85", "Hệ thống phê duyệt theo Nghị định 85 được yêu cầu thêm"),
)


class FilterBar(QFrame):
    """``changed`` carries the new conditions; ``rows_asked`` that the focus should go to the rows."""

    changed = Signal(object)
    rows_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.wanted = Wanted()
        self._group = QButtonGroup(self)
        self._segments: dict[str, QPushButton] = {}
        self._states = Combo()
        self.search = QLineEdit()
        self._more = kit.button("Lọc thêm", mark="chevron-down", name="plan_more_filters")
        self._further = QFrame()
        self._groups, self._units = Combo(), Combo()
        self._flags: dict[str, QPushButton] = {}
        self._clear = kit.button("Bỏ lọc", self.clear, kind="quiet", mark="x", name="plan_clear_filters")
        self._typing = QTimer(self)

        self._build()
        self._connect()

    def _build(self) -> None:
        self.setObjectName("plan_filters")
        self.setAccessibleName("Lọc yêu cầu")
        segments = kit.row()
        for place, state in enumerate(("", *STATES)):
            segment = kit.button("", kind="segment", name=f"plan_filter_{state or 'all'}")
            segment.setCheckable(True)
            segment.setChecked(not state)
            if place in {0, len(STATES)}:
                segment.setProperty("edge", "first" if not place else "last")
            self._group.addButton(segment, place)
            self._segments[state] = segment
            segments.addWidget(segment)
            self._states.addItem("", state)
        self._row_of_segments = QWidget()
        self._row_of_segments.setLayout(segments)
        self._states.setAccessibleName("Tình trạng")
        self._states.setObjectName("plan_filter_state")
        self.search.setObjectName("plan_search")
        self.search.setPlaceholderText("Tìm yêu cầu, điều khoản")
        self.search.setAccessibleName("Tìm yêu cầu, điều khoản")
        self.search.setAccessibleDescription("Gõ không cần dấu; mũi tên xuống để vào bảng")
        self.search.setToolTip("Ctrl+F: tìm, gõ không dấu cũng được. Esc: xem lại tất cả.")
        self.search.setProperty("iconed", True)
        self.search.setClearButtonEnabled(False)
        self.search.addAction(icon("search", "text3"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.search.setMinimumWidth(theme().px(130))
        self.search.setMaximumWidth(theme().px(320))
        self._more.setCheckable(True)
        self._more.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        first = kit.row(self._row_of_segments, self._states, self.search, self._more, spacing=GAP)
        first.setStretch(2, 1)
        first.insertStretch(2, 0)
        self._build_further()
        self.setLayout(kit.column(first, self._further, spacing=8))
        self.setMinimumWidth(theme().px(LEAST))  # not what the segments need: they give way

    def _build_further(self) -> None:
        flow = FlowLayout(self._further, gap=8, line_gap=6)
        for combo, name, says in (
            (self._groups, "plan_filter_group", "Nhóm"),
            (self._units, "plan_filter_unit", "Phụ trách"),
        ):
            combo.setObjectName(name)
            combo.setAccessibleName(says)
            combo.view().setMinimumWidth(theme().px(440))  # the list shows whole names
            combo.setFixedWidth(theme().px(216))
            flow.addWidget(combo)
        for key, words, whole in FLAGS:
            flag = kit.button(words, kind="segment", name=f"plan_filter_{key}", says=f"{words}: {whole}")
            flag.setToolTip(whole)
            flag.setProperty("edge", "first last")
            flag.setCheckable(True)
            self._flags[key] = flag
            flow.addWidget(flag)
        flow.addWidget(self._clear)
        self._further.hide()

    def _connect(self) -> None:
        self._typing.setSingleShot(True)
        self._typing.setInterval(0)  # the letter is seen first
        self._typing.timeout.connect(self.take_typed)
        self.search.textChanged.connect(lambda _text: self._typing.start())
        self.search.installEventFilter(self)
        self._group.idClicked.connect(lambda place: self._put(state=("", *STATES)[place]))
        self._states.activated.connect(lambda place: self._put(state=self._states.itemData(place)))
        self._more.toggled.connect(self._further.setVisible)
        self._groups.activated.connect(lambda place: self._put(group=self._groups.itemData(place)))
        self._units.activated.connect(lambda place: self._put(unit=self._units.itemData(place)))
        for key, flag in self._flags.items():
            flag.clicked.connect(lambda on, name=key: self._put(**{name: on}))

    # Showing

    def show_board(self, board: Board, units: Sequence[str]) -> None:
        """Show counts, and what there is to choose from."""
        counts = board.counts(self.wanted)
        for place, (state, segment) in enumerate(self._segments.items()):
            words = f"{SHORT_VI[state] if state else 'Tất cả'} {counts[state]}"
            if segment.text() != words:
                segment.setText(words)
                segment.setAccessibleName(f"Lọc: {words}")
                self._states.setItemText(place, words)
        groups = [(group.title, group.group.id) for group in board.groups]
        self._fill(self._groups, [(ALL_GROUPS, ""), *groups], self.wanted.group)
        self._fill(
            self._units, [(ANYBODY, None), (NOBODY, ""), *((unit, unit) for unit in units)], self.wanted.unit
        )
        self._flags["newly_asked"].setVisible(bool(board.asked))
        number = self.wanted.further
        words = f"Lọc thêm ({number})" if number else "Lọc thêm"
        if self._more.text() != words:
            self._more.setText(words)
            self._more.setAccessibleName(f"{words}: nhóm, phụ trách, chỗ thiếu")
            self._more.updateGeometry()
        self._clear.setVisible(not self.wanted.empty)
        self.arrange()

    @staticmethod
    def _fill(combo: Combo, wanted: list[tuple[str, str | None]], chosen: str | None) -> None:
        known = [(combo.itemText(place), combo.itemData(place)) for place in range(combo.count())]
        if known != wanted:
            combo.clear()
            for words, key in wanted:
                combo.addItem(words, key)
        keys = [key for _, key in wanted]
        combo.setCurrentIndex(keys.index(chosen) if chosen in keys else 0)

    def arrange(self) -> None:
        """A list to drop down in place of the segments where there is no room for them."""
        others = self.search.minimumWidth() + self._more.sizeHint().width() + theme().px(3 * GAP)
        narrow = self._row_of_segments.sizeHint().width() + others > self.width()
        kit.show(self._row_of_segments, not narrow)
        kit.show(self._states, narrow)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width."""
        super().resizeEvent(event)
        self.arrange()

    def clear(self) -> None:
        """Show everything."""
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        self._typing.stop()
        self.wanted = Wanted()
        self._show_wanted()
        self.changed.emit(self.wanted)

    def reveal(self, wanted: Wanted) -> None:
        """Take other conditions."""
        if self.search.text() != wanted.query:
            self.search.blockSignals(True)
            self.search.setText(wanted.query)
            self.search.blockSignals(False)
        self.wanted = wanted
        self._show_wanted()
        self.changed.emit(wanted)

    def _show_wanted(self) -> None:
        self._segments[self.wanted.state].setChecked(True)
        self._states.setCurrentIndex(("", *STATES).index(self.wanted.state))
        for key, flag in self._flags.items():
            flag.setChecked(bool(getattr(self.wanted, key)))
            restyle(flag)

    def _put(self, **conditions: object) -> None:
        self.wanted = replace(self.wanted, **conditions)  # type: ignore[arg-type]
        self._show_wanted()
        self.changed.emit(self.wanted)

    def focus_search(self) -> None:
        """Let the person type what is looked for."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def take_typed(self) -> None:
        """Look for what stands in the search."""
        self._typing.stop()
        if self.search.text() != self.wanted.query:
            self._put(query=self.search.text())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """From the search down into the rows; Esc clears it."""
        if watched is self.search and event.type() == QEvent.Type.KeyPress:
            key: QKeyEvent = event  # type: ignore[assignment]
            if key.key() in {Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self.take_typed()
                self.rows_asked.emit()
                return True
            if key.key() == Qt.Key.Key_Escape and self.search.text():
                self.search.clear()
                return True
        return super().eventFilter(watched, event)

    def stops(self) -> list[QWidget]:
        """What Tab goes through."""
        return [
            *self._segments.values(),
            self._states,
            self.search,
            self._more,
            self._groups,
            self._units,
            *self._flags.values(),
            self._clear,
        ]
