"""Documents in both formats, made once for all tests of Word."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from levelkit.dossier import DossierContext, document_ids, render_docx, render_pdf
from tests.dossier.examples import context, empty, proposal, stored


@dataclass(frozen=True)
class Both:
    """One document as PDF and for Word, with the dossier that it was made from."""

    context: DossierContext
    pdf: bytes
    pages: int
    word: bytes


def both(found: DossierContext, document: str, *, draft: bool = False) -> Both:
    """Make a document in both formats."""
    pdf = render_pdf(found, document, draft=draft, attachments=stored)
    word = render_docx(found, document, draft=draft, attachments=stored, anchors=pdf.anchors)
    assert pdf.pages is not None
    return Both(found, pdf.data, pdf.pages, word.data)


def _all(found: DossierContext, *, draft: bool = False) -> dict[str, Both]:
    return {
        document: both(found, document, draft=draft)
        for document in document_ids(found)
        if found.entry(document).attachment is None
    }


@pytest.fixture(scope="session")
def level_3() -> dict[str, Both]:
    """A complete dossier of level 3."""
    return _all(context(proposal(3)))


@pytest.fixture(scope="session")
def drafts() -> dict[str, Both]:
    """A draft of level 4 with a secrecy mark, another of level 1 with the program's own forms."""
    secret = context(proposal(4)).model_copy(update={"secrecy": "TỐI MẬT"})
    own = context(proposal(1))
    return {
        **{f"1-{name}": made for name, made in _all(own, draft=True).items()},
        **{f"4-{name}": made for name, made in _all(secret, draft=True).items()},
    }


@pytest.fixture(scope="session")
def blanks() -> dict[str, Both]:
    """Dossiers in which almost nothing is answered."""
    return {
        f"{level}-{name}": made
        for level in (None, 3, 5)
        for name, made in _all(context(empty(level)), draft=True).items()
    }
