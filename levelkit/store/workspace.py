"""Store: one workspace file, open."""

from __future__ import annotations

import glob
import os
import secrets
import sqlite3
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy.exc import DatabaseError, DBAPIError, OperationalError

from levelkit.errors import WorkspaceError, WorkspaceExists
from levelkit.store import backups, migrate, sqlite
from levelkit.store.base import Store
from levelkit.store.lock import Holder, Lock, current_holder

if TYPE_CHECKING:
    import tempfile
    from collections.abc import Iterator
    from typing import Self

    from sqlalchemy import Engine


@dataclass(frozen=True)
class OpenOptions:
    """How to open: read only from the start; where backups go when the folder beside cannot be written."""

    readonly: bool = False
    backup_fallback: Path | None = None
    backup: bool = True


@dataclass(frozen=True)
class _Access:
    lock: Lock | None = None
    holder: Holder | None = None
    why_readonly: str | None = None
    snapshot: tempfile.TemporaryDirectory[str] | None = None


class WorkspaceStore(Store):
    """A workspace file with its lock, its engine and its transactions.

    Use :meth:`create` and :meth:`open`; then :meth:`read` and :meth:`write` give sessions.
    """

    path: Path

    def __init__(self, path: Path, engine: Engine, access: _Access) -> None:
        super().__init__(engine)
        self.path = path
        self.holder = access.holder
        self.why_readonly = access.why_readonly
        self._lock = access.lock
        self._snapshot = access.snapshot

    @classmethod
    def create(cls, path: Path) -> None:
        """Make an empty workspace, complete or not at all.

        Raises:
            WorkspaceExists: something is there already.
            WorkspaceError: the folder is missing or cannot be written.
        """
        with staged(path) as part:
            cls.build(part)

    @staticmethod
    def build(part: Path) -> None:
        """Make the tables in an empty file that :func:`staged` gave."""
        engine = sqlite.make_engine(part, readonly=False)
        try:
            migrate.upgrade(engine)
            with engine.begin() as connection:
                migrate.name_workspace(connection)
        finally:
            engine.dispose()

    @classmethod
    def open(cls, path: Path, options: OpenOptions | None = None) -> Self:
        """Open a workspace, to write where possible, else to read, saying why.

        Raises:
            WorkspaceMissing: nothing is there.
            WorkspaceNewer: a newer program wrote it; the file is left untouched.
            WorkspaceError: it is no workspace, or it is damaged.
        """
        chosen = options or OpenOptions()
        migrate.refuse_newer(path, sqlite.read_header(path))
        if chosen.readonly:
            return cls._open_readonly(path, current_holder(path), None)
        if not os.access(path, os.W_OK):
            return cls._open_readonly(path, None, "Tệp hoặc nơi lưu chỉ cho đọc.")
        lock = Lock(path)
        try:
            holder = lock.acquire()
        except OSError as error:
            return cls._open_readonly(
                path, None, f"Thư mục chứa tệp không ghi được ({sqlite.reason(error)}), nên chỉ đọc."
            )
        if holder is not None:
            return cls._open_readonly(path, holder, describe_holder(holder))
        try:
            return cls._open_writable(path, lock, chosen)
        except BaseException:
            lock.release()
            raise

    @classmethod
    def _open_writable(cls, path: Path, lock: Lock, options: OpenOptions) -> Self:
        _sweep_parts(path)
        if not sqlite.recover(path):
            raise WorkspaceError(_damaged(path))
        header = sqlite.read_header(path)  # again: rolling back may have changed it
        migrate.refuse_newer(path, header)
        older = header.user_version < migrate.FORMAT
        try:
            if options.backup or older:
                why = f"truoc-dinh-dang-{migrate.FORMAT}" if older else ""
                backups.backup(path, why=why, fallback=options.backup_fallback, force=older)
        except OSError as error:
            raise WorkspaceError(
                f"Không sao lưu được «{path}» trước khi mở: {sqlite.reason(error)}. Tệp chưa bị thay đổi."
            ) from error
        engine = sqlite.make_engine(path, readonly=False)
        if older:
            migrate.upgrade(engine)
        return cls(path, engine, _Access(lock=lock))

    @classmethod
    def _open_readonly(cls, path: Path, holder: Holder | None, why: str | None) -> Self:
        source, folder = path, None
        header = sqlite.read_header(path)
        if header.user_version < migrate.FORMAT or (sqlite.needs_recovery(path) and holder is None):
            folder = sqlite.snapshot(path)
            source = Path(folder.name) / path.name
        try:
            if folder is not None:
                private = sqlite.make_engine(source, readonly=False)
                migrate.upgrade(private)
                private.dispose()
            engine = sqlite.make_engine(source, readonly=True)
            with engine.connect() as connection:
                connection.exec_driver_sql("SELECT count(*) FROM meta")
        except (DatabaseError, *sqlite.DAMAGED) as error:
            if folder is not None:
                folder.cleanup()
            raise WorkspaceError(_damaged(path)) from error
        return cls(path, engine, _Access(None, holder, why or "Tệp được mở để đọc.", folder))

    @staticmethod
    def restore(path: Path, chosen: Path, fallback: Path | None = None) -> None:
        """Put a backup in a workspace's place; what stands there now is kept first.

        Raises:
            WorkspaceError: somebody has it open, or the place cannot be written; nothing changed.
        """
        lock = Lock(path)
        try:
            holder = lock.acquire()
            if holder is not None:
                raise WorkspaceError(
                    f"«{path}» chưa khôi phục được. {describe_holder(holder)} Hãy đóng ở đó."
                )
            backups.restore(path, chosen, fallback)
        except OSError as error:
            raise WorkspaceError(f"Không khôi phục được «{path}»: {sqlite.reason(error)}.") from error
        finally:
            lock.release()

    @property
    def readonly(self) -> bool:
        """Whether nothing can be written."""
        return self._lock is None or self._lock.lost

    def close(self) -> None:
        """Close the file and give the lock back. May be called twice."""
        super().close()
        if self._lock is not None:
            self._lock.release()
        if self._snapshot is not None:
            self._snapshot.cleanup()
            self._snapshot = None

    def _why_not(self) -> str:
        if self._lock is not None and self._lock.lost:
            holder = current_holder(self.path)
            who = describe_holder(holder) if holder is not None else ""
            return f"Tệp «{self.path}» đã được mở để ghi ở nơi khác, ở đây chỉ còn đọc. {who}".rstrip()
        return f"Tệp «{self.path}» đang mở để đọc: {self.why_readonly or ''}".rstrip(": ")

    def _explain_read(self, error: DBAPIError | sqlite3.DatabaseError) -> None:
        _refuse_damaged(self.path, error)

    def _explain_write(self, error: DBAPIError) -> None:
        if isinstance(error, OperationalError):
            raise WorkspaceError(_write_failed(self.path, error)) from error
        _refuse_damaged(self.path, error)


