"""Dossier: small symbols for kinds of devices, told apart by their shape alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from levelkit.dossier.drawings.svg import INK, LINE, PALE, PAPER

if TYPE_CHECKING:
    from collections.abc import Callable

    from levelkit.dossier.drawings.svg import Svg

_WEIGHT = 0.6


def symbol(svg: Svg, kind: str, x: float, y: float, size: float) -> None:
    """Draw the symbol of a kind into the square at (x, y); an unknown kind gets the one of the rest."""
    _SYMBOLS.get(kind, _other)(svg, x, y, size / 11)


def _server(svg: Svg, x: float, y: float, s: float) -> None:
    svg.rect(x + 2.2 * s, y + 0.6 * s, 6.6 * s, 9.8 * s, fill=PALE, stroke=INK, weight=_WEIGHT)
    for at in (3.2, 5.6):
        svg.line(x + 3.4 * s, y + at * s, x + 7.6 * s, y + at * s, stroke=INK, weight=_WEIGHT)
    svg.circle(x + 7 * s, y + 8.4 * s, 0.7 * s, fill=INK, stroke=None)


def _firewall(svg: Svg, x: float, y: float, s: float) -> None:
    svg.rect(x + 0.6 * s, y + 1.6 * s, 9.8 * s, 7.8 * s, fill=PALE, stroke=INK, weight=_WEIGHT)
    for at in (4.2, 6.8):
        svg.line(x + 0.6 * s, y + at * s, x + 10.4 * s, y + at * s, stroke=INK, weight=_WEIGHT)
    for at, top, bottom in (
        (4, 1.6, 4.2),
        (7.4, 1.6, 4.2),
        (2.4, 4.2, 6.8),
        (5.6, 4.2, 6.8),
        (8.8, 4.2, 6.8),
    ):
        svg.line(x + at * s, y + top * s, x + at * s, y + bottom * s, stroke=INK, weight=_WEIGHT)
    for at in (4, 7.4):
        svg.line(x + at * s, y + 6.8 * s, x + at * s, y + 9.4 * s, stroke=INK, weight=_WEIGHT)


def _switch(svg: Svg, x: float, y: float, s: float) -> None:
    svg.rect(x + 0.4 * s, y + 2.8 * s, 10.2 * s, 5.6 * s, fill=PALE, stroke=INK, weight=_WEIGHT)
    for top, start, end in ((4.6, 2.0, 8.4), (6.6, 9.0, 2.6)):
        head = 1.3 if end > start else -1.3
        svg.line(x + start * s, y + top * s, x + end * s, y + top * s, stroke=INK, weight=_WEIGHT)
        svg.path(
            (
                (x + end * s, y + (top - 0.9) * s),
                (x + (end + head) * s, y + top * s),
                (x + end * s, y + (top + 0.9) * s),
            ),
            fill=INK,
            stroke=None,
            closed=True,
        )


def _storage(svg: Svg, x: float, y: float, s: float) -> None:
    svg.rect(x + 1.4 * s, y + 2.2 * s, 8.2 * s, 6.6 * s, fill=PALE, stroke=None)
    svg.ellipse(x + 5.5 * s, y + 8.8 * s, 4.1 * s, 1.6 * s, fill=PALE, stroke=INK, weight=_WEIGHT)
    svg.rect(x + 1.4 * s, y + 5.5 * s, 8.2 * s, 3.3 * s, fill=PALE, stroke=None)
    for at in (1.4, 9.6):
        svg.line(x + at * s, y + 2.2 * s, x + at * s, y + 8.8 * s, stroke=INK, weight=_WEIGHT)
    svg.ellipse(x + 5.5 * s, y + 2.2 * s, 4.1 * s, 1.6 * s, fill=PAPER, stroke=INK, weight=_WEIGHT)


def _terminal(svg: Svg, x: float, y: float, s: float) -> None:
    svg.rect(x + 0.8 * s, y + 1.4 * s, 9.4 * s, 6.4 * s, fill=PALE, stroke=INK, weight=_WEIGHT)
    svg.line(x + 5.5 * s, y + 7.8 * s, x + 5.5 * s, y + 9.6 * s, stroke=INK, weight=_WEIGHT)
    svg.line(x + 3.2 * s, y + 9.6 * s, x + 7.8 * s, y + 9.6 * s, stroke=INK, weight=_WEIGHT)


def _other(svg: Svg, x: float, y: float, s: float) -> None:
    svg.rect(
        x + 1.6 * s, y + 1.6 * s, 7.8 * s, 7.8 * s, fill=PALE, stroke=INK, weight=_WEIGHT, radius=1.6 * s
    )


def _application(svg: Svg, x: float, y: float, s: float) -> None:
    svg.rect(x + 0.8 * s, y + 1.4 * s, 9.4 * s, 8.2 * s, fill=PAPER, stroke=INK, weight=_WEIGHT)
    svg.rect(x + 0.8 * s, y + 1.4 * s, 9.4 * s, 2.2 * s, fill=LINE, stroke=INK, weight=_WEIGHT)


def _internet(svg: Svg, x: float, y: float, s: float) -> None:
    svg.circle(x + 5.5 * s, y + 5.5 * s, 4.8 * s, fill=PAPER, stroke=INK, weight=_WEIGHT)
    svg.ellipse(x + 5.5 * s, y + 5.5 * s, 2.1 * s, 4.8 * s, fill="none", stroke=INK, weight=_WEIGHT)
    svg.line(x + 0.7 * s, y + 5.5 * s, x + 10.3 * s, y + 5.5 * s, stroke=INK, weight=_WEIGHT)


def _person(svg: Svg, x: float, y: float, s: float) -> None:
    svg.path(
        (
            (x + 1.4 * s, y + 10.2 * s),
            (x + 2.2 * s, y + 7 * s),
            (x + 3.8 * s, y + 5.8 * s),
            (x + 7.2 * s, y + 5.8 * s),
            (x + 8.8 * s, y + 7 * s),
            (x + 9.6 * s, y + 10.2 * s),
        ),
        fill=PALE,
        stroke=INK,
        weight=_WEIGHT,
        closed=True,
    )
    svg.circle(x + 5.5 * s, y + 3.1 * s, 2.3 * s, fill=PAPER, stroke=INK, weight=_WEIGHT)


_SYMBOLS: dict[str, Callable[[Svg, float, float, float], None]] = {
    "server": _server,
    "firewall": _firewall,
    "switch": _switch,
    "storage": _storage,
    "terminal": _terminal,
    "other": _other,
    "application": _application,
    "internet": _internet,
    "users": _person,
}
