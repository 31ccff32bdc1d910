"""Dossier: the boxes of NĐ 30/2020 around a form: header, number, addressees, recipients, signature."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from levelkit.domain.text import format_date_long
from levelkit.dossier.context import Heading, Kind, Letter, Signature

if TYPE_CHECKING:
    from datetime import date

    from levelkit.domain.proposal import DocumentSpec, Role
    from levelkit.dossier.answers import Answers
    from levelkit.dossier.manifest import DocumentRow, FormKind, Manifest
    from levelkit.dossier.parties import Body, Parties

_BLANK = "\u00a0" * 8
_BLANK_NUMBER = "......"
_BLANK_DATE = "ngày … tháng … năm …"
_BASE_START = re.compile(r"^\s*[-–•]?\s*(căn cứ\s+)?", re.IGNORECASE)
_DASH = re.compile(r"^\s*[-–•]\s*")
_KINDS: dict[FormKind, Kind] = {
    "statement": "statement",
    "letter": "letter",
    "submission": "letter",
    "decision": "decision",
    "report": "report",
}


def number_line(number: str | None, tail: str | None) -> str:
    """Return box 3: a blank where the number is not given yet, a leading 0 below 10."""
    if number and "/" in number:
        return f"Số: {number}"
    if number and number.isdecimal() and len(number) == 1:
        number = f"0{number}"
    if tail is None:
        return f"Số: {number or _BLANK_NUMBER}"
    return f"Số: {number or _BLANK}/{tail}"


def place_date(place: str | None, day: date | None) -> str:
    """Return box 4: «Hà Nội, ngày 05 tháng 01 năm 2026», blanks where not given."""
    return f"{place or '…'}, {format_date_long(day) if day else _BLANK_DATE}"


def number_tail(row: DocumentRow, code: str | None, symbol: str | None) -> str | None:
    """Return the sign after the slash: «SM-CNTT» of a letter, «TTr-SM» of a titled type; None if unknown."""
    if row.sign:
        return f"{row.sign}-{code.upper()}" if code else None
    parts = [part.upper() for part in (code, symbol) if part]
    return "-".join(dict.fromkeys(parts)) or None


def signature(answers: Answers, document: str, organisation: str | None) -> Signature:
    """Return boxes 7a and 7b; empty while neither title nor name is known."""
    text = answers.text
    name, title = text(f"doc.{document}.signatory"), text(f"doc.{document}.title")
    if name is None and title is None:
        return Signature()
    authority = text(f"doc.{document}.authority") or "none"
    behalf = text(f"doc.{document}.head_title")
    if authority == "none" or (authority == "TM" and not (behalf or organisation)):
        lines = [title]
    elif authority == "Q":
        lines = [f"Q. {title or behalf}" if title or behalf else None]
    elif authority == "TM":
        lines = [f"TM. {behalf or organisation}", title]
    else:
        lines = [f"{authority}. {behalf}" if behalf else None, title]
    return Signature(lines=tuple(line.upper() for line in lines if line), name=name)


def head_of(answers: Answers, document: str, body: Body) -> str | None:
    """Return whose decision it is: the head's title with the organisation's name, in capitals."""
    text = answers.text
    title = text(f"doc.{document}.head_title")
    if title is None and text(f"doc.{document}.authority") in {None, "none", "Q"}:
        title = text(f"doc.{document}.title")
    title = title or body.position
    if title is None:
        return None
    return _titled(title, body.name).upper()


def _titled(title: str, organisation: str | None) -> str:
    """Join «Trưởng phòng» and «Phòng An ninh mạng» to «Trưởng phòng An ninh mạng»."""
    if organisation is None or organisation.casefold() in title.casefold():
        return title
    said, named = title.split(), organisation.split()
    for shared in range(min(len(said), len(named)), 0, -1):
        if [word.casefold() for word in said[-shared:]] == [word.casefold() for word in named[:shared]]:
            return " ".join((*said, *named[shared:]))
    return f"{title} {organisation}"


def recipients(
    answers: Answers, document: str, row: DocumentRow, words: Manifest
) -> tuple[tuple[str, ...], str]:
    """Return box 9b: the standard line, the lines given, and the line on copies kept."""
    archive = words.words["archive"]
    symbol = answers.text(f"doc.{document}.symbol")
    copies = ", ".join(part for part in (archive, symbol.upper() if symbol else None) if part)
    kept = list(row.recipients)
    folded = {line.casefold() for line in kept}
    for line in answers.lines(f"doc.{document}.recipients"):
        clean = _DASH.sub("", line).rstrip(" ;.")
        if not clean or clean.casefold() in folded:
            continue
        if clean.casefold().startswith(archive.split(":")[0].casefold() + ":"):
            copies = clean
        elif not clean.casefold().startswith("như "):
            kept.append(clean)
            folded.add(clean.casefold())
    return tuple(kept), copies


def bases(answers: Answers, words: Manifest, ruleset: str) -> tuple[str, ...]:
    """Return the căn cứ after the form's own first one, without the word «Căn cứ» and without end marks."""
    own = words.bases.get(ruleset, ())
    given = (_BASE_START.sub("", line).rstrip(" ;.") for line in answers.lines("doc.bases"))
    return tuple(dict.fromkeys((*own, *(line for line in given if line))))


def heading(answers: Answers, document: str, body: Body, row: DocumentRow) -> Heading:
    """Return boxes 2–4."""
    text = answers.text
    tail = number_tail(row, body.code, text(f"doc.{document}.symbol"))
    return Heading(
        parent=body.parent.upper() if body.parent and body.name else None,
        organisation=body.name.upper() if body.name else None,
        number=number_line(text(f"doc.{document}.number"), tail),
        place_date=place_date(text(f"doc.{document}.place"), answers.day(f"doc.{document}.date")),
    )


def addressees(answers: Answers, document: str, role: Role | None, parties: Parties) -> tuple[str, ...]:
    """Return box 9a: whom the person named, else whom the route names; empty when neither is known."""
    given = answers.text(f"doc.{document}.addressee")
    if given:
        parts = (_DASH.sub("", part).strip(" .") for line in given.splitlines() for part in line.split(";"))
        return tuple(part for part in parts if part)
    if role is None:
        return ()
    name = parties.approver if role == "owner" else parties.body(role).name
    return (name,) if name else ()


def letter(answers: Answers, spec: DocumentSpec, parties: Parties, words: Manifest, ruleset: str) -> Letter:
    """Return one form or decision with all its boxes."""
    row = words.documents[spec.document]
    body = parties.body(spec.issuer)
    lines, copies = recipients(answers, spec.document, row, words)
    return Letter(
        document=spec.document,
        title=spec.title_vi,
        kind=_KINDS[row.kind],
        stage=spec.stage,
        ours=spec.ours,
        heading=heading(answers, spec.document, body, row),
        issuer=body.name,
        head=head_of(answers, spec.document, body) if row.kind == "decision" else None,
        addressees=addressees(answers, spec.document, spec.addressee, parties),
        bases=bases(answers, words, ruleset),
        recipients=lines,
        copies=copies,
        signature=signature(answers, spec.document, body.name),
    )
