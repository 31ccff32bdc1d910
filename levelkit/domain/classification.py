"""Domain: what a classification says, criterion by criterion."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, Literal

from levelkit.domain.base import Model


class Outcome(StrEnum):
    """Kleene's three values of a criterion."""

    MET = "met"
    NOT_MET = "not_met"
    OPEN = "open"


class CriterionResult(Model):
    """One criterion under one set of facts.

    Attributes:
        ref: with the ruleset, ``nd331-2026:13.2.a``.
        clause: without it, ``13.2.a``.
        level: 1 to 5.
        cite: full Vietnamese citation.
        summary_vi: the criterion in plain words.
        text_vi: the criterion as enacted (short).
        because: facts read that decided it (met or not met).
        needs: facts whose value is missing (open).
    """

    ref: str
    clause: str
    level: int
    outcome: Outcome
    cite: str
    summary_vi: str
    text_vi: str
    because: dict[str, Any]
    needs: tuple[str, ...]


class NearMiss(Model):
    """A change of facts that would raise the level («sẽ là cấp 3 nếu …»)."""

    level: int
    ref: str
    cite: str
    changes: dict[str, Any]
    text_vi: str


class GreyPoint(Model):
    """A point that the law leaves open: the reading taken, the other one, what it would do."""

    code: str
    cite: str
    question_vi: str
    reading_vi: str
    other_vi: str
    effect_vi: str


class Notice(Model):
    """A warning of the contract: ``{"code", "text_vi", "cite"}``."""

    code: str
    text_vi: str
    cite: str


class HarmRow(Model):
    """One row of the harm table: subject, harm stated, level that it gives (0: none)."""

    subject: str
    subject_vi: str
    harm: str | None
    harm_vi: str
    level: int


class Classification(Model):
    """Level or bounds, with the whole reasoning. Implements Đ8, Đ10.5, Đ11–Đ16."""

    ruleset: str
    ruleset_version: str
    ruleset_chosen_by: Literal["given", "date", "default"]
    as_of: str | None
    name: str | None
    level: int | None
    at_least: int
    at_most: int
    criteria_level: int | None
    criteria_at_least: int
    criteria_at_most: int
    deciding: tuple[str, ...]
    results: tuple[CriterionResult, ...]
    open_refs: tuple[str, ...]
    national_security_list: Literal["yes", "no", "unknown"]
    national_security_refs: tuple[str, ...]
    warnings: tuple[Notice, ...]
    harm: tuple[HarmRow, ...]
    harm_level: int
    risk_level: int | None
    near_misses: tuple[NearMiss, ...] = ()
    grey_points: tuple[GreyPoint, ...] = ()

    @property
    def open_needs(self) -> frozenset[str]:
        """The unknown facts that the open criteria wait for; the risk result is no criterion."""
        return frozenset(
            fact for result in self.results if result.ref in self.open_refs for fact in result.needs
        )
