"""What the report on risks prints, and the two matrices."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest

from levelkit.domain.risk import Register
from levelkit.dossier import document_ids
from levelkit.dossier.drawings.risk import AFTER, BEFORE, draw
from levelkit.dossier.renderer import render_html
from levelkit.questionnaire.risk import risk_method

from .examples import context, proposal
from .texts import html_lines

REPORT = "bao-cao-rui-ro"
SVG = "{http://www.w3.org/2000/svg}"


def words(given, document=REPORT):
    return "\n".join(html_lines(render_html(context(given), document)))


def rows(*changes):
    start = {"threat": "T", "likelihood": 3, "effect": 4}
    return {"risk.threats": [start | change for change in changes]}


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        (proposal(3), False),
        (proposal(4), True),
        (proposal(5, listed=True), True),
        (proposal(3, listed=True), True),
    ],
)
def test_the_report_is_for_levels_4_5_and_the_list(given, wanted):
    found = context(given)
    assert (REPORT in document_ids(found)) is wanted
    assert bool(found.statement.detail) is wanted


def test_it_says_that_the_method_is_nobody_s_law_and_who_will_issue_one():
    text = words(proposal(4))
    assert "không do cơ quan nhà nước ban hành; đơn vị lập hồ sơ áp dụng cho đến khi" in text
    assert "khoản 8 Điều 10 Nghị định số 331/2026/NĐ-CP; điểm c khoản 1 Điều 34" in text


def test_the_seven_contents_and_the_four_of_the_detailed_report_are_there():
    text = words(proposal(4))
    assert re.findall(r"\(điểm (.) khoản 3 Điều 10\)", text) == list("abcdđeg")
    assert re.findall(r"\(điểm (.) khoản 5 Điều 22\)", text) == list("abcd")


def test_running_without_stop_is_argued_only_where_it_is_asked_for():
    text = words(proposal(4, changes={"always_on": False, "detail.always_on": None}))
    assert re.findall(r"\(điểm (.) khoản 5 Điều 22\)", text) == list("abc")


def test_the_trail_names_the_rows_and_the_article():
    changes = rows(
        {"harm_subject": "rights", "harm_degree": "harm"},
        {"harm_subject": "rights", "harm_degree": "serious"},
        {"harm_subject": "public_interest", "harm_degree": "harm"},
        {},
    )
    text = words(proposal(4, changes=changes))
    assert (
        "Quyền và lợi ích hợp pháp của tổ chức, cá nhân | Tổn hại nghiêm trọng | 2 | 2 | Điểm b khoản 1"
        in text
    )
    assert "Lợi ích công cộng | Tổn hại | 3 | 2" in text
    assert "dẫn tới cấp độ 2 (nguy cơ 2 và 3). Nguy cơ 4 chưa nêu lợi ích và mức độ tổn hại." in text


def test_an_old_register_prints_without_gaps_in_its_tables():
    text = words(proposal(4, changes=rows({"weakness": None, "affected": "Khách hàng"})))
    assert "1 | T | Khách hàng | – | – | Cao / 3 × 4 = 12" in text
    assert "1 | T | – | – | – | – | –" in text
    assert "Chưa có nguy cơ nào nêu lợi ích và mức độ tổn hại." in text
    assert "Ma trận rủi ro sau xử lý" not in text


def test_without_a_register_it_says_so():
    text = words(proposal(4, changes={"risk.threats": None}))
    assert "(Chưa có nguy cơ nào.)" in text
    assert "SỔ RỦI RO" not in text


def test_the_statement_has_the_short_table_and_both_matrices():
    text = words(proposal(3), "thuyet-minh")
    assert "Cao / 3 × 4 = 12" in text
    assert "Trung bình / 2 × 3 = 6" in text
    assert "Ma trận rủi ro trước xử lý" in text
    assert "Ma trận rủi ro sau xử lý" in text


def picture(stored, key=BEFORE):
    return draw(Register.read(stored), risk_method(), key)


def texts(drawing):
    return [text.text for text in ET.fromstring(drawing.svg).iter(f"{SVG}text")]


def test_a_row_stands_in_the_cell_of_its_score():
    drawing = picture([{"threat": "T", "likelihood": 2, "effect": 5}])
    root = ET.fromstring(drawing.svg)
    (mark,) = [text for text in root.iter(f"{SVG}text") if text.text == "1" and text.get("font-weight")]
    cells = {
        text.text: (int(text.get("x")), int(text.get("y")))
        for text in root.iter(f"{SVG}text")
        if text.get("font-size") == "70"
    }
    score = [text for text in root.iter(f"{SVG}text") if text.text == "10" and text.get("font-size") == "70"]
    # Two cells score 10; likelihood 2 is the lower one, effect 5 the one to the right.
    low = max(score, key=lambda text: int(text.get("y")))
    assert 0 < int(low.get("x")) - int(mark.get("x")) < 720
    assert 0 < int(mark.get("y")) - int(low.get("y")) < 420
    assert "Khả năng 2, ảnh hưởng 5: nguy cơ 1." in drawing.description
    assert cells["25"][1] < cells["1"][1]


def test_a_crowded_cell_says_how_many():
    drawing = picture([{"threat": "T", "likelihood": 3, "effect": 3}] * 60)
    assert "60 nguy cơ" in texts(drawing)


def test_after_treatment_rows_move_and_the_rest_is_left_out():
    stored = [
        {"threat": "T", "likelihood": 5, "effect": 5, "residual_likelihood": 2, "residual_effect": 5},
        {"threat": "U", "likelihood": 5, "effect": 5},
    ]
    assert "Khả năng 5, ảnh hưởng 5: nguy cơ 1 và 2." in picture(stored).description
    after = picture(stored, AFTER)
    assert after.title == "Ma trận rủi ro sau xử lý"
    assert after.description.endswith("Khả năng 2, ảnh hưởng 5: nguy cơ 1.")


def test_the_picture_is_plain_svg_and_fits_the_page():
    drawing = picture([{"threat": "T", "likelihood": 3, "effect": 3}])
    assert {element.tag.removeprefix(SVG) for element in ET.fromstring(drawing.svg).iter()} <= {
        *("svg", "title", "desc", "rect", "path", "text", "g"),
    }
    assert drawing.width <= 165
