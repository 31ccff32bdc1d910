"""Services: which rulesets a dossier is judged under, frozen by content hash."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from levelkit.law import RuleLibrary, compare_packages
from levelkit.store.records import Pin

if TYPE_CHECKING:
    from collections.abc import Mapping

    from levelkit.law import RuleSet


@dataclass(frozen=True)
class RulesetState:
    """The ruleset a system is judged under, and whether this program has a newer text of it.

    ``changes_vi`` says in words what moving would change; empty when nothing is newer.
    """

    id: str
    version: str
    sha256: str
    newer: bool
    newer_version: str | None
    changes_vi: tuple[str, ...]


@cache
def embedded_library() -> RuleLibrary:
    """Return the rulesets of this program, loaded once."""
    return RuleLibrary.load()


def pin_of(ruleset: RuleSet) -> Pin:
    """Name a ruleset by id, version and content hash."""
    return Pin(ruleset.id, ruleset.version, ruleset.sha256)


def pins_of(library: RuleLibrary) -> dict[str, str]:
    """Return ruleset id → content hash for all rulesets of a library."""
    return {ruleset.id: ruleset.sha256 for ruleset in library.rulesets}


def library_for(base: RuleLibrary, pins: Mapping[str, str], packages: Mapping[str, bytes]) -> RuleLibrary:
    """Return the library that holds exactly the rulesets in ``pins``.

    ``packages`` are stored rulesets by hash; rulesets that are the program's own need none.
    """
    own = pins_of(base)
    foreign = [packages[sha256] for id_, sha256 in pins.items() if own.get(id_) != sha256]
    return base if not foreign else RuleLibrary.load(packages=foreign)


def state(base: RuleLibrary, used: RuleSet) -> RulesetState:
    """Compare the ruleset in use with the program's own of the same id."""
    own = base.get(used.id)
    if own.sha256 == used.sha256:
        return RulesetState(
            used.id, used.version, used.sha256, newer=False, newer_version=None, changes_vi=()
        )
    changes = tuple(compare_packages(used, own))
    return RulesetState(
        used.id, used.version, used.sha256, newer=True, newer_version=own.version, changes_vi=changes
    )
