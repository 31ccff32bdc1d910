"""Fields of typed text: one line, several lines."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from levelkit.errors import UserError
from levelkit.gui.fields.base import Field, leave_keys_to_window
from levelkit.gui.fields.measure import laid_out
from levelkit.gui.theme import restyle, theme
from levelkit.questionnaire import normalise

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QResizeEvent, QWheelEvent

    from levelkit.gui.fields.context import FieldContext
    from levelkit.questionnaire import Question

SHORT = {"phone", "date", "number", "short_code", "symbol"}
MIN_LINES = 3
MAX_LINES = 18
EDGE_X, EDGE_Y = 16, 14  # padding and lines of the sheet, both sides


class LineEdit(QLineEdit):
    """A line that knows whether a letter is being composed (Telex, VNI through an input method)."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.composing = False

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Remember what is being composed."""
        self.composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def event(self, event: QEvent) -> bool:
        """Leave undo to the window where the line has nothing to undo."""
        if leave_keys_to_window(event, undo=self.isUndoAvailable(), redo=self.isRedoAvailable()):
            return False
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Say that the line was left, unless only a menu came up."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.composing = False
            self.left.emit()

    def restart(self, text: str) -> None:
        """Show a text and forget what was typed before."""
        self.setText(text)
        self.setCursorPosition(0)


class PlainEdit(QPlainTextEdit):
    """Several lines that grow with the text; Tab moves on."""

    left = Signal()

    def __init__(self, lines: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.composing = False
        self._lines = lines
        self._wanted = 0
        self._measured: tuple[str, int, str] | None = None

        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self._grow)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._grow()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Remember what is being composed."""
        self.composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def event(self, event: QEvent) -> bool:
        """Leave undo to the window where the text has nothing to undo."""
        document = self.document()
        if leave_keys_to_window(event, undo=document.isUndoAvailable(), redo=document.isRedoAvailable()):
            return False
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Say that the text was left, unless only a menu came up."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.composing = False
            self.left.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Measure again with another font."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._grow()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Measure again with another width."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._grow()

    def restart(self, text: str) -> None:
        """Show a text and forget what was typed before."""
        self.setPlainText(text)

    def text(self) -> str:
        """The text, as a line has it."""
        return self.toPlainText()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page, unless a person is at work in a text longer than its box."""
        if self.hasFocus() and self.verticalScrollBar().maximum() > 0:
            super().wheelEvent(event)
        else:
            event.ignore()

    def _grow(self) -> None:
        px, margin = theme().px, round(2 * self.document().documentMargin())
        text, width = self.toPlainText() or " ", self.width() - px(EDGE_X) - margin
        if (text, width, self.font().key()) == self._measured:
            return
        self._measured = (text, width, self.font().key())
        words = laid_out(text, self.font(), width)
        line = words.lineAt(0).height()
        lines = max(words.lineCount(), self._lines)
        shown = min(lines, max(MAX_LINES, self._lines))
        policy = Qt.ScrollBarPolicy
        bar = policy.ScrollBarAsNeeded if lines > shown else policy.ScrollBarAlwaysOff
        turned = bar != self.verticalScrollBarPolicy()
        self.setVerticalScrollBarPolicy(bar)
        wanted = ceil(shown * line) + px(EDGE_Y) + margin
        if wanted != self._wanted:
            self._wanted = wanted
            self.setFixedHeight(wanted)
        if turned:
            # Qt keeps the lines it broke beside the bar: one too many, and the first one scrolls away.
            self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
            self.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)


class TypedField(Field):
    """What typed fields have in common: text becomes an answer on leaving and every few seconds.

    A text that was refused stays as typed. A letter being composed is never interrupted.
    """

    edit: LineEdit | PlainEdit

    def _begin(self, edit: LineEdit | PlainEdit) -> None:
        self.edit = edit
        self._stored: Any = None
        self._dirty = False
        self._refused = False
        self._putting = False
        self._committing = False
        edit.setPlaceholderText(self.question.placeholder or "")
        edit.textChanged.connect(self._on_text)
        edit.left.connect(self._on_left)
        if isinstance(edit, LineEdit):
            edit.returnPressed.connect(self.flush)
        self.watch(edit)

    def entry(self) -> QWidget:
        """The line or text."""
        return self.edit

    def text_of(self, value: Any) -> str:
        """The stored answer as it stands in the field."""
        return "" if value is None else str(value)

    def show_value(self, value: Any) -> None:
        """Show the stored answer, unless a person is at work on the text."""
        changed = value != self._stored
        self._stored = value
        if self._dirty or self.edit.composing or self._means(value) or (self._committing and not changed):
            return
        if changed or not self._refused:
            self._put(self.text_of(value))

    def flush(self) -> None:
        """Commit what was typed, unless a letter is being composed."""
        if self._dirty and not self.edit.composing:
            self._dirty = False
            self._refused = False
            self._committing = True
            self.committed.emit(self.edit.text() if self.edit.text().strip() else None)
            self._committing = False

    def type_text(self, text: str) -> None:
        """Put a text in as if a person had typed it."""
        self.edit.restart(text)

    def pending(self) -> bool:
        """Whether something was typed that is not yet committed."""
        return self._dirty

    def finish_composing(self) -> None:
        """Take the letter being composed as it stands, before the page goes."""
        if self.edit.composing:
            QGuiApplication.inputMethod().commit()
            self.edit.composing = False

    def refused(self) -> None:
        """The text was not taken: it stays as typed."""
        self._refused = True

    def set_read_only(self, *, read_only: bool) -> None:
        """Text can still be read and copied."""
        self.edit.setReadOnly(read_only)
        restyle(self.edit)

    def _means(self, value: Any) -> bool:
        """Whether the text, while it has the focus, already says the value."""
        if not self.edit.hasFocus():
            return False
        try:
            return bool(normalise(self.question, self.edit.text() or None) == value)
        except UserError:
            return False

    def _put(self, text: str) -> None:
        self._refused = False
        if text != self.edit.text():
            self._putting = True
            self.edit.restart(text)
            self._putting = False

    def _on_text(self) -> None:
        if not self._putting:
            self._dirty = True
            self.edited.emit()

    def _on_left(self) -> None:
        self.flush()
        if not self._refused and not self.edit.hasFocus():
            self._put(self.text_of(self._stored))


class TextField(TypedField):
    """One line."""

    def __init__(self, question: Question, context: FieldContext, parent: QWidget | None = None) -> None:
        super().__init__(question, context, parent)
        self._begin(LineEdit(self))
        self.edit.setAccessibleName(question.label)

        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.edit)
        if question.id.rpartition(".")[2] in SHORT:
            self.edit.setProperty("short", True)
            layout.addStretch(1)


class LongTextField(TypedField):
    """Several lines."""

    def __init__(self, question: Question, context: FieldContext, parent: QWidget | None = None) -> None:
        super().__init__(question, context, parent)
        self._begin(PlainEdit(question.rows or MIN_LINES, self))

        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.edit)
