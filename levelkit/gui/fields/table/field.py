"""The field of a table: buttons, what the last paste did, the grid, and the empty state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from levelkit.gui import kit
from levelkit.gui.fields.base import Field
from levelkit.gui.fields.flow import FlowLayout
from levelkit.gui.fields.table.mapping import read_paste
from levelkit.gui.fields.table.model import TableModel
from levelkit.gui.fields.table.paste_bar import PasteBar
from levelkit.gui.fields.table.tsv import read_tsv
from levelkit.gui.fields.table.view import GridView
from levelkit.gui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtCore import QModelIndex
    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from levelkit.gui.fields.context import FieldContext
    from levelkit.gui.fields.table.mapping import Pasted
    from levelkit.gui.fields.table.model import Row
    from levelkit.questionnaire import CellProblem, Column, Question

GRID, EMPTY = 0, 1
FREE_HEIGHT, MIN_HEIGHT, MAX_HEIGHT, HINT_FROM = 130, 220, 560, 940


class TableField(Field):
    """Rows typed or pasted; a whole paste is one answer, so one undo takes it back."""

    wide = True
    tall = True

    def __init__(self, question: Question, context: FieldContext, parent: QWidget | None = None) -> None:
        super().__init__(question, context, parent)
        self.free_height = False  # the page gives it all the height that is left
        self._before: list[Row] = []
        self._pasted_rows: list[Row] | None = None
        self.model = TableModel(question.columns, self._check, self)
        self.grid = GridView(self.model, self.choices, self)
        self.bar = PasteBar(self)
        self._paste = kit.button("Dán từ bảng tính", self.paste_clipboard, mark="clipboard-paste")
        self._add = kit.button("Thêm dòng", self.add_row, mark="plus")
        self._remove = kit.button("Bỏ dòng", self.remove_rows, kind="quiet", mark="trash-2")
        self._up = kit.button("", self._on_up, kind="icon", mark="arrow-up", says="Đưa dòng lên")
        self._down = kit.button("", self._on_down, kind="icon", mark="arrow-down", says="Đưa dòng xuống")
        self._copy = kit.button("Chép bảng", self.copy_all, kind="quiet", mark="copy")
        self._hint = kit.label("Nhập như trên bảng tính: Enter xuống dòng, Tab sang ô", "hint", wrap=False)
        self._stack = QStackedWidget(self)
        self._empty_paste = kit.button("Dán từ bảng tính", self.paste_clipboard, mark="clipboard-paste")
        self._empty_add = kit.button("Thêm dòng", self.add_row, mark="plus")

        self._build()
        self._connect()
        self._update()

    def _build(self) -> None:
        self._up.setToolTip("Đưa dòng lên (Alt+↑)")
        self._down.setToolTip("Đưa dòng xuống (Alt+↓)")
        self._remove.setToolTip("Bỏ các dòng đang chọn (Ctrl+Del)")
        self._stack.addWidget(self.grid)
        self._stack.addWidget(self._empty())
        self._stack.setMinimumHeight(FREE_HEIGHT)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        self._hint.setMinimumHeight(theme().px(34))
        tools = FlowLayout(gap=8, line_gap=6)
        for part in (self._paste, self._add, self._remove, self._up, self._down, self._copy, self._hint):
            tools.addWidget(part)
        layout.addLayout(tools)
        layout.addWidget(self.bar)
        layout.addWidget(self._stack, 1)

    def _empty(self) -> QWidget:
        card = QFrame(self)
        card.setProperty("surface", "card")
        title = kit.label(f"{self.question.name}: chưa có dòng nào", "name")
        how = kit.label("Dán từ bảng tính, hoặc thêm từng dòng.", "secondary")
        for words in (title, how):
            words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        picture = kit.picture("table-2", "text3", 26)
        buttons = kit.row(None, self._empty_paste, self._empty_add, None, spacing=8)
        layout = kit.column(None, picture, title, how, buttons, None, margins=(16, 24, 16, 24), spacing=8)
        layout.setAlignment(picture, Qt.AlignmentFlag.AlignHCenter)
        card.setLayout(layout)
        return card

    def _connect(self) -> None:
        self.model.edited.connect(self._on_edited)
        self.model.problems_changed.connect(self._update)
        self.grid.paste_asked.connect(self.paste_text)
        self.grid.row_asked.connect(self._append_row)
        self.grid.remove_asked.connect(self.remove_rows)
        self.grid.move_asked.connect(self.move_row)
        self.grid.focus_taken.connect(self.focused)
        self.grid.fitted.connect(self._fit_height)
        self.bar.next.clicked.connect(self.next_problem)
        self.bar.revert.clicked.connect(self.revert_paste)
        self.watch(*self._buttons())

    def _buttons(self) -> list[QWidget]:
        return [self._paste, self._add, self._remove, self._up, self._down, self._copy,
                self._empty_paste, self._empty_add]  # fmt: skip

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The hint stands where there is room for it."""
        super().resizeEvent(event)
        self._update()

    # Field

    def entry(self) -> QWidget:
        """The grid, or the way to fill it."""
        return self.grid if self.model.rowCount() else self._empty_paste

    def entries(self) -> list[QWidget]:
        """Grid and buttons."""
        return [self.grid, *self._buttons()]

    def set_invalid(self, *, invalid: bool) -> None:
        """Cells are marked one by one, the grid as a whole is not."""

    def set_read_only(self, *, read_only: bool) -> None:
        """Rows can still be read and copied."""
        self.model.read_only = read_only
        for part in (
            self._paste,
            self._add,
            self._remove,
            self._up,
            self._down,
            self._empty_paste,
            self._empty_add,
        ):
            part.setEnabled(not read_only)

    def show_value(self, value: Any) -> None:
        """Show the stored rows."""
        rows: Sequence[Mapping[str, Any]] = value or []
        self.model.replace(rows)
        if self._pasted_rows is not None and self.model.rows != self._pasted_rows:
            self._pasted_rows = None
            self.bar.hide()
        self._update()

    def refresh(self) -> None:
        """Judge the cells anew: another table may have changed."""
        self.model.recheck()

    def flush(self) -> None:
        """Take the cell being edited."""
        editor = QGuiApplication.focusObject()
        if isinstance(editor, QWidget) and editor.property("in_cell") and self.isAncestorOf(editor):
            self.grid.commitData(editor)

    def choices(self, column: Column) -> Sequence[str] | None:
        """The names that a column may hold, None where it takes any text."""
        if column.options:
            return [option.label for option in column.options]
        source = column.options_from
        if source is None:
            return None
        rows = self.context.interview.answers.get(source.question) or []
        return [str(row[source.column]) for row in rows if row.get(source.column)]

    def _check(self, rows: Sequence[Mapping[str, Any]]) -> Sequence[CellProblem]:
        return tuple(self.context.problems(self.question, rows))

    def _on_edited(self) -> None:
        self.committed.emit(self.model.rows or None)
        self._update()

    def _update(self) -> None:
        rows = self.model.rowCount()
        self._stack.setCurrentIndex(GRID if rows else EMPTY)
        for part in (self._paste, self._add, self._remove, self._up, self._down, self._copy):
            part.setVisible(rows > 0)
        self._hint.setVisible(rows > 0 and self.width() >= theme().px(HINT_FROM))
        if self.bar.isVisible():
            self.bar.next.setVisible(bool(self.model.bad_rows()))

    def _fit_height(self) -> None:
        height = min(max(self.grid.wanted_height(), MIN_HEIGHT), MAX_HEIGHT)
        self._stack.setMinimumHeight(FREE_HEIGHT if self.free_height else height)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+V works from the buttons too, where there is no grid yet."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste_clipboard()
        else:
            super().keyPressEvent(event)

    # Rows

    def add_row(self) -> None:
        """Add a row after the current one and begin to type."""
        current = self.grid.currentIndex()
        row = current.row() + 1 if current.isValid() else self.model.rowCount()
        self.model.insertRow(row)
        self._update()
        self._go_to(row, 0)
        self.grid.edit(self.model.index(row, 0))

    def _append_row(self) -> None:
        self.model.insertRow(self.model.rowCount())

    def remove_rows(self) -> None:
        """Remove the rows of the chosen cells."""
        rows = sorted({index.row() for index in self.grid.selectedIndexes()})
        if rows and not self.model.read_only:
            self.model.removeRows(rows[0], rows[-1] - rows[0] + 1)
            self._go_to(min(rows[0], self.model.rowCount() - 1), 0)

    def move_row(self, by: int) -> None:
        """Move the current row up or down."""
        index = self.grid.currentIndex()
        if index.isValid() and not self.model.read_only:
            self._go_to(self.model.move_row(index.row(), by), index.column())

    def _on_up(self) -> None:
        self.move_row(-1)

    def _on_down(self) -> None:
        self.move_row(1)

    def _go_to(self, row: int, column: int) -> None:
        target: QModelIndex = self.model.index(row, column)
        if target.isValid():
            self.grid.setCurrentIndex(target)
            self.grid.scrollTo(target)
            self.grid.setFocus()

    # Clipboard

    def copy_all(self) -> None:
        """Copy the whole table, headings first."""
        self.grid.copy_all()

    def paste_clipboard(self) -> None:
        """Paste what a spreadsheet put on the clipboard."""
        self.paste_text(QGuiApplication.clipboard().text())

    def paste_text(self, text: str) -> None:
        """Paste rows: by their headings, else from the current cell on. One act."""
        if self.model.read_only:
            return
        index = self.grid.currentIndex()
        first = index.column() if index.isValid() else 0
        pasted = read_paste(read_tsv(text), self.question.columns, first)
        if not pasted.rows or not pasted.columns:
            self.bar.tell_nothing()
            return
        at = self._paste_at(pasted, index.row() if index.isValid() else None)
        self._before = self.model.rows
        filled = self.model.paste(pasted, at)
        self._pasted_rows = self.model.rows
        self.grid.fit_rows()
        bad = [row for row in self.model.bad_rows() if row in filled]
        self.bar.revert.show()
        self.bar.tell(pasted, len(bad))
        self._update()
        self._go_to(filled.start, 0)
        if bad:
            self._go_to(*self._problem_places()[0])

    def _paste_at(self, pasted: Pasted, current: int | None) -> int:
        rows = self.model.all_rows
        empty = [
            number for number, row in enumerate(rows) if not any(cell is not None for cell in row.values())
        ]
        if not pasted.had_heading:
            return current if current is not None else 0
        if current is not None and current in empty:
            return current
        return len(rows) - (1 if rows and len(rows) - 1 in empty else 0)

    def revert_paste(self) -> None:
        """Take the last paste back: the rows as they were before it."""
        self.bar.hide()
        self._pasted_rows = None
        self.committed.emit(self._before or None)

    def _problem_places(self) -> list[tuple[int, int]]:
        return [
            (row, column)
            for row in self.model.bad_rows()
            for column, each in enumerate(self.model.columns)
            if self.model.problem(row, each.id)
        ]

    def next_problem(self) -> None:
        """Go to the next wrong cell after the current one, round and round."""
        index = self.grid.currentIndex()
        here = (index.row(), index.column()) if index.isValid() else (-1, -1)
        places = self._problem_places()
        if places:
            after = [place for place in places if place > here]
            self._go_to(*(after or places)[0])
