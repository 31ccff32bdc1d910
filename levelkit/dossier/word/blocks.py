"""Word: what is done to blocks after they are read: kept together, moved in, parted from their neighbours."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from levelkit.dossier.word.model import Block, Ink, Look, Paragraph, Row, Table
from levelkit.dossier.word.names import names

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


FILLER = Look(Ink(1.0), line=1.0, exact=True)


def filler(page: str = "") -> Paragraph:
    """Return an empty paragraph one point high, where Word wants one."""
    return Paragraph(page, style=names().own.filler, look=FILLER)


def keep_next(block: Block) -> None:
    """Keep a block on the page of the next one."""
    if isinstance(block, Paragraph):
        block.look = replace(block.look, keep_next=True)
    elif isinstance(block, Table) and block.rows:
        for cell in block.rows[-1].cells:
            for inner in cell.blocks:
                keep_next(inner)


def keep_whole(block: Block) -> None:
    """Keep a block on one page."""
    if isinstance(block, Paragraph):
        block.look = replace(block.look, keep_lines=True)
    elif isinstance(block, Table):
        for row in block.rows[:-1]:
            for cell in row.cells:
                for inner in cell.blocks:
                    keep_next(inner)


def indent(block: Block, left: float, right: float) -> None:
    """Move a block in from both sides."""
    if isinstance(block, Paragraph):
        block.look = replace(block.look, left=block.look.left + left, right=block.look.right + right)
    elif isinstance(block, Table):
        block.indent += left


def unspread(block: Block) -> None:
    """In a grid words stand at the left unless centred: a narrow column is never spread."""
    if isinstance(block, Paragraph) and block.look.align == "both":
        block.look = replace(block.look, align="left")


def marked(element: Any, blocks: list[Block]) -> list[Block]:
    """Note an element's anchor at the first paragraph inside."""
    anchor = element.get("id")
    if anchor:
        first = _first_paragraph(blocks)
        if first is not None:
            first.bookmarks.append(anchor)
    return blocks


def _first_paragraph(blocks: list[Block]) -> Paragraph | None:
    for block in blocks:
        if isinstance(block, Paragraph):
            return block
        if isinstance(block, Table):
            for row in block.rows:
                for cell in row.cells:
                    found = _first_paragraph(cell.blocks)
                    if found is not None:
                        return found
    return None


def paragraphs(blocks: Sequence[Block]) -> Iterator[Paragraph]:
    """Return every paragraph, those in tables too, in reading order."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        elif isinstance(block, Table):
            for row in block.rows:
                for cell in row.cells:
                    yield from paragraphs(cell.blocks)


def tables(blocks: Sequence[Block]) -> Iterator[Table]:
    """Return every table, those in tables too."""
    for block in blocks:
        if isinstance(block, Table):
            yield block
            for row in block.rows:
                for cell in row.cells:
                    yield from tables(cell.blocks)


def settle(blocks: list[Block]) -> None:
    """Turn margins and paddings into the spacing of paragraphs, as CSS lets margins collapse.

    Everything between two blocks stands above the second one: some programs add what stands below the first,
    others take the larger. A grid has its space above inside its cells; a table has none, so it stands below
    the paragraph before it.
    """
    below: float = 0.0  # what the block before leaves: its padding
    gap = 0.0  # and its margin
    last: Block | None = None
    for block in blocks:
        if block.tie and last is not None:
            keep_next(last)
        above = below + max(gap, block.gap_before) + block.pad_before
        below, gap = block.pad_after, block.gap_after
        if isinstance(block, Paragraph):
            broken = block.look.page_break or block.break_before
            block.look = replace(block.look, before=above, page_break=broken)
        elif isinstance(block, Table):
            for row in block.rows:
                for cell in row.cells:
                    settle(cell.blocks)
            if not block.ruled:
                lower(block.rows[0], above)
            elif isinstance(last, Paragraph):
                last.look = replace(last.look, after=above)
                if last.style == names().styles["caption"]:
                    block.title = "".join(span.text for span in last.spans)
        last = block


def lower(row: Row, space: float) -> None:
    """Move down what stands in the cells of a row."""
    for cell in row.cells:
        top, right, bottom, left = cell.padding or (0.0, 0.0, 0.0, 0.0)
        cell.padding = (top + space, right, bottom, left)
