"""Parts of the level panel: a group of reasons, the questions that settle the level."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from levelkit.gui import kit
from levelkit.gui.theme import restyle, theme

if TYPE_CHECKING:
    from levelkit.gui.wizard.level_view import Line, Settling

FRESH_MS = 2000


class ReasonGroup(QFrame):
    """A heading with its count, and one row per reason: icon, text, what it rests on, link to the law."""

    cite_asked = Signal(str)

    def __init__(self, title: str, icon: str, tint: str, *, filled: bool = False) -> None:
        super().__init__()
        self._title = title
        self._icon = icon
        self._tint = tint
        self._filled = filled
        self._lines: tuple[Line, ...] | None = None

        self._rows = kit.column(spacing=8)
        self._head = kit.label("", "group")
        self._build()

    def _build(self) -> None:
        if self._filled:
            self.setProperty("tone", "sel")
        margins = (12, 8, 12, 8) if self._filled else (0, 0, 0, 0)
        layout = kit.column(self._head, self._rows, margins=margins, spacing=4)
        self.setLayout(layout)
        self.hide()

    def set_title(self, title: str) -> None:
        """Call the group something else."""
        if title != self._title:
            self._title = title
            self._show_head()

    def show_lines(self, lines: tuple[Line, ...]) -> None:
        """Show the reasons; a line that was not there before keeps ``sel`` for two seconds."""
        if lines == self._lines:
            return
        before = self._lines
        self._lines = lines
        self.setVisible(bool(lines))
        self._show_head()
        kit.clear(self._rows)
        for line in lines:
            fresh = before is not None and line not in before and not self._filled
            self._rows.addWidget(self._row(line, fresh=fresh))

    def _show_head(self) -> None:
        count = f" ({len(self._lines or ())})" if not self._filled else ""
        self._head.setText(f"{self._title}{count}")
        self.setAccessibleName(self._title)

    def _row(self, line: Line, *, fresh: bool) -> QWidget:
        texts = kit.column(kit.label(line.text, ""))
        if line.detail:
            texts.addWidget(kit.label(line.detail, "secondary"))
        if line.ref and line.cite:
            says = f"Xem nguyên văn {line.cite}"
            texts.addWidget(kit.link(line.cite, lambda: self.cite_asked.emit(line.ref), says=says))
        elif line.cite:
            texts.addWidget(kit.label(line.cite, "secondary"))
        row = QFrame()
        row.setObjectName("changed_line")
        if self._icon and not self._filled:
            picture = kit.picture(self._icon, self._tint)
            across = kit.row(picture, texts, spacing=10)
            across.setStretch(1, 1)
            across.setAlignment(picture, Qt.AlignmentFlag.AlignTop)
            row.setLayout(across)
        else:
            row.setLayout(texts)
        if fresh:
            row.setProperty("fresh", "true")
            QTimer.singleShot(FRESH_MS, row, lambda: _settle(row))
        return row


def _settle(row: QFrame) -> None:
    row.setProperty("fresh", "false")
    restyle(row)


class SettlingList(QFrame):
    """The questions that settle the level, numbered; each card jumps to its question."""

    jump_asked = Signal(str)
    cite_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[object, ...] | None = None
        self._cards = QVBoxLayout()
        self._head = kit.label("", "group")
        self._foot = kit.label("", "secondary")
        self._cards.setSpacing(theme().px(6))
        self._cards.setContentsMargins(0, 0, 0, 0)
        self.setLayout(kit.column(self._head, self._cards, self._foot, spacing=8))
        self.hide()

    def show_questions(self, head: str, questions: tuple[Settling, ...], more: int, foot: str) -> None:
        """Show the questions in their order, how many more there are, and what follows if all are «Không»."""
        shown = (head, questions, more, foot)
        if shown == self._shown:
            return
        self._shown = shown
        self.setVisible(bool(questions))
        self._head.setText(head)
        self.setAccessibleName(head)
        self._foot.setText(f"Còn {more} câu khác có thể đổi kết quả." if more else foot)
        self._foot.setVisible(bool(self._foot.text()))
        kit.clear(self._cards)
        for number, question in enumerate(questions, start=1):
            self._cards.addWidget(self._card(number, question))

    def _card(self, number: int, question: Settling) -> QWidget:
        title = kit.jump(
            question.title,
            lambda: self.jump_asked.emit(question.question_id),
            says=f"Câu {number}: {question.title}. {question.effect}. Tới câu hỏi",
            name=f"settle_{number}",
        )
        cite = kit.link(
            question.cite,
            lambda: self.cite_asked.emit(question.ref),
            says=f"Xem nguyên văn {question.cite}",
        )
        texts = kit.column(title, kit.label(question.effect, "secondary"), cite, spacing=2)
        number_label = kit.label(str(number), "name", wrap=False)
        card = QFrame()
        card.setProperty("surface", "card")
        layout = kit.row(
            number_label, texts, kit.picture("chevron-right"), margins=(12, 8, 10, 8), spacing=10
        )
        layout.setStretch(1, 1)
        card.setLayout(layout)
        return card
