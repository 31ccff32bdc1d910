"""The board: levels by status, deadlines, what to determine again, every system; all of it opens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QGridLayout, QLineEdit, QProgressBar, QPushButton, QWidget

from levelkit.domain.text import format_date, format_number
from levelkit.errors import Cancelled, UserError
from levelkit.gui import kit
from levelkit.gui.board.cards import DuesCard, ReviewsCard
from levelkit.gui.board.chart import ChartCard, level_vi
from levelkit.gui.board.model import CODE, DUE, FILTERS, LEVEL, STATUS, BoardModel, BoardProxy, LevelCell
from levelkit.gui.board.table import InventoryTable
from levelkit.gui.icons import icon
from levelkit.gui.tasks import Task, message_of
from levelkit.gui.theme import theme
from levelkit.gui.wizard.bars import BannerStack
from levelkit.services import clock
from levelkit.services.board import Board, Gaps, board, count_gaps

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QHideEvent, QResizeEvent

    from levelkit.services import Workspace
    from levelkit.services.board_dues import Due

AT_ONCE = 60
"""Systems whose gaps are counted without being asked to."""

_WIDTHS = (76, 0, 116, 142, 140, 0)
_WIDE, _NARROW, _CARDS_HIGH, _TABLE_LEAST = 1100, 820, 226, 280


class BoardPage(QWidget):
    """Shows the inventory of one workspace. ``opened`` carries code and place, the place empty for its start.

    ``asked`` carries a command: ``import``, ``report``, ``add``; ``cite_asked`` a ref.
    """

    opened = Signal(str, str)
    asked = Signal(str)
    cite_asked = Signal(str)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._model = BoardModel(self)
        self._proxy = BoardProxy(self._model, self)
        self._notes = BannerStack()
        self._sub = kit.label("", "secondary", wrap=False)
        self._import = kit.button(
            "Nhập từ bảng tính…",
            lambda: self.asked.emit("import"),
            mark="file-spreadsheet",
            name="board_import",
        )
        self._report = kit.button(
            "Lập báo cáo Mẫu 08…", lambda: self.asked.emit("report"), mark="file-text", name="board_report"
        )
        self._add = kit.button(
            "Thêm hệ thống…", lambda: self.asked.emit("add"), kind="primary", mark="plus", name="board_add"
        )
        self._chart, self._dues, self._reviews = ChartCard(), DuesCard(), ReviewsCard()
        self._cards = QWidget()
        self._grid = QGridLayout(self._cards)
        self._group = QButtonGroup(self)
        self._segments: dict[str, QPushButton] = {}
        self._narrowed = kit.button("", self.show_all, kind="quiet", mark="x", name="board_narrowed")
        self._search = QLineEdit()
        self._table = InventoryTable("Hệ thống và việc cần làm", _WIDTHS, give_way=(STATUS,))
        self._counting = _Counting(self._start_counting, self._stop_counting)
        self._empty = _EmptyNote(lambda: self.asked.emit("import"), lambda: self.asked.emit("add"))
        self._body = QFrame()
        self._task: Task | None = None
        self._recount = QTimer(self)
        self._said = ("", "")
        self._level: int | None = None
        self._codes: Sequence[str] | None = None

        self._build()
        self._connect()

    def _build(self) -> None:
        self.setObjectName("board_page")
        top = QFrame()
        top.setProperty("surface", "bar_top")
        titles = kit.column(kit.label("Bảng theo dõi", "page_title", wrap=False), self._sub, spacing=1)
        top.setLayout(
            kit.row(titles, None, self._import, self._report, self._add, margins=(20, 8, 20, 8), spacing=8)
        )
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme().px(14))
        self._body.setProperty("surface", "card")
        self._body.setMinimumHeight(theme().px(_TABLE_LEAST))
        inner = kit.column(self._build_bar(), self._table, self._empty, margins=(16, 12, 16, 12), spacing=10)
        inner.setStretch(1, 1)
        self._body.setLayout(inner)
        page = kit.column(self._cards, self._body, margins=(20, 14, 20, 14), spacing=14)
        page.setStretch(1, 1)
        layout = kit.column(top, self._notes, kit.ColumnArea(page))
        layout.setStretch(2, 1)
        self.setLayout(layout)
        self._table.setModel(self._proxy)
        self._table.setItemDelegateForColumn(LEVEL, LevelCell(self._table))
        self._table.fit()
        self._table.setSortingEnabled(True)
        self._table.sortByColumn(DUE, Qt.SortOrder.AscendingOrder)
        self._arrange()

    def _build_bar(self) -> QWidget:
        segments = kit.row()
        for place, key in enumerate(FILTERS):
            segment = kit.button("", kind="segment", name=f"board_filter_{key}")
            segment.setCheckable(True)
            segment.setChecked(not place)
            if place in {0, len(FILTERS) - 1}:
                segment.setProperty("edge", "last" if place else "first")
            self._group.addButton(segment, place)
            self._segments[key] = segment
            segments.addWidget(segment)
        self._search.setObjectName("board_search")
        self._search.setPlaceholderText("Tìm hệ thống, gõ không dấu")
        self._search.setAccessibleName("Tìm hệ thống")
        self._search.setProperty("iconed", True)
        self._search.addAction(icon("search", "text3"), QLineEdit.ActionPosition.LeadingPosition)
        self._narrowed.hide()
        bar = QWidget()
        row = kit.row(segments, self._narrowed, None, self._counting, self._search, spacing=10)
        bar.setLayout(row)
        return bar

    def _connect(self) -> None:
        self._group.idClicked.connect(lambda _place: self._narrow())
        self._search.textChanged.connect(lambda _text: self._narrow())
        self._table.opened.connect(self._on_opened)
        self._chart.level_asked.connect(self._show_level)
        self._dues.asked.connect(self._open_due)
        self._dues.all_asked.connect(lambda: self._choose("urgent"))
        self._reviews.asked.connect(self.opened)
        self._reviews.cite_asked.connect(self.cite_asked)
        self._reviews.all_asked.connect(lambda: self._choose("review"))
        self._recount.setSingleShot(True)
        self._recount.setInterval(120)
        self._recount.timeout.connect(self._show_counts)

    # What the window asks of a page

    def refresh(self) -> None:
        """Read the inventory again."""
        self.show_board(board(self._workspace, clock.today()))

    def show_board(self, found: Board) -> None:
        """Show a board; the row that is current stays so."""
        current = self.current_code()
        owners = found.owners[:1] and (
            found.owners[0]
            if len(found.owners) == 1
            else f"{found.owners[0]} và {len(found.owners) - 1} chủ quản khác"
        )
        self._said = (str(owners or self._workspace.path.name), format_date(found.today))
        self._arrange()
        self._chart.show_board(found)
        self._dues.show_board(found)
        self._reviews.show_board(found)
        self._model.show_board(found)
        head = self._table.horizontalHeader()
        self._proxy.sort(head.sortIndicatorSection(), head.sortIndicatorOrder())
        has = bool(found.lines)
        kit.show(self._table, has)
        kit.show(self._empty, not has)
        for widget in (self._search, self._counting, *self._segments.values()):
            kit.show(widget, has)
        kit.show(self._chart, has)
        self._show_counts()
        if has:
            place = max(self._model.place_of(current), 0)
            kept = self._proxy.mapFromSource(self._model.index(place, CODE)) if current else None
            self._table.setCurrentIndex(kept if kept and kept.isValid() else self._proxy.index(0, CODE))
        writable = not self._workspace.readonly
        self._import.setEnabled(writable)
        self._add.setEnabled(writable)
        waiting = self._model.uncounted()
        self._counting.show_waiting(len(waiting))
        if 0 < len(waiting) <= AT_ONCE:
            self._start_counting()

    def show_bar(
        self, key: str, tone: str, text: str, actions: tuple[tuple[str, Callable[[], object]], ...] = ()
    ) -> None:
        """Show a bar over the page."""
        self._notes.show_bar(key, tone, text, actions)

    def drop_bar(self, key: str) -> None:
        """Take a bar away."""
        self._notes.drop(key)

    def focus_first(self) -> None:
        """Put the focus on the table, or on the first thing to do where it is empty."""
        first = self._table if self._table.isVisibleTo(self) else self._import
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def current_code(self) -> str:
        """The code of the current row; empty without one."""
        index = self._proxy.mapToSource(self._table.currentIndex())
        return self._model.line(index.row()).code if index.isValid() else ""

    # Filters

    def show_all(self) -> None:
        """Drop every condition but the search."""
        self._level = self._codes = None
        self._choose("all")

    def _choose(self, key: str) -> None:
        self._segments[key].setChecked(True)
        self._narrow()
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_level(self, level: int) -> None:
        self._level, self._codes = level, None
        self._choose("all")

    def _narrow(self) -> None:
        key = list(FILTERS)[max(self._group.checkedId(), 0)]
        self._proxy.narrow(key, self._search.text(), self._level, self._codes)
        words = ""
        if self._level is not None:
            words = level_vi(self._level or None)
        elif self._codes is not None:
            words = f"{format_number(len(self._codes))} hệ thống của hạn này"
        self._narrowed.setText(words)
        self._narrowed.setAccessibleName(f"Bỏ lọc: {words}")
        kit.show(self._narrowed, words)
        if not self._table.currentIndex().isValid():
            self._table.setCurrentIndex(self._proxy.index(0, CODE))

    def _show_counts(self) -> None:
        for key, count in self._model.counts().items():
            words = f"{FILTERS[key]} {format_number(count)}"
            if self._segments[key].text() != words:
                self._segments[key].setText(words)
                self._segments[key].setAccessibleName(f"Lọc: {words}")

    # Opening

    def _on_opened(self, index: QModelIndex) -> None:
        line = self._model.line(self._proxy.mapToSource(index).row())
        # What has to be determined again opens where its reason stands.
        self.opened.emit(
            line.code, line.reviews[0].where if line.reviews and index.column() == DUE + 1 else ""
        )

    def _open_due(self, due: Due) -> None:
        if due.kind == "report":
            self.asked.emit("report")
        elif len(due.codes) == 1:
            self.opened.emit(due.codes[0], "")
        else:
            self._level, self._codes = None, due.codes
            self._choose("all")

    # Counting what is missing

    def _start_counting(self) -> None:
        codes = self._model.uncounted()
        if self._task is not None or not codes:
            return
        workspace = self._workspace

        def work(progress: Callable[[object], None], cancelled: Callable[[], bool]) -> None:
            def told(done: int, whole: int, code: str, gaps: Gaps) -> None:
                if cancelled():
                    raise Cancelled("stopped")
                progress((done, whole, code, gaps))

            count_gaps(workspace, codes, told)

        task = self._task = Task(work, self)
        task.progressed.connect(self._on_counted)
        task.failed.connect(self._on_failed)
        task.ended.connect(self._on_ended)
        self._counting.show_progress(0, len(codes))
        task.start()

    def _stop_counting(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _on_counted(self, told: tuple[int, int, str, Gaps]) -> None:
        done, whole, code, gaps = told
        self._model.show_gaps(code, gaps)
        self._counting.show_progress(done, whole)
        if not self._recount.isActive():
            self._recount.start()

    def _on_failed(self, error: object) -> None:
        if isinstance(error, UserError):
            self.show_bar("counting", "err", message_of(error))
        else:
            message_of(error)

    def _on_ended(self) -> None:
        self._task = None
        self._counting.show_waiting(len(self._model.uncounted()))
        self._show_counts()

    # The window

    def hideEvent(self, event: QHideEvent) -> None:
        """What is not seen is not counted."""
        self._stop_counting()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Three cards beside each other; two and one, or one by one, where it is narrow."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        room = self.width() * 100 // theme().percent
        wide, narrow = room >= _WIDE, room < _NARROW
        high = theme().px(_CARDS_HIGH)
        self._sub.setText(" · ".join(self._said if wide else self._said[1:]))
        # «Kiểm kê» has both; the window's one primary button stays.
        kit.show(self._import, not narrow)
        kit.show(self._report, not narrow)
        for card in (self._chart, self._dues, self._reviews):
            self._grid.removeWidget(card)
            card.setMinimumHeight(high)
            card.setMaximumHeight(high if wide else high + theme().px(60))
        self._search.setFixedWidth(theme().px(240 if wide else 150))
        self._grid.addWidget(self._chart, 0, 0)
        places = [(0, 1, 1, 1), (0, 2, 1, 1)] if wide else [(0, 1, 1, 1), (1, 0, 1, 2)]
        if narrow:
            places = [(1, 0, 1, 1), (2, 0, 1, 1)]
        self._grid.addWidget(self._dues, *places[0])
        self._grid.addWidget(self._reviews, *places[1])
        for column, stretch in enumerate((9, 0 if narrow else 11, 10 if wide else 0)):
            self._grid.setColumnStretch(column, stretch)


class _Counting(QWidget):
    """How far the counting of gaps is, or the offer to begin."""

    def __init__(self, start: Callable[[], object], stop: Callable[[], object]) -> None:
        super().__init__()
        self._words = kit.label("", "hint", wrap=False, name="board_counting")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("Tiến độ đếm chỗ thiếu")
        self._bar.setFixedWidth(theme().px(80))
        self._start = kit.button("Đếm chỗ thiếu", start, kind="quiet", mark="search", name="board_count")
        self._stop = kit.button("Dừng", stop, kind="quiet", name="board_stop")
        self.setLayout(kit.row(self._words, self._bar, self._start, self._stop, spacing=8))

    def show_waiting(self, number: int) -> None:
        """Nothing runs; so many are not counted."""
        self._show(running=False, words="")
        kit.show(self._start, number)
        self._start.setAccessibleDescription(f"Còn {number} hệ thống chưa đếm")

    def show_progress(self, done: int, whole: int) -> None:
        """So far."""
        self._bar.setMaximum(whole)
        self._bar.setValue(done)
        self._show(running=True, words=f"Đang đếm chỗ thiếu {format_number(done)}/{format_number(whole)}")
        kit.show(self._start, False)

    def _show(self, *, running: bool, words: str) -> None:
        self._words.setText(words)
        for widget in (self._words, self._bar, self._stop):
            kit.show(widget, running)


class _EmptyNote(QWidget):
    """One line what, one line how, two buttons."""

    def __init__(self, bring: Callable[[], object], add: Callable[[], object]) -> None:
        super().__init__()
        buttons = kit.row(
            None,
            kit.button("Nhập từ bảng tính…", bring, mark="file-spreadsheet"),
            kit.button("Thêm hệ thống…", add, mark="plus"),
            None,
            spacing=8,
        )
        layout = kit.column(
            None,
            kit.picture("server", "text3", 26),
            kit.label("Chưa có hệ thống nào", "name", wrap=False),
            kit.label("Nhập bảng kiểm kê đang có, hoặc thêm từng hệ thống.", "secondary", wrap=False),
            4,
            buttons,
            None,
            spacing=6,
        )
        for widget in kit.widgets_of(layout):
            layout.setAlignment(widget, Qt.AlignmentFlag.AlignHCenter)
        self.setLayout(layout)
