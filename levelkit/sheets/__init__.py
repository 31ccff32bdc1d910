"""Sheets: an organisation's own inventory, read from the files that office programs save."""

from __future__ import annotations

from levelkit.sheets.inventory import Inventory, PartLine, Problem, SystemLine, read_inventory
from levelkit.sheets.layout import Mapping, read_mapping
from levelkit.sheets.source import Book, Grid, read_book

__all__ = [
    "Book",
    "Grid",
    "Inventory",
    "Mapping",
    "PartLine",
    "Problem",
    "SystemLine",
    "read_book",
    "read_inventory",
    "read_mapping",
]
