"""Job folders of killed renderings go; everything else in the temporary folder stays."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

from levelkit.services import leftovers

if TYPE_CHECKING:
    from pathlib import Path


def folder(place: Path, name: str, *, days: float, job: bool = True) -> Path:
    made = place / name
    made.mkdir()
    if job:
        (made / leftovers.JOB_FILE).write_text("{}")
    at = time.time() - days * leftovers.DAY
    os.utime(made, (at, at))
    return made


def test_only_old_jobs_go(tmp_path: Path) -> None:
    old = folder(tmp_path, "levelkit-a", days=1.1)
    kept = [
        folder(tmp_path, "levelkit-b", days=0.5),
        folder(tmp_path, "levelkit-c", days=3, job=False),
        folder(tmp_path, "other", days=3),
    ]
    assert leftovers.sweep(tmp_path) == 1
    assert not old.exists()
    assert all(path.exists() for path in kept)
