"""How the matrix is drawn: a whole row at a time, two lines, status, evidence, marks of what was found."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPixmap, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from levelkit.domain.text import find_spans
from levelkit.gui.icons import icon
from levelkit.gui.plan.board import OPEN, Board, GroupItem, RowItem
from levelkit.gui.plan.model import DUE, NAME, PLACE, PROOF, STATE, UNIT
from levelkit.gui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex

    Index = QModelIndex | QPersistentModelIndex

ROW, HEAD, PACK_HEAD, PAD, ICON, CHIP = 46, 34, 54, 8, 15, 24
LINE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine
# icon, colour of icon and word, fill
LOOKS: Final[dict[str, tuple[str, str, str]]] = {
    "met": ("circle-check", "ok", ""),
    "partly": ("contrast", "warn", "warn_soft"),
    "not_met": ("circle-x", "err", "err_soft"),
    "not_applicable": ("circle-minus", "text2", ""),
    OPEN: ("circle-dashed", "text3", ""),
}


class MatrixDelegate(QStyledItemDelegate):
    """Knows heights and draws rows and heads; the view hands it the edges of the columns."""

    def __init__(self, board: Board, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._board = board
        self.query = ""
        self.fit()

    def fit(self) -> None:
        """Take fonts and sizes from the scale that holds now."""
        font, px = theme().font, theme().px
        self._fonts: dict[str, QFont] = {
            "text": font(14),
            "name": font(14, 600),
            "line": font(13),
            "chip": font(13, 500),
        }
        self._metrics = {key: QFontMetrics(font) for key, font in self._fonts.items()}
        self._colours: dict[str, QColor] = {}
        self._pictures: dict[tuple[str, str, int, float], QPixmap] = {}
        self.row_size = QSize(0, px(ROW))
        self._head_size = QSize(0, px(HEAD))
        self._pack_size = QSize(0, px(PACK_HEAD))

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Rows and heads have fixed heights; the head of a pack says in a second line why it applies."""
        if index.internalId():
            return self.row_size
        return self._pack_size if self.is_pack(index.row()) else self._head_size

    # What the view sets: which heads have a second line.
    is_pack: Callable[[int], bool] = staticmethod(lambda _row: False)

    def _color(self, token: str) -> QColor:
        found = self._colours.get(token)
        if found is None:
            found = self._colours[token] = theme().color(token)
        return found

    def _icon(self, painter: QPainter, place: QRect, name: str, tint: str) -> None:
        """Draw an icon that was drawn before from its picture: the renderer is slow for a screen of rows."""
        ratio = painter.device().devicePixelRatio()
        key = (name, tint, place.height(), ratio)
        found = self._pictures.get(key)
        if found is None:
            found = self._pictures[key] = icon(name, tint).pixmap(place.size(), ratio)
        painter.drawPixmap(place.topLeft(), found)

    def head_height(self, group: GroupItem) -> int:
        """Height of a group's head."""
        return (self._pack_size if group.group.why_vi else self._head_size).height()

    def paint_head(
        self, painter: QPainter, rect: QRect, group: GroupItem, *, is_open: bool, ring: bool
    ) -> None:
        """Draw the head of a group across all columns."""
        px, color = theme().px, self._color
        painter.fillRect(rect, color("sunken"))
        painter.setPen(color("border"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        line = QRect(rect.left() + px(PAD), rect.top(), rect.width() - px(2 * PAD), px(HEAD))
        if group.group.why_vi:
            line.translate(0, px(1))
        mark = QRect(line.left(), line.center().y() - px(8) + 1, px(16), px(16))
        self._icon(painter, mark, "chevron-down" if is_open else "chevron-right", "text2")
        left = line.left() + px(22)
        for text, key, tint, gap in (
            (group.group.place_vi, "name", "text", px(8)),
            (group.group.name_vi, "name", "text", px(16)),
            (group.counts_vi(), "line", "text2", 0),
        ):
            if text:
                room = QRect(left, line.top(), line.right() - left, line.height())
                left += self._write(painter, room, text, key, tint) + gap
        if group.group.why_vi:
            words = QRect(line.left() + px(22), line.bottom() - px(6), line.width() - px(22), px(20))
            self._write(painter, words, group.group.why_vi, "line", "text2")
        if ring:
            self._ring(painter, rect)

    def paint_row(
        self,
        painter: QPainter,
        rect: QRect,
        edges: Sequence[tuple[int, int]],
        item: RowItem,
        *,
        ground: str,
        ring: bool,
    ) -> None:
        """Draw a row; ``edges`` are left edge and width of each column, ``ground`` a token or nothing."""
        color = self._color
        painter.fillRect(rect, color(ground or "surface"))
        painter.setPen(color("border"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        cells = [self._cell(rect, edge) for edge in edges]
        self._paint_place(painter, cells[PLACE], item.row.place_vi)
        self._paint_name(painter, cells[NAME], item)
        self._paint_state(painter, cells[STATE], item)
        if item.proofs:
            self._paint_proofs(painter, cells[PROOF], item)
        self._in_two_lines(painter, cells[UNIT], item.answer.unit)
        self._write(painter, cells[DUE], item.due_vi, "text", "text2")
        if ring:
            self._ring(painter, rect)

    @staticmethod
    def _cell(rect: QRect, edge: tuple[int, int]) -> QRect:
        pad = theme().px(PAD)
        return QRect(edge[0] + pad, rect.top(), max(edge[1] - 2 * pad, 0), rect.height() - 1)

    def _paint_name(self, painter: QPainter, cell: QRect, item: RowItem) -> None:
        px = theme().px
        top = QRect(cell.left(), cell.top() + px(3), cell.width(), px(21))
        below = QRect(cell.left(), cell.top() + px(23), cell.width(), px(20))
        flag = f"lấy từ {item.answer.taken_from}" if item.answer.taken_from else ""
        room = self._metrics["chip"].horizontalAdvance(flag) + px(3 * PAD) if flag else 0
        used = self._marked(painter, top.adjusted(0, 0, -room, 0), item.row.name_vi, "name", "text")
        if flag:
            chip = QRect(top.left() + used + px(PAD), top.top(), room - px(PAD), px(20))
            self._fill(painter, chip, "hint_soft")
            self._write(painter, chip.adjusted(px(PAD), 0, 0, 0), flag, "chip", "hint")
        self._marked(painter, below, item.row.summary_vi, "line", "text2")

    def _paint_state(self, painter: QPainter, cell: QRect, item: RowItem) -> None:
        px = theme().px
        mark, tint, fill = LOOKS[item.state]
        words = self._metrics["chip"].horizontalAdvance(item.state_vi)
        height, width = px(CHIP), px(PAD + ICON + 4 + PAD) + words
        chip = QRect(cell.left(), cell.center().y() - height // 2 + 1, width, height)
        if fill:
            self._fill(painter, chip, fill)
        side = px(ICON)
        place = QRect(chip.left() + px(PAD), chip.center().y() - side // 2, side, side)
        self._icon(painter, place, mark, tint)
        text = chip.adjusted(px(PAD + ICON + 4), 0, px(2), 0)
        self._write(painter, text, item.state_vi, "chip", tint)
        if item.answer.status and self._board.gaps(item.id) and chip.right() + side + px(4) < cell.right():
            warn = QRect(chip.right() + px(4), place.top(), side, side)
            self._icon(painter, warn, "triangle-alert", "warn")

    def _paint_proofs(self, painter: QPainter, cell: QRect, item: RowItem) -> None:
        side = theme().px(ICON)
        mark, tint = ("triangle-alert", "err") if item.expired else ("paperclip", "text2")
        self._icon(painter, QRect(cell.left(), cell.center().y() - side // 2 + 1, side, side), mark, tint)
        text = cell.adjusted(side + theme().px(6), 0, 0, 0)
        self._write(painter, text, item.proofs_vi, "text", tint)

    def _paint_place(self, painter: QPainter, cell: QRect, place: str) -> None:
        if self.query and self._metrics["text"].horizontalAdvance(place) <= cell.width():
            self._marked(painter, cell, place, "text", "text2")
        else:
            self._in_two_lines(painter, cell, place)

    def _in_two_lines(self, painter: QPainter, cell: QRect, text: str) -> None:
        """In two lines before it is cut."""
        if self._metrics["text"].horizontalAdvance(text) <= cell.width():
            self._write(painter, cell, text, "text", "text2")
            return
        if self._metrics["line"].horizontalAdvance(text) <= cell.width():
            self._write(painter, cell, text, "line", "text2")
            return
        first, rest = "", text
        while rest:
            word, _, after = rest.partition(" ")
            longer = f"{first} {word}".strip()
            if first and self._metrics["line"].horizontalAdvance(longer) > cell.width():
                break
            first, rest = longer, after
        height, middle = theme().px(19), cell.top() + cell.height() // 2
        for top, line in ((middle - height, first), (middle, rest)):
            room = QRect(cell.left(), top, cell.width(), height)
            self._write(painter, room, line, "line", "text2")

    def _marked(self, painter: QPainter, room: QRect, text: str, key: str, tint: str) -> int:
        """Write a text with the hits of the search marked; return the width it takes."""
        spans = find_spans_any(text, self.query) if self.query else ()
        if not spans:
            return self._write(painter, room, text, key, tint)
        shown = self._metrics[key].elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        layout = QTextLayout(shown, self._fonts[key])
        formats = []
        for start, end in spans:
            marked = QTextLayout.FormatRange()
            marked.start, marked.length = start, min(end, len(shown)) - start
            shape = QTextCharFormat()
            shape.setBackground(self._color("mark"))
            marked.format = shape
            if marked.length > 0:
                formats.append(marked)
        layout.setFormats(formats)
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(room.width() + 4)
        layout.endLayout()
        painter.setPen(self._color(tint))
        layout.draw(painter, QPointF(room.left(), room.top() + (room.height() - line.height()) / 2))
        return round(line.naturalTextWidth())

    def _write(self, painter: QPainter, room: QRect, text: str, key: str, tint: str) -> int:
        if not text or room.width() <= 0:
            return 0
        metrics = self._metrics[key]
        width = metrics.horizontalAdvance(text)
        if width > room.width():
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
            width = room.width()
        painter.setFont(self._fonts[key])
        painter.setPen(self._color(tint))
        painter.drawText(room, int(LINE), text)
        return width

    def _fill(self, painter: QPainter, chip: QRect, token: str) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._color(token))
        painter.drawRoundedRect(chip, 4, 4)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _ring(self, painter: QPainter, rect: QRect) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._color("focus"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(rect).adjusted(3, 1, -3, -2), 6, 6)
        painter.restore()


@lru_cache(maxsize=2048)
def find_spans_any(text: str, query: str) -> tuple[tuple[int, int], ...]:
    """Where any word of the query stands: the words may be spread over name, summary and clause."""
    spans = [span for word in query.split() for span in find_spans(text, word)]
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
