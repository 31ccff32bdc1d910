"""Two laws side by side: level of every system under NĐ 85 and NĐ 331, why they differ, what follows."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QFrame, QLineEdit, QProgressBar, QPushButton, QWidget

from levelkit.domain.text import format_date, format_number
from levelkit.errors import Cancelled, UserError
from levelkit.gui import kit
from levelkit.gui.board.table import InventoryTable
from levelkit.gui.icons import icon
from levelkit.gui.impact.model import (
    CODE,
    DIFFERENCE,
    FILTERS,
    PATH,
    TwoLawsModel,
    TwoLawsProxy,
    difference_vi,
    side_vi,
)
from levelkit.gui.tasks import Task, message_of
from levelkit.gui.theme import theme
from levelkit.gui.wizard.bars import BannerStack
from levelkit.services.impact_words import two_laws

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QHideEvent, QResizeEvent

    from levelkit.services import Workspace
    from levelkit.services.impact_words import TwoLaws

_WIDTHS = (76, 0, 108, 108, 190, 0, 104)
_WIDE, _DETAIL, _UNDER, _NO_LIMIT = 1100, 340, 150, 16777215


class ImpactPage(QWidget):
    """``opened`` carries code and place, the place empty; ``asked`` the command ``board``."""

    opened = Signal(str, str)
    asked = Signal(str)
    cite_asked = Signal(str)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._model = TwoLawsModel(self)
        self._proxy = TwoLawsProxy(self._model, self)
        self._notes = BannerStack()
        self._sub = kit.label("", "secondary", wrap=False, name="impact_sub")
        self._bar = QProgressBar()
        self._stop = kit.button("Dừng", self._on_stop, name="impact_stop")
        self._board = kit.button("Bảng theo dõi", lambda: self.asked.emit("board"), mark="layers")
        self._open = kit.button(
            "Mở hệ thống", self._open_current, kind="primary", mark="arrow-right", name="impact_open"
        )
        self._group = QButtonGroup(self)
        self._segments: dict[str, QPushButton] = {}
        self._search = QLineEdit()
        self._table = InventoryTable("Hệ thống theo hai Nghị định", _WIDTHS, least=220, give_way=(PATH,))
        self._detail = kit.column(spacing=6)
        self._side = QFrame()
        self._task: Task | None = None

        self._build()
        self._connect()

    def _build(self) -> None:
        self.setObjectName("impact_page")
        top = QFrame()
        top.setProperty("surface", "bar_top")
        titles = kit.column(kit.label("Hai luật cạnh nhau", "page_title", wrap=False), self._sub, spacing=1)
        top.setLayout(kit.row(titles, None, self._board, self._open, margins=(20, 8, 20, 8), spacing=8))
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("Tiến độ so sánh")
        self._bar.setFixedWidth(theme().px(120))
        segments = kit.row()
        for place, key in enumerate(FILTERS):
            segment = kit.button("", kind="segment", name=f"impact_filter_{key}")
            segment.setCheckable(True)
            segment.setChecked(not place)
            if place in {0, len(FILTERS) - 1}:
                segment.setProperty("edge", "last" if place else "first")
            self._group.addButton(segment, place)
            self._segments[key] = segment
            segments.addWidget(segment)
        self._search.setPlaceholderText("Tìm hệ thống, gõ không dấu")
        self._search.setAccessibleName("Tìm hệ thống")
        self._search.setProperty("iconed", True)
        self._search.addAction(icon("search", "text3"), QLineEdit.ActionPosition.LeadingPosition)
        self._search.setFixedWidth(theme().px(240))
        card = QFrame()
        card.setProperty("surface", "card")
        bar = kit.row(segments, None, self._bar, self._stop, self._search, spacing=10)
        inner = kit.column(bar, self._table, margins=(16, 12, 16, 12), spacing=10)
        inner.setStretch(1, 1)
        card.setLayout(inner)
        self._side.setProperty("surface", "card")
        area = kit.ColumnArea(self._detail, "So sánh của hệ thống đang chọn")
        self._side.setLayout(kit.column(area, margins=(16, 12, 12, 12)))
        self._body = kit.row(card, self._side, margins=(20, 14, 20, 14), spacing=14)
        self._body.setStretch(0, 1)
        layout = kit.column(top, self._notes, self._body)
        layout.setStretch(2, 1)
        self.setLayout(layout)
        self._table.setModel(self._proxy)
        self._table.fit()
        self._table.setSortingEnabled(True)
        self._table.sortByColumn(DIFFERENCE, Qt.SortOrder.AscendingOrder)

    def _connect(self) -> None:
        self._group.idClicked.connect(lambda _place: self._narrow())
        self._search.textChanged.connect(lambda _text: self._narrow())
        self._table.opened.connect(lambda _index: self._open_current())
        self._table.selectionModel().currentRowChanged.connect(self._show_detail)

    # What the window asks of a page

    def refresh(self) -> None:
        """Judge every system again, beside the window."""
        workspace = self._workspace

        def work(progress: Callable[[object], None], cancelled: Callable[[], bool]) -> list[TwoLaws]:
            def told(done: int, whole: int) -> None:
                if cancelled():
                    raise Cancelled("stopped")
                progress((done, whole))

            return two_laws(workspace, told)

        self._sub.setText("Đang so sánh")
        self._bar.setRange(0, 0)
        self._show_running(running=True)
        task = self._task = Task(work, self)
        task.progressed.connect(self._on_told)
        task.done.connect(self.show_lines)
        task.failed.connect(self._on_failed)
        task.cancelled.connect(lambda: self._sub.setText("Đã dừng, chưa so sánh xong"))
        task.ended.connect(self._on_ended)
        task.start()

    def show_lines(self, lines: Sequence[TwoLaws]) -> None:
        """Show what was found."""
        self._model.show_lines(lines)
        for key, count in self._model.counts().items():
            words = f"{FILTERS[key]} {format_number(count)}"
            self._segments[key].setText(words)
            self._segments[key].setAccessibleName(f"Lọc: {words}")
        other = self._model.counts()["other"]
        self._sub.setText(
            f"{format_number(len(lines))} hệ thống theo Nghị định 85/2016 và 331/2026, "
            f"{format_number(other)} hệ thống khác kết quả"
            if lines
            else "Chưa có hệ thống nào; nhập bảng kiểm kê hoặc thêm hệ thống ở bảng theo dõi"
        )
        self._narrow()

    def show_bar(
        self, key: str, tone: str, text: str, actions: tuple[tuple[str, Callable[[], object]], ...] = ()
    ) -> None:
        """Show a bar over the page."""
        self._notes.show_bar(key, tone, text, actions)

    def drop_bar(self, key: str) -> None:
        """Take a bar away."""
        self._notes.drop(key)

    def take_others(self) -> None:
        """Others have written: offer to compare again, which takes a while."""
        again = (("So sánh lại", self._again),)
        self.show_bar("others", "hint", "Người khác vừa sửa danh mục này sau lần so sánh.", again)

    def focus_first(self) -> None:
        """Put the focus on the table."""
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)

    # Inside

    def _again(self) -> None:
        self.drop_bar("others")
        if self._task is None:
            self.refresh()

    def _narrow(self) -> None:
        self._proxy.narrow(list(FILTERS)[max(self._group.checkedId(), 0)], self._search.text())
        if not self._table.currentIndex().isValid():
            self._table.setCurrentIndex(self._proxy.index(0, CODE))
        self._open.setEnabled(self._table.currentIndex().isValid())

    def _current(self) -> TwoLaws | None:
        index = self._proxy.mapToSource(self._table.currentIndex())
        return self._model.line(index.row()) if index.isValid() else None

    def _open_current(self) -> None:
        line = self._current()
        if line is not None:
            self.opened.emit(line.found.code, "")

    def _show_detail(self, _current: QModelIndex, _previous: QModelIndex) -> None:
        kit.clear(self._detail)
        line = self._current()
        self._open.setEnabled(line is not None)
        if line is None:
            return
        found = line.found
        self._detail.addWidget(kit.label(f"{found.code} {found.name}", "question"))
        levels = f"NĐ 85: {side_vi(found.before)}. NĐ 331: {side_vi(found.after)}."
        self._detail.addWidget(kit.label(f"{levels} {difference_vi(line)}.", "secondary"))
        due_refs = {(due.ref, due.cite) for due in found.due}
        reasons = [one for one in found.reasons if (one.ref, one.cite) not in due_refs]
        self._add_group("Vì sao khác", [(one.text_vi, one.ref) for one in reasons])
        if found.same:
            for words, side in (("NĐ 85", found.before), ("NĐ 331", found.after)):
                self._add_group(f"Căn cứ theo {words}", [("", ref) for ref in side.deciding])
        self._add_group(
            "Đường đi và hạn",
            [(f"{due.name_vi}: {format_date(due.safe)}.", due.ref) for due in found.due],
        )
        if line.plan_vi:
            self._add_group("Phương án bảo đảm an ninh mạng", [(line.plan_vi, "")])
        self._detail.addStretch(1)

    def _add_group(self, title: str, lines: Sequence[tuple[str, str]]) -> None:
        if not lines:
            return
        self._detail.addSpacing(theme().px(8))
        self._detail.addWidget(kit.label(title, "group"))
        for text, ref in lines:
            if text:
                self._detail.addWidget(kit.label(text))
            if ref:
                short = self._workspace.library.citation(ref).short_vi
                link = kit.link(short, partial(self.cite_asked.emit, ref), says=f"Nguyên văn {short}")
                self._detail.addWidget(link)

    def _show_running(self, *, running: bool) -> None:
        kit.show(self._bar, running)
        kit.show(self._stop, running)

    def _on_told(self, told: tuple[int, int]) -> None:
        done, whole = told
        self._bar.setRange(0, whole)
        self._bar.setValue(done)
        self._sub.setText(f"Đang so sánh hệ thống {format_number(done)}/{format_number(whole)}")

    def _on_failed(self, error: object) -> None:
        if not isinstance(error, UserError):
            message_of(error)
        self.show_bar("impact", "err", str(error))

    def _on_ended(self) -> None:
        self._task = None
        self._show_running(running=False)

    def _on_stop(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def hideEvent(self, event: QHideEvent) -> None:
        """What is not seen is not judged."""
        self._on_stop()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The detail beside the table, or under it where it is narrow."""
        super().resizeEvent(event)
        room = self.width() * 100 // theme().percent
        wide, look = room >= _WIDE, theme()
        directions = QBoxLayout.Direction
        self._body.setDirection(directions.LeftToRight if wide else directions.TopToBottom)
        self._side.setMinimumWidth(look.px(_DETAIL) if wide else 0)
        self._side.setMaximumWidth(look.px(_DETAIL) if wide else _NO_LIMIT)
        self._side.setMaximumHeight(_NO_LIMIT if wide else look.px(_UNDER))
