"""The field of the register: list and matrix at the left, details at the right, conclusion below."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QButtonGroup, QFrame, QListView, QStackedWidget, QWidget

from levelkit.errors import UserError
from levelkit.gui import kit
from levelkit.gui.fields.base import Field
from levelkit.gui.fields.flow import FlowLayout
from levelkit.gui.fields.table import TableField
from levelkit.gui.risk.catalogue_dialog import CatalogueDialog
from levelkit.gui.risk.conclusion import ConclusionPanel
from levelkit.gui.risk.delegate import RowDelegate
from levelkit.gui.risk.detail import RowDetail
from levelkit.gui.risk.matrix import MatrixView
from levelkit.gui.risk.model import RegisterModel
from levelkit.gui.theme import theme
from levelkit.questionnaire.types import clean_cell
from levelkit.services.risk import RiskBook

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QModelIndex

    from levelkit.domain.risk import CatalogueEntry, Point
    from levelkit.gui.fields.context import FieldContext
    from levelkit.questionnaire import CellProblem, Question

Row = dict[str, str | int | None]
EDITOR, GRID, EMPTY = 0, 1, 2
HEIGHT, EMPTY_HEIGHT, LEFT = 580, 190, 300


class RegisterField(Field):
    """Rows of the register; every committed cell, insertion or removal is one answer and one step back."""

    wide = True

    def __init__(self, question: Question, context: FieldContext, parent: QWidget | None = None) -> None:
        super().__init__(question, context, parent)
        self.book = RiskBook(context.session)
        method = self.book.method
        self._rows: list[Row] = []
        self._number = 0  # the row whose details are shown, from 1; 0 for none
        self._read_only = False
        self.model = RegisterModel(method, self)
        self.list = QListView(self)
        self.matrix = MatrixView(method, self)
        self.detail = RowDetail(question, method, context, self)
        self.conclusion = ConclusionPanel(self)
        self.grid = TableField(question, context, self)
        self.dialog: CatalogueDialog | None = None
        self._stack = QStackedWidget(self)
        self._sides = QWidget(self)
        self._tools = QWidget(self)
        self._order = QWidget(self._tools)
        self._when = QButtonGroup(self)
        self._filter_words = kit.label("", "secondary", wrap=False, name="risk_filter")
        self._filter_bar = QWidget(self)
        self._make_buttons()

        self._build()
        self._connect()
        self._update()

    def _make_buttons(self) -> None:
        button = kit.button
        self._add = button("Thêm nguy cơ", self.add_row, mark="plus")
        self._pick = button("Thêm từ danh mục gợi ý…", self.open_catalogue, mark="list")
        self._twin = button("Nhân bản", self.duplicate_row, kind="quiet", mark="copy")
        self._remove = button("Bỏ nguy cơ", self.remove_row, kind="quiet", mark="trash-2")
        self._up = button("", lambda: self.move_row(-1), kind="icon", mark="arrow-up", says="Đưa nguy cơ lên")
        self._down = button(
            "", lambda: self.move_row(1), kind="icon", mark="arrow-down", says="Đưa nguy cơ xuống"
        )
        self._as_grid = button("Xem dạng bảng", self.toggle_grid, kind="quiet", mark="table-2")
        self._all = button("Bỏ lọc", self.show_all, kind="quiet", mark="x")
        self._empty_add = button("Thêm nguy cơ", self.add_row, mark="plus")
        self._empty_pick = button("Thêm từ danh mục gợi ý…", self.open_catalogue, mark="list")
        self._empty_grid = button("Dán từ bảng tính", self.toggle_grid, kind="quiet", mark="clipboard-paste")
        self._moments = [button("Trước xử lý"), button("Sau xử lý")]

    def _build(self) -> None:
        for part, tip in (
            (self._twin, "Chép nguy cơ đang chọn thành mục mới (Ctrl+D)"),
            (self._remove, "Bỏ nguy cơ đang chọn (Ctrl+Del)"),
            (self._up, "Đưa nguy cơ lên (Alt+↑)"),
            (self._down, "Đưa nguy cơ xuống (Alt+↓)"),
        ):
            part.setToolTip(tip)
        tools = FlowLayout(self._tools, gap=8, line_gap=6)
        # The two arrows stay together where the line breaks.
        self._order.setLayout(kit.row(self._up, self._down, spacing=4))
        for tool in (self._add, self._pick, self._twin, self._remove, self._order, self._as_grid):
            tools.addWidget(tool)
        self._filter_bar.setLayout(kit.row(self._filter_words, self._all, None, spacing=8))
        self.list.setModel(self.model)
        self.list.setItemDelegate(RowDelegate(self.book.method, self.list))
        self.list.setAccessibleName("Danh sách nguy cơ")
        self.list.setProperty("said", "Enter để sửa nguy cơ đang chọn.")
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMouseTracking(True)
        self.list.setProperty("surface", "card")
        self._stack.addWidget(self._sides)
        self._stack.addWidget(self.grid)
        self._stack.addWidget(self._empty())
        self._lay_out()
        self.setLayout(kit.column(self._tools, self._filter_bar, self._stack, self.conclusion, spacing=10))

    def _lay_out(self) -> None:
        moments = kit.row(*self._segment(), None)
        left = kit.column(self.list, moments, self.matrix, spacing=8)
        left.setStretch(0, 1)
        left.setAlignment(self.matrix, Qt.AlignmentFlag.AlignLeft)
        side = QWidget(self._sides)
        side.setLayout(left)
        side.setFixedWidth(theme().px(LEFT))
        row = kit.row(side, self.detail, spacing=12)
        row.setStretch(1, 1)
        self._sides.setLayout(row)
        self._stack.setFixedHeight(theme().px(HEIGHT))

    def _segment(self) -> list[QWidget]:
        for number, part in enumerate(self._moments):
            part.setCheckable(True)
            part.setProperty("kind", "segment")
            part.setProperty("edge", ("first", "last")[number])
            self._when.addButton(part, number)
        self._moments[0].setChecked(True)
        return list(self._moments)

    def _empty(self) -> QWidget:
        card = QFrame(self)
        card.setProperty("surface", "card")
        title = kit.label("Sổ rủi ro chưa có nguy cơ nào", "name")
        how = kit.label("Thêm từng nguy cơ, hoặc chọn từ danh mục gợi ý theo loại hệ thống.", "secondary")
        for words in (title, how):
            words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        picture = kit.picture("shield-check", "text3", 26)
        buttons = FlowLayout(gap=8, line_gap=6)
        for part in (self._empty_pick, self._empty_add, self._empty_grid):
            buttons.addWidget(part)
        middle = kit.row(None, spacing=0)
        middle.addLayout(buttons)
        middle.addStretch(1)
        layout = kit.column(picture, title, how, middle, margins=(16, 24, 16, 24), spacing=8)
        layout.setAlignment(picture, Qt.AlignmentFlag.AlignHCenter)
        card.setLayout(layout)
        return card

    def _connect(self) -> None:
        self.list.selectionModel().currentChanged.connect(self._on_current)
        self.list.activated.connect(lambda _index: self.detail.begin())
        self.list.installEventFilter(self)
        self.matrix.picked.connect(self._on_picked)
        self.matrix.focus_taken.connect(self.focused)
        self._when.idClicked.connect(lambda _number: self._on_moment())
        self.detail.committed.connect(self._on_cell)
        self.detail.edited.connect(self.edited)
        self.detail.focused.connect(self.focused)
        self.grid.committed.connect(self.committed)
        self.grid.edited.connect(self.edited)
        self.grid.focused.connect(self.focused)
        self.conclusion.used.connect(self._on_use)
        self.conclusion.rows_asked.connect(self._on_rows_asked)
        for keys, slot in (
            ("Ctrl+D", self.duplicate_row),
            ("Ctrl+Del", self.remove_row),
            ("Alt+Up", lambda: self.move_row(-1)),
            ("Alt+Down", lambda: self.move_row(1)),
        ):
            shortcut = QShortcut(QKeySequence(keys), self._sides)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)
        self.watch(*self._tool_buttons(), self._empty_add, self._empty_pick, self._empty_grid, self._all)

    def _tool_buttons(self) -> list[QWidget]:
        return [self._add, self._pick, self._twin, self._remove, self._up, self._down, self._as_grid]

    # Field

    def entry(self) -> QWidget:
        """The list, the grid, or the way to fill them."""
        if self._stack.currentIndex() == GRID:
            return self.grid.entry()
        return self.list if self._rows else self._empty_pick

    def entries(self) -> list[QWidget]:
        """Tools, list, matrix, details, grid, conclusion."""
        return [
            *self._tool_buttons(),
            self._all,
            self._empty_pick,
            self._empty_add,
            self._empty_grid,
            self.list,
            *self._moments,
            self.matrix,
            *self.detail.entries(),
            *self.grid.entries(),
            self.conclusion.button,
        ]

    def set_invalid(self, *, invalid: bool) -> None:
        """Cells are marked one by one."""

    def set_read_only(self, *, read_only: bool) -> None:
        """Rows can still be read, filtered and copied."""
        self._read_only = read_only
        self.detail.set_read_only(read_only=read_only)
        self.grid.set_read_only(read_only=read_only)
        self._show_conclusion()
        self._update()

    def show_value(self, value: Any) -> None:
        """Show the stored rows; an empty row just begun stays."""
        stored: list[Row] = [dict(row) for row in value or []]
        if stored != self._filled():
            self._rows = [self._whole(row) for row in stored]
        self.grid.show_value(value)
        self._show()

    def refresh(self) -> None:
        """Look again at what depends on other answers."""
        self.grid.refresh()
        self._show_conclusion()

    def flush(self) -> None:
        """Commit what was typed."""
        self.detail.flush()
        self.grid.flush()

    def pending(self) -> bool:
        """Whether something was typed that is not yet committed."""
        return self.detail.pending() or self.grid.pending()

    def finish_composing(self) -> None:
        """Take a letter being composed as it stands."""
        self.detail.finish_composing()
        self.grid.finish_composing()

    # Rows

    def _whole(self, row: Row) -> Row:
        return {column.id: row.get(column.id) for column in self.question.columns}

    def _filled(self) -> list[Row]:
        return [row for row in self._rows if any(cell is not None for cell in row.values())]

    def _commit(self) -> None:
        self.committed.emit(self._filled() or None)
        self._show()

    def add_row(self) -> None:
        """Begin a new row; it is stored once it holds something."""
        if self._read_only:
            return
        self._to_editor()
        self.show_all()
        blank = next((number for number, row in enumerate(self._rows, 1) if row not in self._filled()), 0)
        if not blank:
            self._rows.append(self._whole({}))
            blank = len(self._rows)
        self._show(blank)
        self.detail.begin()

    def duplicate_row(self) -> None:
        """Copy the current row behind itself."""
        if self._number and not self._read_only:
            self.detail.flush()
            self._rows.insert(self._number, dict(self._rows[self._number - 1]))
            self._number += 1
            self._commit()

    def remove_row(self) -> None:
        """Remove the current row; undo brings it back."""
        if self._number and not self._read_only:
            del self._rows[self._number - 1]
            self._number = min(self._number, len(self._rows))
            self._commit()
            (self.list if self._rows else self._empty_pick).setFocus()

    def move_row(self, by: int) -> None:
        """Move the current row up or down."""
        to = self._number + by
        if self._number and 1 <= to <= len(self._rows) and not self._read_only:
            self.detail.flush()
            self._rows.insert(to - 1, self._rows.pop(self._number - 1))
            self._number = to
            self._commit()

    def _on_cell(self, column_id: str, value: object) -> None:
        if not self._number:
            return
        row = self._rows[self._number - 1]
        cell = clean_cell(self.question.column(column_id), value)
        if row.get(column_id) != cell:
            row[column_id] = cell
            self._commit()

    def _problems(self) -> Sequence[CellProblem]:
        return tuple(self.context.problems(self.question, self._rows))

    # The catalogue

    def open_catalogue(self) -> None:
        """Offer threats to start from."""
        if self._read_only:
            return
        self.flush()
        self.dialog = CatalogueDialog(self.book, self.window())
        self.dialog.chosen.connect(self._on_chosen)
        self.dialog.open()
        self.dialog.search.setFocus()

    def _on_chosen(self, entries: list[CatalogueEntry]) -> None:
        self._to_editor()
        self.show_all()
        rows = self._filled()
        first = len(rows) + 1
        self._rows = [*rows, *(self._whole(entry.row()) for entry in entries)]
        self._number = first
        self._commit()
        # The dialog gives the focus back to where it was; the new row comes after that.
        QTimer.singleShot(0, self, self.list.setFocus)

    # The matrix and the conclusion

    def _on_moment(self) -> None:
        self.matrix.release()
        self.model.set_filter(None)
        self._show()

    def _on_picked(self, point: Point | None) -> None:
        self.model.set_filter(None if point is None else self.matrix.rows_at(point))
        self._select()
        words = "" if point is None else self.matrix.cell_words(point).rpartition(", ")[0]
        self._filter_words.setText(f"Đang lọc: {words}")
        self._update()

    def _on_rows_asked(self, numbers: tuple[int, ...]) -> None:
        self._to_editor()
        self.matrix.release()
        self.model.set_filter(numbers)
        self._filter_words.setText("Đang lọc: nguy cơ dẫn tới kết luận")
        self._number = numbers[0]
        self._show()
        self.list.setFocus()

    def show_all(self) -> None:
        """Filter no longer."""
        if self.model.filtered:
            self.matrix.release()
            self.model.set_filter(None)
            self._select()
            self._update()

    def _on_use(self) -> None:
        self.flush()
        try:
            self.book.use_conclusion()
        except UserError:
            self._show_conclusion()  # the window tells why nothing can be saved

    def _show_conclusion(self) -> None:
        self.conclusion.show_suggestions(
            self.book.suggestions, self.book.conclusion, read_only=self._read_only
        )

    # The grid

    def toggle_grid(self) -> None:
        """Show all columns as a grid, for pasting and for the eye; or the list again."""
        self.flush()
        if self._stack.currentIndex() == GRID:
            self._stack.setCurrentIndex(EDITOR if self._rows else EMPTY)
        else:
            self._stack.setCurrentIndex(GRID)
        self._update()
        self.entry().setFocus()

    def _to_editor(self) -> None:
        if self._stack.currentIndex() == GRID:
            self._stack.setCurrentIndex(EDITOR)

    # Showing

    def _show(self, number: int | None = None) -> None:
        if number is not None:
            self._number = number
        self._number = min(max(self._number, 1), len(self._rows))
        problems = self._problems()
        self.model.show_rows(self._rows, {problem.row for problem in problems})
        self.matrix.show_register(self.model.register, residual=self._when.checkedId() == 1)
        self._select()
        self._show_detail(problems)
        self._show_conclusion()
        self._update()

    def _show_detail(self, problems: Sequence[CellProblem]) -> None:
        if self._number:
            row = self._rows[self._number - 1]
            self.detail.show_row(
                self._number, row, [problem for problem in problems if problem.row == self._number]
            )
        self.detail.setEnabled(bool(self._number))

    def _select(self) -> None:
        place = self.model.place_of(self._number)
        if place < 0 and self.model.rowCount():
            place = 0
        if place >= 0 and self.list.currentIndex().row() != place:
            self.list.setCurrentIndex(self.model.index(place))
        if place >= 0:
            self.list.scrollTo(self.model.index(place))

    def _on_current(self, index: QModelIndex, _before: QModelIndex) -> None:
        if not index.isValid():
            return
        number = self.model.row_at(index.row()).number
        if number != self._number:
            self.detail.flush()
            self._number = number
            self._show_detail(self._problems())
            self.detail.area.verticalScrollBar().setValue(0)
        self._update()

    def _update(self) -> None:
        grid = self._stack.currentIndex() == GRID
        if not grid:
            self._stack.setCurrentIndex(EDITOR if self._rows else EMPTY)
        some, here = bool(self._rows), bool(self._number) and not grid
        self._tools.setVisible(some or grid)
        self._as_grid.setText("Xem dạng danh sách" if grid else "Xem dạng bảng")
        self._as_grid.setAccessibleName(self._as_grid.text())
        for tool in (self._add, self._pick, self._twin, self._remove, self._order):
            tool.setVisible(not grid)
        for part in (self._twin, self._remove, self._up, self._down):
            part.setEnabled(here and not self._read_only)
        for part in (self._add, self._pick, self._empty_add, self._empty_pick, self._empty_grid):
            part.setEnabled(not self._read_only)
        self._filter_bar.setVisible(self.model.filtered and not grid)
        self.conclusion.setVisible(some)
        self._stack.setFixedHeight(theme().px(HEIGHT if some or grid else EMPTY_HEIGHT))
