"""Sheets: which row holds the headings, what kind of sheet it is, what each column answers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pydantic import Field, ValidationError

from levelkit.domain.base import Model
from levelkit.errors import ImportFileError
from levelkit.sheets.values import text_of
from levelkit.sheets.words import SheetWords, key_of, words
from levelkit.strict_yaml import read_yaml

if TYPE_CHECKING:
    from pathlib import Path

    from levelkit.sheets.source import Grid

SEARCHED_ROWS = 60
_ASIDE = re.compile(r"\([^)]*\)")
_AGAIN = re.compile(r"\n#\d+\Z")


class SheetMapping(Model):
    """How one sheet is read: its kind, and heading → column of that kind; None leaves a column out."""

    kind: str | None
    columns: dict[str, str | None] = Field(default_factory=dict)


class Mapping(Model):
    """A mapping that an organisation keeps, by the names of its sheets."""

    sheets: dict[str, SheetMapping] = Field(default_factory=dict)


@dataclass(frozen=True)
class Layout:
    """How one sheet is read.

    Attributes:
        kind: ``systems``, ``devices`` …; a key of ``words().sheets``.
        row: index of the row of headings, from 0.
        headings: column index → heading, hidden columns left out; one that stands there twice is told apart
            by what :func:`shown` takes away.
        columns: column index → column of the kind.
        ignored: headings of visible columns that answer nothing, and of hidden ones.
    """

    kind: str
    row: int
    headings: dict[int, str]
    columns: dict[int, str]
    ignored: tuple[str, ...] = field(default=())


def read_mapping(path: Path) -> Mapping:
    """Read a mapping file (YAML).

    Raises:
        ImportFileError: it cannot be read, or names kinds or columns that there are not.
    """
    try:
        raw = read_yaml(path.read_text(encoding="utf-8-sig"))
        found = Mapping.model_validate(raw)
    except (OSError, UnicodeDecodeError):
        raise ImportFileError(f"Không đọc được tệp ghép cột «{path}». Hãy kiểm tra đường dẫn.") from None
    except (ValidationError, ValueError) as error:
        raise ImportFileError(
            f"Tệp ghép cột «{path}» viết chưa đúng. Hãy viết: sheets, tên trang tính, kind và columns."
        ) from error
    known = words().sheets
    for name, sheet in found.sheets.items():
        if sheet.kind is not None and sheet.kind not in known:
            raise ImportFileError(
                f"Tệp ghép cột «{path}», trang «{name}»: không có loại «{sheet.kind}». "
                f"Hãy chọn {', '.join(known)}."
            )
        columns = known[sheet.kind].columns if sheet.kind else {}
        for heading, column in sheet.columns.items():
            if column is not None and column not in columns:
                raise ImportFileError(
                    f"Tệp ghép cột «{path}», trang «{name}», cột «{heading}»: không có «{column}». "
                    f"Hãy chọn {', '.join(columns)}."
                )
    return found


def find_layout(grid: Grid, mapping: Mapping) -> Layout | None:
    """Return how a sheet is read, None where it is no sheet of an inventory."""
    given = mapping.sheets.get(grid.name)
    if given is not None and given.kind is None:
        return None
    kinds = [given.kind] if given is not None and given.kind else list(words().sheets)
    chosen = {key_of(heading): column for heading, column in given.columns.items()} if given else {}
    best: tuple[tuple[int, int], Layout] | None = None
    for kind in kinds:
        sheet = words().sheets[kind]
        named = 2 * (key_of(grid.name) in sheet.keys)
        for row in range(min(len(grid.rows), SEARCHED_ROWS)):
            columns = _columns(grid, row, sheet, chosen)
            if not _enough(columns, sheet):
                continue
            score = (len(columns) + named, -row)
            if best is None or score > best[0]:
                best = score, Layout(kind, row, _headings(grid, row), columns)
    if best is None:
        return None
    found = best[1]
    hidden = [
        text_of(cell) or _above(grid, found.row, index)
        for index, cell in enumerate(grid.rows[found.row])
        if index in grid.hidden_columns
    ]
    ignored = [shown(heading) for index, heading in found.headings.items() if index not in found.columns]
    return Layout(
        found.kind,
        found.row,
        found.headings,
        found.columns,
        tuple(heading for heading in (*ignored, *hidden) if heading),
    )


def shown(heading: str) -> str:
    """Return a heading as it stands in the sheet."""
    return _AGAIN.sub("", heading)


def headings_of(grid: Grid) -> tuple[str, ...]:
    """Return the headings of a sheet that is left out: its first row filled like most; never values."""
    rows = grid.rows[:SEARCHED_ROWS]
    filled = [sum(isinstance(cell, str) and bool(cell.strip()) for cell in row) for row in rows]
    enough = max(filled, default=0) / 2
    first = next((row for row, texts in zip(rows, filled, strict=True) if texts and texts >= enough), [])
    return tuple(text for cell in first if isinstance(cell, str) and (text := text_of(cell)))


def _enough(columns: dict[int, str], sheet: SheetWords) -> bool:
    found = set(columns.values())
    needed = {name for name, column in sheet.columns.items() if column.required or column.type == "role"}
    if sheet.table is None and not needed:
        needed = {"name"}
    return needed <= found and len(found) >= 2


def _headings(grid: Grid, row: int) -> dict[int, str]:
    found: dict[int, str] = {}
    for index, cell in enumerate(grid.rows[row]):
        if index in grid.hidden_columns:
            continue
        heading = text_of(cell)
        if not heading and any(_filled(line, index) for line in grid.rows[row + 1 :]):
            above = _above(grid, row, index)
            heading = above or f"Cột {_letters(index)}"
        if heading:
            again = sum(shown(one) == heading for one in found.values())
            found[index] = f"{heading}\n#{again + 1}" if again else heading
    return found


def _columns(grid: Grid, row: int, sheet: SheetWords, chosen: dict[str, str | None]) -> dict[int, str]:
    found: dict[int, str] = {}
    for index, cell in enumerate(grid.rows[row]):
        if index in grid.hidden_columns or not isinstance(cell, str):
            continue
        heading = text_of(cell)
        above = _above(grid, row, index)
        names = [heading, _ASIDE.sub(" ", heading), f"{above} {heading}" if above else "", above]
        for name in (key_of(one) for one in names if one):
            if name in chosen:
                column = chosen[name]
            else:
                column = next((one for one, known in sheet.columns.items() if name in known.keys), None)
            if name in chosen and column is None:
                break
            if column is not None and column not in found.values():
                found[index] = column
                break
    return found


def _above(grid: Grid, row: int, index: int) -> str:
    """Return the heading over a heading: a merged cell of the row above that covers this column."""
    for first_row, first, last_row, last in grid.merged:
        if first_row < row and first <= index <= last and (last_row == row - 1 or last_row >= row):
            return text_of(grid.rows[first_row][first])
    return ""


def _filled(line: list[Any], index: int) -> bool:
    return index < len(line) and text_of(line[index]) != ""


def _letters(index: int) -> str:
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name
