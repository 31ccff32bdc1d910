"""What is typed becomes a value, or a sentence that says what to type."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest

from levelkit.questionnaire import QUESTION_TYPES, normalise
from levelkit.questionnaire.types import AnswerError

from .filler import FILE, forms


def value(question, raw):
    return normalise(forms().question(question), raw)


@pytest.mark.parametrize(
    ("question", "raw", "stored"),
    [
        ("owner.name", "  Tổng   công ty\n Sao Mai ", "Tổng công ty Sao Mai"),
        ("owner.name", unicodedata.normalize("NFD", "Bưu chính Đường"), "Bưu chính Đường"),
        ("owner.name", " ", None),
        ("system.scope", "Một \r\n\r\nHai\r", "Một\n\nHai"),
        ("basic_data_subjects", "1.850.000", 1_850_000),
        ("basic_data_subjects", "1 850 000", 1_850_000),
        ("basic_data_subjects", "1\u00a0850\u00a0000", 1_850_000),
        ("basic_data_subjects", 8400.0, 8400),
        ("basic_data_subjects", "0", 0),
        ("basic_data_subjects", "", None),
        ("count.date", "05/01/2026", "2026-01-05"),
        ("count.date", "5-1-2026", "2026-01-05"),
        ("count.date", "2026-01-05", "2026-01-05"),
        ("count.date", date(2026, 1, 5), "2026-01-05"),
        ("count.date", "29/02/2028", "2028-02-29"),
        ("kinds", ["other", "internal", "other"], ["internal", "other"]),
        ("conditional_business_lines", [189, "97", 97], [97, 189]),
        ("conditional_business_lines", [], []),
        ("remote", ["none"], ["none"]),
        ("remote", [], None),
        ("risk_assessed_level", 0, 0),
        ("proposed_level", "4", 4),
        ("design.file", FILE, FILE),
        ("delegate.used", False, False),
    ],
)
def test_taken(question, raw, stored):
    result = value(question, raw)
    assert result == stored
    assert type(result) is type(stored)


@pytest.mark.parametrize(
    ("question", "raw", "words"),
    [
        ("basic_data_subjects", "3,2", ["số nguyên từ 0", "«3,2»"]),
        ("basic_data_subjects", "1.85", ["«1.85»", "1.850.000"]),
        ("basic_data_subjects", "1e5", ["«1e5»"]),
        ("basic_data_subjects", -1, ["từ 0"]),
        ("basic_data_subjects", "9" * 6000, ["số nguyên từ 0", "999…"]),
        ("basic_data_subjects", True, ["số nguyên"]),
        ("count.date", "31/02/2026", ["ngày có thật", "05/01/2026"]),
        ("count.date", "05/01/26", ["năm phải đủ bốn chữ số", "05/01/2026"]),
        ("delegate.used", "Có", ["«Có» hoặc «Không»"]),
        ("delegate.used", 1, ["Ủy quyền"]),
        ("system.stage", "running", ["trong danh sách", "Đang vận hành"]),
        ("kinds", ["internal", "intern"], ["ngoài danh sách", "intern"]),
        ("kinds", "internal", ["danh sách"]),
        ("kinds", ["internal", ["x"]], ["ngoài danh sách", "x"]),
        ("remote", ["none", "defence"], ["Không có trường hợp nào ở trên", "một mình"]),
        ("proposed_level", 6, ["từ 1 đến 5"]),
        ("proposed_level", 0, ["từ 1 đến 5"]),
        ("prime_minister_level", 1, ["từ 2 đến 5"]),
        ("conditional_business_lines", [199], ["từ 1 đến 198"]),
        ("conditional_business_lines", ["bưu chính"], ["bưu chính"]),
        ("devices", [{"name": "A", "note": "x"}], ["dòng 1", "note"]),
        ("devices", ["A"], ["dòng 1"]),
        ("devices", "A", ["bảng"]),
        ("design.file", {**FILE, "media_type": "image/png"}, ["PDF", "tep.pdf"]),
        ("design.file", {"name": "tep.pdf"}, ["tệp đính kèm"]),
        ("owner.name", 5, ["Tên chủ quản"]),
    ],
)
def test_refused_with_place_rule_what_stands_there_and_remedy(question, raw, words):
    with pytest.raises(AnswerError) as error:
        value(question, raw)
    message = str(error.value)
    assert message.startswith(f"«{forms().question(question).name}»: ")
    assert [word for word in words if word not in message] == []
    assert "hãy" in message
    assert not any(word in message for word in ("vui lòng", "không hợp lệ", "!"))


def test_a_table_keeps_what_was_typed_and_drops_empty_rows():
    rows = value(
        "devices",
        [
            {"name": " Tường lửa ", "quantity": "2", "location": None},
            {"name": "", "quantity": None},
            {"name": "Máy chủ", "quantity": "hai"},
            {"name": "Tủ đĩa", "quantity": 1.0},
        ],
    )
    assert [(row["name"], row["quantity"], row["zone"]) for row in rows] == [
        ("Tường lửa", 2, None),
        ("Máy chủ", "hai", None),
        ("Tủ đĩa", 1, None),
    ]


def test_a_vlan_from_a_sheet_is_text():
    assert value("zones", [{"name": "DMZ", "vlan": 110.0}])[0]["vlan"] == "110"


def test_a_normalised_value_stays_as_it_is():
    for question in forms().questions:
        if question.type in QUESTION_TYPES and question.default is not None:
            once = normalise(question, question.default)
            assert normalise(question, once) == once
    rows = value("devices", [{"name": "A", "quantity": "1.000"}])
    assert value("devices", rows) == rows


def test_every_type_of_the_registry_is_used():
    assert {question.type for question in forms().questions} == set(QUESTION_TYPES)
