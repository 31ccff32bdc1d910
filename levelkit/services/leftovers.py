"""Services: what work leaves that was killed: parts of files, job folders, folders put aside.

Work that needs several steps on the disk notes what it will leave if it dies; the next start of the program
on this account clears up after processes that are gone, wherever their files lie.
"""

from __future__ import annotations

import glob
import json
import os
import re
import secrets
import shutil
import tempfile
import time
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from levelkit.services import paths

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

    from levelkit.store import Place

DAY = 24 * 60 * 60
PREFIX = "levelkit-"
JOB_FILE = "job.json"
PART, OLD = ".levelkit-part-", ".levelkit-old-"
"""How folders begin in which a system's documents are made, and put aside."""

_OURS = re.compile(
    rf"\..+\.[0-9a-f]{{8}}\.part(-journal|\.lock(\.[0-9a-f]{{8}})?)?|{re.escape(PART)}.+|{PREFIX}.+"
)
"""Nothing else is ever removed, whatever a note says."""


def sweep(folder: Path | None = None) -> int:
    """Remove this person's job folders older than a day, and the copies that dead readers left.

    Return how many; what cannot be removed stays.
    """
    swept = 0
    before = time.time() - DAY
    try:
        found = list((folder or Path(tempfile.gettempdir())).glob(f"{PREFIX}*"))
    except OSError:
        return 0
    for path in found:
        try:
            if not path.is_dir() or path.is_symlink() or not _mine(path):
                continue
            old_job = (path / JOB_FILE).is_file() and path.stat().st_mtime <= before
            if not old_job and not _abandoned(path):
                continue
        except OSError:
            continue
        shutil.rmtree(path, ignore_errors=True)
        swept += not path.exists()
    return swept


@contextmanager
def noted(*left: Path, swap: tuple[Path, str] | None = None) -> Iterator[None]:
    """Note for the time of a block what its death would leave.

    Args:
        left: files and folders of this program's own; what is named longer goes with them.
        swap: a folder, and the system whose documents change in it.
    """
    key = secrets.token_hex(8)
    note(key, *left, swap=swap)
    try:
        yield
    finally:
        forget(key)


def noted_making(place: Place) -> AbstractContextManager[None]:
    """Note what the making of a workspace would leave; on a server nothing."""
    return noted(place.with_name(f".{place.name}.")) if isinstance(place, Path) else nullcontext()


def note(key: str, *left: Path, swap: tuple[Path, str] | None = None) -> None:
    """Do so until :func:`forget`; where no note can be kept the work goes on without."""
    from levelkit.store.lock import this_process

    held = {
        "process": this_process().dump(),
        "left": [str(path.absolute()) for path in left],
        "swap": None if swap is None else [str(swap[0].absolute()), swap[1]],
    }
    place = _note(key)
    with suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(json.dumps(held), encoding="ascii")


def forget(key: str) -> None:
    """Drop a note: its work is over."""
    with suppress(OSError):
        _note(key).unlink(missing_ok=True)


def clear() -> None:
    """Clear up after processes of this machine that are gone. What cannot be removed is tried again."""
    try:
        found = list(_notes().glob("*.json"))
    except OSError:
        return
    for place in found:
        with suppress(OSError):
            if _cleared(place):
                place.unlink(missing_ok=True)


def undo_swap(out: Path, code: str) -> None:
    """Bring back the folder of documents that a swap, cut off, had put aside; raises OSError."""
    target = out / code
    for aside in out.glob(f"{OLD}????????-{glob.escape(code)}"):
        if target.exists():
            drop(aside)
        else:
            aside.rename(target)


def drop(aside: Path) -> None:
    """Remove a folder that was put aside."""
    if aside.is_symlink():  # the folder behind it is somebody's own
        aside.unlink()
    else:
        shutil.rmtree(aside, ignore_errors=True)


def _notes() -> Path:
    return paths.data_dir() / "unfinished"


def _note(key: str) -> Path:
    return _notes() / f"{key}.json"


def _cleared(place: Path) -> bool:
    """Clear up what one note tells; False while its process runs or something could not be removed."""
    from levelkit.store.lock import is_alive, parse_holder

    try:
        held: dict[str, Any] = json.loads(place.read_text(encoding="ascii"))
        holder = parse_holder(held["process"])
        left = [Path(path) for path in held["left"]]
        swap = (Path(held["swap"][0]), str(held["swap"][1])) if held["swap"] else None
    except (ValueError, KeyError, TypeError, IndexError):  # cut off while it was written: nothing was begun
        return time.time() - place.stat().st_mtime > DAY
    if holder is None or is_alive(holder):
        return False
    if swap is not None:
        undo_swap(*swap)
    done = True
    for begun in left:
        for path in begun.parent.glob(f"{glob.escape(begun.name)}*"):
            if not _OURS.fullmatch(path.name):
                continue
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)
            done = done and not path.exists()
    return done


def _abandoned(snapshot: Path) -> bool:
    """Whether a folder is a workspace's copy whose reader is gone."""
    from levelkit.store.lock import is_alive, read_holder
    from levelkit.store.sqlite import READER

    holder = read_holder(snapshot / READER)
    return holder is not None and not is_alive(holder)


def _mine(path: Path) -> bool:
    own = getattr(os, "getuid", None)  # not on Windows, where the folder is the person's own anyway
    return own is None or path.stat().st_uid == own()
