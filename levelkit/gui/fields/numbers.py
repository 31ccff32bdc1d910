"""Fields of whole numbers and dates: typed as people write them, refused texts stay."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QDate, QLocale, QPoint, Qt, Signal
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import (
    QCalendarWidget,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from levelkit.domain.text import format_number
from levelkit.gui.fields.text import LineEdit, TypedField
from levelkit.gui.fields.values import show_date
from levelkit.gui.icons import with_icon
from levelkit.gui.theme import theme
from levelkit.questionnaire.types import parse_date

if TYPE_CHECKING:
    from levelkit.gui.fields.context import FieldContext
    from levelkit.questionnaire import Question


class IntegerField(TypedField):
    """A whole number: shows 1.850.000."""

    def __init__(self, question: Question, context: FieldContext, parent: QWidget | None = None) -> None:
        super().__init__(question, context, parent)
        self._begin(LineEdit(self))
        self.edit.setProperty("short", True)
        unit = QLabel(question.unit or "", self)
        unit.setProperty("role", "help")

        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.edit)
        layout.addWidget(unit)
        layout.addStretch(1)

    def text_of(self, value: Any) -> str:
        """With its points."""
        return format_number(value) if isinstance(value, int) else ""


class CalendarPopup(QFrame):
    """A month in Vietnamese, Monday first; Esc closes."""

    picked = Signal(QDate)

    def __init__(self, iso: str | None, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("calendar_popup")
        self.setProperty("surface", "popup")
        self.setAccessibleName("Lịch")
        self.calendar = QCalendarWidget(self)
        self.calendar.setLocale(QLocale(QLocale.Language.Vietnamese, QLocale.Country.Vietnam))
        self.calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.calendar.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.ShortDayNames)
        self.calendar.setAccessibleName("Lịch: chọn ngày bằng phím mũi tên, Enter để lấy")
        plain = QTextCharFormat()
        plain.setForeground(theme().color("text"))
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.calendar.setWeekdayTextFormat(day, plain)
        for name, mark, says in (
            ("qt_calendar_prevmonth", "chevron-left", "Tháng trước"),
            ("qt_calendar_nextmonth", "chevron-right", "Tháng sau"),
        ):
            arrow = self.calendar.findChild(QToolButton, name)
            if arrow is not None:
                with_icon(arrow, mark)
                arrow.setAccessibleName(says)
                arrow.setToolTip(says)
        if iso:
            self.calendar.setSelectedDate(QDate.fromString(iso, Qt.DateFormat.ISODate))
        today = QPushButton("Hôm nay", self)
        today.setProperty("kind", "quiet")

        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.addWidget(self.calendar)
        layout.addWidget(today, 0, Qt.AlignmentFlag.AlignLeft)

        self.calendar.clicked.connect(self._on_picked)
        self.calendar.activated.connect(self._on_picked)
        today.clicked.connect(self._on_today)
        self.calendar.setFocus()

    def _on_picked(self, day: QDate) -> None:
        self.picked.emit(day)
        self.close()

    def _on_today(self) -> None:
        self._on_picked(QDate.currentDate())


class DateField(TypedField):
    """A date typed as 05/01/2026, or picked from a small calendar."""

    def __init__(self, question: Question, context: FieldContext, parent: QWidget | None = None) -> None:
        super().__init__(question, context, parent)
        self._begin(LineEdit(self))
        self.edit.setProperty("short", True)
        if not question.placeholder:
            self.edit.setPlaceholderText("ngày/tháng/năm")
        self.popup: CalendarPopup | None = None
        self._button = QToolButton(self)
        self._button.setProperty("kind", "icon")
        self._button.setToolTip("Mở lịch")
        self._button.setAccessibleName(f"Mở lịch: {question.name}")
        with_icon(self._button, "calendar")

        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.edit)
        layout.addWidget(self._button)
        layout.addStretch(1)

        self._button.clicked.connect(self._open)
        self.watch(self._button)

    def entries(self) -> list[QWidget]:
        """The line and its button."""
        return [self.edit, self._button]

    def set_invalid(self, *, invalid: bool) -> None:
        """Only the line can be wrong."""
        self._button.setProperty("invalid", invalid)
        super().set_invalid(invalid=invalid)

    def set_read_only(self, *, read_only: bool) -> None:
        """No calendar either."""
        super().set_read_only(read_only=read_only)
        self._button.setEnabled(not read_only)

    def text_of(self, value: Any) -> str:
        """Day, month, year."""
        return show_date(value) if isinstance(value, str) else ""

    def _open(self) -> None:
        if self.popup is not None:
            self.popup.deleteLater()
        self.popup = CalendarPopup(parse_date(self.edit.text()), self)
        self.popup.picked.connect(self._on_picked)
        self.popup.move(self.mapToGlobal(QPoint(0, self.height() + 4)))
        self.popup.show()

    def _on_picked(self, day: QDate) -> None:
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.type_text(day.toString("dd/MM/yyyy"))
        self.flush()
