"""Word: the HTML of a document, read with its style sheet, becomes paragraphs and tables.

Elements, classes and layouts that are not known end the reading: nothing may be in the PDF and be missing in
Word without anybody noticing.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from levelkit.dossier.drawings import text_width
from levelkit.dossier.renderer import LayoutFault
from levelkit.dossier.word import cascade
from levelkit.dossier.word.blocks import indent, keep_next, keep_whole, marked, unspread
from levelkit.dossier.word.contents import contents
from levelkit.dossier.word.inline import INLINE, Box, Letters, Piece, close_up
from levelkit.dossier.word.model import (
    Block,
    Border,
    Borders,
    Cell,
    Look,
    Paragraph,
    Row,
    Section,
    Span,
    Table,
)
from levelkit.dossier.word.names import names
from levelkit.dossier.word.tables import read_table

if TYPE_CHECKING:
    from collections.abc import Callable

    from levelkit.dossier.word.cascade import Cascade
    from levelkit.dossier.word.model import PageLook, Picture

_BLOCKS = frozenset(
    {"body", "div", "section", "figure", "figcaption", "p", "h1", "h2", "h3", "h4", "td", "th"}
)
_TABLE = frozenset({"table", "colgroup", "col", "thead", "tbody", "tr", "td", "th"})
_SLACK = 3.0  # points that a framed text may be wider in another program's eyes


class Reader:
    """Reads one document; what it returns does not refer to the HTML any more."""

    def __init__(self, found: Cascade, picture: Callable[[Any], Picture]) -> None:
        self.cascade = found
        self._letters = Letters(found, picture, self.check)
        self._page = ""
        self._around: list[Any] = []
        self._cell: str | None = None
        self._frames_of_pages: dict[str, Border | None] = {}
        self._running: dict[str, tuple[tuple[str, ...], Look, Border | None]] = {}

    @property
    def page_name(self) -> str:
        """The kind of page that is being read."""
        return self._page

    def sections(self) -> list[Section]:
        """Return the whole document, cut where the kind of page changes."""
        width = self.cascade.page("", first=False).text_width
        found: list[Section] = []
        name: str | None = None
        for block in self.block(self.cascade.body, width):
            if found and found[-1].blocks[-1].break_after:
                block.break_before = True
            if block.page != name:
                name = block.page
                first = self.cascade.page(name, first=not found)
                found.append(Section(first, self.cascade.page(name, first=False), []))
                block.break_before = False
            found[-1].blocks.append(block)
        for section in found:
            border = self._frames_of_pages.get(section.blocks[0].page)
            section.first, section.rest = (
                replace(self._with_foot(page), border=border) for page in (section.first, section.rest)
            )
        return found

    def check(self, element: Any) -> None:
        """Refuse an element or a class that nobody has told how to print.

        Raises:
            LayoutFault: names it.
        """
        if element.tag not in _BLOCKS | INLINE | _TABLE:
            raise LayoutFault(f"{cascade.name_of(element)}: element unknown to Word")
        for name in (element.get("class") or "").split():
            if not names().knows(name):
                raise LayoutFault(f"{cascade.name_of(element)}: class unknown to Word (templates/word.yaml)")

    def block(self, element: Any, width: float) -> list[Block]:
        """Return what a block-level element becomes in a column of ``width`` points."""
        self.check(element)
        style = self.cascade.style(element)
        page = self._page
        if style["page"] != page:
            self._page = style["page"]
            width = self.cascade.page(self._page, first=False).text_width
        self._around.append(element)
        try:
            blocks = self._inside(element, style, width)
        finally:
            self._around.pop()
            self._page = page
        return marked(element, blocks)

    def _inside(self, element: Any, style: Any, width: float) -> list[Block]:
        classes = (element.get("class") or "").split()
        if element.tag == "table":
            return self._spaced(read_table(self, element, width), style, width)
        if "contents" in classes:
            return self._spaced(contents(self, element, width), style, width)
        inner = self._inner_width(style, width)
        if "flex" in style["display"]:
            return self._spaced([self._grid(element, inner)], style, width)
        blocks = self._flow(element, style, inner)
        lines = Borders(*(cascade.border(style, side) for side in ("top", "left", "bottom", "right")))
        if not blocks and lines.top:
            blocks = [self._rule(style)]
        elif lines and style["page"] != self._outer_page():
            self._frames_of_pages[self._page] = lines.top
        elif lines and element.tag not in ("td", "th"):
            raise LayoutFault(f"{cascade.name_of(element)}: a border that Word does not get")
        return self._spaced(blocks, style, width)

    def _outer_page(self) -> str:
        return str(self.cascade.style(self._around[-2])["page"]) if len(self._around) > 1 else ""

    # Text

    def _flow(self, element: Any, style: Any, width: float) -> list[Block]:
        """Read children one after the other; runs of letters between blocks become paragraphs."""
        blocks: list[Block] = []
        base = cascade.ink(style)
        pieces: list[Piece] = list(self._letters.text(element.text, style))
        for child in element:
            if isinstance(child.tag, str):
                shown = self.cascade.style(child)["display"][0]
                place = self.cascade.style(child)["position"]
                if shown == "none":
                    pass
                elif place[0] == "running()":
                    self._run(child, place[1], width)
                elif shown == "inline" or self.cascade.style(child)["float"] != "none":
                    pieces += self._letters.element(child, base)
                else:
                    blocks += self._paragraphs(pieces, style, width)
                    pieces = []
                    blocks += self.block(child, width)
            pieces += self._letters.text(child.tail, style)
        blocks += self._paragraphs(pieces, style, width)
        return blocks

    def _run(self, element: Any, name: str, width: float) -> None:
        """Note an element that stands at the foot of a page: its lines, and the line above them."""
        self.check(element)
        style = self.cascade.style(element)
        inside = [part for part in self._flow(element, style, width) if isinstance(part, Paragraph)]
        if not inside or name in self._running:
            raise LayoutFault(f"{cascade.name_of(element)}: a foot without words, or a second one")
        gap = cascade.points(style["padding_top"])
        rule = cascade.border(style, "top")
        self._running[name] = (
            tuple("".join(span.text for span in part.spans) for part in inside),
            inside[0].look,
            rule and replace(rule, space=gap),
        )

    def _with_foot(self, page: PageLook) -> PageLook:
        if page.running not in self._running:
            return page
        lines, look, rule = self._running[page.running]
        return replace(page, foot=lines, foot_ink=look.ink, foot_align=look.align, foot_rule=rule)

    def cell(self, element: Any, width: float, kind: str) -> list[Block]:
        """Return the content of a table's cell; ``kind`` is the element that its style is named after."""
        before, self._cell = self._cell, kind
        self._around.append(element)
        try:
            style = self.cascade.style(element)
            blocks = self._flow(element, style, width) or [self.paragraph([], style)]
        finally:
            self._around.pop()
            self._cell = before
        return marked(element, blocks)

    def _paragraphs(self, pieces: list[Piece], style: Any, width: float) -> list[Block]:
        boxes = [piece for piece in pieces if isinstance(piece, Box)]
        spans = close_up([piece for piece in pieces if isinstance(piece, Span)])
        if not boxes:
            return [self.paragraph(spans, style)] if spans else []
        if spans:
            raise LayoutFault(f"{cascade.name_of(self._around[-1])}: a frame among other words")
        if len(boxes) == 1 and not boxes[0].floats:
            return [self._framed(boxes[0], style, width)]
        return [self._frames(boxes, style, width)]

    def paragraph(self, spans: list[Span], style: Any) -> Paragraph:
        """Return a paragraph in the look of the element around it, without that element's own spacing."""
        look = Look(
            cascade.ink(style),
            align=cascade.align(style),
            first=cascade.points(style["text_indent"]),
            line=cascade.line(style),
        )
        shown = any(span.kind == "picture" for span in spans)
        name = names().own.picture if shown else self._style_name()
        made = Paragraph(page=self._page, style=name, look=look, spans=spans)
        tag = self._around[-1].tag
        if tag in ("h1", "h2", "h3", "h4"):
            made.outline = int(tag[1])
        return made

    def _style_name(self) -> str:
        known = names()
        if self._cell is not None:
            return known.elements[self._cell]
        for element in reversed(self._around):
            for name in (element.get("class") or "").split():
                if name in known.styles:
                    return known.styles[name]
            if element.tag in ("h1", "h2", "h3", "h4"):
                return known.elements[element.tag]
        return known.elements["p"]

    def _framed(self, box: Box, style: Any, width: float) -> Paragraph:
        """Return a paragraph whose border goes round its letters only, wherever they stand."""
        made = self.paragraph(list(box.spans), style)
        text = sum(text_width(span.text, span.ink.size, bold=span.ink.bold) for span in box.spans) + _SLACK
        beside = sum(side.space + side.width for side in (box.borders.left, box.borders.right) if side)
        rest = max(width - text - beside, 0.0)
        share = 0.0 if box.floats else {"center": 0.5, "right": 1.0}.get(made.look.align, 0.0)
        edge = box.borders.left.space + box.borders.left.width if box.borders.left else 0.0
        made.look = replace(
            made.look,
            align="center",
            first=0.0,
            left=rest * share + edge,
            right=rest * (1 - share) + (beside - edge),
            borders=box.borders,
        )
        return made

    def _frames(self, boxes: list[Box], style: Any, width: float) -> Table:
        """Return frames side by side: those that float stand at the left, the others as the text does."""
        boxes = sorted(boxes, key=lambda box: not box.floats)
        share = width / len(boxes)
        cells = [Cell([self._framed(box, style, share)]) for box in boxes]
        return Table(self._page, rows=[Row(cells)], widths=[share] * len(boxes), ruled=False)

    def _rule(self, style: Any) -> Paragraph:
        made = self.paragraph([], style)
        line = cascade.border(style, "top")
        made.look = replace(
            made.look,
            ink=replace(made.look.ink, size=1.0, bold=False, italic=False),
            align="left",
            first=0.0,
            line=1.0,
            exact=True,
            borders=Borders(top=line),
        )
        return made

    # Boxes

    def _inner_width(self, style: Any, width: float) -> float:
        if style["width"] != "auto":
            return cascade.points(style["width"], width)
        sides = ("margin_left", "margin_right", "padding_left", "padding_right")
        return width - sum(cascade.points(style[side], width) for side in sides)

    def _grid(self, element: Any, width: float) -> Table:
        """Return children side by side, as a table that nobody sees."""
        columns: list[float | None] = []
        cells: list[Cell] = []
        for child in element:
            self.check(child)
            style = self.cascade.style(child)
            own = None if style["width"] == "auto" else cascade.points(style["width"], width)
            columns.append(own)
            cells.append(Cell(self.block(child, own or width)))
        known = [column for column in columns if column is not None]
        rest = max(width - sum(known), 0.0)
        if len(known) < len(columns):
            share = rest / (len(columns) - len(known))
            widths, gap = [share if column is None else column for column in columns], 0.0
        else:
            widths, gap = known, rest / max(len(known) - 1, 1)
        if self.cascade.style(element)["justify_content"] != ("space-between",):
            gap = 0.0
        for index, cell in enumerate(cells[:-1]):
            widths[index] += gap
            cell.padding = (0.0, gap, 0.0, 0.0)
        for cell in cells:
            for block in cell.blocks:
                unspread(block)
        return Table(self._page, rows=[Row(cells)], widths=widths, ruled=False)

    def _spaced(self, blocks: list[Block], style: Any, width: float) -> list[Block]:
        """Put an element's margins, paddings, breaks and place on what it holds."""
        if not blocks:
            return blocks
        left, right = self._sides(style, width)
        for block in blocks:
            indent(block, left, right)
        first, last = blocks[0], blocks[-1]
        top, bottom = cascade.points(style["margin_top"]), cascade.points(style["margin_bottom"])
        above, below = cascade.points(style["padding_top"]), cascade.points(style["padding_bottom"])
        if above:
            first.pad_before += first.gap_before + above
            first.gap_before = top
        else:
            first.gap_before = max(first.gap_before, top)
        if below:
            last.pad_after += last.gap_after + below
            last.gap_after = bottom
        else:
            last.gap_after = max(last.gap_after, bottom)
        if style["break_before"] == "page":
            first.break_before = True
        if style["break_after"] == "page":
            last.break_after = True
        if style["break_before"] == "avoid":
            first.tie = True
        if style["break_after"] == "avoid":
            keep_next(last)
        if style["break_inside"] == "avoid":
            for block in blocks[:-1]:
                keep_next(block)
            keep_whole(last)
        if style["position"] == "absolute":
            self._fix(blocks, style)
        return blocks

    def _sides(self, style: Any, width: float) -> tuple[float, float]:
        left = cascade.points(style["margin_left"], width) + cascade.points(style["padding_left"], width)
        right = cascade.points(style["margin_right"], width) + cascade.points(style["padding_right"], width)
        if style["width"] == "auto" or "table" in style["display"] or self._is_column(style):
            return left, right
        rest = max(width - cascade.points(style["width"], width) - left - right, 0.0)
        if style["margin_left"] == "auto" and style["margin_right"] == "auto":
            return left + rest / 2, right + rest / 2
        return (left + rest, right) if style["margin_left"] == "auto" else (left, right + rest)

    def _is_column(self, style: Any) -> bool:
        """Whether an element is a column of a grid, whose cell has its width already."""
        parent = self._around[-2] if len(self._around) > 1 else None
        return parent is not None and "flex" in self.cascade.style(parent)["display"] and style is not None

    def _fix(self, blocks: list[Block], style: Any) -> None:
        """Give a block that CSS places at the foot of its box its place on the paper."""
        holder = next(
            (
                each
                for each in reversed(self._around[:-1])
                if self.cascade.style(each)["position"] == "relative"
            ),
            None,
        )
        if holder is None or len(blocks) != 1 or not isinstance(blocks[0], Paragraph):
            raise LayoutFault(f"{cascade.name_of(self._around[-1])}: a place that Word does not know")
        made = blocks[0]
        page = self.cascade.page(self._page, first=False)
        height = cascade.points(self.cascade.style(holder)["height"])
        foot = page.top + height - cascade.points(style["bottom"])
        made.look = replace(made.look, fixed_at=foot - made.look.ink.size * made.look.line)
