"""Sheets: text typed in the fonts of before Unicode, TCVN3 (.VnTime) and VNI: recognised, not taken in."""

from __future__ import annotations

import re
from typing import Literal

Encoding = Literal["TCVN3 (ABC)", "VNI Windows"]

# Letters as the old fonts stored them, against what they showed. Facts of the encodings.
_TCVN3_CODES = "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\xadõøö÷ùúýûüþ¡¢§£¤¥¦"
_TCVN3_LETTERS = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ"
_TCVN3 = dict(zip(_TCVN3_CODES, _TCVN3_LETTERS, strict=True))
# Letters that only Unicode has: where one stands, the text is no old font's.
_UNICODE = re.compile("[\u1e00-\u1eff\u0102\u0103\u0110\u0111\u01a0\u01a1\u01af\u01b0]")
# Signs that ordinary Vietnamese text in Unicode never joins to letters.
_TCVN3_SIGNS = re.compile(r"(?<=[A-Za-z])[µ¸¶·¹¨»¾¼½©®ª«¬­¡¢§£¤¥¦]|[µ¸¶·¹¨»¾¼½©®ª«¬¡¢§£¤¥¦](?=[a-z])")

_VNI_MARKS = {
    "ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323",
    "â": "\u0302", "á": "\u0302\u0301", "à": "\u0302\u0300", "å": "\u0302\u0309",
    "ã": "\u0302\u0303", "ä": "\u0302\u0323", "ê": "\u0306", "é": "\u0306\u0301",
    "è": "\u0306\u0300", "ú": "\u0306\u0309", "ü": "\u0306\u0303", "ë": "\u0306\u0323",
}  # fmt: skip
_VNI_PAIR = re.compile(r"[aeouyAEOUYôöÔÖ][ùøûõïâáàåãäêéèúüëÙØÛÕÏÂÁÀÅÃÄÊÉÈÚÜË]")
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


def recognised(text: str) -> tuple[Encoding, str] | None:
    """Return the old encoding of a text and what it says in Unicode; None for ordinary text."""
    if text.isascii() or _UNICODE.search(text):
        return None
    if _TCVN3_SIGNS.search(text):
        return "TCVN3 (ABC)", "".join(_TCVN3.get(letter, letter) for letter in text)
    pairs = len(_VNI_PAIR.findall(text))
    if pairs and (pairs >= 2 or "ñ" in text.lower()):
        return "VNI Windows", _from_vni(text)
    return None


def _from_vni(text: str) -> str:
    import unicodedata

    out: list[str] = []
    for letter in text:
        mark = _VNI_MARKS.get(letter.lower())
        if mark and out and out[-1][:1].lower() in set("aeouyươ") and len(out[-1]) == 1:
            out[-1] = unicodedata.normalize("NFC", out[-1] + mark)
        else:
            out.append(_VNI_OWN.get(letter, letter))
    return unicodedata.normalize("NFC", "".join(out))
