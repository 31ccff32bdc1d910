"""Stored values as people read them: numbers, dates, file sizes. No Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from levelkit.domain.text import format_number, format_size
from levelkit.questionnaire.types import parse_date

if TYPE_CHECKING:
    from levelkit.questionnaire import Column


def show_date(iso: str) -> str:
    """Write ``2026-01-05`` as ``05/01/2026``."""
    year, month, day = iso.split("-")
    return f"{day}/{month}/{year}"


def show_cell(column: Column, value: str | int | None) -> str:
    """Write a table cell: numbers with their points, days, options in words, empty cells empty."""
    if value is None:
        return ""
    if column.type == "date" and parse_date(value) == value:
        return show_date(str(value))
    shown = column.shown(value)
    return format_number(shown) if isinstance(shown, int) else shown


def show_size(size: int) -> str:
    """Write a size in bytes: ``3,2 MB``."""
    return format_size(size)


def first_upper(text: str) -> str:
    """Capitalise the first letter only: «điểm a khoản 2» → «Điểm a khoản 2»."""
    return text[:1].upper() + text[1:]
