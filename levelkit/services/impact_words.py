"""Services: two laws side by side in words: the path of the transition, what the plan is asked then."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from levelkit.law.review import review_rules
from levelkit.services.impact import impact
from levelkit.services.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from levelkit.law import RuleLibrary
    from levelkit.services.impact import Impact

OLD, NEW = "nd85-2016", "nd331-2026"


@dataclass(frozen=True)
class TwoLaws:
    """One system under both decrees.

    Attributes:
        open: whether either side is not settled.
        path_vi: what the transition asks, empty where it says nothing.
        day: the first safe day of the path.
        plan_vi: what moving asks of the security plan, empty while the level is open.
    """

    found: Impact
    open: bool
    path_vi: str
    day: date | None
    plan_vi: str


def two_laws(workspace: Workspace, told: Callable[[int, int], None] | None = None) -> list[TwoLaws]:
    """Judge every system under both decrees: slow for many, so never on the thread of a window.

    The workspace is opened a second time, read only. ``told`` is called with done and all; it may raise
    ``Cancelled``.
    """
    with Workspace.open(workspace.path, readonly=True, backup=False) as opened:
        found = impact(opened, OLD, NEW, told)
        words = PlanWords(opened.library)
        return [_of(opened.library, one, words) for one in found]


class PlanWords:
    """What moving asks of the plan, once per pair of levels."""

    def __init__(self, library: RuleLibrary) -> None:
        self._library = library
        self._known: dict[tuple[int | None, int], str] = {}

    def of(self, before: int | None, after: int) -> str:
        """Say it for a level under the old decree, None where open, and one under the new."""
        key = before, after
        if key not in self._known:
            self._known[key] = self._say(before, after)
        return self._known[key]

    def _say(self, before: int | None, after: int) -> str:
        asked = self._library.newly_asked(after)
        new = len(asked.of("new"))
        again = len(asked.rows) - new
        whole = f"Cấp {after} theo tiêu chuẩn mới có {len(asked.rows)} yêu cầu"
        parts = [f"{whole}: {new} chưa có ở tiêu chuẩn cũ, {again} phải đối chiếu lại câu trả lời cũ."]
        if before is not None and before != after:
            moved = self._library.carry_over(before, after)
            parts.append(
                f"Từ cấp {before} sang cấp {after}: thêm {len(moved.new)} yêu cầu, "
                f"{len(moved.stricter)} yêu cầu chặt hơn, {len(moved.gone)} yêu cầu không còn bắt buộc."
            )
        return " ".join(parts)


def _of(library: RuleLibrary, found: Impact, words: PlanWords) -> TwoLaws:
    rules = review_rules()
    ids = {row.name_vi: row.id for ruleset in library.rulesets for row in ruleset.transition}
    names = [rules.transition_vi.get(ids.get(due.name_vi, ""), due.name_vi) for due in found.due]
    after = found.after.level
    return TwoLaws(
        found=found,
        open=found.before.level is None or after is None,
        path_vi="; ".join(names),
        day=min((due.safe for due in found.due), default=None),
        plan_vi=words.of(found.before.level, after) if after is not None else "",
    )
