"""A hundred pages: our share of the time; the table of contents laid out apart against one straight run."""

from __future__ import annotations

import re
from time import perf_counter
from typing import TYPE_CHECKING, Any

import weasyprint
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from levelkit.dossier import assemble, render_pdf
from levelkit.resources import data_dir
from levelkit.services import Workspace
from tests.benchmarks.material import CODE, long_sample
from tests.benchmarks.table import Row, alternate, seconds

if TYPE_CHECKING:
    from collections.abc import Callable

RUNS = 3
DOCUMENT = "thuyet-minh"
NUMBERS_BY_CSS = ".contents .page a::after{content:target-counter(attr(href), page)}"


class Inside:
    """Adds up the time spent in WeasyPrint's own calls, and keeps the HTML they were given."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.html: list[str] = []
        self._depth = 0
        self._saved: list[tuple[type, str, Any]] = []

    def __enter__(self) -> Inside:
        for owner, name in (
            (HTML, "__init__"),
            (HTML, "render"),
            (CSS, "__init__"),
            (weasyprint.Document, "write_pdf"),
        ):
            original = getattr(owner, name)
            self._saved.append((owner, name, original))
            setattr(owner, name, self._timed(original))
        return self

    def __exit__(self, *_exc: object) -> None:
        for owner, name, original in self._saved:
            setattr(owner, name, original)

    def _timed(self, original: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            if isinstance(kwargs.get("string"), str) and "</html>" in kwargs["string"]:
                self.html.append(kwargs["string"])
            self._depth += 1
            began = perf_counter()
            try:
                return original(*args, **kwargs)
            finally:
                self._depth -= 1
                if not self._depth:
                    self.seconds += perf_counter() - began

        return call


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
    page = HTML(string=html, base_url=base).render(
        font_config=fonts, stylesheets=css, pdf_variant="pdf/a-3a", pdf_tags=True
    )
    return page.write_pdf(pdf_variant="pdf/a-3a", pdf_tags=True)


def measure() -> list[Row]:
    with long_sample() as path, Workspace.open(path) as workspace:
        session = workspace.session(CODE)
        pages, share = 0, 0.0

        def ours() -> float:
            nonlocal pages, share
            with Inside() as inside:
                began = perf_counter()
                context = assemble(session.proposal(), workspace.library)
                found = render_pdf(context, DOCUMENT, draft=False, attachments=session.attachment_bytes)
                total = perf_counter() - began
            pages, share = found.pages or 0, 1 - inside.seconds / total
            return total

        with Inside() as inside:
            ours()
        one = straight(inside.html[-1], inside.html[-2])
        split, whole = alternate(RUNS, ours, lambda: seconds(lambda: bare(one)))
    return [
        Row(f"hồ sơ {pages} trang: phần ngoài WeasyPrint", split * share, "cả lần dựng", split, "s", 0.10),
        Row(f"hồ sơ {pages} trang: mục lục dựng riêng", split, "WeasyPrint một mạch", whole, "s", 0.65),
    ]
