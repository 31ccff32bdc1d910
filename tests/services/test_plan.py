"""The security plan of a system: rows of its level, answers that survive, what is still missing."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from levelkit.domain.plan import KEY, Evidence, RequirementAnswer
from levelkit.errors import UserError, WorkspaceReadOnly
from levelkit.services import Workspace, clock
from tests.services.plans import DONE, IDLE, PASSWORD, at_level

if TYPE_CHECKING:
    from levelkit.services import SystemSession
    from levelkit.services.plan import PlanBook


@pytest.fixture
def session(workspace: Workspace) -> SystemSession:
    """A new system of level 3."""
    return at_level(workspace, 3)


@pytest.fixture
def plan(session: SystemSession) -> PlanBook:
    """Its plan."""
    return session.plan


def reopened(workspace: Workspace) -> dict[str, object]:
    with Workspace.open(workspace.path, readonly=True) as again:
        answers = again.session("HT-01").interview.answers
        return {key: value for key, value in answers.items() if key.startswith(KEY)}


class TestRows:
    def test_rows_are_those_of_the_level_and_of_the_packs_that_apply(self, plan: PlanBook) -> None:
        baseline = [group for group in plan.groups if group.kind == "baseline"]
        assert [group.place_vi for group in baseline][:2] == ["5.1", "5.2"]
        assert sum(len(group.rows) for group in baseline) == 195
        assert [group.why_vi != "" for group in plan.groups if group.kind == "duty"] == [True]
        row = plan.row(PASSWORD)
        assert (row.group, row.place_vi, row.cite_vi) == (
            "TK",
            "5.6.2.2 b)",
            "điểm b mục 5.6.2.2 TCVN 14423:2026",
        )
        assert row.notice_vi == "Đối chiếu bản chính thức"
        assert plan.label(PASSWORD) == "5.6.2.2 b) Độ dài mật khẩu"
        assert "TCVN 14423:2026" in plan.edition_vi

    @pytest.mark.parametrize("level", [1, 2, 4, 5])
    def test_every_level_has_its_own(self, workspace: Workspace, level: int) -> None:
        plan = at_level(workspace, level).plan
        ids = [row.id for row in plan.rows]
        assert len(ids) == len(set(ids))
        baseline = [row for group in plan.groups if group.kind == "baseline" for row in group.rows]
        assert len(baseline) == {1: 109, 2: 129, 4: 273, 5: 288}[level]

    def test_without_a_level_there_is_no_plan_and_it_says_why(self, workspace: Workspace) -> None:
        session = workspace.session(workspace.add_system("Cổng"))
        assert session.plan.groups == ()
        assert "Chưa có cấp độ" in str(session.plan.problem_vi)
        assert session.proposal().plan is None
        assert session.plan.retention.months == 0
        assert session.plan.change_from is None

    def test_under_the_former_decree_there_is_no_plan(self, session: SystemSession) -> None:
        session.set_many({"as_of": "2026-06-01", "investment_started": "2026-01-10"})
        assert session.plan.rows == ()
        assert session.plan.problem_vi == session.library.get("nd85-2016").why_not_vi

    def test_groups_stay_the_same_object_while_nothing_in_them_changes(self, session: SystemSession) -> None:
        groups = session.plan.groups
        session.plan.update([PASSWORD], status="met")
        session.set("owner.name", "Sao Mai")
        assert session.plan.groups is groups
        session.shared.mark_checked([PASSWORD], 3, session.plan.edition_vi)
        assert session.plan.groups is not groups

    def test_findings_and_history_call_a_row_by_place_and_name(self, session: SystemSession) -> None:
        session.plan.update([PASSWORD], unit="Phòng Hạ tầng")
        assert session.interview.undo_text == "Sửa: 5.6.2.2 b) Độ dài mật khẩu"
        assert session.label_of(f"phuong-an/req.{PASSWORD}") == "5.6.2.2 b) Độ dài mật khẩu"
        assert session.label_of("don-vi/owner.name") == "Tên chủ quản"
        with pytest.raises(UserError):
            session.set(f"req.{PASSWORD}", {"status": "xong"})
        first = session.findings()[0]
        assert first.where == f"phuong-an/req.{PASSWORD}"
        assert "«5.6.2.2 b) Độ dài mật khẩu»" in first.title


class TestUpdate:
    def test_an_answer_is_on_the_disk_at_once(self, workspace: Workspace, plan: PlanBook) -> None:
        assert plan.update([PASSWORD], status="met", how=" Đặt  14 ký tự. ") == 1
        assert reopened(workspace) == {
            f"req.{PASSWORD}": {"status": "met", "how": "Đặt  14 ký tự.", "level": 3}
        }

    def test_many_rows_are_one_transaction_and_one_step_back(
        self, workspace: Workspace, session: SystemSession
    ) -> None:
        ids = [row.id for row in session.plan.rows]
        session.plan.update(ids[:3], unit="Phòng Ứng dụng")
        before, revision = reopened(workspace), session.revision
        assert session.plan.update(ids, unit="Phòng Hạ tầng") == len(ids)
        assert session.revision == revision + 1
        assert len(reopened(workspace)) == len(ids)
        assert session.interview.undo_text == f"Sửa: {len(ids)} yêu cầu"
        session.undo()
        assert reopened(workspace) == before
        session.redo()
        assert len(reopened(workspace)) == len(ids)

    def test_only_what_is_named_changes(self, plan: PlanBook) -> None:
        plan.update([PASSWORD], **DONE)
        plan.update([PASSWORD, IDLE], unit="Phòng Hạ tầng")
        assert plan.answer(PASSWORD).how == "Theo Quy chế."
        assert plan.answer(IDLE) == RequirementAnswer(unit="Phòng Hạ tầng", level=3)
        plan.update([PASSWORD], how=None, unit="")
        assert plan.answer(PASSWORD) == RequirementAnswer(status="met", level=3)

    def test_what_stays_the_same_is_no_change(self, session: SystemSession) -> None:
        session.plan.update([PASSWORD], **DONE)
        revision = session.revision
        assert session.plan.update([PASSWORD], **DONE) == 0
        assert session.revision == revision

    def test_a_row_emptied_is_gone(self, workspace: Workspace, plan: PlanBook) -> None:
        plan.update([PASSWORD], status="met")
        plan.update([PASSWORD], status=None)
        assert reopened(workspace) == {}
        assert plan.answer(PASSWORD).empty

    def test_rows_and_fields_that_are_not_there(self, plan: PlanBook) -> None:
        for wrong in ({"ids": ["TK-99"], "status": "met"}, {"ids": [PASSWORD], "state": "met"}):
            with pytest.raises(KeyError):
                plan.update(**wrong)  # type: ignore[arg-type]
        with pytest.raises(KeyError):
            plan.row("TK-99")

    @pytest.mark.parametrize(
        ("fields", "said"),
        [
            ({"status": "done"}, "Tình trạng"),
            ({"due": "31/02/2027"}, "«Hạn»"),
            ({"measures": ["BP-77"]}, "BP-77"),
            ({"evidence": ["MC-77"]}, "MC-77"),
            ({"values": {"password_length": "dài"}}, "không có giá trị"),
        ],
    )
    def test_a_wrong_value_changes_no_row(
        self, workspace: Workspace, plan: PlanBook, fields: dict[str, object], said: str
    ) -> None:
        before = reopened(workspace)
        with pytest.raises(UserError, match=said):
            plan.update([IDLE], unit="Phòng", **fields)
        assert reopened(workspace) == before
        assert plan.answer(IDLE).empty

    def test_a_value_of_another_kind_is_refused_and_a_number_in_words_is_taken(self, plan: PlanBook) -> None:
        (asked,) = plan.row(IDLE).values
        plan.update([IDLE], values={asked.name: "45"})
        assert plan.answer(IDLE).values == {asked.name: 45}
        for wrong in (True, "bốn lăm", ["45"]):
            with pytest.raises(UserError, match=asked.label_vi):
                plan.update([IDLE], values={asked.name: wrong})

    def test_of_several_rows_each_takes_the_values_it_asks_for(self, plan: PlanBook) -> None:
        (asked,) = plan.row(IDLE).values
        plan.update([IDLE, "TK-01"], values={asked.name: 30})
        assert plan.answer(IDLE).values == {asked.name: 30}
        assert plan.answer("TK-01").empty

    def test_values_are_compared_and_a_kind_kept_from_elsewhere_counts_as_unanswered(
        self, session: SystemSession
    ) -> None:
        (asked,) = session.plan.row(IDLE).values
        session.plan.update([IDLE], values={asked.name: 60})
        assert session.plan.comparison(IDLE)[asked.name].fails
        session.set(f"req.{IDLE}", {"status": "met", "how": "Có.", "values": {asked.name: "60 ngày"}})
        assert session.plan.comparison(IDLE)[asked.name].outcome == "unanswered"
        assert session.plan.gaps(IDLE) == ("Đã đáp ứng nhưng chưa có minh chứng",)

    def test_who_only_reads_changes_nothing(self, workspace: Workspace, session: SystemSession) -> None:
        session.plan.update([PASSWORD], **DONE)
        with Workspace.open(workspace.path, readonly=True) as reader:
            plan = reader.session("HT-01").plan
            assert plan.answer(PASSWORD).status == "met"
            with pytest.raises(WorkspaceReadOnly):
                plan.update([PASSWORD], status="partly")


class TestGapsAndCounts:
    @pytest.mark.parametrize(
        ("fields", "gap"),
        [
            ({"unit": "Phòng"}, "Chưa chọn tình trạng đáp ứng"),
            ({"status": "not_applicable"}, "Không áp dụng nhưng chưa ghi lý do"),
            ({"status": "met"}, "Chưa ghi cách thực hiện và chưa chọn biện pháp dùng chung nào"),
            (
                {"status": "not_met"},
                "Chưa đáp ứng đủ nhưng chưa ghi việc sẽ làm và thời hạn",
            ),
            (
                {"status": "partly", "how": "Một phần", "todo": "Mua"},
                "Chưa đáp ứng đủ nhưng chưa ghi thời hạn",
            ),
        ],
    )
    def test_a_row_that_lacks_something_is_not_filled(
        self, plan: PlanBook, fields: dict[str, object], gap: str
    ) -> None:
        plan.update([PASSWORD], **fields)
        assert gap in plan.gaps(PASSWORD)
        assert not plan.filled(PASSWORD)
        assert plan.counts().filled == 0

    @pytest.mark.parametrize(
        "fields",
        [
            DONE,
            {"status": "not_applicable", "reason": "Không có thiết bị di động."},
            {"status": "not_met", "todo": "Mua tường lửa", "due": "31/03/2027"},
            {"status": "partly", "how": "Một phần", "todo": "Mua", "due": date(2027, 3, 31)},
        ],
    )
    def test_a_row_with_all_that_its_status_asks_for_is_filled(
        self, plan: PlanBook, fields: dict[str, object]
    ) -> None:
        plan.update([PASSWORD], **fields)
        assert plan.filled(PASSWORD)
        assert plan.counts("TK").filled == plan.counts().filled == 1
        assert plan.counts("HT").filled == 0

    def test_counts_tell_states_apart(self, plan: PlanBook) -> None:
        ids = [row.id for row in plan.rows]
        plan.update(ids[:4], **DONE)
        plan.update(ids[4:7], status="partly")
        plan.update(ids[7:9], status="not_met", todo="Mua", due="2027-03-31")
        plan.update(ids[9:10], status="not_applicable", reason="Không có")
        counts = plan.counts()
        assert (counts.met, counts.partly, counts.not_met, counts.not_applicable) == (4, 3, 2, 1)
        assert (counts.total, counts.open, counts.filled) == (len(ids), len(ids) - 10, 7)

    def test_the_section_counts_rows_with_its_questions(
        self, workspace: Workspace, session: SystemSession
    ) -> None:
        before = session.counts("phuong-an")
        session.plan.update([PASSWORD], **DONE)
        session.plan.update([IDLE], status="not_met", todo="Rà soát", due="2027-03-31")
        after = session.counts("phuong-an")
        assert (after.filled, after.total, after.met) == (before.filled + 2, before.total, before.met + 1)
        assert before.total > len(session.plan.rows)
        workspace.set_status("HT-01", "approved")
        approved = workspace.session("HT-01").counts("phuong-an")
        assert approved.approved == after.filled
        assert session.counts("don-vi").total < len(session.plan.rows)

    def test_evidence_that_expires_is_a_gap_from_the_day_after(
        self, session: SystemSession, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        proof = session.shared.save_evidence(Evidence(id="", title="Giấy phép", expires=date(2026, 11, 30)))
        session.plan.update([PASSWORD], **DONE, evidence=[proof])
        monkeypatch.setattr(clock, "today", lambda: date(2026, 11, 30))
        assert session.plan.gaps(PASSWORD) == ()
        monkeypatch.setattr(clock, "today", lambda: date(2026, 12, 1))
        assert session.plan.gaps(PASSWORD) == ("Minh chứng MC-01 hết hạn từ 30/11/2026",)

    def test_findings_follow_rows_and_shared_records_without_a_change_elsewhere(
        self, session: SystemSession
    ) -> None:
        session.set("approval_planned", "2026-12-20")

        def found(words: str) -> bool:
            return any(words in item.title for item in session.findings())

        proof = session.shared.save_evidence(Evidence(id="", title="Giấy phép"))
        session.plan.update([PASSWORD], **DONE, evidence=[proof])
        assert not found("minh chứng hết hạn")
        session.shared.save_evidence(Evidence(id=proof, title="Giấy phép", expires=date(2026, 12, 1)))
        assert found("minh chứng hết hạn")
        session.plan.update([PASSWORD], evidence=[])
        assert not found("minh chứng hết hạn")
