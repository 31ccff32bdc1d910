"""Dossier: the manifest of templates, read once and strictly."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from levelkit.domain.base import Model
from levelkit.domain.proposal import Stage
from levelkit.resources import data_dir
from levelkit.strict_yaml import read_shipped

FormKind = Literal["statement", "letter", "submission", "decision", "report"]


class DocumentRow(Model):
    """One document: template, kind, the type's abbreviation in the number line, standard recipients."""

    template: str
    kind: FormKind
    orientation: Literal["portrait", "landscape"]
    sign: str | None = None
    recipients: tuple[str, ...] = ()


class AttachmentRow(Model):
    """A file handed on as given: the question that holds it."""

    question: str
    title: str
    stage: Stage


class Item(Model):
    """A heading of the statements: the question it prints and the place of the law.

    ``cite_critical`` replaces ``cite`` at level 5 and for listed systems.
    """

    question: str
    title: str
    cite: str | None = None
    cite_critical: str | None = None


class Plan(Model):
    """The plan's headings, in the order of the decree.

    Attributes:
        cites: places of the law that the matrix and its summary name, by what they are about.
        shared_levels: levels at which the sharing of measures is asked for.
    """

    cites: dict[str, str]
    shared_levels: tuple[int, ...]
    contents: tuple[Item, ...]
    management: tuple[Item, ...]
    technical: tuple[Item, ...]
    more: tuple[Item, ...]


class TableRow(Model):
    """A table of the statements: headings, row keys after the running number, widths in percent."""

    title: str
    columns: tuple[str, ...]
    keys: tuple[str, ...]
    widths: tuple[int, ...]
    numeric: tuple[int, ...]


class Occasion(Model):
    """A sentence on how the dossier came about."""

    text: str
    cite: str | None


class Manifest(Model):
    """``templates/manifest.yaml``."""

    schema_: int
    documents: dict[str, DocumentRow]
    attachments: dict[str, AttachmentRow]
    bases: dict[str, tuple[str, ...]]
    standard: str
    ministries: dict[str, str]
    secrecy: dict[str, str]
    company_words: tuple[str, ...]
    outcomes: dict[str, str]
    words: dict[str, str]
    party_titles: dict[str, str | dict[str, str]]
    party_lines: dict[str, str]
    plan: Plan
    risk: tuple[Item, ...]
    detail: tuple[Item, ...]
    conditions: tuple[Item, ...]
    scope: tuple[Item, ...]
    tables: dict[str, TableRow]
    occasions: dict[str, Occasion]
    reason_cites: dict[str, str]
    national: dict[str, str]
    national_cite: dict[str, str]
    harm_cite: dict[str, str]
    labels: dict[str, str | tuple[str, ...]]

    def label(self, key: str, **values: object) -> str:
        """Return one of the words, its places filled in."""
        text = self.labels[key]
        if not isinstance(text, str):
            raise TypeError(key)
        return text.format(**values) if values else text

    def columns(self, key: str) -> tuple[str, ...]:
        """Return column headings that stand among the labels."""
        found = self.labels[key]
        if isinstance(found, str):
            raise TypeError(key)
        return found

    def refs(self) -> frozenset[str]:
        """Return every citation that the manifest names."""
        items = (
            *self.plan.contents,
            *self.plan.management,
            *self.plan.technical,
            *self.plan.more,
            *self.risk,
            *self.detail,
            *self.conditions,
            *self.scope,
        )
        occasions = self.occasions.values()
        cites = [cite for item in items for cite in (item.cite, item.cite_critical)] + [
            occasion.cite for occasion in occasions
        ]
        for named in (self.national_cite, self.harm_cite, self.reason_cites, self.plan.cites):
            cites += named.values()
        return frozenset(cite for cite in cites if cite)


@lru_cache(maxsize=1)
def manifest() -> Manifest:
    """Return the manifest, read on first use."""
    raw = read_shipped((data_dir("templates") / "manifest.yaml").read_text(encoding="utf-8"))
    raw["schema_"] = raw.pop("schema")
    return Manifest.model_validate(raw)
