"""Services: settings of this person on this machine: one small JSON file, replaced as a whole."""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path
from typing import Any

from levelkit.services import paths

MAX_RECENT = 12


class Settings:
    """Named values that survive a restart. A broken or missing file counts as empty.

    Values are JSON; keys are the window's own, ``recent`` is kept here.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or paths.config_dir() / "settings.json"
        self._values = _read(self.path)

    def get(self, key: str, default: Any = None) -> Any:
        """Return a value."""
        return self._values.get(key, default)

    def set(self, key: str, value: Any) -> None:
        """Keep a value; None forgets it. A place that cannot be written is no reason to stop working."""
        if self._values.get(key) == value:
            return
        if value is None:
            self._values.pop(key, None)
        else:
            self._values[key] = value
        _write(self.path, self._values)

    def recent(self) -> list[Path]:
        """Return the workspaces opened last, newest first; some may be gone."""
        listed = self._values.get("recent")
        return [Path(item) for item in listed if isinstance(item, str)] if isinstance(listed, list) else []

    def add_recent(self, path: Path) -> None:
        """Put a workspace on top of the list."""
        absolute = path.absolute()
        others = [item for item in self.recent() if item != absolute]
        self.set("recent", [str(item) for item in [absolute, *others][:MAX_RECENT]])

    def forget_recent(self, path: Path) -> None:
        """Take a workspace off the list."""
        self.set("recent", [str(item) for item in self.recent() if item != path.absolute()])


def _read(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _write(path: Path, values: dict[str, Any]) -> None:
    part = path.with_name(f".{path.name}.{os.urandom(4).hex()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(json.dumps(values, ensure_ascii=False, indent=1), encoding="utf-8")
        part.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            part.unlink()
