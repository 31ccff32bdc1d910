"""Services: where settings, logs, crash reports and spare backups lie on this machine."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

APP = "levelkit"


def config_dir() -> Path:
    """Return the folder of the settings; ``LEVELKIT_CONFIG_DIR`` wins."""
    chosen = os.environ.get("LEVELKIT_CONFIG_DIR")
    return Path(chosen) if chosen else Path(platformdirs.user_config_dir(APP, appauthor=False))


def log_dir() -> Path:
    """Return the folder of logs and crash reports; under the settings when those were moved."""
    chosen = os.environ.get("LEVELKIT_CONFIG_DIR")
    return Path(chosen) / "log" if chosen else Path(platformdirs.user_log_dir(APP, appauthor=False))


def data_dir() -> Path:
    """Return the folder of the program's own data."""
    chosen = os.environ.get("LEVELKIT_CONFIG_DIR")
    return Path(chosen) / "data" if chosen else Path(platformdirs.user_data_dir(APP, appauthor=False))


def backup_dir(workspace: Path) -> Path:
    """Return where backups of a workspace go when the folder beside it cannot be written."""
    import hashlib

    where = hashlib.sha256(str(workspace.absolute()).encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return data_dir() / "backups" / f"{workspace.stem}-{where}"


def default_workspace() -> Path:
    """Return the workspace used when none is named: in the documents folder."""
    return Path(platformdirs.user_documents_dir()) / "levelkit.levelkit"
