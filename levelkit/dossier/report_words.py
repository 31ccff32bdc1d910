"""Dossier: the words of the yearly report, from ``templates/mau-08.yaml``."""

from __future__ import annotations

from functools import lru_cache

from pydantic import Field

from levelkit.domain.base import Model
from levelkit.resources import data_dir
from levelkit.strict_yaml import read_shipped


class ListWords(Model):
    """One list of Đ36: title, place of the law, columns and their widths in percent."""

    title: str
    cite: str
    columns: tuple[str, ...]
    widths: tuple[int, ...]
    roles: dict[str, str] = Field(default_factory=dict)
    every: str = ""


class SystemsWords(Model):
    """The table of part 3."""

    title: str
    columns: tuple[str, ...]
    widths: tuple[int, ...]


class ReportWords(Model):
    """``mau-08.yaml``."""

    title: str
    recipients: tuple[str, ...]
    copies: str
    statuses: dict[str, str]
    implemented: dict[str, str]
    inspected: dict[str, str]
    decision: str
    first_day: dict[str, int]
    last_day: dict[str, int]
    ministry: str
    period: str
    month: str
    counts: dict[str, str]
    unknown: str
    all_approved: str
    parts: dict[str, str]
    lines: dict[str, str]
    systems: SystemsWords
    empty: str
    untold: str
    lists: dict[str, ListWords]
    missing: dict[str, str]


@lru_cache(maxsize=1)
def report_words() -> ReportWords:
    """Return the words of the report, read on first use."""
    path = data_dir("templates") / "mau-08.yaml"
    return ReportWords.model_validate(read_shipped(path.read_text(encoding="utf-8")))
