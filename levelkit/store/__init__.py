"""Store: one workspace file, many systems. SQLAlchemy and Alembic live here alone."""

from sqlalchemy.orm import Session

from levelkit.store.backups import backup_folder, list_backups
from levelkit.store.lock import Holder, current_holder, current_user
from levelkit.store.migrate import FORMAT
from levelkit.store.records import (
    STATUSES,
    Change,
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
from levelkit.store.workspace import OpenOptions, WorkspaceStore, describe_holder, staged

__all__ = [
    "FORMAT",
    "STATUSES",
    "Change",
    "Event",
    "Holder",
    "Levels",
    "MadeDocument",
    "Mark",
    "NewSystem",
    "OpenOptions",
    "Pin",
    "Session",
    "SharedRecord",
    "StoredEvent",
    "StoredFile",
    "StoredSystem",
    "WorkspaceStore",
    "backup_folder",
    "current_holder",
    "current_user",
    "describe_holder",
    "list_backups",
    "staged",
]
