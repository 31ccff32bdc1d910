"""A workspace to test with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from levelkit.store import WorkspaceStore

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A fresh workspace with a name that is no ASCII."""
    place = tmp_path / "Hồ sơ Sao Mai %20.levelkit"
    WorkspaceStore.create(place)
    return place


@pytest.fixture
def store(path: Path) -> Iterator[WorkspaceStore]:
    """It, open to write."""
    opened = WorkspaceStore.open(path)
    yield opened
    opened.close()
