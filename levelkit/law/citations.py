"""Law: the citation index. Texts are read when the first citation of an instrument is asked for."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from levelkit.domain.citation import Citation, clause_key, split_ref
from levelkit.errors import RulesetError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from levelkit.law.model import Instrument

_LINE = re.compile(r'("(?:[^"\\]|\\.)*"): ("(?:[^"\\]|\\.)*")')
_ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
_FULL_TEXT = 1500


def parse_texts(text: str, where: str) -> dict[str, str]:
    """Read an articles file: YAML of which every line is a quoted key and a quoted text.

    The narrow form is read about fifty times faster than YAML at large.

    Raises:
        RulesetError: a line of another form, a key twice; names file, line, remedy.
    """
    texts: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        match = _LINE.fullmatch(line)
        try:
            key, value = (json.loads(match[1]), json.loads(match[2])) if match else ("", "")
        except ValueError:
            key, value = "", ""
        if not key:
            raise RulesetError(
                f'{where}, dòng {number}: cần một dòng dạng "khóa": "nguyên văn"; sửa lại dòng này.'
            )
        if key in texts:
            raise RulesetError(f"{where}, dòng {number}: khóa «{key}» lặp lại; chỉ giữ một lần.")
        texts[key] = value
    return texts


class CitationIndex:
    """Refs of several instruments, resolved to wording and text."""

    def __init__(self) -> None:
        self._instruments: dict[str, Instrument] = {}
        self._sources: dict[str, Callable[[], dict[str, str]]] = {}
        self._texts: dict[str, dict[str, str]] = {}
        self._made: dict[str, Citation] = {}
        self._words: dict[str, str] = {}

    def add(self, instrument_id: str, instrument: Instrument, source: Callable[[], dict[str, str]]) -> None:
        """Add an instrument; one added later under the same id takes the place of the earlier."""
        self._instruments[instrument_id] = instrument
        self._sources[instrument_id] = source
        self._texts.pop(instrument_id, None)
        self._made.clear()
        self._words.clear()

    def has(self, ref: str) -> bool:
        """Say whether the ref is in the index."""
        try:
            instrument_id, clause = split_ref(ref)
        except ValueError:
            return False
        return instrument_id in self._instruments and clause in self._load(instrument_id)

    def get(self, ref: str) -> Citation:
        """Return a citation.

        Raises:
            RulesetError: the index has no such ref.
        """
        made = self._made.get(ref)
        if made is not None:
            return made
        if not self.has(ref):
            raise RulesetError(
                f"Viện dẫn «{ref}» không có trong chỉ mục; sửa viện dẫn, hoặc thêm nguyên văn của chỗ đó."
            )
        instrument_id, clause = split_ref(ref)
        instrument = self._instruments[instrument_id]
        words = clause_words(clause, instrument)
        verified = instrument.last_verified_on
        made = Citation(
            ref=ref,
            full_vi=self.full(ref),
            clause_vi=words[:1].upper() + words[1:],
            short_vi=_short(clause, instrument),
            text_vi=self._text(instrument_id, clause),
            instrument=instrument_id,
            last_verified_on=verified.isoformat() if verified else None,
            note_vi=instrument.source_vi,
        )
        self._made[ref] = made
        return made

    def refs(self, instrument_id: str) -> tuple[str, ...]:
        """Return every ref of an instrument, in its order."""
        return tuple(f"{instrument_id}:{clause}" for clause in self._load(instrument_id))

    @property
    def instruments(self) -> Mapping[str, Instrument]:
        """The instruments by id."""
        return self._instruments

    def full(self, ref: str) -> str:
        """Return the full wording alone, without reading the text: «điểm a khoản 2 Điều 13 …»."""
        words = self._words.get(ref)
        if words is None:
            instrument_id, clause = split_ref(ref)
            instrument = self._instruments[instrument_id]
            words = self._words[ref] = f"{clause_words(clause, instrument)} {instrument.name_vi}"
        return words

    def own_text(self, ref: str) -> str:
        """Return the text of the place itself, without what stands below it."""
        instrument_id, clause = split_ref(ref)
        return self._load(instrument_id)[clause]

    def _load(self, instrument_id: str) -> dict[str, str]:
        if instrument_id not in self._texts:
            self._texts[instrument_id] = self._sources[instrument_id]()
        return self._texts[instrument_id]

    def _text(self, instrument_id: str, clause: str) -> str:
        texts = self._load(instrument_id)
        own = texts[clause]
        if self._instruments[instrument_id].numbering == "sections":
            return own
        below = [
            f"{_mark(key)} {texts[key]}"
            for key in sorted((key for key in texts if key.startswith(f"{clause}.")), key=clause_key)
        ]
        whole = "\n".join([own, *below])
        return whole if below and len(whole) <= _FULL_TEXT else own


def _mark(clause: str) -> str:
    last = clause.rsplit(".", 1)[-1]
    return f"{last}." if last.isdecimal() else f"{last.replace('dd', 'đ')})"


def clause_words(clause: str, instrument: Instrument) -> str:
    """Return how a clause is cited: «điểm a khoản 2 Điều 13»."""
    if clause in instrument.words:
        return instrument.words[clause]
    first, *rest = clause.split(".")
    if instrument.numbering == "sections":
        return _section_words(clause)
    appendix = instrument.appendices.get(first)
    if appendix is None:
        marks = ("Điều", "khoản", "điểm")
        parts = [
            f"{mark} {part.replace('dd', 'đ')}" for mark, part in zip(marks, (first, *rest), strict=False)
        ]
        return " ".join(reversed(parts))
    if not rest:
        return appendix.name_vi
    if appendix.item_vi is not None:
        return f"{appendix.item_vi.format(item=rest[0])} {appendix.name_vi}"
    section, *below = rest
    head = f"{(appendix.section_vi or '{roman}').format(roman=_ROMAN[int(section)])} {appendix.name_vi}"
    parts = [
        f"{mark} {part.replace('dd', 'đ')}" for mark, part in zip(("khoản", "điểm"), below, strict=False)
    ]
    return " ".join([*reversed(parts), head])


def _section_words(clause: str) -> str:
    section, point = _section(clause)
    if section[:1].isalpha():
        return f"mục {section} Phụ lục {section[0]}"
    return f"điểm {point} mục {section}" if point else f"mục {section}"


def _section(clause: str) -> tuple[str, str]:
    """Split a place of a standard into its section and its point: 5.6.2.2 and b; an appendix is A.3.2."""
    above, _, last = clause.rpartition(".")
    if above and not last.isdecimal():
        return above, last
    return clause[:1].upper() + clause[1:], ""


def _short(clause: str, instrument: Instrument) -> str:
    first, *rest = clause.split(".")
    if instrument.numbering == "sections":
        section, point = _section(clause)
        return f"{section} {point})" if point else section
    if first.isdecimal():
        return f"Đ{clause.replace('dd', 'đ')}"
    if first in instrument.appendices:
        name = instrument.appendices[first].name_vi.replace("Phụ lục", "PL")
        return ".".join((name, *rest)).replace("dd", "đ")
    return instrument.words.get(clause, clause).removesuffix(" Phụ lục").replace("Mẫu số", "Mẫu")
