"""Word: the letters of a paragraph: white space as CSS closes it up, looks, links, line breaks, pictures."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from levelkit.dossier.renderer import LayoutFault
from levelkit.dossier.word import cascade
from levelkit.dossier.word.model import Borders, Ink, Picture, Raised, Span

if TYPE_CHECKING:
    from collections.abc import Callable

    from levelkit.dossier.word.cascade import Cascade

_BLANKS = re.compile(r"[ \t\r\n\f]+")
_RAISED: dict[str, Raised] = {"super": "superscript", "sub": "subscript"}


@dataclass(frozen=True, slots=True)
class Box:
    """Letters in a frame of their own, or over a line: what CSS calls an inline block."""

    spans: tuple[Span, ...]
    borders: Borders
    floats: bool


Piece = Span | Box
INLINE = frozenset({"span", "b", "strong", "i", "em", "sup", "sub", "a", "br", "img"})


class Letters:
    """Reads inline content of one document."""

    def __init__(
        self, found: Cascade, picture: Callable[[Any], Picture], check: Callable[[Any], None]
    ) -> None:
        self._cascade = found
        self._picture = picture
        self._check = check

    def text(
        self, text: str | None, style: Any, base: Ink | None = None, link: str | None = None
    ) -> list[Piece]:
        """Return a text in the look of the element that holds it."""
        if not text:
            return []
        if style["text_transform"] == "uppercase":
            text = text.upper()
        look = cascade.ink(style)
        raised = _RAISED.get(str(style["vertical_align"]), "")
        if raised and base is not None:
            look = replace(look, size=base.size, raised=raised)
        return [Span(text, look, link=link)]

    def element(self, element: Any, base: Ink, link: str | None = None) -> list[Piece]:
        """Return what an inline element holds; ``base`` is the look of the paragraph."""
        self._check(element)
        style = self._cascade.style(element)
        if element.tag == "br":
            return [Span("", base, kind="break")]
        if element.tag == "img":
            return [Span("", base, kind="picture", picture=self._picture(element))]
        if element.tag == "a":
            link = element.get("href") or link
        pieces = self.text(element.text, style, base, link)
        for child in element:
            if isinstance(child.tag, str):
                if self._cascade.style(child)["display"][0] != "inline":
                    raise LayoutFault(f"{cascade.name_of(child)} inside {cascade.name_of(element)}")
                pieces += self.element(child, base, link)
            pieces += self.text(child.tail, style, base, link)
        boxed = Borders(*(cascade.border(style, side) for side in ("top", "left", "bottom", "right")))
        if "flow-root" in style["display"] or style["float"] != "none":
            spans = close_up([piece for piece in pieces if isinstance(piece, Span)])
            padded = Borders(
                *(
                    line and replace(line, space=cascade.points(style[f"padding_{side}"]))
                    for side, line in zip(
                        ("top", "left", "bottom", "right"),
                        (boxed.top, boxed.left, boxed.bottom, boxed.right),
                        strict=True,
                    )
                )
            )
            return [Box(tuple(spans), padded, style["float"] == "left")]
        if boxed:
            raise LayoutFault(f"{cascade.name_of(element)}: a border that is not a box")
        return pieces


def close_up(spans: list[Span]) -> list[Span]:
    """Close up white space as CSS does: one blank for many, none at the ends of a line."""
    closed: list[Span] = []
    blank = True
    for span in spans:
        if span.kind != "text":
            if span.kind == "break":
                _trim(closed)
            blank = span.kind == "break"
            closed.append(span)
            continue
        text = _BLANKS.sub(" ", span.text)
        if blank:
            text = text.removeprefix(" ")
        if not text:
            continue
        blank = text.endswith(" ")
        last = closed[-1] if closed else None
        if last is not None and last.kind == "text" and last.ink == span.ink and last.link == span.link:
            closed[-1] = replace(last, text=last.text + text)
        else:
            closed.append(replace(span, text=text))
    _trim(closed)
    return closed


def _trim(spans: list[Span]) -> None:
    while spans and spans[-1].kind == "text":
        text = spans[-1].text.removesuffix(" ")
        if text:
            spans[-1] = replace(spans[-1], text=text)
            return
        spans.pop()
