"""Reading an inventory of ten thousand rows, beside the bare cells as the library gives them."""

from __future__ import annotations

import tempfile
from pathlib import Path
from time import process_time

import xlsxwriter
from python_calamine import CalamineWorkbook

from levelkit.services.importing import labels_of
from levelkit.services.workspace import default_forms
from levelkit.sheets import read_book, read_inventory
from tests.benchmarks.table import Row, alternate

RUNS = 5
ROWS = 10_000
HEADINGS = (
    *("Mã", "Tên hệ thống", "Loại hình", "Chức năng", "Đơn vị vận hành", "Loại thông tin"),
    *("Số chủ thể dữ liệu cơ bản", "Số chủ thể dữ liệu nhạy cảm", "Ngày đưa vào vận hành", "Ghi chú"),
)


def _written(path: Path) -> None:
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Hệ thống")
        sheet.write_row(0, 0, HEADINGS)
        for row in range(1, ROWS + 1):
            cells = (f"HT-{row}", f"Hệ thống quản lý bưu gửi số {row}", "phục vụ người dân")
            more = ("Nhận, chia chọn, phát bưu gửi", "Trung tâm Công nghệ thông tin", "Thông tin cá nhân")
            sheet.write_row(row, 0, (*cells, *more, "1.850.000", row, "01/05/2019", "xem lại"))


def measure() -> list[Row]:
    """Return one row: cells understood against cells read."""
    labels = labels_of(default_forms())
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "kiem-ke.xlsx"
        _written(path)

        def bare() -> float:
            began = process_time()
            CalamineWorkbook.from_path(str(path)).get_sheet_by_name("Hệ thống").to_python()
            return process_time() - began

        def ours() -> float:
            began = process_time()
            found = read_inventory(read_book(path), labels)
            assert len(found.systems) == ROWS
            return process_time() - began

        mine, theirs = alternate(RUNS, ours, bare)
    return [Row(f"đọc hiểu {ROWS} dòng kiểm kê", mine, "đọc ô trần bằng calamine", theirs, "s CPU", 5.0)]
