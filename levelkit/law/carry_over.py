"""Law: what changes for a system when its set of requirements changes. Pure functions over sets."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal

from levelkit.domain.base import Model
from levelkit.domain.requirement import BaselineRequirement, OldClause, RequirementSet

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

Novelty = Literal["new", "uncertain", "counterpart"]


class Pair(Model):
    """The same control in two sets."""

    old: BaselineRequirement
    new: BaselineRequirement


class CarryOver(Model):
    """What a change of level means for the answers, by control.

    Every control of either set stands in exactly one of the five.

    Attributes:
        new: asked for now and not before.
        stricter: asked for before, now otherwise: at a higher level more, so the answer is confirmed again.
        eased: the same, towards a lower level.
        same: the answer carries over as it is.
        gone: not asked for any more: «khuyến nghị duy trì», never a requirement.
        continued: control gone → controls of the new set that go on with its subject.
    """

    old_level: int
    new_level: int
    new: tuple[BaselineRequirement, ...]
    stricter: tuple[Pair, ...]
    eased: tuple[Pair, ...]
    same: tuple[Pair, ...]
    gone: tuple[BaselineRequirement, ...]
    continued: dict[str, tuple[str, ...]]


class AskedRow(Model):
    """A requirement against the old standard.

    Attributes:
        novelty: ``new``: its group has no place of its own in the old standard; ``counterpart``: a place of
            the old standard is about it; ``uncertain``: only a heading is, or nobody is sure. None is «met».
        old: the places that may hold an old answer; to be confirmed again, always.
    """

    requirement: BaselineRequirement
    novelty: Novelty
    old: tuple[OldClause, ...]


class NewlyAsked(Model):
    """What a system approved under the old decree is asked for at its level: 116:45.1.

    Attributes:
        safe, literal: the day by which it has to be met, and the day as the words read.
    """

    level: int
    rows: tuple[AskedRow, ...]
    safe: date
    literal: date
    cite: str

    def of(self, novelty: Novelty) -> tuple[BaselineRequirement, ...]:
        """Return the requirements of one kind, in the order of the standard."""
        return tuple(row.requirement for row in self.rows if row.novelty == novelty)


def carry_over(old: RequirementSet, new: RequirementSet) -> CarryOver:
    """Compare two sets control by control; the order is that of the set in which a control stands."""
    before, after = old.by_id, new.by_id
    pairs = [Pair(old=before[name], new=row) for name, row in after.items() if name in before]
    changed = tuple(pair for pair in pairs if not pair.new.asks_the_same(pair.old))
    gone = tuple(row for name, row in before.items() if name not in after)
    up = new.level >= old.level
    return CarryOver(
        old_level=old.level,
        new_level=new.level,
        new=tuple(row for name, row in after.items() if name not in before),
        stricter=changed if up else (),
        eased=() if up else changed,
        same=tuple(pair for pair in pairs if pair.new.asks_the_same(pair.old)),
        gone=gone,
        continued={row.id: kept for row in gone if (kept := tuple(one for one in row.see if one in after))},
    )


def asked_rows(
    found: RequirementSet, old_clauses: Iterable[OldClause], without_counterpart: Collection[str]
) -> tuple[AskedRow, ...]:
    """Set each requirement against the old standard, in the order of the new one.

    Small places of the old standard are known at one level alone. There they say that a requirement has a
    counterpart; at the other levels only that it may have one.
    """
    clauses = tuple(old_clauses)
    rows = []
    for row in found.requirements:
        named = tuple(one for one in clauses if row.id in one.controls)
        here = tuple(one for one in named if one.level == found.level)
        sure = any(one.confidence != "low" for one in here)
        headings = tuple(one for one in clauses if one.level == found.level and row.group in one.groups)
        novelty: Novelty
        if sure:
            novelty = "counterpart"
        elif named or (headings and row.group not in without_counterpart):
            novelty = "uncertain"
        else:
            novelty = "new"
        rows.append(
            AskedRow(requirement=row, novelty=novelty, old=() if novelty == "new" else (*here, *headings))
        )
    return tuple(rows)
