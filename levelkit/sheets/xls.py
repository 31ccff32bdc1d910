"""Sheets: which columns an .xls workbook hides; the reader of the cells does not tell.

Only as much of the compound file ([MS-CFB]) and of BIFF8 ([MS-XLS]) as that takes.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_END = 0xFFFFFFFA
"""Sector numbers from here on are no sectors but marks."""
_STREAMS = {"workbook", "book"}
_BOUND_SHEET, _COLUMN_INFO, _DIMENSIONS, _STRINGS = 0x0085, 0x007D, 0x0200, 0x00FC
_CELLS = {0x0006, 0x00BD, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E}
_BEGIN, _EOF = 0x0809, 0x000A
_ROWS, _COLUMNS = 65536, 256
_DIRECTORY_ENTRY = 128
_SMALL = 4096


def hidden_columns(data: bytes, most: int) -> dict[str, frozenset[int]]:
    """Return the hidden columns of each sheet by its name, as indexes from 0 and below ``most``.

    Raises:
        ValueError: the file cannot be followed.
        OverflowError: it claims sizes that no such file has, which a reader may try to provide for.
    """
    try:
        book = _stream(data)
        found = {}
        for kind, body in _records(book, 0):
            if kind == _STRINGS and struct.unpack_from("<2I", body)[1] > len(data):
                raise OverflowError("more strings than bytes")
            if kind == _BOUND_SHEET:
                begin, count, wide = struct.unpack_from("<IxxBB", body)
                name = (
                    body[8 : 8 + 2 * count].decode("utf-16-le", "replace")
                    if wide & 1
                    else body[8 : 8 + count].decode("latin-1")
                )
                found[name] = _of_sheet(book, begin, most)
    except (struct.error, IndexError) as error:
        raise ValueError("a broken compound file") from error
    return found


def _of_sheet(book: bytes, begin: int, most: int) -> frozenset[int]:
    hidden: set[int] = set()
    for kind, body in _records(book, begin):
        if kind == _DIMENSIONS:
            _first_row, rows, _first_column, columns = struct.unpack_from("<2I2H", body)
            if rows > _ROWS or columns > _COLUMNS:
                raise OverflowError("a sheet larger than any")
        elif kind in _CELLS:
            if struct.unpack_from("<2H", body)[1] >= _COLUMNS:
                raise OverflowError("a cell beyond the last column")
        elif kind == _COLUMN_INFO:
            first, last, _width, _style, options = struct.unpack_from("<5H", body)
            if options & 1:
                hidden.update(range(first, min(last + 1, most)))
    return frozenset(hidden)


def _records(book: bytes, begin: int) -> Iterator[tuple[int, bytes]]:
    """Give kind and body of the records of one part, to its end; charts inside it are passed over."""
    depth = 0
    while begin + 4 <= len(book):
        kind, size = struct.unpack_from("<2H", book, begin)
        if kind == _BEGIN:
            depth += 1
        elif kind == _EOF:
            depth -= 1
            if depth <= 0:
                return
        elif depth == 1:
            yield kind, book[begin + 4 : begin + 4 + size]
        begin += 4 + size


def _stream(data: bytes) -> bytes:
    sector = 1 << struct.unpack_from("<H", data, 30)[0]
    small_sector = 1 << struct.unpack_from("<H", data, 32)[0]
    if sector not in {512, 4096} or small_sector != 64:
        raise ValueError("no such sectors")
    tables = list(struct.unpack_from("<109I", data, 76))
    following = struct.unpack_from("<I", data, 68)[0]
    limit = len(data) // sector + 1
    while following < _END and len(tables) <= limit:
        block = _sector(data, sector, following)
        numbers = struct.unpack(f"<{sector // 4}I", block)
        tables += numbers[:-1]
        following = numbers[-1]
    chain: list[int] = []
    for table in tables:
        if table < _END:
            chain += struct.unpack(f"<{sector // 4}I", _sector(data, sector, table))
    directory = _follow(data, sector, chain, struct.unpack_from("<I", data, 48)[0])
    root = _entry(directory, 0)
    for at in range(0, len(directory) - _DIRECTORY_ENTRY + 1, _DIRECTORY_ENTRY):
        name, first, size = _entry(directory, at)
        if name.lower() not in _STREAMS:
            continue
        if size >= _SMALL:
            return _follow(data, sector, chain, first)[:size]
        small = _follow(data, sector, chain, root[1])
        table = _follow(data, sector, chain, struct.unpack_from("<I", data, 60)[0])
        links = list(struct.unpack(f"<{len(table) // 4}I", table))
        return _follow(small, small_sector, links, first, header=0)[:size]
    raise ValueError("no workbook in it")


def _entry(directory: bytes, at: int) -> tuple[str, int, int]:
    length = struct.unpack_from("<H", directory, at + 64)[0]
    name = directory[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
    first, size = struct.unpack_from("<2I", directory, at + 116)
    return name, first, size


def _follow(data: bytes, sector: int, links: list[int], first: int, header: int = 1) -> bytes:
    parts: list[bytes] = []
    while first < _END and len(parts) <= len(links):
        parts.append(_sector(data, sector, first, header))
        first = links[first]
    return b"".join(parts)


def _sector(data: bytes, sector: int, number: int, header: int = 1) -> bytes:
    begin = (number + header) * sector
    return data[begin : begin + sector].ljust(sector, b"\x00")
