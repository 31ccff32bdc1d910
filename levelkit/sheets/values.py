"""Sheets: what a cell says, as people in Vietnam write it. Every reader raises :class:`Unreadable`."""

from __future__ import annotations

import datetime
import re
from typing import TYPE_CHECKING, Any

from levelkit.domain.text import fold, format_date, format_number, nfc
from levelkit.sheets.words import key_of, words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from levelkit.sheets.words import ColumnWords

_PLAIN = re.compile(r"\d+")
_GROUPED = re.compile(r"\d{1,3}(?:([. ])\d{3})(?:\1\d{3})*")
_ENGLISH = re.compile(r"\d{1,3}(?:,\d{3}){2,}")
_SCALED = re.compile(r"(\d+(?:[.,]\d{1,2}|,\d+)?) ?([a-z]+)")
_DAY = re.compile(r"(?:ngay )?(\d{1,2})\s*(?:/|-|\.| thang )\s*(\d{1,2})\s*(?:/|-|\.| nam )\s*(\d{4})")
_MONTH = re.compile(r"(?<![\d/.-])(\d{1,2})\s*/\s*(\d{4})(?![\d/])")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[ T]00:00(?::00)?)?")
_POINT = re.compile(r"(?:điểm\s+)?([a-eđ])\s*[).]?(?:\s+khoản\b.*)?", re.IGNORECASE)
_DECISION = re.compile(r"(?:cap(?: do)? )?([1-5])(?:\s*\((.*)\))?", re.DOTALL)
_NUMBER_OF = re.compile(r"\bsố\s+(\S+?)[,;]?(?=\s|$)", re.IGNORECASE)
_SERIAL = range(20_000, 80_000)
_EPOCH = datetime.date(1899, 12, 30)
ERRORS = frozenset({"#N/A", "#NAME?", "#REF!", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!"})
"""What a cell shows whose formula failed."""
MOST = 10**12
"""No count of people or things is larger: more is a slip."""


class Unreadable(ValueError):
    """What a cell says cannot be taken: the rule and the remedy, in Vietnamese."""


def text_of(cell: Any) -> str:
    """Return a cell as text; whole numbers without «.0», dates as dd/mm/yyyy."""
    if type(cell) is str:
        return cell.strip() if cell.isascii() else nfc(cell).replace("\xa0", " ").strip()
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime.datetime):
        if (cell.hour, cell.minute, cell.second) == (0, 0, 0):
            return format_date(cell.date())
        return f"{format_date(cell.date())} {cell:%H:%M:%S}"
    if isinstance(cell, datetime.date):
        return format_date(cell)
    return nfc(str(cell)).replace("\xa0", " ").strip()


def count(cell: Any) -> int | None:
    """Read a number of people or things, whole and not below 0; None for «chưa rõ».

    «1.850.000», «3,2 triệu», «8.400 người», «không»; «hơn 3 triệu» is no number.
    """
    if isinstance(cell, (bool, datetime.date, datetime.time, datetime.timedelta)):
        raise Unreadable("phải là số người, số lượng. Hãy gõ một số nguyên")
    if isinstance(cell, (int, float)):
        if not 0 <= cell <= MOST or (isinstance(cell, float) and not cell.is_integer()):
            raise Unreadable("phải là số nguyên từ 0. Hãy gõ lại số đầy đủ, không có phần lẻ")
        return int(cell)
    said = re.sub(r"\s+", " ", fold(text_of(cell))).strip()
    known = words()
    if known.among(said, known.unknown):
        return None
    if known.among(said, known.none):
        return 0
    first = said.split(" ", 1)[0] if said else ""
    if known.among(first, known.vague) or said[:1] in "~<>≥≤≈" or said.endswith("+"):
        raise Unreadable(
            "phải là một số xác định, không ước lượng. Hãy đếm rồi gõ số đầy đủ, ví dụ 3.200.000"
        )
    for ending in sorted(map(fold, known.people), key=len, reverse=True):
        if said.endswith(f" {ending}"):
            said = said[: -len(ending) - 1].strip()
            break
    if _PLAIN.fullmatch(said):
        found = int(said)
    elif _GROUPED.fullmatch(said) or _ENGLISH.fullmatch(said):
        found = int(re.sub(r"\D", "", said))
    else:
        found = _scaled(said)
    if found > MOST:
        raise Unreadable("số lớn quá mức có thể có. Hãy xem lại số đã gõ")
    return found


def _scaled(said: str) -> int:
    match = _SCALED.fullmatch(said)
    multiples = {fold(word): value for word, value in words().multiples.items()}
    if match is None or match[2] not in multiples:
        raise Unreadable("phải là một số nguyên. Hãy gõ bằng chữ số, ví dụ 1.850.000")
    whole, _, decimals = match[1].replace(".", ",").partition(",")
    multiple = multiples[match[2]]
    scaled = int(whole + decimals) * multiple
    if scaled % 10 ** len(decimals):
        raise Unreadable("phải là một số nguyên. Hãy gõ số đầy đủ")
    return int(scaled // 10 ** len(decimals))


def quantity(cell: Any) -> int | None:
    """Read a quantity: a count from 1."""
    found = count(cell)
    if found == 0:
        raise Unreadable("phải là số nguyên từ 1. Hãy gõ số lượng, hoặc bỏ dòng này")
    return found


def day(cell: Any) -> str | None:
    """Read a day as an ISO date; None for «chưa rõ»."""
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat()
    if isinstance(cell, datetime.date):
        return cell.isoformat()
    if isinstance(cell, (int, float)) and not isinstance(cell, bool) and int(cell) in _SERIAL:
        meant = format_date(_EPOCH + datetime.timedelta(days=int(cell)))
        raise Unreadable(f"ô là số, không phải ngày; có thể là ngày {meant}. Hãy đổi định dạng ô thành ngày")
    said = text_of(cell)
    known = words()
    if known.among(said, known.unknown):
        return None
    folded = re.sub(r"\s+", " ", fold(said)).strip()
    iso = _ISO.fullmatch(folded)
    match = iso or _DAY.fullmatch(folded)
    if match is not None:
        parts = tuple(int(part) for part in match.groups())
        year, month, number = parts if iso else parts[::-1]
        try:
            return datetime.date(year, month, number).isoformat()
        except ValueError:
            raise Unreadable("không có ngày này trong lịch. Hãy gõ lại, ví dụ 05/01/2026") from None
    raise Unreadable("phải là ngày đủ ngày, tháng và năm bốn chữ số. Hãy gõ như 05/01/2026")


def boolean(cell: Any) -> bool | None:
    """Read «có» or «không»; None for «chưa rõ»."""
    if isinstance(cell, bool):
        return cell
    said = text_of(cell)
    known = words()
    if known.among(said, known.yes) or said == "1":
        return True
    if known.among(said, known.no) or said == "0":
        return False
    if known.among(said, known.unknown):
        return None
    raise Unreadable("phải là «Có» hoặc «Không». Hãy gõ một trong hai")


def choices(cell: Any, column: ColumnWords, labels: Mapping[str, str]) -> list[str]:
    """Read one or several values, separated by a semicolon, a new line, a comma or «và».

    Values come in the order of the decree, each once.
    """
    said = text_of(cell)
    found: list[str] = []
    for part in re.split(r"[;\n]+", said):
        if not part.strip():
            continue
        whole = _choice(part, column)
        if whole is not None:
            found.append(whole)
            continue
        for piece in re.split(r"\s*(?:[,+/&]|\bvà\b)\s*", part):
            one = _choice(piece, column) if piece.strip() else None
            if one is None:
                allowed = ", ".join(f"«{label}»" for label in labels.values())
                raise Unreadable(f"phải là {allowed}. Hãy gõ đúng tên hoặc chữ của điểm")
            found.append(one)
    if not found:
        raise Unreadable("ô không ghi giá trị nào. Hãy gõ giá trị, hoặc để trống ô")
    order = [*labels, *column.values]
    return sorted(dict.fromkeys(found), key=order.index)


def choice(cell: Any, column: ColumnWords, labels: Mapping[str, str]) -> str:
    """Read exactly one value."""
    found = choices(cell, column, labels)
    if len(found) > 1:
        raise Unreadable("chỉ được một giá trị. Hãy giữ lại một")
    return found[0]


def _choice(part: str, column: ColumnWords) -> str | None:
    part = part.strip().lstrip("-–•+*").strip()
    point = _POINT.fullmatch(part)
    if point is not None and point[1].lower() in column.letters:
        return column.letters[point[1].lower()]
    without = re.sub(r"^[a-eđ][).]\s+", "", part, flags=re.IGNORECASE)
    return column.by_word.get(key_of(part)) or column.by_word.get(key_of(without))


def stage(cell: Any, column: ColumnWords, labels: Mapping[str, str]) -> tuple[str, str | None, bool]:
    """Read where a system stands; also when the investment began, where the cell says so.

    Returns the value, the ISO date (the first of the month where no day is given) and whether the day is
    only conventional: «Đang đầu tư (khởi công 10/2025)».
    """
    said = text_of(cell)
    outside, _, inside = said.partition("(")
    value = choice(outside, column, labels)
    inside = inside.strip().removesuffix(")").strip()
    if not inside:
        return value, None, False
    if not any(fold(inside).startswith(fold(word)) for word in column.started):
        raise Unreadable(f"không hiểu phần «({inside})». Hãy đưa phần này sang cột riêng")
    folded = re.sub(r"\s+", " ", fold(inside))
    full = _DAY.search(folded)
    if full is not None:
        return value, day(f"{full[1]}/{full[2]}/{full[3]}"), False
    month = _MONTH.search(folded)
    if month is None or not 1 <= int(month[1]) <= 12:
        raise Unreadable(f"không đọc được thời điểm ở «({inside})». Hãy gõ như (khởi công 01/10/2025)")
    return value, datetime.date(int(month[2]), int(month[1]), 1).isoformat(), True


def lines(cell: Any, column: ColumnWords, last: int) -> list[int]:
    """Read item numbers of the list of conditional business lines, 1 to ``last``; «không» is none."""
    if isinstance(cell, float) and not cell.is_integer():
        raise Unreadable("ô là một số có phần lẻ. Hãy gõ các số thứ tự cách nhau bằng dấu chấm phẩy")
    said = text_of(cell)
    if key_of(said) in column.none_keys:
        return []
    bare = re.sub(r"\b(?:stt|so thu tu|so|muc)\b", " ", fold(said))
    parts = [part for part in re.split(r"[\s,;]+|\bva\b", bare) if part]
    if not parts or not all(part.isascii() and part.isdigit() for part in parts):
        raise Unreadable("phải là các số thứ tự của phụ lục, hoặc «không». Hãy gõ như 97; 98")
    found = sorted({int(part) for part in parts})
    if found[0] < 1 or found[-1] > last:
        raise Unreadable(f"số thứ tự phải từ 1 đến {format_number(last)}. Hãy tra lại phụ lục")
    return found


def decision(cell: Any, column: ColumnWords) -> dict[str, Any]:
    """Read «3 (QĐ số 12/QĐ-SM ngày 14/03/2024, theo NĐ 85/2016)»: answers about the earlier decision."""
    said = text_of(cell)
    if key_of(said) in column.none_keys:
        return {}
    match = _DECISION.fullmatch(re.sub(r"[ \t]+", " ", fold(said)))
    if match is None:
        raise Unreadable("phải là cấp độ 1 đến 5. Hãy gõ như 3 (QĐ số 12/QĐ-ABC ngày 14/03/2024)")
    found: dict[str, Any] = {"previous.level": int(match[1])}
    inside = said.partition("(")[2].strip().removesuffix(")")
    if not inside:
        return found
    number, date = _NUMBER_OF.search(inside), _DAY.search(re.sub(r"\s+", " ", fold(inside)))
    if number is None or date is None:
        raise Unreadable(
            "không đọc được số và ngày quyết định. Hãy gõ như 3 (QĐ số 12/QĐ-ABC ngày 14/03/2024)"
        )
    found["previous.decision"] = number[1]
    found["previous.decision_date"] = day(f"{date[1]}/{date[2]}/{date[3]}")
    for words_of, ruleset in column.ruleset.items():
        if words_of in inside:
            found["previous.ruleset"] = ruleset
    return found
