"""What the window remembers between runs: scheme, size, place, files opened before."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from levelkit.errors import UserError
from levelkit.gui.theme.theme import SCALES

if TYPE_CHECKING:
    from levelkit.gui.theme.theme import Mode
    from levelkit.services.settings import Settings

RECENT_MAX = 12


@dataclass(frozen=True, slots=True)
class Recent:
    """A workspace opened before, with the system worked on last.

    Attributes:
        opened: ISO time, local.
        state: what was open then: «2 lỗi, 5 cảnh báo».
        gravity: ``error``, ``warning``, ``ok`` or nothing.
    """

    path: str
    opened: str
    code: str = ""
    name: str = ""
    level: int | None = None
    at_least: int = 1
    at_most: int = 5
    state: str = ""
    gravity: str = ""

    @property
    def shown(self) -> str:
        """Where it is: the path, or host and database."""
        return place_words(self.path)

    @property
    def title(self) -> str:
        """What to call it: the system worked on last, else the file."""
        return self.name or Path(self.shown).stem


def place_words(path: str) -> str:
    """Return how a place is shown: a path as it is, of an address host and database alone."""
    if "://" not in path:
        return path
    from levelkit.services.places import place_of  # not at the start: databases cost time

    try:
        return str(place_of(path))
    except UserError:  # written by another program
        return path.partition("://")[0]


class WindowSettings:
    """The remembered values over the program's settings; what is broken counts as not there."""

    def __init__(self, stored: Settings) -> None:
        self._stored = stored

    @property
    def mode(self) -> Mode:
        """The colour scheme chosen."""
        mode = self._stored.get("mode")
        return "dark" if mode == "dark" else "light" if mode == "light" else "system"

    @property
    def percent(self) -> int:
        """The font scale chosen."""
        percent = self._stored.get("percent")
        return percent if percent in SCALES else SCALES[0]

    @property
    def geometry(self) -> str:
        """The window's place and size, as Qt gives it, in base 64."""
        return str(self._stored.get("geometry") or "")

    @property
    def running(self) -> str:
        """The workspace open for writing; still named at the next start after a crash."""
        return str(self._stored.get("running") or "")

    @property
    def recents(self) -> list[Recent]:
        """The workspaces opened before, newest first."""
        found = []
        for item in self._stored.get("recents") or []:
            try:
                found.append(Recent(**item))
            except TypeError:
                continue
        return found

    def keep(self, key: str, value: Any) -> None:
        """Keep ``mode``, ``percent``, ``geometry`` or ``running``."""
        self._stored.set(key, value or None)

    def remember(self, recent: Recent) -> None:
        """Put a workspace at the top; what is known of it stays where nothing new is said."""
        known = self.recents
        before = next((one for one in known if one.path == recent.path), None)
        if before is not None and not recent.code:
            recent = replace(before, opened=recent.opened)
        others = [one for one in known if one.path != recent.path]
        self._stored.set("recents", [asdict(one) for one in [recent, *others][:RECENT_MAX]])
        if "://" not in recent.path:
            self._stored.add_recent(Path(recent.path))

    def forget(self, path: str) -> None:
        """Drop a workspace that is no longer there."""
        self._stored.set("recents", [asdict(one) for one in self.recents if one.path != path])
        if "://" not in path:
            self._stored.forget_recent(Path(path))


def when_vi(iso: str, now: datetime) -> str:
    """Return «Hôm nay, 14:32», «Hôm qua, 16:05» or «30/11/2026»."""
    try:
        at = datetime.fromisoformat(iso)
    except ValueError:
        return ""
    days = (now.date() - at.date()).days
    if days in {0, 1}:
        return f"{'Hôm nay' if days == 0 else 'Hôm qua'}, {at:%H:%M}"
    return f"{at:%d/%m/%Y}"
