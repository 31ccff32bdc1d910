"""Shared measures and evidence: described once, used by many rows and systems."""

from __future__ import annotations

import json
import zipfile
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from levelkit.domain.plan import Evidence, SharedMeasure
from levelkit.errors import UserError, WorkspaceReadOnly
from levelkit.services import Workspace, clock
from levelkit.store import Mark, repository
from levelkit.store import shared as stored
from levelkit.store.tables import AnswerRow

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from levelkit.services import SystemSession
    from levelkit.services.shared import SharedBook

WALL = SharedMeasure(
    id="", title="Tường lửa vùng biên", text="Chặn mọi chiều không cần.", unit="Phòng Hạ tầng"
)
RULES = Evidence(id="", title="Quy chế", number="12/QĐ-SM", issuer="Tổng giám đốc", dated=date(2026, 5, 1))


@pytest.fixture
def shared(workspace: Workspace) -> SharedBook:
    """The shared records of an empty workspace."""
    return workspace.shared


def system(workspace: Workspace, name: str, level: int = 3) -> SystemSession:
    session = workspace.session(workspace.add_system(name))
    session.set("proposed_level", level)
    return session


def test_records_get_the_next_number_and_survive_reopening(workspace: Workspace, shared: SharedBook) -> None:
    proof = shared.save_evidence(RULES)
    assert (proof, shared.save_evidence(RULES)) == ("MC-01", "MC-02")
    wall = WALL.model_copy(update={"evidence": (proof,)})
    assert [shared.save_measure(wall) for _ in range(11)][-1] == "BP-11"
    shared.remove_measure("BP-11")
    shared.remove_measure("BP-02")
    assert shared.save_measure(WALL) == "BP-12"  # a removed number may still be named by what is undone
    with Workspace.open(workspace.path, readonly=True) as again:
        assert again.shared.measures == shared.measures
        assert again.shared.evidence == shared.evidence
        assert again.shared.proof(proof) == RULES.model_copy(update={"id": proof})
        assert again.shared.measure("BP-01") == wall.model_copy(update={"id": "BP-01"})


def test_a_step_back_never_names_another_measure(workspace: Workspace, shared: SharedBook) -> None:
    session, wall = system(workspace, "Cổng"), shared.save_measure(WALL)
    session.plan.update(["TK-01"], status="met", measures=[wall])
    session.plan.update(["TK-01"], measures=[])
    shared.remove_measure(wall)
    other = shared.save_measure(WALL.model_copy(update={"title": "Phần mềm diệt mã độc"}))
    session.undo()
    assert session.plan.answer("TK-01").measures == (wall,)
    assert other != wall
    assert not session.plan.filled("TK-01")
    with Workspace.open(workspace.path, readonly=True) as again:
        assert not again.session(session.code).plan.filled("TK-01")


def test_a_record_is_changed_in_its_place(shared: SharedBook) -> None:
    one = shared.save_measure(WALL)
    other = shared.save_measure(SharedMeasure(id="", title="SOC", text="Trực 24/7."))
    told: list[str] = []
    end = shared.subscribe(lambda: told.append(shared.measure(one).title))
    assert shared.save_measure(SharedMeasure(id=one, title=" Tường  lửa ", text="Chặn. \n")) == one
    shared.save_measure(shared.measure(one))
    end()
    shared.save_measure(SharedMeasure(id=other, title="SOC mới", text="Trực."))
    assert shared.measure(one) == SharedMeasure(id=one, title="Tường lửa", text="Chặn.")
    assert [item.id for item in shared.measures] == [one, other]
    assert told == ["Tường lửa"]
    with pytest.raises(KeyError):
        shared.save_measure(WALL.model_copy(update={"id": "BP-77"}))


@pytest.mark.parametrize(
    ("record", "said"),
    [
        (WALL.model_copy(update={"title": " "}), "phải có tên"),
        (WALL.model_copy(update={"text": "\n"}), "phải có mô tả"),
        (WALL.model_copy(update={"evidence": ("MC-09",)}), "không có minh chứng MC-09"),
        (RULES.model_copy(update={"title": ""}), "phải có tên"),
        (RULES.model_copy(update={"expires": date(2026, 4, 30)}), "ngày hết hạn phải từ ngày ban hành"),
    ],
)
def test_what_cannot_be_kept_is_said_and_nothing_is_kept(
    shared: SharedBook, record: SharedMeasure | Evidence, said: str
) -> None:
    save: Callable[[Any], str] = shared.save_evidence if isinstance(record, Evidence) else shared.save_measure
    with pytest.raises(UserError, match=said):
        save(record)
    assert (shared.measures, shared.evidence) == ((), ())


