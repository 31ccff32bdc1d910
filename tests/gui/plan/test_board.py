"""What the matrix finds, counts and says, without a window."""

from __future__ import annotations

from datetime import timedelta

import pytest

from levelkit.domain.plan import Evidence, SharedMeasure
from levelkit.gui.plan.board import Board, Wanted
from levelkit.services import clock


@pytest.fixture
def board(plan_session):
    made = Board(plan_session)
    made.read()
    return made


def found(board: Board, **conditions) -> list[str]:
    return [item.id for _, items in board.found(Wanted(**conditions)) for item in items]


def test_search_needs_no_accents_and_looks_through_own_words(board, plan_session):
    assert found(board, query="tai khoan quan tri") == found(board, query="TÀI KHOẢN QUẢN TRỊ")
    assert "TK-10" in found(board, query="mat khau tai khoan quan tri")
    assert found(board, query="5.6.2.2 b) do dai") == ["TK-09"]
    assert found(board, query="qx7 dong da") == []
    plan_session.plan.update(["RR-03"], how="Đặt tại Đống Đa, kho QX7")
    assert board.read() == {"RR-03"}
    assert found(board, query="qx7 dong da") == ["RR-03"]


def test_counts_follow_search_and_never_the_status_looked_for(board, plan_session):
    plan_session.plan.update(["TK-09", "TK-10", "RR-01"], status="met")
    plan_session.plan.update(["TK-12"], status="partly")
    board.read()
    every = board.counts(Wanted())
    assert (every["met"], every["partly"], every["open"]) == (3, 1, every[""] - 4)
    of_group = board.counts(Wanted(group="TK", state="partly"))
    assert (of_group["met"], of_group["partly"], of_group[""]) == (2, 1, 20)
    assert found(board, group="TK", state="partly") == ["TK-12"]


def test_each_further_condition_narrows(board, plan_session):
    plan = plan_session.plan
    plan.update(["TK-09"], status="met", how="Bật", unit="Phòng Mạng", taken_from="HT-02")
    board.read()
    assert found(board, unit="Phòng Mạng") == ["TK-09"]
    assert "TK-09" not in found(board, unit="")
    assert found(board, unconfirmed=True) == ["TK-09"]
    assert set(found(board, new_here=True)) == {row.id for row in plan.rows if row.new_here} != set()
    assert found(board, newly_asked=True) == []
    plan.confirm(["TK-09"])
    mark = plan_session.shared.save_evidence(Evidence(id="", title="Chính sách mật khẩu"))
    plan.update(["TK-09"], evidence=[mark])
    board.read()
    assert set(board.by_id) - set(found(board, lacking=True)) == {"TK-09"}


def test_a_system_of_the_former_decree_can_look_at_what_is_asked_anew(board, plan_session):
    plan_session.set("redetermination", True)
    plan_session.set("previous.ruleset", "nd85-2016")
    board._asked = None
    newly = plan_session.plan.newly_asked
    assert newly is not None
    assert found(board, newly_asked=True) == [row.id for row in newly.of("new")] != []


def test_a_row_is_said_whole(board, plan_session):
    plan, shared = plan_session.plan, plan_session.shared
    old = shared.save_evidence(Evidence(id="", title="Biên bản", expires=clock.today() - timedelta(days=1)))
    measure = shared.save_measure(SharedMeasure(id="", title="SOC", text="Trực", evidence=(old,)))
    plan.update(["TK-10"], status="partly", measures=[measure], evidence=[old])
    board.read()
    item = board.by_id["TK-10"]
    assert item.says == (
        "5.6.2.2 b), Mật khẩu tài khoản quản trị, Đáp ứng một phần, 1 minh chứng, 1 đã hết hạn"
    )
    assert item.proofs_vi == "1 hết hạn"
    shared.save_evidence(shared.proof(old).model_copy(update={"expires": None}))
    assert "TK-10" in (board.read() or set())
    assert (item.proofs, item.expired) == (1, 0)


def test_the_next_gap_is_looked_for_behind_the_row_at_hand(board, plan_session):
    order = list(board.by_id)
    plan_session.plan.update(order[1:3], status="not_applicable", reason="Không có thiết bị này")
    board.read()
    assert board.next_lacking(order[0], order) == order[3]
    assert board.next_lacking(order[-1], order) == ""


def test_another_level_brings_other_rows(board, plan_session):
    plan_session.set("proposed_level", 4)
    assert board.read() is None
    assert board.groups[0].group.place_vi.startswith("6.")
