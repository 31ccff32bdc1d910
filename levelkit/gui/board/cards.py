"""What falls due, and what has to be determined again: two lists of which every line opens something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from levelkit.domain.text import format_date, format_number
from levelkit.gui import kit
from levelkit.gui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from levelkit.services.board import Board
    from levelkit.services.board_dues import Due
    from levelkit.services.board_reviews import Review

MOST = 12
"""Lines a card builds; the table below shows the rest."""


class ListCard(QFrame):
    """A title, a link beside it, lines that scroll."""

    def __init__(self, name: str, says: str) -> None:
        super().__init__()
        self._title = kit.label("", "question", wrap=False)
        self._all = kit.link("", self.ask_all, name=f"{name}_all")
        self._rows = kit.column(spacing=0)
        self._area = kit.ColumnArea(self._rows, says)

        self.setObjectName(name)
        self.setProperty("surface", "card")
        head = kit.row(self._title, None, self._all)
        layout = kit.column(head, self._area, margins=(16, 12, 12, 12), spacing=6)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def ask_all(self) -> None:
        """Show everything in the table."""
        raise TypeError("a list card says itself what it shows")

    def fill(self, title: str, link: str, rows: Sequence[QWidget], nothing: str) -> None:
        """Show these rows, or what to say without any."""
        self._title.setText(title)
        self._all.setText(link)
        self._all.setAccessibleName(link)
        kit.show(self._all, link)
        kit.clear(self._rows)
        for place, row in enumerate(rows):
            if place:
                self._rows.addWidget(kit.rule())
            self._rows.addWidget(row)
        if not rows:
            self._rows.addWidget(kit.label(nothing, "secondary"))
        self._rows.addStretch(1)


class DuesCard(ListCard):
    """Deadlines, the earliest first. ``asked`` carries the one to open; ``all_asked``: the urgent ones."""

    asked = Signal(object)
    all_asked = Signal()

    def __init__(self) -> None:
        super().__init__("board_dues", "Hạn sắp tới")

    def show_board(self, board: Board) -> None:
        """Show what is late and coming."""
        rows = [self._row(due) for due in board.dues[:MOST]]
        more = len(board.dues) > MOST
        self.fill("Hạn sắp tới", "Xem trong bảng" if more else "", rows, "Không có hạn nào.")

    def ask_all(self) -> None:
        """Those in the table."""
        self.all_asked.emit()

    def _row(self, due: Due) -> QWidget:
        words = due_words(due)
        says = f"{format_date(due.day)}, {words}, {due.left_vi}, {due.cite_vi}"
        day = kit.label(format_date(due.day), "name", wrap=False)
        jump = kit.jump(words, lambda: self.asked.emit(due), says=says)
        jump.setProperty("plain", True)
        since = "; tính từ ngày ghi trạng thái hồ sơ, không tính ngày đó" if due.kind == "clock" else ""
        jump.setToolTip(f"{due.cite_vi}{since}")
        left = kit.label(due.left_vi, "secondary", wrap=False)
        left.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        sign = kit.picture(
            "triangle-alert" if due.urgent else "calendar", "err" if due.urgent else "text3", 16
        )
        row = QWidget()
        layout = kit.row(day, jump, left, sign, margins=(0, 4, 6, 4), spacing=10)
        layout.setStretch(1, 1)
        row.setLayout(layout)
        return row


class ReviewsCard(ListCard):
    """Levels to determine again, each with its reason. ``asked`` carries code and place."""

    asked = Signal(str, str)
    cite_asked = Signal(str)
    all_asked = Signal()

    def __init__(self) -> None:
        super().__init__("board_reviews", "Phải xác định lại")

    def show_board(self, board: Board) -> None:
        """Show the reasons found."""
        systems = len({review.code for review in board.reviews})
        rows = [self._row(review) for review in board.reviews[:MOST]]
        more = len(board.reviews) > MOST
        title = f"Phải xác định lại ({format_number(systems)})"
        nothing = "Chưa thấy thay đổi nào buộc đánh giá rủi ro hay xác định lại cấp độ."
        self.fill(title, "Xem trong bảng" if more else "", rows, nothing)

    def ask_all(self) -> None:
        """Those in the table."""
        self.all_asked.emit()

    def _row(self, review: Review) -> QWidget:
        name = f"{review.code} {review.name}"
        jump = kit.jump(name, lambda: self.asked.emit(review.code, review.where), says=f"Mở {name}")
        text = kit.label(review.text_vi, "secondary")
        link = kit.link(
            review.cite_vi, lambda: self.cite_asked.emit(review.cite), says=f"Nguyên văn {review.cite_vi}"
        )
        row = QWidget()
        grid = QGridLayout(row)
        grid.setContentsMargins(0, theme().px(4), theme().px(6), theme().px(4))
        grid.setHorizontalSpacing(theme().px(10))
        grid.setVerticalSpacing(0)
        grid.addWidget(kit.picture("refresh-cw", "warn", 16), 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(jump, 0, 1)
        grid.addWidget(link, 0, 2, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(text, 1, 1, 1, 2)
        grid.setColumnStretch(1, 1)
        return row


def due_words(due: Due) -> str:
    """«Thẩm định: HT-03», «…: 7 hệ thống»."""
    if not due.codes:
        return due.what_vi
    named = due.codes[0] if len(due.codes) == 1 else f"{format_number(len(due.codes))} hệ thống"
    return f"{due.what_vi}: {named}"
