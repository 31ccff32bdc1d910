"""The rows of the register as a list: number, threat, band before and after treatment; a cell as filter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from levelkit.domain.risk import Register
from levelkit.gui.risk.bands import words

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from levelkit.domain.risk import RiskMethod, RiskRow

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
ROW_ROLE = int(Qt.ItemDataRole.UserRole) + 1
WRONG_ROLE = ROW_ROLE + 1
NAMELESS = "Nguy cơ chưa có tên"


class RegisterModel(QAbstractListModel):
    """Rows of the register; ``numbers`` of those shown count from 1, as printed."""

    def __init__(self, method: RiskMethod, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.method = method
        self.register = Register()
        self._shown: tuple[int, ...] = ()
        self._filter: frozenset[int] | None = None
        self._wrong: frozenset[int] = frozenset()

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Number of rows shown."""
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The threat; the row itself; everything in words for a screen reader."""
        if not self.checkIndex(index, QAbstractListModel.CheckIndexOption.IndexIsValid):
            return None
        row = self.row_at(index.row())
        if role == Qt.ItemDataRole.DisplayRole:
            return row.threat or NAMELESS
        if role == ROW_ROLE:
            return row
        if role == WRONG_ROLE:
            return row.number in self._wrong
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._said(row)
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.threat
        return None

    def _said(self, row: RiskRow) -> str:
        before, after = words(self.method, row.score), words(self.method, row.residual_score)
        wrong = " Có ô cần sửa." if row.number in self._wrong else ""
        return (
            f"Nguy cơ {row.number}: {row.threat or NAMELESS}. "
            f"Trước xử lý: {before.lower()}. Sau xử lý: {after.lower()}.{wrong}"
        )

    def row_at(self, place: int) -> RiskRow:
        """Return the row shown at a place."""
        return self.register.rows[self._shown[place] - 1]

    def place_of(self, number: int) -> int:
        """Return where a row is shown, -1 where it is not."""
        return self._shown.index(number) if number in self._shown else -1

    def show_rows(self, rows: Sequence[Mapping[str, Any]], wrong: Collection[int]) -> None:
        """Show rows; ``wrong``: numbers of those with a cell to mend."""
        register, wrong_rows = Register.read(rows), frozenset(wrong)
        if register == self.register and wrong_rows == self._wrong:
            return
        same_length = len(register.rows) == len(self.register.rows)
        if same_length and self._filter is None:
            self.register, self._wrong = register, wrong_rows
            if self._shown:
                self.dataChanged.emit(self.index(0), self.index(len(self._shown) - 1))
            return
        self.beginResetModel()
        self.register, self._wrong = register, wrong_rows
        self._shown = self._picked()
        self.endResetModel()

    def set_filter(self, numbers: Collection[int] | None) -> None:
        """Show only some rows; None for all."""
        self.beginResetModel()
        self._filter = None if numbers is None else frozenset(numbers)
        self._shown = self._picked()
        self.endResetModel()

    @property
    def filtered(self) -> bool:
        """Whether only some rows are shown."""
        return self._filter is not None

    def _picked(self) -> tuple[int, ...]:
        numbers = (row.number for row in self.register.rows)
        return tuple(number for number in numbers if self._filter is None or number in self._filter)
