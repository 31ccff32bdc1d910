"""Several people in one workspace: different answers go together, the same one is asked about."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from levelkit.domain.plan import Evidence, SharedMeasure
from levelkit.errors import SystemMissing, WorkspaceConflict
from levelkit.services import Workspace
from levelkit.store.server import parse
from tests.postgres_server import comes_true

if TYPE_CHECKING:
    from collections.abc import Iterator

    from levelkit.services import SystemSession
    from levelkit.services.conflicts import Keep
    from tests.postgres_server import PostgresServer

ROW = {"status": "met", "how": "Có quy chế", "level": 3}


@pytest.fixture
def code(workspace: Workspace) -> str:
    """A system, in a file and in a database: two sessions of one program may clash as two windows do."""
    return workspace.add_system("Cổng khách hàng")


@pytest.fixture
def mine(workspace: Workspace, code: str) -> SystemSession:
    return workspace.session(code)


@pytest.fixture
def theirs(workspace: Workspace, code: str) -> SystemSession:
    return workspace.session(code)


def stored(workspace: Workspace, code: str) -> dict[str, object]:
    return workspace.session(code).interview.answers


def test_different_answers_of_one_system_are_both_kept(
    workspace: Workspace, code: str, mine: SystemSession, theirs: SystemSession
) -> None:
    theirs.set("owner.name", "Sao Mai")
    theirs.set("devices", [{"name": "Tường lửa"}])
    mine.set("operator.name", "Trung tâm")
    mine.set("req.TK-09", ROW)
    assert mine.interview.answer("owner.name") == "Sao Mai"
    assert mine.conflicts == ()
    assert not mine.unsaved
    theirs.set("owner.phone", "024")
    kept = stored(workspace, code)
    assert (kept["owner.name"], kept["operator.name"], kept["owner.phone"]) == ("Sao Mai", "Trung tâm", "024")
    assert kept["req.TK-09"] == ROW
    assert kept == theirs.interview.answers
    assert mine.refresh() == ("owner.phone",)
    assert mine.interview.answers == kept
    assert mine.revision == theirs.revision


def test_the_level_in_the_list_follows_from_all_answers(
    workspace: Workspace, mine: SystemSession, theirs: SystemSession
) -> None:
    theirs.set("kinds", ["citizen_business"])
    mine.set("conditional_business_lines", [97])
    (line,) = workspace.systems()
    assert line.at_least == 3
    assert mine.classification.at_least == 3


def test_the_same_answer_is_asked_about(
    workspace: Workspace, code: str, mine: SystemSession, theirs: SystemSession
) -> None:
    mine.set("owner.name", "Sao Mai")
    theirs.refresh()
    theirs.set("owner.name", "Tổng công ty Sao Mai")
    with pytest.raises(WorkspaceConflict, match=re.escape(f"{workspace.user} vừa sửa")):
        mine.set("owner.name", "Bưu chính Sao Mai")
    (conflict,) = mine.conflicts
    assert (conflict.question_id, conflict.mine, conflict.theirs, conflict.who) == (
        "owner.name",
        "Bưu chính Sao Mai",
        "Tổng công ty Sao Mai",
        workspace.user,
    )
    assert mine.unsaved
    assert stored(workspace, code)["owner.name"] == "Tổng công ty Sao Mai"


@pytest.mark.parametrize("keep", ["mine", "theirs"])
def test_either_text_can_be_kept(
    workspace: Workspace, code: str, mine: SystemSession, theirs: SystemSession, keep: Keep
) -> None:
    left = {"mine": "của tôi", "theirs": "của họ"}[keep]
    theirs.set("owner.name", "của họ")
    with pytest.raises(WorkspaceConflict):
        mine.set("owner.name", "của tôi")
    told: list[int] = []
    mine.subscribe(lambda session: told.append(session.revision))
    mine.resolve("owner.name", keep)
    assert told
    assert (mine.conflicts, mine.unsaved) == ((), False)
    assert mine.interview.answer("owner.name") == stored(workspace, code)["owner.name"] == left
    theirs.refresh()
    assert theirs.interview.answer("owner.name") == left


def test_other_answers_are_saved_beside_a_conflict(
    workspace: Workspace, code: str, mine: SystemSession, theirs: SystemSession
) -> None:
    theirs.set("owner.name", "của họ")
    with pytest.raises(WorkspaceConflict):
        mine.set_many({"owner.name": "của tôi", "owner.phone": "024"})
    with pytest.raises(WorkspaceConflict):
        mine.set("owner.email", "a@b.vn")
    kept = stored(workspace, code)
    assert (kept["owner.name"], kept["owner.phone"], kept["owner.email"]) == ("của họ", "024", "a@b.vn")
    mine.set("owner.name", "của họ")  # typed the same: nothing is left to choose
    assert (mine.conflicts, mine.unsaved) == ((), False)


def test_their_second_thought_is_shown_too(mine: SystemSession, theirs: SystemSession) -> None:
    theirs.set("owner.name", "một")
    with pytest.raises(WorkspaceConflict):
        mine.set("owner.name", "của tôi")
    theirs.set("owner.name", None)
    mine.refresh()
    assert [(one.mine, one.theirs) for one in mine.conflicts] == [("của tôi", None)]
    theirs.set("owner.phone", "024")
    mine.refresh()
    assert [one.theirs for one in mine.conflicts] == [None]
    mine.resolve("owner.name", "theirs")
    assert mine.interview.answer("owner.name") is None


def test_what_others_wrote_is_not_undone(mine: SystemSession, theirs: SystemSession) -> None:
    mine.set("owner.name", "một")
    mine.set("owner.phone", "024")
    theirs.refresh()
    theirs.set("owner.name", "hai")
    mine.refresh()
    assert mine.interview.answer("owner.name") == "hai"
    change = mine.undo()
    assert change is not None
    assert change.question_id == "owner.phone"
    assert mine.undo() is None
    assert mine.interview.answer("owner.name") == "hai"


def test_status_and_removal_by_others_are_noticed(
    workspace: Workspace, code: str, mine: SystemSession
) -> None:
    told: list[str] = []
    mine.subscribe(lambda session: told.append(session.status))
    workspace.set_status(code, "submitted")
    assert mine.refresh() == ()
    assert (mine.status, told) == ("submitted", ["submitted"])
    workspace.remove_system(code)
    with pytest.raises(SystemMissing):
        mine.refresh()
    with pytest.raises(SystemMissing):
        mine.set("owner.name", "x")


def test_moving_to_newer_rules_does_not_lose_what_others_wrote(
    mine: SystemSession, theirs: SystemSession
) -> None:
    theirs.set("owner.name", "Sao Mai")
    mine.rebase()
    assert mine.interview.answer("owner.name") == "Sao Mai"
    theirs.set("owner.phone", "024")
    assert mine.refresh() == ("owner.phone",)


# Two windows


@pytest.fixture
def windows(postgres: PostgresServer, database: str) -> Iterator[tuple[Workspace, Workspace]]:
    """Two programs that write to one database."""
    server = parse(postgres.uri(database))
    with Workspace.open(server) as first, Workspace.open(server) as second:
        yield first, second


def test_what_another_window_writes_is_heard(windows: tuple[Workspace, Workspace]) -> None:
    here, there = windows
    told: list[str] = []
    end = here.watch(lambda: told.append("changed"))
    here.poll()
    told.clear()
    code = here.add_system("Cổng")
    assert not here.poll()
    there.session(code).set("owner.name", "Sao Mai")
    there.shared.save_measure(SharedMeasure(id="", title="Tường lửa", text="Chặn."))
    assert here.shared.measures[0].title == "Tường lửa"
    session = here.session(code)
    there.session(code).set("owner.name", "Tổng công ty")
    there.shared.save_evidence(Evidence(id="", title="Quy chế"))
    assert comes_true(lambda: here.poll() and len(here.shared.evidence) == 1)
    assert session.refresh() == ("owner.name",)
    assert [one.title for one in here.shared.evidence] == ["Quy chế"]
    assert set(told) == {"changed"}
    end()
    told.clear()
    there.add_system("Hai")
    assert comes_true(here.poll)
    assert told == []
    assert [one.code for one in here.systems()] == ["HT-01", "HT-02"]


def test_numbers_given_in_two_windows_do_not_meet(windows: tuple[Workspace, Workspace]) -> None:
    here, there = windows
    assert (here.shared.measures, there.shared.measures) == ((), ())
    wall = SharedMeasure(id="", title="Tường lửa", text="Chặn.")
    assert here.shared.save_measure(wall) == "BP-01"
    assert there.shared.save_measure(wall.model_copy(update={"title": "Sao lưu"})) == "BP-02"
    assert [one.title for one in there.shared.measures] == ["Tường lửa", "Sao lưu"]
    assert here.add_system("Một") == "HT-01"
    assert there.add_system("Hai") == "HT-02"


def test_shared_record_changed_elsewhere_is_shown_before_it_is_replaced(
    windows: tuple[Workspace, Workspace],
) -> None:
    here, there = windows
    wall = here.shared.save_measure(SharedMeasure(id="", title="Tường lửa", text="Chặn."))
    other = there.shared.measure(wall)
    here.shared.save_measure(here.shared.measure(wall).model_copy(update={"text": "của họ"}))
    mine = other.model_copy(update={"text": "của tôi"})
    with pytest.raises(WorkspaceConflict, match=f"{wall}: {here.user} vừa sửa"):
        there.shared.save_measure(mine)
    assert there.shared.measure(wall).text == "của họ"
    there.shared.save_measure(mine)
    here.shared.refresh()
    assert here.shared.measure(wall).text == "của tôi"
    here.shared.remove_measure(wall)
    with pytest.raises(WorkspaceConflict, match="vừa xoá"):
        there.shared.save_measure(mine)
    assert there.shared.save_measure(mine) == wall


def test_journal_names_the_account_of_the_server(windows: tuple[Workspace, Workspace]) -> None:
    from levelkit.store import repository
    from tests.postgres_server import OWNER

    here, _there = windows
    here.add_system("Cổng")
    with here.reading() as session:
        assert {event.mark.who for event in repository.list_events(session)} == {OWNER}
    assert str(here.path).endswith(f"/{here.path.name}")
