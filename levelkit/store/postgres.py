"""Store: all that is PostgreSQL's own: connecting, what it refuses in people's words, locks, listening."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg.conninfo import conninfo_to_dict
from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from levelkit.errors import WorkspaceError, WorkspaceReadOnly
from levelkit.store.base import WRITE
from levelkit.store.sqlite import dump_json

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from levelkit.store.server import Server

CONNECT_SECONDS = 10
LISTEN_SECONDS = 2  # to listen is never worth waiting for
LOCK_SECONDS = 10
CHANNEL = "levelkit"

_REFUSED = {
    "42501": "tài khoản này không có quyền làm việc đó; người quản trị cấp quyền theo docs/postgresql.md",
    "25006": "máy chủ đang chỉ cho đọc",
    "53100": "ổ đĩa của máy chủ đã đầy",
    "53300": "máy chủ đã hết chỗ kết nối",
    "55P03": "người khác đang ghi vào đó",
    "40P01": "người khác đang ghi vào đó",
    "40001": "người khác vừa ghi vào đó",
    "42P01": "không còn bảng dữ liệu của levelkit ở đó",
    "57P01": "máy chủ đang tắt",
    "57P03": "máy chủ đang khởi động hoặc đang tắt",
}
# Refused while connecting, there is no code, only words: these are the server's own in English.
_UNCONNECTED = (
    ("password authentication failed", "sai tài khoản hoặc mật khẩu"),
    ("no password supplied", "máy chủ hỏi mật khẩu; ghi mật khẩu vào tệp .pgpass hoặc biến PGPASSWORD"),
    ("pg_hba.conf", "máy chủ không nhận tài khoản này từ máy này"),
    ("authentication failed", "máy chủ không nhận tài khoản này"),
    ("role ", "máy chủ không có tài khoản này"),
    ("does not exist", "máy chủ không có cơ sở dữ liệu này"),
    ("permission denied for database", "tài khoản này không được vào cơ sở dữ liệu này"),
    ("too many", "máy chủ đã hết chỗ kết nối"),
    ("starting up", "máy chủ đang khởi động"),
    ("shutting down", "máy chủ đang tắt"),
    ("SSL", "kết nối mã hoá (SSL) không lập được"),
    ("could not translate host name", "không tìm thấy máy chủ có tên này"),
    ("resolve host", "không tìm thấy máy chủ có tên này"),
    ("refused", "máy chủ không nhận kết nối ở cổng này"),
    ("No such file", "không có máy chủ nào nghe ở đó"),
    ("timeout", "máy chủ không trả lời"),
)


def connect(
    server: Server, *, autocommit: bool = False, seconds: int = CONNECT_SECONDS
) -> psycopg.Connection[Any]:
    """Connect; what the address leaves open comes from the PG* variables and ``.pgpass``."""
    given = {key: value for key, value in conninfo_to_dict(server.uri).items() if value is not None}
    settings: dict[str, Any] = {"connect_timeout": seconds, "application_name": "levelkit", **given}
    connection = psycopg.connect(**{**settings, "client_encoding": "utf8"}, autocommit=True)
    connection.execute(
        "SELECT set_config('lock_timeout', %s, false), set_config('TimeZone', 'UTC', false)",
        (f"{LOCK_SECONDS}s",),
    )
    connection.autocommit = autocommit
    return connection


def make_engine(server: Server) -> Engine:
    """Build the engine: reading sees one state, writing sees what others have confirmed."""
    engine = create_engine(
        "postgresql+psycopg://",
        creator=lambda: connect(server),
        poolclass=QueuePool,
        pool_size=2,
        max_overflow=8,
        pool_pre_ping=True,  # a server that was restarted meanwhile is met again without a word
        json_serializer=dump_json,
        json_deserializer=json.loads,
    )

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        if not connection.get_execution_options().get(WRITE, False):
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")

    return engine


def explain(server: Server, error: DBAPIError | psycopg.Error, done: str) -> None:
    """Raise what a person can read; return where the error is the program's own. Nothing of it is repeated.

    Raises:
        WorkspaceReadOnly: the account may not do that.
        WorkspaceError: the server is gone, refused, or is busy.
    """
    reason = reason_of(error)
    if reason is None:
        return
    kind = WorkspaceReadOnly if _code(error) == "42501" else WorkspaceError
    raise kind(f"{done} «{server}»: {reason}.") from None


def reason_of(error: DBAPIError | psycopg.Error) -> str | None:
    """Say why the server refused; None where the program itself asked for something wrong."""
    code = _code(error)
    if code in _REFUSED:
        return _REFUSED[code]
    cause = error.orig if isinstance(error, DBAPIError) else error
    if code is None and isinstance(cause, (psycopg.OperationalError, psycopg.InterfaceError)):
        said = str(cause)
        return next((words for sign, words in _UNCONNECTED if sign in said), "không kết nối được tới máy chủ")
    if isinstance(cause, psycopg.OperationalError):
        return "máy chủ từ chối hoặc ngắt kết nối"
    return None


def _code(error: DBAPIError | psycopg.Error) -> str | None:
    cause = error.orig if isinstance(error, DBAPIError) else error
    return cause.sqlstate if isinstance(cause, psycopg.Error) else None


def tell(session: Session, who: str) -> None:
    """Tell the others, as soon as this transaction is kept, that ``who`` has written."""
    session.execute(text("SELECT pg_notify(:channel, :who)"), {"channel": CHANNEL, "who": who})


class Listener:
    """A connection that hears when others have written."""

    def __init__(self, server: Server) -> None:
        self._connection = connect(server, autocommit=True, seconds=LISTEN_SECONDS)
        self._connection.execute(f"LISTEN {CHANNEL}")

    def heard(self) -> list[str]:
        """Return who has written since the last call; never waits.

        Raises:
            psycopg.Error: the connection is lost.
        """
        link = self._connection.pgconn
        link.consume_input()
        found = []
        while notice := link.notifies():
            found.append(notice.extra.decode())
        return found

    def close(self) -> None:
        """Stop listening."""
        self._connection.close()
