"""Law: the baseline of a level as rows of the security plan, and what a change of level asks to confirm."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from levelkit.domain.plan import PlanGroup, PlanRow, RequirementAnswer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from levelkit.domain.requirement import BaselineRequirement, RequirementGroup
    from levelkit.law.library import RuleLibrary


@lru_cache(maxsize=32)
def baseline_groups(library: RuleLibrary, level: int) -> tuple[PlanGroup, ...]:
    """Return the requirements of a level as rows, grouped and ordered as in the standard. Đ30.

    Raises:
        ValueError: no such level.
        RulesetError: the rulesets hold no requirements, or a file of theirs is broken.
    """
    return tuple(_group(library, group) for group in library.requirements(level).groups)


@lru_cache(maxsize=64)
def _stricter(library: RuleLibrary, old: int, new: int) -> frozenset[str]:
    return frozenset(pair.new.id for pair in library.carry_over(old, new).stricter)


def to_confirm(library: RuleLibrary, level: int, answers: Mapping[str, RequirementAnswer]) -> frozenset[str]:
    """Return the rows whose answer was given for a level that asked for less or otherwise.

    Raises:
        RulesetError: as :func:`baseline_groups`.
    """
    return frozenset(
        row_id
        for row_id, answer in answers.items()
        if answer.level is not None
        and answer.level != level
        and row_id in _stricter(library, answer.level, level)
    )


def _group(library: RuleLibrary, group: RequirementGroup) -> PlanGroup:
    return PlanGroup(
        id=group.id,
        kind="baseline",
        place_vi=library.citation(group.ref).short_vi,
        name_vi=group.name_vi,
        meaning_vi=group.meaning_vi,
        rows=tuple(_row(library, requirement) for requirement in group.requirements),
    )


def _row(library: RuleLibrary, requirement: BaselineRequirement) -> PlanRow:
    citation = library.citation(requirement.ref)
    return PlanRow(
        id=requirement.id,
        group=requirement.group,
        refs=(requirement.ref,),
        place_vi=citation.short_vi,
        cite_vi=citation.full_vi,
        name_vi=requirement.name_vi,
        summary_vi=requirement.summary_vi,
        evidence_vi=requirement.evidence_vi,
        condition_vi=requirement.condition_vi,
        headings=requirement.headings,
        plan=requirement.plan,
        values=requirement.values,
        equivalent=requirement.equivalent,
        new_here=requirement.new_here,
        notice_vi=requirement.notice_vi,
    )
