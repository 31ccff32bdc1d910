"""Dossier: pictures drawn from the dossier's own data, as SVG.

One SVG serves the window, the PDF and Word. The letters are the documents' own: one name, «Levelkit Serif»,
and no list. What was tried out, and why so:

- WeasyPrint draws SVG text in the page's ``@font-face`` of that name, bold included, and embeds it.
- QtSvg takes the whole attribute for one family name, so a list would end in some other font. The window
  registers ``templates/fonts`` and maps the name on them (:mod:`levelkit.gui.diagrams.fonts`).
- QtSvg cuts a font size down to a whole number of units. One unit is therefore a tenth of a point: sizes such
  as 7.5 pt stay what they are, and coordinates are whole numbers.
- Pillow measures the same widths as Qt and Pango to a thousandth, so text that fits here fits everywhere.

Positions and sizes are in points throughout; a :class:`~levelkit.dossier.context.Drawing` is in millimetres.
Black, greys and one blue; everything is told apart in black and white too.
"""

from __future__ import annotations

from levelkit.dossier.drawings.svg import (
    BLUE,
    FAINT,
    FAMILY,
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

__all__ = [
    "BLUE",
    "FAINT",
    "FAMILY",
    "GREY",
    "INK",
    "LINE",
    "PALE",
    "PAPER",
    "Svg",
    "line_height",
    "text_width",
    "wrap",
]
