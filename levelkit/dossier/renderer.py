"""Dossier: a context becomes PDF/A-3a, page for page the same on the same machine.

A bound statement is laid out in two parts: cover and table of contents (front), the rest (body). The front
comes first, to count its pages; then the body; then the front again with the numbers of the pages.
"""

from __future__ import annotations

import io
import logging
import re
import warnings
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from levelkit.dossier.environment import environment, keep_numbers_whole
from levelkit.dossier.manifest import manifest
from levelkit.dossier.native import prepare_native_libraries
from levelkit.dossier.numbering import Entry, Numbering
from levelkit.errors import Cancelled, RenderError
from levelkit.resources import data_dir

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from weasyprint import Document

    from levelkit.dossier.context import DocumentEntry, DossierContext

_VARIANT = "pdf/a-3a"
_NO_GLYPH = re.compile(r'\.notdef glyph rendered .*"(.+)" \((U\+[0-9A-F]+)\)', re.DOTALL)
_MAX_FRONT_TRIES = 4
_FIRST_PAGE_CSS = "@page :first{counter-increment:page %d;@top-center{content:counter(page)}}"
_WATERMARK_CSS = "@page{background:url(watermark.svg) no-repeat center center}"


@dataclass(frozen=True)
class RenderedPdf:
    """One finished document: its id, bytes and page count (None for an attached file that is no PDF).

    ``anchors``: the page of every heading of a bound document.
    """

    document: str
    data: bytes
    pages: int | None
    anchors: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Progress:
    """How far a document is: step ``layout``, ``write``, ``word`` or ``done``; pages laid out so far."""

    document: str
    step: str
    page: int
    pages: int | None = None


class LayoutFault(RuntimeError):
    """A template or style sheet is wrong: WeasyPrint warned about it. A bug, not bad input."""


def no_attachments(sha256: str) -> bytes:
    """Hold no attachment at all."""
    raise KeyError(sha256)


def render(
    context: DossierContext,
    document: str,
    *,
    draft: bool,
    attachments: Callable[[str], bytes] = no_attachments,
) -> bytes:
    """Return one document as PDF/A-3a; attached files come back as given."""
    return render_pdf(context, document, draft=draft, attachments=attachments).data


def render_pdf(
    context: DossierContext,
    document: str,
    *,
    draft: bool,
    attachments: Callable[[str], bytes] = no_attachments,
    progress: Callable[[Progress], None] | None = None,
    cancel: Callable[[], bool] | None = None,
) -> RenderedPdf:
    """Return one document with its page count.

    Args:
        context: what to print from.
        document: its id in the context.
        draft: print DỰ THẢO behind the text of every page.
        attachments: content by hash; KeyError where it holds none.
        progress: told after every page laid out.
        cancel: asked after every page; True ends the work.

    Raises:
        RenderError: the dossier has no such document, or an attached picture cannot be read.
        Cancelled: ``cancel`` said so.
    """
    entry = entry_of(context, document)
    if entry.attachment is not None:
        return attached(context, document, entry.attachment, attachments)
    return _Renderer(
        context, document, draft=draft, attachments=attachments, progress=progress, cancel=cancel
    ).run()


def page_anchors(
    context: DossierContext,
    document: str,
    *,
    attachments: Callable[[str], bytes] = no_attachments,
    progress: Callable[[Progress], None] | None = None,
    cancel: Callable[[], bool] | None = None,
) -> dict[str, int]:
    """Lay a document out and return the page of every heading; arguments as :func:`render_pdf`."""
    return _Renderer(
        context, document, draft=False, attachments=attachments, progress=progress, cancel=cancel
    ).anchors()


def render_html(context: DossierContext, document: str) -> str:
    """Return the HTML of a document's body, as it is laid out: for tests and measurements."""
    html, _ = body_html(context, document)
    return html


def entry_of(context: DossierContext, document: str) -> DocumentEntry:
    """Return a document's entry; RenderError when the dossier has none of that id."""
    try:
        return context.entry(document)
    except KeyError:
        raise RenderError(f"Hồ sơ {context.system.code} không có văn bản «{document}».") from None


