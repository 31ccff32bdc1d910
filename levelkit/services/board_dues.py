"""Services: which days are coming: transition, limits, the yearly report, Phụ lục IV. Đ23, Đ35, Đ39.1."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from levelkit.law import business_lines
from levelkit.law.calendar import add_working_days, working_days_between, yearly_reports
from levelkit.law.review import review_rules
from levelkit.questionnaire.types import NONE_OF_THESE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from levelkit.law.model import DeadlineRow, Transition
    from levelkit.services.workspace import Workspace
    from levelkit.store import StoredSystem

_LINES, _CRITERIA = "conditional_business_lines", "national_security_criteria"
_STAGE, _MINISTRY = "system.stage", "owner.ministry"
_SOON, _SOON_TRANSITION = 7, 60
_SOON_WORKING = 5


@dataclass(frozen=True)
class Due:
    """Something that falls due on a day.

    Attributes:
        kind: ``transition``, ``clock``, ``report`` or ``lines``.
        codes: the systems concerned; empty for what concerns the whole inventory.
        left: days left, today 0, negative when late; working days where ``working``.
        certain: False where the holidays of a year on the way are not announced yet.
        urgent: late, or close with something left to do.
        used, limit: of a time limit in days, how many are gone; 0 elsewhere.
    """

    day: date
    kind: str
    what_vi: str
    codes: tuple[str, ...]
    left: int
    working: bool
    certain: bool
    urgent: bool
    cite: str
    cite_vi: str
    used: int = 0
    limit: int = 0

    @property
    def late(self) -> bool:
        """Whether the day has passed."""
        return self.left < 0

    @property
    def left_vi(self) -> str:
        """«còn 10 ngày làm việc», «hôm nay», «quá 97 ngày», with «dự kiến» where it is not certain."""
        unit = "ngày làm việc" if self.working else "ngày"
        words = "hôm nay" if not self.left else f"{'quá' if self.late else 'còn'} {abs(self.left)} {unit}"
        return words if self.certain else f"{words}, dự kiến"


def watched_questions() -> set[str]:
    """Return the answers that :func:`find_dues` reads of every system."""
    return {_LINES, _CRITERIA, _STAGE, _MINISTRY}


def find_dues(
    workspace: Workspace,
    today: date,
    systems: Sequence[StoredSystem],
    answers: Mapping[int, Mapping[str, Any]],
    statuses: Mapping[int, Sequence[tuple[datetime, str]]],
) -> list[Due]:
    """Return what is late or coming, the earliest first."""
    found = [*_transition(workspace, today, systems), *_reports(workspace, today)]
    found += _lines(workspace, today, systems, answers)
    for one in systems:
        found += _clock(workspace, today, one, answers.get(one.id, {}), statuses.get(one.id, ()))
    return sorted(found, key=lambda due: (due.day, due.kind, due.codes))


def merged(dues: Sequence[Due]) -> list[Due]:
    """Return the dues with those of several systems that are alike as one, in the same order."""
    found: dict[tuple[date, str, str], Due] = {}
    for due in dues:
        key = due.day, due.kind, due.what_vi
        same = found.get(key)
        found[key] = due if same is None else replace(same, codes=(*same.codes, *due.codes))
    return list(found.values())


def _transition(workspace: Workspace, today: date, systems: Sequence[StoredSystem]) -> Iterator[Due]:
    rules = review_rules()
    rows: dict[tuple[str, str], Transition] = {
        (row.safe.isoformat(), row.name_vi): row
        for ruleset in workspace.library.rulesets
        for row in ruleset.transition
    }
    codes: dict[tuple[str, str], list[str]] = defaultdict(list)
    for one in systems:
        for key in one.levels.deadlines:
            row = rows.get(key)
            if one.status == "approved" and row is not None and row.id in rules.settled_by_approval:
                continue
            codes[key].append(one.code)
    for (day, name), concerned in codes.items():
        row = rows.get((day, name))
        what = rules.transition_vi.get(row.id, name) if row is not None else name
        left = (date.fromisoformat(day) - today).days
        yield Due(
            day=date.fromisoformat(day),
            kind="transition",
            what_vi=what,
            codes=tuple(concerned),
            left=left,
            working=False,
            certain=True,
            urgent=left <= _SOON_TRANSITION,
            cite=row.cite if row is not None else "",
            cite_vi=workspace.library.citation(row.cite).short_vi if row is not None else "",
        )


def _reports(workspace: Workspace, today: date) -> Iterator[Due]:
    for report in yearly_reports():
        day = report.following(today)
        left = (day - today).days
        short = workspace.library.citation(report.cite).short_vi
        yield Due(
            day=day,
            kind="report",
            what_vi=report.name_vi,
            codes=(),
            left=left,
            working=False,
            certain=True,
            urgent=left <= _SOON,
            cite=report.cite,
            cite_vi=short,
        )


def _lines(
    workspace: Workspace,
    today: date,
    systems: Sequence[StoredSystem],
    answers: Mapping[int, Mapping[str, Any]],
) -> Iterator[Due]:
    """Give the day on which another list of business lines takes over, with the systems that it concerns."""
    ends = business_lines(today).valid_to
    codes = tuple(one.code for one in systems if answers.get(one.id, {}).get(_LINES))
    if ends is None or not codes or ends < today:
        return
    day = ends + timedelta(days=1)
    cite = business_lines(today).cite
    short = workspace.library.citation(cite).short_vi
    what = "Phụ lục IV mới có hiệu lực, xem lại ngành, nghề"
    yield Due(
        day=day,
        kind="lines",
        what_vi=what,
        codes=codes,
        left=(day - today).days,
        working=False,
        certain=True,
        urgent=False,
        cite=cite,
        cite_vi=short,
    )


def _clock(
    workspace: Workspace,
    today: date,
    one: StoredSystem,
    answers: Mapping[str, Any],
    statuses: Sequence[tuple[datetime, str]],
) -> Iterator[Due]:
    """Give the limit of the step that a dossier waits for, counted from the day its status was set."""
    step = review_rules().clocks.get(one.status)
    begun = next((at for at, status in reversed(statuses) if status == one.status), None)
    level = one.levels.proposed or one.levels.computed
    if step is None or begun is None or level is None:
        return
    row = _limit(workspace, one, level, step, answers)
    if row is None or row.value is None:
        return
    start = begun.astimezone().date()
    working = row.unit == "working_days"
    if working:
        counted = add_working_days(start, row.value)
        day, certain = counted.day, counted.certain
        left, used = working_days_between(today, day), max(working_days_between(start, today), 0)
    else:
        day, certain = start + timedelta(days=row.value), True
        left, used = (day - today).days, max((today - start).days, 0)
    yield Due(
        day=day,
        kind="clock",
        what_vi=row.step_vi,
        codes=(one.code,),
        left=left,
        working=working,
        certain=certain,
        urgent=left <= _SOON_WORKING,
        cite=row.cite,
        cite_vi=workspace.library.citation(row.cite).short_vi,
        used=used,
        limit=row.value,
    )


def _limit(
    workspace: Workspace, one: StoredSystem, level: int, step: str, answers: Mapping[str, Any]
) -> DeadlineRow | None:
    ruleset = workspace.library.get(one.ruleset.id)
    listed = any(criterion != NONE_OF_THESE for criterion in answers.get(_CRITERIA) or ())
    rows = (
        row
        for row in ruleset.time_limits
        if row.step == step
        and row.reach.holds(
            level,
            listed=listed,
            stage=answers.get(_STAGE) or "in_operation",
            ministry=answers.get(_MINISTRY) or "none",
        )
    )
    return next(rows, None)
