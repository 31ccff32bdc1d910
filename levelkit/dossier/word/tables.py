"""Word: tables, row by row: widths, merged cells, repeated heads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from levelkit.dossier.renderer import LayoutFault
from levelkit.dossier.word import cascade
from levelkit.dossier.word.blocks import keep_next
from levelkit.dossier.word.model import Block, Borders, Cell, Paragraph, Row, Table

if TYPE_CHECKING:
    from levelkit.dossier.word.source import Source

_SIDES = ("top", "right", "bottom", "left")
_VERTICAL = {"top": "top", "middle": "center", "bottom": "bottom", "baseline": "top"}


def read_table(reader: Source, element: Any, width: float) -> list[Block]:
    """Return an HTML table as a table of Word."""
    style = reader.cascade.style(element)
    whole = width if style["width"] == "auto" else cascade.points(style["width"], width)
    rows = _rows(reader, element)
    widths = _widths(reader, element, rows, whole)
    made = Table(reader.page_name, widths=widths)
    hanging: dict[int, tuple[int, Cell]] = {}  # column → rows still to come, the cell above
    for row, head in rows:
        cells: list[Cell] = []
        column = 0
        for source in row:
            column = _continue(cells, hanging, column)
            cell = _cell(reader, source, widths, column, head=head)
            cells.append(cell)
            if cell.rows > 1:
                hanging[column] = (cell.rows - 1, cell)
            column += cell.columns
        column = _continue(cells, hanging, column)
        if column != len(widths):
            raise LayoutFault(f"{cascade.name_of(row)}: {column} cells for {len(widths)} columns")
        made.rows.append(Row(cells, head=head, whole=True))
        _breaks(reader, row, made.rows[-1])
        anchor = row.get("id")
        first = cells[0].blocks[0]
        if anchor and isinstance(first, Paragraph):
            first.bookmarks.append(anchor)
    return [made]


def _rows(reader: Source, element: Any) -> list[tuple[Any, bool]]:
    found: list[tuple[Any, bool]] = []
    for part in element:
        reader.check(part)
        if part.tag in ("thead", "tbody"):
            for row in part:
                reader.check(row)
                found.append((row, part.tag == "thead"))
        elif part.tag == "tr":
            found.append((part, False))
        elif part.tag != "colgroup":
            raise LayoutFault(f"{cascade.name_of(part)} inside a table")
    return found


def _widths(reader: Source, element: Any, rows: list[tuple[Any, bool]], whole: float) -> list[float]:
    """Return the columns' widths as ``table-layout: fixed`` gives them."""
    sources = [col for group in element if group.tag == "colgroup" for col in group]
    if not sources and rows:
        sources = list(rows[0][0])
    if any(int(source.get("colspan") or source.get("span") or 1) != 1 for source in sources):
        raise LayoutFault(f"{cascade.name_of(element)}: the columns have no widths of their own")
    asked = [reader.cascade.style(source)["width"] for source in sources]
    known = [None if value == "auto" else cascade.points(value, whole) for value in asked]
    rest = max(whole - sum(value for value in known if value is not None), 0.0)
    open_columns = sum(1 for value in known if value is None)
    widths = [rest / open_columns if value is None else value for value in known]
    total = sum(widths)
    return [value * whole / total for value in widths]


def _continue(cells: list[Cell], hanging: dict[int, tuple[int, Cell]], column: int) -> int:
    """Add the cells that hang down into this row; return the next free column."""
    while column in hanging:
        left, above = hanging.pop(column)
        cells.append(
            Cell(
                [_empty(above)],
                columns=above.columns,
                continued=True,
                padding=above.padding,
                fill=above.fill,
                borders=above.borders,
            )
        )
        if left > 1:
            hanging[column] = (left - 1, above)
        column += above.columns
    return column


def _empty(above: Cell) -> Block:
    found = above.blocks[0]
    if not isinstance(found, Paragraph):
        raise LayoutFault("a table inside a cell that hangs down")
    return Paragraph(page=found.page, style=found.style, look=found.look)


def _cell(reader: Source, source: Any, widths: list[float], column: int, *, head: bool) -> Cell:
    reader.check(source)
    style = reader.cascade.style(source)
    columns = int(source.get("colspan") or 1)
    padding = tuple(cascade.points(style[f"padding_{side}"]) for side in _SIDES)
    inner = sum(widths[column : column + columns]) - padding[1] - padding[3]
    top, right, bottom, left = (cascade.border(style, side) for side in _SIDES)
    return Cell(
        reader.cell(source, inner, "th" if head else "td"),
        columns=columns,
        rows=int(source.get("rowspan") or 1),
        borders=Borders(top, left, bottom, right),
        padding=(padding[0], padding[1], padding[2], padding[3]),
        vertical=_VERTICAL[str(style["vertical_align"])],  # type: ignore[arg-type]
        fill=cascade.fill(style),
        header=head,
    )


def _breaks(reader: Source, row: Any, made: Row) -> None:
    style = reader.cascade.style(row)
    made.whole = style["break_inside"] == "avoid"
    if style["break_after"] == "avoid":
        for cell in made.cells:
            for block in cell.blocks:
                keep_next(block)
