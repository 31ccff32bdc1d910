"""The same document as a plain user of WeasyPrint would lay it out: one HTML text, numbered by CSS."""

from __future__ import annotations

import re

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from levelkit.resources import data_dir

NUMBERS_BY_CSS = ".contents .page a::after{content:target-counter(attr(href), page)}"


def straight(front: str, body: str) -> str:
    """Join both parts into one document whose table of contents WeasyPrint itself numbers."""
    front = re.sub(
        r'(<a href="(#[^"]+)">.*?</a></p><p class="page">)[^<]*',
        lambda match: f'{match.group(1)}<a href="{match.group(2)}"></a>',
        front,
    )
    assert "</a></p></div>" in front, "the table of contents looks otherwise now"
    inner = body.partition("<body>")[2].rpartition("</body>")[0]
    return front.replace("</body>", inner + "</body>")


def bare(html: str) -> bytes:
    """Lay out one HTML text as a plain user of WeasyPrint would, into the same kind of PDF."""
    base, fonts = data_dir("templates").as_uri() + "/", FontConfiguration()
    css = [
        CSS(filename=data_dir("templates") / "css" / "dossier.css", font_config=fonts),
        CSS(string=NUMBERS_BY_CSS, font_config=fonts),
    ]
    laid_out = HTML(string=html, base_url=base).render(
        font_config=fonts, stylesheets=css, pdf_variant="pdf/a-3a", pdf_tags=True
    )
    return laid_out.write_pdf(pdf_variant="pdf/a-3a", pdf_tags=True)