def attached(
    context: DossierContext, document: str, sha256: str, attachments: Callable[[str], bytes]
) -> RenderedPdf:
    """Return a file as it was attached; RenderError when it is gone."""
    try:
        data = attachments(sha256)
    except KeyError:
        name = context.attachments[sha256].name if sha256 in context.attachments else sha256
        raise RenderError(
            f"Tệp đính kèm «{name}» của hồ sơ {context.system.code} không còn trong kho."
        ) from None
    return RenderedPdf(document, data, _count_pages(data))


def _count_pages(data: bytes) -> int | None:
    if not data.startswith(b"%PDF"):
        return None
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return None
    try:
        return len(pdf)
    finally:
        pdf.close()


def _values(context: DossierContext, document: str) -> dict[str, Any]:
    return {
        "context": context,
        "system": context.system,
        "statement": context.statement,
        "letter": context.letters.get(document),
        "report": context.report,
        "entry": context.entry(document),
    }


def is_bound(context: DossierContext, document: str) -> bool:
    """Whether a document has a cover and a table of contents of its own."""
    return context.entry(document).kind == "statement"


def body_html(context: DossierContext, document: str) -> tuple[str, tuple[Entry, ...]]:
    """Return the HTML of a document's body and what goes into its table of contents."""
    numbering = Numbering()
    template = environment().get_template(manifest().documents[document].template)
    html = template.render(**_values(context, document), numbering=numbering)
    return keep_numbers_whole(html), numbering.entries


def front_html(
    context: DossierContext, document: str, entries: tuple[Entry, ...], numbers: Mapping[str, int]
) -> str:
    """Return the HTML of the cover and the table of contents; ``numbers``: the page of every heading."""
    name = manifest().documents[document].template.replace(".html", ".front.html")
    template = environment().get_template(name)
    return template.render(**_values(context, document), entries=entries, numbers=numbers)


class Sheets:
    """The style sheet, its fonts, and who loads what a document names."""

    def __init__(self, context: DossierContext, attachments: Callable[[str], bytes]) -> None:
        prepare_native_libraries()
        from weasyprint import CSS
        from weasyprint.text.fonts import FontConfiguration

        from levelkit.dossier.fetcher import DossierFetcher

        root = data_dir("templates")
        self.base = root.as_uri() + "/"
        self.fetcher = DossierFetcher(root, attachments, context.drawings)
        self.fonts = FontConfiguration()
        self.css: list[Any] = [
            CSS(filename=root / "css" / "dossier.css", url_fetcher=self.fetcher, font_config=self.fonts)
        ]


@contextmanager
def reported(context: DossierContext, document: str) -> Iterator[None]:
    """Turn what cannot be loaded into a message for the person, or into a fault where a template is wrong."""
    from weasyprint.urls import FatalURLFetchingError

    from levelkit.dossier.fetcher import PictureUnreadable

    try:
        yield
    except PictureUnreadable as error:
        meta = context.attachments.get(str(error))
        raise RenderError(
            f"Hình đính kèm «{meta.name if meta else error}» của hồ sơ {context.system.code} không đọc được. "
            "Lưu hình lại ở dạng PNG hoặc JPEG rồi đính kèm lại trong phần Kiến trúc."
        ) from None
    except FatalURLFetchingError as error:
        raise LayoutFault(f"{document}: {error}") from error


