"""Workbooks as people keep them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import xlsxwriter

from levelkit.services.workspace import default_forms
from levelkit.sheets import Inventory, Mapping, read_book, read_inventory
from levelkit.sheets.inventory import Labels

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Sheets = dict[str, list[list[Any]]]


@pytest.fixture
def workbook(tmp_path: Path) -> Callable[..., Path]:
    """Write sheets (name → rows) as .xlsx; ``change(book, sheets)`` may do more to them."""

    def write(sheets: Sheets, change: Callable[..., None] | None = None, name: str = "kiem-ke.xlsx") -> Path:
        path = tmp_path / name
        with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False}) as book:
            made = {}
            for title, rows in sheets.items():
                made[title] = book.add_worksheet(title)
                for number, row in enumerate(rows):
                    made[title].write_row(number, 0, row)
            if change:
                change(book, made)
        return path

    return write


@pytest.fixture
def read() -> Callable[..., Inventory]:
    """Read a file as an inventory."""
    forms = default_forms()
    options = {q.id: {o.value: o.label for o in q.options} for q in forms.questions if q.options}

    def of(path: Path, mapping: Mapping | None = None) -> Inventory:
        return read_inventory(read_book(path), Labels(options, 198), mapping)

    return of
