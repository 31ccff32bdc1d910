"""Word: what stands in the margins: the number of the page, the line at the foot, DỰ THẢO behind the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from levelkit.dossier.word import looks as form
from levelkit.dossier.word.model import LINE, Borders, Look
from levelkit.dossier.word.names import names
from levelkit.dossier.word.xml import el, root, words

if TYPE_CHECKING:
    from levelkit.dossier.word.model import PageLook

_SPACES = ("w", "r", "v", "o", "w10")
_GREY = "#e7e7e7"  # as templates/watermark.svg
_WORDART = el(
    "v:shapetype",
    {
        "id": "_x0000_t136",
        "coordsize": "21600,21600",
        "o:spt": "136",
        "adj": "10800",
        "path": "m@7,l@8,m@5,21600l@6,21600e",
    },
    el(
        "v:formulas",
        None,
        *(
            el("v:f", {"eqn": equation})
            for equation in (
                "sum #0 0 10800",
                "prod #0 2 1",
                "sum 21600 0 @1",
                "sum 0 0 @2",
                "sum 21600 0 @3",
                "if @0 @3 0",
                "if @0 21600 @1",
                "if @0 0 @2",
                "if @0 @4 21600",
                "mid @5 @6",
                "mid @8 @5",
                "mid @7 @8",
                "mid @6 @7",
                "sum @6 0 @5",
            )
        ),
    ),
    el(
        "v:path",
        {
            "textpathok": "t",
            "o:connecttype": "custom",
            "o:connectlocs": "@9,0;@10,10800;@11,21600;@12,10800",
            "o:connectangles": "270,180,90,0",
        },
    ),
    el("v:textpath", {"on": "t", "fitshape": "t"}),
    el("v:handles", None, el("v:h", {"position": "#0,bottomRight", "xrange": "6629,14971"})),
    el("o:lock", {"v:ext": "edit", "text": "t", "shapetype": "t"}),
)
_SHAPE = (
    "position:absolute;margin-left:0;margin-top:0;width:{width}pt;height:{height}pt;rotation:308;"
    "z-index:-251658752;mso-position-horizontal:center;mso-position-horizontal-relative:page;"
    "mso-position-vertical:center;mso-position-vertical-relative:page"
)
_LENGTH, _HEIGHT = 620.0, 118.0  # points, along the diagonal


def header(page: PageLook, *, draft: bool) -> bytes:
    """Return the header of a kind of page."""
    look = _number_look(page)
    inside = _watermark() if draft else ""
    if page.numbered:
        letters = form.letter_properties(page.number_ink, None)
        inside += el(
            "w:fldSimple",
            {"w:instr": " PAGE "},
            el("w:r", None, letters, el("w:t", None, "2")),
        )
    properties = form.paragraph_properties(look, None, names().own.header)
    return root("w:hdr", _SPACES, el("w:p", None, el("w:pPr", None, *properties), inside))


def footer(page: PageLook) -> bytes:
    """Return the footer of a kind of page."""
    ink = page.foot_ink or page.number_ink
    made = []
    for number, line in enumerate(page.foot or ("",)):
        rule = Borders(top=page.foot_rule if number == 0 else None)
        look = Look(ink, align=page.foot_align, line=LINE, borders=rule)
        properties = form.paragraph_properties(look, None, names().own.footer)
        letters = form.letter_properties(ink, None)
        text = el("w:r", None, letters, el("w:t", {"xml:space": "preserve"}, words(line))) if line else ""
        made.append(el("w:p", None, el("w:pPr", None, *properties), text))
    return root("w:ftr", _SPACES, *made)


def header_distance(page: PageLook) -> float:
    """Return how far the number stands below the edge of the paper: in the middle of the margin."""
    return max((page.top - page.number_ink.size * LINE) / 2, 0.0)


def footer_distance(page: PageLook) -> float:
    """Return how far the foot ends above the edge of the paper: it begins just below the text."""
    ink = page.foot_ink or page.number_ink
    rule = page.foot_rule.space + page.foot_rule.width if page.foot_rule else 0.0
    return max(page.bottom - page.foot_gap - rule - ink.size * LINE * max(len(page.foot), 1), 0.0)


def _number_look(page: PageLook) -> Look:
    return Look(page.number_ink, align="center", line=LINE)


def _watermark() -> str:
    """Return the word behind the text; Word knows it as its own watermark and can take it away."""
    shape = el(
        "v:shape",
        {
            "id": "PowerPlusWaterMarkObject1",
            "o:spid": "_x0000_s2049",
            "type": "#_x0000_t136",
            "alt": names().own.watermark,
            "style": _SHAPE.format(width=_LENGTH, height=_HEIGHT),
            "o:allowincell": "f",
            "fillcolor": _GREY,
            "stroked": "f",
        },
        el(
            "v:textpath",
            {"style": f'font-family:"{form.FONT}";font-size:1pt', "string": names().own.watermark},
        ),
        el("w10:wrap", {"anchorx": "page", "anchory": "page"}),
    )
    return el("w:r", None, el("w:rPr", None, el("w:noProof")), el("w:pict", None, _WORDART, shape))
