"""Vietnamese text: search without accents, alphabet order, numbers and dates as people write them."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levelkit.domain.text import (
    find_spans,
    fold,
    format_date,
    format_date_long,
    format_number,
    join_vi,
    legible,
    nfc,
    sort_key,
)


def test_fold() -> None:
    assert fold("Đường sắt ở Đà Nẵng") == "duong sat o da nang"
    assert fold(unicodedata.normalize("NFD", "Nguyễn")) == "nguyen"


@given(st.text())
def test_fold_is_settled(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "query", "marked"),
    [
        ("Kinh doanh dịch vụ vận tải đường bộ", "van tai", ["vận", "tải"]),
        ("Kinh doanh dịch vụ bưu chính", "BƯU", ["bưu"]),
        ("Đại lý bảo hiểm", "dai ly", ["Đại", "lý"]),
        ("Vận tải, vận chuyển", "vận", ["Vận", "vận"]),
        ("Vận tải", "bưu", []),
        ("Vận tải", "van buu", []),
    ],
)
def test_find_spans(text: str, query: str, marked: list[str]) -> None:
    assert [text[start:end] for start, end in find_spans(text, query)] == marked


def test_sort_key_is_the_vietnamese_alphabet() -> None:
    names = ["đèo", "dưa", "Ân", "an", "Ăn", "ô", "o", "ơ", "Quận 10", "Quận 2", "ư", "u", "ê", "e"]
    assert sorted(names, key=sort_key) == [
        "an", "Ăn", "Ân", "dưa", "đèo", "e", "ê", "o", "ô", "ơ", "Quận 2", "Quận 10", "u", "ư",
    ]  # fmt: skip
    assert sorted(["mạ", "má", "mã", "mả", "mà", "ma"], key=sort_key) == ["ma", "mà", "mả", "mã", "má", "mạ"]


def test_numbers_and_dates() -> None:
    assert format_number(1_850_000) == "1.850.000"
    assert format_number(3.2) == "3,2"
    assert format_number(1234.5) == "1.234,5"
    assert format_number(2.0) == "2"
    assert format_date(date(2026, 1, 5)) == "05/01/2026"
    assert format_date_long(date(2026, 1, 5)) == "ngày 05 tháng 01 năm 2026"
    assert format_date_long(date(2026, 11, 23)) == "ngày 23 tháng 11 năm 2026"
    assert format_date_long(date(2026, 3, 9)) == "ngày 09 tháng 3 năm 2026"


def test_join_and_nfc() -> None:
    assert join_vi([]) == ""
    assert join_vi(["a"]) == "a"
    assert join_vi(["a", "b", "c"]) == "a, b và c"
    assert nfc(unicodedata.normalize("NFD", "Điều")) == "Điều"


def test_what_no_paper_shows_goes_and_white_space_stays():
    unseen = (
        "\x00\x08\x0e\x1b\x7f\x84\x86\x9f\ud800\udfff\u200e\u202e\u2069\ufeff\ufdd0\ufdef\ufffe\U0010ffff"
    )
    assert legible(f"Cổng{unseen} số\u00a01") == "Cổng số\u00a01"
    kept = "\t\n\x0b\x0c\r\x1c\x1f\x85\u2028\u3000\U0001f600\ufdf0"
    assert legible(kept) == kept
