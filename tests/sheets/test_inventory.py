"""Sheets as they really are: titles above, merged cells, totals, gaps, hidden columns, slips."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest

from levelkit.errors import ImportFileError
from levelkit.sheets import Mapping, read_book

DATA = Path(__file__).parent.parent / "data" / "sheets"
HEAD = ["STT", "Mã", "Tên hệ thống", "Loại hình", "Số chủ thể dữ liệu cơ bản", "Ghi chú"]


def only(found):
    assert len(found) == 1
    return found[0]


def test_titles_above_totals_below_and_gaps_between(workbook, read):
    path = workbook(
        {
            "Danh mục": [
                ["DANH MỤC HỆ THỐNG THÔNG TIN"],
                ["Đến ngày 30/10/2026"],
                [],
                HEAD,
                [1, "A-1", "Tra cứu hành trình", "b", "1.850.000", "xem lại"],
                [],
                [2, "A-2", "Thư điện tử", "phục vụ nội bộ", 8400, ""],
                HEAD,
                ["Tổng cộng", "", "", "", 1858400],
            ]
        }
    )
    found = read(path)
    assert [(line.code, line.row, line.answers["basic_data_subjects"]) for line in found.systems] == [
        ("A-1", 5, 1_850_000),
        ("A-2", 7, 8400),
    ]
    assert found.problems == []
    assert found.skipped == {"systems": 3}
    assert found.ignored == {"Danh mục": ["STT", "Ghi chú"]}
    assert found.systems[0].cells["Ghi chú"] == "xem lại"


def test_an_unreadable_cell_is_named_and_stays_unknown(workbook, read):
    path = workbook({"Sổ": [HEAD, [1, "A-1", "Tra cứu", "b", "hơn 3 triệu", ""], [2, "A-2", "", "b", 5, ""]]})
    found = read(path)
    line = only(found.systems)
    assert "basic_data_subjects" not in line.answers
    assert line.answers["kinds"] == ["citizen_business"]
    first, second = found.problems
    assert (first.sheet, first.row, first.column, first.value) == (
        "Sổ",
        2,
        "Số chủ thể dữ liệu cơ bản",
        "hơn 3 triệu",
    )
    assert "số xác định" in first.message
    assert (second.row, second.column) == (3, "Tên hệ thống")
    assert found.failed == {"systems": 1}


def test_an_empty_cell_is_unknown_never_none_or_no(workbook, read):
    found = read(workbook({"Sổ": [HEAD, [1, "A-1", "Tra cứu", "", "", ""]]}))
    assert set(only(found.systems).answers) == {"system.name"}
    assert found.problems == []


def test_hidden_columns_and_sheets_are_named_not_read_hidden_rows_are_read(workbook, read):
    def hide(_book, sheets):
        sheets["Sổ"].set_column(4, 4, None, None, {"hidden": True})
        sheets["Sổ"].set_row(1, None, None, {"hidden": True})
        sheets["Kín"].hide()

    path = workbook(
        {
            "Sổ": [HEAD, [1, "A-1", "Tra cứu", "b", 5, ""], [2, "A-2", "Kho", "a", 6, ""]],
            "Kín": [["Mã", "Tên hệ thống", "Mật khẩu"], ["A-3", "Ẩn", "bí mật"]],
        },
        hide,
    )
    found = read(path)
    assert [line.code for line in found.systems] == ["A-1", "A-2"]
    assert all("basic_data_subjects" not in line.answers for line in found.systems)
    assert "Số chủ thể dữ liệu cơ bản" in found.ignored["Sổ"]
    assert found.ignored["Kín"] == ["Mã", "Tên hệ thống", "Mật khẩu"]
    assert "bí mật" not in str(found.ignored)
    assert all("Số chủ thể dữ liệu cơ bản" not in line.cells for line in found.systems)


@pytest.mark.parametrize("ending", ["xls", "ods"])
def test_hidden_columns_sheets_and_rows_of_other_programs(read, ending):
    found = read(DATA / f"cot-an.{ending}")
    assert [line.code for line in found.systems] == ["A-1", "A-2"]
    assert all("basic_data_subjects" not in line.answers for line in found.systems)
    assert found.ignored == {
        "Sổ": ["Số chủ thể dữ liệu cơ bản"],
        "Ẩn": ["Mã", "Tên hệ thống", "Mk"],
    }


def test_a_system_whose_name_begins_like_a_total_is_a_system(workbook, read):
    rows = [HEAD, [1, "A-1", "Tổng công đoàn số", "a"], [2, "A-2", "Tổng số hóa tài liệu", "a"]]
    totals = [["", "", "Tổng số hệ thống", "", 2], ["Tổng cộng", "", "", "", 2], [3, "Tổng", "", "", 2]]
    found = read(workbook({"Sổ": [*rows, *totals]}))
    assert [line.code for line in found.systems] == ["A-1", "A-2"]
    assert found.skipped == {"systems": 3}


def test_a_text_file_in_the_old_code_page(tmp_path, read):
    path = tmp_path / "so.csv"
    tones = {"ã": "a\u0303", "ệ": "ê\u0323", "ố": "ô\u0301", "ử": "ư\u0309"}
    text = "Mã;Tên hệ thống\nA-1;Bưu gửi\n"
    path.write_bytes("".join(tones.get(letter, letter) for letter in text).encode("cp1258"))
    assert only(read(path).systems).name == "Bưu gửi"


def test_a_formula_of_an_open_document_without_a_value_is_a_problem(read):
    found = read(DATA / "cot-an.ods")
    assert [(one.row, one.column) for one in found.problems] == [(2, "Số chủ thể dữ liệu nhạy cảm")]


def test_a_cell_far_away_is_refused_before_memory_is_asked_for(workbook):
    def far(_book, sheets):
        sheets["Sổ"].write(1048575, 16383, "x")

    with pytest.raises(ImportFileError, match="quá nhiều ô"):
        read_book(workbook({"Sổ": [HEAD, [1, "A-1", "Tra cứu"]]}, far))


@pytest.mark.parametrize("change", [{2341: 148}, {2565: 247, 2611: 91}])
def test_an_xls_that_claims_sizes_is_no_crash(tmp_path, change):
    data = bytearray((DATA / "cot-an.xls").read_bytes())
    for at, byte in change.items():
        data[at] = byte
    path = tmp_path / "hong.xls"
    path.write_bytes(data)
    with pytest.raises(ImportFileError, match="hỏng"):
        read_book(path)


def test_a_formula_that_gives_no_letters_has_a_value(workbook, tmp_path, read):
    def formulas(_book, sheets):
        for column in range(2, 5):
            sheets["Sổ"].write_formula(2, column, '=IF(A9="","",A9)', None, "")

    path = workbook({"Sổ": [HEAD, [1, "A-1", "Tra cứu"], [], [3, "A-3", "Kho"]]}, formulas)
    saved = tmp_path / "excel-luu.xlsx"
    with zipfile.ZipFile(path) as before, zipfile.ZipFile(saved, "w") as after:
        for name in before.namelist():
            as_excel_does = re.sub(rb'(<c r="[C-E]3")', rb'\1 t="str"', before.read(name))
            after.writestr(name, as_excel_does)
    assert {one.row for one in read(path).problems} == {3}
    found = read(saved)
    assert [line.code for line in found.systems] == ["A-1", "A-3"]
    assert found.problems == []
    assert found.skipped == {"systems": 1}


def test_a_text_file_with_an_open_quotation_mark_loses_no_row(tmp_path):
    path = tmp_path / "so.csv"
    path.write_text('Mã;Tên hệ thống\nA-1;"Tra cứu\nA-2;Kho\n', encoding="utf-8")
    with pytest.raises(ImportFileError, match="ngoặc kép"):
        read_book(path)


def test_old_fonts_in_a_text_file_without_unicode(tmp_path, read):
    path = tmp_path / "so.csv"
    path.write_bytes("Ma;Ten he thong;Chuc nang\nA-1;Tra cuu;HÖ thèng b­u chÝnh\n".encode("latin-1"))
    found = read(path)
    assert "Hệ thống bưu chính" in only(found.problems).message


def test_a_formula_gives_its_stored_value_and_without_one_is_a_problem(workbook, read):
    def formulas(_book, sheets):
        sheets["Sổ"].write_formula(1, 4, "=2+3", None, 5)
        sheets["Sổ"].write_formula(2, 4, "=2+3", None, "")

    path = workbook({"Sổ": [HEAD, [1, "A-1", "Tra cứu", "b"], [2, "A-2", "Kho", "a"]]}, formulas)
    found = read(path)
    assert found.systems[0].answers["basic_data_subjects"] == 5
    assert "basic_data_subjects" not in found.systems[1].answers
    assert "công thức" in only(found.problems).message


def test_merged_headings_and_merged_codes(workbook, read):
    def merge(_book, sheets):
        sheets["Sổ"].merge_range(0, 2, 0, 3, "Số chủ thể dữ liệu")
        sheets["Thiết bị"].merge_range(1, 0, 2, 0, "A-1")
        sheets["Thiết bị"].merge_range(3, 0, 3, 3, "Thiết bị dùng chung")

    path = workbook(
        {
            "Sổ": [["", "", "", ""], ["Mã", "Tên hệ thống", "Cơ bản", "Nhạy cảm"], ["A-1", "Tra cứu", 10, 2]],
            "Thiết bị": [
                ["Mã hệ thống", "Tên thiết bị", "SL", "Vị trí"],
                ["", "Tường lửa", 2, "Hà Nội"],
                ["", "Máy chủ", "hai", "Hà Nội"],
            ],
        },
        merge,
    )
    found = read(path)
    answers = only(found.systems).answers
    assert (answers["basic_data_subjects"], answers["sensitive_data_subjects"]) == (10, 2)
    assert [(part.owner, part.values.get("quantity")) for part in found.parts] == [("A-1", 2), ("A-1", None)]
    assert only(found.problems).value == "hai"
    assert found.skipped == {"devices": 1}


def test_text_of_an_old_font_is_a_problem_not_a_name(workbook, read):
    found = read(workbook({"Sổ": [HEAD, [1, "A-1", "HÖ thèng b­u göi", "b", 5, ""]]}))
    assert found.systems == []
    assert "TCVN3" in found.problems[0].message
    assert "Hệ thống bưu gửi" in found.problems[0].message


@pytest.mark.parametrize(("encoding", "separator"), [("utf-8-sig", ";"), ("utf-16", "\t"), ("utf-8", ",")])
def test_text_files_as_excel_saves_them(tmp_path, read, encoding, separator):
    rows = [["Mã", "Tên hệ thống", "Chức năng"], ["A-1", "Tra cứu", 'Dòng 1\nvà "dòng 2"']]
    lines = [separator.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows]
    path = tmp_path / "so.csv"
    path.write_bytes("\r\n".join(lines).encode(encoding))
    line = only(read(path).systems)
    assert (line.code, line.name) == ("A-1", "Tra cứu")
    assert line.answers["system.function"] == 'Dòng 1\nvà "dòng 2"'


def test_the_organisations_own_headings_by_a_mapping(workbook, read):
    path = workbook({"Bảng 1": [["Ký hiệu nội bộ", "Phần mềm nghiệp vụ", "Chủ thể"], ["A-1", "Tra cứu", 7]]})
    with pytest.raises(ImportFileError, match="tiêu đề"):
        read(path)
    mapping = Mapping.model_validate(
        {
            "sheets": {
                "Bảng 1": {
                    "kind": "systems",
                    "columns": {"Ký hiệu nội bộ": "code", "Phần mềm nghiệp vụ": "name", "Chủ thể": "basic"},
                }
            }
        }
    )
    line = only(read(path, mapping).systems)
    assert (line.code, line.answers["basic_data_subjects"]) == ("A-1", 7)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"   ",
        b"PK\x03\x04 not really",
        b"\xd0\xcf\x11\xe0" + b"\x00" * 600,
        b"\x89PNG\r\n\x1a\n\x00\x00",
        b"%PDF-1.7",
    ],
    ids=["empty", "blank", "zip", "ole", "png", "pdf"],
)
def test_a_file_that_is_no_sheet(tmp_path, read, content):
    path = tmp_path / "so.xlsx"
    path.write_bytes(content)
    with pytest.raises(ImportFileError, match=r"so\.xlsx"):
        read(path)


def test_no_file_and_a_folder(tmp_path):
    for path in (tmp_path / "khong-co.xlsx", tmp_path):
        with pytest.raises(ImportFileError):
            read_book(path)


def test_a_company_called_total_is_no_total(workbook, read):
    path = workbook(
        {
            "Đơn vị": [
                ["Vai trò", "Tên", "Chức vụ"],
                ["Chủ quản hệ thống thông tin", "Tổng công ty Bưu chính", "Tổng Giám đốc"],
            ]
        }
    )
    assert only(read(path).units).values["name"] == "Tổng công ty Bưu chính"
