"""Systems in a workspace: added, renamed, removed, copied."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from levelkit.errors import SystemMissing, UserError, WorkspaceError, WorkspaceReadOnly
from levelkit.services import Workspace, clock

if TYPE_CHECKING:
    from pathlib import Path

CONTRACT_KEYS = [
    "code",
    "name",
    "computed_level",
    "at_least",
    "at_most",
    "proposed_level",
    "approved_level",
    "status",
    "next_deadline",
    "next_deadline_for",
]


def test_codes_are_numbered_on(workspace: Workspace) -> None:
    assert workspace.add_system("Cổng khách hàng") == "HT-01"
    assert workspace.add_system("Nhân sự", "HT-07") == "HT-07"
    assert workspace.add_system("Bảng tin") == "HT-08"
    workspace.remove_system("HT-08")
    assert workspace.add_system("Kho") == "HT-09"


@pytest.mark.parametrize("code", ["", " ", "../x", "a/b", "-x", "a" * 41, "CON", "nul.1", "HT-1."])
def test_code_that_is_no_folder_name_is_refused(workspace: Workspace, code: str) -> None:
    with pytest.raises(UserError, match="Mã hệ thống"):
        workspace.add_system("Tên", code)
    assert workspace.systems() == []


def test_code_taken(workspace: Workspace) -> None:
    workspace.add_system("A", "HT-01")
    with pytest.raises(WorkspaceError, match="HT-01"):
        workspace.add_system("B", "HT-01")
    workspace.add_system("B", "HT-02")
    with pytest.raises(WorkspaceError, match="HT-01"):
        workspace.change_code("HT-02", "HT-01")
    workspace.change_code("HT-02", "HT-03")
    assert [item.code for item in workspace.systems()] == ["HT-01", "HT-03"]


def test_new_system_is_dated_today_and_open(workspace: Workspace) -> None:
    code = workspace.add_system("  Cổng khách hàng  ")
    session = workspace.session(code)
    assert session.interview.answers == {
        "system.name": "Cổng khách hàng",
        "as_of": clock.today().isoformat(),
    }
    (line,) = workspace.systems()
    assert list(line.contract()) == CONTRACT_KEYS
    assert (line.computed_level, line.at_least, line.at_most) == (None, 1, 5)


def test_empty_name_is_refused(workspace: Workspace) -> None:
    with pytest.raises(UserError, match="Tên hệ thống"):
        workspace.add_system("  ")


def test_rename_is_an_answer(workspace: Workspace) -> None:
    code = workspace.add_system("Cũ")
    workspace.rename_system(code, "Tên mới")
    assert workspace.systems()[0].name == "Tên mới"
    assert workspace.session(code).interview.answer("system.name") == "Tên mới"


def test_removed_system_comes_back_whole(workspace: Workspace) -> None:
    code = workspace.add_system("Cổng")
    workspace.session(code).set("kinds", ["internal"])
    before = workspace.session(code).interview.answers
    number = workspace.remove_system(code)
    assert workspace.systems() == []
    with pytest.raises(SystemMissing):
        workspace.session(code)
    assert workspace.removed() == [(number, code, "Cổng")]
    assert workspace.restore(number) == code
    assert workspace.session(code).interview.answers == before


def test_section_is_taken_over_without_the_name(workspace: Workspace) -> None:
    first, second = workspace.add_system("Một"), workspace.add_system("Hai")
    workspace.session(first).set_many(
        {"owner.name": "Tổng công ty", "owner.phone": "024", "system.function": "Bán hàng"}
    )
    assert workspace.copy_answers("don-vi", first, second) == 2
    assert workspace.copy_answers("he-thong", first, second) == 1
    taken = workspace.session(second).interview.answers
    assert taken["owner.name"] == "Tổng công ty"
    assert taken["system.name"] == "Hai"
    assert taken["system.function"] == "Bán hàng"


def test_list_shows_what_the_answers_gave(workspace: Workspace) -> None:
    code = workspace.add_system("Cổng")
    session = workspace.session(code)
    session.set("kinds", ["citizen_business"])
    session.set("conditional_business_lines", [97])
    (line,) = workspace.systems()
    found = session.classification
    assert (line.computed_level, line.at_least, line.at_most) == (found.level, found.at_least, found.at_most)
    assert line.at_least == 3
    assert line.revision == session.revision == 3


def test_status_of_the_contract_alone(workspace: Workspace) -> None:
    code = workspace.add_system("Cổng")
    workspace.set_status(code, "submitted")
    assert workspace.systems()[0].status == "submitted"
    with pytest.raises(UserError, match="Trạng thái"):
        workspace.set_status(code, "done")


def test_second_opener_cannot_change_anything(file_workspace: Workspace) -> None:
    code = file_workspace.add_system("Cổng")
    with Workspace.open(file_workspace.path) as second:
        assert second.readonly
        assert second.holder is not None
        session = second.session(code)
        for act in (
            lambda: session.set("kinds", ["internal"]),
            lambda: second.add_system("Hai"),
            lambda: second.remove_system(code),
        ):
            with pytest.raises(WorkspaceReadOnly, match="Đang mở ở máy"):
                act()
        assert "kinds" not in session.interview.answers


def test_sample_matches_its_answers(sample: Workspace) -> None:
    lines = {line.code: line for line in sample.systems()}
    assert len(lines) == 12
    assert (lines["HT-03"].computed_level, lines["HT-06"].computed_level, lines["HT-11"].computed_level) == (
        3,
        2,
        1,
    )
    for code in ("HT-03", "HT-06", "HT-11"):
        errors = [item for item in sample.session(code).findings("appraisal") if item.severity == "error"]
        assert errors == []


def test_sample_never_overwrites(sample_path: Path) -> None:
    from levelkit.errors import WorkspaceExists
    from levelkit.services.sample_workspace import write_sample

    before = sample_path.read_bytes()
    with pytest.raises(WorkspaceExists):
        write_sample(sample_path)
    assert sample_path.read_bytes() == before


def test_sample_cut_off_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from levelkit.services import sample_workspace

    def fail() -> dict[str, object]:
        raise RuntimeError("cut off")

    monkeypatch.setattr(sample_workspace, "sample_answers", fail)
    with pytest.raises(RuntimeError, match="cut off"):
        sample_workspace.write_sample(tmp_path / "a.levelkit")
    assert list(tmp_path.iterdir()) == []


def test_documents_made_are_kept_with_their_hashes(workspace: Workspace) -> None:
    code = workspace.add_system("Cổng")
    entry = {
        "document": "mau-01",
        "path": f"{code}/mau-01.pdf",
        "sha256": "ab" * 32,
        "pages": 2,
        "draft": True,
    }
    workspace.keep_documents(code, 1, [entry])
    workspace.keep_documents(code, 1, [entry | {"draft": False}])
    kept = [document for _, document in workspace.documents(code)]
    assert [(item.document, item.format, item.sha256, item.pages, item.draft) for item in kept] == [
        ("mau-01", "pdf", "ab" * 32, 2, True),
        ("mau-01", "pdf", "ab" * 32, 2, False),
    ]
