"""Logo and contact lines: where the decree has room for them, in both formats, and nowhere else."""

from __future__ import annotations

import hashlib

import pytest

from levelkit.domain.attachment import AttachmentMeta
from levelkit.domain.letterhead import Letterhead
from tests.dossier.word.reading import MM, first_difference, opened, words_of
from tests.dossier.word.reading_parts import WP, parts, tree

from .examples import context, picture, proposal, stored
from .printed import written
from .texts import page_numbers, pdf_pages, squeezed

LOGO = picture(600, 240)
SHA = hashlib.sha256(LOGO).hexdigest()
LINES = (
    "Địa chỉ: Số 12 phố Hàng Vải, Hà Nội",
    "Điện thoại: 024 3999 0000 </p><h1>CỘNG HÒA</h1> {{ system }}",
)
HEAD = Letterhead(
    logo=AttachmentMeta(sha256=SHA, name="logo.png", media_type="image/png", size=len(LOGO)), lines=LINES
)


def held(sha256: str) -> bytes:
    return LOGO if sha256 == SHA else stored(sha256)


@pytest.fixture(scope="module")
def made(printed):
    found = {}
    for level in (1, 3):
        with_head = context(proposal(level)).model_copy(update={"letterhead": HEAD})
        for document in written(with_head):
            if level == 3 or document != "thuyet-minh":
                pdf = printed.pdf(with_head, document, attachments=held)
                word = printed.word(with_head, document, attachments=held)
                found[document] = (with_head, pdf.data, word.data)
    return found


def test_lines_stand_at_the_foot_of_the_first_page_of_letters_alone(made):
    line = squeezed(LINES[0])
    for document, (found, pdf, word) in made.items():
        first, *rest = map(squeezed, pdf_pages(pdf))
        footers = [name for name in parts(word) if name.startswith("word/footer")]
        shown = [name for name in footers if line in squeezed(words_of_part(word, name))]
        is_letter = found.entry(document).kind == "letter"
        assert first.count(line) == is_letter, document
        assert not any(line in page for page in rest)
        assert len(shown) == is_letter, document
        if is_letter:
            assert first.endswith(squeezed("".join(LINES)))
            (section,) = opened(word).sections
            assert squeezed(words_of(section.first_page_footer._element)) == squeezed("".join(LINES))
            assert squeezed(words_of(section.footer._element)) == ""


def words_of_part(word: bytes, name: str) -> str:
    return "".join(node.text or "" for node in tree(word, name).iter() if node.tag.endswith("}t"))


def test_the_form_stays_as_it_is(made, printed):
    for document, (found, pdf, word) in made.items():
        drawings = [drawing.svg for drawing in found.drawings.values()]
        assert first_difference(word, pdf, drawings) is None, document
        if found.entry(document).kind != "statement":
            bare = found.model_copy(update={"letterhead": None})
            plain = printed.pdf(bare, document).data
            foot = squeezed("".join(LINES)) if found.entry(document).kind == "letter" else ""
            assert [squeezed(page).replace(foot, "") for page in pdf_pages(pdf)] == [
                squeezed(page) for page in pdf_pages(plain)
            ]
            assert page_numbers(pdf, 17 * MM) == page_numbers(plain, 17 * MM)


def test_logo_stands_on_the_cover_with_words_for_those_who_cannot_see_it(made):
    _, _, word = made["thuyet-minh"]
    first = next(iter(tree(word).iter(f"{WP}inline")))
    assert first.find(f"{WP}docPr").get("descr") == "Biểu trưng của Tổng công ty Cổ phần Bưu chính Sao Mai"
    width, height = (int(first.find(f"{WP}extent").get(side)) / 12700 for side in ("cx", "cy"))
    assert height == pytest.approx(24 * MM, rel=0.01)
    assert width / height == pytest.approx(2.5, rel=0.01)
    for document, (_, _, letter) in made.items():
        if document != "thuyet-minh":
            assert not list(tree(letter).iter(f"{WP}inline")), document


@pytest.mark.verapdf
def test_it_is_still_pdf_a_3a(made, verapdf, tmp_path):
    files = []
    for document, (_, pdf, _) in made.items():
        files.append(tmp_path / f"{document}.pdf")
        files[-1].write_bytes(pdf)
    verdicts = verapdf.check(files)
    assert {path.name: verdict.broken for path, verdict in verdicts.items() if not verdict.compliant} == {}
