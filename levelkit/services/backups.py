"""Services: what was saved before, and going back to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from levelkit.errors import WorkspaceError
from levelkit.services import paths
from levelkit.services.workspace import Workspace
from levelkit.store import WorkspaceStore, backup_folder, list_backups

if TYPE_CHECKING:
    from pathlib import Path


_WHY = {"truoc-khoi-phuc": "cất trước khi khôi phục", "truoc-dinh-dang": "cất trước khi nâng cấp tệp"}


@dataclass(frozen=True)
class Backup:
    """One copy: where it lies, when it was made (UTC), how many systems are in it, its size in bytes, why."""

    path: Path
    at: datetime
    systems: int
    size: int
    why_vi: str


def listed(workspace: Path) -> list[Backup]:
    """Return the copies of a workspace that can be opened, newest first."""
    found = []
    for folder in (backup_folder(workspace), paths.backup_dir(workspace)):
        for path in list_backups(folder):
            try:
                with Workspace.open(path, readonly=True) as opened:
                    count = len(opened.systems())
            except WorkspaceError:
                continue
            moment = datetime.strptime(path.name[:22], "%Y%m%d-%H%M%S-%f").replace(tzinfo=UTC)
            why = _WHY.get(path.stem[23:38], "cất khi mở tệp")
            found.append(Backup(path, moment, count, path.stat().st_size, why))
    return sorted(found, key=lambda item: item.at, reverse=True)


def restore(workspace: Path, chosen: Backup) -> None:
    """Put a copy in the workspace's place; what stands there now becomes a copy first.

    Raises:
        WorkspaceError: somebody has the workspace open, or the place cannot be written; nothing changed.
    """
    WorkspaceStore.restore(workspace, chosen.path, paths.backup_dir(workspace))
