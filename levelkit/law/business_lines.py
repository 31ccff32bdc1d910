"""Law: the list of conditional business lines, by day, with an accent-free search. Đ12.2.a, Đ13.2.a."""

from __future__ import annotations

from datetime import date
from functools import cached_property, lru_cache

from levelkit.domain.base import Model
from levelkit.domain.text import find_spans, fold
from levelkit.law.library import RuleLibrary
from levelkit.law.model import LineFile, LineList
from levelkit.law.ruleset import read_model
from levelkit.resources import package_dir


class BusinessLine(Model):
    """One line of the list: its number, its name as enacted, for whom it is usual."""

    number: int
    name_vi: str
    usual_for: tuple[str, ...]


class LineMatch(Model):
    """A line that a search found, and where its name matches: spans of characters."""

    line: BusinessLine
    spans: tuple[tuple[int, int], ...]


class BusinessLines(Model):
    """One version of the list.

    Attributes:
        valid_to: the last day, None while no end is known.
        cite: the ref of the list.
        note_vi: what follows it.
    """

    items: tuple[BusinessLine, ...]
    valid_from: date
    valid_to: date | None
    cite: str
    note_vi: str

    @cached_property
    def _by_number(self) -> dict[int, BusinessLine]:
        return {item.number: item for item in self.items}

    def name(self, number: int) -> str:
        """Return the name of a line; a number outside the list is a ``KeyError``."""
        return self._by_number[number].name_vi

    def items_usual(self, trade: str | None = None) -> tuple[BusinessLine, ...]:
        """Return the lines usual for a trade (any, when none is named), in the order of the data."""
        return tuple(item for item in self._usual if trade is None or trade in item.usual_for)

    @cached_property
    def _usual(self) -> tuple[BusinessLine, ...]:
        order = _usual_order(self.cite)
        return tuple(
            sorted((item for item in self.items if item.usual_for), key=lambda item: order[item.number])
        )

    def search(self, query: str) -> tuple[LineMatch, ...]:
        """Find lines by words of their name without accents, or by number; nothing typed finds all."""
        text = fold(query).strip()
        if not text:
            return tuple(LineMatch(line=item, spans=()) for item in self.items)
        if text.isdecimal():
            return tuple(
                LineMatch(line=item, spans=()) for item in self.items if str(item.number).startswith(text)
            )
        return tuple(
            LineMatch(line=item, spans=spans)
            for item in self.items
            if (spans := find_spans(item.name_vi, query))
        )

    def covers(self, day: date) -> bool:
        """Say whether this version holds on a day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


def business_lines(on: date | None = None) -> BusinessLines:
    """Return the list that holds on a day; the newest known one without a day, or outside every list."""
    versions = _versions()
    return next((version for version in versions if on is not None and version.covers(on)), versions[-1])


@lru_cache(maxsize=1)
def _lists() -> tuple[LineList, ...]:
    text = (package_dir("law", "rulesets", "sources") / "business-lines.yaml").read_text(encoding="utf-8")
    file = read_model(text, LineFile, "sources/business-lines.yaml")
    return tuple(sorted(file.lists, key=lambda version: version.valid_from))


def _usual_order(cite: str) -> dict[int, int]:
    order: dict[int, int] = {}
    for version in _lists():
        if version.cite == cite:
            for numbers in version.usual_for.values():
                for number in numbers:
                    order.setdefault(number, len(order))
    return order


@lru_cache(maxsize=1)
def _versions() -> tuple[BusinessLines, ...]:
    index = RuleLibrary.load().index
    versions = []
    for version in _lists():
        instrument = version.cite.partition(":")[0]
        prefix = f"{version.cite}."
        items = tuple(
            BusinessLine(
                number=number,
                name_vi=index.own_text(ref),
                usual_for=tuple(trade for trade, numbers in version.usual_for.items() if number in numbers),
            )
            for ref in index.refs(instrument)
            if ref.startswith(prefix)
            for number in (int(ref.removeprefix(prefix)),)
        )
        versions.append(
            BusinessLines(
                items=items,
                valid_from=version.valid_from,
                valid_to=version.valid_to,
                cite=version.cite,
                note_vi=version.note_vi,
            )
        )
    return tuple(versions)
