"""Fields to choose from: one of few, several, statements, kinds of personal data, levels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QLayout, QVBoxLayout, QWidget

from levelkit.gui.fields.base import Field
from levelkit.gui.fields.combo import Combo
from levelkit.gui.fields.flow import FlowLayout
from levelkit.gui.fields.rows import CheckRow, RadioRow
from levelkit.questionnaire import NONE_OF_THESE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from levelkit.gui.fields.context import FieldContext
    from levelkit.questionnaire import Option, Question

UNKNOWN = "Chưa rõ"
NOT_CHOSEN = "Chưa chọn"
LEFT_BLANK = "Để trống"
MANY = 5
NONE_LABEL = "Không có trường hợp nào ở trên"
EASILY_MISSED = ("eye", "Hay bị bỏ sót")
SHORT_LABEL = 28
LINE_LABELS = 84
ARROWS = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right}
TURNED_TO_LINE = {Qt.Key.Key_Up: Qt.Key.Key_Left, Qt.Key.Key_Down: Qt.Key.Key_Right}
TURNED_TO_COLUMN = {Qt.Key.Key_Left: Qt.Key.Key_Up, Qt.Key.Key_Right: Qt.Key.Key_Down}
KIND_GROUPS = (("basic", "Dữ liệu cá nhân cơ bản"), ("sensitive", "Dữ liệu cá nhân nhạy cảm"))


class RadioField(Field):
    """One of a few; short ones in one line. ``None`` among the values is «Chưa rõ»."""

    def __init__(
        self,
        question: Question,
        context: FieldContext,
        choices: Sequence[tuple[Any, str, str]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(question, context, parent)
        self._values = [value for value, _, _ in choices]
        self._unknown_chosen = False
        self._buttons = [RadioRow(label, help_text, parent=self) for _, label, help_text in choices]
        self._group = QButtonGroup(self)
        for button, (_, _, help_text) in zip(self._buttons, choices, strict=True):
            button.setProperty("said", help_text)

        in_line = self._in_line(choices)
        self._turned = TURNED_TO_LINE if in_line else TURNED_TO_COLUMN
        layout: QLayout = FlowLayout(self, gap=28) if in_line else QVBoxLayout(self)
        if isinstance(layout, QVBoxLayout):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        for number, button in enumerate(self._buttons):
            self._group.addButton(button, number)
            layout.addWidget(button)

        self._group.idClicked.connect(self._on_clicked)
        self.watch(*self._buttons)

    @staticmethod
    def _in_line(choices: Sequence[tuple[Any, str, str]]) -> bool:
        labels = [label for _, label, _ in choices]
        short = all(len(label) <= SHORT_LABEL for label in labels) and not any(
            help_ for _, _, help_ in choices
        )
        return short and sum(len(label) for label in labels) + 6 * len(labels) <= LINE_LABELS

    def entry(self) -> QWidget:
        """The chosen one, else the first."""
        checked = self._group.checkedButton()
        return checked if checked is not None else self._buttons[0]

    def entries(self) -> list[QWidget]:
        """All of them."""
        return list(self._buttons)

    def show_value(self, value: Any) -> None:
        """Choose the stored one; nothing is chosen ahead of the person."""
        if value is None and self._unknown_chosen and None in self._values:
            return
        self._unknown_chosen = False
        number = self._values.index(value) if value is not None and value in self._values else -1
        if number >= 0:
            self._buttons[number].setChecked(True)
        elif self._group.checkedId() >= 0:
            self._clear()
        self._mind_tab()

    def refresh(self) -> None:
        """Offer only what may be chosen now."""
        if self.question.options:
            offered = {option.value for option in self.context.options(self.question)}
            for value, button in zip(self._values, self._buttons, strict=True):
                button.setVisible(value is None or value in offered)
            self._mind_tab()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Del takes the answer back; every arrow goes along the choices, however they lie."""
        if _pressed(event) in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self._clear()
            self._unknown_chosen = False
            self.committed.emit(None)
            return True
        pressed = _pressed(event)
        along = self._turned.get(Qt.Key(pressed)) if pressed in ARROWS else None
        if along is not None:
            press = QKeyEvent(QEvent.Type.KeyPress, along, Qt.KeyboardModifier.NoModifier)
            return QCoreApplication.sendEvent(watched, press)
        return super().eventFilter(watched, event)

    def _mind_tab(self) -> None:
        # Qt minds this only once the focus is inside: before, Tab lands on the first instead of the chosen.
        shown = [button for button in self._buttons if not button.isHidden()]
        stop = next((button for button in shown if button.isChecked()), shown[0] if shown else None)
        for button in self._buttons:
            policy = Qt.FocusPolicy.StrongFocus if button is stop else Qt.FocusPolicy.ClickFocus
            button.setFocusPolicy(policy)

    def _clear(self) -> None:
        self._group.setExclusive(False)
        for button in self._buttons:
            button.setChecked(False)
        self._group.setExclusive(True)

    def _on_clicked(self, number: int) -> None:
        value = self._values[number]
        self._unknown_chosen = value is None
        self._mind_tab()
        self.committed.emit(value)


