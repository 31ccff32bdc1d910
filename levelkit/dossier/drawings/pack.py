"""Dossier: boxes into rows of a given width, and the text inside every box."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from math import ceil
from typing import TYPE_CHECKING

from levelkit.dossier.drawings.scene import PlacedBox, PlacedCard, Rect, Words
from levelkit.dossier.drawings.svg import line_height, text_width, wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from levelkit.dossier.drawings.scene import Band, Box, Card, Style

PAD = 4.0
_ROW_COST = 24.0  # what one more row of boxes costs in lines between the rows


@dataclass(frozen=True)
class Slot:
    """A box in a row, with the number of its columns of cards."""

    box: Box
    columns: int


@dataclass(frozen=True)
class Row:
    """Boxes side by side; ``band`` is the index of the band they belong to."""

    band: int
    slots: tuple[Slot, ...]


def pack(bands: Sequence[Band], style: Style, width: float, gap: float) -> tuple[Row, ...]:
    """Return the rows that fill ``width`` points with the least height, boxes in their order.

    ``gap`` is kept free between two boxes. Every way to cut a band into rows is weighed.
    """
    return tuple(
        Row(index, slots)
        for index, band in enumerate(bands)
        for slots in _cut_into_rows(band.boxes, style, width, gap)
    )


def _cut_into_rows(boxes: Sequence[Box], style: Style, width: float, gap: float) -> list[tuple[Slot, ...]]:
    best: list[tuple[float, int, tuple[Slot, ...]]] = [(0.0, 0, ())]
    for end in range(1, len(boxes) + 1):
        options: list[tuple[float, int, tuple[Slot, ...]]] = []
        for start in range(end - 1, -1, -1):
            slots = _row(boxes[start:end], style, width, gap)
            if slots is None:
                break
            height = row_height(Row(0, slots), style, width, gap) + _ROW_COST
            options.append((best[start][0] + height, start, slots))
        # A hair's breadth does not decide: the rows of the table then stay together as long as they can.
        least = min(option[0] for option in options)
        best.append(min((option for option in options if option[0] < least + 1), key=lambda one: one[1]))
    rows: list[tuple[Slot, ...]] = []
    at = len(boxes)
    while at:
        _, start, slots = best[at]
        rows.append(slots)
        at = start
    return rows[::-1]


def _row(boxes: Sequence[Box], style: Style, width: float, gap: float) -> tuple[Slot, ...] | None:
    """Return a row of these boxes, columns shared out so that it is low; None where they do not fit."""
    row = [Slot(box, 1) for box in boxes]
    if len(row) > 1 and _used(row, style, gap) > width:
        return None
    while True:
        tallest = max(range(len(row)), key=lambda at: ceil(len(row[at].box.cards) / row[at].columns))
        slot = row[tallest]
        wider = [*row[:tallest], Slot(slot.box, slot.columns + 1), *row[tallest + 1 :]]
        if slot.columns >= len(slot.box.cards) or _used(wider, style, gap) > width:
            return tuple(row)
        row = wider


def _used(row: Sequence[Slot], style: Style, gap: float) -> float:
    return sum(_least(slot.box, slot.columns, style) for slot in row) + gap * (len(row) - 1)


def _pad(box: Box, style: Style) -> float:
    return style.between if box.cards else 0.0


def _least(box: Box, columns: int, style: Style) -> float:
    return columns * style.column + (columns - 1) * style.between + 2 * _pad(box, style)


def widths(row: Row, style: Style, width: float, gaps: float) -> tuple[float, ...]:
    """Return the width of every box in a row, ``gaps`` being what all gaps take together."""
    fixed = gaps + sum(2 * _pad(slot.box, style) + (slot.columns - 1) * style.between for slot in row.slots)
    columns = sum(slot.columns for slot in row.slots)
    column = min(style.widest, (width - fixed) / columns)
    return tuple(
        slot.columns * column + (slot.columns - 1) * style.between + 2 * _pad(slot.box, style)
        for slot in row.slots
    )


def row_height(row: Row, style: Style, width: float, gap: float) -> float:
    """Return the height of a row: that of its tallest box."""
    sizes = widths(row, style, width, gap * (len(row.slots) - 1))
    return max(
        filled(slot.box, slot.columns, size, style).rect.height
        for slot, size in zip(row.slots, sizes, strict=True)
    )


def filled(box: Box, columns: int, width: float, style: Style) -> PlacedBox:
    """Return a box of that width at (0, 0), as high as its content needs."""
    symbol = Rect(PAD, PAD, style.symbol, style.symbol) if box.kind else None
    left = PAD + (style.symbol + 3 if symbol else 0)
    words, y = _head(box, left, width - left - PAD, style)
    head = max(y, symbol.bottom if symbol else 0.0) + style.card_pad
    if not box.cards:
        return PlacedBox(box, Rect(0, 0, width, head + PAD * 0.4), head, words, symbol)
    pad = style.between
    column = (width - 2 * pad - (columns - 1) * style.between) / columns
    cards: list[PlacedCard] = []
    top = head + pad
    for start in range(0, len(box.cards), columns):
        line = [_card(card, column, style) for card in box.cards[start : start + columns]]
        height = max(card.rect.height for card in line)
        for at, card in enumerate(line):
            sized = replace(card, rect=replace(card.rect, height=height))
            cards.append(_card_moved(sized, pad + at * (column + style.between), top))
        top += height + style.between
    return PlacedBox(box, Rect(0, 0, width, top), head, words, symbol, tuple(cards))


def _head(box: Box, left: float, room: float, style: Style) -> tuple[tuple[Words, ...], float]:
    y = style.card_pad
    title = wrap(box.title, room, style.size, bold=True, most=style.name_lines)
    words = [Words(left, y, title, style.size, bold=True)]
    y += len(title) * line_height(style.size)
    for detail in _joined(box.details, room, style) if style.addresses else ():
        lines = wrap(detail, room, style.small, most=style.detail_lines)
        words.append(Words(left, y, lines, style.small, grey=True))
        y += len(lines) * line_height(style.small)
    return tuple(words), y


def _joined(details: Sequence[str], room: float, style: Style) -> list[str]:
    """Put details side by side as long as they fit on a line."""
    lines: list[str] = []
    for detail in details:
        longer = f"{lines[-1]} · {detail}" if lines else ""
        if longer and text_width(longer, style.small) <= room:
            lines[-1] = longer
        else:
            lines.append(detail)
    return lines


@lru_cache(maxsize=20_000)
def _card(card: Card, width: float, style: Style) -> PlacedCard:
    pad, symbol = style.card_pad, style.symbol
    left = pad + symbol + pad
    room = width - left - pad
    name = wrap(card_name(card), room, style.size, most=style.name_lines)
    words = [Words(left, pad, name, style.size)]
    y = pad + len(name) * line_height(style.size)
    if style.models and card.detail:
        lines = wrap(card.detail, room, style.small, most=style.detail_lines)
        words.append(Words(left, y, lines, style.small, grey=True))
        y += len(lines) * line_height(style.small)
    height = max(y, pad + symbol) + pad
    return PlacedCard(card, Rect(0, 0, width, height), Rect(pad, pad, symbol, symbol), tuple(words))


def card_name(card: Card) -> str:
    """Return a card's first line: its name, and how many there are."""
    return f"{card.name}\u00a0×{card.count}" if card.count > 1 else card.name


