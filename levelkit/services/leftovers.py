"""Services: job folders of renderings that were killed: they hold answers and must not stay."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from pathlib import Path

DAY = 24 * 60 * 60
PREFIX = "levelkit-"
JOB_FILE = "job.json"


def sweep(folder: Path | None = None) -> int:
    """Remove this person's job folders older than a day; return how many. What cannot be removed stays."""
    swept = 0
    before = time.time() - DAY
    try:
        found = list((folder or Path(tempfile.gettempdir())).glob(f"{PREFIX}*"))
    except OSError:
        return 0
    for path in found:
        try:
            ours = path.is_dir() and not path.is_symlink() and (path / JOB_FILE).is_file()
            if not ours or path.stat().st_mtime > before or not _mine(path):
                continue
        except OSError:
            continue
        shutil.rmtree(path, ignore_errors=True)
        swept += not path.exists()
    return swept


def _mine(path: Path) -> bool:
    own = getattr(os, "getuid", None)  # not on Windows, where the folder is the person's own anyway
    return own is None or path.stat().st_uid == own()
