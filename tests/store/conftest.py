"""A workspace to test with: in a file, and in a database."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from levelkit.store import WorkspaceStore, open_store
from levelkit.store.server import parse

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from levelkit.store import Place, Store
    from tests.postgres_server import PostgresServer


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A fresh workspace file with a name that is no ASCII."""
    place = tmp_path / "Hồ sơ Sao Mai %20.levelkit"
    WorkspaceStore.create(place)
    return place


@pytest.fixture
def file_store(path: Path) -> Iterator[WorkspaceStore]:
    """It, open to write."""
    opened = WorkspaceStore.open(path)
    yield opened
    opened.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest) -> Place:
    """A fresh workspace, wherever it is."""
    if request.param == "sqlite":
        found: Path = request.getfixturevalue("path")
        return found
    server: PostgresServer = request.getfixturevalue("postgres")
    return parse(server.uri(request.getfixturevalue("database")))


@pytest.fixture
def store(place: Place) -> Iterator[Store]:
    """It, open to write."""
    opened = open_store(place)
    yield opened
    opened.close()
