"""Domain: Vietnamese text, numbers and dates as people read them."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_LETTER_RANK = {letter: rank for rank, letter in enumerate(_ALPHABET)}
# The order of tones: none, grave, hook above, tilde, acute, dot below.
_TONE_RANK = {"̀": 1, "̉": 2, "̃": 3, "́": 4, "̣": 5}
_AFTER_DIGITS, _AFTER_LETTERS = 1 << 40, 1 << 10
_TURNING = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff"
_CONTROLS = "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff"  # without those that are white space
_NEVER_LETTERS = "\ufdd0-\ufdef" + "".join(
    f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
)
_UNSEEN = re.compile(f"[{_TURNING}{_CONTROLS}{_NEVER_LETTERS}]")
_MARKS = re.compile("[\u0300-\u034e\u0350-\u036f]+")
_FOLD_SPECIAL = str.maketrans({"đ": "d", "Đ": "d"})


def nfc(text: str) -> str:
    """Return ``text`` in Unicode form NFC."""
    return unicodedata.normalize("NFC", text)


def legible(text: str) -> str:
    """Return ``text`` in NFC without what no paper shows and no file keeps.

    Control characters, halves of pairs, marks turning the direction go; white space stays, line ends too.
    """
    return nfc(_UNSEEN.sub("", text))


def fold(text: str) -> str:
    """Return ``text`` in lower case, without accents, đ as d: the form that searches compare."""
    if text.isascii():
        return text.lower()
    if "Σ" in text:  # its small letter hangs on where it stands; letter by letter it does not
        return fold_with_positions(text)[0]
    parts = unicodedata.normalize("NFD", text.translate(_FOLD_SPECIAL))
    plain = _MARKS.sub("", parts)
    if not plain.isascii():
        plain = "".join(part for part in plain if not unicodedata.combining(part))
    return plain.lower()


def fold_with_positions(text: str) -> tuple[str, tuple[int, ...]]:
    """Fold ``text`` and say from which character of ``text`` each folded character came."""
    folded: list[str] = []
    origins: list[int] = []
    for position, character in enumerate(text):
        if character < "\x80":
            folded.append(character.lower())
            origins.append(position)
            continue
        for part in unicodedata.normalize("NFD", character.translate(_FOLD_SPECIAL)):
            if not unicodedata.combining(part):
                for low in part.lower():
                    folded.append(low)
                    origins.append(position)
    return "".join(folded), tuple(origins)


def find_spans(text: str, query: str) -> tuple[tuple[int, int], ...]:
    """Return where the words of ``query`` stand in ``text``, accent-free; empty unless all are found.

    Spans are ``(start, end)`` in characters of ``text``, ordered, not overlapping.
    """
    folded, origins = fold_with_positions(text)
    covered: set[int] = set()
    for word in fold(nfc(query)).split():
        start = folded.find(word)
        if start < 0:
            return ()
        while start >= 0:
            covered.update(origins[start : start + len(word)])
            start = folded.find(word, start + len(word))
    spans: list[tuple[int, int]] = []
    for position in sorted(covered):
        if spans and spans[-1][1] == position:
            spans[-1] = (spans[-1][0], position + 1)
        else:
            spans.append((position, position + 1))
    return tuple(spans)


def sort_key(text: str) -> tuple[tuple[tuple[int, ...], ...], tuple[tuple[int, ...], ...], str]:
    """Return a key that sorts in the order of the Vietnamese alphabet, letters first, then tones.

    Runs of digits compare as numbers, so that «Quận 2» comes before «Quận 10».
    """
    words_letters: list[tuple[int, ...]] = []
    words_tones: list[tuple[int, ...]] = []
    for word in nfc(text).lower().split():
        letters: list[int] = []
        tones: list[int] = []
        digits = ""
        for character in word:
            if character.isdecimal():
                digits += character
                continue
            if digits:
                letters.append(int(digits))
                tones.append(0)
                digits = ""
            base, tone = _split_tone(character)
            letters.append(
                _LETTER_RANK.get(base, 0x200) + 0x100_0000 + (0 if base in _LETTER_RANK else ord(base))
            )
            tones.append(tone)
        if digits:
            letters.append(int(digits))
            tones.append(0)
        words_letters.append(tuple(letters))
        words_tones.append(tuple(tones))
    return tuple(words_letters), tuple(words_tones), text


def _split_tone(character: str) -> tuple[str, int]:
    tone = 0
    kept: list[str] = []
    for part in unicodedata.normalize("NFD", character):
        if part in _TONE_RANK:
            tone = _TONE_RANK[part]
        else:
            kept.append(part)
    base = unicodedata.normalize("NFC", "".join(kept))
    return (base[0] if base else character), tone


def format_number(value: float) -> str:
    """Format a number as 1.850.000 or 3,2 (at most six decimals, no trailing zeros)."""
    if isinstance(value, int):
        return f"{value:,}".replace(",", ".")
    whole, _, decimals = f"{value:,.6f}".partition(".")
    decimals = decimals.rstrip("0")
    whole = whole.replace(",", ".")
    return f"{whole},{decimals}" if decimals else whole


def format_size(size: int) -> str:
    """Format a size in bytes as «3,2 MB»."""
    for unit, step in (("MB", 1024 * 1024), ("kB", 1024)):
        if size >= step:
            return f"{size / step:.1f}".replace(".", ",") + f" {unit}"
    return f"{format_number(size)} byte"


def format_date(value: date) -> str:
    """Format a date as 05/01/2026."""
    return f"{value.day:02d}/{value.month:02d}/{value.year:04d}"


def format_date_long(value: date) -> str:
    """Format a date as «ngày 05 tháng 01 năm 2026»: two digits for days under 10 and months 1, 2."""
    month = f"{value.month:02d}" if value.month <= 2 else str(value.month)
    return f"ngày {value.day:02d} tháng {month} năm {value.year:04d}"


def join_vi(parts: Sequence[str], last: str = "và") -> str:
    """Join with commas and «và»: «a, b và c»."""
    if len(parts) <= 1:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}"
