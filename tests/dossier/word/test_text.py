"""Word and PDF say the same, word for word, in the same order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from levelkit import dossier
from levelkit.dossier import render_docx, render_pdf
from levelkit.services import Workspace
from levelkit.services.sample_workspace import write_sample
from tests.dossier.examples import context, proposal, stored

from .reading import first_difference, opened, plain, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .conftest import Both

SYSTEMS = tuple(f"HT-{number:02}" for number in range(1, 13))
HEBREW = "\u05e9\u05dc\u05d5\u05dd"
HOSTILE = (
    f"\x01\x0b\x1f &<b>'\"</p> \u202eđảo chiều\u202c {HEBREW} \u263a "
    + "x" * 120
    + " e\u0301 xin\u00ad\u200bchào \ttab  hai blank\u00a0liền \ufffe-- – — … “ngoặc” 1/2/3 hết"
)


def _drawings(made: Both) -> list[str]:
    return [drawing.svg for drawing in made.context.drawings.values()]


@pytest.mark.parametrize("dossiers", ["level_3", "drafts", "blanks"])
def test_same_words_in_the_same_order(dossiers, request):
    for name, made in request.getfixturevalue(dossiers).items():
        assert first_difference(made.word, made.pdf, _drawings(made)) is None, name


@pytest.fixture(scope="module")
def sample(tmp_path_factory) -> Iterator[Workspace]:
    path = tmp_path_factory.mktemp("sample") / "mau.levelkit"
    write_sample(path)
    with Workspace.open(path, readonly=True) as opened_one:
        yield opened_one


@pytest.mark.parametrize("code", SYSTEMS)
def test_every_document_of_the_sample(code, sample):
    session = sample.session(code)
    found = dossier.assemble(session.proposal(), session.library, session.interview.forms)
    compared = 0
    for entry in found.documents:
        if entry.attachment is None:
            pdf = render_pdf(found, entry.document, draft=False, attachments=session.attachment_bytes)
            word = render_docx(
                found,
                entry.document,
                draft=False,
                attachments=session.attachment_bytes,
                anchors=pdf.anchors,
            )
            drawings = [drawing.svg for drawing in found.drawings.values()]
            assert first_difference(word.data, pdf.data, drawings) is None, entry.document
            compared += 1
    assert compared


def test_hostile_text_is_the_same_in_both():
    changes = {
        "system.name": HOSTILE.replace(HEBREW, ""),  # drawings show it letter by letter from the right
        "system.function": f"{HOSTILE}\n- {HOSTILE}\n\n{HOSTILE}",
        "operator.address": HOSTILE,
        "risk.assets": HOSTILE,
        "doc.mau-02.recipients": f"{HOSTILE}\n{HOSTILE}",
    }
    found = context(proposal(3, changes=changes))
    drawings = [drawing.svg for drawing in found.drawings.values()]
    for document in ("mau-02", "thuyet-minh"):
        pdf = render_pdf(found, document, draft=False, attachments=stored)
        word = render_docx(found, document, draft=False, attachments=stored, anchors=pdf.anchors)
        assert first_difference(word.data, pdf.data, drawings) is None
        assert plain("<b>'\"</p>") in plain(words_of(opened(word.data).element.body))


def test_a_letter_that_the_pages_have_no_shape_for_is_kept():
    """Word finds a font for what the documents' own lacks."""
    found = context(proposal(3, changes={"system.name": "Cổng \U0001f9ff"}))
    word = render_docx(found, "mau-02", draft=False, attachments=stored)
    assert "Cổng \U0001f9ff" in words_of(opened(word.data).element.body)


def test_what_stands_below_the_text_is_in_the_footer(drafts):
    for name in ("1-quyet-dinh-cap-do-1-2", "1-bao-cao-chu-quan"):
        document = opened(drafts[name].word)
        (section,) = document.sections
        assert section.different_first_page_header_footer
        assert "Mẫu của chương trình levelkit" in words_of(section.first_page_footer._element)
        assert words_of(section.footer._element).strip() == ""


def test_the_comparison_sees_a_lost_word(level_3):
    made = level_3["mau-02"]
    other = level_3["mau-05"]
    assert first_difference(made.word, other.pdf) is not None
    assert first_difference(other.word, made.pdf) is not None
