"""Documents in both formats, made once for all tests of Word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from tests.dossier.examples import context, empty, proposal
from tests.dossier.printed import Printed, written

if TYPE_CHECKING:
    from levelkit.dossier import DossierContext


@dataclass(frozen=True)
class Both:
    """One document as PDF and for Word, with the dossier that it was made from."""

    context: DossierContext
    pdf: bytes
    pages: int
    word: bytes


def _all(printed: Printed, found: DossierContext, *, draft: bool = False) -> dict[str, Both]:
    made = {}
    for document in written(found):
        pdf = printed.pdf(found, document, draft=draft)
        assert pdf.pages is not None
        word = printed.word(found, document, draft=draft)
        made[document] = Both(found, pdf.data, pdf.pages, word.data)
    return made


@pytest.fixture(scope="session")
def level_3(printed: Printed) -> dict[str, Both]:
    """A complete dossier of level 3."""
    return _all(printed, context(proposal(3)))


@pytest.fixture(scope="session")
def drafts(printed: Printed) -> dict[str, Both]:
    """A draft of level 4 with a secrecy mark, another of level 1 with the program's own forms."""
    secret = context(proposal(4)).model_copy(update={"secrecy": "TỐI MẬT"})
    own = context(proposal(1))
    return {
        **{f"1-{name}": made for name, made in _all(printed, own, draft=True).items()},
        **{f"4-{name}": made for name, made in _all(printed, secret, draft=True).items()},
    }


@pytest.fixture(scope="session")
def blanks(printed: Printed) -> dict[str, Both]:
    """Dossiers in which almost nothing is answered."""
    return {
        f"{level}-{name}": made
        for level in (None, 3, 5)
        for name, made in _all(printed, context(empty(level)), draft=True).items()
    }
