"""Every test runs away from the person's own settings, screen and workspace."""

from __future__ import annotations

import os
import tempfile
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.postgres_server import PostgresServer

# Before anything imports Qt or asks where settings lie; worker processes inherit it.
_HOME = tempfile.TemporaryDirectory(prefix="levelkit-tests-")
os.environ["QT_QPA_PLATFORM"] = "offscreen"
for _name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"):
    os.environ[_name] = os.path.join(_HOME.name, _name.lower())  # noqa: PTH118
    os.mkdir(os.environ[_name], 0o700)  # noqa: PTH102
for _name in ("LEVELKIT_WORKSPACE", "LEVELKIT_CONFIG_DIR", *(n for n in os.environ if n.startswith("PG"))):
    os.environ.pop(_name, None)

# The same examples on every run, and no deadline: a loaded machine is no failure.
settings.register_profile("levelkit", deadline=None, derandomize=True, database=None)
settings.load_profile("levelkit")


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL server; one for the whole run, in each of its processes."""
    from tests.postgres_server import PostgresServer

    server = PostgresServer()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def template(postgres: PostgresServer) -> str:
    """A database with an empty workspace, to copy."""
    from levelkit.store import create_store
    from levelkit.store.server import parse

    name = postgres.new_database()
    create_store(parse(postgres.uri(name)))
    return name


@pytest.fixture
def database(postgres: PostgresServer, template: str) -> Iterator[str]:
    """A database of this test's own that holds an empty workspace."""
    name = postgres.new_database(template)
    yield name
    postgres.drop_database(name)


@pytest.fixture
def empty_database(postgres: PostgresServer) -> Iterator[str]:
    """A database of this test's own with nothing in it."""
    name = postgres.new_database()
    yield name
    postgres.drop_database(name)
