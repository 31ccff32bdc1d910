"""Law: what makes a level be looked at again: changed answers, counts, the list of business lines. Đ10.2."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from levelkit.domain.base import Model
from levelkit.law.ruleset import read_model
from levelkit.resources import package_dir


class WatchedChange(Model):
    """Questions whose change is one of the cases of Đ10.2, and what is said to have changed."""

    what_vi: str
    cite: str
    questions: tuple[str, ...]


class WatchedCount(Model):
    """A counted fact, the question that holds its forecast, the parameter that is its threshold."""

    fact: str
    forecast: str
    threshold: str


class ReviewRules(Model):
    """``review.yaml``.

    Attributes:
        settled_by_approval: rows of the transition that an approved dossier has done.
        transition_vi: a short name of each row of the transition, for lists.
        clocks: status of a dossier → the step that it waits for.
        scope_cite, scope_grounds_cite: that nobody splits for the level; what a scope rests on.
        forecast_day: the question that says when the forecast is reached.
    """

    cite: str
    raised_cite: str
    forecast_cite: str
    lines_cite: str
    scope_cite: str
    scope_grounds_cite: str
    settled_by_approval: tuple[str, ...]
    transition_vi: dict[str, str]
    clocks: dict[str, Literal["appraise", "approve"]]
    changes: tuple[WatchedChange, ...]
    counts: tuple[WatchedCount, ...]
    forecast_day: str


@lru_cache(maxsize=1)
def review_rules() -> ReviewRules:
    """Return the rules that come with the program, read once.

    Raises:
        RulesetError: the file is broken; names file, key, remedy.
    """
    path = package_dir("law", "rulesets", "calendar") / "review.yaml"
    return read_model(path.read_text(encoding="utf-8"), ReviewRules, "calendar/review.yaml")
