"""The grid: keys of a spreadsheet, message rows, copy and paste."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QGuiApplication, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyleOptionViewItem, QTableView, QWidget

from levelkit.gui.fields.table.delegate import BAND, ROW, CellDelegate
from levelkit.gui.fields.table.model import TableModel
from levelkit.gui.fields.table.tsv import write_tsv
from levelkit.gui.icons import pixmap
from levelkit.gui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QModelIndex, QPersistentModelIndex
    from PySide6.QtGui import QFocusEvent, QPaintEvent, QResizeEvent

    from levelkit.questionnaire import Column

    Index = QModelIndex | QPersistentModelIndex

WIDTHS = {"integer": 84, "date": 116, "vlan": 96, "ip_private": 150, "ip_public": 150, "choice": 150}
NAME_WIDTH, TEXT_WIDTH, LONG_WIDTH, NUMBER_WIDTH = 180, 140, 240, 36
ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class RowNumbers(QHeaderView):
    """Row numbers at the left, without the height of the message row."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setObjectName("row_numbers")
        self.setAccessibleName("Số dòng")

    def paintSection(self, painter: QPainter, rect: QRect, index: int) -> None:
        """Draw the number; the message below belongs to the grid."""
        model = self.model()
        color = theme().color
        band = CellDelegate.band_of(model.index(index, 0))
        cell = rect.adjusted(0, 0, 0, -band)
        painter.save()
        painter.fillRect(cell, color("surface"))
        painter.setPen(color("border"))
        painter.drawLine(cell.bottomLeft(), cell.bottomRight())
        painter.setPen(color("text2"))
        painter.setFont(theme().font(14))
        painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, str(index + 1))
        top = cell.bottom() + 1
        for problem in model.row_problems(index) if isinstance(model, TableModel) else ():
            tone = "err" if problem.severity == "error" else "warn"
            strip = QRect(rect.left(), top, rect.width(), theme().px(BAND))
            painter.fillRect(strip, color(f"{tone}_soft"))
            painter.setPen(color("border"))
            painter.drawLine(strip.bottomLeft(), strip.bottomRight())
            name = "octagon-alert" if tone == "err" else "triangle-alert"
            picture = pixmap(name, tone, 16, self.devicePixelRatioF())
            side = theme().px(16)
            painter.drawPixmap(strip.center().x() - side // 2, strip.center().y() - side // 2, picture)
            top += theme().px(BAND)
        painter.restore()


class GridView(QTableView):
    """A table question's rows.

    ``paste_asked`` carries clipboard text; ``row_added`` asks for a row after the last one.
    """

    paste_asked = Signal(str)
    row_asked = Signal()
    remove_asked = Signal()
    move_asked = Signal(int)
    focus_taken = Signal()
    fitted = Signal()

    def __init__(
        self,
        model: TableModel,
        choices: Callable[[Column], Sequence[str] | None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._grid = model
        self._delegate = CellDelegate(choices, self)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(0)

        self.setVerticalHeader(RowNumbers(self))
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.setCornerButtonEnabled(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        self.horizontalHeader().setMinimumSectionSize(60)
        self.verticalHeader().setFixedWidth(theme().px(NUMBER_WIDTH))
        self.verticalHeader().setMinimumSectionSize(theme().px(ROW))
        self.verticalHeader().setDefaultSectionSize(theme().px(ROW))

        self._delegate.moved_on.connect(self._on_moved_on)
        self._settle.timeout.connect(self.fit_rows)
        model.modelReset.connect(self.fit_columns)
        model.modelReset.connect(self._settle.start)
        model.dataChanged.connect(self._settle.start)
        model.rowsInserted.connect(self._settle.start)
        model.rowsRemoved.connect(self._settle.start)
        model.rowsMoved.connect(self._settle.start)
        model.problems_changed.connect(self._settle.start)
        self.horizontalHeader().sectionResized.connect(self._settle.start)

    # Sizes

    def fit_columns(self) -> None:
        """Give each column its width by kind; texts share what is left by how much they hold."""
        columns = self._grid.columns
        wanted = [self._wanted(number, column) for number, column in enumerate(columns)]
        spare = max(self.viewport().width() - sum(wanted), 0)
        weights = [self._weight(column) for column in columns]
        for number, width in enumerate(wanted):
            self.setColumnWidth(number, width + spare * weights[number] // max(sum(weights), 1))

    def _weight(self, column: Column) -> int:
        if column.type not in {"text", "long_text", "choice"}:
            return 0
        rows = self._grid.all_rows
        lengths = [len(str(row.get(column.id) or "")) for row in rows] or [0]
        return max(min(sum(lengths) // len(lengths), 60), 12)

    def wanted_height(self) -> int:
        """Height that shows every row."""
        rows = sum(self.rowHeight(row) for row in range(self._grid.rowCount()))
        return rows + self.horizontalHeader().sizeHint().height() + 4

    @staticmethod
    def _wanted(number: int, column: Column) -> int:
        kind = LONG_WIDTH if column.type == "long_text" else WIDTHS.get(column.type, TEXT_WIDTH)
        wanted = theme().px(NAME_WIDTH if number == 0 else kind)
        return max(wanted, QFontMetrics(theme().font(13, 600)).horizontalAdvance(column.label) + 22)

    def fit_rows(self) -> None:
        """Give each row the height of its text and its messages."""
        self.resizeRowsToContents()
        self.fitted.emit()
        self.viewport().update()
        self.verticalHeader().viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new width."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.fit_columns()
            self._settle.start()

    def sizeHintForRow(self, row: int) -> int:
        """The highest cell of the row."""
        option = self._option()
        heights = (
            self._delegate.sizeHint(option, self._grid.index(row, column)).height()
            for column in range(self._grid.columnCount())
        )
        return max(heights, default=theme().px(ROW))

    def _option(self) -> QStyleOptionViewItem:
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        return option

    # Drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        """Cells, then the messages across all columns."""
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        for row in self._grid.bad_rows():
            top = self.rowViewportPosition(row)
            height = self.rowHeight(row)
            if top + height >= 0 and top <= self.viewport().height():
                self._paint_messages(painter, row, top + height)
        painter.end()

    def _paint_messages(self, painter: QPainter, row: int, bottom: int) -> None:
        px, color = theme().px, theme().color
        problems = self._grid.row_problems(row)
        top = bottom - px(BAND) * len(problems)
        for problem in problems:
            tone = "err" if problem.severity == "error" else "warn"
            strip = QRect(0, top, self.viewport().width(), px(BAND))
            painter.fillRect(strip, color(f"{tone}_soft"))
            painter.setPen(color("border"))
            painter.drawLine(strip.bottomLeft(), strip.bottomRight())
            painter.setFont(theme().font(14, 500))
            painter.setPen(color(tone))
            words = strip.adjusted(px(8), 0, -px(8), 0)
            painter.drawText(
                words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, problem.message
            )
            top += px(BAND)

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter, Tab, Del, copy, paste, move and remove rows as in a spreadsheet."""
        key, control = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste_asked.emit(QGuiApplication.clipboard().text())
        elif key in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace} and not control:
            self._clear()
        elif key in {Qt.Key.Key_Delete, Qt.Key.Key_Minus} and control:
            self.remove_asked.emit()
        elif key in {Qt.Key.Key_Up, Qt.Key.Key_Down} and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.move_asked.emit(-1 if key == Qt.Key.Key_Up else 1)
        elif key in ENTER | {Qt.Key.Key_Tab, Qt.Key.Key_Backtab}:
            if not self._step(key):
                super().keyPressEvent(event)
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, next_: bool) -> bool:  # noqa: FBT001 - Qt's signature
        """Tab goes to the next cell; past the last cell it leaves the grid."""
        if self._step(Qt.Key.Key_Tab if next_ else Qt.Key.Key_Backtab):
            return True
        return super().focusNextPrevChild(next_)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """A current cell for who comes by keyboard."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self._grid.rowCount():
            self.setCurrentIndex(self._grid.index(0, 0))
        self.focus_taken.emit()

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Only rows that were left are judged for what is still empty."""
        super().currentChanged(current, previous)
        self._grid.set_busy_row(current.row())

    def _on_moved_on(self, key: int) -> None:
        self.setFocus()
        self._step(key)

    def _step(self, key: int) -> bool:
        index = self.currentIndex()
        if not index.isValid():
            return False
        row, column = index.row(), index.column()
        if key in ENTER:
            if row + 1 >= self._grid.rowCount() and not self._grid.read_only:
                self.row_asked.emit()
            row += 1
        else:
            place = row * self._grid.columnCount() + column + (1 if key == Qt.Key.Key_Tab else -1)
            row, column = divmod(place, self._grid.columnCount())
        target = self._grid.index(row, column)
        if not target.isValid():
            return False
        self.selectionModel().setCurrentIndex(target, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(target)
        return True

    def _clear(self) -> None:
        if not self._grid.read_only:
            self._grid.clear((index.row(), index.column()) for index in self.selectedIndexes())

    def copy(self) -> None:
        """Put the chosen cells on the clipboard as spreadsheets read them."""
        chosen = self.selectedIndexes()
        if not chosen:
            return
        rows = sorted({index.row() for index in chosen})
        columns = sorted({index.column() for index in chosen})
        cells = [[self._plain(row, column) for column in columns] for row in rows]
        QGuiApplication.clipboard().setText(write_tsv(cells))

    def copy_all(self) -> None:
        """Put the whole table on the clipboard, headings first."""
        heads = [column.label for column in self._grid.columns]
        rows = [[row.get(column.id) for column in self._grid.columns] for row in self._grid.rows]
        QGuiApplication.clipboard().setText(write_tsv([heads, *rows]))

    def _plain(self, row: int, column: int) -> object:
        return self._grid.all_rows[row].get(self._grid.columns[column].id)
