"""Workspaces with real rules and forms."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from levelkit.services import Workspace
from levelkit.services.sample_workspace import write_sample
from levelkit.store.server import parse

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from levelkit.store import Place
    from tests.postgres_server import PostgresServer


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """Where a workspace is: a file, a database. The same is asked of both."""
    if request.param == "sqlite":
        return tmp_path / "Sao Mai.levelkit"
    server: PostgresServer = request.getfixturevalue("postgres")
    return parse(server.uri(request.getfixturevalue("empty_database")))


@pytest.fixture
def workspace(place: Place) -> Iterator[Workspace]:
    """An empty workspace, open to write."""
    with Workspace.create(place) as opened:
        yield opened


@pytest.fixture
def file_workspace(tmp_path: Path) -> Iterator[Workspace]:
    """An empty workspace in a file, where a test is about files."""
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
