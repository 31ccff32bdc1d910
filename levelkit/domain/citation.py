"""Domain: citations of law, one grammar everywhere.

``<instrument>:<article>[.<clause>[.<point>]]``, the letter đ written ``dd``: ``nd331-2026:13.2.a``.
A standard has its sections in that place: ``tcvn14423:5.6.2.2.b``.
"""

from __future__ import annotations

import re

from levelkit.domain.base import Model

_REF = re.compile(r"(?P<instrument>[a-z0-9][a-z0-9-]*):(?P<clause>[a-z0-9]+(?:\.[a-z0-9]+){0,4})")


class Citation(Model):
    """A place of the law.

    Attributes:
        ref: ``nd331-2026:13.2.a``.
        full_vi: «điểm a khoản 2 Điều 13 Nghị định số 331/2026/NĐ-CP».
        clause_vi: the same without the instrument, capitalised: «Điểm a khoản 2 Điều 13».
        short_vi: «Đ13.2.a».
        text_vi: the text as enacted.
        instrument: the instrument's id, ``nd331-2026``.
        last_verified_on: the day a person last compared it with its source, ISO; None: never compared.
        note_vi: where the text comes from, when it is not the enacted wording itself.
    """

    ref: str
    full_vi: str
    clause_vi: str
    short_vi: str
    text_vi: str
    instrument: str
    last_verified_on: str | None
    note_vi: str = ""


def split_ref(ref: str) -> tuple[str, str]:
    """Split a ref into instrument and clause.

    Raises:
        ValueError: the ref is not of the grammar.
    """
    match = _REF.fullmatch(ref)
    if match is None:
        raise ValueError(f"not a citation ref: {ref!r}")
    return match["instrument"], match["clause"]


def clause_key(clause: str) -> tuple[tuple[int, str], ...]:
    """Return a key that sorts clauses in the order of the instrument (a, b, c, d, dd, e, g …)."""
    return tuple((int(part), "") if part.isdecimal() else (0, part) for part in clause.split("."))
