"""Word: the style sheet of the pages, applied to the HTML by WeasyPrint itself; lengths in points."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from levelkit.dossier.renderer import LayoutFault
from levelkit.dossier.word.model import LINE, Align, Border, Ink, PageLook

if TYPE_CHECKING:
    from levelkit.dossier.renderer import Sheets

_PT = 0.75  # a CSS pixel
_ALIGN: dict[str, Align] = {
    "start": "left",
    "left": "left",
    "center": "center",
    "right": "right",
    "end": "right",
    "justify": "both",
}
_PLACES = tuple(
    f"@{place}"
    for edge in ("top", "bottom")
    for place in (f"{edge}-{part}" for part in ("left-corner", "left", "center", "right", "right-corner"))
) + tuple(f"@{side}-{part}" for side in ("left", "right") for part in ("top", "middle", "bottom"))
_LINES = {"solid": "single", "double": "double", "dashed": "dashed", "dotted": "dotted"}


class Cascade:
    """One HTML document with its computed styles."""

    def __init__(self, html: str, sheets: Sheets) -> None:
        from weasyprint import HTML
        from weasyprint.css import get_all_computed_styles

        self._html: Any = HTML(string=html, base_url=sheets.base, url_fetcher=sheets.fetcher)
        self._style_for: Any = get_all_computed_styles(
            self._html, user_stylesheets=sheets.css, font_config=sheets.fonts
        )
        self.root: Any = self._html.etree_element
        self.body: Any = self.root.find("body")
        title = self.root.find("head/title")
        self.title: str = (title.text or "") if title is not None else ""
        self._pages: dict[tuple[str, bool], PageLook] = {}

    def style(self, element: Any) -> Any:
        """Return the computed style of an element.

        Raises:
            LayoutFault: the style sheet puts text before or after it, which Word would not get.
        """
        for pseudo in ("before", "after") if element.tag != "br" else ():
            made = self._style_for(element, pseudo)
            if made is not None and made["content"] not in ("normal", "none", "inhibit"):
                raise LayoutFault(f"{name_of(element)}::{pseudo}: text made by the style sheet")
        return self._style_for(element)

    def page(self, name: str, *, first: bool) -> PageLook:
        """Return how a kind of page looks, on the first page of the document or on the others."""
        key = (name, first)
        if key not in self._pages:
            self._pages[key] = self._page(name, first=first)
        return self._pages[key]

    def _page(self, name: str, *, first: bool) -> PageLook:
        from weasyprint.layout.page import PageType, set_page_type_computed_styles

        page = PageType("right", False, name, 0 if first else 1, ())  # noqa: FBT003
        set_page_type_computed_styles(page, self._html, self._style_for)
        style = self._style_for(page)
        width, height = (points(side) for side in style["size"])
        look = PageLook(
            width=width,
            height=height,
            top=points(style["margin_top"]),
            right=points(style["margin_right"]),
            bottom=points(style["margin_bottom"]),
            left=points(style["margin_left"]),
            numbered=False,
            number_ink=ink(self._style_for(self.root)),
        )
        for place in _PLACES:
            box = self._style_for(page, place)
            if box is None or box["content"] in ("normal", "none", "inhibit"):
                continue
            look = _with_box(look, place, box)
        return look


def _with_box(look: PageLook, place: str, box: Any) -> PageLook:
    """Note what stands in a margin; anything but a number on top and a line at the foot is unknown."""
    content = tuple(box["content"])
    if place == "@top-center" and len(content) == 1 and content[0][0] == "counter()":
        return replace(look, numbered=True, number_ink=ink(box))
    if place == "@bottom-left" and all(kind == "string" for kind, _ in content):
        foot = "".join(text for _, text in content)
        return replace(look, foot=(foot,), foot_ink=ink(box), foot_gap=points(box["padding_top"]))
    if place == "@bottom-center" and len(content) == 1 and content[0][0] == "element()":
        return replace(look, running=content[0][1][0], foot_gap=points(box["padding_top"]))
    raise LayoutFault(f"{place}: {content}")


def name_of(element: Any) -> str:
    """Name an element for a message."""
    kind = element.get("class")
    return f"<{element.tag}{' class=' + kind if kind else ''}>"


def points(value: Any, whole: float = 0.0) -> float:
    """Return a computed length in points; a share is of ``whole``; ``auto`` is 0."""
    if value == "auto" or value is None:
        return 0.0
    if isinstance(value, int | float):
        return value * _PT
    if value.unit == "%":
        return float(value.value) * whole / 100
    if value.unit == "px":
        return float(value.value) * _PT
    raise LayoutFault(f"length in {value.unit}")


def ink(style: Any) -> Ink:
    """Return how the letters of a computed style look."""
    return Ink(
        size=round(style["font_size"] * _PT * 2) / 2,
        bold=style["font_weight"] >= 600,
        italic=style["font_style"] in ("italic", "oblique"),
        color=_color(style["color"]),
    )


def align(style: Any) -> Align:
    """Return where the lines of a paragraph stand."""
    return _ALIGN[style["text_align_all"]]


def line(style: Any) -> float:
    """Return the distance of lines as a multiple of the size of the letters."""
    value = style["line_height"]
    if value == "normal":
        return LINE
    if isinstance(value, int | float):
        return float(value)
    if value.unit == "%":
        return float(value.value) / 100
    return float(value.value / style["font_size"])


def border(style: Any, side: str) -> Border | None:
    """Return one line of a box's border."""
    kind, width = style[f"border_{side}_style"], points(style[f"border_{side}_width"])
    if kind in ("none", "hidden") or not width:
        return None
    return Border(width, _LINES[kind], _color(style[f"border_{side}_color"], style))


def fill(style: Any) -> str | None:
    """Return the colour behind a box; None where it shows what lies below."""
    value = style["background_color"]
    if value == "currentcolor":
        return _color(style["color"])
    return None if value.alpha == 0 else _color(value)


def _color(value: Any, style: Any = None) -> str:
    if value == "currentcolor":
        return _color(style["color"])
    red, green, blue = (round(max(0.0, min(1.0, part)) * 255) for part in value.to("srgb").coordinates[:3])
    return f"{red:02X}{green:02X}{blue:02X}"
