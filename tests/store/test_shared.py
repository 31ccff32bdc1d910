"""What the systems of a workspace share: kept by kind and id, every change told in the journal."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from levelkit.errors import WorkspaceConflict
from levelkit.store import Clash, Event, Mark, SharedRecord, open_store, repository, shared
from tests.store.writer import Writer

if TYPE_CHECKING:
    from levelkit.store import Place, Store

FIRST = Mark(datetime(2026, 11, 24, 2, 0, tzinfo=UTC), "nguyen.van.a")
THEN = Mark(datetime(2026, 11, 24, 3, 0, tzinfo=UTC), "tran.thi.b")
WALL = {"title": "Tường lửa vùng biên", "text": "Chặn mọi chiều không cần."}


def save(store: Store, kind: str, mark: Mark = FIRST, **values: dict[str, object] | None) -> list[str]:
    with store.write() as session:
        named = {name.replace("_", "-"): value for name, value in values.items()}
        return shared.save_records(session, kind, named, mark)


def records(store: Store) -> list[SharedRecord]:
    with store.read() as session:
        return shared.list_records(session, ("measure", "evidence"))


def told(store: Store) -> list[tuple[str, Event]]:
    with store.read() as session:
        return [(item.mark.who, item.event) for item in repository.list_events(session)]


def test_records_survive_reopening_and_say_who_wrote_them_last(place: Place, store: Store) -> None:
    assert save(store, "measure", BP_01=WALL, BP_02={"title": "SOC"}) == ["BP-01", "BP-02"]
    assert save(store, "measure", THEN, BP_01={**WALL, "unit": "Phòng Hạ tầng"}) == ["BP-01"]
    save(store, "evidence", BP_01={"title": "Cùng mã, khác loại"})
    expected = [
        SharedRecord("evidence", "BP-01", {"title": "Cùng mã, khác loại"}, 1, FIRST),
        SharedRecord("measure", "BP-01", {**WALL, "unit": "Phòng Hạ tầng"}, 2, THEN),
        SharedRecord("measure", "BP-02", {"title": "SOC"}, 1, FIRST),
    ]
    assert records(store) == expected
    store.close()
    again = open_store(place)
    assert records(again) == expected
    again.close()


def test_the_journal_tells_every_change_and_no_other(store: Store) -> None:
    save(store, "measure", BP_01=WALL)
    assert save(store, "measure", THEN, BP_01=dict(WALL)) == []
    assert save(store, "measure", THEN, BP_09=None) == []
    assert save(store, "measure", THEN, BP_01=None) == ["BP-01"]
    assert records(store) == []
    assert told(store) == [
        ("nguyen.van.a", Event("measure", None, None, "BP-01", WALL)),
        ("tran.thi.b", Event("measure", None, None, "BP-01", None)),
    ]


def test_answers_under_a_prefix_are_found_across_systems(store: Store) -> None:
    row = {"status": "met", "measures": ["BP-01"]}
    first, second = Writer(store), Writer(store, "HT-02")
    first.set(**{"req.TK-09": row, "required": "là câu khác", "req_TK": "cũng vậy"})
    second.set(**{"req.postal.P3": {"status": "partly"}})
    with store.read() as session:
        found = shared.answers_under(session, "req.")
        assert [(key, value) for _id, key, value in found] == [
            ("req.TK-09", row),
            ("req.postal.P3", {"status": "partly"}),
        ]
        own = repository.find_system(session, "HT-02").id
        assert [item[1] for item in shared.answers_under(session, "req.", own)] == ["req.postal.P3"]
        assert list(shared.count_under(session, "req.").values()) == [1, 1]
    with store.write() as session:
        repository.remove_system(session, "HT-01", FIRST)
    with store.read() as session:
        assert [item[1] for item in shared.answers_under(session, "req.")] == ["req.postal.P3"]


def test_record_written_from_an_older_state_clashes(store: Store) -> None:
    def change(value: dict[str, object] | None, base: int, mark: Mark) -> list[str]:
        with store.write() as session:
            return shared.save_records(session, "measure", {"BP-01": value}, mark, {"BP-01": base})

    assert change(WALL, 0, FIRST) == ["BP-01"]
    assert change(dict(WALL), 0, THEN) == []  # the same text is no clash
    with pytest.raises(WorkspaceConflict, match=r"nguyen\.van\.a") as caught:
        change({"title": "Khác"}, 0, THEN)
    assert caught.value.clashes == (Clash("BP-01", {"title": "Khác"}, WALL, FIRST),)
    assert change({"title": "Khác"}, 1, THEN) == ["BP-01"]
    with pytest.raises(WorkspaceConflict, match=r"tran\.thi\.b"):
        change(None, 1, FIRST)
    assert change(None, 2, FIRST) == ["BP-01"]
    with pytest.raises(WorkspaceConflict) as caught:
        change(WALL, 2, THEN)
    assert caught.value.clashes == (Clash("BP-01", WALL, None, FIRST),)
