"""Word: what stands between the HTML and the .docx: paragraphs, tables and sections; lengths in points."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Align = Literal["left", "center", "right", "both"]
Raised = Literal["", "superscript", "subscript"]
LINE = 1.149  # the natural line of the serif face, as a multiple of its size


@dataclass(frozen=True, slots=True)
class Ink:
    """How letters look; ``size`` in points, ``color`` as RRGGBB."""

    size: float
    bold: bool = False
    italic: bool = False
    color: str = "000000"
    raised: Raised = ""


@dataclass(frozen=True, slots=True)
class Border:
    """One line of a border: width in points; ``style`` as Word names it; ``space`` to the text."""

    width: float
    style: str = "single"
    color: str = "000000"
    space: float = 0.0


@dataclass(frozen=True, slots=True)
class Borders:
    """Up to four lines."""

    top: Border | None = None
    left: Border | None = None
    bottom: Border | None = None
    right: Border | None = None

    def __bool__(self) -> bool:
        return any((self.top, self.left, self.bottom, self.right))


@dataclass(frozen=True, slots=True)
class Look:
    """How a paragraph looks.

    Attributes:
        line: distance of lines as a multiple of the size, or exact points when ``exact``.
        fixed_at: distance from the top edge of the paper, for a paragraph that stands at a place of its own.
    """

    ink: Ink
    align: Align = "left"
    first: float = 0.0
    left: float = 0.0
    right: float = 0.0
    before: float = 0.0
    after: float = 0.0
    line: float = LINE
    exact: bool = False
    keep_next: bool = False
    keep_lines: bool = False
    page_break: bool = False
    borders: Borders = Borders()
    fixed_at: float | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture: PNG bytes, printed size, the words read out in its place, the line around it."""

    data: bytes
    width: float
    height: float
    alt: str
    border: Border | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """Letters of one look, a line break, a tab, a picture or a field.

    Attributes:
        link: the bookmark that the letters lead to.
        field: the instruction of a field whose last result ``text`` is.
    """

    text: str
    ink: Ink
    kind: Literal["text", "break", "tab", "picture"] = "text"
    link: str | None = None
    field: str | None = None
    picture: Picture | None = None


@dataclass(slots=True)
class Block:
    """What paragraphs and tables share.

    Attributes:
        gap_before, gap_after: margins, of which the larger of two neighbours counts.
        pad_before, pad_after: paddings, which always count.
        page: the name of the page that it stands on.
        tie: it may not part from the block before it.
        break_before, break_after: a page begins, or ends, with it.
    """

    page: str = ""
    gap_before: float = 0.0
    pad_before: float = 0.0
    gap_after: float = 0.0
    pad_after: float = 0.0
    tie: bool = False
    break_before: bool = False
    break_after: bool = False


@dataclass(slots=True)
class Paragraph(Block):
    """One paragraph.

    Attributes:
        style: the name of its style.
        bookmarks: the anchors that it stands for.
        outline: the depth of a heading, from 1.
        contents: its part in the table of contents: the first line, another one, what ends it.
    """

    style: str = ""
    look: Look = field(default_factory=lambda: Look(Ink(14)))
    spans: list[Span] = field(default_factory=list)
    bookmarks: list[str] = field(default_factory=list)
    outline: int | None = None
    contents: Literal["", "first", "line", "end"] = ""


@dataclass(slots=True)
class Cell:
    """A cell: blocks, how many columns and rows it takes, its own borders and paddings where they differ."""

    blocks: list[Block]
    columns: int = 1
    rows: int = 1
    continued: bool = False
    borders: Borders | None = None
    padding: tuple[float, float, float, float] | None = None
    vertical: Literal["top", "center", "bottom"] = "top"
    fill: str | None = None
    header: bool = False


@dataclass(slots=True)
class Row:
    """A row; ``head`` rows repeat on every page, a ``whole`` one never parts."""

    cells: list[Cell]
    head: bool = False
    whole: bool = True


@dataclass(slots=True)
class Table(Block):
    """A table, or with ``ruled`` False a grid that only places its contents.

    ``indent`` is from the left margin; ``borders`` and ``padding`` are those of most cells.
    """

    rows: list[Row] = field(default_factory=list)
    widths: list[float] = field(default_factory=list)
    indent: float = 0.0
    ruled: bool = True
    title: str = ""


@dataclass(frozen=True, slots=True)
class PageLook:
    """One kind of page: paper, margins, whether its number stands on top, the lines at its foot.

    ``running``: the name of the element that the style sheet takes to the foot; ``foot_rule``: the line above
    it.
    """

    width: float
    height: float
    top: float
    right: float
    bottom: float
    left: float
    numbered: bool
    number_ink: Ink
    foot: tuple[str, ...] = ()
    foot_ink: Ink | None = None
    foot_gap: float = 0.0
    foot_align: Align = "left"
    foot_rule: Border | None = None
    running: str = ""
    border: Border | None = None

    @property
    def text_width(self) -> float:
        """The width between the margins."""
        return self.width - self.left - self.right


@dataclass(slots=True)
class Section:
    """Pages of one kind; ``first`` differs from ``rest`` on the first page of the document at most."""

    first: PageLook
    rest: PageLook
    blocks: list[Block]