class _Renderer:
    def __init__(
        self,
        context: DossierContext,
        document: str,
        *,
        draft: bool,
        attachments: Callable[[str], bytes],
        progress: Callable[[Progress], None] | None,
        cancel: Callable[[], bool] | None,
    ) -> None:
        from weasyprint import CSS

        self._context = context
        self._document = document
        self._progress = progress or (lambda _: None)
        self._cancel = cancel or (lambda: False)
        self._laid_out = 0
        self._sheets = Sheets(context, attachments)
        self._fetcher = self._sheets.fetcher
        self._css = list(self._sheets.css)
        if draft:
            self._css.append(
                CSS(string=_WATERMARK_CSS, base_url=self._sheets.base, url_fetcher=self._fetcher)
            )

    def run(self) -> RenderedPdf:
        """Lay out and write."""
        with reported(self._context, self._document), _strict_logs(self._on_page):
            laid_out, anchors = self._laid()
            self._tell("write", len(laid_out.pages))
            data = _written(laid_out)
        pages = len(laid_out.pages)
        self._tell("done", pages, pages)
        return RenderedPdf(self._document, data, pages, anchors)

    def anchors(self) -> dict[str, int]:
        """Lay out without writing; return the page of every heading."""
        with reported(self._context, self._document), _strict_logs(self._on_page):
            return self._laid()[1]

    def _laid(self) -> tuple[Document, dict[str, int]]:
        if is_bound(self._context, self._document):
            return self._bound()
        return self._layout(body_html(self._context, self._document)[0]), {}

    def _layout(self, html: str, *more: Any) -> Document:
        from weasyprint import HTML

        source = HTML(string=html, base_url=self._sheets.base, url_fetcher=self._fetcher)
        return source.render(
            font_config=self._sheets.fonts,
            stylesheets=[*self._css, *more],
            pdf_variant=_VARIANT,
            pdf_tags=True,
        )

    def _bound(self) -> tuple[Document, dict[str, int]]:
        """Join front and body; the numbers in the table of contents are those of the pages printed."""
        html, entries = body_html(self._context, self._document)
        front = self._layout(front_html(self._context, self._document, entries, {}))
        for _ in range(_MAX_FRONT_TRIES):
            before = len(front.pages)
            body = self._layout(html, self._from_page(before + 1))
            numbers = {
                anchor: before + index
                for index, page in reversed(list(enumerate(body.pages, start=1)))
                for anchor in page.anchors
            }
            front = self._layout(front_html(self._context, self._document, entries, numbers))
            if len(front.pages) == before:
                return front.copy([*front.pages, *body.pages]), numbers
        raise LayoutFault(f"{self._document}: the table of contents never settles")

    def _from_page(self, number: int) -> Any:
        from weasyprint import CSS

        return CSS(string=_FIRST_PAGE_CSS % number, url_fetcher=self._fetcher)

    def _on_page(self) -> None:
        self._laid_out += 1
        self._tell("layout", self._laid_out)
        if self._cancel():
            raise Cancelled

    def _tell(self, step: str, page: int, pages: int | None = None) -> None:
        self._progress(Progress(self._document, step, page, pages))


def _written(laid_out: Document) -> bytes:
    buffer = io.BytesIO()
    with warnings.catch_warnings():
        # WeasyPrint leaves the file of its colour profile for the garbage collector to close.
        warnings.simplefilter("ignore", ResourceWarning)
        laid_out.write_pdf(buffer, pdf_variant=_VARIANT, pdf_tags=True)
    return buffer.getvalue()


@contextmanager
def _strict_logs(on_page: Callable[[], None]) -> Iterator[None]:
    """Turn WeasyPrint's warnings into :class:`LayoutFault`; call ``on_page`` for every page laid out."""
    collected = _Collector()
    pages = _PageListener(on_page)
    logger, steps = logging.getLogger("weasyprint"), logging.getLogger("weasyprint.progress")
    level, propagate = steps.level, logger.propagate
    logger.addHandler(collected)
    steps.addHandler(pages)
    steps.setLevel(logging.INFO)
    logger.propagate = False
    try:
        yield
    finally:
        logger.removeHandler(collected)
        steps.removeHandler(pages)
        steps.setLevel(level)
        logger.propagate = propagate
    letters = [_NO_GLYPH.match(message) for message in collected.messages]
    if letters and all(letters):
        # What a person typed, not what a template holds: PDF/A has no place for a letter without a shape.
        shown = ", ".join(dict.fromkeys(f"«{found[1]}» ({found[2]})" for found in letters if found))
        raise RenderError(
            f"Phông chữ của văn bản không có ký tự {shown}. "
            "Hãy tìm các ký tự này trong nội dung đã nhập và thay."
        )
    if collected.messages:
        raise LayoutFault("; ".join(collected.messages))


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


class _PageListener(logging.Handler):
    def __init__(self, on_page: Callable[[], None]) -> None:
        super().__init__(logging.INFO)
        self._on_page = on_page

    def emit(self, record: logging.LogRecord) -> None:
        if "Page" in str(record.msg):
            self._on_page()
