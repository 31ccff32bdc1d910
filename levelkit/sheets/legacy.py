"""Sheets: text typed in the fonts of before Unicode, TCVN3 (.VnTime) and VNI: recognised, not taken in."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Literal

Encoding = Literal["TCVN3 (ABC)", "VNI Windows"]

# Letters as the old fonts stored them, against what they showed. Facts of the encodings.
_TCVN3_CODES = "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\xadõøö÷ùúýûüþ¡¢§£¤¥¦"
_TCVN3_LETTERS = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ"
_TCVN3 = dict(zip(_TCVN3_CODES, _TCVN3_LETTERS, strict=True))
# Letters that only Unicode has: where one stands, the text is no old font's.
_UNICODE = re.compile("[\u1e00-\u1eff\u0102\u0103\u0110\u0111\u01a0\u01a1\u01af\u01b0]")
# Signs that ordinary Vietnamese text in Unicode never joins to letters. Trade marks follow a word, quotation
# marks stand outside of it and «µ» goes with a unit: only where they cannot be that they count.
_TCVN3_SIGNS = re.compile(
    r"(?<=[A-Za-z])[µ¸¶·¹¨¼½«¬¡¢§£¤¥¦ª](?=[a-zµ-ÿ])|(?<=[A-Za-z])[¸¶¹¨¼½¬ª](?![A-Za-z])"
    r"|(?<=[a-z])[µ·«](?=\s|$)|[®©»¾¨¬¡¢§£¤¥¦](?=[a-zµ-ÿ])|\bµ(?=[inopuy])|(?<![\w«])«(?=ng\b)"
)
_SOFT_HYPHEN = re.compile(r"(?<=[A-Za-z])\xad")

# A syllable of Vietnamese without its tone: what rubbish is not, and what it becomes once it is read rightly.
_SYLLABLE = re.compile(
    "(?:b|ch?|d|đ|gh?|gi|h|kh?|l|m|ngh?|nh?|ph?|qu|r|s|th?|tr|v|x)?"
    "(?:[iy]êu?|uyê|uya|uyu|uy|uôi?|uây?|uê|uơ|u[ai]?|ươ[iu]?|ư[aiu]?|oai|oay|oao|oeo|o[aăeio]?|ôi?|ơi?|"
    "a[iouy]?|ă|â[uy]?|eo?|êu?|i[au]?|y)"
    "(?:ch?|m|ng?|nh|p|t)?",
    re.IGNORECASE,
)
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_BETWEEN = re.compile(r"[\s0-9.,;:()\[\]/\\&+\"'!?*_–-]+")
_UNITS = frozenset({"µm", "µs", "µg", "µl"})

_VNI_MARKS = {
    "ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323",
    "â": "\u0302", "á": "\u0302\u0301", "à": "\u0302\u0300", "å": "\u0302\u0309",
    "ã": "\u0302\u0303", "ä": "\u0302\u0323", "ê": "\u0306", "é": "\u0306\u0301",
    "è": "\u0306\u0300", "ú": "\u0306\u0309", "ü": "\u0306\u0303", "ë": "\u0306\u0323",
}  # fmt: skip
# A letter and its mark as VNI keeps them, apart from pairs that Unicode has too: «hoà», «quân», «uyên».
_VNI_PAIR = re.compile(
    r"a[ùøûõïâáàåãäêéèúüë]|e[ùøûõïâáàåãä]|o[ùøûõïâåä]|u[ùøûõï]|y[ùøûõ]|[ôö][ùøûõï]", re.IGNORECASE
)
_VNI_EITHER = re.compile(r"o[áàã]", re.IGNORECASE)
_VNI_OWN = {
    "ñ": "đ",
    "Ñ": "Đ",
    "ö": "ư",
    "Ö": "Ư",
    "ô": "ơ",
    "Ô": "Ơ",
    "æ": "ỉ",
    "ó": "ĩ",
    "ò": "ị",
    "î": "ỵ",
}


@lru_cache(maxsize=4096)
def recognised(text: str) -> tuple[Encoding, str] | None:
    """Return the old encoding of a text and what it says in Unicode; None for ordinary text."""
    if text.isascii() or _UNICODE.search(text) or is_vietnamese(text):
        return None
    tcvn3 = "".join(_TCVN3.get(letter, letter) for letter in text)
    vni = _from_vni(text)
    found: list[tuple[Encoding, str]] = [("TCVN3 (ABC)", tcvn3), ("VNI Windows", vni)]
    if _VNI_PAIR.search(text):
        found.reverse()
    for encoding, meant in found:
        if meant != text and is_vietnamese(meant):
            return encoding, meant
    signs = bool(_TCVN3_SIGNS.search(text))
    if not signs and _SOFT_HYPHEN.search(text):  # alone it is what a web page leaves between syllables
        signs = any(letter in _TCVN3 and letter != "\xad" for letter in text)
    if signs:
        return "TCVN3 (ABC)", tcvn3
    pairs, either = len(_VNI_PAIR.findall(text)), len(_VNI_EITHER.findall(text))
    if (pairs and pairs + either >= 2) or (pairs + either and "ñ" in text.lower()):
        return "VNI Windows", vni
    return None


def is_vietnamese(text: str) -> bool:
    """Say whether every word beyond ASCII can be a syllable; signs without letters are no words."""
    return all(
        _SYLLABLE.fullmatch(_toneless(word))
        for word in _BETWEEN.split(text)
        if not word.isascii() and word not in _UNITS and re.search("[A-Za-z]", word)
    )


def _toneless(word: str) -> str:
    return unicodedata.normalize("NFC", _TONES.sub("", unicodedata.normalize("NFD", word)))


def _from_vni(text: str) -> str:
    out: list[str] = []
    for letter in text:
        mark = _VNI_MARKS.get(letter.lower())
        if mark and out and out[-1][:1].lower() in set("aeouyươ") and len(out[-1]) == 1:
            out[-1] = unicodedata.normalize("NFC", out[-1] + mark)
        else:
            out.append(_VNI_OWN.get(letter, letter))
    return unicodedata.normalize("NFC", "".join(out))
