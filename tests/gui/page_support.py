"""What the tests of pages share: typing as an input method does, looking at what a screen reader gets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAccessible, QInputMethodEvent

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def compose(widget: QWidget, letters: str) -> None:
    """Letters under composition, not yet committed (Telex through an input method)."""
    QCoreApplication.sendEvent(widget, QInputMethodEvent(letters, []))


def type_text(widget: QWidget, text: str) -> None:
    """Commit a text as an input method does; keyClicks cannot type Vietnamese."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QCoreApplication.sendEvent(widget, event)


def retype(widget: QWidget, text: str) -> None:
    """Replace the whole text of a field."""
    widget.selectAll()
    type_text(widget, text)


def heard(widget: QWidget) -> tuple[str, str]:
    """Name and description that a screen reader gets."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name), interface.text(QAccessible.Text.Description)
