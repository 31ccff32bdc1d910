"""Store: the address of a workspace in a PostgreSQL database. A password in it is never shown or kept."""

from __future__ import annotations

import os
from dataclasses import dataclass, field

from levelkit.errors import WorkspaceError

SCHEMES = ("postgresql://", "postgres://")
_FORM = "postgresql://tài-khoản@máy-chủ:5432/tên-cơ-sở-dữ-liệu"


@dataclass(frozen=True)
class Server:
    """A database on a PostgreSQL server.

    ``uri`` may hold a password; ``kept`` is the same without it, for lists of what was opened. What is
    missing (account, password, host) comes from the PG* variables and ``.pgpass``, as with every client.
    """

    uri: str = field(repr=False)
    kept: str = field(repr=False)
    host: str
    name: str

    def __str__(self) -> str:
        return f"{self.host}/{self.name}"

    @property
    def stem(self) -> str:
        """The database's name, as a file's without its ending."""
        return self.name


def is_server(text: str) -> bool:
    """Whether a text is meant as an address rather than a path."""
    return "://" in text


def parse(text: str) -> Server:
    """Read an address as ``libpq`` does.

    Raises:
        WorkspaceError: it is no address of a PostgreSQL database; the text itself is not repeated.
    """
    from psycopg import ProgrammingError
    from psycopg.conninfo import conninfo_to_dict, make_conninfo

    address = text.strip()
    if not address.startswith(SCHEMES):
        kind = address.partition("://")[0][:20]
        raise WorkspaceError(f"Địa chỉ «{kind}://…» chưa dùng được. Hãy ghi theo mẫu {_FORM}.")
    try:
        parts = {key: str(value) for key, value in conninfo_to_dict(address).items() if value is not None}
    except ProgrammingError:
        # What libpq says repeats parts of the text, among them what may be a password.
        raise WorkspaceError(f"Địa chỉ cơ sở dữ liệu viết sai. Hãy ghi theo mẫu {_FORM}.") from None
    user = parts.get("user") or os.environ.get("PGUSER", "")
    name = parts.get("dbname") or os.environ.get("PGDATABASE") or user
    host = parts.get("host") or parts.get("hostaddr") or os.environ.get("PGHOST") or "localhost"
    if not name:
        raise WorkspaceError(f"Địa chỉ cơ sở dữ liệu thiếu tên cơ sở dữ liệu. Hãy ghi theo mẫu {_FORM}.")
    secret = {"password", "sslpassword", "passfile"}
    kept = make_conninfo("", **{key: value for key, value in parts.items() if key not in secret})
    return Server(address, _uri(conninfo_to_dict(kept)), host, name)


def _uri(parts: object) -> str:
    from urllib.parse import quote, urlencode

    assert isinstance(parts, dict)
    left = {key: str(value) for key, value in parts.items() if value is not None}
    database = quote(left.pop("dbname", ""), safe="")
    return f"postgresql:///{database}" + (f"?{urlencode(left, quote_via=quote)}" if left else "")
