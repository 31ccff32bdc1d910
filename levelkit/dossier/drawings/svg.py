"""Dossier: a small SVG writer and the measures of its text. Points in, SVG 1.1 out; see the package's notes.

svg = Svg(450, 300, title="Ma trận rủi ro", description="…")
svg.rect(10, 10, 80, 24, fill=PALE)
svg.lines(14, 20, wrap("Khả năng xảy ra", 72, 8), 8)
drawing = svg.drawing()
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Literal
from xml.sax.saxutils import escape, quoteattr

from levelkit.domain.text import legible
from levelkit.dossier.context import Drawing
from levelkit.resources import data_dir

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PIL.ImageFont import FreeTypeFont

FAMILY = "Levelkit Serif"
INK, GREY, LINE, PALE, FAINT, PAPER, BLUE = (
    "#000000",
    "#454545",
    "#808080",
    "#e9ecf1",
    "#f6f7f9",
    "#ffffff",
    "#1f4e9e",
)
MM_PER_POINT = 25.4 / 72
_UNITS_PER_POINT = 10
_LEADING = 1.18
_EM = 1000
_BLANKS = re.compile(r"[^\S\u00a0\u202f]+")
Anchor = Literal["start", "middle", "end"]
Point = tuple[float, float]


@lru_cache(maxsize=2)
def _font(bold: bool) -> FreeTypeFont:  # noqa: FBT001
    from PIL import ImageFont

    name = "LiberationSerif-Bold.ttf" if bold else "LiberationSerif-Regular.ttf"
    file = data_dir("templates") / "fonts" / name
    return ImageFont.truetype(str(file), _EM, layout_engine=ImageFont.Layout.BASIC)


def _foreign(letter: str) -> bool:
    """Whether the shipped font may lack the letter: another one steps in, up to one em wide."""
    return ord(letter) > 0x2FF and not unicodedata.name(letter, "").startswith(
        ("LATIN", "GREEK", "CYRILLIC", "COMBINING", "EN DASH", "EM DASH", "LEFT ", "RIGHT ", "BULLET")
    )


@lru_cache(maxsize=50_000)
def _em_width(text: str, bold: bool) -> float:  # noqa: FBT001
    known = "".join(letter for letter in text if not _foreign(letter))
    width = float(_font(bold).getlength(known)) if known else 0.0
    return width + _EM * 1.05 * (len(text) - len(known))


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width of one line of ``text`` in points at ``size`` points."""
    return _em_width(text, bold) * size / _EM


def line_height(size: float) -> float:
    """Return the distance of two lines in points."""
    return size * _LEADING


def wrap(
    text: str, width: float, size: float, *, bold: bool = False, most: int | None = None
) -> tuple[str, ...]:
    """Break ``text`` into lines no wider than ``width`` points; words too long for a line are broken.

    Args:
        text: line ends in it break a line; other white space is one space, a no-break space keeps together.
        width: in points.
        size: in points.
        bold: measured in bold.
        most: as many lines at most; the last one then ends in «…».
    """
    lines: list[str] = []
    for paragraph in legible(text).splitlines():
        lines += _wrap_one(_BLANKS.split(paragraph.strip()), width, size, bold=bold)
    if most is None or len(lines) <= most:
        return tuple(lines)
    last = lines[most - 1]
    while last and text_width(f"{last}…", size, bold=bold) > width:
        last = last[:-1].rstrip()
    return (*lines[: most - 1], f"{last}…")


def _wrap_one(words: Sequence[str], width: float, size: float, *, bold: bool) -> list[str]:
    lines: list[str] = []
    line = ""
    for word in words:
        joined = f"{line} {word}" if line else word
        if text_width(joined, size, bold=bold) <= width:
            line = joined
            continue
        if line:
            lines.append(line)
        *full, line = _pieces(word, width, size, bold=bold)
        lines += full
    return [*lines, line] if line else lines


def _pieces(word: str, width: float, size: float, *, bold: bool) -> list[str]:
    """Break one word where it must: after a mark such as «/» or «-» when there is one, else anywhere."""
    pieces: list[str] = []
    rest = word
    while text_width(rest, size, bold=bold) > width and len(rest) > 1:
        end = 1
        while end < len(rest) and text_width(rest[: end + 1], size, bold=bold) <= width:
            end += 1
        marked = max((index + 1 for index in range(end) if rest[index] in "-/._,;:@"), default=0)
        end = marked if marked >= end // 2 and marked else end
        pieces.append(rest[:end])
        rest = rest[end:]
    return [*pieces, rest]


