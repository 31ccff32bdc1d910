"""Store: the last ten copies of a workspace."""

from __future__ import annotations

import os
import re
import secrets
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from levelkit.store import sqlite

KEPT = 10

_MOMENT = "%Y%m%d-%H%M%S-%f"
_PART = re.compile(r"\.\d{8}-\d{6}-\d{6}(-[a-z0-9-]+)?\.levelkit\.[0-9a-f]{8}\.part(-journal)?")
_NAME = re.compile(r"\d{8}-\d{6}-\d{6}(-[a-z0-9-]+)?\.levelkit")


def backup(path: Path, *, why: str = "", fallback: Path | None = None, force: bool = False) -> Path | None:
    """Copy the workspace into its backup folder and drop all but the last ten.

    The copy is written beside, checked (integrity, row counts) and renamed. Returns the copy, or None when
    nothing changed since the newest one.

    Raises:
        OSError: neither the folder beside the file nor ``fallback`` can be written.
        WorkspaceError: the copy differs from the file.
    """
    folder = writable_folder(path, fallback)
    _sweep(folder)
    kept = list_backups(folder)
    if kept and not force and _state(kept[0]) == _state(path):
        return None
    moment = datetime.now(UTC).strftime(_MOMENT)
    target = folder / f"{moment}{'-' + why if why else ''}.levelkit"
    part = folder / f".{target.name}.{secrets.token_hex(4)}.part"
    try:
        sqlite.copy_database(path, part)
        part.rename(target)
    finally:
        part.unlink(missing_ok=True)
    sqlite.sync_folder(folder)
    for old in list_backups(folder)[KEPT:]:
        old.unlink(missing_ok=True)
    return target


def backup_folder(path: Path) -> Path:
    """Return the folder beside a workspace that holds its backups."""
    return path.with_name(f"{path.name}.backups")


def list_backups(folder: Path) -> list[Path]:
    """Return the backups in a folder, newest first.

    One from the future was made before the clock was set back: it is older than all that were made since.
    """
    if not folder.is_dir():
        return []
    now = datetime.now(UTC).strftime(_MOMENT)
    found = [item for item in folder.iterdir() if _NAME.fullmatch(item.name)]
    return sorted(found, key=lambda item: (item.name[: len(now)] <= now, item.name), reverse=True)


def writable_folder(path: Path, fallback: Path | None) -> Path:
    """Return the backup folder, made if need be; ``fallback`` where the first cannot be written."""
    beside = backup_folder(path)
    try:
        beside.mkdir(exist_ok=True)
    except OSError:
        if fallback is None:
            raise
        fallback.mkdir(parents=True, exist_ok=True)
        return fallback
    return beside


def restore(path: Path, chosen: Path, fallback: Path | None = None) -> None:
    """Put a copy in the workspace's place; the caller holds the lock.

    What stands there now is kept first: as a backup, or under another name beside where it is damaged.

    Raises:
        OSError: the place cannot be written; the workspace is as it was.
        WorkspaceError: the copy itself is damaged.
    """
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    journal = Path(f"{path}-journal")
    try:
        sqlite.copy_database(chosen, part)  # first: one more backup may push this one out
        if path.exists():
            if sqlite.recover(path):
                backup(path, why="truoc-khoi-phuc", fallback=fallback)
            else:
                aside = path.with_name(f"{path.name}.hong-{secrets.token_hex(4)}")
                _keep_as(path, aside)
                if journal.exists():
                    journal.rename(f"{aside}-journal")
        journal.unlink(missing_ok=True)  # of a workspace that is gone: it must not touch the copy
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    sqlite.sync_folder(path.parent)


def _keep_as(path: Path, aside: Path) -> None:
    """Give a file a second name: the first is taken by what replaces it, and free at no moment."""
    try:
        os.link(path, aside)
    except OSError:  # no hard links there
        path.rename(aside)


def _sweep(folder: Path) -> None:
    """Remove copies that a killed process did not finish; whoever makes copies here holds the lock."""
    for item in folder.iterdir():
        if _PART.fullmatch(item.name):
            item.unlink(missing_ok=True)


def _state(path: Path) -> tuple[int, int, int, str] | None:
    # Every confirmed write adds an event: the last one tells two states apart, also after going back.
    try:
        connection = sqlite.connect(path, readonly=True)
    except sqlite3.Error:
        return None
    try:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        last = connection.execute("SELECT coalesce(max(id), 0), count(*), coalesce(max(at), '') FROM event")
        return (version, *last.fetchone())
    except sqlite3.Error:
        return None
    finally:
        connection.close()
