"""Word: from the HTML of a document to the bytes of its .docx."""

from __future__ import annotations

from typing import TYPE_CHECKING

from levelkit.dossier.word import furniture
from levelkit.dossier.word import looks as form
from levelkit.dossier.word.blocks import lower, paragraphs, settle
from levelkit.dossier.word.body import Body, cells_look
from levelkit.dossier.word.cascade import Cascade
from levelkit.dossier.word.model import Look, Table
from levelkit.dossier.word.names import names
from levelkit.dossier.word.package import package, relations
from levelkit.dossier.word.pictures import Pictures
from levelkit.dossier.word.reader import Reader
from levelkit.dossier.word.xml import el, root

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from levelkit.dossier.context import DossierContext
    from levelkit.dossier.renderer import Sheets
    from levelkit.dossier.word.model import Block, PageLook, Section

_BODY = ("w", "r", "wp", "a", "pic")


def convert(
    context: DossierContext, document: str, html: Sequence[str], sheets: Sheets, *, draft: bool
) -> bytes:
    """Return the file.

    Args:
        context: holds the drawings and who issues the document.
        document: its id.
        html: the HTML of its parts, in order: cover and contents, then the body.
        sheets: the style sheet and who loads pictures.
        draft: DỰ THẢO behind the text.
    """
    read = [Cascade(part, sheets) for part in html]
    sections: list[Section] = []
    for found in read:
        for section in Reader(found, Pictures(context, sheets, found)).sections():
            if sections:
                section.first = section.rest
            sections.append(section)
    for section in sections:
        section.blocks = joined(section.blocks)
        settle(section.blocks)
    whole = [paragraph for section in sections for paragraph in paragraphs(section.blocks)]
    styles = form.most_common(whole)
    outlines = {paragraph.style: paragraph.outline for paragraph in whole if paragraph.outline is not None}
    cells = cells_look([block for section in sections for block in section.blocks])
    headings = frozenset(
        anchor for paragraph in whole if paragraph.outline is not None for anchor in paragraph.bookmarks
    )
    body = Body(styles, cells, headings)
    margins = _Margins(draft=draft)
    written = "".join(
        body.section(section, margins.properties(section), last=section is sections[-1])
        for section in sections
    )
    parts = {
        "word/document.xml": root("w:document", _BODY, el("w:body", None, written)),
        "word/_rels/document.xml.rels": b"",
        "word/styles.xml": form.styles_part(_all_styles(styles, sections), outlines, *cells),
        **margins.parts,
    }
    rows = [
        ("rIdStyles", "styles", "styles.xml"),
        ("rIdSettings", "settings", "settings.xml"),
        ("rIdFonts", "fontTable", "fontTable.xml"),
        ("rIdTheme", "theme", "theme/theme1.xml"),
        *margins.relations,
    ]
    for number, (data, key) in enumerate(body.links.pictures.items(), start=1):
        parts[f"word/media/image{number}.png"] = data
        rows.append((key, "image", f"media/image{number}.png"))
    parts["word/_rels/document.xml.rels"] = relations(rows, body.links.addresses)
    return package(parts, title=read[0].title, author=_author(context, document))


def joined(blocks: list[Block]) -> list[Block]:
    """Join grids of the same columns that follow each other without space: header and number line."""
    made: list[Block] = []
    for block in blocks:
        last = made[-1] if made else None
        if (
            isinstance(block, Table)
            and isinstance(last, Table)
            and not block.ruled
            and not last.ruled
            and not block.break_before
            and block.widths == last.widths
            and block.indent == last.indent
        ):
            above = max(block.gap_before, last.gap_after) + block.pad_before + last.pad_after
            for row in block.rows:
                lower(row, above)
            last.rows += block.rows
            last.gap_after, last.pad_after = block.gap_after, block.pad_after
        else:
            made.append(block)
    return made


class _Margins:
    """Headers and footers: one part for each kind, however many sections use it."""

    def __init__(self, *, draft: bool) -> None:
        self._draft = draft
        self._known: dict[bytes, str] = {}
        self.parts: dict[str, bytes] = {}
        self.relations: list[tuple[str, str, str]] = []

    def properties(self, section: Section) -> str:
        """Return the properties of a section."""
        page, first = section.rest, section.first
        apart = first != page
        found = [
            *(self._parts(first, "first") if apart else []),
            *self._parts(page, "default"),
            el("w:type", {"w:val": "nextPage"}),
            el("w:pgSz", _paper(page)),
            el("w:pgMar", _margins(section)),
        ]
        if page.border is not None:
            lines = [form.border_line(side, page.border) for side in ("top", "left", "bottom", "right")]
            found.append(el("w:pgBorders", {"w:offsetFrom": "text"}, *lines))
        found.append(el("w:cols", {"w:space": 708}))
        if apart:
            found.append(el("w:titlePg"))
        return el("w:sectPr", None, *found)

    def _parts(self, page: PageLook, kind: str) -> list[str]:
        """Return what stands in the margins; nothing where nothing does: a frame keeps clear of it."""
        found = []
        if page.numbered or self._draft or self.parts:
            found.append(self._part("header", furniture.header(page, draft=self._draft), kind))
        if page.foot or self.parts:
            found.append(self._part("footer", furniture.footer(page), kind))
        return found

    def _part(self, name: str, data: bytes, kind: str) -> str:
        key = self._known.get(data)
        if key is None:
            number = sum(1 for part in self.parts if part.startswith(f"word/{name}")) + 1
            key = f"rId{name.capitalize()}{number}"
            self._known[data] = key
            self.parts[f"word/{name}{number}.xml"] = data
            self.relations.append((key, name, f"{name}{number}.xml"))
        return el(f"w:{name}Reference", {"w:type": kind, "r:id": key})


def _paper(page: PageLook) -> dict[str, str | int]:
    found: dict[str, str | int] = {"w:w": form.twips(page.width), "w:h": form.twips(page.height)}
    if page.width > page.height:
        found["w:orient"] = "landscape"
    return found


def _margins(section: Section) -> dict[str, str | int]:
    page = section.rest
    return {
        "w:top": form.twips(page.top),
        "w:right": form.twips(page.right),
        "w:bottom": form.twips(page.bottom),
        "w:left": form.twips(page.left),
        "w:header": form.twips(furniture.header_distance(page)),
        "w:footer": form.twips(min(map(furniture.footer_distance, (section.first, page)))),
        "w:gutter": 0,
    }


def _all_styles(used: Mapping[str, Look], sections: Sequence[Section]) -> dict[str, Look]:
    """Return every style that must be there, in a lasting order."""
    own = names().own
    ink = sections[0].rest.number_ink
    found = dict(used)
    found.setdefault(own.filler, Look(ink=ink, line=1.0, exact=True))
    found.setdefault(own.header, Look(ink=ink, align="center"))
    found.setdefault(own.footer, Look(ink=ink))
    return dict(sorted(found.items()))


def _author(context: DossierContext, document: str) -> str:
    letter = context.letters.get(document)
    if letter is not None:
        return letter.issuer or ""
    return (context.statement.owner or "") if context.statement is not None else ""
