"""The security plan row by row: one finding per group and kind, at its first row. Đ22.6, Đ30.1, Đ36.10."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from levelkit.domain.plan import KEY
from levelkit.domain.plan_gaps import GapKind, row_gaps
from levelkit.domain.text import format_date
from levelkit.law import to_confirm

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from levelkit.appraisal.case import Case
    from levelkit.domain.plan import PlanGroup, PlanRow, SecurityPlan
    from levelkit.domain.proposal import Finding

_CHECKS: Mapping[GapKind, str] = {
    "open": "row-open",
    "reason": "row-reason",
    "how": "row-how",
    "todo": "row-todo",
    "value": "row-value",
    "value_reason": "row-value-reason",
    "expired": "row-expired",
    "taken_over": "row-taken-over",
    "stricter": "row-stricter",
    "evidence": "row-evidence",
}
_OWN_RULE = frozenset({"value", "value_reason"})
_WHOLE = frozenset({"evidence"})
"""One finding for the whole plan: what is only advised must not flood the list."""
_MOST_ROWS = 4


def row_findings(case: Case, plan: SecurityPlan | None) -> Iterator[Finding]:
    """What the rows of the plan lack; nothing while there is no plan."""
    if plan is None:
        return
    day = _day(case)
    whole: dict[GapKind, list[PlanRow]] = {}
    for group in plan.groups:
        found = _lacking(case, plan, group, day)
        for kind, rows in found.items():
            if kind in _WHOLE:
                whole.setdefault(kind, []).extend(rows)
            else:
                yield _finding(case, kind, rows, group, day)
    for kind, rows in whole.items():
        yield _finding(case, kind, rows, None, day)
    yield from _unknown(case, plan)


def _lacking(
    case: Case, plan: SecurityPlan, group: PlanGroup, day: date | None
) -> dict[GapKind, list[PlanRow]]:
    answers = {row.id: plan.answer(row.id) for row in group.rows}
    waiting = to_confirm(case.library, plan.level, answers)
    found: dict[GapKind, list[PlanRow]] = {}
    for row in group.rows:
        proofs = plan.evidence_of(row.id)
        gaps = row_gaps(row, answers[row.id], proofs, day=day, stricter=row.id in waiting)
        for kind in dict.fromkeys(gap.kind for gap in gaps):
            found.setdefault(kind, []).append(row)
    return found


def _finding(
    case: Case, kind: GapKind, rows: list[PlanRow], group: PlanGroup | None, day: date | None
) -> Finding:
    called = "" if group is None else f"{group.place_vi} {group.name_vi}".strip()
    total = 0 if group is None else len(group.rows)
    found = case.finding(
        _CHECKS[kind],
        KEY + rows[0].id,
        group=called,
        count=len(rows),
        total=total,
        rows=_named(rows),
        day="" if day is None else format_date(day),
    )
    law = group is not None and group.kind == "duty"  # a duty's own place asks for it, not the standard's
    if law or kind in _OWN_RULE:
        return found.model_copy(update={"rule": rows[0].refs[0]})
    return found


def _named(rows: list[PlanRow]) -> str:
    """«5.6.1 a) Quy trình; 5.6.2.2 b) Độ dài mật khẩu; và 3 yêu cầu khác»."""
    named = [f"{row.place_vi} {row.name_vi}" for row in rows[:_MOST_ROWS]]
    if len(rows) > _MOST_ROWS:
        named.append(f"và {len(rows) - _MOST_ROWS} yêu cầu khác")
    return "; ".join(named)


def _unknown(case: Case, plan: SecurityPlan) -> Iterator[Finding]:
    """Rows that name a measure or a proof which is not there any more."""
    missing: dict[str, PlanRow] = {}
    for row in plan.rows:
        answer = plan.answer(row.id)
        for one in (*answer.measures, *answer.evidence):
            if one not in plan.measures and one not in plan.evidence:
                missing.setdefault(one, row)
    for one, row in missing.items():
        yield case.finding("row-unknown", KEY + row.id, record=one, rows=_named([row]))


def _day(case: Case) -> date | None:
    """Return the day on which evidence must prove: of the approval, else of the determination."""
    iso = case.asked("approval_planned") or case.asked("as_of")
    return date.fromisoformat(iso) if iso else None
