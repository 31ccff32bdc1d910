"""Dossier: lines between boxes, along the free channels between them, so that no line crosses a box.

Rows of boxes leave channels free: ``H0`` … ``Hn`` above, between and below the rows; ``IL`` and ``IR`` at
both ends of the rows inside the frame; ``OL`` and ``OR`` outside it, beside the boxes outside; ``G<row>.<n>``
between two boxes of a row. First every link finds its way through the channels (:func:`find_routes`), then
the lanes that each channel needs are counted (:func:`lanes_needed`), and once the channels are that wide
every line gets its own lane and its own place at the boxes (:func:`draw_lines`).
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from levelkit.dossier.drawings.scene import FRAME, Rect

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from levelkit.dossier.drawings.scene import Link

PITCH = 6.0
_BEND, _CROWD = 30.0, 8.0
_PORT_MARGIN = 6.0
_SPACINGS = (9.0, 6.0, 4.0, 2.5, 1.2, 0.5)
Node = tuple[str, ...]
Span = tuple[float, float]


@dataclass(frozen=True)
class Field:
    """Where boxes and channels are.

    Attributes:
        rows: keys of the boxes of every row, from left to right.
        left, right: keys of the boxes outside.
        rects: place of every box.
        frame: place of the frame.
        across: from where to where the channels H0, H1 … reach in y.
        upright: from where to where the other channels reach in x.
        passable: outer channels from which a line may reach the first or last box of a row straight.
    """

    rows: tuple[tuple[str, ...], ...]
    left: tuple[str, ...]
    right: tuple[str, ...]
    rects: Mapping[str, Rect]
    frame: Rect
    across: tuple[Span, ...]
    upright: Mapping[str, Span]
    passable: frozenset[str] = frozenset()

    def column(self, channel: str) -> float:
        """Return the middle of an upright channel."""
        return _mid(self.upright[channel])

    def line(self, channel: str) -> float:
        """Return the middle of a channel across."""
        return _mid(self.across[int(channel[1:])])


@dataclass(frozen=True)
class Run:
    """One stretch of a way: a channel and the nodes between which it is used."""

    channel: str
    first: Node
    last: Node

    @property
    def through(self) -> bool:
        """Whether the channel is only crossed at a right angle."""
        return self.first == self.last


@dataclass(frozen=True)
class Route:
    """The way of one link, from its first end to its second."""

    link: Link
    runs: tuple[Run, ...]


def gap_name(row: int, at: int) -> str:
    """Return the name of the channel right of box ``at`` of a row."""
    return f"G{row}.{at}"


def _mid(span: Span) -> float:
    return (span[0] + span[1]) / 2


class _Graph:
    """Crossings ``("HV", H, V)``, doors ``("HB", H, box)`` and ``("VS", V, box)``, boxes ``("box", key)``."""

    def __init__(self, area: Field) -> None:
        self._area = area
        self.place: dict[Node, tuple[float, float]] = {}
        self.next: dict[Node, list[tuple[Node, str]]] = {}
        self._on: dict[str, list[Node]] = {}
        for index in range(len(area.across)):
            self._cross(f"H{index}", index)
        for row, keys in enumerate(area.rows):
            for at, key in enumerate(keys):
                self._doors(row, at, key)
        for channel, keys in (("OL", area.left), ("OR", area.right)):
            for key in keys:
                self._door(("VS", channel, key), key, area.column(channel), area.rects[key].middle[1])
        for channel, nodes in self._on.items():
            axis = 0 if channel.startswith("H") else 1
            nodes.sort(key=lambda node: (self.place[node][axis], node))
            for one, other in pairwise(nodes):
                self._join(one, other, channel)

    def _cross(self, name: str, index: int) -> None:
        area = self._area
        beside = [channel for channel in area.upright if not channel.startswith("G")]
        for row in (index - 1, index):
            if 0 <= row < len(area.rows):
                beside += [gap_name(row, at) for at in range(len(area.rows[row]) - 1)]
        for channel in beside:
            node = ("HV", name, channel)
            self.place[node] = (area.column(channel), area.line(name))
            self._on.setdefault(name, []).append(node)
            self._on.setdefault(channel, []).append(node)

    def _doors(self, row: int, at: int, key: str) -> None:
        area, (x, y) = self._area, self._area.rects[key].middle
        for index in (row, row + 1):
            self._door(("HB", f"H{index}", key), key, x, area.line(f"H{index}"))
        last = len(area.rows[row]) - 1
        left = "IL" if at == 0 else gap_name(row, at - 1)
        right = "IR" if at == last else gap_name(row, at)
        outer = [name for name, end in (("OL", at == 0), ("OR", at == last)) if end and name in area.passable]
        for channel in (left, right, *outer):
            owner = str(row) if channel.startswith("G") else key
            self._door(("VS", channel, owner), key, area.column(channel), y)

    def _door(self, node: Node, key: str, x: float, y: float) -> None:
        box = ("box", key)
        self.place.setdefault(box, self._area.rects[key].middle)
        if node not in self.place:
            self.place[node] = (x, y)
            self._on.setdefault(node[1], []).append(node)
        self._join(box, node, "")

    def _join(self, one: Node, other: Node, channel: str) -> None:
        self.next.setdefault(one, []).append((other, channel))
        self.next.setdefault(other, []).append((one, channel))


def find_routes(area: Field, links: Sequence[Link]) -> tuple[Route, ...]:
    """Return the way of every link, short and with few bends; crowded channels are avoided a little."""
    graph = _Graph(area)
    used: dict[frozenset[Node], int] = {}
    return tuple(Route(link, _runs(_way(graph, area, link, used))) for link in links)


def _way(graph: _Graph, area: Field, link: Link, used: dict[frozenset[Node], int]) -> list[tuple[Node, str]]:
    """Return the nodes from end to end, each with the channel by which it is reached."""
    if FRAME in link.ends:
        key = link.ends[0] if link.ends[1] == FRAME else link.ends[1]
        door = ("VS", "OL" if key in area.left else "OR", key)
        way: list[tuple[Node, str]] = [(("box", key), ""), (door, ""), (("frame",), "")]
        return way if link.ends[1] == FRAME else way[::-1]
    start, goal = ("box", link.ends[0]), ("box", link.ends[1])
    queue: list[tuple[float, int, Node, str]] = [(0.0, 0, start, "")]
    best: dict[tuple[Node, str], float] = {(start, ""): 0.0}
    came: dict[tuple[Node, str], tuple[Node, str]] = {}
    count = 0
    while queue:
        cost, _, node, by = heapq.heappop(queue)
        if cost > best[node, by]:
            continue
        if node == goal:
            break
        if node[0] == "box" and node != start:
            continue
        for other, channel in graph.next[node]:
            (x1, y1), (x2, y2) = graph.place[node], graph.place[other]
            bend = _BEND if by and channel and channel != by else 0.0
            crowd = _CROWD * used.get(frozenset((node, other)), 0)
            total = cost + abs(x1 - x2) + abs(y1 - y2) + bend + crowd
            state = (other, channel or by if other[0] == "box" else channel)
            if total < best.get(state, float("inf")):
                best[state] = total
                came[state] = (node, by)
                count += 1
                heapq.heappush(queue, (total, count, *state))
    state = (node, by)
    way = [state]
    while state in came:
        state = came[state]
        way.append(state)
    way.reverse()
    for (one, _), (other, _) in pairwise(way):
        edge = frozenset((one, other))
        used[edge] = used.get(edge, 0) + 1
    return way


def _runs(way: list[tuple[Node, str]]) -> tuple[Run, ...]:
    inner = [node for node, _ in way if node[0] not in {"box", "frame"}]
    if len(inner) == 1:
        return (Run(inner[0][1], inner[0], inner[0]),)
    runs: list[Run] = []
    for one, other in pairwise(inner):
        channel = _shared(one, other)
        if runs and runs[-1].channel == channel:
            runs[-1] = Run(channel, runs[-1].first, other)
        else:
            runs.append(Run(channel, one, other))
    return tuple(runs)


def _shared(one: Node, other: Node) -> str:
    return next(channel for channel in one[1 : 3 if one[0] == "HV" else 2] if channel in other[1:])


def lanes_needed(area: Field, routes: Sequence[Route]) -> dict[str, int]:
    """Return how many lines run beside each other in every channel, at most; crossed ones count as one."""
    needed: dict[str, int] = {}
    for channel, runs in _by_channel(routes).items():
        spans = [_reach(area, run) for _, run in runs if not run.through]
        lanes = _colour(spans)
        needed[channel] = max(lanes, default=0) + 1
    return needed


def _by_channel(routes: Sequence[Route]) -> dict[str, list[tuple[tuple[int, int], Run]]]:
    found: dict[str, list[tuple[tuple[int, int], Run]]] = {}
    for number, route in enumerate(routes):
        for at, run in enumerate(route.runs):
            found.setdefault(run.channel, []).append(((number, at), run))
    return found


def _reach(area: Field, run: Run) -> Span:
    """Return the stretch of the channel that a run may take, wherever its ends come to lie."""
    spans = [_node_span(area, run.channel, node) for node in (run.first, run.last)]
    return min(span[0] for span in spans), max(span[1] for span in spans)


def _node_span(area: Field, channel: str, node: Node) -> Span:
    across = channel.startswith("H")
    if node[0] == "HV":
        return area.upright[node[2]] if across else area.across[int(node[1][1:])]
    if node[0] == "VS" and channel.startswith("G"):
        rect = area.rects[area.rows[int(node[2])][0]]
    else:
        rect = area.rects[node[2]]
    return (rect.x, rect.right) if across else (rect.y, rect.bottom)


def _colour(spans: Sequence[Span], margin: float = 0.0) -> list[int]:
    """Give every span a lane so that two in one lane never meet."""
    lanes: list[list[Span]] = []
    found = [0] * len(spans)
    for index in sorted(range(len(spans)), key=lambda at: spans[at]):
        low, high = spans[index]
        for number, lane in enumerate(lanes):
            if all(high + margin < other[0] or other[1] + margin < low for other in lane):
                lane.append(spans[index])
                found[index] = number
                break
        else:
            found[index] = len(lanes)
            lanes.append([spans[index]])
    return found


def draw_lines(area: Field, routes: Sequence[Route]) -> tuple[tuple[tuple[float, float], ...], ...]:
    """Return the corners of every line, from the first end to the second."""
    return _Lines(area, routes).lines()


@dataclass
class _Door:
    """An end of a line at a box: where on its edge it may lie, and where it would best."""

    ends: list[tuple[int, int]]
    low: float
    high: float
    wish: float


@dataclass
class _Lines:
    area: Field
    routes: Sequence[Route]
    _column: dict[tuple[int, int], float] = field(default_factory=dict)
    _height: dict[tuple[int, int], float] = field(default_factory=dict)
    _port: dict[tuple[int, int], float] = field(default_factory=dict)

    def lines(self) -> tuple[tuple[tuple[float, float], ...], ...]:
        runs = _by_channel(self.routes)
        for channel in runs:
            if not channel.startswith("H"):
                self._set_columns(channel, runs[channel])
        for channel in sorted(runs):
            if channel.startswith("H"):
                self._set_ports(channel, runs[channel])
                self._set_heights(channel, runs[channel])
        ends: dict[str, list[float]] = {}
        for channel in sorted(runs):
            if not channel.startswith("H"):
                # Lines to one side of a box come from the inner and from the outer channel.
                side = channel[1] if channel in {"IL", "OL", "IR", "OR"} else channel
                self._set_sides(channel, runs[channel], ends.setdefault(side, []))
        return tuple(self._points(number) for number in range(len(self.routes)))

    def _set_columns(self, channel: str, runs: list[tuple[tuple[int, int], Run]]) -> None:
        along = [(at, run) for at, run in runs if not run.through]
        lanes = _colour([_reach(self.area, run) for _, run in along])
        middle, count = self.area.column(channel), max(lanes, default=0) + 1
        for (at, _), lane in zip(along, lanes, strict=True):
            self._column[at] = middle + (lane - (count - 1) / 2) * PITCH

    def _doors(self, number: int) -> Iterable[tuple[tuple[int, int], tuple[int, int], Node]]:
        """Yield both ends of a line: (line, end), (line, run), node at the box."""
        runs = self.routes[number].runs
        yield (number, 0), (number, 0), runs[0].first
        yield (number, 1), (number, len(runs) - 1), runs[-1].last

    def _set_ports(self, channel: str, runs: list[tuple[tuple[int, int], Run]]) -> None:
        taken = [
            self._column[number, other]
            for (number, at), run in runs
            for other, node in ((at - 1, run.first), (at + 1, run.last))
            if node[0] == "HV" and (number, other) in self._column
        ]
        doors: list[_Door] = []
        for (number, at), run in runs:
            ends = [
                (end, node)
                for end, door, node in self._doors(number)
                if door == (number, at) and node[0] == "HB"
            ]
            spans = [self._inside(self.area.rects[node[2]], across=True) for _, node in ends]
            if len(ends) == 2:
                low, high = max(span[0] for span in spans), min(span[1] for span in spans)
                if high - low >= 4:
                    both = [end for end, _ in ends]
                    doors.append(_Door(both, low, high, (low + high) / 2))
                    continue
            for (end, node), span in zip(ends, spans, strict=True):
                other = run.last if end[1] == 0 else run.first
                wish = self._wish(number, at + (1 if end[1] == 0 else -1), other, node)
                doors.append(_Door([end], *span, min(max(wish, span[0]), span[1])))
        for door in sorted(doors, key=lambda one: (-len(one.ends), one.wish, one.ends)):
            place = _free(door, taken)
            taken.append(place)
            self._port.update(dict.fromkeys(door.ends, place))

    def _wish(self, number: int, run: int, other: Node, own: Node) -> float:
        if other[0] == "HV":
            return self._column.get((number, run), self.area.column(other[2]))
        return self.area.rects[other[2] if other[0] == "HB" else own[2]].middle[0]

    def _inside(self, rect: Rect, *, across: bool) -> Span:
        low, high = (rect.x, rect.right) if across else (rect.y, rect.bottom)
        margin = min(_PORT_MARGIN, (high - low) / 3)
        return low + margin, high - margin

    def _set_heights(self, channel: str, runs: list[tuple[tuple[int, int], Run]]) -> None:
        spans: list[Span] = []
        along: list[tuple[int, int]] = []
        for (number, at), run in runs:
            ends = [self._across_at(number, at, run.first, 0), self._across_at(number, at, run.last, 1)]
            if ends[0] != ends[1]:
                spans.append((min(ends), max(ends)))
                along.append((number, at))
            else:
                self._height[number, at] = self.area.line(channel)
        lanes = _colour(spans, margin=3.0)
        middle, count = self.area.line(channel), max(lanes, default=0) + 1
        for key, lane in zip(along, lanes, strict=True):
            self._height[key] = middle + (lane - (count - 1) / 2) * PITCH

    def _across_at(self, number: int, at: int, node: Node, end: int) -> float:
        if node[0] == "HB":
            return self._port[number, end]
        return self._column[number, at + (1 if end else -1)]

    def _set_sides(self, channel: str, runs: list[tuple[tuple[int, int], Run]], taken: list[float]) -> None:
        taken += [
            self._height[number, other]
            for (number, at), run in runs
            for other, node in ((at - 1, run.first), (at + 1, run.last))
            if node[0] == "HV" and (number, other) in self._height
        ]
        doors: list[_Door] = []
        for (number, at), run in runs:
            ends = [
                end for end, door, node in self._doors(number) if door == (number, at) and node[0] == "VS"
            ]
            if not ends:
                continue
            node = run.first if run.first[0] == "VS" else run.last
            low, high = self._side(channel, node)
            if FRAME in self.routes[number].link.ends:
                inside = self._inside(self.area.frame, across=False)
                low, high = max(low, inside[0]), min(high, inside[1])
            if run.through:
                doors.append(_Door(ends, low, high, (low + high) / 2))
                continue
            spans = [self._side(channel, run.first if end[1] == 0 else run.last) for end in ends]
            low, high = max(span[0] for span in spans), min(span[1] for span in spans)
            if len(ends) == 2 and high - low >= 4:
                doors.append(_Door(ends, low, high, (low + high) / 2))
                continue
            doors += [_Door([end], *span, _mid(span)) for end, span in zip(ends, spans, strict=True)]
        for door in sorted(doors, key=lambda one: (one.wish, one.ends)):
            place = _free(door, taken)
            taken.append(place)
            self._port.update(dict.fromkeys(door.ends, place))

    def _side(self, channel: str, node: Node) -> Span:
        gap = channel.startswith("G")
        rect = self.area.rects[self.area.rows[int(node[2])][0] if gap else node[2]]
        return self._inside(rect, across=False)

    def _points(self, number: int) -> tuple[tuple[float, float], ...]:
        route = self.routes[number]
        points = [self._edge(number, 0, route.runs[0].first)]
        for at, run in enumerate(route.runs):
            if run.through:
                continue
            if at == 0:
                points.append(self._turn(number, at, run.first, 0))
            points.append(self._turn(number, at, run.last, 1))
        points.append(self._edge(number, 1, route.runs[-1].last))
        return _straightened(points)

    def _turn(self, number: int, at: int, node: Node, end: int) -> tuple[float, float]:
        across = self.routes[number].runs[at].channel.startswith("H")
        if node[0] == "HV":
            other = at + (1 if end else -1)
            one, two = (number, at), (number, other)
            return (
                (self._column[two], self._height[one]) if across else (self._column[one], self._height[two])
            )
        port = self._port[number, end]
        return (port, self._height[number, at]) if across else (self._column[number, at], port)

    def _edge(self, number: int, end: int, node: Node) -> tuple[float, float]:
        """Return the point on the edge of the box, or of the frame, at which a line ends."""
        link = self.routes[number].link
        port, key = self._port[number, end], link.ends[end]
        rect = self.area.frame if key == FRAME else self.area.rects[key]
        if node[0] == "HB":
            return port, (rect.y if rect.middle[1] > self.area.line(node[1]) else rect.bottom)
        left_of_channel = rect.middle[0] < self.area.column(node[1])
        return (rect.right if left_of_channel else rect.x), port


def _straightened(points: Sequence[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    """Leave out corners at which a line does not turn."""
    kept: list[tuple[float, float]] = []
    for point in points:
        if kept and point == kept[-1]:
            continue
        if len(kept) > 1 and any(kept[-2][axis] == kept[-1][axis] == point[axis] for axis in (0, 1)):
            kept.pop()
        kept.append(point)
    return tuple(kept)


def _free(door: _Door, taken: Sequence[float]) -> float:
    """Return the place nearest to the wish that keeps its distance from what is taken."""
    for spacing in _SPACINGS:
        step = 0.0
        while step <= door.high - door.low:
            for place in (door.wish + step, door.wish - step):
                inside = door.low <= place <= door.high
                if inside and all(abs(place - other) >= spacing for other in taken):
                    return place
            step += 1.0
    return door.wish
