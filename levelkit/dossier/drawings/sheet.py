"""Dossier: the architecture pictures on paper: in the text, on a landscape page, on a page of their own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from levelkit.dossier.drawings.layout import lay_out
from levelkit.dossier.drawings.paint import Legend, legend_height, picture
from levelkit.dossier.drawings.scene import Style
from levelkit.dossier.drawings.scenes import KEYS, DrawingNote, plan
from levelkit.dossier.drawings.svg import MM_PER_POINT
from levelkit.dossier.drawings.words import drawing_words

if TYPE_CHECKING:
    from levelkit.domain.architecture import Architecture
    from levelkit.dossier.context import Drawing
    from levelkit.dossier.drawings.scene import Placed
    from levelkit.dossier.drawings.scenes import PictureKey, Plan

_PORTRAIT_WIDTH = 165 / MM_PER_POINT
_LANDSCAPE_WIDTH = 257 / MM_PER_POINT
_IN_TEXT = 150 / MM_PER_POINT
_LANDSCAPE = 146 / MM_PER_POINT
_PORTRAIT_PAGE = 238 / MM_PER_POINT
_ROOMY, _MIDDLE = Style(size=9.0, column=104), Style(size=8.0, column=94)
_TIGHT = Style(size=7.5, column=84, outside_width=78, strip_width=60, line_room=18)
_DENSE = replace(_TIGHT, column=72, between=2, card_pad=1.5, symbol=8.5, line_room=16)
_PLAIN = replace(_DENSE, models=False)
_BARE = replace(_PLAIN, column=66, addresses=False, between=1.2, card_pad=1, symbol=8, line_room=15)


@dataclass(frozen=True)
class Drawn:
    """A picture with what it could not show; ``landscape``: it wants a page lying on its side."""

    key: PictureKey
    drawing: Drawing
    landscape: bool
    notes: tuple[DrawingNote, ...]


@dataclass(frozen=True)
class _Sheet:
    width: float
    height: float
    style: Style
    landscape: bool = False
    joined: bool = False
    entries: bool = True


# From the most pleasant to the most crowded; the first one that holds everything is taken.
_SHEETS = (
    _Sheet(_PORTRAIT_WIDTH, _IN_TEXT, _ROOMY),
    _Sheet(_PORTRAIT_WIDTH, _IN_TEXT, _MIDDLE),
    _Sheet(_LANDSCAPE_WIDTH, _LANDSCAPE, _ROOMY, landscape=True),
    _Sheet(_LANDSCAPE_WIDTH, _LANDSCAPE, _MIDDLE, landscape=True),
    _Sheet(_PORTRAIT_WIDTH, _PORTRAIT_PAGE, _MIDDLE),
    _Sheet(_LANDSCAPE_WIDTH, _LANDSCAPE, _TIGHT, landscape=True),
    _Sheet(_PORTRAIT_WIDTH, _PORTRAIT_PAGE, _TIGHT),
    _Sheet(_LANDSCAPE_WIDTH, _LANDSCAPE, _TIGHT, landscape=True, entries=False),
    _Sheet(_PORTRAIT_WIDTH, _PORTRAIT_PAGE, _TIGHT, entries=False),
    _Sheet(_LANDSCAPE_WIDTH, _LANDSCAPE, _DENSE, landscape=True, entries=False),
    _Sheet(_PORTRAIT_WIDTH, _PORTRAIT_PAGE, _DENSE, entries=False),
    _Sheet(_LANDSCAPE_WIDTH, _LANDSCAPE, _PLAIN, landscape=True, entries=False),
    _Sheet(_PORTRAIT_WIDTH, _PORTRAIT_PAGE, _PLAIN, entries=False),
    _Sheet(_LANDSCAPE_WIDTH, _LANDSCAPE, _BARE, landscape=True, entries=False),
    _Sheet(_PORTRAIT_WIDTH, _PORTRAIT_PAGE, _BARE, entries=False),
    _Sheet(_LANDSCAPE_WIDTH, _LANDSCAPE, _TIGHT, landscape=True, joined=True),
    _Sheet(_PORTRAIT_WIDTH, _PORTRAIT_PAGE, _TIGHT, joined=True, entries=False),
    _Sheet(_LANDSCAPE_WIDTH, _LANDSCAPE, _BARE, landscape=True, joined=True, entries=False),
    _Sheet(_PORTRAIT_WIDTH, _PORTRAIT_PAGE, _BARE, joined=True, entries=False),
)


def draw_architecture(architecture: Architecture) -> tuple[Drawn, ...]:
    """Return the pictures that the tables are enough for, in the order in which the dossier shows them.

    Text is 7.5 pt or more on A4. A picture with too much in it leaves out models, then joins devices of a
    kind in a box, and says so; when even that is too much it is made smaller, and a note says so.
    """
    found = (draw(architecture, key) for key in KEYS)
    return tuple(drawn for drawn in found if drawn is not None)


def draw(architecture: Architecture, key: PictureKey) -> Drawn | None:
    """Return one picture; None where its table is empty."""
    plans = {joined: plan(architecture, key, joined=joined) for joined in (False, True)}
    last: tuple[_Sheet, Plan, Legend] | None = None
    for sheet in _SHEETS:
        told = plans[sheet.joined]
        if told is None:
            return None
        if sheet.joined and told.joined is None:
            continue
        legend = _legend(told, sheet)
        most = sheet.height - legend_height(legend, sheet.width)
        placed = lay_out(told.scene, sheet.style, sheet.width, most=most)
        if placed is not None:
            return _drawn(key, sheet, told, placed, legend)
        last = sheet, told, legend
    assert last is not None
    sheet, told, legend = last
    return _drawn(key, sheet, told, lay_out(told.scene, sheet.style, sheet.width), legend)


def _drawn(key: PictureKey, sheet: _Sheet, told: Plan, placed: Placed, legend: Legend) -> Drawn:
    words = drawing_words()
    svg = picture(placed, legend, title=words.titles[key], description=told.description)
    drawing = svg.drawing()
    notes = list(told.notes)
    notes += [DrawingNote("", 0, words.notes["cut"].format(text=text)) for text in placed.cut]
    notes += [DrawingNote("", 0, text) for text in legend.remarks if text == told.joined]
    share = sheet.height * MM_PER_POINT / drawing.height
    if share < 1:
        drawing = drawing.model_copy(
            update={"width": round(drawing.width * share, 2), "height": round(drawing.height * share, 2)}
        )
        notes.append(DrawingNote("", 0, words.notes["too_much"]))
    return Drawn(key, drawing, sheet.landscape, tuple(notes))


def _legend(told: Plan, sheet: _Sheet) -> Legend:
    words = drawing_words().words
    remarks = [told.joined] if told.joined and sheet.joined else []
    if told.entries and not sheet.entries:
        remarks.append(words["numbers_in_table"])
    return Legend(words["legend"], told.symbols, told.entries if sheet.entries else (), tuple(remarks))
