"""Answers when the level changes: kept, compared, confirmed; and whatever is done, saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from levelkit.law import RuleLibrary, baseline_groups
from levelkit.law.ruleset import RuleSet
from levelkit.services import Workspace
from levelkit.services.rulesets import embedded_library
from tests.services.plans import DONE, IDLE, PASSWORD, at_level

if TYPE_CHECKING:
    from pathlib import Path

    from levelkit.services import SystemSession


@pytest.fixture
def session(workspace: Workspace) -> SystemSession:
    """A new system of level 3."""
    return at_level(workspace, 3)


class TestLevels:
    def test_answers_carry_over_and_come_back(self, session: SystemSession) -> None:
        plan = session.plan
        plan.update([row.id for row in plan.rows], **DONE)
        before = session.interview.answers
        session.set("proposed_level", 1)
        assert plan.counts().met == plan.counts().total
        session.set("proposed_level", 3)
        assert session.interview.answers == before
        assert plan.change_from is None

    def test_a_higher_level_tells_new_and_stricter_rows(self, session: SystemSession) -> None:
        plan = session.plan
        plan.update([row.id for row in plan.rows], **DONE)
        session.set("proposed_level", 4)
        change = plan.change_from
        assert change is not None
        assert (change.old_level, change.new_level) == (3, 4)
        assert {row.id for row in change.new} <= {row.id for row in plan.rows if plan.answer(row.id).empty}
        stricter = {pair.new.id for pair in change.stricter}
        assert set(plan.to_confirm) == stricter
        first = plan.to_confirm[0]
        assert "Yêu cầu chặt hơn cấp trước, cần xác nhận lại câu trả lời" in plan.gaps(first)
        assert plan.confirm([first]) == 1
        assert first not in plan.to_confirm
        session.undo()
        assert first in plan.to_confirm

    def test_who_answers_a_stricter_row_anew_has_confirmed_it(self, session: SystemSession) -> None:
        plan = session.plan
        plan.update([row.id for row in plan.rows], **DONE)
        session.set("proposed_level", 4)
        first, second = plan.to_confirm[:2]
        plan.update([first], how="Theo cấp 4.")
        plan.update([second], unit="Phòng Hạ tầng")
        assert first not in plan.to_confirm
        assert second in plan.to_confirm

    def test_settled_and_confirmed_nothing_is_left_to_look_at(self, session: SystemSession) -> None:
        plan = session.plan
        plan.update([row.id for row in plan.rows], **DONE)
        session.set("proposed_level", 4)
        assert plan.settle() > 0
        assert plan.change_from is not None
        plan.confirm(plan.to_confirm)
        assert plan.change_from is None
        assert plan.settle() == 0

    def test_what_is_not_asked_any_more_is_kept_and_named(self, session: SystemSession) -> None:
        plan = session.plan
        gone = {row.id: row.name_vi for row in session.library.carry_over(3, 2).gone}
        plan.update([row.id for row in plan.rows], **DONE)
        session.set("proposed_level", 2)
        assert plan.kept == gone
        frozen = plan.frozen()
        assert frozen is not None
        assert frozen.kept == gone
        assert set(frozen.answers) <= {row.id for row in plan.rows}

    def test_the_approved_level_is_compared_where_no_row_was_answered_for_another(
        self, session: SystemSession
    ) -> None:
        session.set_many({"redetermination": True, "previous.level": 2, "previous.ruleset": "nd331-2026"})
        change = session.plan.change_from
        assert change is not None
        assert (change.old_level, change.new_level) == (2, 3)
        assert session.plan.newly_asked is None
        session.set("previous.ruleset", "nd85-2016")
        assert session.plan.change_from is None
        asked = session.plan.newly_asked
        assert asked is not None
        assert asked.level == 3

    def test_under_rules_that_know_no_rows_answers_wait_until_the_system_moves(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        own = embedded_library().get("nd331-2026")
        files = {name: text for name, text in own.files.items() if not name.startswith("requirements/")}
        files["instrument.yaml"] = files["instrument.yaml"].replace("baseline: tcvn14423\n", "")
        older = RuleLibrary([RuleSet(files, "cũ"), embedded_library().get("nd85-2016")])
        with monkeypatch.context() as patch:
            patch.setattr("levelkit.services.rulesets.embedded_library", lambda: older)
            with Workspace.create(tmp_path / "cũ.levelkit") as made:
                code = at_level(made, 4).code
                made.session(code).set(f"req.{PASSWORD}", {**DONE, "level": 3})
        with Workspace.open(tmp_path / "cũ.levelkit") as opened:
            old = opened.session(code)
            plan = old.plan
            assert "chuyển sang bộ quy định mới hơn" in str(plan.problem_vi)
            assert (plan.rows, plan.to_confirm, plan.kept, plan.settle()) == ((), (), {}, 0)
            assert (plan.change_from, plan.newly_asked, plan.retention.months) == (None, None, 0)
            assert "Chưa có bảng phương án theo từng yêu cầu" in [one.title for one in old.findings()]
            assert old.counts("phuong-an").total > 0
            old.rebase()
            assert plan.problem_vi is None
            assert plan.answer(PASSWORD).how == DONE["how"]
            assert plan.counts().total > 200
            assert "Chưa có bảng phương án theo từng yêu cầu" not in [one.title for one in old.findings()]

    @given(levels=st.lists(st.integers(1, 5), min_size=1, max_size=5), data=st.data())
    @hypothesis_settings(
        max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
    )
    def test_no_change_of_level_ever_loses_an_answer(
        self, tmp_path_factory: pytest.TempPathFactory, levels: list[int], data: st.DataObject
    ) -> None:
        library = RuleLibrary.load()
        path = tmp_path_factory.mktemp("levels") / "a.levelkit"
        given_rows: dict[str, str] = {}
        with Workspace.create(path) as workspace:
            session = workspace.session(workspace.add_system("Cổng"))
            for number, level in enumerate(levels):
                session.set("proposed_level", level)
                ids = [row.id for group in baseline_groups(library, level) for row in group.rows]
                for row_id in data.draw(st.lists(st.sampled_from(ids), max_size=3)):
                    session.plan.update([row_id], status="met", how=f"Lần {number}")
                    given_rows[row_id] = f"Lần {number}"
                assert {row.id for row in session.plan.rows} >= set(ids)
        with Workspace.open(path) as again:
            kept = again.session("HT-01").plan.answers()
        assert {row_id: answer.how for row_id, answer in kept.items()} == given_rows


ROWS = st.sampled_from([PASSWORD, IDLE, "TK-01", "HT-01"])
FIELDS = st.one_of(
    st.fixed_dictionaries({"status": st.sampled_from([None, "met", "partly", "not_applicable"])}),
    st.fixed_dictionaries(
        {"how": st.sampled_from(["", "A", "B\nC"]), "unit": st.sampled_from(["", "Phòng ữ"])}
    ),
    st.fixed_dictionaries(
        {"due": st.sampled_from([None, "2027-03-31"]), "todo": st.sampled_from(["", "Mua"])}
    ),
)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.lists(ROWS, min_size=1, max_size=4), FIELDS),
        st.sampled_from(["undo", "redo", "name", "level"]),
    ),
    max_size=12,
)


@given(steps=STEPS)
@hypothesis_settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_is_done_the_reopened_plan_says_the_same(
    tmp_path_factory: pytest.TempPathFactory, steps: list[object]
) -> None:
    path = tmp_path_factory.mktemp("steps") / "a.levelkit"
    with Workspace.create(path) as workspace:
        session = workspace.session(workspace.add_system("Cổng"))
        states = [session.interview.answers]
        session.set("proposed_level", 3)
        states.append(session.interview.answers)
        for number, step in enumerate(steps):
            before = session.interview.answers
            if step == "undo":
                session.undo()
                assert session.interview.answers in states
            elif step == "redo":
                session.redo()
                assert session.interview.answers in states
            elif step == "name":
                session.set("owner.name", f"Tên {number}")
            elif step == "level":
                session.set("proposed_level", 2 + number % 3)
            else:
                ids, fields = step  # type: ignore[misc]
                asked = [row_id for row_id in ids if session.plan.has_row(row_id)]
                changed = session.plan.update(asked, **fields)
                if changed:
                    after = session.interview.answers
                    session.undo()
                    assert session.interview.answers == before
                    session.redo()
                    assert session.interview.answers == after
            states.append(session.interview.answers)
        expected = (
            session.interview.answers,
            session.plan.counts(),
            session.plan.answers(),
            session.findings(),
        )
    with Workspace.open(path) as again:
        session = again.session("HT-01")
        found = (session.interview.answers, session.plan.counts(), session.plan.answers(), session.findings())
        assert found == expected
