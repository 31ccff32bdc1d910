"""Store: one workspace in a PostgreSQL database, open. Many may write; copies are the server's matter."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

import psycopg
from sqlalchemy import insert, text
from sqlalchemy.exc import DBAPIError

from levelkit.errors import WorkspaceError, WorkspaceExists, WorkspaceMissing
from levelkit.store import migrate, postgres
from levelkit.store.base import WRITE, Store
from levelkit.store.tables import MetaRow

if TYPE_CHECKING:
    import sqlite3
    from typing import Self

    from sqlalchemy import Connection, Engine
    from sqlalchemy.orm import Session

    from levelkit.store.server import Server

FORMAT_KEY = "format"
_MAKING = 1
_OURS = {"alembic_version", "meta", "system", "answer", "event"}
_TABLES = text(
    "SELECT c.relname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
    "WHERE c.relkind IN ('r', 'p') AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'"
)
_MAY_WRITE = text("SELECT has_table_privilege('event', 'INSERT') AND has_table_privilege('answer', 'UPDATE')")


class ServerStore(Store):
    """A workspace in a database, its engine and its transactions."""

    path: Server

    def __init__(self, server: Server, engine: Engine, user: str, *, empty: bool) -> None:
        super().__init__(engine)
        self.path = server
        self._user = user
        self._empty = empty
        self._token = secrets.token_hex(8)
        self._listener: postgres.Listener | None = None

    @classmethod
    def open(cls, server: Server, *, readonly: bool = False, make: bool = False) -> Self:
        """Connect to a workspace, to write where the account may, else to read, saying why.

        Args:
            server: where it is.
            readonly: open to read only.
            make: take an empty database; its tables are made with the first transaction that writes.

        Raises:
            WorkspaceMissing: the database is empty.
            WorkspaceExists: ``make``, and a workspace is there already.
            WorkspaceNewer: a newer program wrote it.
            WorkspaceError: the server cannot be reached or refuses, or the database is another program's.
        """
        engine = postgres.make_engine(server)
        try:
            try:
                return cls._opened(server, engine, readonly=readonly, make=make)
            except DBAPIError as error:
                postgres.explain(server, error, "Không mở được")
                raise
        except BaseException:
            engine.dispose()
            raise

    @classmethod
    def create(cls, server: Server) -> None:
        """Make an empty workspace in an empty database, complete or not at all; raises as :meth:`open`."""
        store = cls.open(server, make=True)
        try:
            with store.write():
                pass
        finally:
            store.close()

    @classmethod
    def _opened(cls, server: Server, engine: Engine, *, readonly: bool, make: bool) -> Self:
        with engine.connect() as connection:
            user = str(connection.scalar(text("SELECT session_user")))
            found = found_format(server, connection)
            encoding = connection.scalar(text("SHOW server_encoding"))
            may_write = found is not None and bool(connection.scalar(_MAY_WRITE))
        if found is None and not make:
            raise WorkspaceMissing(
                f"Cơ sở dữ liệu «{server}» còn trống. Hãy tạo dữ liệu trước bằng levelkit sample hoặc "
                "levelkit import với --workspace là địa chỉ này."
            )
        if found is not None and make:
            raise WorkspaceExists(f"Đã có dữ liệu levelkit trong «{server}», levelkit không ghi đè.")
        if encoding != "UTF8":
            raise WorkspaceError(
                f"Cơ sở dữ liệu «{server}» dùng bảng mã {encoding}. Hãy tạo cơ sở dữ liệu khác với "
                "ENCODING 'UTF8'."
            )
        if found is not None and found > migrate.FORMAT:
            raise migrate.newer(server, found)
        store = cls(server, engine, user, empty=found is None)
        if found is not None and found < migrate.FORMAT:
            store._raise_format(found)
        if readonly:
            store.why_readonly = "Được mở để đọc."
        elif found is not None and not may_write:
            store.why_readonly = f"Tài khoản {user} chỉ có quyền đọc."
        return store

    @property
    def user(self) -> str:
        """The account on the server: its name goes into the journal."""
        return self._user

    def poll(self) -> bool:
        """Say whether others have written since the last call; never waits.

        The first call begins to listen. A connection that was lost counts as a change: what came meanwhile
        is not known.

        Raises:
            WorkspaceError: the server cannot be reached.
        """
        try:
            if self._listener is None:
                self._listener = postgres.Listener(self.path)
                return True
            return any(token != self._token for token in self._listener.heard())
        except psycopg.Error as error:
            if self._listener is not None:
                self._listener.close()
                self._listener = None
            postgres.explain(self.path, error, "Mất kết nối tới")
            raise

    def close(self) -> None:
        """Close the connections. May be called twice."""
        if self._listener is not None:
            self._listener.close()
            self._listener = None
        super().close()

    def _raise_format(self, found: int) -> None:
        with self._engine.connect().execution_options(**{WRITE: True}) as connection, connection.begin():
            connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _MAKING})
            now = found_format(self.path, connection)
            if now is not None and now < migrate.FORMAT:
                try:
                    _make(connection, found)
                except DBAPIError as error:
                    if postgres.reason_of(error) is None:
                        raise
                    raise WorkspaceError(
                        f"Dữ liệu trong «{self.path}» ở định dạng {found}, bản này dùng định dạng "
                        f"{migrate.FORMAT}. Hãy mở một lần bằng tài khoản sở hữu cơ sở dữ liệu để nâng cấp."
                    ) from None

    def _begun(self, session: Session) -> None:
        if not self._empty:
            return
        connection = session.connection()
        connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _MAKING})
        if found_format(self.path, connection) is not None:
            raise WorkspaceExists(f"Đã có dữ liệu levelkit trong «{self.path}», levelkit không ghi đè.")
        _make(connection, 0)

    def _ending(self, session: Session) -> None:
        session.flush()
        postgres.tell(session, self._token)

    def _written(self) -> None:
        self._empty = False

    def _explain_read(self, error: DBAPIError | sqlite3.DatabaseError) -> None:
        if isinstance(error, DBAPIError):
            postgres.explain(self.path, error, "Không đọc được")

    def _explain_write(self, error: DBAPIError) -> None:
        postgres.explain(self.path, error, "Chưa lưu được vào")


def found_format(server: Server, connection: Connection) -> int | None:
    """Return the format of the workspace in a database, None where the database is empty.

    Raises:
        WorkspaceError: the tables there are another program's.
    """
    tables = set(connection.scalars(_TABLES))
    if not tables:
        return None
    if tables >= _OURS:
        value = connection.scalar(text("SELECT value FROM meta WHERE key = :key"), {"key": FORMAT_KEY})
        if value is not None and str(value).isdecimal():
            return int(value)
    raise WorkspaceError(
        f"«{server}» là cơ sở dữ liệu của chương trình khác, levelkit không ghi vào đó. "
        "Hãy tạo một cơ sở dữ liệu riêng."
    )


def _make(connection: Connection, found: int) -> None:
    """Bring the tables to this program's format, inside the running transaction."""
    migrate.run(connection)
    kept = {"key": FORMAT_KEY, "value": str(migrate.FORMAT)}
    if found:
        connection.execute(text("UPDATE meta SET value = :value WHERE key = :key"), kept)
    else:
        connection.execute(insert(MetaRow).values(**kept))
        migrate.name_workspace(connection)
