"""The rows of a table question as a Qt model: editing, pasting, moving, and what is wrong where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from levelkit.gui.fields.values import show_cell
from levelkit.questionnaire.types import clean_cell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from levelkit.gui.fields.table.mapping import Pasted
    from levelkit.questionnaire.cells import CellProblem
    from levelkit.questionnaire.schema import Column

Row = dict[str, str | int | None]
Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
PROBLEM_ROLE = int(Qt.ItemDataRole.UserRole) + 1
SEVERITY_ROLE = PROBLEM_ROLE + 1
NUMERIC = {"integer"}


class TableModel(QAbstractTableModel):
    """Rows of cells as stored.

    ``edited`` says that a person changed something, once for each act (a whole paste is one act).
    """

    edited = Signal()
    problems_changed = Signal()

    def __init__(
        self,
        columns: Sequence[Column],
        check: Callable[[Sequence[Mapping[str, Any]]], Iterable[CellProblem]],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.read_only = False
        self._check = check
        self._rows: list[Row] = []
        self._problems: dict[tuple[int, str], CellProblem] = {}
        self._busy_row = -1

    # What is shown

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Number of rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Number of columns."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Column labels across, row numbers down."""
        if orientation == Qt.Orientation.Vertical:
            return str(section + 1) if role == Qt.ItemDataRole.DisplayRole else None
        if not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return column.label
        if role == Qt.ItemDataRole.ToolTipRole:
            return column.help
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(column)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text as shown and as edited, its problem, and the words for a screen reader."""
        if not self.checkIndex(index, QAbstractTableModel.CheckIndexOption.IndexIsValid):
            return None
        column = self.columns[index.column()]
        value = self._rows[index.row()].get(column.id)
        problem = self.problem(index.row(), column.id)
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole}:
            return show_cell(column, value)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(column)
        if role == PROBLEM_ROLE:
            return problem.message if problem else None
        if role == SEVERITY_ROLE:
            return problem.severity if problem else None
        if role in {Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole}:
            return problem.message if problem else None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{column.label}: {show_cell(column, value) or 'trống'}"
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Every cell can be chosen; edited unless the workspace is read only."""
        flags = super().flags(index)
        if index.isValid() and not self.read_only:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    @staticmethod
    def _alignment(column: Column) -> Qt.AlignmentFlag:
        side = Qt.AlignmentFlag.AlignRight if column.type in NUMERIC else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter

    # What is stored

    @property
    def rows(self) -> list[Row]:
        """The rows that hold something, as stored."""
        return [dict(row) for row in self._rows if _filled(row)]

    @property
    def all_rows(self) -> list[Row]:
        """Every row as it stands, empty ones too."""
        return [dict(row) for row in self._rows]

    def replace(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Show stored rows; no ``edited`` follows."""
        wanted = [{column.id: row.get(column.id) for column in self.columns} for row in rows]
        if wanted == self.rows:
            self.recheck()
            return
        self.beginResetModel()
        self._rows = wanted
        self.endResetModel()
        self.recheck()

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Store what was typed; text that does not fit stays as typed and is a problem."""
        if role != Qt.ItemDataRole.EditRole or not self.checkIndex(
            index, QAbstractTableModel.CheckIndexOption.IndexIsValid
        ):
            return False
        column = self.columns[index.column()]
        cell = clean_cell(column, value)
        row = self._rows[index.row()]
        if row.get(column.id) == cell:
            return True
        row[column.id] = cell
        self.dataChanged.emit(index, index)
        self._acted()
        return True

    def clear(self, cells: Iterable[tuple[int, int]]) -> None:
        """Empty the cells at (row, column): one act."""
        changed = False
        for row, position in cells:
            column = self.columns[position].id
            if self._rows[row].get(column) is not None:
                self._rows[row][column] = None
                self.dataChanged.emit(self.index(row, position), self.index(row, position))
                changed = True
        if changed:
            self._acted()

    def insertRows(self, row: int, count: int, parent: Index = _ROOT) -> bool:
        """Insert empty rows; they are stored once they hold something."""
        if parent.isValid() or count < 1 or not 0 <= row <= len(self._rows):
            return False
        self.beginInsertRows(QModelIndex(), row, row + count - 1)
        self._rows[row:row] = [self._empty() for _ in range(count)]
        self.endInsertRows()
        self.recheck()
        return True

    def removeRows(self, row: int, count: int, parent: Index = _ROOT) -> bool:
        """Remove rows: one act."""
        if parent.isValid() or count < 1 or not 0 <= row <= len(self._rows) - count:
            return False
        self.beginRemoveRows(QModelIndex(), row, row + count - 1)
        del self._rows[row : row + count]
        self.endRemoveRows()
        self._acted()
        return True

    def move_row(self, row: int, by: int) -> int:
        """Move a row up (-1) or down (+1): one act. Returns where it stands now."""
        to = row + by
        if abs(by) != 1 or not (0 <= row < len(self._rows) and 0 <= to < len(self._rows)):
            return row
        self.beginMoveRows(QModelIndex(), row, row, QModelIndex(), to + 1 if by > 0 else to)
        self._rows.insert(to, self._rows.pop(row))
        self.endMoveRows()
        self._acted()
        return to

    def paste(self, pasted: Pasted, at: int) -> range:
        """Put pasted rows in from row ``at`` on: one act. Returns the rows filled.

        With a heading row they go in before ``at``; without one they fill the cells from ``at`` on.
        """
        if pasted.had_heading:
            kept_after = self._rows[at:]
            before = self._rows[:at]
        else:
            before, kept_after = self._rows, []
        after = [dict(row) for row in before]
        for number, row in enumerate(pasted.rows):
            if at + number >= len(after):
                after.append(self._empty())
            for column in self.columns:
                if column.id in row:
                    after[at + number][column.id] = clean_cell(column, row[column.id])
        self.beginResetModel()
        self._rows = after + kept_after
        self.endResetModel()
        self._acted()
        return range(at, at + len(pasted.rows))

    def _empty(self) -> Row:
        return {column.id: None for column in self.columns}

    def _acted(self) -> None:
        self.recheck()
        self.edited.emit()

    # What is wrong

    def recheck(self) -> None:
        """Find the problems anew, for instance after another table changed."""
        found = {(problem.row - 1, problem.column): problem for problem in self._check(self._rows)}
        kept = {place: problem for place, problem in found.items() if _filled(self._rows[place[0]])}
        if kept != self._problems:
            self._problems = kept
            self.problems_changed.emit()

    def set_busy_row(self, row: int) -> None:
        """The row in which a person is typing: what is still empty there is not yet wrong."""
        if row != self._busy_row:
            self._busy_row = row
            self.problems_changed.emit()

    def problem(self, row: int, column: str) -> CellProblem | None:
        """What is wrong with one cell."""
        problem = self._problems.get((row, column))
        if problem and row == self._busy_row and self._rows[row].get(column) is None:
            return None
        return problem

    def row_problems(self, row: int) -> list[CellProblem]:
        """What is wrong in a row, column by column."""
        found = (self.problem(row, column.id) for column in self.columns)
        return [problem for problem in found if problem]

    def bad_rows(self) -> list[int]:
        """Rows in which something is wrong."""
        return sorted({row for row, column in self._problems if self.problem(row, column)})


def _filled(row: Mapping[str, Any]) -> bool:
    return any(cell is not None and cell != "" for cell in row.values())
