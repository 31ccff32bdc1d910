"""Services: where a workspace is: a file's path, or the address of a database."""

from __future__ import annotations

from pathlib import Path

from levelkit.errors import WorkspaceMissing
from levelkit.store.server import Server, is_server, parse

Place = Path | Server

__all__ = ["Place", "Server", "exists", "place_of"]


def place_of(text: str) -> Place:
    """Read what a person wrote: ``postgresql://…`` or a path.

    Raises:
        WorkspaceError: it is an address of another kind, or written wrong.
    """
    return parse(text) if is_server(text) else Path(text)


def exists(place: Place) -> bool:
    """Whether something is there: a file, or a workspace in the database.

    Raises:
        WorkspaceError: the server cannot be reached, or the database is another program's.
    """
    if isinstance(place, Path):
        return place.exists()
    from levelkit.services.workspace import Workspace

    try:
        Workspace.open(place, readonly=True).close()
    except WorkspaceMissing:
        return False
    return True
