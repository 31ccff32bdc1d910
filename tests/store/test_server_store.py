"""A workspace on a PostgreSQL server: what is refused, in which words, and what never shows."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from levelkit.errors import (
    WorkspaceError,
    WorkspaceExists,
    WorkspaceMissing,
    WorkspaceNewer,
    WorkspaceReadOnly,
)
from levelkit.store import FORMAT, OpenOptions, create_store, migrate, open_store, postgres, repository
from levelkit.store.server import parse
from levelkit.store.tables import Base
from tests.postgres_server import LOCKED, OWNER, comes_true
from tests.store.writer import Writer

if TYPE_CHECKING:
    from tests.postgres_server import PostgresServer

SECRET = "mat-khau-bi-mat"


def test_address_shows_host_and_database_alone() -> None:
    server = parse(f"postgresql://lan:{SECRET}@may-chu.saomai.vn:5433/levelkit?sslmode=require")
    assert str(server) == "may-chu.saomai.vn/levelkit"
    assert SECRET not in repr(server)
    assert "lan" not in repr(server)
    assert SECRET not in server.kept
    again = parse(server.kept)
    assert (str(again), again.kept) == (str(server), server.kept)
    assert "sslmode=require" in again.uri
    assert "5433" in again.uri


def test_what_an_address_leaves_open_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGHOST", "db")
    monkeypatch.setenv("PGDATABASE", "ho-so")
    assert str(parse("postgresql://")) == "db/ho-so"


@pytest.mark.parametrize(
    "address",
    [
        f"mysql://lan:{SECRET}@h/x",
        f"postgresql+psycopg://lan:{SECRET}@h/x",
        f"postgresql://lan:{SECRET}%zz@h/x",
        f"postgresql://h/x?mat_khau={SECRET}",
    ],
)
def test_address_that_cannot_be_read_is_not_repeated(address: str) -> None:
    with pytest.raises(WorkspaceError, match="theo mẫu postgresql://") as caught:
        parse(address)
    assert SECRET not in str(caught.value)


def test_empty_database_is_missing_until_it_is_made(postgres: PostgresServer, empty_database: str) -> None:
    server = parse(postgres.uri(empty_database))
    with pytest.raises(WorkspaceMissing, match="còn trống"):
        open_store(server)
    create_store(server)
    with closing(open_store(server)) as store:
        Writer(store)
    with pytest.raises(WorkspaceExists):
        create_store(server)
    with closing(open_store(server)) as store, store.read() as session:
        assert repository.list_codes(session) == ["HT-01"]


def test_making_that_fails_leaves_the_database_empty(
    postgres: PostgresServer, empty_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_connection: object) -> None:
        raise RuntimeError("cut off")

    monkeypatch.setattr(migrate, "name_workspace", fail)
    with pytest.raises(RuntimeError, match="cut off"):
        create_store(parse(postgres.uri(empty_database)))
    assert postgres.sql("SELECT tablename FROM pg_tables WHERE schemaname = 'public'", empty_database) == []


def test_other_programs_database_is_left_alone(postgres: PostgresServer, empty_database: str) -> None:
    postgres.sql("CREATE TABLE meta (x int)", empty_database)
    for act in (open_store, create_store):
        with pytest.raises(WorkspaceError, match="chương trình khác"):
            act(parse(postgres.uri(empty_database)))
    tables = postgres.sql("SELECT tablename FROM pg_tables WHERE schemaname = 'public'", empty_database)
    assert tables == [("meta",)]


def test_newer_format_is_refused(postgres: PostgresServer, database: str) -> None:
    postgres.sql(f"UPDATE meta SET value = '{FORMAT + 1}' WHERE key = 'format'", database)
    with pytest.raises(WorkspaceNewer, match=f"định dạng {FORMAT + 1}"):
        open_store(parse(postgres.uri(database)))


def old_database(postgres: PostgresServer, database: str) -> None:
    engine = postgres_engine(postgres, database)
    with engine.connect().execution_options(levelkit_write=True) as connection, connection.begin():
        migrate.run(connection, 1)
        migrate.name_workspace(connection)
        connection.execute(text("INSERT INTO meta VALUES ('format', '1')"))
    engine.dispose()


def postgres_engine(server: PostgresServer, database: str) -> postgres.Engine:
    return postgres.make_engine(parse(server.uri(database)))


def test_older_format_is_raised_by_who_may(postgres: PostgresServer, empty_database: str) -> None:
    old_database(postgres, empty_database)
    postgres.sql("DROP ROLE IF EXISTS an")
    postgres.sql("CREATE ROLE an LOGIN")
    postgres.sql("GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA public TO an", empty_database)
    with pytest.raises(WorkspaceError, match="tài khoản sở hữu"):
        open_store(parse(postgres.uri(empty_database, "an")))
    with closing(open_store(parse(postgres.uri(empty_database)))) as store:
        Writer(store).set(a="x")
        assert store.meta("format") == str(FORMAT)
    postgres.sql("DROP OWNED BY an", empty_database)
    postgres.sql("DROP ROLE an")


def test_migrations_make_the_tables_that_the_code_reads(postgres: PostgresServer, database: str) -> None:
    engine = postgres_engine(postgres, database)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
    engine.dispose()


def test_wrong_password_is_told_and_not_repeated(postgres: PostgresServer, database: str) -> None:
    postgres.sql(f"DROP ROLE IF EXISTS {LOCKED}")
    postgres.sql(f"CREATE ROLE {LOCKED} LOGIN PASSWORD 'khac'")
    with pytest.raises(WorkspaceError, match="sai tài khoản hoặc mật khẩu") as caught:
        open_store(parse(postgres.uri(database, LOCKED, SECRET)))
    assert SECRET not in str(caught.value)
    with pytest.raises(WorkspaceError, match="pgpass"):
        open_store(parse(postgres.uri(database, LOCKED)))


def test_password_comes_from_pgpass(
    postgres: PostgresServer, database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    postgres.sql(f"DROP ROLE IF EXISTS {LOCKED}")
    postgres.sql(f"CREATE ROLE {LOCKED} LOGIN PASSWORD 'dung'")
    passwords = tmp_path / "pgpass"
    passwords.write_text(f"*:*:{database}:{LOCKED}:dung\n", encoding="utf-8")
    passwords.chmod(0o600)
    monkeypatch.setenv("PGPASSFILE", str(passwords))
    with pytest.raises(WorkspaceError, match="không có quyền"):
        open_store(parse(postgres.uri(database, LOCKED)))


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("postgresql:///x?host=/khong/co&user=an", "không có máy chủ nào"),
        ("postgresql://127.0.0.1:1/x?user=an", "không nhận kết nối"),
    ],
)
def test_server_that_cannot_be_reached(address: str, said: str) -> None:
    with pytest.raises(WorkspaceError, match=said):
        open_store(parse(address))


def test_unknown_database_and_account(postgres: PostgresServer) -> None:
    with pytest.raises(WorkspaceError, match="không có cơ sở dữ liệu này"):
        open_store(parse(postgres.uri("khong_co")))
    with pytest.raises(WorkspaceError, match="không có tài khoản này"):
        open_store(parse(postgres.uri("postgres", "khong_co")))


def test_account_that_may_only_read_reads(postgres: PostgresServer, database: str) -> None:
    postgres.sql("DROP ROLE IF EXISTS doc")
    postgres.sql("CREATE ROLE doc LOGIN")
    postgres.sql("GRANT SELECT ON ALL TABLES IN SCHEMA public TO doc", database)
    with closing(open_store(parse(postgres.uri(database)))) as writer:
        Writer(writer)
        assert writer.user == OWNER
    with closing(open_store(parse(postgres.uri(database, "doc")))) as store:
        assert store.readonly
        with pytest.raises(WorkspaceReadOnly, match="chỉ có quyền đọc"):
            store.require_writable()
        with store.read() as session:
            assert repository.list_codes(session) == ["HT-01"]
    postgres.sql("DROP OWNED BY doc", database)
    postgres.sql("DROP ROLE doc")


def test_reader_on_request_writes_nothing(postgres: PostgresServer, database: str) -> None:
    store = open_store(parse(postgres.uri(database)), OpenOptions(readonly=True))
    with closing(store), pytest.raises(WorkspaceReadOnly):
        Writer(store)


def test_lost_connection_is_told_and_comes_back(postgres: PostgresServer, database: str) -> None:
    with closing(open_store(parse(postgres.uri(database)))) as store:
        writer = Writer(store)
        kill = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database}'"

        def cut() -> None:
            with store.write() as session:
                repository.set_status(session, "HT-01", "submitted", writer.mark)
                postgres.sql(kill)
                repository.list_codes(session)

        with pytest.raises(WorkspaceError, match="Chưa lưu được vào"):
            cut()
        postgres.sql(kill)
        with store.read() as session:
            assert repository.find_system(session, "HT-01").status == "draft"


def test_two_write_at_once(postgres: PostgresServer, database: str) -> None:
    server = parse(postgres.uri(database))
    with closing(open_store(server)) as first, closing(open_store(server)) as second:
        one, two = Writer(first), Writer(second, "HT-02")
        one.set(a="x")
        two.set(a="y")
        assert (one.answers(), two.answers()) == ({"a": "x"}, {"a": "y"})


def test_others_writing_is_heard_own_is_not(postgres: PostgresServer, database: str) -> None:
    server = parse(postgres.uri(database))
    with closing(open_store(server)) as first, closing(open_store(server)) as second:
        assert first.poll()  # what came before it began to listen is not known
        assert not first.poll()
        Writer(first)
        assert not first.poll()
        Writer(second, "HT-02")
        assert comes_true(first.poll)


KILLED = """
import os, signal, sys
from sqlalchemy import event
from sqlalchemy.engine import Engine
from levelkit.store import create_store, open_store
from levelkit.store.server import parse
from tests.store.writer import Writer

