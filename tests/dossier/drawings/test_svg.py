from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levelkit.dossier.drawings import Svg, line_height, text_width, wrap


@given(st.text(max_size=200), st.floats(20, 300), st.sampled_from([7.5, 8, 9, 12]), st.booleans())
def test_wrapped_lines_are_no_wider_than_asked(text, width, size, bold):
    lines = wrap(text, width, size, bold=bold)

    assert all(text_width(line, size, bold=bold) <= width for line in lines)


def test_wrapping_keeps_every_word_in_order():
    text = "Máy chủ ứng dụng 4 lõi, 16 GB;\nđặt tại tủ 07"

    assert " ".join(wrap(text, 60, 8)).split() == text.split()
    assert "đặt tại tủ 07" in wrap(text, 200, 8)


def test_a_word_too_long_for_a_line_is_broken_after_a_mark():
    lines = wrap("may-chu-ung-dung-buu-chinh-mien-bac.example.vn", 80, 8)

    assert "".join(lines) == "may-chu-ung-dung-buu-chinh-mien-bac.example.vn"
    assert all(line.endswith(("-", ".")) for line in lines[:-1])


def test_as_many_lines_as_asked_and_what_is_cut_is_marked():
    lines = wrap("một hai ba bốn năm sáu bảy tám chín mười", 40, 8, most=2)

    assert len(lines) == 2
    assert lines[-1].endswith("…")
    assert text_width(lines[-1], 8) <= 40


def test_a_picture_is_well_formed_whatever_it_is_told():
    svg = Svg(100, 50, title="A & <B>", description='Nói "gì" cũng được\x07')
    svg.text(5, 10, "</text><script>&\x00\x1b ]]>", 7.5)
    svg.rect(1, 1, 98, 48, dash=(3, 2))
    svg.lines(5, 12, ("một", "hai"), 8)

    root = ET.fromstring(svg.render())
    texts = [element.text for element in root.iter("{http://www.w3.org/2000/svg}text")]
    assert texts == ["</text><script>& ]]>", "một", "hai"]
    assert root.find("{http://www.w3.org/2000/svg}title").text == "A & <B>"
    assert not list(root.iter("{http://www.w3.org/2000/svg}script"))


def test_sizes_are_whole_units_so_that_every_painter_takes_them():
    svg = Svg(100, 50, title="", description="")
    svg.text(5.04, 10, "x", 7.5)

    text = next(ET.fromstring(svg.render()).iter("{http://www.w3.org/2000/svg}text"))
    assert (text.get("x"), text.get("font-size"), text.get("font-family")) == ("50", "75", "Levelkit Serif")


def test_a_drawing_is_as_large_on_paper_as_it_was_made():
    drawing = Svg(720, 72, title="Tên", description="Mô tả").drawing()

    assert (drawing.width, drawing.height) == (254.0, 25.4)
    assert (drawing.title, drawing.description) == ("Tên", "Mô tả")


def test_lines_end_where_the_next_may_start():
    svg = Svg(100, 50, title="", description="")

    assert svg.lines(0, 10, ("một", "hai"), 8) == pytest.approx(10 + 2 * line_height(8))