class YesNoField(RadioField):
    """«Có», «Không», «Chưa rõ»; never chosen ahead."""

    def __init__(self, question: Question, context: FieldContext, parent: QWidget | None = None) -> None:
        super().__init__(
            question, context, ((True, "Có", ""), (False, "Không", ""), (None, UNKNOWN, "")), parent
        )


def make_single(question: Question, context: FieldContext, parent: QWidget | None = None) -> Field:
    """Radio buttons; a list to drop down where there are many options and none is a fact."""
    many = len(question.options) >= MANY and not question.facts
    return ComboField(question, context, parent) if many else SingleField(question, context, parent)


class ComboField(Field):
    """One of many options."""

    def __init__(self, question: Question, context: FieldContext, parent: QWidget | None = None) -> None:
        super().__init__(question, context, parent)
        self._combo = Combo(self)
        self._combo.setAccessibleName(question.label)
        self._combo.addItem(NOT_CHOSEN, None)
        for option in question.options:
            self._combo.addItem(_with_help(option), option.value)

        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._combo)
        layout.addStretch(1)

        self._combo.activated.connect(self._on_activated)
        self.watch(self._combo)

    def entry(self) -> QWidget:
        """The list."""
        return self._combo

    def show_value(self, value: Any) -> None:
        """Show the stored one, or that none is chosen."""
        self._combo.setCurrentIndex(max(self._combo.findData(value), 0) if value is not None else 0)

    def _on_activated(self, place: int) -> None:
        self.committed.emit(self._combo.itemData(place))


class SingleField(RadioField):
    """One of the options; «Chưa rõ» where the answer is a fact."""

    def __init__(self, question: Question, context: FieldContext, parent: QWidget | None = None) -> None:
        choices: list[tuple[Any, str, str]] = [
            (option.value, option.label, option.help or "") for option in question.options
        ]
        if question.facts:
            choices.append((None, UNKNOWN, ""))
        super().__init__(question, context, choices, parent)


class LevelField(RadioField):
    """Cấp 1 to cấp 5; what was chosen can be taken back with the mouse too."""

    def __init__(self, question: Question, context: FieldContext, parent: QWidget | None = None) -> None:
        lowest, highest = question.minimum or 1, question.maximum or 5
        labels = {option.value: option.label for option in question.options}
        choices: list[tuple[Any, str, str]] = [
            (level, labels.get(str(level), f"Cấp {level}"), "") for level in range(lowest, highest + 1)
        ]
        choices.append((None, LEFT_BLANK, ""))
        super().__init__(question, context, choices, parent)