def test_one_measure_serves_rows_of_two_systems_and_says_which(workspace: Workspace) -> None:
    first, second = system(workspace, "Cổng"), system(workspace, "Kho", 2)
    proof = workspace.shared.save_evidence(RULES)
    wall = workspace.shared.save_measure(WALL.model_copy(update={"evidence": (proof,)}))
    first.plan.update(["HT-01", "TK-09"], status="met", measures=[wall])
    second.plan.update(["HT-01"], status="met", measures=[wall])
    second.plan.update(["TK-01"], status="met", how="Theo Quy chế", evidence=[proof])
    assert workspace.shared.uses(wall) == (
        ("HT-01", "Cổng", ("HT-01", "TK-09")),
        ("HT-02", "Kho", ("HT-01",)),
    )
    assert workspace.shared.uses(proof) == (
        ("HT-01", "Cổng", ("HT-01", "TK-09")),
        ("HT-02", "Kho", ("HT-01", "TK-01")),
    )
    assert first.plan.gaps("HT-01") == second.plan.gaps("HT-01") == ()
    workspace.shared.save_measure(
        WALL.model_copy(update={"id": wall, "text": "Đổi một lần.", "evidence": ()})
    )
    for session in (first, second):
        frozen = session.proposal().plan
        assert frozen is not None
        assert frozen.measures[wall].text == "Đổi một lần."
        assert session.plan.gaps("HT-01") == ("Đã đáp ứng nhưng chưa có minh chứng",)


def test_what_is_used_is_not_removed_and_says_where(workspace: Workspace) -> None:
    session = system(workspace, "Cổng")
    shared = workspace.shared
    proof = shared.save_evidence(RULES)
    wall = shared.save_measure(WALL.model_copy(update={"evidence": (proof,)}))
    rows = [row.id for row in session.plan.rows[:9]]
    session.plan.update(rows, measures=[wall])
    with pytest.raises(UserError, match=r"đang dùng ở HT-01: .+ và 3 yêu cầu khác"):
        shared.remove_measure(wall)
    with pytest.raises(UserError, match="biện pháp BP-01 đang dùng"):
        shared.remove_evidence(proof)
    session.plan.update(rows, measures=[])
    shared.remove_measure(wall)
    session.plan.update(rows[:1], evidence=[proof])
    with pytest.raises(UserError, match=f"HT-01: {rows[0]}"):
        shared.remove_evidence(proof)
    session.undo()
    shared.remove_evidence(proof)
    assert (shared.measures, shared.evidence) == ((), ())


def test_an_answer_gone_back_to_may_name_what_is_not_there_any_more(workspace: Workspace) -> None:
    session = system(workspace, "Cổng")
    wall = workspace.shared.save_measure(WALL)
    session.plan.update(["TK-09"], status="met", measures=[wall])
    session.plan.update(["TK-09"], measures=[], how="Tự làm")
    workspace.shared.remove_measure(wall)
    session.undo()
    assert session.plan.answer("TK-09").measures == (wall,)
    titles = [item.title for item in session.findings()]
    assert f"Câu trả lời nêu mã {wall} không còn trong danh mục dùng chung" in titles
    assert session.proposal().plan is not None


def test_a_row_compared_with_the_official_text_says_who_when_and_which_edition(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2026, 12, 1))
    monkeypatch.setattr(Workspace, "user", property(lambda _self: "Nguyễn Văn A"))
    first, second = system(workspace, "Cổng"), system(workspace, "Kho", 2)
    edition = first.plan.edition_vi
    workspace.shared.mark_checked(["TK-09", "TK-17"], 3, edition)
    assert first.plan.row("TK-09").notice_vi == f"Đã đối chiếu {edition}, 01/12/2026, Nguyễn Văn A"
    assert second.plan.row("TK-09").notice_vi == "Đối chiếu bản chính thức"
    frozen = first.plan.frozen()
    assert frozen is not None
    assert frozen.unchecked == 193
    with Workspace.open(workspace.path, readonly=True) as again:
        assert again.session("HT-01").plan.row("TK-09") == first.plan.row("TK-09")
    workspace.shared.unmark_checked(["TK-09"], 3)
    assert first.plan.row("TK-09").notice_vi == "Đối chiếu bản chính thức"
    assert first.plan.row("TK-17").notice_vi != first.plan.row("TK-09").notice_vi


def test_a_mark_for_another_edition_counts_for_nothing(workspace: Workspace) -> None:
    session = system(workspace, "Cổng")
    workspace.shared.mark_checked(["TK-09"], 3, "TCVN 14423:2025")
    assert session.plan.row("TK-09").notice_vi == "Đối chiếu bản chính thức"


def test_every_change_is_told_in_the_journal(workspace: Workspace, shared: SharedBook) -> None:
    wall = shared.save_measure(WALL)
    shared.mark_checked(["TK-09"], 3, "TCVN 14423:2026")
    shared.remove_measure(wall)
    with workspace.reading() as session:
        told = [(item.event.what, item.event.subject) for item in repository.list_events(session)]
    assert told == [("measure", "BP-01"), ("checked", "3/TK-09"), ("measure", "BP-01")]


