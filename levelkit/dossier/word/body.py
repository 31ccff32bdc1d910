"""Word: blocks as the elements of ``document.xml``."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from levelkit.dossier.word import looks as form
from levelkit.dossier.word.blocks import FILLER, filler, tables
from levelkit.dossier.word.model import Block, Borders, Ink, Look, Paragraph, Table
from levelkit.dossier.word.names import names
from levelkit.dossier.word.xml import el, words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from levelkit.dossier.word.model import Cell, Picture, Row, Section, Span

_EMU = 12700  # of a point
_LABEL = re.compile(r"^(?P<label>\w+) (?P<number>\d+)(?=\.)")
_OUTSIDE = re.compile(r"^(?:https?://|mailto:)", re.IGNORECASE)
_LONGEST_MARK = 40
NO_PADDING = (0.0, 0.0, 0.0, 0.0)


@dataclass
class Links:
    """What the body points at: pictures and addresses, each with its relation's id, in order of first use."""

    pictures: dict[bytes, str] = field(default_factory=dict)
    addresses: dict[str, str] = field(default_factory=dict)
    taken: int = 0

    def picture(self, data: bytes) -> str:
        """Return the relation of a picture."""
        return self._add(self.pictures, data)

    def address(self, target: str) -> str:
        """Return the relation of an address outside the document."""
        return self._add(self.addresses, target)

    def _add(self, kept: dict, key: bytes | str) -> str:  # type: ignore[type-arg]
        if key not in kept:
            self.taken += 1
            kept[key] = f"rIdBody{self.taken}"
        return str(kept[key])


def cells_look(blocks: Sequence[Block]) -> tuple[Borders, tuple[float, float, float, float]]:
    """Return the borders and paddings that most cells of the tables have."""
    cells = [cell for table in tables(blocks) if table.ruled for row in table.rows for cell in row.cells]
    borders = Counter(cell.borders or Borders() for cell in cells)
    padding = Counter(cell.padding or NO_PADDING for cell in cells)
    if not cells:
        return Borders(), NO_PADDING
    return borders.most_common(1)[0][0], padding.most_common(1)[0][0]


