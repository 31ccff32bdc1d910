"""Word and PDF say the same, word for word, in the same order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from levelkit import dossier
from levelkit.dossier import render_docx
from levelkit.services import Workspace
from levelkit.services.sample_workspace import write_sample
from tests.dossier.examples import context, proposal, stored
from tests.dossier.printed import Printed, written

from .reading import first_difference, opened, plain, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from levelkit.dossier import DossierContext
    from levelkit.services.session import SystemSession

# Levels 3, 4 and 1, a level that is still open, a dossier under the former decree.
STATEMENTS = ("HT-03", "HT-09", "HT-11", "HT-01", "HT-04")
LETTERS = ("HT-03", "HT-06", "HT-07", "HT-09", "HT-11")
HEBREW = "\u05e9\u05dc\u05d5\u05dd"
HOSTILE = (
    f"\x01\x0b\x1f &<b>'\"</p> \u202eđảo chiều\u202c {HEBREW} \u263a "
    + "x" * 120
    + " e\u0301 xin\u00ad\u200bchào \ttab  hai blank\u00a0liền \ufffe-- – — … “ngoặc” 1/2/3 hết"
)


def _drawings(found: DossierContext) -> list[str]:
    return [drawing.svg for drawing in found.drawings.values()]


@pytest.mark.parametrize("dossiers", ["level_3", "drafts", "blanks"])
def test_same_words_in_the_same_order(dossiers, request):
    for name, made in request.getfixturevalue(dossiers).items():
        assert first_difference(made.word, made.pdf, _drawings(made.context)) is None, name


@pytest.fixture(scope="module")
def sample(tmp_path_factory) -> Iterator[Workspace]:
    path = tmp_path_factory.mktemp("sample") / "mau.levelkit"
    write_sample(path)
    with Workspace.open(path, readonly=True) as opened_one:
        yield opened_one


def _differences(session: SystemSession, printed: Printed, *, statement: bool) -> dict[str, str | None]:
    found = dossier.assemble(session.proposal(), session.library, session.interview.forms)
    differences = {}
    for document in written(found):
        if (document == "thuyet-minh") is statement:
            pdf = printed.pdf(found, document, attachments=session.attachment_bytes)
            word = printed.word(found, document, attachments=session.attachment_bytes)
            differences[document] = first_difference(word.data, pdf.data, _drawings(found))
    return differences


@pytest.mark.parametrize("code", STATEMENTS)
def test_statements_of_the_sample(code, sample, printed):
    assert _differences(sample.session(code), printed, statement=True) == {"thuyet-minh": None}


@pytest.mark.parametrize("code", LETTERS)
def test_letters_of_the_sample(code, sample, printed):
    found = _differences(sample.session(code), printed, statement=False)
    assert len(found) >= 3
    assert set(found.values()) == {None}, found


def test_hostile_text_is_the_same_in_both(printed):
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
        pdf, word = printed.pdf(found, document), printed.word(found, document)
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
        assert "không ban hành mẫu cho văn bản này" in words_of(section.first_page_footer._element)
        assert words_of(section.footer._element).strip() == ""


def test_the_comparison_sees_a_lost_word(level_3):
    made = level_3["mau-02"]
    other = level_3["mau-05"]
    assert first_difference(made.word, other.pdf) is not None
    assert first_difference(other.word, made.pdf) is not None
