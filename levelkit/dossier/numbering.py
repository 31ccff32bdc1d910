"""Dossier: headings, tables and figures numbered in the order in which a template prints them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """One line of the table of contents: depth from 1, text, the anchor that it leads to."""

    depth: int
    text: str
    anchor: str


class Numbering:
    """Counts while one template is rendered; the table of contents is printed from what it saw."""

    def __init__(self) -> None:
        self._entries: list[Entry] = []
        self._tables = 0
        self._figures = 0

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Every heading seen so far."""
        return tuple(self._entries)

    def heading(self, depth: int, text: str) -> Entry:
        """Note a heading and return its entry."""
        entry = Entry(depth, text, f"muc-{len(self._entries) + 1}")
        self._entries.append(entry)
        return entry

    def table(self) -> int:
        """Return the next table's number."""
        self._tables += 1
        return self._tables

    def figure(self) -> int:
        """Return the next figure's number."""
        self._figures += 1
        return self._figures
