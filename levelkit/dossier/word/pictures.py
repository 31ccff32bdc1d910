"""Word: pictures as PNG in their printed size: attached ones as they are, drawn ones at 300 dots per inch."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from levelkit.dossier.renderer import LayoutFault
from levelkit.dossier.word import cascade
from levelkit.dossier.word.model import Picture

if TYPE_CHECKING:
    from levelkit.dossier.context import DossierContext
    from levelkit.dossier.renderer import Sheets
    from levelkit.dossier.word.cascade import Cascade

_DPI = 300
_POINTS_PER_PIXEL = 0.75
_POINTS_PER_MM = 72 / 25.4


class Pictures:
    """Finds and draws the pictures that a document names."""

    def __init__(self, context: DossierContext, sheets: Sheets, found: Cascade) -> None:
        self._context = context
        self._sheets = sheets
        self._cascade = found

    def __call__(self, element: Any) -> Picture:
        """Return the picture of an ``img``.

        Raises:
            LayoutFault: it has no words for those who cannot see it, or is neither attached nor drawn.
            PictureUnreadable: the attached file is no picture.
        """
        source, alt = element.get("src") or "", element.get("alt")
        if not alt:
            raise LayoutFault(f"{cascade.name_of(element)}: {source} without alt")
        scheme, _, key = source.partition(":")
        if scheme == "attachment":
            data = self._sheets.fetcher.fetch(source).read()
            width, height = _size(data)
        elif scheme == "drawing" and key in self._context.drawings:
            drawing = self._context.drawings[key]
            width, height = drawing.width * _POINTS_PER_MM, drawing.height * _POINTS_PER_MM
            data = self._drawn(source, width, height)
        else:
            raise LayoutFault(f"{cascade.name_of(element)}: {source}")
        style = self._cascade.style(element)
        width, height = _fitted(style, width, height)
        return Picture(data, width, height, alt, cascade.border(style, "top"))

    def _drawn(self, source: str, width: float, height: float) -> bytes:
        """Draw an SVG as the PDF does, then as a picture of dots."""
        import pypdfium2
        from weasyprint import CSS, HTML

        page = CSS(
            string=f"@page {{ size: {width}pt {height}pt; margin: 0; "
            "@top-center { content: none } @bottom-left { content: none } } "
            f"img {{ display: block; width: {width}pt; height: {height}pt }}"
        )
        html = HTML(
            string=f'<img src="{source}" alt="">',
            base_url=self._sheets.base,
            url_fetcher=self._sheets.fetcher,
        )
        pdf = pypdfium2.PdfDocument(
            html.write_pdf(stylesheets=[*self._sheets.css, page], font_config=self._sheets.fonts)
        )
        try:
            sheet = pdf[0]
            image = sheet.render(scale=_DPI / 72).to_pil().convert("RGB")
            sheet.close()
        finally:
            pdf.close()
        out = io.BytesIO()
        image.save(out, "PNG", dpi=(_DPI, _DPI))
        return out.getvalue()


def _size(data: bytes) -> tuple[float, float]:
    from PIL import Image

    with Image.open(io.BytesIO(data)) as image:
        return image.width * _POINTS_PER_PIXEL, image.height * _POINTS_PER_PIXEL


def _fitted(style: Any, width: float, height: float) -> tuple[float, float]:
    """Return the printed size: what the style sheet asks, never beyond its limits, never out of shape."""
    ratio = height / width
    if style["width"] != "auto":
        width = cascade.points(style["width"])
        height = width * ratio
    elif style["height"] != "auto":
        height = cascade.points(style["height"])
        width = height / ratio
    shrink = 1.0
    for limit, size in ((style["max_width"], width), (style["max_height"], height)):
        most = _limit(limit)
        if most is not None:
            shrink = min(shrink, most / size)
    width, height = width * shrink, height * shrink
    return width, height


def _limit(value: Any) -> float | None:
    if value == "none" or getattr(value, "value", None) == float("inf"):
        return None
    return cascade.points(value)
