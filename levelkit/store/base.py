"""Store: what every open workspace can do, in a file or on a server: transactions, errors put into words."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from levelkit.errors import WorkspaceReadOnly
from levelkit.store.lock import current_user
from levelkit.store.server import Server
from levelkit.store.tables import MetaRow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Engine

    from levelkit.store.lock import Holder

Place = Path | Server
"""Where a workspace is."""

WRITE = "levelkit_write"
"""The execution option of a connection that will write."""


class Store:
    """An open workspace: :meth:`read` and :meth:`write` give sessions."""

    path: Place

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.saved_at: datetime | None = None
        self.holder: Holder | None = None
        self.why_readonly: str | None = None

    @property
    def readonly(self) -> bool:
        """Whether nothing can be written."""
        return self.why_readonly is not None

    @property
    def user(self) -> str:
        """The account whose name goes into the journal."""
        return current_user()

    def require_writable(self) -> None:
        """Refuse to go on where nothing could be written.

        Raises:
            WorkspaceReadOnly: says why and who holds the workspace.
        """
        if self.readonly:
            raise WorkspaceReadOnly(self._why_not())

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Give a session that sees one consistent state.

        Raises:
            WorkspaceError: the file is damaged or held by another program; the server does not answer.
        """
        try:
            with Session(self._engine) as session:
                yield session
        except (DBAPIError, sqlite3.DatabaseError) as error:
            self._explain_read(error)
            raise

    @contextmanager
    def write(self) -> Iterator[Session]:
        """Give a session whose work is one transaction: all of it is kept, or none.

        Raises:
            WorkspaceReadOnly: the workspace is open to read only, or another took it over.
            WorkspaceError: disk or server refused (full, gone, busy); nothing was written.
        """
        self.require_writable()
        writer = self._engine.execution_options(**{WRITE: True})
        try:
            with Session(writer) as session, session.begin():
                self._begun(session)
                yield session
                self._ending(session)
        except DBAPIError as error:
            self._explain_write(error)
            raise
        self.saved_at = datetime.now(UTC)
        self._written()

    def meta(self, key: str) -> str | None:
        """Return one fact about the workspace itself."""
        with self.read() as session:
            row = session.get(MetaRow, key)
            return None if row is None else row.value

    def poll(self) -> bool:
        """Say whether others have written since the last call; never waits."""
        return False

    def close(self) -> None:
        """Close the workspace. May be called twice."""
        self._engine.dispose()

    def _why_not(self) -> str:
        return f"«{self.path}» đang mở để đọc: {self.why_readonly or ''}".rstrip(": ")

    def _begun(self, session: Session) -> None:
        """Do what comes first in a transaction that writes."""

    def _ending(self, session: Session) -> None:
        """Do what comes last in it."""

    def _written(self) -> None:
        """Take note that it was kept."""

    def _explain_read(self, error: DBAPIError | sqlite3.DatabaseError) -> None:
        """Raise what people can read; return where the error is the program's own."""

    def _explain_write(self, error: DBAPIError) -> None:
        """Raise what people can read; return where the error is the program's own."""
