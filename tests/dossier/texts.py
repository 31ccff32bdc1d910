"""What a reader reads: of the HTML by blocks, of the PDF by pages."""

from __future__ import annotations

import io
import re
from html.parser import HTMLParser

import pypdfium2

_BLOCKS = {"p", "h1", "h2", "h3", "h4", "div", "tr", "section", "table", "li"}
_CELLS = {"td", "th"}
_SKIPPED = {"head", "style", "title"}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self._now = ""
        self._skip = 0
        self._cell: int | None = None

    def _flush(self) -> None:
        line = re.sub(r"[ \n\t]+", " ", self._now).strip().strip("|").strip()
        if line:
            self.lines.append(line)
        self._now = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SKIPPED:
            self._skip += 1
        elif tag in _CELLS:
            self._cell = len(self._now)
        elif tag == "p" and self._cell is not None:
            # A paragraph in a cell is a line of that cell.
            self._now += " / " if self._now[self._cell :].strip() else ""
        elif tag in _BLOCKS:
            self._flush()
        elif tag == "br":
            self._now += " / "
        elif tag == "img":
            self._now += f"[{dict(attrs)['alt']}]"

    def handle_endtag(self, tag: str) -> None:
        if tag in _SKIPPED:
            self._skip -= 1
        elif tag == "p" and self._cell is not None:
            pass
        elif tag in _BLOCKS:
            self._flush()
        elif tag in _CELLS:
            self._now += " | "
            self._cell = None

    def handle_data(self, data: str) -> None:
        if not self._skip:
            self._now += data


def html_lines(html: str) -> list[str]:
    """Blocks of text in reading order; cells of a row are parted by bars, lines of a cell by slashes."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.lines


def squeezed(text: str) -> str:
    """A text without blanks, line ends and hyphens: what must be the same however lines break."""
    return re.sub(r"[\s\u00a0\u0002\ufffe-]+", "", text)


def page_numbers(data: bytes, margin: float) -> list[str]:
    """What stands in the top margin of every page; ``margin`` in points."""
    pdf = pypdfium2.PdfDocument(io.BytesIO(data))
    try:
        found = []
        for page in pdf:
            width, height = page.get_size()
            text = page.get_textpage()
            found.append(text.get_text_bounded(0, height - margin, width, height).strip())
            text.close()
            page.close()
        return found
    finally:
        pdf.close()


def pdf_pages(data: bytes, *, top_margin: float = 0.0) -> list[str]:
    """The text of every page, without what stands in the top margin (points)."""
    pdf = pypdfium2.PdfDocument(io.BytesIO(data))
    try:
        pages = []
        for page in pdf:
            width, height = page.get_size()
            text = page.get_textpage()
            pages.append(text.get_text_bounded(0, 0, width, height - top_margin).replace("\ufffe", "-"))
            text.close()
            page.close()
        return pages
    finally:
        pdf.close()
