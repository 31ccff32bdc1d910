"""Word: the .docx of a document, made from the same HTML and style sheet as its PDF.

:mod:`cascade` computes the styles, :mod:`reader` makes paragraphs and tables of the elements, :mod:`looks`
and :mod:`body` write them, :mod:`package` puts the file together. The same context gives the same bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from levelkit.dossier.renderer import (
    Progress,
    Sheets,
    attached,
    body_html,
    entry_of,
    front_html,
    is_bound,
    no_attachments,
    page_anchors,
    reported,
)
from levelkit.dossier.word.convert import convert

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from levelkit.dossier.context import DossierContext

__all__ = ["RenderedWord", "render_docx"]


@dataclass(frozen=True)
class RenderedWord:
    """One finished document: its id and bytes; a .docx has no pages until Word lays it out."""

    document: str
    data: bytes


def render_docx(
    context: DossierContext,
    document: str,
    *,
    draft: bool,
    attachments: Callable[[str], bytes] = no_attachments,
    anchors: Mapping[str, int] | None = None,
    progress: Callable[[Progress], None] | None = None,
    cancel: Callable[[], bool] | None = None,
) -> RenderedWord:
    """Return one document as .docx; attached files come back as given.

    Args:
        context: what to print from.
        document: its id in the context.
        draft: put DỰ THẢO behind the text of every page.
        attachments: content by hash; KeyError where it holds none.
        anchors: the pages of the headings where the PDF is made already; else it is laid out for them.
        progress: told what goes on.
        cancel: asked between pages; True ends the work.

    Raises:
        RenderError: the dossier has no such document, or an attached picture cannot be read.
        LayoutFault: a template holds what Word would not get.
        Cancelled: ``cancel`` said so.
    """
    entry = entry_of(context, document)
    if entry.attachment is not None:
        return RenderedWord(document, attached(context, document, entry.attachment, attachments).data)
    html, entries = body_html(context, document)
    sheets = Sheets(context, attachments)
    parts = [html]
    if is_bound(context, document):
        if anchors is None:
            anchors = page_anchors(
                context, document, attachments=attachments, progress=progress, cancel=cancel
            )
        parts.insert(0, front_html(context, document, entries, anchors))
    if progress is not None:
        progress(Progress(document, "word", 0))
    with reported(context, document):
        data = convert(context, document, parts, sheets, draft=draft)
    if progress is not None:
        progress(Progress(document, "done", 0))
    return RenderedWord(document, data)
