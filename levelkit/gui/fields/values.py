"""Stored values as people read them: numbers, dates, file sizes. No Qt."""

from __future__ import annotations

from levelkit.domain.text import format_number, format_size


def show_date(iso: str) -> str:
    """Write ``2026-01-05`` as ``05/01/2026``."""
    year, month, day = iso.split("-")
    return f"{day}/{month}/{year}"


def show_cell(value: str | int | None) -> str:
    """Write a table cell: whole numbers with their points, empty cells empty."""
    if value is None:
        return ""
    return format_number(value) if isinstance(value, int) else value


def show_size(size: int) -> str:
    """Write a size in bytes: ``3,2 MB``."""
    return format_size(size)


def first_upper(text: str) -> str:
    """Capitalise the first letter only: «điểm a khoản 2» → «Điểm a khoản 2»."""
    return text[:1].upper() + text[1:]
