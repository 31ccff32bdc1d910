"""The roles that are shipped: who may read, prepare, appraise."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
import pytest

from levelkit.domain.plan import SharedMeasure
from levelkit.errors import WorkspaceReadOnly
from levelkit.resources import package_dir
from levelkit.services import Workspace
from levelkit.store import repository
from levelkit.store.server import parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.postgres_server import PostgresServer

    Enter = Callable[[str], Workspace]

PEOPLE = {"lan": "preparer", "minh": "appraiser", "hoa": "reader"}


@pytest.fixture
def enter(postgres: PostgresServer, database: str) -> Iterator[Enter]:
    """Open the workspace, with one system in it, as one of the people."""
    with Workspace.open(parse(postgres.uri(database))) as owner:
        owner.session(owner.add_system("Cổng")).set("owner.name", "Sao Mai")
    script = package_dir("store", "roles.sql").read_text(encoding="utf-8")
    for _ in range(2):  # a second time changes nothing
        postgres.sql(script, database)
    for name, role in PEOPLE.items():
        if not postgres.sql(f"SELECT 1 FROM pg_roles WHERE rolname = '{name}'"):
            postgres.sql(f"CREATE ROLE {name} LOGIN IN ROLE levelkit_{role}")
    opened: list[Workspace] = []

    def as_one(name: str) -> Workspace:
        opened.append(Workspace.open(parse(postgres.uri(database, name))))
        return opened[-1]

    yield as_one
    for workspace in opened:
        workspace.close()


def test_preparer_does_everything_but_rewrite_the_journal(
    enter: Enter, postgres: PostgresServer, database: str
) -> None:
    workspace = enter("lan")
    assert not workspace.readonly
    code = workspace.add_system("Kho")
    session = workspace.session(code)
    session.set_many({"owner.name": "Sao Mai", "devices": [{"name": "Tường lửa"}]})
    session.set("owner.name", None)
    session.set("devices", [])
    wall = workspace.shared.save_measure(SharedMeasure(id="", title="Tường lửa", text="Chặn."))
    workspace.shared.remove_measure(wall)
    workspace.set_status(code, "submitted")
    workspace.keep_packages()
    workspace.remove_system(code)
    with psycopg.connect(postgres.uri(database, "lan")) as direct:
        for statement in ("UPDATE event SET who = 'minh'", "DELETE FROM event", "DELETE FROM system"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege), direct.transaction():
                direct.execute(statement)


def test_appraiser_writes_the_appraisal_and_nothing_else(enter: Enter) -> None:
    workspace = enter("minh")
    session = workspace.session("HT-01")
    session.set("appraisal.number", "12/TĐ")
    session.set("opinion.issuer", "Cục")
    session.set("opinion.issuer", None)
    workspace.set_status("HT-01", "appraised")
    for value in ("Khác", None):
        with pytest.raises(WorkspaceReadOnly, match="không có quyền"):
            session.set("owner.name", value)
        session.undo()
    with pytest.raises(WorkspaceReadOnly, match="không có quyền"):
        workspace.add_system("Kho")
    with pytest.raises(WorkspaceReadOnly, match="không có quyền"):
        workspace.shared.save_measure(SharedMeasure(id="", title="Tường lửa", text="Chặn."))
    kept = enter("hoa").session("HT-01")
    assert (kept.status, kept.interview.answer("owner.name")) == ("appraised", "Sao Mai")
    assert kept.interview.answer("appraisal.number") == "12/TĐ"


def test_reader_reads(enter: Enter) -> None:
    workspace = enter("hoa")
    assert workspace.readonly
    assert workspace.why_readonly == "Tài khoản hoa chỉ có quyền đọc."
    assert workspace.session("HT-01").interview.answer("owner.name") == "Sao Mai"
    workspace.poll()


def test_journal_names_who_was_logged_in_whatever_was_sent(
    enter: Enter, postgres: PostgresServer, database: str
) -> None:
    workspace = enter("lan")
    workspace.add_system("Kho")
    with psycopg.connect(postgres.uri(database, "lan")) as direct:
        direct.execute("INSERT INTO event (at, who, what) VALUES (now(), 'minh', 'answer')")
    with workspace.reading() as session:
        assert [one.mark.who for one in repository.list_events(session)][-1] == "lan"
