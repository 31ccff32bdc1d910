"""Systems by level and how far their dossiers are: a bar per level, numbers on it, the same as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QFrame, QGridLayout, QSizePolicy, QWidget

from levelkit.domain.text import format_number
from levelkit.gui import kit
from levelkit.gui.stairs import SMALL, Stairs
from levelkit.gui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent

    from levelkit.services.board import Bar, Board

PROGRESS_VI: Final = {"approved": "Đã phê duyệt", "working": "Đang làm", "none": "Chưa có hồ sơ"}
OPEN_VI: Final = "Chưa chốt"
_HEIGHT, _TOTAL, _LEAST = 20, 52, 20


def level_vi(level: int | None) -> str:
    """«Cấp 3» or «Chưa chốt»."""
    return OPEN_VI if level is None else f"Cấp {level}"


def paint_segment(painter: QPainter, place: QRectF, progress: str) -> None:
    """Draw one part of a bar: full, paler with stripes, or a dashed outline."""
    look = theme()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    inner = place.adjusted(0.5, 0.5, -0.5, -0.5)
    if progress == "none":
        pen = QPen(look.color("control"), 1.2)
        pen.setDashPattern([4, 3])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(inner, 2, 2)
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color("chart" if progress == "approved" else "chart2"))
        painter.drawRoundedRect(inner, 2, 2)
    if progress == "working":
        stripe = look.color("surface")
        stripe.setAlpha(110)
        painter.setPen(QPen(stripe, 1.4))
        painter.setClipRect(inner)
        left = inner.left() - inner.height()
        while left < inner.right():
            painter.drawLine(QPointF(left, inner.bottom()), QPointF(left + inner.height(), inner.top()))
            left += 7
    painter.restore()


class BarPicture(QWidget):
    """One bar with its numbers; what it says stands in the button beside it."""

    def __init__(self, bar: Bar, most: int) -> None:
        super().__init__()
        self._bar = bar
        self._most = max(most, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As high as a line."""
        return QSize(theme().px(160), theme().px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Room for three numbers and the total."""
        return QSize(theme().px(3 * _LEAST + _TOTAL), theme().px(_HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the parts, a number on each, the total behind."""
        look, painter = theme(), QPainter(self)
        room = self.width() - look.px(_TOTAL)
        parts = [(key, getattr(self._bar, key)) for key in PROGRESS_VI]
        shown = [(key, count) for key, count in parts if count]
        # Small numbers get the room of their digits; the rest is shared as the numbers are.
        least = look.px(_LEAST)
        spread = max(room - least * len(shown), 0) / self._most
        left = 0.0
        painter.setFont(look.font(13, 600))
        for key, count in shown:
            width = least + spread * count
            place = QRectF(left, 0, width - 1, self.height())
            paint_segment(painter, place, key)
            painter.setPen(look.color("surface" if key == "approved" else "text"))
            words = format_number(count)
            if key == "working":
                behind = painter.fontMetrics().horizontalAdvance(words) / 2 + 3
                centre = place.center()
                cleared = QRectF(centre.x() - behind, place.top() + 2, 2 * behind, place.height() - 4)
                painter.fillRect(cleared, look.color("chart2"))
            painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), words)
            left += width + 1
        painter.setPen(look.color("text"))
        painter.setFont(look.font(14, 600))
        total = QRectF(left + look.px(8), 0, look.px(_TOTAL), self.height())
        painter.drawText(total, int(Qt.AlignmentFlag.AlignVCenter), format_number(self._bar.total))


class _Sign(QWidget):
    """The pattern of one state, for the legend."""

    def __init__(self, progress: str) -> None:
        super().__init__()
        self._progress = progress
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """A small square."""
        return QSize(theme().px(14), theme().px(12))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        paint_segment(QPainter(self), QRectF(self.rect()), self._progress)


class ChartCard(QFrame):
    """The chart, or the same numbers as a table. ``level_asked`` carries a level, 0 for those open."""

    level_asked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._title = kit.label("", "question", wrap=False)
        self._switch = kit.link("Xem bảng số", self._turn, name="board_chart_switch")
        self._legend = QWidget()
        self._body = QWidget()
        self._as_table = False
        self._bars: Sequence[Bar] = ()

        self.setObjectName("board_chart")
        self.setProperty("surface", "card")
        legend = kit.row(spacing=6)
        for key, words in PROGRESS_VI.items():
            legend.addWidget(_Sign(key))
            legend.addWidget(kit.label(words, "secondary", wrap=False))
            legend.addSpacing(theme().px(6))
        legend.addStretch(1)
        self._legend.setLayout(legend)
        head = kit.row(self._title, None, self._switch)
        layout = kit.column(head, self._legend, self._body, None, margins=(16, 12, 16, 12), spacing=8)
        self.setLayout(layout)

    def show_board(self, board: Board) -> None:
        """Show the bars of a board."""
        self._bars = board.bars
        self._title.setText(f"{format_number(board.in_use)} hệ thống theo cấp độ")
        self._fill()

    def _turn(self) -> None:
        self._as_table = not self._as_table
        self._switch.setText("Xem biểu đồ" if self._as_table else "Xem bảng số")
        self._switch.setAccessibleName(self._switch.text())
        self._fill()

    def _fill(self) -> None:
        old = self._body
        self._body = QWidget()
        grid = QGridLayout(self._body)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme().px(10))
        grid.setVerticalSpacing(theme().px(6))
        if self._as_table:
            self._numbers(grid)
        else:
            self._picture(grid)
        kit.show(self._legend, not self._as_table)
        layout = self.layout()
        if layout is not None:
            layout.replaceWidget(old, self._body)
        self._body.show()
        old.hide()
        old.deleteLater()

    def _picture(self, grid: QGridLayout) -> None:
        most = max((bar.total for bar in self._bars), default=1)
        for place, bar in enumerate(self._bars):
            grid.addWidget(self._stairs(bar), place, 0)
            grid.addWidget(self._button(bar), place, 1)
            grid.addWidget(BarPicture(bar, most), place, 2)
        grid.setColumnStretch(2, 1)

    def _numbers(self, grid: QGridLayout) -> None:
        heads = ("Cấp độ", *PROGRESS_VI.values(), "Cộng")
        right = Qt.AlignmentFlag.AlignRight
        for column, words in enumerate(heads):
            label = kit.label(words, "group")
            grid.addWidget(label, 0, column, right if column else Qt.AlignmentFlag.AlignLeft)
        for place, bar in enumerate(self._bars, 1):
            grid.addWidget(self._button(bar), place, 0)
            for column, count in enumerate((bar.approved, bar.working, bar.none, bar.total), 1):
                grid.addWidget(kit.label(format_number(count)), place, column, right)
        grid.setColumnStretch(0, 1)

    def _button(self, bar: Bar) -> QWidget:
        parts = [
            f"{format_number(count)} {words.lower()}"
            for key, words in PROGRESS_VI.items()
            if (count := getattr(bar, key))
        ]
        says = f"{level_vi(bar.level)}: {format_number(bar.total)} hệ thống, {', '.join(parts)}"
        button = kit.jump(
            level_vi(bar.level),
            lambda: self.level_asked.emit(bar.level or 0),
            says=says,
            name=f"board_level_{bar.level or 0}",
        )
        button.setToolTip(says)
        return button

    @staticmethod
    def _stairs(bar: Bar) -> Stairs:
        stairs = Stairs(SMALL)
        stairs.show_level(bar.level or 0, bar.level or 0, level_vi(bar.level))
        return stairs
