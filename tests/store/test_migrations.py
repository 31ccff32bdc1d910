"""Files of every earlier format open and lose nothing."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from alembic import op
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from levelkit.store import (
    FORMAT,
    OpenOptions,
    WorkspaceStore,
    backup_folder,
    files,
    list_backups,
    migrate,
    repository,
    shared,
    sqlite,
)
from levelkit.store.tables import Base

if TYPE_CHECKING:
    import sqlalchemy as sa

OLD = sorted((Path(__file__).parents[1] / "data" / "old-versions").glob("*.levelkit"))
ANSWERS_1 = {
    "system.name": "Cổng khách hàng và API",
    "always_on": True,
    "basic_data_subjects": 1_850_000,
    "conditional_business_lines": [97],
    "design.file": {
        "sha256": "ec2792f52c4416be86b9c3d9f4ce1122e68027a8549c54be5040c913d671aa02",
        "name": "thiết kế.pdf",
        "size": 10,
        "media_type": "application/pdf",
    },
    "devices": [{"name": "Tường lửa", "quantity": 2}, {"name": "Máy chủ"}],
}


ANSWERS_2 = {**ANSWERS_1, "mgmt.policy": "Quy chế số 12/QĐ.", "mgmt.policy.status": "met"}
KINDS = ("measure", "evidence", "checked")
HELD = {1: (ANSWERS_1, 3, []), 2: (ANSWERS_2, 2, [("mau-01", "b" * 64)])}
"""Format → what its file holds: answers, revision, documents made."""


@pytest.fixture(params=list(HELD))
def written(request: pytest.FixtureRequest) -> int:
    """The format of the file."""
    return int(request.param)


@pytest.fixture
def old(written: int, tmp_path: Path) -> Path:
    """The file that an earlier format wrote."""
    return Path(shutil.copy(OLD[written - 1], tmp_path / "cũ.levelkit"))


def content(path: Path) -> dict[str, list[tuple[object, ...]]]:
    connection = sqlite3.connect(path)
    names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    found = {name: connection.execute(f'SELECT * FROM "{name}"').fetchall() for name in sorted(names)}
    connection.close()
    return found


def test_there_is_a_file_of_every_earlier_format() -> None:
    assert [sqlite.read_header(path).user_version for path in OLD] == list(range(1, FORMAT))
    assert list(HELD) == list(range(1, FORMAT))


def test_old_file_opens_with_everything_in_it(old: Path, written: int) -> None:
    expected, revision, documents = HELD[written]
    before = content(old)
    store = WorkspaceStore.open(old)
    with store.read() as session:
        (system,) = repository.list_systems(session)
        answers = repository.load_answers(session, system.id)
        (removed,) = repository.list_systems(session, removed=True)
        assert files.read_attachment(session, answers["design.file"]["sha256"]) == b"%PDF-1.7 x"
        made = [(item.document, item.sha256) for _mark, item in repository.list_documents(session, system.id)]
        assert shared.list_records(session, KINDS) == []
    store.close()
    assert (answers, made) == (expected, documents)
    assert (system.code, system.revision, system.levels.computed) == ("HT-03", revision, 3)
    assert removed.name == "Bảng tin"
    after = content(old)
    assert {name: after[name] for name in before if name != "alembic_version"} == {
        name: rows for name, rows in before.items() if name != "alembic_version"
    }
    assert sqlite.read_header(old).user_version == FORMAT


def test_the_old_file_is_kept_beside_before(old: Path, written: int) -> None:
    before = content(old)
    WorkspaceStore.open(old).close()
    (kept,) = list_backups(backup_folder(old))
    assert f"truoc-dinh-dang-{FORMAT}" in kept.name
    assert content(kept) == before
    assert sqlite.read_header(kept).user_version == written


def test_reading_an_old_file_leaves_it_as_it_is(old: Path) -> None:
    before = old.read_bytes()
    reader = WorkspaceStore.open(old, OpenOptions(readonly=True))
    with reader.read() as session:
        assert [item.code for item in repository.list_systems(session)] == ["HT-03"]
        assert shared.list_records(session, KINDS) == []
    reader.close()
    assert old.read_bytes() == before
    assert list(old.parent.iterdir()) == [old]


def test_migration_that_fails_leaves_the_file_as_it_was(
    old: Path, written: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    create = op.create_table

    def create_and_fail(name: str, *columns: sa.Column[object], **options: object) -> None:
        create(name, *columns, **options)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(op, "create_table", create_and_fail)
    before = content(old)
    with pytest.raises(OSError, match="No space"):
        WorkspaceStore.open(old)
    monkeypatch.undo()
    assert content(old) == before
    assert sqlite.read_header(old).user_version == written
    WorkspaceStore.open(old).close()
    assert sqlite.read_header(old).user_version == FORMAT


def test_migrations_make_the_tables_that_the_code_reads(path: Path) -> None:
    engine = sqlite.make_engine(path, readonly=True)
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), Base.metadata)
    engine.dispose()
    assert differences == []


def test_tables_can_be_made_in_postgresql() -> None:
    from sqlalchemy.dialects import postgresql
    from sqlalchemy.schema import CreateTable

    made = [
        str(CreateTable(table).compile(dialect=postgresql.dialect())) for table in Base.metadata.sorted_tables
    ]
    assert len(made) == len(Base.metadata.tables)


def test_every_format_has_its_migration() -> None:
    folder = Path(migrate.__file__).parent / "migrations" / "versions"
    numbers = sorted(int(item.name[:4]) for item in folder.glob("0*.py"))
    assert numbers == list(range(1, FORMAT + 1))
