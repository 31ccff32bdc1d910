"""Dossier: the words of the drawn architecture pictures, read once and strictly."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from levelkit.domain.architecture import plain
from levelkit.domain.base import Model
from levelkit.resources import data_dir
from levelkit.strict_yaml import read_shipped


class DeviceKind(Model):
    """A kind of device: its symbol's id, its name in the legend, the words by which it is told."""

    id: str
    name: str
    words: tuple[str, ...]


class DrawingWords(Model):
    """``templates/drawings.yaml``."""

    schema_: Literal[1]
    kinds: tuple[DeviceKind, ...]
    internet: tuple[str, ...]
    titles: dict[str, str]
    users: dict[str, str]
    hosting: dict[str, str]
    words: dict[str, str]
    descriptions: dict[str, str]
    notes: dict[str, str]

    def kind_name(self, kind: str) -> str:
        """Return the name of a kind of device."""
        return next(row.name for row in self.kinds if row.id == kind)


@lru_cache(maxsize=1)
def drawing_words() -> DrawingWords:
    """Return the words."""
    data = read_shipped((data_dir("templates") / "drawings.yaml").read_text(encoding="utf-8"))
    assert isinstance(data, dict)
    return DrawingWords.model_validate({"schema_": data.pop("schema"), **data})


@lru_cache(maxsize=1)
def _kind_words() -> tuple[tuple[str, str], ...]:
    return tuple((f" {plain(word)} ", kind.id) for kind in drawing_words().kinds for word in kind.words)


@lru_cache(maxsize=1000)
def device_kind(name: str) -> str:
    """Return the kind of a device: that whose word stands first in the name, the longest at one place."""
    told = f" {plain(name)} "
    found = [(told.find(word), -len(word), kind) for word, kind in _kind_words() if word in told]
    return min(found)[2] if found else drawing_words().kinds[-1].id
