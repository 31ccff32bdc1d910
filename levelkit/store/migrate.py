"""Store: bring a file to this program's format, in one transaction."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from sqlalchemy import insert

from levelkit.errors import WorkspaceNewer
from levelkit.resources import package_dir
from levelkit.store import sqlite
from levelkit.store.base import WRITE
from levelkit.store.tables import MetaRow

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection, Engine

FORMAT = 3
"""The workspace format this program writes: the number of the last migration."""


def upgrade(engine: Engine, *, to: int = FORMAT) -> None:
    """Run every migration of a file up to ``to``; on any failure the file stays as it was."""
    with engine.connect().execution_options(**{WRITE: True}) as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.execute("PRAGMA foreign_keys = OFF")  # no effect inside a transaction
        with connection.begin():
            run(connection, to)
            if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                raise RuntimeError("the migration broke a foreign key")
            sqlite.stamp(driver, user_version=to)
        driver.execute("PRAGMA foreign_keys = ON")


def run(connection: Connection, to: int = FORMAT) -> None:
    """Run the migrations that are missing, inside the transaction of ``connection``."""
    from alembic.config import Config
    from alembic.runtime.environment import EnvironmentContext
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(package_dir("store", "migrations")).replace("%", "%%"))
    script = ScriptDirectory.from_config(config)
    target = f"{to:04d}"
    with EnvironmentContext(
        config,
        script,
        fn=lambda current, _context: script._upgrade_revs(target, current),  # noqa: SLF001
    ) as environment:
        environment.configure(connection=connection, transactional_ddl=True)
        environment.run_migrations()


def name_workspace(connection: Connection) -> None:
    """Give a new workspace an id of its own."""
    connection.execute(insert(MetaRow).values(key="workspace_id", value=secrets.token_hex(16)))


def newer(place: object, found: int) -> WorkspaceNewer:
    """Say that a newer program wrote a workspace."""
    return WorkspaceNewer(
        f"«{place}» do phiên bản levelkit mới hơn ghi (định dạng {found}, bản này đọc đến {FORMAT}). "
        "Dữ liệu được giữ nguyên. Hãy mở bằng phiên bản mới hơn."
    )


def refuse_newer(path: Path, header: sqlite.Header) -> None:
    """Refuse a file that a newer program wrote.

    Raises:
        WorkspaceNewer: always in that case; the file is not touched.
    """
    if header.user_version > FORMAT:
        raise newer(path, header.user_version)
