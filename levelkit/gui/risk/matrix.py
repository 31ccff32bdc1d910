"""The matrix in the window: likelihood up, effect to the right, rows in the cells, a cell filters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from levelkit.domain.risk import SIDE
from levelkit.domain.text import join_vi
from levelkit.gui.risk.bands import look
from levelkit.gui.theme import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPaintEvent

    from levelkit.domain.risk import Point, Register, RiskMethod

CELL_W, CELL_H, EDGE, FOOT = 50, 33, 34, 36
_STEPS = {
    Qt.Key.Key_Up: (1, 0),
    Qt.Key.Key_Down: (-1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}


class MatrixView(QWidget):
    """One matrix, before or after treatment; ``picked`` carries a cell, None to show all rows again."""

    picked = Signal(object)
    focus_taken = Signal()

    def __init__(self, method: RiskMethod, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._method = method
        self._cells: dict[Point, tuple[int, ...]] = {}
        self._residual = False
        self._cursor: Point = (SIDE, SIDE)
        self._chosen: Point | None = None

        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("no_ring", True)  # the ring goes round the cell
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setProperty("said", "Phím mũi tên để sang ô, Enter để lọc danh sách theo ô.")
        self.setMouseTracking(True)
        self._say()

    @property
    def chosen(self) -> Point | None:
        """The cell that filters now."""
        return self._chosen

    @property
    def residual(self) -> bool:
        """Whether the rows stand as they do after treatment."""
        return self._residual

    def show_register(self, register: Register, *, residual: bool) -> None:
        """Show where the rows stand."""
        self._cells = register.cells(residual=residual)
        self._residual = residual
        self._say()
        self.update()

    def rows_at(self, point: Point) -> tuple[int, ...]:
        """Return the numbers of the rows in a cell."""
        return self._cells.get(point, ())

    def choose(self, point: Point | None) -> None:
        """Filter by a cell; by the same cell again, by an empty one or by None, show all."""
        self._chosen = None if point == self._chosen or not self.rows_at(point or (0, 0)) else point
        self._say()
        self.update()
        self.picked.emit(self._chosen)

    def release(self) -> None:
        """Filter no longer; nothing is said."""
        self._chosen = None
        self._say()
        self.update()

    # Words

    def _say(self) -> None:
        when = "sau xử lý" if self._residual else "trước xử lý"
        self.setAccessibleName(f"Ma trận rủi ro {when}: {self.cell_words(self._cursor)}")

    def cell_words(self, point: Point) -> str:
        """Return a cell in words."""
        likelihood, effect = point
        numbers = self.rows_at(point)
        score = likelihood * effect
        rows = f"nguy cơ {join_vi([str(number) for number in numbers])}" if numbers else "không có nguy cơ"
        return (
            f"khả năng {likelihood} ({self._method.likelihood[likelihood - 1].name.lower()}), "
            f"ảnh hưởng {effect} ({self._method.effect[effect - 1].name.lower()}), "
            f"mức {self._method.band(score).name.lower()} {score}, {rows}"
        )

    # Drawing

    def sizeHint(self) -> QSize:
        """Axis words, five cells each way."""
        px = theme().px
        return QSize(px(EDGE) + SIDE * px(CELL_W) + 2, SIDE * px(CELL_H) + px(FOOT))

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        """Another font scale."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    def cell_rect(self, point: Point) -> QRect:
        """Return where a cell lies."""
        px = theme().px
        likelihood, effect = point
        x = px(EDGE) + (effect - 1) * px(CELL_W)
        return QRect(x, (SIDE - likelihood) * px(CELL_H) + 1, px(CELL_W), px(CELL_H))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the cells, the axes, the chosen cell, the cell with the focus."""
        painter = QPainter(self)
        for likelihood in range(1, SIDE + 1):
            for effect in range(1, SIDE + 1):
                self._paint_cell(painter, (likelihood, effect))
        self._paint_axes(painter)
        if self._chosen is not None:
            self._edge(painter, self._chosen, QPen(theme().color("accent"), 3), 2)
        if self.hasFocus():
            self._edge(painter, self._cursor, QPen(theme().color("focus"), 2), 4)
        painter.end()

    def _edge(self, painter: QPainter, point: Point, pen: QPen, inset: int) -> None:
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(self.cell_rect(point).adjusted(inset, inset, -inset, -inset))

    def _paint_cell(self, painter: QPainter, point: Point) -> None:
        px, color = theme().px, theme().color
        score = point[0] * point[1]
        rect = self.cell_rect(point)
        painter.setPen(color("control"))
        painter.setBrush(color(look(self._method, score).cell))
        painter.drawRect(rect)
        painter.setFont(theme().font(10))
        painter.setPen(color("text2"))
        corner = rect.adjusted(0, 1, -px(3), 0)
        painter.drawText(corner, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, str(score))
        numbers = self.rows_at(point)
        if not numbers:
            return
        words = ", ".join(str(number) for number in numbers)
        place = rect.adjusted(px(2), px(7), -px(2), 0)
        painter.setFont(theme().font(13, 600))
        painter.setPen(color("text"))
        if painter.fontMetrics().horizontalAdvance(words) > place.width():
            words = f"{len(numbers)} mục"
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, words)

    def _paint_axes(self, painter: QPainter) -> None:
        px, color = theme().px, theme().color
        painter.setFont(theme().font(13))
        painter.setPen(color("text2"))
        bottom = SIDE * px(CELL_H) + 1
        for step in range(1, SIDE + 1):
            row = self.cell_rect((step, 1))
            left = QRect(px(EDGE) - px(16), row.top(), px(12), row.height())
            painter.drawText(left, Qt.AlignmentFlag.AlignCenter, str(step))
            column = self.cell_rect((1, step))
            under = QRect(column.left(), bottom, column.width(), px(17))
            painter.drawText(under, Qt.AlignmentFlag.AlignCenter, str(step))
        painter.setFont(theme().font(13, 600))
        foot = QRect(px(EDGE), bottom + px(16), SIDE * px(CELL_W), px(18))
        painter.drawText(foot, Qt.AlignmentFlag.AlignCenter, "Ảnh hưởng")
        painter.save()
        painter.translate(0, bottom)
        painter.rotate(-90)
        painter.drawText(QRect(0, 0, SIDE * px(CELL_H), px(17)), Qt.AlignmentFlag.AlignCenter, "Khả năng")
        painter.restore()

    # Acting

    def _cell_at(self, x: float, y: float) -> Point | None:
        for likelihood in range(1, SIDE + 1):
            for effect in range(1, SIDE + 1):
                if self.cell_rect((likelihood, effect)).contains(round(x), round(y)):
                    return likelihood, effect
        return None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click filters."""
        point = self._cell_at(event.position().x(), event.position().y())
        if point is not None and event.button() == Qt.MouseButton.LeftButton:
            self._cursor = point
            self.choose(point)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from cell to cell, Enter and Space filter, Esc shows all."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None:
            likelihood = min(max(self._cursor[0] + step[0], 1), SIDE)
            effect = min(max(self._cursor[1] + step[1], 1), SIDE)
            self._cursor = (likelihood, effect)
            self._say()
            self.update()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.choose(self._cursor)
        elif event.key() == Qt.Key.Key_Escape and self._chosen is not None:
            self.choose(None)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """A cell says what it is."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            point = self._cell_at(event.pos().x(), event.pos().y())
            if point is None:
                QToolTip.hideText()
            else:
                said = self.cell_words(point)
                QToolTip.showText(event.globalPos(), said[:1].upper() + said[1:], self)
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the cell with the focus."""
        super().focusInEvent(event)
        self.focus_taken.emit()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show it no longer."""
        super().focusOutEvent(event)
        self.update()
