"""The page of a section: everything on it comes from the form file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QStackedLayout,
    QStackedWidget,
    QTabBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from levelkit.domain.plan import row_of
from levelkit.gui import kit
from levelkit.gui.diagrams.page import TITLE as DIAGRAMS
from levelkit.gui.diagrams.page import DiagramPage
from levelkit.gui.fields.context import FieldContext
from levelkit.gui.fields.lines import BusinessLinesField
from levelkit.gui.fields.table import TableField
from levelkit.gui.lookup import LookupPage
from levelkit.gui.pages.group_view import GroupView
from levelkit.gui.pages.matrix_tab import MatrixTab
from levelkit.gui.pages.scroll import ScrollPage
from levelkit.gui.pages.text_column import TextColumn
from levelkit.gui.tab_order import chain
from levelkit.gui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QHideEvent, QShowEvent

    from levelkit.gui.pages.question_box import QuestionBox
    from levelkit.gui.plan.page import MatrixPage
    from levelkit.questionnaire import Question, Section
    from levelkit.services import SystemSession

AUTOSAVE_MS = 3000
TAB_SIDE = 16
DRAWN_SECTION = "kien-truc"  # the one with the tables that pictures are drawn from


class SectionPage(QWidget):
    """One section.

    ``question_focused`` carries a question's id; ``changed`` follows every stored answer; ``cite_asked``
    carries a citation ref; ``save_failed`` why an answer could not be written; ``overlay_changed`` says
    that a page of its own (the look-up, with its own foot) covers the section; ``next_gap`` asks for the
    next gap; ``room_changed`` that another tab needs other things beside the page.
    """

    question_focused = Signal(str)
    changed = Signal()
    next_gap = Signal()
    cite_asked = Signal(str)
    save_failed = Signal(str)
    overlay_changed = Signal(bool)
    room_changed = Signal()

    def __init__(self, session: SystemSession, section: Section, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.section = section
        self._session = session
        self._context = FieldContext(session)
        self._stale = True
        self._state = -1  # of the answers shown
        self._autosave = QTimer(self)
        self._groups = [
            GroupView(group, self._context, heading=section.layout == "page") for group in section.groups
        ]
        self._tabs = QTabBar(self)
        self._tab_pages = QStackedWidget(self)
        self._scrolls: dict[str, ScrollPage] = {}
        self._lookup: LookupPage | None = None
        self._matrix = MatrixTab(session, section, self) if section.rows is not None else None
        self._with_keys = False
        self._diagrams = DiagramPage(session, self) if section.id == DRAWN_SECTION else None
        self._first = 0 if self._matrix is None else 1  # the tab of the first group
        self._last = ""  # the question that had the focus last
        self._stops: list[QWidget] = []
        self._stack = QStackedLayout(self)

        self._build()
        self._connect()
        self.refresh()

    def _build(self) -> None:
        self.setObjectName(f"page_{self.section.id.replace('-', '_')}")
        self.setAccessibleName(f"{self.section.number}. {self.section.title}")
        self._autosave.setSingleShot(True)
        self._autosave.setInterval(AUTOSAVE_MS)
        body = QFrame(self)
        body.setProperty("surface", "surface")
        middle = QWidget(body)
        layout = QVBoxLayout(middle)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        across = kit.row(middle)
        across.setStretch(0, 1)
        body.setLayout(across)
        if self._matrix is not None:
            self._matrix.stand_beside(across)
        if self.section.layout == "tabs":
            self._build_tabs(layout)
        else:
            self._build_flow(layout)
        self._stack.addWidget(body)

    def _head(self) -> QWidget:
        head = QWidget(self)
        column = TextColumn(head)
        column.setContentsMargins(8, 0, 8, 0)
        column.setSpacing(theme().px(4))
        column.addWidget(kit.label(f"{self.section.number}. {self.section.title}", "page_title"))
        if self.section.intro:
            column.addWidget(kit.label(self.section.intro, "help"))
        return head

    def _build_flow(self, layout: QVBoxLayout) -> None:
        self._tabs.hide()
        self._tab_pages.hide()
        scroll = ScrollPage(self)
        scroll.column.addWidget(self._head())
        for group in self._groups:
            scroll.column.addWidget(group)
            self._scrolls[group.group.id] = scroll
        scroll.column.addStretch(1)
        layout.addWidget(scroll)

    def _build_tabs(self, layout: QVBoxLayout) -> None:
        if self._matrix is not None:
            layout.addWidget(self._matrix.head)
        else:
            layout.addLayout(kit.column(self._head(), margins=(16, 20, 24, 0)))
        self._tabs.setObjectName("section_tabs")
        self._tabs.setAccessibleName(f"Các phần của {self.section.title}")
        self._tabs.setDrawBase(False)
        self._tabs.setExpanding(False)
        self._tabs.setUsesScrollButtons(True)
        for arrow in self._tabs.findChildren(QToolButton):
            arrow.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the arrow keys scroll the tabs
        layout.addLayout(kit.row(self._tabs, margins=(24, 6, 24, 0)))
        layout.addWidget(kit.rule())
        layout.addWidget(self._tab_pages, 1)
        if self._matrix is not None:
            self._tabs.addTab(self._matrix.tab_title)
            self._tab_pages.addWidget(self._matrix.page)
        for group in self._groups:
            self._tabs.addTab(group.group.title)
            self._tab_pages.addWidget(self._tab_page(group))
        if self._diagrams is not None:
            self._tabs.addTab(DIAGRAMS)
            self._tab_pages.addWidget(self._diagrams)

    def _tab_page(self, group: GroupView) -> QWidget:
        if group.tall:
            page = QWidget(self)
            page.setLayout(kit.column(margins=(16, 10, 16, 10)))
            page.layout().addWidget(group)  # type: ignore[union-attr]
            return page
        scroll = ScrollPage(self, side=TAB_SIDE)
        scroll.column.addWidget(group)
        scroll.column.addStretch(1)
        self._scrolls[group.group.id] = scroll
        return scroll

    def _connect(self) -> None:
        self._autosave.timeout.connect(self._on_autosave)
        self._tabs.currentChanged.connect(self._on_tab)
        for group in self._groups:
            group.focused.connect(self._on_focused)
            group.edited.connect(self._on_edited)
            group.cite_asked.connect(self.cite_asked)
            group.save_failed.connect(self.save_failed)
        if self._matrix is not None:
            self._matrix.page.row_focused.connect(self._on_row)
            self._matrix.page.cite_asked.connect(self.cite_asked)
            self._matrix.page.save_failed.connect(self.save_failed)
            self._matrix.page.titled.connect(self._show_titles)
        if self._diagrams is not None:
            self._diagrams.jump_asked.connect(self._on_table)
            self._diagrams.shown.connect(self._order)
        self.destroyed.connect(self._session.subscribe(self._on_session))

    # Showing

    def refresh(self) -> None:
        """Show the answers, what is asked, the marks and notes, as they stand."""
        self._stale = False
        self._state = self._context.interview.state
        settling = self._settling()
        for number, group in enumerate(self._groups):
            shown = group.refresh(settling, build=self._is_open(number))
            self._hook_lookups(group)
            if self.section.layout == "tabs":
                self._tabs.setTabVisible(number + self._first, shown)
                self._tabs.setTabText(number + self._first, self._tab_title(group))
            else:
                group.setVisible(shown)
        self._show_titles()
        self._order()
        if self._lookup is not None:
            self._lookup.refresh()

    def stops(self) -> list[QWidget]:
        """What Tab goes through: the tabs, then every field made so far, in order."""
        tabs: list[QWidget] = [self._tabs] if self.section.layout == "tabs" else []
        if self._matrix is not None:
            tabs = [*self._matrix.head_stops(), *tabs, *self._matrix.page.stops()]
        fields = [part for group in self._groups for part in group.entries()]
        return [*tabs, *fields, *(self._diagrams.stops() if self._diagrams is not None else [])]

    def _order(self) -> None:
        """A question that appears takes its place between its neighbours."""
        found = self.stops()
        if found != self._stops:
            self._stops = found
            chain(found)

    def _is_open(self, number: int) -> bool:
        """Whether a group is in sight, or was."""
        tabs = self.section.layout == "tabs"
        current = self._tabs.currentIndex() - self._first
        return not tabs or number == current or bool(self._groups[number].boxes)

    def _on_tab(self, number: int) -> None:
        focus = QApplication.focusWidget()
        left = focus is not None and self._tab_pages.isAncestorOf(focus)  # hidden with the tab it is on
        clicked = bool(QApplication.mouseButtons())
        self._tab_pages.setCurrentIndex(number)
        self._show_titles()
        if self.on_matrix:
            if left or clicked:
                self._matrix_page().focus_first()
            return
        if self._diagrams is not None and self._tab_pages.currentWidget() is self._diagrams:
            if left or clicked:
                self._diagrams.focus_first()
            return
        group = self._groups[number - self._first]
        if not group.boxes:
            self.refresh()
        first = next((box for box in group.boxes.values() if box.isVisibleTo(self)), None)
        if (left or clicked) and first is not None:
            first.field.entry().setFocus(Qt.FocusReason.OtherFocusReason)

    def _tab_title(self, group: GroupView) -> str:
        if not group.tall:
            return group.group.title
        rows = self._context.interview.answer(group.group.questions[0].id) or []
        return f"{group.group.title} ({len(rows)})"

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what changed while the page was hidden."""
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def _on_session(self, _session: SystemSession) -> None:
        state = self._context.interview.state
        if self._state == state:
            pass  # rows of the plan alone: no question reads them, the matrix follows by itself
        elif self.isVisible():
            self.refresh()
        else:
            self._stale = True
        self.changed.emit()

    # Going places

    def box(self, question_id: str) -> QuestionBox | None:
        """The box of a question that is asked now; made where its tab was not opened yet."""
        interview, forms = self._context.interview, self._context.forms
        if not forms.has_question(question_id) or not interview.visible(question_id):
            return None
        for group in self._groups:
            if group.group.id == forms.group_of(question_id).id:
                if question_id not in group.boxes:
                    group.refresh(self._settling())
                    self._hook_lookups(group)
                    self._order()
                return group.boxes[question_id]
        return None

    def _settling(self) -> frozenset[str]:
        return frozenset(self._context.interview.derived.get("derived.can_change") or ())

    def boxes(self) -> Iterator[QuestionBox]:
        """The boxes of all questions asked now, in order."""
        for question in self.section.questions:
            box = self.box(question.id)
            if box is not None:
                yield box

    def jump_to(self, question_id: str) -> bool:
        """Show a question, give it the focus, and let it stand out for two seconds."""
        if self._stale:
            self.refresh()
        row_id = row_of(question_id)
        if self._matrix is not None and row_id is not None:
            self._tabs.setCurrentIndex(0)
            return self._matrix.page.jump_to(row_id)
        box = self.box(question_id)
        if box is None:
            return False
        self.close_overlay()
        self._tabs.setCurrentIndex(self._place(question_id))
        scroll = self._scroll_of(question_id)
        if scroll is not None:
            scroll.reveal(box)
            scroll.reveal_soon(box)
        box.field.entry().setFocus(Qt.FocusReason.OtherFocusReason)
        box.flash()
        return True

    def stays_at(self, question_id: str) -> bool:
        """Whether rows chosen together hold the question, and need no jump to it."""
        row_id = row_of(question_id)
        if self._matrix is None or row_id is None or not self.on_matrix:
            return False
        return self._matrix.page.stays_at(row_id)

    def _on_table(self, question_id: str, row: int) -> None:
        """Show a question; in a table the row, from 1, that is meant."""
        box = self.box(question_id) if self.jump_to(question_id) else None
        if box is not None and row and isinstance(box.field, TableField):
            grid = box.field.grid
            grid.setCurrentIndex(grid.model().index(row - 1, 0))

    def focus_first(self) -> None:
        """Show the page from its top, with the focus on the first question."""
        if self._stale:
            self.refresh()
        if self._matrix is not None:
            self._tabs.setCurrentIndex(0)
            if self._matrix.page.has_plan:
                self._matrix.page.focus_first()
            else:
                self._tabs.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        first = next(self.boxes(), None)
        if first is not None:
            self._tabs.setCurrentIndex(self._place(first.question.id))
            first.field.entry().setFocus(Qt.FocusReason.OtherFocusReason)
            scroll = self._scroll_of(first.question.id)
            if scroll is not None:
                scroll.to_top()

    def focus_again(self) -> None:
        """Give the focus back to the question that had it last, else to the first."""
        box = self.box(self._last) if self._last and row_of(self._last) is None else None
        if box is None:
            self.focus_first()
            return
        self._tabs.setCurrentIndex(self._place(self._last))
        box.field.entry().setFocus(Qt.FocusReason.OtherFocusReason)

    def _place(self, question_id: str) -> int:
        place = next(place for place, group in enumerate(self._groups) if question_id in group.boxes)
        return place + self._first

    def _scroll_of(self, question_id: str) -> ScrollPage | None:
        return self._scrolls.get(self._context.forms.group_of(question_id).id)

    def flush(self) -> None:
        """Store what was typed so far; a letter being composed is waited for."""
        if self._matrix is not None:
            self._matrix.page.flush()
        for box in self._made_boxes():
            box.flush()

    def finish(self) -> None:
        """Store what was typed, a letter being composed too: the page is left or closed."""
        self._autosave.stop()
        if self._matrix is not None:
            self._matrix.page.finish()
        if self._lookup is not None and self._lookup.left_over is not None:
            self._on_chosen(self._lookup.left_over)
        for box in self._made_boxes():
            box.flush(leaving=True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Another section comes: nothing typed stays behind."""
        self.finish()
        self.close_overlay()
        super().hideEvent(event)

    def _made_boxes(self) -> list[QuestionBox]:
        return [box for group in self._groups for box in group.boxes.values()]

    # The matrix

    @property
    def on_matrix(self) -> bool:
        """Whether the requirements of the level are in front, with their detail and their keys."""
        return self._matrix is not None and self._tabs.currentIndex() == 0

    @property
    def keys(self) -> QWidget | None:
        """The keys that work in what is in front; None where it has none of its own."""
        return self._matrix_page().keys if self.on_matrix and self._matrix_page().has_plan else None

    def next_row(self) -> bool:
        """Go to the next row that lacks something; False where the rows are not in front or none follows."""
        return self.on_matrix and self._matrix_page().next_gap()

    def _matrix_page(self) -> MatrixPage:
        assert self._matrix is not None
        return self._matrix.page

    def _show_titles(self) -> None:
        if self._matrix is not None:
            self._tabs.setTabText(0, self._matrix.tab_title)
            self._matrix.show(in_front=self.on_matrix)
            if (self.keys is None) == self._with_keys:
                self._with_keys = not self._with_keys
                self.room_changed.emit()

    def _on_row(self, question_id: str) -> None:
        self._last = question_id
        self.question_focused.emit(question_id)

    def _on_focused(self, question_id: str) -> None:
        self._last = question_id
        self.question_focused.emit(question_id)
        box = self.box(question_id)
        scroll = self._scroll_of(question_id) if box is not None else None
        if box is not None and scroll is not None and not QApplication.mouseButtons():
            whole = box.height() < scroll.viewport().height() - 48
            focused = QApplication.focusWidget()
            scroll.reveal_soon(box if whole or focused is None else focused)

    def _on_edited(self) -> None:
        if not self._autosave.isActive():
            self._autosave.start()

    def _on_autosave(self) -> None:
        self.flush()
        if any(box.field.pending() for box in self._made_boxes()):
            self._autosave.start()

    # The look-up

    def _hook_lookups(self, group: GroupView) -> None:
        for box in group.boxes.values():
            field = box.field
            if isinstance(field, BusinessLinesField) and not field.property("hooked"):
                field.setProperty("hooked", True)
                field.lookup_asked.connect(lambda question=box.question: self.open_lookup(question))

    def open_lookup(self, question: Question) -> None:
        """Cover the section with the look-up of conditional business lines."""
        self.close_overlay()
        back = f"{self.section.number}. {self.section.title}"
        self._lookup = LookupPage(question, self._context, back, self)
        self._lookup.chosen.connect(self._on_chosen)
        self._lookup.closed.connect(self.close_overlay)
        self._lookup.cite_asked.connect(self.cite_asked)
        self._stack.addWidget(self._lookup)
        self._stack.setCurrentWidget(self._lookup)
        self.question_focused.emit(question.id)
        self.overlay_changed.emit(True)
        self._lookup.focus_search()

    def close_overlay(self) -> None:
        """Return from the look-up to the section."""
        if self._lookup is None:
            return
        lookup, self._lookup = self._lookup, None
        self._stack.setCurrentIndex(0)
        self._stack.removeWidget(lookup)
        lookup.hide()
        lookup.deleteLater()
        self.overlay_changed.emit(False)
        box = self.box(lookup.question.id)
        if box is not None:
            box.field.entry().setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def overlaid(self) -> bool:
        """Whether a page of its own covers the section."""
        return self._lookup is not None

    def _on_chosen(self, numbers: object) -> None:
        lookup = self._lookup
        self.close_overlay()
        box = self.box(lookup.question.id) if lookup is not None else None
        if box is not None:
            box.field.committed.emit(numbers)
