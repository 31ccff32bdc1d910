"""Store: all that is SQLite's own: the header, connecting, pragmas, whole-file copies."""

from __future__ import annotations

import errno
import json
import os
import sqlite3
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.pool import QueuePool

from levelkit.errors import WorkspaceError, WorkspaceMissing
from levelkit.store.base import WRITE
from levelkit.store.lock import this_process

APPLICATION_ID = 0x4C564B54  # "LVKT"
BUSY_SECONDS = 10.0
DAMAGED = (sqlite3.DatabaseError, UnicodeDecodeError)
"""What a damaged file raises; the second where SQLite's own message quotes the damage."""

READER = "reader"
"""The file that says, in a snapshot's folder, which process reads there."""

_MAGIC = b"SQLite format 3\x00"


@dataclass(frozen=True)
class Header:
    """What the first hundred bytes say: ``user_version`` is the workspace format."""

    user_version: int
    application_id: int


def read_header(path: Path) -> Header:
    """Read the header without opening the database, so that a foreign file is never touched.

    Raises:
        WorkspaceMissing: nothing is there.
        WorkspaceError: it is no SQLite file, no levelkit file, or cannot be read.
    """
    try:
        with path.open("rb") as file:
            head = file.read(100)
    except FileNotFoundError:
        raise WorkspaceMissing(
            f"Không có tệp «{path}». Hãy kiểm tra lại đường dẫn hoặc tạo tệp mới."
        ) from None
    except IsADirectoryError:
        raise WorkspaceError(f"«{path}» là thư mục, không phải tệp .levelkit. Hãy chọn một tệp.") from None
    except OSError as error:
        raise WorkspaceError(f"Không đọc được tệp «{path}»: {reason(error)}.") from None
    if len(head) < 100 or not head.startswith(_MAGIC):
        raise WorkspaceError(f"«{path}» không phải tệp của levelkit. Hãy chọn tệp có đuôi .levelkit.")
    header = Header(int.from_bytes(head[60:64], "big"), int.from_bytes(head[68:72], "big"))
    if header.application_id != APPLICATION_ID:
        raise WorkspaceError(
            f"«{path}» là cơ sở dữ liệu của chương trình khác, levelkit không mở và không ghi vào tệp này."
        )
    return header


def reason(error: OSError) -> str:
    """Say in Vietnamese why the operating system refused."""
    known = {
        "PermissionError": "không có quyền truy cập",
        "FileNotFoundError": "không tìm thấy",
        "NotADirectoryError": "đường dẫn đi qua một tệp chứ không phải thư mục",
        "IsADirectoryError": "đó là thư mục",
        "FileExistsError": "đã có tệp cùng tên",
    }
    if error.errno == errno.ENOSPC:
        return "ổ đĩa đã đầy"
    if error.errno == errno.EROFS:
        return "nơi lưu chỉ cho đọc"
    if error.errno == errno.ENAMETOOLONG:
        return "tên quá dài"
    return known.get(type(error).__name__, f"hệ điều hành báo lỗi {error.errno}")


def connect(path: Path, *, readonly: bool) -> sqlite3.Connection:
    """Open an existing file; never makes one."""
    mode = "ro" if readonly else "rw"
    posix = path.absolute().as_posix()
    # As bytes: a name in another encoding than the locale's must reach SQLite as it is on the disk.
    uri = f"file:{'//' if posix.startswith('//') else ''}{quote(os.fsencode(posix))}?mode={mode}"
    connection = sqlite3.connect(
        uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )
    connection.execute("PRAGMA foreign_keys = ON")
    if not readonly:
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("PRAGMA synchronous = FULL")
    return connection


def make_engine(path: Path, *, readonly: bool) -> Engine:
    """Build the engine: explicit BEGIN, so that schema changes are in the transaction too."""
    engine = create_engine(
        "sqlite://",
        creator=lambda: connect(path, readonly=readonly),
        poolclass=QueuePool,
        pool_size=2,
        max_overflow=8,
        json_serializer=dump_json,
        json_deserializer=_load_json,
    )

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        write = connection.get_execution_options().get(WRITE, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    return engine


def dump_json(value: Any) -> str:
    """Write JSON as it is stored: letters as they are, keys in the order given."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _load_json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError as error:
        # As what cannot be decoded: the file is damaged.
        raise sqlite3.DatabaseError("malformed JSON") from error


def stamp(connection: sqlite3.Connection, *, user_version: int) -> None:
    """Set both marks of the header; part of the running transaction."""
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {user_version}")


def copy_database(source: Path, target: Path) -> None:
    """Copy a database that may be in use, as one consistent state, and bring it to the disk."""
    origin = connect(source, readonly=True)
    try:
        copy = sqlite3.connect(target, isolation_level=None)
        try:
            origin.backup(copy)
            problems = [row[0] for row in copy.execute("PRAGMA integrity_check")]
            if problems != ["ok"] or counts(copy) != counts(origin):
                raise WorkspaceError(f"Bản sao của «{source}» không khớp với bản gốc, đã bỏ bản sao này.")
        finally:
            copy.close()
    finally:
        origin.close()
    sync(target)


def recover(path: Path) -> bool:
    """Roll back what a crash left; False where the file is damaged beyond that."""
    try:
        connection = connect(path, readonly=False)
        try:
            return bool(connection.execute("PRAGMA quick_check").fetchone()[0] == "ok")
        finally:
            connection.close()
    except DAMAGED:
        return False


def counts(connection: sqlite3.Connection) -> dict[str, int]:
    """Count the rows of every table."""
    names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}  # noqa: S608


def needs_recovery(path: Path) -> bool:
    """Say whether a rollback journal lies beside the file (a write was cut off, or is going on)."""
    try:
        return Path(f"{path}-journal").stat().st_size > 0
    except OSError:
        return False


def snapshot(path: Path) -> tempfile.TemporaryDirectory[str]:
    """Copy the file, with its journal, to a private folder where it can be rolled back or migrated."""
    folder = tempfile.TemporaryDirectory(prefix="levelkit-")
    target = Path(folder.name) / path.name
    (Path(folder.name) / READER).write_text(this_process().dump(), encoding="utf-8")
    try:
        copy_database(path, target)
    except sqlite3.Error:  # a journal that this reader may not roll back in place
        for source in (path, Path(f"{path}-journal")):
            if source.exists():
                (Path(folder.name) / source.name).write_bytes(source.read_bytes())
    return folder


def sync(path: Path) -> None:
    """Bring a file's bytes, and its folder's entry, to the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Bring a folder's entries to the disk where the system can do it (POSIX)."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError:  # some network file systems cannot
        return
    finally:
        os.close(descriptor)
