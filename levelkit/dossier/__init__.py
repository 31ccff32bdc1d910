"""Dossier: from a proposal to the documents that are signed (Đ18–Đ24).

:func:`assemble` freezes everything that is printed into a :class:`DossierContext`; :func:`render_pdf` prints
one document of it, :func:`render_docx` makes it for Word. WeasyPrint is imported on the first rendering,
never before.
"""

from __future__ import annotations

from levelkit.dossier.assemble import assemble, document_ids
from levelkit.dossier.context import DocumentEntry, DossierContext
from levelkit.dossier.renderer import LayoutFault, Progress, RenderedPdf, render, render_pdf
from levelkit.dossier.word import RenderedWord, render_docx

__all__ = [
    "DocumentEntry",
    "DossierContext",
    "LayoutFault",
    "Progress",
    "RenderedPdf",
    "RenderedWord",
    "assemble",
    "document_ids",
    "render",
    "render_docx",
    "render_pdf",
]