class Svg:
    """Collects the elements of one picture.

    Args:
        width: in points.
        height: in points.
        title: what it is.
        description: a sentence or two on what is in it, read out in its place.
    """

    def __init__(self, width: float, height: float, *, title: str, description: str) -> None:
        self.width, self.height = width, height
        self.title, self.description = legible(title), legible(description)
        self._body: list[str] = []

    def rect(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        fill: str = PAPER,
        stroke: str | None = INK,
        weight: float = 0.75,
        radius: float = 0,
        dash: Sequence[float] = (),
    ) -> None:
        """Draw a box; ``stroke`` None: without an edge."""
        rounded = f' rx="{_units(radius)}" ry="{_units(radius)}"' if radius else ""
        self._body.append(
            f'<rect x="{_units(x)}" y="{_units(y)}" width="{_units(width)}" height="{_units(height)}"'
            f'{rounded} fill="{fill}"{_edge(stroke, weight, dash)}/>'
        )

    def line(
        self,
        x1: float,
        y1: float,
        x2: float,
        y2: float,
        *,
        stroke: str = INK,
        weight: float = 0.75,
        dash: Sequence[float] = (),
    ) -> None:
        """Draw a straight line."""
        self.path(((x1, y1), (x2, y2)), stroke=stroke, weight=weight, dash=dash)

    def path(
        self,
        points: Iterable[Point],
        *,
        stroke: str | None = INK,
        fill: str = "none",
        weight: float = 0.75,
        dash: Sequence[float] = (),
        closed: bool = False,
    ) -> None:
        """Draw a line through the points."""
        told = " L ".join(f"{_units(x)} {_units(y)}" for x, y in points)
        end = " Z" if closed else ""
        self._body.append(f'<path d="M {told}{end}" fill="{fill}"{_edge(stroke, weight, dash)}/>')

    def circle(
        self,
        x: float,
        y: float,
        radius: float,
        *,
        fill: str = PAPER,
        stroke: str | None = INK,
        weight: float = 0.75,
    ) -> None:
        """Draw a circle round (x, y)."""
        self._body.append(
            f'<circle cx="{_units(x)}" cy="{_units(y)}" r="{_units(radius)}" fill="{fill}"'
            f"{_edge(stroke, weight, ())}/>"
        )

    def ellipse(
        self,
        x: float,
        y: float,
        across: float,
        down: float,
        *,
        fill: str = PAPER,
        stroke: str | None = INK,
        weight: float = 0.75,
    ) -> None:
        """Draw an ellipse round (x, y) with half axes ``across`` and ``down``."""
        self._body.append(
            f'<ellipse cx="{_units(x)}" cy="{_units(y)}" rx="{_units(across)}" ry="{_units(down)}"'
            f' fill="{fill}"{_edge(stroke, weight, ())}/>'
        )

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        *,
        bold: bool = False,
        anchor: Anchor = "start",
        fill: str = INK,
        turned: bool = False,
    ) -> None:
        """Write one line with its base line at ``y``; ``turned``: from bottom to top."""
        weight = ' font-weight="bold"' if bold else ""
        place = "" if anchor == "start" else f' text-anchor="{anchor}"'
        turn = f' transform="rotate(-90 {_units(x)} {_units(y)})"' if turned else ""
        self._body.append(
            f'<text x="{_units(x)}" y="{_units(y)}" font-family="{FAMILY}" font-size="{_units(size)}"'
            f'{weight}{place} fill="{fill}"{turn}>{escape(legible(" ".join(text.split())))}</text>'
        )

    def lines(
        self,
        x: float,
        y: float,
        lines: Iterable[str],
        size: float,
        *,
        bold: bool = False,
        anchor: Anchor = "start",
        fill: str = INK,
    ) -> float:
        """Write lines below each other, the top of the first at ``y``; return where the last one ends."""
        for line in lines:
            self.text(x, y + size * 0.92, line, size, bold=bold, anchor=anchor, fill=fill)
            y += line_height(size)
        return y

    def open(self, element_id: str | None = None) -> None:
        """Begin a group."""
        self._body.append(f"<g id={quoteattr(element_id)}>" if element_id else "<g>")

    def close(self) -> None:
        """End the group begun last."""
        self._body.append("</g>")

    def render(self) -> str:
        """Return the picture as SVG 1.1."""
        size = f'width="{self.width:.2f}pt" height="{self.height:.2f}pt"'
        box = f"0 0 {_units(self.width)} {_units(self.height)}"
        head = f'<svg xmlns="http://www.w3.org/2000/svg" version="1.1" {size} viewBox="{box}">'
        told = f"<title>{escape(self.title)}</title><desc>{escape(self.description)}</desc>"
        return "\n".join((head, told, *self._body, "</svg>", ""))

    def drawing(self) -> Drawing:
        """Return the picture as the dossier's context keeps it."""
        return Drawing(
            svg=self.render(),
            width=round(self.width * MM_PER_POINT, 2),
            height=round(self.height * MM_PER_POINT, 2),
            title=self.title,
            description=self.description,
        )


def _units(points: float) -> int:
    return round(points * _UNITS_PER_POINT)


def _edge(stroke: str | None, weight: float, dash: Sequence[float]) -> str:
    if stroke is None:
        return ' stroke="none"'
    dashed = f' stroke-dasharray="{" ".join(str(_units(part)) for part in dash)}"' if dash else ""
    return f' stroke="{stroke}" stroke-width="{max(1, _units(weight))}"{dashed}'