server, mode, point = parse(sys.argv[1]), sys.argv[2], int(sys.argv[3])
seen = [0]

@event.listens_for(Engine, "after_cursor_execute")
def count(_connection, _cursor, statement, *_rest):
    seen[0] += 1
    if seen[0] == point:
        os.kill(os.getpid(), signal.SIGKILL)

if mode == "create":
    create_store(server)
else:
    writer = Writer(open_store(server))
    for number in range(100):
        writer.set(a=number, devices=[{"name": str(number)}] * 3)
        print(number, flush=True)
"""


def run_killed(address: str, mode: str, point: int) -> list[str]:
    command = [sys.executable, "-c", KILLED, address, mode, str(point)]
    root = Path(__file__).parents[2]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    done = subprocess.run(command, capture_output=True, text=True, cwd=root, env=environment, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr
    return done.stdout.split()


def test_killed_while_saving_keeps_what_was_confirmed(postgres: PostgresServer, database: str) -> None:
    said = run_killed(postgres.uri(database), "set", 60)
    with closing(open_store(parse(postgres.uri(database)))) as store, store.read() as session:
        answers = repository.load_answers(session, repository.find_system(session, "HT-01").id)
    assert answers["a"] in {int(said[-1]), int(said[-1]) + 1}
    assert answers["devices"] == [{"name": str(answers["a"])}] * 3


@pytest.mark.parametrize("point", [6, 14, 22])
def test_killed_while_making_leaves_nothing(
    postgres: PostgresServer, empty_database: str, point: int
) -> None:
    run_killed(postgres.uri(empty_database), "create", point)
    create_store(parse(postgres.uri(empty_database)))
    open_store(parse(postgres.uri(empty_database))).close()
