"""The standing list of gaps: counts, the worst of each section, and which one comes next. No Qt."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from levelkit.domain.proposal import Finding

_ORDER = {"error": 0, "warning": 1, "hint": 2}


def count_gaps(findings: Sequence[Finding]) -> dict[str, int]:
    """How many gaps of each severity."""
    counts = Counter(finding.severity for finding in findings)
    return {severity: counts.get(severity, 0) for severity in ("error", "warning", "hint")}


def worst_by_section(findings: Sequence[Finding]) -> dict[str, str]:
    """The gravest severity of each section that has any."""
    worst: dict[str, str] = {}
    for finding in findings:
        section = finding.where.partition("/")[0]
        if section not in worst or _ORDER[finding.severity] < _ORDER[worst[section]]:
            worst[section] = finding.severity
    return worst


def question_of(finding: Finding) -> str:
    """The question that a gap names; empty where it names a whole section."""
    return finding.where.partition("/")[2]


def next_gap(findings: Sequence[Finding], order: Sequence[str], current: str, severity: str = "") -> str:
    """The question with a gap that follows ``current`` in the order of the forms, round and round.

    Errors come before warnings and hints: while there is one, only errors are visited.
    """
    wanted = severity or min((f.severity for f in findings), key=lambda one: _ORDER[one], default="")
    behind = {question_of(finding) for finding in findings if finding.severity == wanted}
    places = [question for question in order if question in behind]
    if not places:
        return ""
    position = {question: place for place, question in enumerate(order)}
    here = position.get(current, -1)
    return next((question for question in places if position[question] > here), places[0])
