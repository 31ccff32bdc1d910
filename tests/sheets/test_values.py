"""What cells say, as people write it."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levelkit.domain.text import format_number
from levelkit.sheets import legacy, values
from levelkit.sheets.values import Unreadable
from levelkit.sheets.words import words

COLUMNS = words().sheets["systems"].columns


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        (2450000.0, 2_450_000),
        (0, 0),
        ("1.850.000", 1_850_000),
        ("1 850 000", 1_850_000),
        ("2,450,000", 2_450_000),
        ("1.850", 1850),
        ("3,2 triệu", 3_200_000),
        ("3.2 triệu", 3_200_000),
        ("3,25 Triệu", 3_250_000),
        ("12 nghìn", 12_000),
        ("1,5 tỷ", 1_500_000_000),
        ("8.400 người", 8400),
        ("3,2 triệu khách hàng", 3_200_000),
        ("Không", 0),
        ("chưa rõ", None),
    ],
)
def test_counts(cell, meant):
    assert values.count(cell) == meant


@pytest.mark.parametrize(
    "cell",
    [
        "hơn 3 triệu",
        "khoảng 100.000",
        "~5000",
        "> 10.000",
        "100.000+",
        "1-2 triệu",
        "1,850",
        "3.200 triệu",
        "0,0005 nghìn",
        "-5",
        -5,
        1.85,
        "1e5",
        "2.450.00",
        "-",
        True,
        float("nan"),
        float("inf"),
        "9" * 40,
        datetime.date(2026, 1, 1),
    ],
)
def test_what_is_no_number_is_never_taken_for_one(cell):
    with pytest.raises(Unreadable):
        values.count(cell)


@given(st.integers(min_value=0, max_value=10**12))
def test_every_way_of_writing_a_whole_number_means_it(number):
    for cell in (number, float(number), str(number), format_number(number), f"{number:,}".replace(",", " ")):
        assert values.count(cell) == number


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        (datetime.date(2019, 5, 1), "2019-05-01"),
        (datetime.datetime(2019, 5, 1, 8, 30), "2019-05-01"),
        ("01/05/2019", "2019-05-01"),
        ("1-5-2019", "2019-05-01"),
        ("2019-05-01", "2019-05-01"),
        ("ngày 02 tháng 9 năm 2026", "2026-09-02"),
    ],
)
def test_days(cell, meant):
    assert values.day(cell) == meant


@pytest.mark.parametrize("cell", ["31/02/2026", "05/2019", "01/05/19", "hôm qua", 12])
def test_no_days(cell):
    with pytest.raises(Unreadable):
        values.day(cell)


def test_a_number_that_excel_shows_as_a_day_is_named_as_such():
    with pytest.raises(Unreadable, match="01/05/2019"):
        values.day(43586.0)


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        ("b", ["citizen_business"]),
        ("Điểm b khoản 2 Điều 9", ["citizen_business"]),
        ("đ", ["other"]),
        ("d", ["industrial_control"]),
        ("phục vụ người dân", ["citizen_business"]),
        ("PHUC VU NGUOI DAN, DOANH NGHIEP", ["citizen_business"]),
        ("- Cơ sở hạ tầng thông tin; a", ["internal", "infrastructure"]),
        ("a, c", ["internal", "infrastructure"]),
    ],
)
def test_kinds(cell, meant):
    labels = dict.fromkeys(
        ["internal", "citizen_business", "infrastructure", "industrial_control", "other"], ""
    )
    assert values.choices(cell, COLUMNS["kinds"], labels) == meant


@pytest.mark.parametrize("cell", ["nội bộ và công cộng khác", "k", "phục vụ"])
def test_a_kind_that_is_none_is_not_guessed(cell):
    with pytest.raises(Unreadable):
        values.choices(cell, COLUMNS["kinds"], {"internal": "Nội bộ"})


@pytest.mark.parametrize(
    ("cell", "meant"),
    [("97, 189", [97, 189]), ("STT 98; 97", [97, 98]), (97.0, [97]), ("không", []), ("97 và 189", [97, 189])],
)
def test_business_lines(cell, meant):
    assert values.lines(cell, COLUMNS["lines"], 198) == meant


@pytest.mark.parametrize("cell", ["vận tải", "0", "199", 97.189, "97.189"])
def test_lines_outside_the_list(cell):
    with pytest.raises(Unreadable):
        values.lines(cell, COLUMNS["lines"], 198)


def test_an_earlier_decision():
    cell = "3 (QĐ số 12/QĐ-SM ngày 14/03/2024, theo NĐ 85/2016)"
    assert values.decision(cell, COLUMNS["approved"]) == {
        "previous.level": 3,
        "previous.decision": "12/QĐ-SM",
        "previous.decision_date": "2024-03-14",
        "previous.ruleset": "nd85-2016",
    }
    assert values.decision("Cấp độ 2", COLUMNS["approved"]) == {"previous.level": 2}
    assert values.decision("chưa", COLUMNS["approved"]) == {}
    with pytest.raises(Unreadable):
        values.decision("6", COLUMNS["approved"])
    with pytest.raises(Unreadable):
        values.decision("3 (theo công văn)", COLUMNS["approved"])


def test_a_stage_with_the_month_it_began():
    labels = {"new_build": "Xây dựng mới"}
    stage = values.stage("Đang đầu tư (khởi công 10/2025)", COLUMNS["stage"], labels)
    assert stage == ("new_build", "2025-10-01", True)
    assert values.stage("Đang đầu tư (khởi công 05/10/2025)", COLUMNS["stage"], labels)[1:] == (
        "2025-10-05",
        False,
    )
    with pytest.raises(Unreadable):
        values.stage("Đang đầu tư (khởi công sắp tới)", COLUMNS["stage"], labels)


@pytest.mark.parametrize(
    ("typed", "encoding", "meant"),
    [
        ("HÖ thèng qu¶n lý b­u göi", "TCVN3 (ABC)", "Hệ thống quản lý bưu gửi"),
        ("HÖ thèng phÇn mÒm", "TCVN3 (ABC)", "Hệ thống phần mềm"),
        ("B­u ®iÖn", "TCVN3 (ABC)", "Bưu điện"),
        ("Heä thoáng quaûn lyù böu göûi", "VNI Windows", "Hệ thống quản lý bưu gửi"),
        ("Heä thoáng", "VNI Windows", "Hệ thống"),
    ],
)
def test_old_fonts_are_recognised(typed, encoding, meant):
    assert legacy.recognised(typed) == (encoding, meant)


@pytest.mark.parametrize(
    "typed",
    [
        "Hoàng Xuân Quyên",
        "Toà nhà Hoàng Huyên",
        "Intel® Xeon® Gold",
        "«Portal» v2",
        "Email·SMS",
        "5 µs",
        "infor\xadmation",
        "Müller & Söhne",
        "Hệ thống quản lý bưu gửi",
        "Đường truyền 5µm",
        "Phần mềm® ABC",
        "naïve café",
        "Sổ tay §5",
        "São Paulo",
    ],
)
def test_ordinary_text_is_left_alone(typed):
    assert legacy.recognised(typed) is None
