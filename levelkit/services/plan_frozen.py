"""Services: the plan as the dossier takes it: frozen, with what its answers name and no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from levelkit.domain.plan import BASELINE_ID, LogRetention, PlanGroup, RequirementAnswer, SecurityPlan

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from levelkit.law import RuleLibrary
    from levelkit.services.shared import SharedBook

LEVELS = (1, 2, 3, 4, 5)
_IN_PLACE = frozenset({"met", "partly"})


def freeze(
    level: int,
    library: RuleLibrary,
    groups: Sequence[PlanGroup],
    *,
    given: Mapping[str, RequirementAnswer],
    shared: SharedBook,
    retention: LogRetention,
) -> SecurityPlan:
    """Freeze a plan; ``given`` holds every answer, also to rows that are not asked now."""
    asked = [row.id for group in groups for row in group.rows]
    answers = {one: given[one] for one in asked if one in given and not given[one].empty}
    named = sorted({one for answer in answers.values() for one in answer.measures})
    measures = {one: shared.measure(one) for one in named if shared.has(one)}
    proofs = {one for answer in answers.values() for one in answer.evidence}
    proofs.update(one for measure in measures.values() for one in measure.evidence)
    baseline = library.requirements(level)
    return SecurityPlan(
        level=level,
        edition_vi=baseline.edition_vi,
        groups=tuple(groups),
        answers=answers,
        measures=measures,
        evidence={one: shared.proof(one) for one in sorted(proofs) if shared.has(one)},
        retention=retention,
        kept=kept_rows(library, set(asked), given),
        unchecked=sum(
            row.checked is None and shared.checked(row.id, level, baseline.edition_vi) is None
            for row in baseline.requirements
        ),
    )


def kept_rows(
    library: RuleLibrary, asked: Collection[str], given: Mapping[str, RequirementAnswer]
) -> dict[str, str]:
    """Return the rows of other levels' baselines that are in place and not asked: row id → name.

    A name is that of the level the answer was given for, where both are known.
    """
    left = {
        row_id: answer
        for row_id, answer in given.items()
        if row_id not in asked and BASELINE_ID.fullmatch(row_id) and answer.status in _IN_PLACE
    }
    named: dict[str, str] = {}
    for level in LEVELS if left else ():
        for row_id, row in library.requirements(level).by_id.items():
            if row_id in left and (row_id not in named or left[row_id].level == level):
                named[row_id] = row.name_vi
    return named
