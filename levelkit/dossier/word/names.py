"""Word: the names of the styles, read once and strictly."""

from __future__ import annotations

from functools import lru_cache

from levelkit.domain.base import Model
from levelkit.resources import data_dir
from levelkit.strict_yaml import read_shipped


class Own(Model):
    """The styles and words that no class of the templates stands for."""

    table: str
    grid: str
    cell: str
    filler: str
    picture: str
    contents_title: str
    contents: tuple[str, ...]
    header: str
    footer: str
    hyperlink: str
    watermark: str
    table_label: str
    figure_label: str


class Names(Model):
    """``templates/word.yaml``."""

    schema_: int
    styles: dict[str, str]
    elements: dict[str, str]
    plain: frozenset[str]
    own: Own

    def knows(self, name: str) -> bool:
        """Whether a class of the templates is known."""
        return name in self.styles or name in self.plain


@lru_cache(maxsize=1)
def names() -> Names:
    """Return the names, read on first use."""
    raw = read_shipped((data_dir("templates") / "word.yaml").read_text(encoding="utf-8"))
    raw["schema_"] = raw.pop("schema")
    return Names.model_validate(raw)
