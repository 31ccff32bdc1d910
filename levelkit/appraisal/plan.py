"""The security plan as a whole: its headings beside their rows, and whether there are rows. Đ22.6, Đ29.2."""

from __future__ import annotations

from typing import TYPE_CHECKING

from levelkit.domain.text import join_vi

if TYPE_CHECKING:
    from collections.abc import Iterator

    from levelkit.appraisal.case import Case
    from levelkit.domain.proposal import Finding
    from levelkit.questionnaire import Question

_OPEN_STATUS = {"partly", "not_met"}
_STATUS = ".status"
_MOST = 3


def plan_findings(case: Case) -> Iterator[Finding]:
    """Warn where rows are missing and where headings claim more than they do; hint at what is not met yet."""
    if case.proposal.plan is None and case.proposal.level is not None:
        yield case.finding("matrix-missing")
    left = [status for status in _statuses(case) if case.asked(status) in _OPEN_STATUS]
    if left:
        names = [f"«{_heading(case, status).name}»" for status in left]
        yield case.finding("plan-not-met", left[0], count=len(left), names=join_vi(names))
    claimed = [status for status in _statuses(case) if case.asked(status) == "met" and _unmet(case, status)]
    if claimed:
        names = [f"«{_heading(case, status).name}» ({_unmet(case, status)})" for status in claimed]
        yield case.finding("plan-above-rows", claimed[0], count=len(claimed), names=join_vi(names))


def _statuses(case: Case) -> list[str]:
    return [question.id for question in case.forms.questions if question.id.endswith(_STATUS)]


def _heading(case: Case, status: str) -> Question:
    return case.forms.question(status.removesuffix(_STATUS))


def _unmet(case: Case, status: str) -> str:
    """Return where the heading's rows stand that are met in part or not at all: «6.13.2.1 c), 6.14.2.1»."""
    plan, place = case.proposal.plan, _heading(case, status).cite
    if plan is None:
        return ""
    rows = [row for row in plan.rows if place in row.headings + row.plan]
    places = [row.place_vi for row in rows if plan.answer(row.id).status in _OPEN_STATUS]
    return ", ".join(places[:_MOST]) + (", …" if len(places) > _MOST else "")
