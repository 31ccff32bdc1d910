"""A workspace keeps what was confirmed, and refuses what it must not touch."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text, update
from sqlalchemy.exc import IntegrityError

from levelkit.errors import (
    SystemMissing,
    WorkspaceConflict,
    WorkspaceError,
    WorkspaceExists,
    WorkspaceMissing,
    WorkspaceMoved,
    WorkspaceNewer,
    WorkspaceReadOnly,
)
from levelkit.store import (
    FORMAT,
    Change,
    Clash,
    Levels,
    Mark,
    OpenOptions,
    WorkspaceStore,
    files,
    open_store,
    repository,
    sqlite,
)
from levelkit.store.lock import Lock
from levelkit.store.tables import AttachmentRow
from levelkit.store.workspace import staged
from tests.store.writer import PIN, Writer

if TYPE_CHECKING:
    from pathlib import Path

    from levelkit.store import Place, Store


def test_answers_survive_reopening(place: Place, store: Store) -> None:
    writer = Writer(store)
    table = [{"name": "Tường lửa", "quantity": 2}, {"name": "Máy chủ"}]
    writer.set(**{"owner.name": "Tổng công ty Sao Mai ữ", "always_on": False, "kinds": ["internal"]})
    writer.set(devices=table, basic_data_subjects=1_850_000, conditional_business_lines=[])
    expected = writer.answers()
    store.close()
    with_again = open_store(place)
    with with_again.read() as session:
        system = repository.find_system(session, "HT-01")
        assert repository.load_answers(session, system.id) == expected
    with_again.close()
    assert expected == {
        "owner.name": "Tổng công ty Sao Mai ữ",
        "always_on": False,
        "kinds": ["internal"],
        "devices": table,
        "basic_data_subjects": 1_850_000,
        "conditional_business_lines": [],
    }
    assert system.revision == 2


def test_answer_taken_away_is_gone(store: Store) -> None:
    writer = Writer(store)
    writer.set(a="x", devices=[{"name": "a"}, {"name": "b"}, {"name": "c"}])
    writer.set(a=None, devices=[{"name": "a"}, {"name": "B"}])
    assert writer.answers() == {"devices": [{"name": "a"}, {"name": "B"}]}
    writer.set(devices=None)
    assert writer.answers() == {}


def test_table_may_become_another_kind_of_answer(store: Store) -> None:
    writer = Writer(store)
    writer.set(q=[{"name": "a"}])
    writer.set(q="chữ")
    assert writer.answers() == {"q": "chữ"}
    writer.set(q=[{"name": "b"}])
    assert writer.answers() == {"q": [{"name": "b"}]}


def test_journal_tells_what_changed_and_keeps_it(store: Store) -> None:
    writer = Writer(store)
    writer.set(a="x")
    writer.set(devices=[{"name": "a"}, {"name": "b"}])
    writer.set(devices=[{"name": "a"}, {"name": "c"}], a=None)
    with store.read() as session:
        events = repository.list_events(session, writer.system.id)
    told = [(item.event.what, item.event.revision, item.event.subject, item.event.value) for item in events]
    assert told == [
        ("system-added", 0, None, {"code": "HT-01"}),
        ("answer", 1, "a", "x"),
        ("answer", 2, "devices", {"rows": 2, "changed": {"0": {"name": "a"}, "1": {"name": "b"}}}),
        ("answer", 3, "devices", {"rows": 2, "changed": {"1": {"name": "c"}}}),
        ("answer", 3, "a", None),
    ]
    assert {item.mark for item in events} == {Mark(datetime(2026, 11, 24, 8, 0, tzinfo=UTC), "lan")}


def test_failed_transaction_leaves_nothing(store: Store) -> None:
    writer = Writer(store)
    writer.set(a="x")

    def half() -> None:
        with store.write() as session:
            change = Change({"a": "y"}, Levels(), PIN, "T", "t")
            repository.save(session, writer.system.id, 1, change, writer.mark)
            raise RuntimeError("cut off")

    with pytest.raises(RuntimeError, match="cut off"):
        half()
    assert writer.answers() == {"a": "x"}


def test_second_writer_of_one_system_is_told(store: Store) -> None:
    writer = Writer(store)
    writer.set(a="x")
    writer.revision = 0
    with pytest.raises(WorkspaceConflict, match="sửa ở nơi khác"):
        writer.set(a="mine")
    assert writer.answers() == {"a": "x"}


def test_removed_system_gives_its_code_free_and_comes_back(store: Store) -> None:
    writer = Writer(store)
    writer.set(a="x")
    with store.write() as session:
        number = repository.remove_system(session, "HT-01", writer.mark)
    with store.read() as session, pytest.raises(SystemMissing, match="HT-01"):
        repository.find_system(session, "HT-01")
    Writer(store, "HT-01")
    with store.write() as session:
        assert repository.restore_system(session, number, writer.mark) == "HT-01-2"
    assert writer.answers() == {"a": "x"}


def test_unknown_code_names_those_there_are(store: Store) -> None:
    Writer(store)
    with store.read() as session, pytest.raises(SystemMissing, match=r"HT-99.*HT-01"):
        repository.find_system(session, "HT-99")


def test_create_never_overwrites(path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(WorkspaceExists):
        WorkspaceStore.create(path)
    assert path.read_bytes() == before


def test_name_taken_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    place = tmp_path / "a.levelkit"

    def make() -> None:
        with staged(place) as part:
            part.write_bytes(b"mine")
            place.write_bytes(b"theirs")

    with pytest.raises(WorkspaceExists):
        make()
    assert place.read_bytes() == b"theirs"
    assert [item.name for item in tmp_path.iterdir()] == ["a.levelkit"]


def test_create_in_missing_folder_makes_nothing(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="thư mục"):
        WorkspaceStore.create(tmp_path / "không có" / "a.levelkit")
    assert list(tmp_path.iterdir()) == []


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceMissing):
        WorkspaceStore.open(tmp_path / "a.levelkit")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 not ours", b"SQLite format 3\x00"])
def test_foreign_file_is_refused_untouched(tmp_path: Path, content: bytes) -> None:
    place = tmp_path / "a.levelkit"
    place.write_bytes(content)
    with pytest.raises(WorkspaceError, match="không phải tệp của levelkit"):
        WorkspaceStore.open(place)
    assert place.read_bytes() == content
    assert list(tmp_path.iterdir()) == [place]


def test_other_programs_database_is_refused_untouched(tmp_path: Path) -> None:
    place = tmp_path / "a.levelkit"
    connection = sqlite3.connect(place)
    connection.execute("CREATE TABLE t (x)")
    connection.close()
    before = place.read_bytes()
    with pytest.raises(WorkspaceError, match="chương trình khác"):
        WorkspaceStore.open(place)
    assert place.read_bytes() == before
    assert list(tmp_path.iterdir()) == [place]


@pytest.mark.parametrize("readonly", [False, True])
def test_newer_format_is_refused_untouched(path: Path, *, readonly: bool) -> None:
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {FORMAT + 1}")
    connection.close()
    before, moment = path.read_bytes(), path.stat().st_mtime_ns
    with pytest.raises(WorkspaceNewer, match=f"định dạng {FORMAT + 1}"):
        WorkspaceStore.open(path, OpenOptions(readonly=readonly))
    assert (path.read_bytes(), path.stat().st_mtime_ns) == (before, moment)
    assert list(path.parent.iterdir()) == [path]


def test_damaged_file_is_refused_and_names_the_last_backup(path: Path) -> None:
    first = WorkspaceStore.open(path)
    Writer(first).set(a="x" * 5000)
    first.close()
    WorkspaceStore.open(path).close()
    data = bytearray(path.read_bytes())
    data[4096:] = b"\xff" * (len(data) - 4096)
    path.write_bytes(bytes(data))
    with pytest.raises(WorkspaceError, match=r"bị hỏng.*Bản sao lưu gần nhất"):
        WorkspaceStore.open(path)
    assert path.read_bytes() == bytes(data)


def test_damage_found_while_reading_is_no_bug_of_the_program(path: Path, file_store: WorkspaceStore) -> None:
    Writer(file_store).set(**{"owner.name": "Sao Mai"})
    file_store.close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE system SET deadlines = '[{'")
    connection.close()
    with pytest.raises(WorkspaceError, match="bị hỏng"):
        read_all(path)


@pytest.mark.parametrize("fill", [b"\xa5", b"\xff", b"\x0d"])
def test_reader_is_told_of_pages_that_are_damaged(path: Path, fill: bytes) -> None:
    whole = path.read_bytes()
    for start in (100, 4096, 8192):
        path.write_bytes(whole[:start] + fill * (len(whole) - start))
        with pytest.raises(WorkspaceError, match="bị hỏng"):
            read_all(path)


def read_all(path: Path) -> None:
    with closing(WorkspaceStore.open(path, OpenOptions(readonly=True))) as store, store.read() as session:
        for system in repository.list_systems(session):
            repository.load_answers(session, system.id)
        files.read_packages(session)


def test_broken_rule_of_the_tables_stays_a_bug(store: Store) -> None:
    Writer(store)
    with pytest.raises(IntegrityError), store.write() as session:
        session.execute(text("INSERT INTO meta (key, value) VALUES ('a', '1'), ('a', '2')"))


def test_file_says_what_it_is(path: Path) -> None:
    assert sqlite.read_header(path) == sqlite.Header(FORMAT, sqlite.APPLICATION_ID)


def test_rollback_journal_and_full_sync(path: Path) -> None:
    connection = sqlite.connect(path, readonly=False)
    found = [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")]
    connection.close()
    assert found == ["delete", 2]


def test_reader_never_writes(path: Path, file_store: WorkspaceStore) -> None:
    Writer(file_store).set(a="x")
    file_store.close()
    before = path.read_bytes()
    reader = WorkspaceStore.open(path, OpenOptions(readonly=True))
    with pytest.raises(WorkspaceReadOnly):
        Writer(reader)
    with reader.read() as session:
        assert [item.code for item in repository.list_systems(session)] == ["HT-01"]
    reader.close()
    assert path.read_bytes() == before


def test_folder_that_cannot_be_written_is_read(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_lock: Lock) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Lock, "acquire", refuse)
    opened = WorkspaceStore.open(path)
    with pytest.raises(WorkspaceReadOnly, match="không có quyền truy cập"):
        opened.require_writable()
    opened.close()
    assert list(path.parent.iterdir()) == [path]


def test_file_that_cannot_be_written_is_read(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("levelkit.store.workspace.os.access", lambda *_: False)
    opened = WorkspaceStore.open(path)
    with pytest.raises(WorkspaceReadOnly, match="chỉ cho đọc"):
        opened.require_writable()
    opened.close()
    assert list(path.parent.iterdir()) == [path]


def test_attachment_is_kept_once_and_checked(store: Store) -> None:
    now = datetime.now(UTC)
    with store.write() as session:
        first = files.add_attachment(session, b"%PDF-1.7 x", "a.pdf", "application/pdf", now)
        again = files.add_attachment(session, b"%PDF-1.7 x", "b.pdf", "application/pdf", now)
    assert first.sha256 == again.sha256
    with store.read() as session:
        assert files.read_attachment(session, first.sha256) == b"%PDF-1.7 x"
    with store.write() as session:
        session.execute(update(AttachmentRow).values(data=b"\x00"))
    with store.read() as session, pytest.raises(WorkspaceError, match="đã hỏng"):
        files.read_attachment(session, first.sha256)


def test_attachment_size_limit(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_ATTACHMENT", 10)
    with store.write() as session, pytest.raises(WorkspaceError, match="50 MB"):
        files.add_attachment(session, b"x" * 11, "a.pdf", "application/pdf", datetime.now(UTC))
    with store.write() as session, pytest.raises(WorkspaceError, match="rỗng"):
        files.add_attachment(session, b"", "a.pdf", "application/pdf", datetime.now(UTC))


def test_two_answers_of_one_system_do_not_clash(store: Store) -> None:
    writer = Writer(store)
    writer.set(a="x", b="y")
    writer.set(a="mine")
    writer.revision = 1
    with pytest.raises(WorkspaceMoved):
        writer.set(b="theirs")
    with store.read() as session:
        assert list(repository.changed_since(session, writer.system.id, 1)) == ["a"]
    writer.revision = 2
    assert writer.set(b="theirs") == 3
    assert writer.answers() == {"a": "mine", "b": "theirs"}


def test_clash_carries_both_texts_and_who(store: Store) -> None:
    writer = Writer(store)
    writer.set(a="x", devices=[{"name": "a"}])
    writer.set(a=None, devices=[{"name": "b"}], c="1")
    writer.revision = 1
    with pytest.raises(WorkspaceConflict) as caught:
        writer.set(a="mine", devices=[{"name": "c"}], c="1", d="2")
    assert caught.value.clashes == (
        Clash("a", "mine", None, writer.mark),
        Clash("devices", [{"name": "c"}], [{"name": "b"}], writer.mark),
    )
    assert writer.answers() == {"c": "1", "devices": [{"name": "b"}]}


def test_removed_system_takes_no_more(store: Store) -> None:
    writer = Writer(store)
    with store.write() as session:
        repository.remove_system(session, "HT-01", writer.mark)
    with pytest.raises(SystemMissing, match="xoá"):
        writer.set(a="x")
    with store.read() as session, pytest.raises(SystemMissing):
        repository.get_system(session, writer.system.id)
