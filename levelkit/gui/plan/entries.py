"""Typed parts of the detail: text, unit, date. A value is taken on leaving and every few seconds."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QWidget

from levelkit.domain.text import format_date
from levelkit.errors import UserError
from levelkit.gui import kit
from levelkit.gui.fields.combo import Combo
from levelkit.gui.fields.numbers import CalendarPopup
from levelkit.gui.fields.text import LineEdit, PlainEdit
from levelkit.gui.icons import icon
from levelkit.gui.theme import restyle, theme
from levelkit.questionnaire.types import parse_date

if TYPE_CHECKING:
    from collections.abc import Sequence

LEAST = 120


class Typed(QObject):
    """Watches a line or text: ``committed`` carries what was typed, once, never half a letter."""

    committed = Signal(str)
    edited = Signal()

    def __init__(self, edit: LineEdit | PlainEdit) -> None:
        super().__init__(edit)
        self._edit = edit
        self._dirty = False
        self._putting = False
        edit.textChanged.connect(lambda *_: self._on_text())
        edit.left.connect(self.flush)
        if isinstance(edit, LineEdit):
            edit.returnPressed.connect(self.flush)

    def show(self, text: str) -> None:
        """Show a stored text; what is being typed is not overwritten."""
        if self._dirty or self._edit.composing or text == self._edit.text():
            return
        self._putting = True
        self._edit.restart(text)
        self._putting = False

    def restart(self, text: str) -> None:
        """Show a text of another row; what was typed was stored before."""
        self._dirty = False
        self.show(text)

    def flush(self, *, leaving: bool = False) -> None:
        """Commit what was typed; on leaving, the letter being composed too."""
        if leaving and self._edit.composing:
            QGuiApplication.inputMethod().commit()
            self._edit.composing = False
        if self._dirty and not self._edit.composing:
            self._dirty = False
            self.committed.emit(self._edit.text().strip())

    def hold(self) -> None:
        """What changes now was not typed."""
        self._putting = True

    def go_on(self) -> None:
        """Typing counts again."""
        self._putting = False

    @property
    def pending(self) -> bool:
        """Whether something was typed that is not yet committed."""
        return self._dirty

    def _on_text(self) -> None:
        if not self._putting:
            self._dirty = True
            self.edited.emit()


class TextEntry(QWidget):
    """A label over a line or over several lines."""

    committed = Signal(str)
    edited = Signal()

    def __init__(self, label: str, *, lines: int = 1, name: str = "") -> None:
        super().__init__()
        self.label = kit.label(label, "group")
        self.edit: LineEdit | PlainEdit = PlainEdit(lines) if lines > 1 else LineEdit()
        self.typed = Typed(self.edit)
        self.edit.setObjectName(name)
        self.say(label)
        self.label.setBuddy(self.edit)
        self.setLayout(kit.column(self.label, self.edit, spacing=4))
        self.typed.committed.connect(self.committed)
        self.typed.edited.connect(self.edited)

    def say(self, label: str) -> None:
        """Take another label."""
        self.label.setText(label)
        self.edit.setAccessibleName(label)

    def lock(self, *, locked: bool) -> None:
        """Let it be read alone."""
        self.edit.setReadOnly(locked)
        restyle(self.edit)


class UnitEntry(QWidget):
    """Who is responsible: typed, or taken from what was written before."""

    committed = Signal(str)
    edited = Signal()

    def __init__(self, label: str, name: str = "") -> None:
        super().__init__()
        self.label = kit.label(label, "group")
        self.combo = Combo()
        self.edit = LineEdit()
        self.typed = Typed(self.edit)
        self.combo.setEditable(True)
        self.combo.setInsertPolicy(Combo.InsertPolicy.NoInsert)
        self.combo.setLineEdit(self.edit)
        self.combo.setMinimumWidth(theme().px(LEAST))
        self.combo.setObjectName(name)
        self.combo.setAccessibleName(label)
        self.edit.setAccessibleName(label)
        self.label.setBuddy(self.combo)
        self.setLayout(kit.column(self.label, self.combo, spacing=4))
        self.combo.activated.connect(lambda _place: self.typed.flush())
        self.typed.committed.connect(self.committed)
        self.typed.edited.connect(self.edited)

    def suggest(self, words: Sequence[str]) -> None:
        """Offer what was written before; the text stays."""
        known = [self.combo.itemText(place) for place in range(self.combo.count())]
        if known != list(words):
            self.typed.hold()
            text = self.edit.text()
            self.combo.clear()
            self.combo.addItems(list(words))
            self.edit.setText(text)
            self.typed.go_on()

    def lock(self, *, locked: bool) -> None:
        """Let it be read alone."""
        self.combo.setEnabled(not locked)


class DateEntry(QWidget):
    """A date typed as 31/12/2026 or picked; ``committed`` carries a date, None where it was cleared."""

    committed = Signal(object)
    edited = Signal()

    def __init__(self, label: str, name: str = "") -> None:
        super().__init__()
        self.label = kit.label(label, "group")
        self.edit = LineEdit()
        self.typed = Typed(self.edit)
        self._problem = kit.label("", "error")
        self._popup: CalendarPopup | None = None

        self.edit.setObjectName(name)
        self.edit.setAccessibleName(label)
        self.edit.setPlaceholderText("ngày/tháng/năm")
        self.edit.setAccessibleDescription("Alt+mũi tên xuống để mở lịch")
        self.edit.setMinimumWidth(theme().px(LEAST))
        self.label.setBuddy(self.edit)
        self._calendar = QAction(icon("calendar"), "Mở lịch", self)
        self._calendar.setShortcut(QKeySequence("Alt+Down"))
        self._calendar.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.edit.addAction(self._calendar, LineEdit.ActionPosition.TrailingPosition)
        self._problem.hide()
        self.setLayout(kit.column(self.label, self.edit, self._problem, spacing=4))
        self.typed.committed.connect(self._on_committed)
        self.typed.edited.connect(self.edited)
        self._calendar.triggered.connect(self._open)

    def show_date(self, day: date | None, *, anew: bool = False) -> None:
        """Show a stored date."""
        text = format_date(day) if day else ""
        if anew or not self._problem.text():
            self._tell("")
            (self.typed.restart if anew else self.typed.show)(text)

    def date_typed(self) -> date | None:
        """The date as it stands in the line.

        Raises:
            UserError: it is none.
        """
        text = self.edit.text().strip()
        iso = parse_date(text) if text else None
        if text and iso is None:
            raise UserError(f"{self.label.text()}: {_wrong(text)}")
        return date.fromisoformat(iso) if iso else None

    def lock(self, *, locked: bool) -> None:
        """Let it be read alone."""
        self.edit.setReadOnly(locked)
        self._calendar.setEnabled(not locked)
        restyle(self.edit)

    def _on_committed(self, text: str) -> None:
        iso = parse_date(text) if text else None
        if text and iso is None:
            self._tell(_wrong(text)[:1].upper() + _wrong(text)[1:])
            return
        self._tell("")
        self.committed.emit(date.fromisoformat(iso) if iso else None)

    def _tell(self, text: str) -> None:
        self._problem.setText(text)
        self._problem.setVisible(bool(text))
        if bool(self.edit.property("invalid")) != bool(text):
            self.edit.setProperty("invalid", bool(text))
            restyle(self.edit)

    def _open(self) -> None:
        if self._popup is not None:
            self._popup.deleteLater()
        self._popup = CalendarPopup(parse_date(self.edit.text()), self)
        self._popup.picked.connect(self._on_picked)
        self._popup.move(self.mapToGlobal(QPoint(0, self.height() + 4)))
        self._popup.show()

    def _on_picked(self, day: QDate) -> None:
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edit.setText(day.toString("dd/MM/yyyy"))
        self.typed.flush()


def _wrong(text: str) -> str:
    return f"ô đang ghi «{text}», hãy gõ ngày/tháng/năm, ví dụ 31/12/2026."
