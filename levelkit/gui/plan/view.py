"""The matrix itself: rows under heads that stay in sight, worked from the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyleOptionViewItem,
    QToolTip,
    QTreeView,
    QWidget,
)

from levelkit.gui.plan.board import KEYS, GroupItem, RowItem
from levelkit.gui.plan.delegate import MatrixDelegate
from levelkit.gui.plan.model import NAME, MatrixModel
from levelkit.gui.plan.sticky import StickyHead
from levelkit.gui.theme import theme

if TYPE_CHECKING:
    from PySide6.QtGui import (
        QFocusEvent,
        QHelpEvent,
        QKeyEvent,
        QMouseEvent,
        QPainter,
        QResizeEvent,
    )

Index = QModelIndex | QPersistentModelIndex
WIDTHS = (86, 0, 190, 104, 132, 98)
NARROW_WIDTHS = (86, 0, 178, 96, 110, 94)
NARROW = 900
PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


class MatrixView(QTreeView):
    """Rows of a plan.

    Signals:
        state_asked: a status for the chosen rows.
        proof_asked, note_asked, detail_asked: the part of the detail that is wanted.
        row_changed: the current row's id, empty on a head; chosen rows may have changed as well.
    """

    state_asked = Signal(str)  # a Status
    proof_asked = Signal()
    note_asked = Signal()
    detail_asked = Signal()
    row_changed = Signal(str)
    chosen_changed = Signal()

    def __init__(self, model: MatrixModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = model
        self.painter_of_rows = MatrixDelegate(model.board, self)
        self._folded: set[str] = set()
        self._edges: list[tuple[int, int]] = []
        self._sticky = StickyHead(self.painter_of_rows, self)
        self._quiet = False

        self.setObjectName("plan_matrix")
        self.setAccessibleName("Ma trận yêu cầu")
        self.setAccessibleDescription(
            "Mũi tên lên xuống đổi dòng; 1, 2, 3, 0 chọn tình trạng; E minh chứng; G ghi chú; "
            "Enter vào chi tiết; F8 tới chỗ thiếu tiếp theo"
        )
        self.painter_of_rows.is_pack = self._is_pack
        self.setModel(model)
        self.setItemDelegate(self.painter_of_rows)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setItemsExpandable(False)  # a head is folded by its own keys and presses
        self.setExpandsOnDoubleClick(False)
        self.setAllColumnsShowFocus(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        head = self.header()
        head.setStretchLastSection(False)
        head.setSectionsMovable(False)
        head.setHighlightSections(False)
        head.setMinimumSectionSize(40)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setFixedHeight(theme().px(34))
        head.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        head.sectionResized.connect(self._measure)
        model.modelReset.connect(self._on_reset)
        self._sticky.fold_asked.connect(self.fold)
        theme().changed.connect(self.painter_of_rows.fit)
        self._on_reset()

    # Rows

    @property
    def current(self) -> str:
        """Id of the current row; empty on a head."""
        item = self._rows.item(self.currentIndex())
        return item.id if isinstance(item, RowItem) else ""

    @property
    def current_group(self) -> GroupItem | None:
        """The group whose head is current."""
        item = self._rows.item(self.currentIndex())
        return item if isinstance(item, GroupItem) else None

    @property
    def chosen(self) -> list[str]:
        """Ids of the rows chosen, in order; the current one where none is."""
        rows = [self._rows.item(index) for index in self.selectionModel().selectedRows()]
        ids = {item.id for item in rows if isinstance(item, RowItem)}
        if not ids:
            return [self.current] if self.current else []
        return [one for one in self._rows.ids() if one in ids]

    def go_to(self, row_id: str) -> bool:
        """Make a row the current one, unfolding its group; False where it is not shown."""
        index = self._rows.place(row_id)
        if not index.isValid():
            return False
        group = self._rows.item(index.parent())
        assert isinstance(group, GroupItem)
        if group.group.id in self._folded:
            self.fold(group.group.id)
        place = self.visualRect(index)
        in_sight = place.isValid() and self.viewport().rect().contains(place)
        self._take(index)
        if in_sight:
            self.scrollTo(index)  # it may lie under the head on top
        else:
            self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)
        return True

    def go_to_first(self) -> None:
        """Make the first row in sight the current one where none is, else the first head."""
        if self.currentIndex().isValid():
            return
        heads = [self._rows.index(number, 0) for number in range(self._rows.rowCount())]
        unfolded = next((head for head in heads if self.isExpanded(head)), None)
        if unfolded is not None:
            self._take(self._rows.index(0, 0, unfolded))
        elif heads:
            self.setCurrentIndex(heads[0])

    def _take(self, index: QModelIndex) -> None:
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)

    def fold(self, group_id: str) -> None:
        """Fold a group, or unfold it."""
        self._folded ^= {group_id}
        for number in range(self._rows.rowCount()):
            index = self._rows.index(number, 0)
            group = self._rows.item(index)
            if isinstance(group, GroupItem) and group.group.id == group_id:
                is_open = group_id not in self._folded
                if not is_open and self._rows.item(self.currentIndex()) in group.items:
                    self.setCurrentIndex(index)
                self.setExpanded(index, is_open)
                self.scrollTo(index)
        self._place_sticky()

    def keep(self) -> tuple[str, list[str]]:
        """What to come back to after the rows were made anew."""
        return self.current, self.chosen

    def come_back(self, kept: tuple[str, list[str]]) -> None:
        """Choose what was chosen, as far as it is still shown."""
        current, chosen = kept
        self._quiet = True
        index = self._rows.place(current)
        if index.isValid():
            self._take(index)
            flags = QItemSelectionModel.SelectionFlag
            for one in chosen if len(chosen) > 1 else ():
                found = self._rows.place(one)
                if found.isValid():
                    self.selectionModel().select(found, flags.Select | flags.Rows)
        else:
            self.go_to_first()
        self._quiet = False
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())
        self.row_changed.emit(self.current)
        self.chosen_changed.emit()

    def _on_reset(self) -> None:
        for number in range(self._rows.rowCount()):
            group = self._rows.item(self._rows.index(number, 0))
            if isinstance(group, GroupItem) and group.group.id not in self._folded:
                self.expand(self._rows.index(number, 0))
        self._place_sticky()

    def _is_pack(self, number: int) -> bool:
        group = self._rows.item(self._rows.index(number, 0))
        return isinstance(group, GroupItem) and bool(group.group.why_vi)

    # Drawing

    def fit(self) -> None:
        """Give the columns their widths."""
        px, width = theme().px, self.viewport().width()
        wanted = NARROW_WIDTHS if width * 100 < NARROW * theme().percent else WIDTHS
        for column, size in enumerate(wanted):
            if size:
                self.setColumnWidth(column, px(size))
        self._measure()

    def _measure(self) -> None:
        head = self.header()
        self._edges = [
            (head.sectionViewportPosition(column), head.sectionSize(column)) for column in range(head.count())
        ]
        self.viewport().update()

    def drawRow(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a head or a row in one go."""
        item = self._rows.item(index)
        rect = QRect(0, option.rect.top(), self.viewport().width(), option.rect.height())
        is_current = index.row() == self.currentIndex().row() and (
            index.internalId() == self.currentIndex().internalId() and self.currentIndex().isValid()
        )
        ring = is_current and self.hasFocus()
        if isinstance(item, GroupItem):
            is_open = item.group.id not in self._folded
            self.painter_of_rows.paint_head(painter, rect, item, is_open=is_open, ring=ring)
        elif isinstance(item, RowItem):
            chosen = self.selectionModel().isSelected(self._rows.index(index.row(), 0, index.parent()))
            hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
            ground = "sel" if chosen or is_current else "hover" if hovered else ""
            self.painter_of_rows.paint_row(painter, rect, self._edges, item, ground=ground, ring=ring)

    def drawBranches(self, _painter: QPainter, _rect: QRect, _index: Index) -> None:
        """None."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width; the row at hand stays in sight where the table gets lower."""
        super().resizeEvent(event)
        self.fit()
        self._place_sticky()
        current = self.currentIndex()
        if current.isValid() and 0 <= self.visualRect(current).top() < event.oldSize().height():
            self.scrollTo(current)

    def updateGeometries(self) -> None:
        """The head above the rows lies over them, whatever their place."""
        super().updateGeometries()
        self._place_sticky()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Change the head on top with the rows."""
        super().scrollContentsBy(dx, dy)
        self._place_sticky()

    def dataChanged(self, top_left: Index, bottom_right: Index, roles: object = ()) -> None:
        """The head on top shows counts too."""
        super().dataChanged(top_left, bottom_right, roles)  # type: ignore[arg-type]
        self._sticky.update()

    def _place_sticky(self) -> None:
        if hasattr(self, "_sticky"):  # Qt lays the view out while it is made
            self._sticky.follow(self._rows, self._folded)

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Bring a row into sight, below the head on top."""
        super().scrollTo(index, hint)
        group = self._rows.item(index.parent())
        if isinstance(group, GroupItem):
            covered = self.painter_of_rows.head_height(group) - self.visualRect(index).top()
            if covered > 0:
                bar = self.verticalScrollBar()
                bar.setValue(bar.value() - covered)

    # Keys and pointer

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Statuses, evidence, note, detail, folding; the rest as in any list."""
        key, plain = event.key(), event.modifiers() in PLAIN
        group = self.current_group
        if plain and event.text() in KEYS and self.chosen:
            self.state_asked.emit(KEYS[event.text()])
        elif plain and key == Qt.Key.Key_E:
            self.proof_asked.emit()
        elif plain and key == Qt.Key.Key_G:
            self.note_asked.emit()
        elif plain and key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2}:
            if group is not None:
                self.fold(group.group.id)
            else:
                self.detail_asked.emit()
        elif group is not None and key == Qt.Key.Key_Space:
            self.fold(group.group.id)
        elif plain and key in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            self._fold_by_key(key, group)
        else:
            super().keyPressEvent(event)

    def _fold_by_key(self, key: int, group: GroupItem | None) -> None:
        if group is not None and (key == Qt.Key.Key_Left) != (group.group.id in self._folded):
            self.fold(group.group.id)
        elif group is None and key == Qt.Key.Key_Left and self.currentIndex().parent().isValid():
            self.setCurrentIndex(self.currentIndex().parent())

    def keyboardSearch(self, _search: str) -> None:
        """Letters are keys of the matrix; the search has a field of its own."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press on a head folds it."""
        super().mousePressEvent(event)
        group = self._rows.item(self.indexAt(event.position().toPoint()))
        if isinstance(group, GroupItem) and event.button() == Qt.MouseButton.LeftButton:
            self.fold(group.group.id)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Go into the detail."""
        index = self.indexAt(event.position().toPoint())
        if isinstance(self._rows.item(index), RowItem):
            self.detail_asked.emit()
        else:
            self.mousePressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """A current row for who comes by keyboard."""
        super().focusInEvent(event)
        self.go_to_first()

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Always the first cell: it speaks for the whole row."""
        super().currentChanged(current, previous)
        if current.isValid() and current.column():
            flags = QItemSelectionModel.SelectionFlag
            self.selectionModel().setCurrentIndex(
                self._rows.index(current.row(), 0, current.parent()), flags.NoUpdate
            )
            return
        self.viewport().update()
        if not self._quiet:
            self.row_changed.emit(self.current)

    def selectionChanged(self, selected: object, deselected: object) -> None:
        """Tell who shows the rows chosen."""
        super().selectionChanged(selected, deselected)  # type: ignore[arg-type]
        if not self._quiet:
            self.chosen_changed.emit()

    def viewportEvent(self, event: QEvent) -> bool:
        """A tool tip only where something is cut or marked."""
        if event.type() == QEvent.Type.ToolTip:
            help_event: QHelpEvent = event  # type: ignore[assignment]
            index = self.indexAt(help_event.pos())
            text = self._rows.data(index, Qt.ItemDataRole.ToolTipRole) if index.isValid() else None
            if text:
                QToolTip.showText(help_event.globalPos(), str(text), self.viewport())
            else:
                QToolTip.hideText()
            return True
        return super().viewportEvent(event)