def test_who_only_reads_changes_nothing(workspace: Workspace, shared: SharedBook, tmp_path: Path) -> None:
    shared.save_measure(WALL)
    picture = tmp_path / "a.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 20)
    with Workspace.open(workspace.path, readonly=True) as reader:
        assert [item.id for item in reader.shared.measures] == ["BP-01"]
        with pytest.raises(WorkspaceReadOnly):
            reader.shared.save_measure(WALL)
        with pytest.raises(WorkspaceReadOnly):
            reader.shared.attach(picture)


class TestFiles:
    @pytest.mark.parametrize(
        ("name", "part", "media_type"),
        [
            ("Sổ.xlsx", "xl/workbook.xml", "spreadsheetml.sheet"),
            ("Biên bản.docx", "word/document.xml", "wordprocessingml.document"),
        ],
    )
    def test_office_files_are_told_by_what_they_hold(
        self, shared: SharedBook, tmp_path: Path, name: str, part: str, media_type: str
    ) -> None:
        path = tmp_path / name
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(part, "<x/>")
        kept = shared.attach(path)
        assert (kept.name, kept.size) == (name, path.stat().st_size)
        assert kept.media_type.endswith(media_type)

    def test_a_file_is_kept_with_its_proof(
        self, workspace: Workspace, shared: SharedBook, tmp_path: Path
    ) -> None:
        path = tmp_path / "Quy chế.pdf"
        path.write_bytes(b"%PDF-1.7\n")
        proof = shared.save_evidence(RULES.model_copy(update={"file": shared.attach(path)}))
        kept = shared.proof(proof).file
        assert kept is not None
        assert workspace.file_bytes(kept.sha256) == b"%PDF-1.7\n"
        with Workspace.open(workspace.path, readonly=True) as again:
            assert again.shared.proof(proof).file == kept

    @pytest.mark.parametrize(
        ("data", "said"),
        [
            (b"", "rỗng"),
            (b"MZ\x90\x00", "minh chứng phải là tệp PDF"),
            (b"PK\x03\x04 broken", "minh chứng phải là tệp PDF"),
        ],
    )
    def test_what_proves_nothing_is_refused(
        self, shared: SharedBook, tmp_path: Path, data: bytes, said: str
    ) -> None:
        path = tmp_path / "a.docx"
        path.write_bytes(data)
        with pytest.raises(UserError, match=said):
            shared.attach(path)

    def test_a_zip_of_something_else_is_refused(self, shared: SharedBook, tmp_path: Path) -> None:
        path = tmp_path / "a.docx"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("virus.exe", "x")
        with pytest.raises(UserError, match="nội dung là loại khác"):
            shared.attach(path)


def test_a_record_of_another_program_stays_and_keeps_its_number(workspace: Workspace) -> None:
    mark = Mark(clock.now(), "lan")
    with workspace.writing() as session:
        stored.save_records(
            session, "measure", {"BP-01": {"name": "tên khác"}, "BP-02": {"title": "A", "text": "B"}}, mark
        )
        stored.save_records(session, "checked", {"ba/TK-09": {"by": "lan"}}, mark)
    assert [one.id for one in workspace.shared.measures] == ["BP-02"]
    workspace.shared.remove_measure("BP-02")
    assert workspace.shared.save_measure(WALL) == "BP-03"
    with workspace.reading() as session:
        kept = {one.id: one.value for one in stored.list_records(session, ("measure",))}
    assert kept["BP-01"] == {"name": "tên khác"}


def test_rows_of_another_program_name_nothing_and_are_not_taken_over(workspace: Workspace) -> None:
    here, there = system(workspace, "Cổng"), system(workspace, "Kho")
    wall = workspace.shared.save_measure(WALL)
    there.plan.update(["TK-09"], status="met", measures=[wall])
    for row_id, value in (
        ("TK-09", '"met"'),
        ("TK-17", '{"measures": 5}'),
        ("TK-01", '{"how": "Có", "mới": 1}'),
    ):
        with workspace.writing() as session:
            key = {"system_id": 2, "question_id": f"req.{row_id}"}
            session.merge(AnswerRow(**key, value=json.loads(value), revision=9))
    again = workspace.session("HT-02")
    assert again.plan.answers() == {}
    assert {f"req.{one}" for one in ("TK-09", "TK-17", "TK-01")} <= set(again.interview.set_aside)
    workspace.shared.save_measure(WALL)
    assert here.plan.take_over("HT-02") == 0
    with Workspace.open(workspace.path, readonly=True) as reader:
        assert reader.shared.uses(wall) == ()
