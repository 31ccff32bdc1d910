"""Dossier: an architecture scene on a page of a given width: rows of boxes, boxes outside, lines, labels."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from math import inf
from typing import TYPE_CHECKING, overload

from levelkit.dossier.drawings.pack import PAD, card_name, filled, moved, pack, row_height, widths, words_rect
from levelkit.dossier.drawings.route import PITCH, Field, draw_lines, find_routes, gap_name, lanes_needed
from levelkit.dossier.drawings.scene import (
    FRAME,
    MIN_SIZE,
    Placed,
    PlacedBand,
    PlacedBox,
    PlacedLink,
    Rect,
    Words,
)
from levelkit.dossier.drawings.svg import line_height, text_width, wrap

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from levelkit.dossier.drawings.pack import Row
    from levelkit.dossier.drawings.route import Route
    from levelkit.dossier.drawings.scene import Box, Scene, Style

    _Points = tuple[tuple[float, float], ...]

BADGE_HEIGHT = 10.0
_EMPTY_ACROSS = 9.0
_EMPTY_GAP, _LINED_GAP, _CROSSED_ROOM = 9.0, 16.0, 14.0
_OUTSIDE_APART = 8.0
_LINE_APART = 7.0
_TIP = 6.0  # an arrow's length and a little more
_FRAME_PAD = 5.0
_NOMINAL = 12.0


@overload
def lay_out(scene: Scene, style: Style, width: float) -> Placed: ...
@overload
def lay_out(scene: Scene, style: Style, width: float, *, most: float) -> Placed | None: ...
def lay_out(scene: Scene, style: Style, width: float, *, most: float = inf) -> Placed | None:
    """Return the scene laid out in ``width`` points; the same scene, the same picture.

    ``width`` has to leave room for one column of cards between the boxes outside: 300 points do. None where
    it would be higher than ``most`` points.
    """
    one_side = _Layout(scene, style, width, sides=1)
    first = one_side.place(most)
    if first is None and one_side.packed_height() > most:
        return None
    if not scene.outside or (first and one_side.stack_height(scene.outside) <= first.frame.height + 30):
        return first
    return _Layout(scene, style, width, sides=2).place(most)


class _Layout:
    def __init__(self, scene: Scene, style: Style, width: float, *, sides: int) -> None:
        self._scene, self._style, self._width = scene, style, width
        outside = scene.outside
        half = len(outside) if sides == 1 else (len(outside) + 1) // 2
        self._left, self._right = outside[:half], outside[half:]
        self._strip = style.strip_width if any(band.title for band in scene.bands) else 0.0
        self._lanes: Mapping[str, int] = {}
        self._crossed: dict[str, float] = {}
        self._rows: tuple[Row, ...] = ()
        self._cut: list[str] = []

    def stack_height(self, boxes: Sequence[Box]) -> float:
        """Return how high the boxes outside are, one above the other."""
        heights = [box.rect.height for box in map(self._beside, boxes)]
        return sum(heights) + _OUTSIDE_APART * (len(heights) - 1)

    def _beside(self, box: Box) -> PlacedBox:
        """Return a box outside, high enough for all its lines."""
        lines = sum(box.key in link.ends for link in self._scene.links)
        sized = filled(box, 1, self._style.outside_width, self._style)
        return moved(sized, 0, 0, max(sized.rect.height, _LINE_APART * (lines + 1)))

    def packed_height(self) -> float:
        """Return how high the rows of boxes are without any line."""
        return sum(row_height(row, self._style, self._room(_NOMINAL), _NOMINAL) for row in self._rows)

    def place(self, most: float) -> Placed | None:
        """Place boxes, find the lines' ways, widen the channels to what they need, place all again."""
        rows_width = self._room(_NOMINAL)
        bands = self._scene.bands
        self._rows = pack(bands, self._style, rows_width, _NOMINAL + 4)
        area, placed = self._area()
        if placed.height > most + 60:  # lines make it higher, hardly ever lower
            return None
        routes = find_routes(area, self._scene.links)
        self._lanes = lanes_needed(area, routes)
        for route in routes:
            for run in route.runs:
                if run.through:
                    needed = _badge_width(route.link.label) + _CROSSED_ROOM
                    self._crossed[run.channel] = max(needed, self._crossed.get(run.channel, 0.0))
        area, placed = self._area()
        if placed.height > most:
            return None
        lines = draw_lines(area, routes)
        return replace(
            placed,
            links=_labelled(routes, lines, placed, area),
            cut=tuple(dict.fromkeys(self._cut_in(placed))),
        )

    # Widths

    def _channel(self, name: str) -> float:
        lanes = self._lanes.get(name, 0)
        if name.startswith("H"):
            return _EMPTY_ACROSS if not lanes else self._style.line_room + (lanes - 1) * PITCH
        if name in self._crossed:
            return max(self._crossed[name], _LINED_GAP + (lanes - 1) * PITCH)
        if name in {"OL", "OR"}:
            return max(_LINED_GAP, _LINED_GAP + (lanes - 1) * PITCH)
        empty = _EMPTY_GAP if name.startswith("G") else _FRAME_PAD
        return empty if not lanes else _LINED_GAP - 4 + (lanes - 1) * PITCH

    def _sides(self) -> tuple[float, float]:
        """Return what boxes outside and their channels take at the left and at the right."""
        left = self._style.outside_width + self._channel("OL") if self._left else 1.0
        right = self._style.outside_width + self._channel("OR") if self._right else 1.0
        return left, right

    def _room(self, inside: float = 0.0) -> float:
        left, right = self._sides()
        ends = self._channel("IL") + self._channel("IR") + inside
        return self._width - left - right - self._strip - ends

    # Places

    def _area(self) -> tuple[Field, Placed]:
        left, right = self._sides()
        frame_words = Words(
            left + _FRAME_PAD,
            3.0,
            wrap(self._scene.frame, self._width - left - right - 2 * _FRAME_PAD, self._style.size, bold=True),
            self._style.size,
            bold=True,
        )
        top = 3.0 + len(frame_words.lines) * line_height(self._style.size)
        x0 = left + self._strip + self._channel("IL")
        boxes, tops = self._place_rows(x0, top)
        bottom = tops[-1] + self._channel(f"H{len(self._rows)}")
        outside_height = max(self.stack_height(self._left), self.stack_height(self._right), 0.0)
        bottom = max(bottom, outside_height + 2 * _OUTSIDE_APART)
        frame = Rect(left, 0.5, self._width - left - right, bottom - 0.5)
        outside = (
            *self._place_outside(self._left, 0.5, frame, boxes),
            *self._place_outside(self._right, self._width - self._style.outside_width - 0.5, frame, boxes),
        )
        area = self._field(boxes, outside, frame, top)
        flat = tuple(box for row in boxes for box in row)
        bands = self._place_bands(boxes, frame, left)
        placed = Placed(self._width, bottom + 0.5, frame, frame_words, flat, outside, bands, ())
        return area, placed

    def _place_rows(self, x0: float, top: float) -> tuple[list[list[PlacedBox]], list[float]]:
        style, room = self._style, self._room()
        placed: list[list[PlacedBox]] = []
        bottoms: list[float] = []
        y, band = top, -1
        for number, row in enumerate(self._rows):
            y += self._channel(f"H{number}")
            gaps = [self._channel(gap_name(number, at)) for at in range(len(row.slots) - 1)]
            sizes = widths(row, style, room, sum(gaps))
            boxes = [
                filled(slot.box, slot.columns, size, style)
                for slot, size in zip(row.slots, sizes, strict=True)
            ]
            height = max(box.rect.height for box in boxes)
            title = self._scene.bands[row.band].title
            if title and row.band != band:
                lines = wrap(title, self._strip - 2 * PAD, style.size, bold=True, most=8)
                height = max(height, len(lines) * line_height(style.size) + 2 * PAD)
            band = row.band
            x = x0
            line: list[PlacedBox] = []
            for box, size, gap in zip(boxes, sizes, [*gaps, 0.0], strict=True):
                line.append(moved(box, x, y, height))
                x += size + gap
            placed.append(line)
            y += height
            bottoms.append(y)
        return placed, bottoms or [top]

    def _place_outside(
        self, boxes: Sequence[Box], x: float, frame: Rect, rows: list[list[PlacedBox]]
    ) -> list[PlacedBox]:
        """Put the boxes outside beside what they are linked to, as near as they can stand."""
        aims = {box.box.key: box.rect.middle[1] for row in rows for box in row}
        middle = frame.middle[1]

        def aim(box: Box) -> float:
            found = [
                aims.get(other, middle)
                for link in self._scene.links
                if box.key in link.ends
                for other in link.ends
                if other != box.key
            ]
            return sum(found) / len(found) if found else middle

        sized = [self._beside(box) for box in boxes]
        order = sorted(range(len(boxes)), key=lambda at: (aim(boxes[at]), at))
        left = sum(box.rect.height for box in sized) + _OUTSIDE_APART * (len(sized) - 1)
        y = frame.y
        found: list[PlacedBox] = []
        for at in order:
            height = sized[at].rect.height
            y = min(max(y, aim(boxes[at]) - height / 2), frame.bottom - left)
            found.append(moved(sized[at], x, y))
            y += height + _OUTSIDE_APART
            left -= height + _OUTSIDE_APART
        return found

    def _place_bands(self, rows: list[list[PlacedBox]], frame: Rect, left: float) -> tuple[PlacedBand, ...]:
        found: list[PlacedBand] = []
        for number, band in enumerate(self._scene.bands):
            inside = [boxes for boxes, row in zip(rows, self._rows, strict=True) if row.band == number]
            if not band.title or not inside:
                continue
            top, bottom = inside[0][0].rect.y - 3, inside[-1][0].rect.bottom + 3
            words = Words(
                left + PAD + 1,
                inside[0][0].rect.y + 1,
                wrap(band.title, self._strip - 2 * PAD, self._style.size, bold=True, most=8),
                self._style.size,
                bold=True,
            )
            found.append(PlacedBand(Rect(frame.x + 2, top, frame.width - 4, bottom - top), words))
        return tuple(found)

    def _field(
        self, rows: list[list[PlacedBox]], outside: Sequence[PlacedBox], frame: Rect, top: float
    ) -> Field:
        edges = [(row[0].rect.y, row[0].rect.bottom) for row in rows]
        starts = [top, *(bottom for _, bottom in edges)]
        across = [
            (start, edges[number][0] if number < len(edges) else start + self._channel(f"H{number}"))
            for number, start in enumerate(starts)
        ]
        inner_left = frame.x + self._strip
        upright = {
            "IL": (inner_left, inner_left + self._channel("IL")),
            "IR": (frame.right - self._channel("IR"), frame.right),
        }
        if self._left:
            upright["OL"] = (self._style.outside_width + 0.5, frame.x)
        if self._right:
            upright["OR"] = (frame.right, self._width - self._style.outside_width - 0.5)
        for number, row in enumerate(rows):
            for at, (one, other) in enumerate(pairwise(row)):
                upright[gap_name(number, at)] = (one.rect.right, other.rect.x)
        return Field(
            rows=tuple(tuple(box.box.key for box in row) for row in rows),
            left=tuple(box.key for box in self._left),
            right=tuple(box.key for box in self._right),
            rects={box.box.key: box.rect for box in (*outside, *(box for row in rows for box in row))},
            frame=frame,
            across=tuple(across),
            upright=upright,
            # Words at the left of the rows stand in the way.
            passable=frozenset({"OR"} if self._strip else {"OL", "OR"}) & upright.keys(),
        )

    def _cut_in(self, placed: Placed) -> list[str]:
        """Return the texts that end in «…» though they were not written so."""
        found: list[str] = []
        for box in (*placed.boxes, *placed.outside):
            told = (box.box.title, " · ".join(box.box.details))
            for at, words in enumerate(box.words):
                found += [told[min(at, 1)]] if _shortened(told[min(at, 1)], words) else []
            for card in box.cards:
                texts = (card_name(card.card), card.card.detail)
                found += [
                    text for text, words in zip(texts, card.words, strict=False) if _shortened(text, words)
                ]
        return found


