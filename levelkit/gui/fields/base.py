"""What every field is: a widget that shows one answer and says when a person gave another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from levelkit.gui.theme import restyle

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from levelkit.gui.fields.context import FieldContext
    from levelkit.questionnaire import Question

COLUMN_WIDTH = 680


class Field(QWidget):
    """One answer.

    ``committed`` carries the value to store, None to take the answer back; ``edited`` says that text was
    typed and not yet committed; ``focused`` that a part of the field has the focus.
    """

    committed = Signal(object)
    edited = Signal()
    focused = Signal()

    wide = False  # may take the whole page, not the text column only
    tall = False  # takes the height that is left, as a table on a tab

    def __init__(self, question: Question, context: FieldContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.question = question
        self.context = context

    def entry(self) -> QWidget:
        """The part that takes the focus when a person jumps here."""
        return self

    def entries(self) -> list[QWidget]:
        """Every part that can take the focus."""
        return [self.entry()]

    def show_value(self, value: Any) -> None:
        """Show the stored answer; what is being typed or composed is never overwritten."""

    def refresh(self) -> None:
        """Look again at what depends on other answers (options, problems)."""

    def flush(self) -> None:
        """Commit what was typed and not yet committed; a letter being composed is waited for."""

    def pending(self) -> bool:
        """Whether something was typed that is not yet committed."""
        return False

    def finish_composing(self) -> None:
        """Take a letter being composed as it stands, before the page goes."""

    def refused(self) -> None:
        """The answer was not taken; what was typed stays."""

    def set_invalid(self, *, invalid: bool) -> None:
        """Mark the entry as wrong."""
        for part in self.entries():
            if bool(part.property("invalid")) != invalid:
                part.setProperty("invalid", invalid)
                restyle(part)

    def set_read_only(self, *, read_only: bool) -> None:
        """Let nothing be changed; the answer can still be read and copied where it is text."""
        for part in self.entries():
            part.setEnabled(not read_only)

    def watch(self, *parts: QWidget) -> None:
        """Say ``focused`` whenever one of the parts takes the focus."""
        for part in parts:
            part.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice the focus."""
        if event.type() == QEvent.Type.FocusIn:
            self.focused.emit()
        return super().eventFilter(watched, event)


def leave_keys_to_window(event: QEvent, *, undo: bool, redo: bool) -> bool:
    """Whether a key in a text belongs to the window: Ctrl+Z, Ctrl+Y where nothing was typed, Ctrl+E."""
    if event.type() != QEvent.Type.ShortcutOverride:
        return False
    key: QKeyEvent = event  # type: ignore[assignment]
    wanted = (key.matches(QKeySequence.StandardKey.Undo) and not undo) or (
        key.matches(QKeySequence.StandardKey.Redo) and not redo
    )
    # On X11 a text takes Ctrl+E for the end of the line; in this window it goes to the last section.
    wanted = wanted or (key.key() == Qt.Key.Key_E and key.modifiers() == Qt.KeyboardModifier.ControlModifier)
    if wanted:
        event.ignore()
    return wanted


def name(widget: QWidget, question: Question, part: str = "") -> None:
    """Give a part its object name, accessible name and description from the question."""
    identity = question.id.replace(".", "_").replace("-", "_")
    widget.setObjectName(f"{identity}__{part}" if part else identity)
    if not widget.accessibleName():
        widget.setAccessibleName(question.label)
    own = question.label if widget.accessibleName() != question.label else None
    texts = (own, widget.property("said"), question.help, question.why)
    widget.setAccessibleDescription(" ".join(text for text in texts if text))
