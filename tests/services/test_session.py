"""One system: every change is saved, derived and told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from levelkit.errors import UserError, WorkspaceConflict, WorkspaceError
from levelkit.services import Workspace, clock
from levelkit.store import Store, repository

if TYPE_CHECKING:
    from pathlib import Path

    from levelkit.services import SystemSession

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20


@pytest.fixture
def session(workspace: Workspace) -> SystemSession:
    """A new system."""
    return workspace.session(workspace.add_system("Cổng khách hàng"))


def reopened(workspace: Workspace) -> dict[str, object]:
    with Workspace.open(workspace.path, readonly=True) as again:
        return again.session("HT-01").interview.answers


def test_answer_is_on_the_disk_at_once(workspace: Workspace, session: SystemSession) -> None:
    session.set("owner.name", "Tổng công ty Sao Mai")
    assert reopened(workspace)["owner.name"] == "Tổng công ty Sao Mai"
    assert workspace.saved_at is not None
    assert not session.unsaved


def test_undo_and_redo_are_saved_too(workspace: Workspace, session: SystemSession) -> None:
    session.set("owner.name", "A")
    session.set("owner.name", "B")
    session.undo()
    assert reopened(workspace)["owner.name"] == "A"
    session.undo()
    assert "owner.name" not in reopened(workspace)
    session.redo()
    assert reopened(workspace)["owner.name"] == "A"


def test_text_that_was_not_taken_blocks_until_it_is_mended(session: SystemSession) -> None:
    session.set("as_of", "23/11/2026")
    told: list[int] = []
    session.subscribe(lambda now: told.append(len(now.findings())))
    with pytest.raises(UserError):
        session.set("as_of", "31/02/2026")
    first = session.findings()[0]
    assert (first.severity, first.where) == ("error", "he-thong/as_of")
    assert session.interview.answers["as_of"] == "2026-11-23"
    session.set("as_of", "23/11/2026")
    assert all(finding.title != first.title for finding in session.findings())
    assert len(told) == 2


def test_same_value_is_no_change(session: SystemSession) -> None:
    session.set("owner.name", "A")
    before = session.revision
    assert session.set("owner.name", "A") is None
    assert session.revision == before


def test_broken_value_changes_nothing(workspace: Workspace, session: SystemSession) -> None:
    before = reopened(workspace)
    with pytest.raises(UserError):
        session.set("basic_data_subjects", "nhiều")
    assert reopened(workspace) == before


def test_text_that_no_file_can_hold_does_not_stop_saving(
    workspace: Workspace, session: SystemSession
) -> None:
    session.set("owner.name", "Sao \ud800Mai")
    session.set("owner.phone", "024")
    assert workspace.session(session.code).interview.answers["owner.name"] == "Sao Mai"
    assert workspace.session(session.code).interview.answers["owner.phone"] == "024"


@pytest.mark.parametrize("value", ["cấp ba", [3], 3.5, True])
def test_proposed_level_that_is_no_level_is_refused_in_words(session: SystemSession, value: object) -> None:
    with pytest.raises(UserError, match="phải là số từ 1 đến 5"):
        session.set("proposed_level", value)


def test_of_several_answers_all_are_taken_or_none(session: SystemSession) -> None:
    before, revision = session.interview.answers, session.revision
    with pytest.raises(UserError, match="ngày có thật"):
        session.set_many({"owner.name": "Sao Mai", "as_of": "31/02/2026"})
    assert session.interview.answers == before
    assert session.revision == revision


def test_write_that_fails_keeps_the_answer_and_can_be_tried_again(
    workspace: Workspace, session: SystemSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_store: Store) -> object:
        raise WorkspaceError("Chưa lưu được: ổ đĩa đã đầy.")

    monkeypatch.setattr(Store, "write", full)
    with pytest.raises(WorkspaceError, match="đầy"):
        session.set("owner.name", "A")
    assert session.unsaved
    assert session.interview.answer("owner.name") == "A"
    monkeypatch.undo()
    session.save()
    assert not session.unsaved
    assert reopened(workspace)["owner.name"] == "A"


def test_observers_are_told_once_per_change(session: SystemSession) -> None:
    told: list[int] = []
    end = session.subscribe(lambda changed: told.append(changed.revision))
    session.set("kinds", ["internal"])
    session.set("kinds", ["internal"])
    session.set_many({"owner.name": "A", "owner.phone": "024"})
    end()
    session.set("owner.name", "B")
    assert told == [2, 3]


def test_two_sessions_on_one_system_do_not_overwrite_each_other(
    workspace: Workspace, session: SystemSession
) -> None:
    other = workspace.session("HT-01")
    session.set("owner.name", "A")
    with pytest.raises(WorkspaceConflict):
        other.set("owner.name", "B")
    assert reopened(workspace)["owner.name"] == "A"


def test_proposed_level_goes_up_never_down(session: SystemSession) -> None:
    session.set("kinds", ["citizen_business"])
    session.set("conditional_business_lines", [97])
    with pytest.raises(UserError, match=r"thấp hơn cấp 3.*Khoản 5 Điều 10"):
        session.set("proposed_level", 2)
    assert session.interview.answer("proposed_level") is None
    session.set("proposed_level", 4)
    assert session.proposal().level == 4


def test_proposal_that_was_overtaken_does_not_lower_the_level(
    workspace: Workspace, session: SystemSession
) -> None:
    session.set("kinds", ["internal"])
    session.set("information", ["private"])
    session.set("proposed_level", 2)
    session.set("kinds", ["citizen_business"])
    session.set("conditional_business_lines", [97])
    session.set("risk_assessed_level", 0)
    assert session.classification.at_least == 3
    assert session.proposal().proposed_level is None
    assert workspace.systems()[0].proposed_level is None


def test_route_follows_the_level(session: SystemSession) -> None:
    assert session.interview.derived["derived.documents"] == []
    session.set("kinds", ["citizen_business"])
    session.set("conditional_business_lines", [97])
    session.set("proposed_level", 3)
    assert "mau-02" in session.interview.derived["derived.documents"]
    session.set("proposed_level", 4)
    assert "mau-03" in session.interview.derived["derived.documents"]


def test_hidden_answers_are_kept_and_not_proposed(session: SystemSession) -> None:
    session.set("delegate.used", True)
    session.set("delegate.name", "Công ty con")
    session.set("delegate.used", False)
    assert session.interview.answer("delegate.name") == "Công ty con"
    assert "delegate.name" not in session.proposal().answers


def test_what_other_forms_stored_stays_in_the_file(workspace: Workspace, session: SystemSession) -> None:
    from levelkit.store import Change, Levels, Mark, Pin

    stored = {"question.gone": "Nội dung cũ", "kinds": ["no longer offered"]}
    change = Change(stored, Levels(), Pin("nd331-2026", "1", "x"), "Cổng", "cong")
    workspace.save(1, session.revision, change, Mark(clock.now(), "lan"))
    again = workspace.session("HT-01")
    assert not again.unsaved
    again.set("owner.name", "A")
    again.set("kinds", ["internal"])
    again.set("kinds", None)
    with workspace._store.read() as read:
        found = repository.load_answers(read, 1)
    assert found["question.gone"] == "Nội dung cũ"
    assert "kinds" not in found


def test_explanation_is_kept_until_a_fact_changes(session: SystemSession) -> None:
    session.set("kinds", ["internal"])
    first = session.classification
    session.set("owner.name", "A")
    assert session.classification is first
    session.set("information", ["public"])
    assert session.classification is not first


def test_counts_are_three_different_things(workspace: Workspace, session: SystemSession) -> None:
    empty = session.counts("don-vi")
    assert (empty.filled, empty.met, empty.approved) == (0, 0, 0)
    session.set("owner.name", "Tổng công ty")
    one = session.counts("don-vi")
    assert (one.filled, one.met, one.approved, one.total) == (1, 1, 0, empty.total)
    workspace.set_status("HT-01", "approved")
    assert workspace.session("HT-01").counts("don-vi").approved == 1


def test_plan_that_is_partly_met_is_filled_and_not_met(session: SystemSession) -> None:
    session.set_many({"plan.operation": "Có quy trình.", "plan.operation.status": "partly"})
    partly = session.counts("phuong-an")
    session.set("plan.operation.status", "met")
    met = session.counts("phuong-an")
    assert met.filled == partly.filled
    assert met.met > partly.met


def test_findings_differ_by_stage(sample: Workspace) -> None:
    session = sample.session("HT-03")
    appraisal = {item.where: item.severity for item in session.findings("appraisal")}
    approval = {item.where: item.severity for item in session.findings("approval")}
    assert "error" not in appraisal.values()
    assert set(appraisal) <= set(approval) | set(appraisal)


class TestAttach:
    def test_pdf_is_kept_by_its_hash(self, session: SystemSession, tmp_path: Path) -> None:
        path = tmp_path / "Thiết kế.pdf"
        path.write_bytes(PDF)
        session.attach("design.file", path)
        answer = session.interview.answer("design.file")
        assert answer["name"] == "Thiết kế.pdf"
        assert answer["media_type"] == "application/pdf"
        assert session.attachment_bytes(answer["sha256"]) == PDF
        assert session.proposal().attachments[answer["sha256"]].size == len(PDF)

    @pytest.mark.parametrize(
        ("question", "data", "said"),
        [
            ("design.file", PNG, "phải là một tệp PDF"),
            ("design.file", b"MZ\x90", "phải là một tệp PDF"),
            ("arch.logical_picture", PDF, "phải là một ảnh PNG hoặc JPEG"),
            ("arch.logical_picture", b"<svg/>", "phải là một ảnh PNG hoặc JPEG"),
            ("design.file", b"", "rỗng"),
        ],
    )
    def test_what_it_is_is_told_by_its_bytes(
        self, session: SystemSession, tmp_path: Path, question: str, data: bytes, said: str
    ) -> None:
        path = tmp_path / "a.pdf"
        path.write_bytes(data)
        with pytest.raises(UserError, match=said):
            session.attach(question, path)
        assert session.interview.answer(question) is None

    def test_limit(self, session: SystemSession, tmp_path: Path) -> None:
        path = tmp_path / "lớn.pdf"
        with path.open("wb") as file:
            file.write(PDF)
            file.truncate(50 * 1024 * 1024 + 1)
        with pytest.raises(UserError, match="50 MB"):
            session.attach("design.file", path)

    def test_missing_file(self, session: SystemSession, tmp_path: Path) -> None:
        with pytest.raises(UserError, match="Không đọc được"):
            session.attach("design.file", tmp_path / "a.pdf")


KEYS = st.sampled_from(["owner.name", "kinds", "always_on", "basic_data_subjects", "devices", "as_of"])
VALUES: dict[str, st.SearchStrategy[object]] = {
    "owner.name": st.sampled_from([None, "", "A", "Đơn vị ữ ộ", "A\nB"]),
    "kinds": st.sampled_from([None, [], ["internal"], ["internal", "citizen_business"]]),
    "always_on": st.sampled_from([None, True, False]),
    "basic_data_subjects": st.sampled_from([None, 0, 1, 99_999, 3_000_000]),
    "devices": st.sampled_from(
        [None, [], [{"name": "a"}], [{"name": "a", "quantity": 2}, {"name": "b"}], [{"name": "b"}]]
    ),
    "as_of": st.sampled_from([None, "2026-06-30", "2026-11-24"]),
}
STEPS = st.lists(
    st.one_of(
        KEYS.flatmap(lambda key: st.tuples(st.just(key), VALUES[key])), st.just("undo"), st.just("redo")
    ),
    max_size=14,
)


@given(steps=STEPS)
@hypothesis_settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_done_the_reopened_workspace_says_the_same(
    tmp_path_factory: pytest.TempPathFactory, steps: list[object]
) -> None:
    path = tmp_path_factory.mktemp("steps") / "a.levelkit"
    with Workspace.create(path) as workspace:
        session = workspace.session(workspace.add_system("Cổng"))
        for step in steps:
            if step == "undo":
                session.undo()
            elif step == "redo":
                session.redo()
            else:
                question_id, value = step  # type: ignore[misc]
                session.set(question_id, value)
        expected = session.interview.answers
        shown = workspace.systems()
        level = session.classification
    with Workspace.open(path) as again:
        session = again.session("HT-01")
        assert session.interview.answers == expected
        assert again.systems() == shown
        assert session.classification == level
