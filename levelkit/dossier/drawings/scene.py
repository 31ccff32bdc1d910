"""Dossier: what an architecture picture shows before anybody says where, and the measures of its layout."""

from __future__ import annotations

from dataclasses import dataclass, field

FRAME = "frame"
MIN_SIZE = 7.5


@dataclass(frozen=True)
class Card:
    """One thing inside a box; ``kind`` names its symbol, ``detail`` stands below in grey."""

    kind: str
    name: str
    detail: str = ""
    count: int = 1


@dataclass(frozen=True)
class Box:
    """A box with a head and, perhaps, cards.

    Attributes:
        key: by which links name it.
        title: in bold.
        details: further lines of the head, in grey.
        kind: symbol in its head, or none.
        loose: things nobody gave a place: a dashed edge.
    """

    key: str
    title: str
    details: tuple[str, ...] = ()
    cards: tuple[Card, ...] = ()
    kind: str | None = None
    loose: bool = False


@dataclass(frozen=True)
class Band:
    """Boxes that belong together; the title stands at their left, a band without one is not marked."""

    title: str
    boxes: tuple[Box, ...]


@dataclass(frozen=True)
class Link:
    """A line between two boxes, or between a box outside and the frame of the system.

    Attributes:
        ends: keys of boxes, :data:`FRAME` for the system as a whole.
        label: numbers of the rows it stands for; empty: nothing is written on it.
        forward, backward: arrow at the second, at the first end.
        dashed: not from a row of connections.
    """

    ends: tuple[str, str]
    label: str = ""
    forward: bool = True
    backward: bool = False
    dashed: bool = False


@dataclass(frozen=True)
class Scene:
    """Everything in one picture, without its legend."""

    frame: str
    bands: tuple[Band, ...]
    outside: tuple[Box, ...] = ()
    links: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Style:
    """Measures in points.

    Attributes:
        size: of names and titles; details are never smaller than :data:`MIN_SIZE`.
        addresses, models: whether details of boxes, of cards are shown.
        column: least width of a card, and of a box without cards.
        name_lines, detail_lines: as many at most.
        line_room: height of a channel across with one line in it.
        between: from card to card; ``card_pad``: from a card's edge to its text.
    """

    size: float = 8.0
    addresses: bool = True
    models: bool = True
    column: float = 96.0
    widest: float = 170.0
    name_lines: int = 4
    detail_lines: int = 2
    outside_width: float = 84.0
    strip_width: float = 66.0
    line_room: float = 24.0
    between: float = 4.0
    card_pad: float = 2.5
    symbol: float = 11.0

    @property
    def small(self) -> float:
        """Size of details."""
        return max(MIN_SIZE, self.size - 0.5)


@dataclass(frozen=True)
class Rect:
    """A place on the page, in points."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Lower edge."""
        return self.y + self.height

    @property
    def middle(self) -> tuple[float, float]:
        """Centre."""
        return self.x + self.width / 2, self.y + self.height / 2

    def meets(self, other: Rect, gap: float = 0.0) -> bool:
        """Whether the two share more than an edge, ``gap`` points around included."""
        return (
            self.x < other.right + gap
            and other.x < self.right + gap
            and self.y < other.bottom + gap
            and other.y < self.bottom + gap
        )

    def holds(self, other: Rect) -> bool:
        """Whether the other lies inside, edges included."""
        slack = 0.01
        return (
            self.x <= other.x + slack
            and self.y <= other.y + slack
            and self.right >= other.right - slack
            and self.bottom >= other.bottom - slack
        )


@dataclass(frozen=True)
class Words:
    """Lines of text at a place: the top of the first line at ``y``."""

    x: float
    y: float
    lines: tuple[str, ...]
    size: float
    bold: bool = False
    grey: bool = False


@dataclass(frozen=True)
class PlacedCard:
    """A card with its place and text."""

    card: Card
    rect: Rect
    symbol: Rect
    words: tuple[Words, ...]


@dataclass(frozen=True)
class PlacedBox:
    """A box with its place, the text of its head and its cards."""

    box: Box
    rect: Rect
    head: float
    words: tuple[Words, ...]
    symbol: Rect | None = None
    cards: tuple[PlacedCard, ...] = ()


@dataclass(frozen=True)
class PlacedLink:
    """A link with its corners and the place of its label, if it has one."""

    link: Link
    points: tuple[tuple[float, float], ...]
    badge: Rect | None


@dataclass(frozen=True)
class PlacedBand:
    """A band's place and the words at its left."""

    rect: Rect
    words: Words


@dataclass(frozen=True)
class Placed:
    """A whole picture, laid out. ``cut``: texts too long for their box, which end in «…»."""

    width: float
    height: float
    frame: Rect
    frame_words: Words
    boxes: tuple[PlacedBox, ...]
    outside: tuple[PlacedBox, ...]
    bands: tuple[PlacedBand, ...]
    links: tuple[PlacedLink, ...]
    cut: tuple[str, ...] = field(default=())
