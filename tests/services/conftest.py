"""Workspaces with real rules and forms."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from levelkit.services import Workspace
from levelkit.services.sample_workspace import write_sample

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """An empty workspace, open to write."""
    with Workspace.create(tmp_path / "Sao Mai.levelkit") as opened:
        yield opened


@pytest.fixture(scope="session")
def sample_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample workspace: to read, not to write."""
    path = tmp_path_factory.mktemp("sample") / "mẫu.levelkit"
    write_sample(path)
    return path


@pytest.fixture
def sample(sample_path: Path) -> Iterator[Workspace]:
    """The sample, open to read."""
    with Workspace.open(sample_path, readonly=True) as opened:
        yield opened
