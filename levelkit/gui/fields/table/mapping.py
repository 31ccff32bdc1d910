"""Which pasted column goes into which table column, told by Vietnamese headings. No Qt."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from levelkit.domain.text import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from levelkit.questionnaire.schema import Column

Row = dict[str, Any]
_FILLERS = {"ten", "cac", "cua", "va"}
_NUMBERING = {"tt", "stt", "so tt"}
ENOUGH = 0.5


@dataclass(frozen=True)
class Pasted:
    """What a paste brings: rows by column id, headings of columns not used, columns filled."""

    rows: tuple[Mapping[str, str], ...]
    unused: tuple[str, ...]
    columns: tuple[str, ...]
    had_heading: bool


def _words(text: str) -> frozenset[str]:
    words = [word for word in re.split(r"[^0-9a-z]+", fold(text)) if word]
    kept = [word for word in words if word not in _FILLERS]
    return frozenset(kept or words)


def _likeness(heading: str, label: str) -> float:
    if fold(heading).strip() == fold(label).strip():
        return 2.0
    ours, theirs = _words(label), _words(heading)
    if not ours or not theirs:
        return 0.0
    return len(ours & theirs) / len(ours | theirs)


def match_headings(cells: Sequence[str], columns: Sequence[Column]) -> dict[int, str]:
    """Pair pasted headings with columns, the most alike first: position → column id."""
    pairs = [
        (_likeness(cell, label), position, column.id)
        for position, cell in enumerate(cells)
        for column in columns
        for label in (column.label, *column.headings)
        if cell
    ]
    found: dict[int, str] = {}
    for likeness, position, column_id in sorted(pairs, key=lambda pair: (-pair[0], pair[1])):
        if likeness < ENOUGH:
            break
        if position not in found and column_id not in found.values():
            found[position] = column_id
    return found


def _is_heading(found: Mapping[int, str], cells: Sequence[str]) -> bool:
    filled = sum(1 for cell in cells if cell)
    return len(found) >= 2 or (len(found) == 1 and filled == 1)


def read_paste(cells: Sequence[Sequence[str]], columns: Sequence[Column], first: int) -> Pasted:
    """Give each pasted cell its column: by the heading row, else from column ``first`` on.

    A heading row is one of which at least two cells (or its only cell) name a column.
    """
    if not cells:
        return Pasted((), (), (), had_heading=False)
    found = match_headings(cells[0], columns)
    if _is_heading(found, cells[0]):
        unused = tuple(
            heading
            for position, heading in enumerate(cells[0])
            if heading and position not in found and fold(heading).strip() not in _NUMBERING
        )
        body, had_heading = cells[1:], True
    else:
        ids = [column.id for column in columns[first:]]
        found = dict(enumerate(ids[: len(cells[0])]))
        extra = len(cells[0]) - len(found)
        unused = tuple(f"thứ {len(found) + 1 + number}" for number in range(extra))
        body, had_heading = cells, False
    rows = tuple({column: row[position] for position, column in found.items()} for row in body if any(row))
    order = [column.id for column in columns if column.id in found.values()]
    return Pasted(rows, unused, tuple(order), had_heading)
