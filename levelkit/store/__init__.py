"""Store: one workspace, many systems. SQLAlchemy, Alembic and psycopg live here alone."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy.orm import Session

from levelkit.store.backups import backup_folder, list_backups
from levelkit.store.base import Place, Store
from levelkit.store.lock import Holder, current_holder, current_user
from levelkit.store.migrate import FORMAT
from levelkit.store.records import (
    STATUSES,
    Change,
    Clash,
    Event,
    Levels,
    MadeDocument,
    Mark,
    NewSystem,
    Pin,
    SharedRecord,
    StoredEvent,
    StoredFile,
    StoredSystem,
)
from levelkit.store.server import Server
from levelkit.store.workspace import OpenOptions, WorkspaceStore, describe_holder, staged

__all__ = [
    "FORMAT",
    "STATUSES",
    "Change",
    "Clash",
    "Event",
    "Holder",
    "Levels",
    "MadeDocument",
    "Mark",
    "NewSystem",
    "OpenOptions",
    "Pin",
    "Place",
    "Server",
    "Session",
    "SharedRecord",
    "Store",
    "StoredEvent",
    "StoredFile",
    "StoredSystem",
    "WorkspaceStore",
    "backup_folder",
    "create_store",
    "current_holder",
    "current_user",
    "describe_holder",
    "list_backups",
    "open_store",
    "staged",
    "start_store",
]


def open_store(place: Place, options: OpenOptions | None = None) -> Store:
    """Open a workspace, in a file or on a server; raises WorkspaceError, and as each of them."""
    if isinstance(place, Path):
        return WorkspaceStore.open(place, options)
    from levelkit.store.server_store import ServerStore

    return ServerStore.open(place, readonly=options is not None and options.readonly)


def start_store(server: Server) -> Store:
    """Connect to an empty database; its tables are made with the first transaction that writes.

    Raises:
        WorkspaceExists: a workspace is there already.
    """
    from levelkit.store.server_store import ServerStore

    return ServerStore.open(server, make=True)


def create_store(place: Place) -> None:
    """Make an empty workspace, complete or not at all; raises WorkspaceExists, and as each of them."""
    if isinstance(place, Path):
        WorkspaceStore.create(place)
        return
    from levelkit.store.server_store import ServerStore

    ServerStore.create(place)
