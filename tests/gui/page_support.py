"""What the tests of pages share: typing as an input method does, looking at what a screen reader gets."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAccessible, QInputMethodEvent
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


def unnamed(page: QWidget) -> list[str]:
    """Parts in sight that take the focus and tell a screen reader nothing."""
    parts = [part for part in page.findChildren(QWidget) if part.isVisible()]
    reachable = [part for part in parts if part.focusPolicy() & Qt.FocusPolicy.TabFocus]
    return [f"{type(part).__name__} {part.objectName()}" for part in reachable if not heard(part)[0]]
