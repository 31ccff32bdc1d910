"""Services: which rulesets a dossier is judged under, frozen by content hash."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from levelkit.errors import RulesetError
from levelkit.law import RuleLibrary, compare_packages, read_package
from levelkit.store.records import Pin

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

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


@dataclass(frozen=True)
class PackagePreview:
    """A ruleset package, the version it would replace, and what would change in words."""

    pin: Pin
    replaces: str | None
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

    ``packages`` are stored rulesets by hash; rulesets that ``base`` uses itself need none.

    Raises:
        RulesetError: a ruleset that the dossier was made under is not there any more.
    """
    own = {ruleset.sha256: ruleset for ruleset in base.rulesets}
    if dict(pins) == pins_of(base):
        return base
    missing = [id_ for id_, sha256 in pins.items() if sha256 not in own and sha256 not in packages]
    if missing:
        raise RulesetError(
            f"Tệp làm việc thiếu bộ quy định {', '.join(missing)} mà hồ sơ này được lập theo. "
            "Hãy lấy lại từ bản sao lưu."
        )
    return RuleLibrary(
        [own[sha256] if sha256 in own else read_package(packages[sha256]) for sha256 in pins.values()]
    )


def with_packages(packages: Iterable[bytes]) -> RuleLibrary:
    """Return the program's rulesets and those kept in a workspace; the newest version of each is used."""
    own = embedded_library()
    kept = [read_package(data) for data in packages]
    return RuleLibrary([*own.rulesets, *kept]) if kept else own


def preview(base: RuleLibrary, data: bytes) -> PackagePreview:
    """Say what a ruleset package is and what using it would change.

    Raises:
        RulesetError: it is broken or altered, or cites what nobody has.
    """
    new = read_package(data)
    RuleLibrary.load([data])
    old = next((ruleset for ruleset in base.rulesets if ruleset.id == new.id), None)
    if old is None:
        return PackagePreview(pin_of(new), None, (f"Thêm bộ quy định «{new.title_vi}».",))
    return PackagePreview(pin_of(new), old.version, tuple(compare_packages(old, new)))


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
