"""Reading what spreadsheets put on the clipboard, and which column goes where."""

from __future__ import annotations

import pytest

from levelkit.gui.fields.table.mapping import match_headings, read_paste
from levelkit.gui.fields.table.tsv import read_tsv, write_tsv
from levelkit.questionnaire import load_forms


@pytest.fixture(scope="module")
def columns():
    forms = load_forms()
    return {name: forms.question(name).columns for name in ("devices", "services", "zones", "connections")}


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("a\tb\r\nc\td\r\n", [["a", "b"], ["c", "d"]]),
        ('"hai\ndòng"\tb\n', [["hai\ndòng", "b"]]),
        ('"nói ""có"""\tb', [['nói "có"', "b"]]),
        ('"An" và con\tb', [['"An" và con', "b"]]),
        ("a\n\nb\tc\n\n", [["a", ""], ["", ""], ["b", "c"]]),
        ("một ô", [["một ô"]]),
        ("", []),
    ],
)
def test_clipboard_text(text, rows):
    assert read_tsv(text) == rows


def test_what_is_written_reads_back():
    rows = [["a", 'nói "có"', "hai\ndòng"], ["b\tc", "", "d"]]
    assert read_tsv(write_tsv(rows)) == rows


@pytest.mark.parametrize(
    ("table", "headings", "found"),
    [
        (
            "devices",
            [
                "Mã hệ thống",
                "Tên thiết bị",
                "Chủng loại",
                "Số lượng",
                "Vị trí triển khai",
                "Mục đích sử dụng",
            ],
            {1: "name", 2: "model", 3: "quantity", 4: "location", 5: "purpose"},
        ),
        ("devices", ["TÊN THIẾT BỊ", "SO LUONG", "Vùng"], {0: "name", 1: "quantity", 2: "zone"}),
        (
            "services",
            ["Mã hệ thống", "Dịch vụ / ứng dụng", "Máy chủ", "Hệ điều hành", "Vị trí triển khai"],
            {1: "name", 2: "servers", 3: "os", 4: "location"},
        ),
        (
            "zones",
            ["Vùng mạng", "IP Private", "IP Public", "VLAN"],
            {0: "name", 1: "private_ip", 2: "public_ip", 3: "vlan"},
        ),
        (
            "connections",
            ["Từ", "Đến", "Nội dung trao đổi", "Tần suất"],
            {0: "from", 1: "to", 2: "content", 3: "frequency"},
        ),
    ],
)
def test_headings_of_an_inventory(columns, table, headings, found):
    assert match_headings(headings, columns[table]) == found


def test_numbering_is_dropped_and_other_columns_are_named(columns):
    text = "STT\tTên thiết bị\tSố lượng\tGhi chú\n1\tTường lửa\t2\tcũ\n"
    pasted = read_paste(read_tsv(text), columns["devices"], 0)
    assert pasted.had_heading
    assert pasted.rows == ({"name": "Tường lửa", "quantity": "2"},)
    assert pasted.unused == ("Ghi chú",)


def test_without_headings_cells_go_from_the_current_column_on(columns):
    pasted = read_paste([["FG-200F", "2"], ["C9300", "4"]], columns["devices"], 1)
    assert not pasted.had_heading
    assert pasted.rows == ({"model": "FG-200F", "quantity": "2"}, {"model": "C9300", "quantity": "4"})


def test_columns_that_stick_out_are_counted(columns):
    pasted = read_paste([["a", "b", "c"]], columns["devices"], len(columns["devices"]) - 2)
    assert len(pasted.columns) == 2
    assert pasted.unused == ("thứ 3",)
