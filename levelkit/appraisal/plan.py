"""The security plan as a whole: its headings not met yet, and whether there are rows at all. Đ22.6, Đ29.2."""

from __future__ import annotations

from typing import TYPE_CHECKING

from levelkit.domain.text import join_vi

if TYPE_CHECKING:
    from collections.abc import Iterator

    from levelkit.appraisal.case import Case
    from levelkit.domain.proposal import Finding

_OPEN_STATUS = {"partly", "not_met"}
_STATUS = ".status"


def plan_findings(case: Case) -> Iterator[Finding]:
    """One warning where the ruleset knows no rows, one hint that names the headings not yet met."""
    if case.proposal.plan is None and case.proposal.level is not None:
        yield case.finding("matrix-missing")
    left = [
        question.id
        for question in case.forms.questions
        if question.id.endswith(_STATUS) and case.asked(question.id) in _OPEN_STATUS
    ]
    if left:
        names = [f"«{case.forms.question(status.removesuffix(_STATUS)).name}»" for status in left]
        yield case.finding("plan-not-met", left[0], count=len(left), names=join_vi(names))
