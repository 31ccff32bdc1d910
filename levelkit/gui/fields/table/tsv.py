"""The text that spreadsheets put on the clipboard: tab-separated, cells with line breaks in quotes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from levelkit.domain.text import nfc

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def read_tsv(text: str) -> list[list[str]]:
    """Read clipboard text into rows of equal length, NFC, each cell stripped.

    A cell that begins with a quotation mark is quoted only when a matching closing one stands before a
    tab or a line end; else the mark is part of the text (a name such as ``"An" và con``).
    """
    text = nfc(text).replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    rows: list[list[str]] = []
    row: list[str] = []
    at = 0
    while at <= len(text):
        cell, at = _cell(text, at)
        row.append(cell.strip())
        if at >= len(text) or text[at] == "\n":
            rows.append(row)
            row = []
        at += 1
    while rows and not any(rows[-1]):
        rows.pop()
    width = max((len(cells) for cells in rows), default=0)
    return [cells + [""] * (width - len(cells)) for cells in rows]


def _cell(text: str, at: int) -> tuple[str, int]:
    """One cell from ``at`` on, and where its separator stands."""
    if text[at : at + 1] == '"':
        quoted = _quoted(text, at)
        if quoted is not None:
            return quoted
    ends = [end for end in (text.find("\t", at), text.find("\n", at)) if end >= 0]
    end = min(ends, default=len(text))
    return text[at:end], end


def _quoted(text: str, at: int) -> tuple[str, int] | None:
    parts: list[str] = []
    start = at + 1
    while True:
        end = text.find('"', start)
        if end < 0:
            return None
        parts.append(text[start:end])
        if text[end + 1 : end + 2] == '"':
            parts.append('"')
            start = end + 2
            continue
        if text[end + 1 : end + 2] in {"", "\t", "\n"}:
            return "".join(parts), end + 1
        return None


def write_tsv(rows: Iterable[Sequence[object]]) -> str:
    """Write rows as spreadsheets read them."""
    return "\n".join("\t".join(_quote(cell) for cell in row) for row in rows)


def _quote(cell: object) -> str:
    text = "" if cell is None else str(cell)
    if any(mark in text for mark in '\t\n"'):
        return '"' + text.replace('"', '""') + '"'
    return text
