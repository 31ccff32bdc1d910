"""Word: looks as properties of paragraphs and letters, and the styles that hold most of them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from levelkit.domain.text import fold
from levelkit.dossier.word.model import Borders, Ink, Look
from levelkit.dossier.word.names import names
from levelkit.dossier.word.xml import el, root

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from levelkit.dossier.word.model import Border, Paragraph

FONT = "Times New Roman"
LANGUAGE = "vi-VN"
FONTS = {f"w:{script}": FONT for script in ("ascii", "hAnsi", "eastAsia", "cs")}
_BUILT_IN = re.compile(r"^(heading \d|toc \d|caption|header|footer|Normal|TOC Heading|Hyperlink)$")


def twips(points: float) -> int:
    """Return points in the unit of most lengths in Word."""
    return round(points * 20)


def style_id(name: str) -> str:
    """Return the id of a style: its name in plain letters, as Word writes those of its own styles."""
    return "".join(word[:1].upper() + word[1:] for word in re.findall(r"[a-z0-9]+", fold(name)))


def most_common(found: Iterable[Paragraph]) -> dict[str, Look]:
    """Return the look of every style that is used: the one that most of its paragraphs have."""
    seen: dict[str, Counter[Look]] = {}
    for paragraph in found:
        plain = _without_place(paragraph.look)
        seen.setdefault(paragraph.style, Counter())[plain] += 1
    return {name: looks.most_common(1)[0][0] for name, looks in seen.items()}


def _without_place(look: Look) -> Look:
    return replace(look, page_break=False, borders=Borders(), fixed_at=None)


def paragraph_properties(
    look: Look, base: Look | None, style: str | None = None, width: float = 0.0
) -> list[str]:
    """Return what a paragraph has beside its style; ``base`` None: everything, for the style itself.

    Args:
        look: of the paragraph.
        base: of its style.
        style: the style's name.
        width: of the text on the page, for a paragraph at a place of its own.
    """
    found = [el("w:pStyle", {"w:val": style_id(style)})] if style else []
    if base is None or look.keep_next != base.keep_next:
        found.append(_switch("w:keepNext", on=look.keep_next))
    if base is None or look.keep_lines != base.keep_lines:
        found.append(_switch("w:keepLines", on=look.keep_lines))
    if look.page_break:
        found.append(el("w:pageBreakBefore"))
    if look.fixed_at is not None:
        found.append(
            el(
                "w:framePr",
                {
                    "w:w": twips(width),
                    "w:hSpace": 0,
                    "w:wrap": "around",
                    "w:vAnchor": "page",
                    "w:hAnchor": "margin",
                    "w:xAlign": "center",
                    "w:y": twips(look.fixed_at),
                },
            )
        )
    if look.borders:
        found.append(el("w:pBdr", None, *border_lines(look.borders)))
    if base is None or _spacing(look) != _spacing(base):
        found.append(el("w:spacing", _spacing(look)))
    if base is None or _indents(look) != _indents(base):
        found.append(el("w:ind", _indents(look)))
    if base is None or look.align != base.align:
        found.append(el("w:jc", {"w:val": look.align}))
    return found


def border_lines(borders: Borders) -> list[str]:
    """Return the lines of a border in the order of the schema."""
    sides = (
        ("top", borders.top),
        ("left", borders.left),
        ("bottom", borders.bottom),
        ("right", borders.right),
    )
    return [border_line(side, line) for side, line in sides if line is not None]


def border_line(side: str, line: Border) -> str:
    """Return one line of a border: its width in eighths of a point, its distance in whole points."""
    size = max(round(line.width * 8), 2)
    if line.style == "double":
        size = max(round(line.width * 8 / 3), 2)  # Word counts one of the two lines
    return el(
        f"w:{side}",
        {"w:val": line.style, "w:sz": size, "w:space": min(round(line.space), 31), "w:color": line.color},
    )


def letter_properties(ink: Ink, base: Ink | None, *, style: str | None = None) -> str:
    """Return what letters have beside the style of their paragraph; empty where that is all."""
    found = [el("w:rStyle", {"w:val": style_id(style)})] if style else []
    if base is None:
        found.append(el("w:rFonts", FONTS))
    if base is None or ink.bold != base.bold:
        found += [_switch("w:b", on=ink.bold), _switch("w:bCs", on=ink.bold)]
    if base is None or ink.italic != base.italic:
        found += [_switch("w:i", on=ink.italic), _switch("w:iCs", on=ink.italic)]
    if base is None or ink.color != base.color or style:
        found.append(el("w:color", {"w:val": ink.color}))
    if base is None or ink.size != base.size:
        half = round(ink.size * 2)
        found += [el("w:sz", {"w:val": half}), el("w:szCs", {"w:val": half})]
    if style:
        found.append(el("w:u", {"w:val": "none"}))
    if ink.raised:
        found.append(el("w:vertAlign", {"w:val": ink.raised}))
    return el("w:rPr", None, *found) if found else ""


def styles_part(
    looks: Mapping[str, Look], outlines: Mapping[str, int], borders: Borders, padding: tuple[float, ...]
) -> bytes:
    """Return ``styles.xml``; ``borders`` and ``padding`` are those of the cells of tables."""
    own = names().own
    normal = looks.get("Normal") or Look(next(iter(looks.values())).ink if looks else Ink(14))
    defaults = el(
        "w:docDefaults",
        None,
        el(
            "w:rPrDefault",
            None,
            el(
                "w:rPr",
                None,
                el("w:rFonts", FONTS),
                el("w:sz", {"w:val": round(normal.ink.size * 2)}),
                el("w:szCs", {"w:val": round(normal.ink.size * 2)}),
                el("w:lang", {"w:val": LANGUAGE, "w:eastAsia": LANGUAGE, "w:bidi": LANGUAGE}),
            ),
        ),
        el("w:pPrDefault", None, el("w:pPr", None, el("w:widowControl"))),
    )
    made = [
        _style("Normal", normal, None),
        el(
            "w:style",
            {"w:type": "character", "w:default": "1", "w:styleId": "DefaultParagraphFont"},
            el("w:name", {"w:val": "Default Paragraph Font"}),
            el("w:uiPriority", {"w:val": 1}),
            el("w:semiHidden"),
        ),
        el(
            "w:style",
            {"w:type": "table", "w:default": "1", "w:styleId": "TableNormal"},
            el("w:name", {"w:val": "Normal Table"}),
            el("w:uiPriority", {"w:val": 99}),
            el("w:semiHidden"),
            el("w:tblPr", None, el("w:tblInd", {"w:w": 0, "w:type": "dxa"}), cell_margins((0, 0, 0, 0))),
        ),
        el(
            "w:style",
            {"w:type": "numbering", "w:default": "1", "w:styleId": "NoList"},
            el("w:name", {"w:val": "No List"}),
            el("w:uiPriority", {"w:val": 99}),
            el("w:semiHidden"),
        ),
        *(_style(name, look, outlines.get(name)) for name, look in looks.items() if name != "Normal"),
        _character(own.hyperlink, normal.ink),
        _table(own.table, borders, padding),
        _table(own.grid, Borders(), (0, 0, 0, 0)),
    ]
    return root("w:styles", ("w",), defaults, *made)


def _style(name: str, look: Look, outline: int | None) -> str:
    built_in = bool(_BUILT_IN.match(name))
    attributes: dict[str, str | int] = {"w:type": "paragraph"}
    if name == "Normal":
        attributes["w:default"] = "1"
    if not built_in:
        attributes["w:customStyle"] = "1"
    attributes["w:styleId"] = style_id(name)
    level = [] if outline is None else [el("w:outlineLvl", {"w:val": outline - 1})]
    return el(
        "w:style",
        attributes,
        el("w:name", {"w:val": name}),
        *([] if name == "Normal" else [el("w:basedOn", {"w:val": "Normal"})]),
        *([el("w:next", {"w:val": "Normal"})] if outline is not None else []),
        *([el("w:uiPriority", {"w:val": 9 if outline else 39})] if built_in and name != "Normal" else []),
        el("w:qFormat"),
        el("w:pPr", None, *paragraph_properties(look, None), *level),
        letter_properties(look.ink, None),
    )


def _character(name: str, ink: Ink) -> str:
    return el(
        "w:style",
        {"w:type": "character", "w:styleId": style_id(name)},
        el("w:name", {"w:val": name}),
        el("w:basedOn", {"w:val": "DefaultParagraphFont"}),
        el("w:uiPriority", {"w:val": 99}),
        el("w:rPr", None, el("w:rFonts", FONTS), el("w:color", {"w:val": ink.color})),
    )


def _table(name: str, borders: Borders, padding: tuple[float, ...]) -> str:
    lines = border_lines(borders)
    if borders.top:
        lines += [border_line("insideH", borders.top)]
    if borders.left:
        lines += [border_line("insideV", borders.left)]
    return el(
        "w:style",
        {"w:type": "table", "w:customStyle": "1", "w:styleId": style_id(name)},
        el("w:name", {"w:val": name}),
        el("w:basedOn", {"w:val": "TableNormal"}),
        el("w:qFormat"),
        el(
            "w:tblPr",
            None,
            *([el("w:tblBorders", None, *lines)] if lines else []),
            cell_margins(padding),
        ),
    )


def cell_margins(padding: tuple[float, ...], name: str = "w:tblCellMar") -> str:
    """Return the paddings of cells, given as top, right, bottom, left."""
    top, right, bottom, left = (twips(side) for side in padding)
    sides = (("top", top), ("left", left), ("bottom", bottom), ("right", right))
    return el(name, None, *(el(f"w:{side}", {"w:w": width, "w:type": "dxa"}) for side, width in sides))


def _switch(name: str, *, on: bool) -> str:
    return el(name) if on else el(name, {"w:val": "0"})


def _spacing(look: Look) -> dict[str, str | int]:
    # In points: programs differ in what a line's natural height is, and with it pages would.
    line = twips(look.line if look.exact else look.line * look.ink.size)
    return {
        "w:before": twips(look.before),
        "w:after": twips(look.after),
        "w:line": line,
        "w:lineRule": "exact" if look.exact else "atLeast",
    }


def _indents(look: Look) -> dict[str, str | int]:
    first = ("w:firstLine", look.first) if look.first >= 0 else ("w:hanging", -look.first)
    return {"w:left": twips(look.left), "w:right": twips(look.right), first[0]: twips(first[1])}
