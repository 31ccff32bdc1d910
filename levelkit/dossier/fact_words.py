"""Dossier: facts as a reader of the dossier reads them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from levelkit.domain.fact_catalogue import FACT_CATALOGUE, FactSpec
from levelkit.domain.text import format_date, format_number, nfc
from levelkit.dossier.context import Line

if TYPE_CHECKING:
    from levelkit.dossier.manifest import Manifest


def fact_lines(facts: Mapping[str, Any], words: Manifest) -> tuple[Line, ...]:
    """Return name and value of each fact; None values read as not known."""
    lines: list[Line] = []
    for key, value in facts.items():
        if isinstance(value, Mapping):
            lines.extend(_line(f"{key}.{part}", inner, words) for part, inner in value.items())
        else:
            lines.append(_line(key, value, words))
    return tuple(lines)


def fact_name(key: str) -> str:
    """Return a fact's Vietnamese name; ``harm.rights`` names the subject too."""
    parent, _, part = key.partition(".")
    spec = FACT_CATALOGUE[parent]
    if not part:
        return spec.name_vi
    subject = next((option.label_vi for option in spec.parts if option.value == part), part)
    return f"{spec.name_vi}: {subject}"


def _line(key: str, value: Any, words: Manifest) -> Line:
    spec = FACT_CATALOGUE[key.partition(".")[0]]
    if value is None:
        return Line(label=fact_name(key), value=words.words["not_known"])
    return Line(label=fact_name(key), value=_value(spec, value, words))


def _value(spec: FactSpec, value: Any, words: Manifest) -> str:
    if isinstance(value, bool):
        return words.words["yes"] if value else words.words["no"]
    if isinstance(value, (list, tuple)):
        return "; ".join(_value(spec, item, words) for item in value) or words.words["none"]
    if spec.type == "date":
        return format_date(value if isinstance(value, date) else date.fromisoformat(str(value)))
    if spec.type == "level":
        return words.label("level", level=value) if value else words.words["none"]
    if spec.type == "count":
        return " ".join(part for part in (format_number(int(value)), spec.unit_vi) if part)
    if spec.type == "lines":
        return words.label("line", number=value)
    return nfc(spec.label(str(value)))
