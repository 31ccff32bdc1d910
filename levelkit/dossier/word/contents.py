"""Word: the table of contents: a field, filled in already with what the PDF's contents say."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from levelkit.dossier.renderer import LayoutFault
from levelkit.dossier.word import cascade
from levelkit.dossier.word.blocks import filler
from levelkit.dossier.word.model import Block, Paragraph, Span
from levelkit.dossier.word.names import names

if TYPE_CHECKING:
    from levelkit.dossier.word.source import Source


def contents(reader: Source, element: Any, width: float) -> list[Block]:
    """Return the heading and the lines of the contents."""
    heading, *rows = list(element)
    made: list[Block] = list(reader.block(heading, width))
    for block in made:
        if isinstance(block, Paragraph):
            block.style = names().own.contents_title
            block.outline = None
    lines = [_line(reader, row) for row in rows]
    for line in lines:
        line.contents = "line"
    if lines:
        lines[0].contents = "first"
        lines.append(filler(reader.page_name))
        lines[-1].contents = "end"
    return [*made, *lines]


def _line(reader: Source, row: Any) -> Paragraph:
    """Return one line: words, a tab, the number of the page; both lead to the heading."""
    reader.check(row)
    text, page = list(row)
    link = text.find("a")
    depth = next((int(name[-1]) for name in row.get("class").split() if name.startswith("depth-")), None)
    if link is None or depth is None:
        raise LayoutFault(f"{cascade.name_of(row)}: no line of contents")
    style = reader.cascade.style(text)
    look = cascade.ink(reader.cascade.style(link))
    target = link.get("href").removeprefix("#")
    made = reader.paragraph([], style)
    made.style = names().own.contents[depth - 1]
    made.look = replace(
        made.look,
        align="left",
        first=0.0,
        left=cascade.points(style["padding_left"]),
        keep_lines=True,
    )
    made.gap_before = cascade.points(reader.cascade.style(row)["margin_top"])
    made.spans = [
        Span(link.text or "", look, link=f"#{target}"),
        Span("", look, kind="tab", link=f"#{target}"),
        Span(page.text or "", look, link=f"#{target}", field=f"PAGEREF {{{target}}} \\h"),
    ]
    return made
