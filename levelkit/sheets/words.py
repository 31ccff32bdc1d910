"""Sheets: the words of inventories, from ``words.yaml``; compared folded."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from typing import Literal

from pydantic import Field

from levelkit.domain.base import Model
from levelkit.domain.text import fold
from levelkit.resources import package_dir
from levelkit.strict_yaml import read_shipped

ColumnType = Literal[
    "code",
    "owner",
    "text",
    "long_text",
    "choices",
    "choice",
    "stage",
    "count",
    "quantity",
    "date",
    "boolean",
    "lines",
    "decision",
    "role",
    "question",
    "label",
    "value",
]

_SPACES = re.compile(r"\s+")
_EDGES = " .,:;*-–()[]"


@lru_cache(maxsize=1 << 16)
def key_of(text: str) -> str:
    """Return how a heading or a word is compared: folded, spaces single, no marks at the ends."""
    return _SPACES.sub(" ", fold(text)).strip(_EDGES)


class ColumnWords(Model):
    """A column: what it answers and how it is called.

    Attributes:
        question: the question of a system that it answers.
        key: the column of the table that it fills.
        letters: points of the decree → value.
    """

    type: ColumnType
    names: tuple[str, ...]
    question: str | None = None
    key: str | None = None
    required: bool = False
    letters: dict[str, str] = Field(default_factory=dict)
    values: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    none: tuple[str, ...] = ()
    ruleset: dict[str, str] = Field(default_factory=dict)
    started: tuple[str, ...] = ()

    @cached_property
    def keys(self) -> frozenset[str]:
        """The names, folded."""
        return frozenset(key_of(name) for name in self.names)

    @cached_property
    def by_word(self) -> dict[str, str]:
        """Folded word → value."""
        return {key_of(word): value for value, words in self.values.items() for word in words}

    @cached_property
    def none_keys(self) -> frozenset[str]:
        """The words for «none», folded."""
        return frozenset(key_of(word) for word in self.none)


class SheetWords(Model):
    """A kind of sheet: its columns; ``table`` is the question whose rows it holds."""

    names: tuple[str, ...]
    columns: dict[str, ColumnWords]
    table: str | None = None

    @cached_property
    def keys(self) -> frozenset[str]:
        """The names, folded."""
        return frozenset(key_of(name) for name in self.names)


class Words(Model):
    """``words.yaml``.

    Attributes:
        titles, headings: of sheets that are written where none came in.
        decision: how an earlier decision is written.
    """

    sheets: dict[str, SheetWords]
    titles: dict[str, str]
    headings: dict[str, dict[str, str]]
    decision: dict[str, str]
    vague: tuple[str, ...]
    people: tuple[str, ...]
    multiples: dict[str, int]
    none: tuple[str, ...]
    unknown: tuple[str, ...]
    yes: tuple[str, ...]
    no: tuple[str, ...]
    totals: tuple[str, ...]
    running: tuple[str, ...]

    def among(self, text: str, words: tuple[str, ...]) -> bool:
        """Say whether a text is one of the words, compared folded."""
        return key_of(text) in _keys(words) or text.strip() in words


@lru_cache(maxsize=64)
def _keys(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(key_of(word) for word in words)


@lru_cache(maxsize=1)
def words() -> Words:
    """Return the words, read on first use."""
    path = package_dir("sheets") / "words.yaml"
    return Words.model_validate(read_shipped(path.read_text(encoding="utf-8")))
