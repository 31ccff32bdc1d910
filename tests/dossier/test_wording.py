"""The forms say what the decree says, word for word."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from levelkit.dossier.renderer import render_html

from .examples import context, empty, proposal
from .texts import html_lines, pdf_pages, squeezed

MAU = Path(__file__).parents[1] / "data" / "mau"

# Where the decree's wording cannot be printed as it stands, and why.
TRAPS = {
    # A document of its own cannot call the decree «này».
    "Nghị định này": "Nghị định số 331/2026/NĐ-CP",
    # Blanks are three dots or a line of dots.
    "..., ngày ... tháng ... năm ...": "…, ngày … tháng … năm …",
    "(Căn cứ các văn bản hướng dẫn thi hành Luật An ninh mạng và các văn bản liên quan);": (
        "Căn cứ Nghị định số 331/2026/NĐ-CP ngày 19 tháng 8 năm 2026 của Chính phủ "
        "về bảo vệ an ninh mạng đối với hệ thống thông tin;"
    ),
    "¹": "1",
}
ROUTES = {"mau-01": 1, "mau-02": 3, "mau-03": 4, "mau-05": 3, "mau-06": 3, "mau-07": 5}


DECISIONS = {"mau-06", "mau-07"}


def _expected(document: str, line: str) -> str:
    for enacted, printed in TRAPS.items():
        line = line.replace(enacted, printed)
    # Nơi nhận of a decision, by NĐ 30.
    return line.replace("Như trên", "Như Điều 3") if document in DECISIONS else line


@pytest.mark.parametrize("document", ROUTES)
def test_blank_form_has_every_sentence_of_the_decree(document):
    printed = squeezed("\n".join(html_lines(render_html(context(empty(ROUTES[document])), document))))
    for line in (MAU / f"{document}.txt").read_text(encoding="utf-8").splitlines():
        wanted = squeezed(_expected(document, line))
        assert wanted in printed, line


@pytest.mark.parametrize("document", ROUTES)
def test_filled_form_keeps_every_fixed_sentence(document):
    """Between the slots of the form, its words stand unbroken; a filled place may follow a colon."""
    printed = squeezed("\n".join(html_lines(render_html(context(proposal(ROUTES[document])), document))))
    for line in (MAU / f"{document}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith(
            ("(TÊN", "(CHỦ", "Số:", "..., ngày", "-.....", "ĐẠI DIỆN", "(Ký", "¹", "(Căn", "(THỦ")
        ):
            continue
        for piece in re.split(
            r"\([^)]*\)|đơn vị chuyên trách về an ninh mạng/cơ quan thẩm định", _expected(document, line)
        ):
            wanted = squeezed(piece).strip(".;,:¹1")
            assert wanted in printed, piece


@pytest.mark.parametrize("document", ["quyet-dinh-cap-do-1-2", "bao-cao-chu-quan"])
def test_models_of_ours_say_so_at_the_foot_of_the_first_page_alone(document, printed):
    lines = html_lines(render_html(context(proposal(1)), document))
    words = "không ban hành mẫu cho văn bản này"
    assert not any(words in line for line in lines)
    first, *rest = pdf_pages(printed.pdf(context(proposal(1)), document).data)
    assert words in first
    assert not any(words in page for page in rest)
