"""What a reader reads in a .docx, told by another library than the one that wrote it, and in a PDF's body."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import docx
import pypdfium2
from docx.oxml.ns import qn

if TYPE_CHECKING:
    from collections.abc import Iterable

MM = 72 / 25.4
_NO_WORDS = re.compile(r"[\s\u00a0\u00ad\u200b\u0002\ufffe-]+")


def opened(data: bytes):
    """The document, as python-docx reads it."""
    return docx.Document(io.BytesIO(data))


def words_of(element) -> str:
    """The text below an element in reading order: no fields' instructions, blanks for tabs and line ends."""
    found = []
    for node in element.iter():
        if node.tag == qn("w:t"):
            found.append(node.text or "")
        elif node.tag in (qn("w:br"), qn("w:tab"), qn("w:p")):
            found.append(" ")
    return "".join(found)


def heads(data: bytes) -> list[str]:
    """The words of every row that repeats on each page, and of rows of several such a table begins with."""
    found = []
    for table in opened(data).element.body.iter(qn("w:tbl")):
        rows = [
            row
            for row in table.iterchildren(qn("w:tr"))
            if row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        ]
        if rows:
            found.append("".join(words_of(row) for row in rows))
    return found


def plain(text: str) -> str:
    """A text without white space, hyphens and what marks where a line may end."""
    return _NO_WORDS.sub("", text)


def body_pages(data: bytes) -> list[str]:
    """The text between the margins of every page of a PDF."""
    pdf = pypdfium2.PdfDocument(io.BytesIO(data))
    try:
        found = []
        for page in pdf:
            width, height = page.get_size()
            top, bottom = (29, 14) if width > height else (19, 19)
            text = page.get_textpage()
            found.append(text.get_text_bounded(0, bottom * MM, width, height - top * MM))
            text.close()
            page.close()
        return found
    finally:
        pdf.close()


def drawn(svg: str) -> str:
    """The words inside a drawing: the PDF draws them as letters, Word gets a picture."""
    root = ElementTree.fromstring(svg)
    return "".join("".join(node.itertext()) for node in root.iter("{http://www.w3.org/2000/svg}text"))


def first_difference(word: bytes, pdf: bytes, drawings: Iterable[str] = ()) -> str | None:
    """Where the words of both part, or None where they are the same in the same order.

    A page of the PDF may begin with the head of the table that goes on there.
    """
    whole = plain(words_of(opened(word).element.body))
    known = [plain(head) for head in heads(word)]
    place = 0
    for number, page in enumerate(body_pages(pdf), start=1):
        text = plain(page)
        for svg in drawings:
            text = text.replace(plain(drawn(svg)), "")
        if not whole.startswith(text, place):
            text = next(
                (
                    text[len(head) :]
                    for head in known
                    if text.startswith(head) and whole.startswith(text[len(head) :], place)
                ),
                text,
            )
        if not whole.startswith(text, place):
            rest = whole[place : place + len(text)]
            same = next((i for i, (a, b) in enumerate(zip(text, rest, strict=False)) if a != b), len(rest))
            near = slice(max(same - 30, 0), same + 40)
            return f"page {number}: PDF …{text[near]}… Word …{rest[near]}…"
        place += len(text)
    return None if place == len(whole) else f"only in Word: {whole[place : place + 80]}"
