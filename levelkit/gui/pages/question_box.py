"""One question on a page: its label, help, citation, field, error and saved tick."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from levelkit.errors import UserError, WorkspaceError
from levelkit.gui import kit
from levelkit.gui.fields import LAYOUTS, make_field
from levelkit.gui.pages.text_column import TextColumn
from levelkit.gui.pages.title_row import TitleRow
from levelkit.gui.risk import RegisterField
from levelkit.gui.theme import restyle, theme

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent

    from levelkit.gui.fields import FieldContext
    from levelkit.questionnaire import Question

LAYOUTS["register"] = RegisterField
SAVED_MS = 2000
FLASH_MS = 2000


def cite_link(ref: str, place: str) -> str:
    """A link to the text as enacted, never broken over two lines."""
    words = escape(place).replace(" ", "\u00a0")
    return f'<a href="{escape(ref)}">{words}</a>'


class QuestionBox(QFrame):
    """Shows one question and stores its answer.

    ``focused`` carries the question's id; ``cite_asked`` a citation ref; ``save_failed`` why an answer
    that was taken could not be written.
    """

    focused = Signal(str)
    edited = Signal()
    cite_asked = Signal(str)
    save_failed = Signal(str)

    def __init__(
        self,
        question: Question,
        context: FieldContext,
        *,
        show_cite: bool = True,
        on_own_tab: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.question = question
        self._context = context
        self._on_own_tab = on_own_tab
        self._column: TextColumn | None = None
        self._citation = context.citation(question.cite)
        self._saved_timer = QTimer(self)
        self._flash_timer = QTimer(self)

        self._title = TitleRow(question.label, "question" if question.label.endswith("?") else "name", self)
        self._help = self._make_help(show_cite=show_cite)
        self.field = make_field(question, context, self)
        self._error_icon = kit.picture("octagon-alert", "err", says="Lỗi")
        self._error = kit.label("", "error", name="field_error")
        self._error_row = QWidget(self)

        self._build()
        self._connect()
        self._describe()

    def _build(self) -> None:
        self.setObjectName(f"box_{self.question.id.replace('.', '_').replace('-', '_')}")
        self.setProperty("question_box", True)
        self._error_row.setLayout(kit.row(self._error_icon, self._error, spacing=8))
        self._error.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._error_row.hide()
        layout = TextColumn(self, limited=not self.field.wide)
        layout.setSpacing(theme().px(4))
        self._column = layout
        if self._on_own_tab:
            self._title.label.hide()  # the tab says it
            line = kit.row(self._help, self._title)
            line.setStretch(0, 1)
            layout.addLayout(line)
        else:
            layout.addWidget(self._title)
            layout.addWidget(self._help)
        layout.addWidget(self.field, 1 if self.field.tall else 0)
        layout.addWidget(self._error_row)

    def _connect(self) -> None:
        self._saved_timer.setSingleShot(True)
        self._flash_timer.setSingleShot(True)
        self._saved_timer.timeout.connect(self._title.hide_saved)
        self._flash_timer.timeout.connect(self._end_flash)
        self._help.linkActivated.connect(self.cite_asked)
        self.field.committed.connect(self._on_committed)
        self.field.edited.connect(self.edited)
        self.field.focused.connect(self._on_focused)

    def _describe(self) -> None:
        tip = self._citation.full_vi if self._citation else ""
        self._help.setToolTip(tip)
        entry = self.field.entry()
        self._title.label.setBuddy(entry)
        self.setAccessibleName(self.question.label)
        if tip:
            for part in self.field.entries():
                part.setAccessibleDescription(f"{part.accessibleDescription()} Căn cứ: {tip}.".strip())

    def _make_help(self, *, show_cite: bool) -> QLabel:
        parts = [escape(self.question.help or "")]
        if show_cite and self._citation:
            parts.append(cite_link(self.question.cite, self._context.library.place(self.question.cite)))
        text = " ".join(part for part in parts if part)
        help_label = kit.rich(text, "help")
        help_label.setContentsMargins(0, 0, 0, 2)
        if not text:
            help_label.hide()  # shown without a parent it would flash as a window of its own
        return help_label

    # Showing

    def show_answer(self, value: Any) -> None:
        """Show the stored answer and what depends on other answers."""
        self.field.refresh()
        self.field.show_value(value)

    def show_mark(self, *, settles: bool) -> None:
        """Show «Chốt cấp độ» where the answer can still change the level."""
        self._title.show_mark(shown=settles)

    def show_error(self, text: str) -> None:
        """Show what is wrong; an empty text takes the message away."""
        self._error.setText(text)
        self._error_row.setVisible(bool(text))
        self.field.set_invalid(invalid=bool(text))

    @property
    def error(self) -> str:
        """What is wrong now, empty where nothing is."""
        return self._error.text()

    def flash(self) -> None:
        """Keep ``sel`` behind the question for two seconds; a table shows its current cell instead."""
        if self.field.wide:
            return
        self.setProperty("flash", True)
        restyle(self)
        self._flash_timer.start(FLASH_MS)

    def _end_flash(self) -> None:
        self.setProperty("flash", False)
        restyle(self)

    # Acting

    def flush(self, *, leaving: bool = False) -> None:
        """Store what was typed; on leaving, the letter being composed too."""
        if leaving:
            self.field.finish_composing()
        self.field.flush()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F1 shows the law as enacted."""
        if event.key() == Qt.Key.Key_F1:
            self.cite_asked.emit(self.question.cite)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click beside the field means the field."""
        super().mousePressEvent(event)
        self.focused.emit(self.question.id)

    def changeEvent(self, event: QEvent) -> None:
        """Another font scale, another width."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self._column is not None:
            self._column.fit()

    def _on_focused(self) -> None:
        self.focused.emit(self.question.id)

    def _on_committed(self, value: object) -> None:
        try:
            change = self._context.session.set(self.question.id, value)
        except WorkspaceError as error:
            self.show_error("")
            self.save_failed.emit(str(error))
            return
        except UserError as error:
            self.field.refused()
            self.show_error(str(error))
            self.focused.emit(self.question.id)
            return
        self.show_error("")
        if change is not None:
            self._title.show_saved()
            self._saved_timer.start(SAVED_MS)
