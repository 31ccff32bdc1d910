"""Folders for copies that only live while they are looked at: nothing of a dossier stays behind in them."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from pathlib import Path


def private_folder(owner: object) -> Path:
    """Make a folder that only this person can read; it goes with its owner, at latest with the program."""
    path = Path(tempfile.mkdtemp(prefix="levelkit-"))
    weakref.finalize(owner, shutil.rmtree, path, ignore_errors=True)
    return path


def clear_folder(path: Path) -> None:
    """Remove a folder and all that is in it; what another program still holds open stays until later."""
    shutil.rmtree(path, ignore_errors=True)
