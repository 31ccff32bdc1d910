"""Answers taken over from another system, and the plan frozen for a dossier."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from levelkit.domain.plan import KEY, Evidence, SharedMeasure
from levelkit.errors import SystemMissing, UserError
from tests.services.plans import DONE, IDLE, PASSWORD, at_level

if TYPE_CHECKING:
    from levelkit.services import SystemSession, Workspace


@pytest.fixture
def session(workspace: Workspace) -> SystemSession:
    """A new system of level 3."""
    return at_level(workspace, 3)


class TestTakeOver:
    @pytest.fixture
    def other(self, workspace: Workspace, session: SystemSession) -> SystemSession:
        """Another system of level 3, answered."""
        other = at_level(workspace, 3, "Kho dữ liệu")
        proof = other.shared.save_evidence(Evidence(id="", title="Quy chế"))
        wall = other.shared.save_measure(SharedMeasure(id="", title="Tường lửa", text="Chặn."))
        other.plan.update([PASSWORD], **DONE, unit="Phòng Hạ tầng", measures=[wall], evidence=[proof])
        other.plan.update([IDLE], status="partly", how="Một phần", todo="Rà soát", due="2026-01-31")
        other.plan.update(["TK-01"], status="not_met", todo="Mua", due="2099-12-31")
        assert session.code == "HT-01"
        return other

    def test_text_measures_and_evidence_come_over_and_wait_to_be_confirmed(
        self, session: SystemSession, other: SystemSession
    ) -> None:
        plan = session.plan
        assert plan.sources() == (("HT-02", "Kho dữ liệu", 3, 3),)
        assert plan.take_over("HT-02") == 3
        assert plan.answer(PASSWORD) == other.plan.answer(PASSWORD).model_copy(update={"taken_from": "HT-02"})
        assert (plan.answer(IDLE).todo, plan.answer(IDLE).due) == ("Rà soát", None)
        assert plan.answer("TK-01").due == date(2099, 12, 31)
        counts = plan.counts()
        assert (counts.taken_over, counts.filled, counts.met) == (3, 0, 1)
        assert "Lấy từ HT-02, chưa xác nhận" in plan.gaps(PASSWORD)
        assert plan.confirm([PASSWORD]) == 1
        assert plan.filled(PASSWORD)
        assert plan.counts().taken_over == 2

    def test_it_is_one_step_back(self, session: SystemSession, other: SystemSession) -> None:
        assert other.plan.counts().met == 1
        before = session.interview.answers
        session.plan.take_over("HT-02")
        session.undo()
        assert session.interview.answers == before

    def test_what_is_answered_here_stays_unless_told(
        self, session: SystemSession, other: SystemSession
    ) -> None:
        assert other.plan.counts().met == 1
        session.plan.update([PASSWORD], status="not_applicable", reason="Không có mật khẩu")
        assert session.plan.take_over("HT-02", [PASSWORD, IDLE]) == 1
        assert session.plan.answer(PASSWORD).reason == "Không có mật khẩu"
        assert session.plan.take_over("HT-02", [PASSWORD], overwrite=True) == 1
        assert session.plan.answer(PASSWORD).reason == ""

    def test_an_edit_alone_does_not_confirm(self, session: SystemSession, other: SystemSession) -> None:
        assert other.plan.counts().met == 1
        session.plan.take_over("HT-02", [PASSWORD])
        session.plan.update([PASSWORD], how="Theo Quy chế của Cổng.")
        assert session.plan.answer(PASSWORD).taken_from == "HT-02"
        session.plan.update([PASSWORD], taken_from=None)
        assert session.plan.filled(PASSWORD)

    def test_rows_that_are_not_asked_here_stay_there(
        self, workspace: Workspace, other: SystemSession
    ) -> None:
        low = at_level(workspace, 1, "Bảng tin")
        other.plan.update(["GS-01"], **DONE)
        low.plan.take_over("HT-02")
        assert "GS-01" not in low.plan.answers()

    def test_what_a_lower_level_answered_is_confirmed_as_such(self, workspace: Workspace) -> None:
        low, high = at_level(workspace, 2, "Bảng tin"), at_level(workspace, 3, "Cổng")
        row = high.library.carry_over(2, 3).stricter[0].new.id
        low.set(f"req.{row}", DONE)  # as a sheet brings it: nobody said for which level
        high.plan.take_over("HT-01")
        assert row in high.plan.to_confirm
        high.plan.confirm([row])
        assert high.plan.to_confirm == ()
        assert high.plan.filled(row)

    def test_neither_itself_nor_nobody(self, session: SystemSession) -> None:
        with pytest.raises(UserError, match="chính nó"):
            session.plan.take_over("HT-01")
        with pytest.raises(SystemMissing):
            session.plan.take_over("HT-77")


class TestFrozen:
    def test_a_proposal_carries_the_plan_with_what_it_names_and_no_more(self, session: SystemSession) -> None:
        shared = session.shared
        proof = shared.save_evidence(Evidence(id="", title="Quy chế"))
        through = shared.save_evidence(Evidence(id="", title="Hợp đồng"))
        shared.save_evidence(Evidence(id="", title="Không ai nêu"))
        wall = shared.save_measure(SharedMeasure(id="", title="Tường lửa", text="Chặn.", evidence=(through,)))
        shared.save_measure(SharedMeasure(id="", title="Không ai dùng", text="…"))
        session.plan.update([PASSWORD], status="met", measures=[wall], evidence=[proof])
        shared.mark_checked([PASSWORD], 3, session.plan.edition_vi)
        proposal = session.proposal()
        plan = proposal.plan
        assert plan is not None
        assert not [key for key in proposal.answers if key.startswith(KEY)]
        assert (plan.level, set(plan.answers)) == (3, {PASSWORD})
        assert (list(plan.measures), list(plan.evidence)) == ([wall], [proof, through])
        assert [one.id for one in plan.evidence_of(PASSWORD)] == [proof, through]
        assert plan.unchecked == 194
        assert plan.retention == session.plan.retention
        assert type(plan).model_validate_json(plan.model_dump_json()) == plan

    def test_units_named_so_far(self, session: SystemSession) -> None:
        session.shared.save_measure(SharedMeasure(id="", title="SOC", text="Trực", unit="Trung tâm SOC"))
        session.plan.update([PASSWORD, IDLE], unit="Đội vận hành")
        session.plan.update(["TK-01"], unit="Ban An ninh")
        assert session.plan.units() == ("Ban An ninh", "Đội vận hành", "Trung tâm SOC")
