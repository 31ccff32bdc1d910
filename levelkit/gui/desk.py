"""The workspace open in the window: opening, making, closing, what to remember. No widgets."""

from __future__ import annotations

import logging
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from levelkit import services
from levelkit.gui.settings import Recent
from levelkit.services import paths

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from levelkit.gui.settings import WindowSettings
    from levelkit.services import SystemSession, Workspace
    from levelkit.services.backups import Backup
    from levelkit.services.places import Place

log = logging.getLogger("levelkit.gui.desk")
SUFFIX = ".levelkit"
SAMPLE_NAME = "Sao Mai (mẫu)"


class Desk:
    """At most one open workspace, and the settings that remember it.

    ``wait`` returns when what is loaded in the background is there.
    """

    def __init__(self, settings: WindowSettings, wait: Callable[[], object] = bool) -> None:
        self.settings = settings
        self._wait = wait
        self.workspace: Workspace | None = None
        self.crashed = settings.running if Path(settings.running or "?").is_file() else ""

    def open(self, path: Place) -> Workspace:
        """Open a workspace in place of the one open now. Raises WorkspaceError; then nothing changed."""
        self._wait()
        opened = services.Workspace.open(path)
        self._take(opened)
        return opened

    def open_address(self, text: str) -> Workspace:
        """Open what was written or remembered, a path or an address of a database; raises as :meth:`open`."""
        from levelkit.services.places import place_of

        return self.open(place_of(text))

    def create(self, path: Path, name: str) -> str:
        """Make a workspace with one system and open it; returns the system's code.

        Raises:
            WorkspaceError: the file exists, or the folder cannot be written.
        """
        if path.suffix != SUFFIX:
            path = path.with_name(path.name + SUFFIX)
        self._wait()
        self._take(services.Workspace.create(path))
        assert self.workspace is not None
        return self.workspace.add_system(name)

    def create_empty(self, place: Place) -> Workspace:
        """Make an empty workspace, in a file or in an empty database, and open it; raises WorkspaceError."""
        self._wait()
        self._take(services.Workspace.create(place))
        assert self.workspace is not None
        return self.workspace

    def sample(self) -> Workspace:
        """Open the sample, writing it first where it is not there yet."""
        path = paths.data_dir() / f"{SAMPLE_NAME}{SUFFIX}"
        if not path.is_file():
            path.parent.mkdir(parents=True, exist_ok=True)
            self._wait()
            from levelkit.services.sample_workspace import write_sample

            write_sample(path)
        return self.open(path)

    def backups(self, path: Path) -> list[Backup]:
        """Return the copies kept of a workspace, newest first."""
        self._wait()
        from levelkit.services import backups

        return backups.listed(path)

    def restore(self, path: Path, chosen: Backup) -> Workspace:
        """Put a copy in a workspace's place and open it; what stood there becomes a copy first.

        Raises:
            WorkspaceError: somebody else has it open, or the place cannot be written.
        """
        from levelkit.services import backups

        self.close()
        backups.restore(path, chosen)
        return self.open(path)

    def close(self) -> None:
        """Close what is open."""
        if self.workspace is not None:
            self.workspace.close()
            self.workspace = None
        self.settings.keep("running", "")

    def remember(self, session: SystemSession, gaps: Mapping[str, int]) -> None:
        """Note the system worked on last, with its level and what is open."""
        if self.workspace is None:
            return
        found = session.classification
        state, gravity = state_words(gaps)
        recent = Recent(
            self.workspace.address,
            datetime.now().isoformat(timespec="seconds"),
            session.code,
            session.name,
            found.level,
            found.at_least,
            found.at_most,
            state,
            gravity,
        )
        self.settings.remember(recent)

    def newest_path(self) -> Path | None:
        """The workspace opened last that is still there, else the default one where it exists."""
        for recent in self.settings.recents:
            if Path(recent.path).is_file():
                return Path(recent.path)
        default = paths.default_workspace()
        return default if default.is_file() else None

    def ruleset_lines(self) -> list[str]:
        """The rulesets of this program, for «Giới thiệu»."""
        self._wait()
        from levelkit.services.rulesets import embedded_library

        return [
            f"{ruleset.title_vi} ({ruleset.id}, bản {ruleset.version})"
            for ruleset in embedded_library().rulesets
        ]

    def _take(self, opened: Workspace) -> None:
        if self.workspace is not None:
            self.workspace.close()
        self.workspace = opened
        self.crashed = ""
        stamp = datetime.now().isoformat(timespec="seconds")
        self.settings.keep("running", "" if opened.readonly else opened.address)
        self.settings.remember(Recent(opened.address, stamp))


def state_words(gaps: Mapping[str, int]) -> tuple[str, str]:
    """Say what is open, and how grave it is: («2 lỗi, 5 cảnh báo», «error»)."""
    named = (("error", "lỗi"), ("warning", "cảnh báo"))
    parts = [f"{gaps[key]} {word}" for key, word in named if gaps.get(key)]
    if not parts:
        return "Không còn lỗi, cảnh báo", "ok"
    return ", ".join(parts), "error" if gaps.get("error") else "warning"
