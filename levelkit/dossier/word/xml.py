"""Word: elements as text, attributes in the order given; characters that XML does not know are left out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

if TYPE_CHECKING:
    from collections.abc import Mapping

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
SPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "w10": "urn:schemas-microsoft-com:office:word",
}
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def el(name: str, attributes: Mapping[str, str | int] | None = None, *children: str) -> str:
    """Return an element; children are elements already."""
    given = "".join(f" {key}={quoteattr(clean(str(value)))}" for key, value in (attributes or {}).items())
    inside = "".join(children)
    return f"<{name}{given}>{inside}</{name}>" if inside else f"<{name}{given}/>"


def root(name: str, spaces: tuple[str, ...], *children: str) -> bytes:
    """Return a whole part: the root element with its name spaces."""
    declared = {f"xmlns:{space}": SPACES[space] for space in spaces}
    return (HEAD + el(name, declared, *children)).encode("utf-8")


def words(text: str) -> str:
    """Return a text as the content of an element."""
    return escape(clean(text))


def clean(text: str) -> str:
    """Leave out what no XML document may hold: most control characters, halves of surrogate pairs."""
    return _FORBIDDEN.sub("", text)
