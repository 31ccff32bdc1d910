"""Finished PDF files as pictures of pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pypdfium2
from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from pathlib import Path

POINTS_PER_INCH = 72.0


class PdfPages:
    """One open PDF file. Close it before the file is replaced (Windows)."""

    def __init__(self, path: Path) -> None:
        # From memory, so that the file can be written again while it is shown.
        self._document: Any = pypdfium2.PdfDocument(path.read_bytes())

    def __len__(self) -> int:
        return len(self._document)

    def size(self, number: int) -> tuple[float, float]:
        """Width and height of a page in points (1/72 inch)."""
        page = self._document[number]
        try:
            width, height = page.get_size()
        finally:
            page.close()
        return float(width), float(height)

    def image(self, number: int, scale: float) -> QImage:
        """One page at ``scale`` pixels per point, as a picture of its own memory."""
        page = self._document[number]
        try:
            bitmap = page.render(scale=scale, rev_byteorder=False, prefer_bgrx=True)
            shape = QImage.Format.Format_RGB32
            picture = QImage(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, shape).copy()
            bitmap.close()
        finally:
            page.close()
        return picture

    def text(self, number: int) -> str:
        """The words of a page, for a screen reader."""
        page = self._document[number]
        try:
            textpage = page.get_textpage()
            words = str(textpage.get_text_range())
            textpage.close()
        finally:
            page.close()
        return words

    def close(self) -> None:
        """Let the file go."""
        self._document.close()
