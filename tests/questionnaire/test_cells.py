"""Cells to mend: row, column, what stands there, what to type."""

from __future__ import annotations

import pytest

from levelkit.questionnaire import normalise, table_problems
from levelkit.questionnaire.cells import read_networks

from .filler import forms


def problems(table, *rows, **answers):
    question = forms().question(table)
    return table_problems(forms(), question, normalise(question, list(rows)), answers)


DEVICE = {"name": "Tường lửa", "location": "Tủ A1", "purpose": "Biên"}


def test_a_number_in_words_is_named_with_the_figure_to_type():
    (problem,) = problems("devices", DEVICE, {**DEVICE, "quantity": "hai"})
    assert (problem.row, problem.column, problem.severity) == (2, "quantity", "error")
    assert problem.message == "Dòng 2, Số lượng: phải là số nguyên từ 1. Ô đang ghi «hai», hãy gõ 2."


@pytest.mark.parametrize(("quantity", "words"), [(0, "số nguyên từ 1"), ("vài", "chữ số"), ("2,5", "«2,5»")])
def test_a_quantity_is_a_whole_number_from_one(quantity, words):
    (problem,) = problems("devices", {**DEVICE, "quantity": quantity})
    assert words in problem.message


def test_a_zone_must_be_among_the_zones():
    zones = [{"name": "DMZ"}, {"name": "Ứng dụng"}]
    (problem,) = problems(
        "devices", {**DEVICE, "zone": "Vùng kho"}, {**DEVICE, "zone": "ứng dụng"}, zones=zones
    )
    assert problem.message == (
        "Dòng 1, Vùng mạng: chưa có «Vùng kho». Chọn mục có sẵn, hoặc thêm mục này ở phần «Vùng mạng và IP»."
    )


@pytest.mark.parametrize("missing", ["name", "location", "purpose"])
def test_a_required_cell(missing):
    (problem,) = problems("devices", {**DEVICE, missing: None, "model": "X"})
    assert (problem.column, problem.severity) == (missing, "error")


def test_a_service_needs_its_server():
    (problem,) = problems("services", {"name": "Cổng", "purpose": "Tra cứu"})
    assert problem.column == "servers"


@pytest.mark.parametrize(
    ("column", "cell", "severity"),
    [
        ("private_ip", "10.1.20.0/24", None),
        ("private_ip", "10.1.20.0/24; 192.168.1.5", None),
        ("private_ip", "10.1.20.5 - 10.1.20.9", None),
        ("private_ip", "fd00:12::/48", None),
        ("private_ip", "Không có", None),
        ("private_ip", "203.0.113.8/29", "warning"),
        ("private_ip", "8.8.8.8", "warning"),
        ("private_ip", "10.1.300.0/24", "error"),
        ("private_ip", "10.1.20.0/40", "error"),
        ("private_ip", "vùng A", "error"),
        ("public_ip", "203.0.113.8/29", None),
        ("public_ip", "2001:db8::1", None),
        ("public_ip", "10.1.20.0/24", "warning"),
        ("public_ip", "100.64.1.1", "warning"),
        ("vlan", "110", None),
        ("vlan", "110, 120", None),
        ("vlan", "5000", "warning"),
        ("vlan", "kho", "warning"),
    ],
)
def test_addresses(column, cell, severity):
    found = problems("zones", {"name": "DMZ", column: cell})
    assert [problem.severity for problem in found] == ([severity] if severity else [])
    assert all(problem.message.startswith("Dòng 1, ") for problem in found)


def test_ranges_of_two_families_are_no_range():
    assert read_networks("10.0.0.1-fd00::1") == ([], ["10.0.0.1-fd00::1"])


def test_scores_run_from_one_to_five():
    (problem,) = problems("risk.threats", {"threat": "Lộ dữ liệu", "likelihood": 6, "effect": 5})
    assert problem.column == "likelihood"
    assert "từ 1 đến 5" in problem.message


RISK = {"threat": "Lộ dữ liệu người nhận", "likelihood": 3, "effect": 4}


def test_rows_of_the_older_register_keep_working():
    assert (
        problems("risk.threats", {**RISK, "weakness": None, "affected": "Người nhận", "measure": "Che số"})
        == ()
    )


@pytest.mark.parametrize("typed", ["chuyen giao", "Chuyển giao", "transfer", " CHUYỂN  GIAO "])
def test_a_choice_in_a_cell_is_stored_by_its_value(typed):
    question = forms().question("risk.threats")
    (row,) = normalise(question, [{**RISK, "treatment": typed}])
    assert row["treatment"] == "transfer"
    assert question.column("treatment").shown(row["treatment"]) == "Chuyển giao"


def test_a_choice_that_is_none_stays_and_is_named():
    (problem,) = problems("risk.threats", {**RISK, "treatment": "để đó"})
    assert problem.column == "treatment"
    assert "«để đó»" in problem.message
    assert "«Chấp nhận»" in problem.message


@pytest.mark.parametrize("typed", ["20/12/2026", "2026-12-20", "20-12-2026"])
def test_a_date_in_a_cell_is_stored_as_a_day(typed):
    (row,) = normalise(forms().question("risk.threats"), [{**RISK, "due": typed}])
    assert row["due"] == "2026-12-20"


def test_a_day_that_is_none_stays_and_is_named():
    (problem,) = problems("risk.threats", {**RISK, "due": "30/02/2027"})
    assert (problem.column, problem.severity) == ("due", "error")
    assert "«30/02/2027»" in problem.message
