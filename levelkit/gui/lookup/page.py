"""The look-up over a section: search, tick, see what the level would be, take or leave."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QFrame, QLineEdit, QListView, QVBoxLayout, QWidget

from levelkit.domain.classification import Outcome
from levelkit.domain.text import format_date, join_vi
from levelkit.gui import kit
from levelkit.gui.icons import icon
from levelkit.gui.lookup.delegate import LineDelegate
from levelkit.gui.lookup.model import LinesModel
from levelkit.gui.theme import theme

if TYPE_CHECKING:
    from levelkit.domain.classification import Classification
    from levelkit.gui.fields.context import FieldContext
    from levelkit.questionnaire import Question

WIDTH = 720


class LookupPage(QFrame):
    """Choose conditional business lines; ``chosen`` carries their numbers, an empty list for none."""

    chosen = Signal(object)
    closed = Signal()
    cite_asked = Signal(str)

    def __init__(
        self, question: Question, context: FieldContext, back: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.question = question
        self._context = context
        self._lines = context.business_lines()
        self.model = LinesModel(self._lines.items, context.interview.answer(question.id) or (), self)
        self._back = kit.button(back, self._on_back, kind="quiet", mark="arrow-left", name="lookup_back")
        self.search = QLineEdit(self)
        self._count = kit.label("", "group", wrap=False, name="lookup_count")
        self._effect = kit.label("", "secondary", name="lookup_effect")
        self.list = QListView(self)
        self._summary = kit.label("", name="lookup_summary")
        self._none = kit.button("Không có mục nào áp dụng", self._on_none, name="lookup_none")
        self._use = kit.button("Dùng mục đã chọn", self._on_use, kind="primary", name="lookup_use")

        self._build()
        self._connect()
        self.refresh()

    def _build(self) -> None:
        self.setObjectName("lookup_page")
        self.setProperty("surface", "surface")
        self._back.setAccessibleName(f"Quay lại {self._back.text()}")
        self.search.setObjectName("lookup_search")
        self.search.setPlaceholderText("Gõ tên hoặc số thứ tự, không cần dấu")
        self.search.setAccessibleName("Tìm ngành, nghề")
        self.search.setAccessibleDescription(
            "Gõ tên hoặc số thứ tự, không cần dấu; phím mũi tên xuống để vào danh sách"
        )
        self.search.setClearButtonEnabled(False)
        self.search.addAction(QAction(icon("search"), "", self), QLineEdit.ActionPosition.LeadingPosition)
        self.list.setObjectName("lookup_list")
        self.list.setAccessibleName("Danh sách ngành, nghề")
        self.list.setAccessibleDescription("Phím cách để chọn hoặc bỏ chọn")
        self.list.setModel(self.model)
        self.list.setItemDelegate(LineDelegate(self.list))
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setMouseTracking(True)
        self.list.setProperty("surface", "card")
        self._count.setMinimumWidth(1)

        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        body = QWidget(self)
        body.setMaximumWidth(theme().px(WIDTH) + 48)
        column = kit.column(
            kit.row(self._back, None),
            kit.label(self._title(), "page_title"),
            kit.label(self._valid(), "help"),
            self.search,
            self._count,
            self._effect,
            margins=(24, 12, 24, 12),
            spacing=8,
        )
        column.addWidget(self.list, 1)
        body.setLayout(column)
        layout.addWidget(body, 1)
        foot = QFrame(self)
        foot.setProperty("surface", "bar_bottom")
        foot.setLayout(
            kit.row(self._summary, None, self._none, self._use, margins=(24, 8, 24, 8), spacing=10)
        )
        layout.addWidget(foot)

    def _title(self) -> str:
        return f"Tra cứu: {self.question.name[:1].lower()}{self.question.name[1:]}"

    def _valid(self) -> str:
        citation = self._context.citation(self._lines.cite)
        source = f"{citation.full_vi[:1].upper()}{citation.full_vi[1:]}. " if citation else ""
        start = format_date(self._lines.valid_from)
        end = f" đến {format_date(self._lines.valid_to)}" if self._lines.valid_to else ""
        return f"{source}Bản áp dụng từ {start}{end}."

    def _connect(self) -> None:
        self.search.textChanged.connect(self._on_search)
        self.search.installEventFilter(self)
        self.model.chosen_changed.connect(self.refresh)
        for keys, slot in (("Esc", self.closed.emit), ("Ctrl+Return", self._on_use)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    def focus_search(self) -> None:
        """Let the person type at once."""
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Count, effect and summary, after a search or a tick."""
        query = self.search.text().strip()
        total = self.model.total
        self._count.setText(
            f"{self.model.hits} trong {total} mục khớp «{query}»" if query else f"{total} mục, gõ để lọc"
        )
        chosen = self.model.chosen
        numbers = join_vi([str(number) for number in chosen])
        self._summary.setText(f"Đã chọn {len(chosen)} mục: {numbers}" if chosen else "Chưa chọn mục nào")
        self._use.setEnabled(bool(chosen) and not self._context.read_only)
        self._none.setEnabled(not self._context.read_only)
        self._effect.setText(self._effect_text(chosen))

    def _effect_text(self, chosen: list[int]) -> str:
        fact = self.question.fact
        if fact is None:
            return ""
        if chosen:
            return f"Với mục đã chọn: {self._outcome(fact, chosen)}"
        first = (self.model.hit_numbers() or [line.number for line in self._lines.items])[:1]
        if not first:
            return f"Không mục nào: {self._outcome(fact, [])}"
        return f"Chọn một mục: {self._outcome(fact, first)}; không mục nào: {self._outcome(fact, [])}"

    def _outcome(self, fact: str, numbers: list[int]) -> str:
        found = self._context.trial(fact, numbers)
        if found is None:
            return "chưa xét được"
        words = self._level_words(found)
        refs = [
            result.ref for result in found.results if result.outcome == Outcome.MET and fact in result.because
        ]
        citation = self._context.citation(refs[-1]) if refs and numbers else None
        if citation is None:
            return words
        return f"{words}, {citation.clause_vi[:1].lower()}{citation.clause_vi[1:]}"

    @staticmethod
    def _level_words(found: Classification) -> str:
        if found.level is not None:
            return f"cấp {found.level}"
        if found.at_least == found.at_most:
            return f"cấp {found.at_least}"
        return f"ít nhất cấp {found.at_least}"

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """From the search, the arrow goes into the list and Enter ticks the first hit."""
        if watched is self.search and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Down:
                self._into_list()
                return True
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
                self._tick_first()
                return True
        return super().eventFilter(watched, event)

    def _into_list(self) -> None:
        for row in range(self.model.rowCount()):
            index = self.model.index(row)
            if index.flags() & Qt.ItemFlag.ItemIsSelectable:
                self.list.setCurrentIndex(index)
                self.list.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def _tick_first(self) -> None:
        if self.model.hits:
            index = self.model.index(0)
            chosen = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
            state = Qt.CheckState.Unchecked if chosen else Qt.CheckState.Checked
            self.model.setData(index, state, Qt.ItemDataRole.CheckStateRole)

    def _on_search(self, text: str) -> None:
        self.model.search(text)
        self.refresh()

    @property
    def left_over(self) -> list[int] | None:
        """What was ticked and not yet taken; None where nothing was."""
        chosen = self.model.chosen
        stored = self._context.interview.answer(self.question.id) or []
        return chosen if self._use.isEnabled() and chosen != list(stored) else None

    def _on_back(self) -> None:
        """Ticks are kept, as everything else on leaving; Esc alone drops them."""
        if self.left_over is None:
            self.closed.emit()
        else:
            self._on_use()

    def _on_none(self) -> None:
        self.chosen.emit([])

    def _on_use(self) -> None:
        if self._use.isEnabled():
            self.chosen.emit(self.model.chosen)
