"""Dossier: a laid-out architecture scene and its legend, as one SVG."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from levelkit.dossier.drawings.scene import MIN_SIZE
from levelkit.dossier.drawings.svg import (
    BLUE,
    FAINT,
    GREY,
    INK,
    LINE,
    PALE,
    PAPER,
    Svg,
    line_height,
    text_width,
    wrap,
)
from levelkit.dossier.drawings.symbols import symbol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from levelkit.dossier.drawings.scene import Placed, PlacedBox, PlacedLink, Words

_SYMBOL = 10.0
_ARROW = 5.0
_APART = 14.0
_DASH = (3.0, 2.0)
_TOP = 8.0
_ENTRY_LINES = 3


@dataclass(frozen=True)
class Legend:
    """What stands below the picture.

    Attributes:
        heading: the word before it.
        symbols: id of the symbol (``link`` and ``dashed`` are lines) and what it means.
        entries: number and text of every connection.
        remarks: sentences on the picture as a whole.
    """

    heading: str
    symbols: tuple[tuple[str, str], ...] = ()
    entries: tuple[tuple[str, str], ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Entry:
    x: float
    y: float
    number: str
    lines: tuple[str, ...]


def picture(placed: Placed, legend: Legend, *, title: str, description: str) -> Svg:
    """Return the picture with its legend below."""
    rows = _symbol_rows(legend, placed.width)
    y = placed.height + _TOP
    entries_top = y + len(rows) * _APART
    entries, bottom = _entries(legend.entries, placed.width, entries_top)
    svg = Svg(
        placed.width, bottom + _remarks_height(legend, placed.width), title=title, description=description
    )
    svg.rect(0, 0, svg.width, svg.height, stroke=None)
    _paint(svg, placed)
    for row in rows:
        for x, kind, text in row:
            _legend_symbol(svg, kind, x, y)
            svg.text(x + 22 if kind in {"link", "dashed"} else x + 14, y + 8, text, MIN_SIZE)
        y += _APART
    for entry in entries:
        svg.text(
            entry.x + 14,
            entry.y + MIN_SIZE * 0.92,
            entry.number,
            MIN_SIZE,
            bold=True,
            anchor="end",
            fill=BLUE,
        )
        svg.lines(entry.x + 18, entry.y, entry.lines, MIN_SIZE)
    y = bottom + 2
    for remark in legend.remarks:
        y = svg.lines(0, y, wrap(remark, placed.width, MIN_SIZE), MIN_SIZE, fill=GREY)
    return svg


def legend_height(legend: Legend, width: float) -> float:
    """Return what a legend takes below a picture of that width."""
    top = _TOP + len(_symbol_rows(legend, width)) * _APART
    return _entries(legend.entries, width, top)[1] + _remarks_height(legend, width)


def _remarks_height(legend: Legend, width: float) -> float:
    lines = sum(len(wrap(remark, width, MIN_SIZE)) for remark in legend.remarks)
    return lines * line_height(MIN_SIZE) + 4 if lines else 1.0


def _symbol_rows(legend: Legend, width: float) -> list[list[tuple[float, str, str]]]:
    """Set the symbols in lines: place in x, symbol, text."""
    rows: list[list[tuple[float, str, str]]] = []
    x = width
    for kind, text in legend.symbols:
        taken = (22 if kind in {"link", "dashed"} else 14) + text_width(text, MIN_SIZE) + _APART
        if x + taken - _APART > width:
            rows.append([])
            x = 0.0
        rows[-1].append((x, kind, text))
        x += taken
    return rows


def _entries(entries: Sequence[tuple[str, str]], width: float, top: float) -> tuple[list[_Entry], float]:
    """Set the entries in columns, read downwards; return them and where they end."""
    if not entries:
        return [], top
    columns = max(1, min(int(width // 220), len(entries)))
    room = width / columns
    wrapped = [(number, wrap(text, room - 30, MIN_SIZE, most=_ENTRY_LINES)) for number, text in entries]
    total = sum(len(lines) for _, lines in wrapped)
    found: list[_Entry] = []
    column, y, bottom, done = 0, top, top, 0
    for number, lines in wrapped:
        if column < columns - 1 and done >= total * (column + 1) / columns:
            column, y = column + 1, top
        found.append(_Entry(column * room, y, number, lines))
        y += len(lines) * line_height(MIN_SIZE) + 1.5
        done += len(lines)
        bottom = max(bottom, y)
    return found, bottom


def _legend_symbol(svg: Svg, kind: str, x: float, y: float) -> None:
    if kind == "link":
        svg.line(x, y + 5.5, x + 16, y + 5.5, stroke=BLUE, weight=1)
        _arrow(svg, (x + 8, y + 5.5), (x + 18, y + 5.5))
    elif kind == "dashed":
        svg.line(x, y + 5.5, x + 18, y + 5.5, stroke=BLUE, weight=1, dash=_DASH)
    else:
        symbol(svg, kind, x, y, _SYMBOL)


def _paint(svg: Svg, placed: Placed) -> None:
    frame = placed.frame
    svg.rect(
        frame.x, frame.y, frame.width, frame.height, fill=FAINT, stroke=INK, weight=1, radius=4, dash=(6, 3)
    )
    for band in placed.bands:
        svg.rect(
            band.rect.x, band.rect.y, band.rect.width, band.rect.height, fill=PALE, stroke=None, radius=3
        )
    _write(svg, placed.frame_words)
    for link in placed.links:
        _line(svg, link)
    for band in placed.bands:
        _write(svg, band.words)
    for box in (*placed.outside, *placed.boxes):
        _box(svg, box)
    for link in placed.links:
        _badge(svg, link)


def _box(svg: Svg, box: PlacedBox) -> None:
    rect = box.rect
    svg.open(box.box.key)
    dash = _DASH if box.box.loose else ()
    svg.rect(rect.x, rect.y, rect.width, rect.height, stroke=INK, weight=0.9, radius=2, dash=dash)
    if box.cards:
        svg.rect(rect.x + 0.6, rect.y + 0.6, rect.width - 1.2, box.head - 0.6, fill=PALE, stroke=None)
        svg.line(rect.x, rect.y + box.head, rect.right, rect.y + box.head, stroke=LINE, weight=0.5)
    if box.symbol and box.box.kind:
        symbol(svg, box.box.kind, box.symbol.x, box.symbol.y, box.symbol.width)
    for words in box.words:
        _write(svg, words)
    for card in box.cards:
        place = card.rect
        svg.rect(place.x, place.y, place.width, place.height, stroke=LINE, weight=0.5, radius=1.5)
        symbol(svg, card.card.kind, card.symbol.x, card.symbol.y, card.symbol.width)
        for words in card.words:
            _write(svg, words)
    svg.close()


def _write(svg: Svg, words: Words) -> None:
    svg.lines(words.x, words.y, words.lines, words.size, bold=words.bold, fill=GREY if words.grey else INK)


def _line(svg: Svg, link: PlacedLink) -> None:
    points = link.points
    svg.path(points, stroke=BLUE, weight=1.1, dash=_DASH if link.link.dashed else ())
    if link.link.forward:
        _arrow(svg, points[-2], points[-1])
    if link.link.backward:
        _arrow(svg, points[1], points[0])


def _arrow(svg: Svg, start: tuple[float, float], tip: tuple[float, float]) -> None:
    (x1, y1), (x2, y2) = start, tip
    length = abs(x2 - x1) + abs(y2 - y1) or 1.0
    dx, dy = (x2 - x1) / length, (y2 - y1) / length
    back = (x2 - dx * _ARROW, y2 - dy * _ARROW)
    side = (-dy * 2.3, dx * 2.3)
    corners = ((x2, y2), (back[0] + side[0], back[1] + side[1]), (back[0] - side[0], back[1] - side[1]))
    svg.path(corners, stroke=None, fill=BLUE, closed=True)


def _badge(svg: Svg, link: PlacedLink) -> None:
    rect = link.badge
    if rect is None:
        return
    svg.rect(
        rect.x, rect.y, rect.width, rect.height, stroke=BLUE, weight=0.7, fill=PAPER, radius=rect.height / 2
    )
    x, y = rect.middle
    svg.text(x, y + MIN_SIZE * 0.34, link.link.label, MIN_SIZE, bold=True, anchor="middle", fill=BLUE)