class RiskLevelField(RadioField):
    """Which level the risk assessment asks for: 0 is none."""

    def __init__(self, question: Question, context: FieldContext, parent: QWidget | None = None) -> None:
        labels = {option.value: option.label for option in question.options}
        none = labels.get("0", "Không đề nghị cấp nào")
        choices: list[tuple[Any, str, str]] = [(0, none, "")]
        choices += [(level, labels.get(str(level), f"Cấp {level}"), "") for level in range(1, 6)]
        super().__init__(question, context, choices, parent)


class MultiField(Field):
    """Several options; an exclusive one stands alone."""

    def __init__(self, question: Question, context: FieldContext, parent: QWidget | None = None) -> None:
        super().__init__(question, context, parent)
        self._rows: dict[str, CheckRow] = {}
        self._exclusive = {option.value for option in question.options if option.exclusive}

        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self._fill(layout)

        for value, row in self._rows.items():
            row.clicked.connect(lambda checked, value=value: self._on_clicked(value, checked=checked))
        self.watch(*self._rows.values())

    def _fill(self, layout: QVBoxLayout) -> None:
        for option in self.question.options:
            self._add(layout, option)

    def _add(self, layout: QVBoxLayout, option: Option) -> None:
        flag = EASILY_MISSED if option.easily_missed else None
        row = CheckRow(option.label, option.help or "", flag, self)
        row.setProperty("said", " ".join(filter(None, (f"{flag[1]}." if flag else "", option.help))))
        citation = self.context.citation(option.cite) if option.cite else None
        if citation:
            row.setToolTip(citation.full_vi)
        self._rows[option.value] = row
        layout.addWidget(row)

    def entry(self) -> QWidget:
        """The first one."""
        return next(iter(self._rows.values()))

    def entries(self) -> list[QWidget]:
        """All of them."""
        return list(self._rows.values())

    def show_value(self, value: Any) -> None:
        """Tick what is stored."""
        chosen = set(value or ())
        for option, row in self._rows.items():
            row.setChecked(option in chosen)

    def refresh(self) -> None:
        """Offer only what may be chosen now."""
        offered = {option.value for option in self.context.options(self.question)}
        for value, row in self._rows.items():
            row.setVisible(value in offered or value == NONE_OF_THESE)

    def _alone(self, value: str) -> bool:
        return value in self._exclusive

    def _on_clicked(self, value: str, *, checked: bool) -> None:
        if checked:
            self._uncheck(
                other for other in self._rows if other != value and (self._alone(value) or self._alone(other))
            )
        self.committed.emit([option for option, row in self._rows.items() if row.isChecked()])

    def _uncheck(self, values: Iterable[str]) -> None:
        for value in values:
            self._rows[value].setChecked(False)


class StatementsField(MultiField):
    """Plain statements, and one that says none of them holds."""

    def _fill(self, layout: QVBoxLayout) -> None:
        super()._fill(layout)
        self._exclusive.add(NONE_OF_THESE)
        row = CheckRow(self.question.none_label or NONE_LABEL, parent=self)
        self._rows[NONE_OF_THESE] = row
        layout.addSpacing(8)
        layout.addWidget(row)


class DataKindsField(MultiField):
    """Kinds of personal data in two groups, the easily missed ones marked."""

    def _fill(self, layout: QVBoxLayout) -> None:
        rest = [option for option in self.question.options if option.group is None]
        for key, title in KIND_GROUPS:
            head = QLabel(title, self)
            head.setProperty("role", "name")
            layout.addWidget(head)
            layout.addSpacing(4)
            for option in self.question.options:
                if option.group == key:
                    self._add(layout, option)
            layout.addSpacing(12)
        for option in rest:
            self._add(layout, option)


def _pressed(event: QEvent) -> int | None:
    """The key of a key press, None for any other event."""
    if isinstance(event, QKeyEvent) and event.type() == QKeyEvent.Type.KeyPress:
        return event.key()
    return None


def _with_help(option: Option) -> str:
    """Label and help in one line: «TL. (thừa lệnh): người đứng đầu đơn vị thuộc cơ quan»."""
    if not option.help:
        return option.label
    return f"{option.label}: {option.help[:1].lower()}{option.help[1:].rstrip('.')}"
