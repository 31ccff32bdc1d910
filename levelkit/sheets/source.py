"""Sheets: a file becomes grids of cells. Files come from outside: sizes are limited, nothing is run."""

from __future__ import annotations

import codecs
import csv
import io
import re
import zipfile
import zlib
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from levelkit.domain.text import format_size, nfc
from levelkit.errors import ImportFileError
from levelkit.sheets import legacy, xls

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MAX_FILE = 64 * 1024 * 1024
MAX_UNPACKED = 512 * 1024 * 1024
MAX_CELLS = 5_000_000
MAX_COLUMNS = 400

BOOKS = (".xlsx", ".xlsm", ".xls", ".ods")
TEXTS = (".csv", ".txt", ".tsv")
ENDINGS = BOOKS + TEXTS

_OLD_PAGE = "cp1258"
_DELIMITERS = ";\t,|"
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_VALUE_TYPE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}value-type"
_BARE_FORMULA = re.compile(
    rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*>\s*'
    rb"<(?:\w+:)?f\b[^>]*?(?:/>|>[^<]*</(?:\w+:)?f>)\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_COLUMN = re.compile(rb"<(?:\w+:)?col\b[^>]*>")
# No cell beyond column Z and row 99 999: such a sheet is held as it is.
_FAR = re.compile(rb"""r=["'](?:[A-Z]{2}|[A-Z]\d{6})""")
_ROW = re.compile(rb"""<(?:\w+:)?row\b[^>]*?\br=["'](\d{1,7})["']""")
_FILLED_COLUMN = re.compile(rb"""\br=["']([A-Z]{1,3})\d{1,7}["'][^>]*(?<!/)>""")
_FILLED_ROW = re.compile(rb"""\br=["'][A-Z]{1,3}(\d{1,7})["'][^>]*(?<!/)>""")
# «=IF(…;"")» has a value: a text without letters.
_TEXT_RESULT = re.compile(rb'^<(?:\w+:)?c\b[^>]*\bt="str"')


@dataclass(frozen=True)
class Grid:
    """One sheet; ``rows[0]`` is row 1.

    Attributes:
        rows: cells as text, float, int, bool, date, datetime or "" where empty.
        hidden_columns: indexes from 0.
        merged: (first row, first column, last row, last column), from 0, ends included.
        without_value: (row, column) of formulas that hold no stored value.
    """

    name: str
    rows: list[list[Any]]
    hidden: bool = False
    hidden_columns: frozenset[int] = frozenset()
    merged: tuple[tuple[int, int, int, int], ...] = ()
    without_value: frozenset[tuple[int, int]] = frozenset()


@dataclass(frozen=True)
class Book:
    """All sheets of a file, in its order."""

    path: Path
    grids: tuple[Grid, ...]


def read_book(path: Path, told: Callable[[int], None] | None = None) -> Book:
    """Read a file by what it holds; its ending only helps to tell text from other text.

    Args:
        path: ``.xlsx``, ``.xlsm``, ``.xls``, ``.ods``, or text separated by semicolons, tabs or commas.
        told: called after each sheet with the number of rows read so far; may raise ``Cancelled``.

    Raises:
        ImportFileError: it cannot be read at all; names the file and what to do.
    """
    try:
        size = path.stat().st_size
        data = b"" if size > MAX_FILE else path.read_bytes()
    except FileNotFoundError:
        raise ImportFileError(f"Không có tệp «{path}». Hãy kiểm tra lại đường dẫn.") from None
    except IsADirectoryError:
        raise ImportFileError(f"«{path}» là thư mục. Hãy chọn một tệp bảng tính.") from None
    except (OSError, ValueError):
        raise ImportFileError(f"Không đọc được tệp «{path}». Hãy kiểm tra quyền truy cập.") from None
    if size > MAX_FILE:
        raise ImportFileError(
            f"«{path}» lớn {format_size(size)}, levelkit đọc đến {format_size(MAX_FILE)}. "
            "Hãy chia tệp thành nhiều tệp nhỏ hơn."
        )
    if not data.strip():
        raise ImportFileError(f"Tệp «{path}» rỗng. Hãy lưu lại từ chương trình bảng tính.")
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return Book(path, _workbook(path, data, told))
    if b"\x00" in data[:4096] and not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise ImportFileError(f"«{path}» không phải bảng tính. Hãy chọn tệp {', '.join(ENDINGS[:5])}.")
    grid = Grid(path.stem, _text_rows(path, data))
    _refuse_large(path, [grid])
    if told:
        told(len(grid.rows))
    return Book(path, (grid,))


def _workbook(path: Path, data: bytes, told: Callable[[int], None] | None) -> tuple[Grid, ...]:
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    unreadable = ImportFileError(
        f"«{path}» hỏng, có mật khẩu, hoặc không phải bảng tính. "
        "Hãy mở bằng chương trình bảng tính, lưu lại rồi nhập lại."
    )
    extra = _Extra(path, data)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        grids: list[Grid] = []
        done = 0
        for meta in book.sheets_metadata:
            if meta.typ != SheetTypeEnum.WorkSheet:
                continue
            more = extra.of(meta.name)
            sheet = book.get_sheet_by_name(meta.name)
            _refuse_wide(path, sheet.total_width, sheet.total_height)
            rows = sheet.to_python(skip_empty_area=False)
            merged = tuple((a, b, c, d) for (a, b), (c, d) in sheet.merged_cell_ranges or ())
            grids.append(
                Grid(
                    meta.name,
                    rows,
                    meta.visible != SheetVisibleEnum.Visible,
                    more.hidden_columns,
                    merged,
                    more.without_value,
                )
            )
            done += len(rows)
            if told:
                told(done)
    except ImportFileError:
        raise
    except (CalamineError, zipfile.BadZipFile, zlib.error, KeyError, ValueError, OSError, EOFError) as error:
        raise unreadable from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # how the reader gives up on a file that is broken
            raise
        raise unreadable from error
    _refuse_large(path, grids)
    return tuple(grids)


def _too_large(path: Path) -> ImportFileError:
    return ImportFileError(f"«{path}» có quá nhiều ô. Hãy xóa các dòng, cột trống định dạng sẵn rồi lưu lại.")


def _broken(path: Path) -> ImportFileError:
    return ImportFileError(f"«{path}» hỏng. Hãy mở bằng chương trình bảng tính, lưu lại rồi nhập lại.")


def _refuse_wide(path: Path, width: int, height: int) -> None:
    if width * height > MAX_CELLS:
        raise _too_large(path)


def _refuse_large(path: Path, grids: list[Grid]) -> None:
    if sum(len(row) for grid in grids for row in grid.rows) > MAX_CELLS:
        raise _too_large(path)


@dataclass(frozen=True)
class _More:
    hidden_columns: frozenset[int] = frozenset()
    without_value: frozenset[tuple[int, int]] = frozenset()


class _Extra:
    """What calamine does not tell: hidden columns, formulas without a stored value, cells far away."""

    def __init__(self, path: Path, data: bytes) -> None:
        self._path = path
        self._archive: zipfile.ZipFile | None = None
        self._old: dict[str, frozenset[int]] = {}
        if not data.startswith(b"PK"):
            with suppress(ValueError):  # what cannot be followed here the reader of the cells judges
                try:
                    self._old = xls.hidden_columns(data, MAX_COLUMNS)
                except OverflowError:
                    raise _broken(path) from None
            return
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
            unpacked = sum(info.file_size for info in self._archive.infolist())
        except (zipfile.BadZipFile, ValueError, NotImplementedError):
            raise _broken(path) from None
        if unpacked > MAX_UNPACKED:
            raise _too_large(path)
        self._names = set(self._archive.namelist())

    def of(self, sheet: str) -> _More:
        """Return it for one sheet; refuses a sheet whose cells stand too far apart to be held."""
        if self._archive is None:
            return _More(self._old.get(sheet, frozenset()))
        if "content.xml" in self._names:
            return self._open_document.get(sheet, _More())
        place = self._places.get(sheet)
        if place not in self._names:
            return _More()
        raw = self._archive.read(place)
        _refuse_wide(self._path, *_reach(raw))
        bare: frozenset[tuple[int, int]] = frozenset()
        if b"<f" in raw or b":f" in raw:
            bare = frozenset(
                (int(match[2]) - 1, _column_number(match[1]))
                for match in _BARE_FORMULA.finditer(raw)
                if not _TEXT_RESULT.match(match[0])
            )
        return _More(_hidden_columns(raw), bare)

    @cached_property
    def _places(self) -> dict[str, str]:
        assert self._archive is not None
        if "xl/workbook.xml" not in self._names or "xl/_rels/workbook.xml.rels" not in self._names:
            return {}
        targets = {
            item.get("Id"): item.get("Target", "")
            for item in _parsed(self._archive.read("xl/_rels/workbook.xml.rels"))
        }
        found = {}
        for item in _parsed(self._archive.read("xl/workbook.xml")).iter(f"{_MAIN}sheet"):
            target = targets.get(item.get(_REL), "")
            found[item.get("name", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        return found

    @cached_property
    def _open_document(self) -> dict[str, _More]:
        assert self._archive is not None
        tables = _parsed(self._archive.read("content.xml")).iter(f"{_TABLE}table")
        return {table.get(f"{_TABLE}name", ""): self._of_table(table) for table in tables}

    def _of_table(self, table: Any) -> _More:
        hidden: set[int] = set()
        number = 0
        for column in table.iter(f"{_TABLE}table-column"):
            repeated = _repeated(column, "columns")
            if column.get(f"{_TABLE}visibility") in {"collapse", "filter"}:
                hidden.update(range(number, min(number + repeated, MAX_COLUMNS)))
            number += repeated
        without: set[tuple[int, int]] = set()
        row, width, height = 0, 0, 0
        for line in table.iter(f"{_TABLE}table-row"):
            repeated, column, filled = _repeated(line, "rows"), 0, False
            for cell in line:
                here = _repeated(cell, "columns")
                told = len(cell) > 0 or cell.get(_VALUE_TYPE) is not None
                if told:
                    width, filled = max(width, column + here), True
                elif cell.get(f"{_TABLE}formula") is not None:
                    without.add((row, column))
                column += here
            row += repeated
            height = row if filled else height
        _refuse_wide(self._path, width, height)
        return _More(frozenset(hidden), frozenset(without))


def _reach(raw: bytes) -> tuple[int, int]:
    """Return how far filled cells reach: columns, rows; rows only as exactly as matters."""
    if not _FAR.search(raw):
        return 1, 1
    width = max(map(_column_number, set(_FILLED_COLUMN.findall(raw))), default=0) + 1
    height = max(map(int, _ROW.findall(raw)), default=0)
    if width * height > MAX_CELLS:  # rows that hold nothing are no reason to refuse
        height = max(map(int, _FILLED_ROW.findall(raw)), default=0)
    return width, height


def _repeated(item: Any, what: str) -> int:
    return max(1, int(item.get(f"{_TABLE}number-{what}-repeated", "1")))


def _parsed(raw: bytes) -> Any:
    from xml.etree import ElementTree

    if b"<!DOCTYPE" in raw or b"<!ENTITY" in raw:  # no office program writes one
        raise ValueError("a document type")
    try:
        return ElementTree.fromstring(raw)  # noqa: S314  no entities: refused above
    except ElementTree.ParseError as error:
        raise ValueError(str(error)) from error


def _hidden_columns(raw: bytes) -> frozenset[int]:
    hidden: set[int] = set()
    head = raw[: raw.find(b"sheetData")] if b"sheetData" in raw else raw
    for match in _COLUMN.finditer(head):
        values = dict(re.findall(rb'(\w+)="([^"]*)"', match[0]))
        if values.get(b"hidden") in {b"1", b"true"}:
            first, last = int(values.get(b"min", b"1")), int(values.get(b"max", b"1"))
            hidden.update(range(first - 1, min(last, MAX_COLUMNS)))
    return frozenset(hidden)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _text_rows(path: Path, data: bytes) -> list[list[Any]]:
    text, old_page = _decoded(path, data)
    first = next((line for line in text.splitlines() if line.strip()), "")
    if first.lower().startswith("sep=") and len(first.strip()) == 5:  # what Excel understands as a hint
        delimiter = first.strip()[4]
        text = text.partition("\n")[2]
    else:
        sample = text.splitlines()[:20]
        delimiter = max(_DELIMITERS, key=lambda one: sum(line.count(one) for line in sample))
    try:
        rows = _split(text, delimiter)
    except csv.Error as error:
        raise ImportFileError(
            f"«{path}»: một ô dài quá mức hoặc thiếu dấu ngoặc kép đóng. Hãy lưu lại thành .xlsx rồi nhập."
        ) from error
    return [[_of_old_page(cell) for cell in row] for row in rows] if old_page else rows


def _split(text: str, delimiter: str) -> list[list[Any]]:
    try:
        return [
            list(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        ]
    except csv.Error as error:
        if "unexpected end of data" in str(error):  # the rest of the file would end up in one cell
            raise
    return [list(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)]


def _of_old_page(cell: str) -> str:
    """Return a cell of a file in the old Vietnamese code page; a font's own codes stay to be recognised."""
    if legacy.is_vietnamese(nfc(cell)):
        return cell
    with suppress(UnicodeError):
        as_latin = cell.encode(_OLD_PAGE).decode("latin-1")
        found = legacy.recognised(as_latin)
        if found is not None and found[0].startswith("TCVN3"):
            return as_latin
    return cell


def _decoded(path: Path, data: bytes) -> tuple[str, bool]:
    encodings = ["utf-8-sig", _OLD_PAGE]
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    for encoding in encodings:
        try:
            return data.decode(encoding), encoding == _OLD_PAGE
        except UnicodeDecodeError:
            continue
    raise ImportFileError(
        f"«{path}»: không đọc được bảng mã của chữ. Hãy lưu lại dạng «CSV UTF-8» hoặc .xlsx."
    )
