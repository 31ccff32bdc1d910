"""The matrix as a Qt model: groups, and under them their rows; roles carry the items themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from levelkit.gui.plan.board import Board, GroupItem, RowItem, Wanted

if TYPE_CHECKING:
    from collections.abc import Iterable

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
ITEM_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 1
PLACE, NAME, STATE, PROOF, UNIT, DUE = range(6)
HEADS: Final = ("Điều khoản", "Yêu cầu", "Tình trạng", "Minh chứng", "Phụ trách", "Hạn")
_SELECTABLE = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren


class MatrixModel(QAbstractItemModel):
    """What is shown of a board; ``show`` takes another filter."""

    def __init__(self, board: Board, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.board = board
        self.wanted = Wanted()
        self._groups: list[tuple[GroupItem, list[RowItem]]] = []
        self._places: dict[str, tuple[int, int]] = {}

    def show(self, wanted: Wanted) -> None:
        """Show what is wanted; the view keeps what it can of selection and folded groups."""
        self.wanted = wanted
        self.beginResetModel()
        self._groups = self.board.found(wanted)
        for group, items in self._groups:
            group.shown = len(items)
        self._places = {
            item.id: (number, row)
            for number, (_, items) in enumerate(self._groups)
            for row, item in enumerate(items)
        }
        self.endResetModel()

    def touch(self, ids: Iterable[str]) -> None:
        """Draw rows again whose answers changed, and the heads above them."""
        last = len(HEADS) - 1
        heads = set()
        for row_id in ids:
            place = self._places.get(row_id)
            if place is not None:
                parent = self.index(place[0], 0)
                self.dataChanged.emit(self.index(place[1], 0, parent), self.index(place[1], last, parent))
                heads.add(place[0])
        for number in heads:
            self.dataChanged.emit(self.index(number, 0), self.index(number, last))

    def ids(self) -> list[str]:
        """The rows shown, in order."""
        return list(self._places)

    def place(self, row_id: str) -> QModelIndex:
        """Where a row stands; no valid index where it is not shown."""
        found = self._places.get(row_id)
        return self.index(found[1], 0, self.index(found[0], 0)) if found else QModelIndex()

    def item(self, index: Index) -> RowItem | GroupItem | None:
        """The row or group at an index."""
        if not index.isValid():
            return None
        number = index.internalId()
        if number:
            return self._groups[number - 1][1][index.row()]
        return self._groups[index.row()][0]

    # Qt

    def index(self, row: int, column: int, parent: Index = _ROOT) -> QModelIndex:
        """A group where the parent is the root, else a row."""
        if not parent.isValid():
            inside = 0 <= row < len(self._groups)
            return self.createIndex(row, column, 0) if inside else QModelIndex()
        if parent.internalId() or not 0 <= row < len(self._groups[parent.row()][1]):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1)

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]
        """The group of a row."""
        number = index.internalId() if index.isValid() else 0
        return self.createIndex(number - 1, 0, 0) if number else QModelIndex()

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Groups, or the rows of one."""
        if not parent.isValid():
            return len(self._groups)
        return 0 if parent.internalId() or parent.column() > 0 else len(self._groups[parent.row()][1])

    def columnCount(self, _parent: Index = _ROOT) -> int:
        """Six."""
        return len(HEADS)

    def hasChildren(self, parent: Index = _ROOT) -> bool:
        """Groups have."""
        return not parent.isValid() or not (parent.internalId() or parent.column())

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Groups can be reached, not chosen."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return _SELECTABLE if index.internalId() else Qt.ItemFlag.ItemIsEnabled

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The names of the columns."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return HEADS[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Items for the delegate, words for a screen reader and tool tips."""
        item = self.item(index)
        if role == ITEM_ROLE:
            return item
        if isinstance(item, RowItem):
            return self._row_data(item, index.column(), role)
        if isinstance(item, GroupItem):
            return self._group_data(item, index.column(), role)
        return None

    def _row_data(self, item: RowItem, column: int, role: int) -> str | None:
        if role == Qt.ItemDataRole.AccessibleTextRole and column == PLACE:
            return item.says
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            row = item.row
            return (
                row.place_vi,
                row.name_vi,
                item.state_vi,
                item.proofs_vi,
                item.answer.unit,
                item.due_vi,
            )[column]
        if role == Qt.ItemDataRole.AccessibleDescriptionRole and column == PLACE:
            return " ".join((item.row.summary_vi, *self.board.gaps(item.id)))
        if role == Qt.ItemDataRole.ToolTipRole:
            if column == NAME:
                return item.row.summary_vi
            if column == PLACE:
                return item.row.cite_vi
            if column == STATE:
                return "\n".join(self.board.gaps(item.id)) or None
            return item.answer.unit if column == UNIT else None
        return None

    @staticmethod
    def _group_data(item: GroupItem, column: int, role: int) -> str | None:
        if column:
            return None
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return f"{item.title}. {item.counts_vi()}"
        if role in {Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole}:
            return item.group.why_vi or item.group.meaning_vi
        return None