def _shortened(text: str, words: Words) -> bool:
    return bool(words.lines) and words.lines[-1].endswith("…") and not text.rstrip().endswith("…")


def _labelled(
    routes: Sequence[Route],
    lines: Sequence[tuple[tuple[float, float], ...]],
    placed: Placed,
    area: Field,
) -> tuple[PlacedLink, ...]:
    """Put every label on its line, where it hides neither a box nor, if possible, another line."""
    boxes = list(area.rects.values())
    badges: list[Rect] = []
    found: list[PlacedLink] = []
    for number, (route, points) in enumerate(zip(routes, lines, strict=True)):
        badge = None
        if route.link.label:
            others = [line for at, line in enumerate(lines) if at != number]
            badge = _badge(route.link.label, points, others, (boxes, badges, words_rect(placed.frame_words)))
            badges.append(badge)
        found.append(PlacedLink(route.link, points, badge))
    return tuple(found)


def _badge(
    label: str, points: _Points, lines: Sequence[_Points], taken: tuple[Sequence[Rect], Sequence[Rect], Rect]
) -> Rect:
    """Return where a label costs least; ``taken``: boxes, labels, the words at the top of the frame."""
    boxes, badges, top = taken
    width = _badge_width(label)
    best: tuple[float, Rect] | None = None
    tips = [Rect(x - _TIP, y - _TIP, 2 * _TIP, 2 * _TIP) for x, y in (points[0], points[-1])]
    for (x1, y1), (x2, y2) in pairwise(points):
        length = abs(x1 - x2) + abs(y1 - y2)
        steps = max(2, int(length // 4))
        for step in range(1, steps):
            share = step / steps
            x, y = x1 + (x2 - x1) * share, y1 + (y2 - y1) * share
            rect = Rect(x - width / 2, y - BADGE_HEIGHT / 2, width, BADGE_HEIGHT)
            hidden = sum(_on(line, rect) for line in lines)
            cost = (
                1000.0 * sum(rect.meets(box) for box in boxes)
                + 500.0 * sum(rect.meets(other, 1.0) for other in badges)
                + 300.0 * rect.meets(top)
                + 40.0 * hidden
                + 60.0 * sum(rect.meets(tip) for tip in tips)
                + 20.0 * abs(share - 0.5)
                - min(length, 60.0) / 6
            )
            if best is None or cost < best[0]:
                best = (cost, rect)
    assert best is not None
    return best[1]


def _badge_width(label: str) -> float:
    return max(BADGE_HEIGHT, text_width(label, MIN_SIZE, bold=True) + 5) if label else 0.0


def _on(points: tuple[tuple[float, float], ...], rect: Rect) -> bool:
    return any(
        min(x1, x2) < rect.right
        and max(x1, x2) > rect.x
        and min(y1, y2) < rect.bottom
        and max(y1, y2) > rect.y
        for (x1, y1), (x2, y2) in pairwise(points)
    )


__all__ = ["BADGE_HEIGHT", "FRAME", "lay_out"]