@contextmanager
def staged(path: Path) -> Iterator[Path]:
    """Give a place beside ``path`` to make a new workspace in; it gets its name at the end, or vanishes.

    Raises:
        WorkspaceExists: ``path`` is taken, before or meanwhile.
        WorkspaceError: the folder is missing or cannot be written.
    """
    try:
        taken, has_folder = path.exists(), path.parent.is_dir()
    except OSError as error:
        raise WorkspaceError(f"Không tạo được «{path}»: {sqlite.reason(error)}.") from error
    if taken:
        raise WorkspaceExists(f"Đã có «{path}», levelkit không ghi đè. Hãy chọn tên khác hoặc mở tệp này.")
    if not has_folder:
        raise WorkspaceError(f"Không có thư mục «{path.parent}». Hãy tạo thư mục trước hoặc chọn nơi khác.")
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        part.touch(exist_ok=False)
        yield part
        sqlite.sync(part)
        _publish(part, path)
    except (OSError, OperationalError) as error:
        said = sqlite.reason(error) if isinstance(error, OSError) else "ổ đĩa từ chối ghi"
        raise WorkspaceError(f"Không tạo được «{path}»: {said}.") from error
    finally:
        for leftover in (part, Path(f"{part}-journal")):
            with suppress(OSError):
                leftover.unlink(missing_ok=True)


def _sweep_parts(path: Path) -> None:
    """Remove what a making or a going back, cut off, left beside a workspace; the caller holds the lock."""
    name = f".{glob.escape(path.name)}.{'[0-9a-f]' * 8}.part"
    for ending in ("", "-journal", ".lock"):
        for left in path.parent.glob(name + ending):
            with suppress(OSError):
                left.unlink(missing_ok=True)


def _publish(part: Path, path: Path) -> None:
    try:
        os.link(part, path)  # fails where the name is taken; a rename would replace
    except FileExistsError:
        raise WorkspaceExists(f"Đã có «{path}», levelkit không ghi đè. Hãy chọn tên khác.") from None
    except OSError:  # no hard links there
        if path.exists():
            raise WorkspaceExists(f"Đã có «{path}», levelkit không ghi đè. Hãy chọn tên khác.") from None
        part.rename(path)
    sqlite.sync_folder(path.parent)


def describe_holder(holder: Holder) -> str:
    """Say who holds a workspace: account, machine, since when (local time)."""
    since = holder.since.astimezone().strftime("%H:%M ngày %d/%m/%Y")
    return f"Đang mở ở máy {holder.host}, tài khoản {holder.user}, từ {since}."


def _damaged(path: Path) -> str:
    copies = backups.list_backups(backups.backup_folder(path))
    where = f" Bản sao lưu gần nhất: «{copies[0]}»." if copies else ""
    return f"Tệp «{path}» bị hỏng, levelkit không mở và không ghi vào tệp này.{where}"


def _refuse_damaged(path: Path, error: DBAPIError | sqlite3.DatabaseError) -> None:
    """Say so where a failed reading is the file's fault; a broken rule of the tables is a bug."""
    if type(error) not in {DatabaseError, OperationalError, sqlite3.DatabaseError}:
        return
    if "locked" in str(error):
        raise WorkspaceError(
            f"Chưa đọc được «{path}»: tệp đang được chương trình khác giữ. Hãy thử lại."
        ) from error
    raise WorkspaceError(_damaged(path)) from error


def _write_failed(path: Path, error: OperationalError) -> str:
    text = str(error.orig)
    if "full" in text:
        said = "ổ đĩa đã đầy"
    elif "locked" in text or "busy" in text:
        said = "tệp đang được chương trình khác giữ"
    elif "readonly" in text:
        said = "nơi lưu chỉ còn cho đọc"
    else:
        said = "ổ đĩa hoặc mạng không trả lời"
    return f"Chưa lưu được vào «{path}»: {said}. Nội dung vừa nhập vẫn còn trên màn hình, hãy thử lưu lại."