def moved(box: PlacedBox, dx: float, dy: float, height: float | None = None) -> PlacedBox:
    """Return the box shifted, perhaps made higher."""
    rect = Rect(box.rect.x + dx, box.rect.y + dy, box.rect.width, height or box.rect.height)
    return replace(
        box,
        rect=rect,
        words=_words_moved(box.words, dx, dy),
        symbol=_rect_moved(box.symbol, dx, dy) if box.symbol else None,
        cards=tuple(_card_moved(card, dx, dy) for card in box.cards),
    )


def _card_moved(card: PlacedCard, dx: float, dy: float) -> PlacedCard:
    return replace(
        card,
        rect=_rect_moved(card.rect, dx, dy),
        symbol=_rect_moved(card.symbol, dx, dy),
        words=_words_moved(card.words, dx, dy),
    )


def _rect_moved(rect: Rect, dx: float, dy: float) -> Rect:
    return Rect(rect.x + dx, rect.y + dy, rect.width, rect.height)


def _words_moved(words: tuple[Words, ...], dx: float, dy: float) -> tuple[Words, ...]:
    return tuple(replace(part, x=part.x + dx, y=part.y + dy) for part in words)


def words_rect(words: Words) -> Rect:
    """Return the place that lines of text take."""
    width = max((text_width(line, words.size, bold=words.bold) for line in words.lines), default=0.0)
    return Rect(words.x, words.y, width, len(words.lines) * line_height(words.size))
