"""Is it an information system, and whose? Đ7.1, Đ18.4, and dates that contradict each other."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from levelkit.domain.text import fold, format_date, join_vi

if TYPE_CHECKING:
    from collections.abc import Iterator

    from levelkit.appraisal.case import Case
    from levelkit.domain.proposal import Finding


def scope_findings(case: Case) -> Iterator[Finding]:
    """The four marks of a system (Đ7.1), independence of the appraiser (Đ18.4), the order of dates."""
    chosen = case.asked("system.is_system")
    question = case.forms.question("system.is_system")
    missing = [option.label.lower() for option in question.options if chosen and option.value not in chosen]
    if missing:
        yield case.finding("not-a-system", missing=join_vi(missing))
    yield from _independence(case)
    planned, as_of = case.asked("approval_planned"), case.asked("as_of")
    if planned and as_of and planned < as_of:
        yield case.finding("planned-before-as-of", planned=_day(planned), as_of=_day(as_of))


def _independence(case: Case) -> Iterator[Finding]:
    operator, security = case.asked("operator.name"), case.asked("security.name")
    if operator and security and _same(operator, security) and case.asked("security.also_operates") is False:
        yield case.finding("same-unit", name=security)
    appraiser = case.asked("security.appraiser_name")
    if appraiser and any(name and _same(appraiser, name) for name in (operator, security)):
        yield case.finding("appraiser-is-operator", name=appraiser)


def _same(first: str, second: str) -> bool:
    return fold(first).split() == fold(second).split()


def _day(iso: str) -> str:
    return format_date(date.fromisoformat(iso))