class Body:
    """Writes blocks; the styles' looks are given, what differs from them stands at the paragraph."""

    def __init__(
        self,
        styles: Mapping[str, Look],
        cells: tuple[Borders, tuple[float, float, float, float]],
        headings: frozenset[str],
    ) -> None:
        self.links = Links()
        self._styles = styles
        self._cells = cells
        self._headings = headings
        self._bookmarks = 0
        self._drawings = 0
        self._labels = {names().own.table_label, names().own.figure_label}

    def section(self, section: Section, properties: str, *, last: bool) -> str:
        """Return a section's blocks; ``properties`` end it, in its last paragraph or after it."""
        width = section.rest.text_width
        blocks = list(section.blocks)
        end = blocks[-1]
        if not last and (not isinstance(end, Paragraph) or end.look.fixed_at is not None or end.contents):
            blocks.append(filler())  # a table, a frame or a field cannot end a section
        made = self._blocks(blocks[:-1], width)
        made.append(self._one(blocks[-1], width, "" if last else properties))
        if last:
            if not isinstance(blocks[-1], Paragraph):
                made.append(self.paragraph(filler(), width))
            made.append(properties)
        return "".join(made)

    def _blocks(self, blocks: Sequence[Block], width: float) -> list[str]:
        """Return blocks; two tables never touch, Word would join them."""
        made: list[str] = []
        before: Block | None = None
        for block in blocks:
            if isinstance(block, Table) and (block.break_before or isinstance(before, Table)):
                between = filler()
                between.look = replace(between.look, page_break=block.break_before)
                made.append(self.paragraph(between, width))
            made.append(self._one(block, width))
            before = block
        return made

    def _one(self, block: Block, width: float, properties: str = "") -> str:
        if isinstance(block, Table):
            return self.table(block)
        if not isinstance(block, Paragraph):
            raise TypeError(block)
        return self.paragraph(block, width, properties)

    # Paragraphs

    def paragraph(self, block: Paragraph, width: float, properties: str = "") -> str:
        """Return one paragraph; ``properties`` of a section that ends with it."""
        base = self._styles.get(block.style, FILLER)
        found = form.paragraph_properties(block.look, base, block.style, width)
        if block.contents in ("first", "line"):
            stop: dict[str, str | int] = {"w:val": "right", "w:leader": "dot", "w:pos": form.twips(width)}
            place = next(
                (i for i, part in enumerate(found) if part.startswith(("<w:spacing", "<w:ind", "<w:jc"))),
                len(found),
            )
            found.insert(place, el("w:tabs", None, el("w:tab", stop)))
        inside = self._spans(block.spans, base.ink, caption=block.style in _captions())
        for anchor in block.bookmarks:
            self._bookmarks += 1
            number = str(self._bookmarks)
            inside = (
                el("w:bookmarkStart", {"w:id": number, "w:name": self._mark(anchor)})
                + inside
                + el("w:bookmarkEnd", {"w:id": number})
            )
        if block.contents == "first":
            inside = _field_start('TOC \\o "1-3" \\h \\z \\u') + inside
        if block.contents == "end":
            inside += _field_end()
        return el("w:p", None, el("w:pPr", None, *found, properties), inside)

    def _spans(self, spans: Sequence[Span], base: Ink, *, caption: bool = False) -> str:
        made: list[str] = []
        link: str | None = None
        inside: list[str] = []

        def close() -> None:
            if inside:
                made.append(self._linked(link, "".join(inside)) if link else "".join(inside))
                inside.clear()

        for index, span in enumerate(spans):
            if span.link != link:
                close()
                link = span.link
            label = _LABEL.match(span.text) if caption and index == 0 else None
            if label and label["label"] in self._labels:
                look = form.letter_properties(span.ink, base)
                name = form.style_id(label["label"])
                inside.append(_run(look, _text(f"{label['label']} ")))
                inside.append(_field(f"SEQ {name} \\* ARABIC", label["number"], look))
                inside.append(_run(look, _text(span.text[label.end() :])))
            else:
                inside.append(self._span(span, base))
        close()
        return "".join(made)

    def _span(self, span: Span, base: Ink) -> str:
        outside = span.link is not None and not span.link.startswith("#") and _OUTSIDE.match(span.link)
        look = form.letter_properties(span.ink, base, style=names().own.hyperlink if outside else None)
        if span.kind == "picture" and span.picture is not None:
            return _run("", self._drawing(span.picture))
        if span.kind == "break":
            return _run(look, el("w:br"))
        if span.kind == "tab":
            return _run(look, el("w:tab"))
        if span.field:
            instruction = re.sub(r"\{(.*?)\}", lambda found: self._mark(found[1]), span.field)
            return _field(instruction, span.text, look)
        return _run(look, _text(span.text))

    def _linked(self, link: str, inside: str) -> str:
        if link.startswith("#"):
            return el("w:hyperlink", {"w:anchor": self._mark(link[1:]), "w:history": "1"}, inside)
        if _OUTSIDE.match(link):
            return el("w:hyperlink", {"r:id": self.links.address(link), "w:history": "1"}, inside)
        return inside

    def _mark(self, anchor: str) -> str:
        """Return the bookmark of an anchor: letters, digits and lines, at most forty of them."""
        plain = re.sub(r"\W", "_", anchor, flags=re.ASCII)
        name = f"_Toc_{plain}" if anchor in self._headings else f"m_{plain}"
        if plain != anchor.replace("-", "_") or len(name) > _LONGEST_MARK:
            name = f"{name[:25]}_{hashlib.sha256(anchor.encode()).hexdigest()[:12]}"
        return name

    def _drawing(self, picture: Picture) -> str:
        self._drawings += 1
        size: dict[str, str | int] = {"cx": round(picture.width * _EMU), "cy": round(picture.height * _EMU)}
        label: dict[str, str | int] = {
            "id": self._drawings,
            "name": f"{names().own.figure_label} {self._drawings}",
            "descr": picture.alt,
        }
        shape = el(
            "pic:pic",
            None,
            el(
                "pic:nvPicPr",
                None,
                el("pic:cNvPr", {"id": self._drawings, "name": label["name"], "descr": picture.alt}),
                el("pic:cNvPicPr"),
            ),
            el(
                "pic:blipFill",
                None,
                el("a:blip", {"r:embed": self.links.picture(picture.data)}),
                el("a:stretch", None, el("a:fillRect")),
            ),
            el(
                "pic:spPr",
                None,
                el("a:xfrm", None, el("a:off", {"x": 0, "y": 0}), el("a:ext", size)),
                el("a:prstGeom", {"prst": "rect"}, el("a:avLst")),
                *([_outline(picture)] if picture.border else []),
            ),
        )
        return el(
            "w:drawing",
            None,
            el(
                "wp:inline",
                {"distT": 0, "distB": 0, "distL": 0, "distR": 0},
                el("wp:extent", size),
                el("wp:docPr", label),
                el("wp:cNvGraphicFramePr", None, el("a:graphicFrameLocks", {"noChangeAspect": 1})),
                el(
                    "a:graphic",
                    None,
                    el(
                        "a:graphicData",
                        {"uri": "http://schemas.openxmlformats.org/drawingml/2006/picture"},
                        shape,
                    ),
                ),
            ),
        )

    # Tables

    def table(self, block: Table) -> str:
        """Return one table."""
        own = names().own
        borders, padding = self._cells if block.ruled else (Borders(), NO_PADDING)
        properties = el(
            "w:tblPr",
            None,
            el("w:tblStyle", {"w:val": form.style_id(own.table if block.ruled else own.grid)}),
            el("w:tblW", {"w:w": sum(map(form.twips, block.widths)), "w:type": "dxa"}),
            el("w:tblInd", {"w:w": form.twips(block.indent), "w:type": "dxa"}),
            el("w:tblLayout", {"w:type": "fixed"}),
            el(
                "w:tblLook",
                {
                    "w:val": "0020" if any(row.head for row in block.rows) else "0000",
                    "w:noHBand": 1,
                    "w:noVBand": 1,
                },
            ),
            *([el("w:tblCaption", {"w:val": block.title})] if block.title else []),
        )
        grid = el("w:tblGrid", None, *(el("w:gridCol", {"w:w": form.twips(width)}) for width in block.widths))
        rows = (self._row(row, block.widths, borders, padding) for row in block.rows)
        return el("w:tbl", None, properties, grid, *rows)

    def _row(
        self, row: Row, widths: Sequence[float], borders: Borders, padding: tuple[float, float, float, float]
    ) -> str:
        properties = []
        if row.whole:
            properties.append(el("w:cantSplit"))
        if row.head:
            properties.append(el("w:tblHeader"))
        made = [el("w:trPr", None, *properties)] if properties else []
        column = 0
        for cell in row.cells:
            taken = widths[column : column + cell.columns]
            made.append(self._cell(cell, taken, borders, padding))
            column += cell.columns
        return el("w:tr", None, *made)

    def _cell(
        self,
        cell: Cell,
        widths: Sequence[float],
        borders: Borders,
        padding: tuple[float, float, float, float],
    ) -> str:
        found = [el("w:tcW", {"w:w": sum(map(form.twips, widths)), "w:type": "dxa"})]
        if cell.columns > 1:
            found.append(el("w:gridSpan", {"w:val": cell.columns}))
        if cell.rows > 1 or cell.continued:
            found.append(el("w:vMerge", {"w:val": "continue" if cell.continued else "restart"}))
        own = borders if cell.borders is None else cell.borders
        if own != borders:
            sides = (("top", own.top), ("left", own.left), ("bottom", own.bottom), ("right", own.right))
            lines = [
                form.border_line(side, line) if line else el(f"w:{side}", {"w:val": "nil"})
                for side, line in sides
            ]
            found.append(el("w:tcBorders", None, *lines))
        if cell.fill:
            found.append(el("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": cell.fill}))
        if (cell.padding or padding) != padding:
            found.append(form.cell_margins(cell.padding or padding, "w:tcMar"))
        if cell.vertical != "top":
            found.append(el("w:vAlign", {"w:val": cell.vertical}))
        width = sum(widths)
        blocks = self._blocks(cell.blocks, width)
        if not cell.blocks or not isinstance(cell.blocks[-1], Paragraph):
            blocks.append(self.paragraph(filler(), width))
        return el("w:tc", None, el("w:tcPr", None, *found), *blocks)


def _captions() -> frozenset[str]:
    return frozenset((names().styles["caption"], names().styles["figure"]))


def _outline(picture: Picture) -> str:
    line = picture.border
    assert line is not None
    return el(
        "a:ln",
        {"w": round(line.width * _EMU)},
        el("a:solidFill", None, el("a:srgbClr", {"val": line.color})),
    )


def _text(text: str) -> str:
    """Return a text with its blanks; a tab inside it stays one."""
    return el("w:t", {"xml:space": "preserve"}, words(text)) if text else ""


def _run(look: str, inside: str) -> str:
    return el("w:r", None, look, inside) if inside else ""


def _field(instruction: str, result: str, look: str) -> str:
    return _field_start(instruction, look) + _run(look, _text(result)) + _field_end(look)


def _field_start(instruction: str, look: str = "") -> str:
    return (
        _run(look, el("w:fldChar", {"w:fldCharType": "begin"}))
        + _run(look, el("w:instrText", {"xml:space": "preserve"}, words(f" {instruction} ")))
        + _run(look, el("w:fldChar", {"w:fldCharType": "separate"}))
    )


def _field_end(look: str = "") -> str:
    return _run(look, el("w:fldChar", {"w:fldCharType": "end"}))
