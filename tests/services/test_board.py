"""The board: levels by status, what falls due, what has to be determined again and why, what is missing."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from levelkit.services import Workspace, clock
from levelkit.services.board import Board, Gaps, board, count_gaps

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

TODAY = date(2026, 12, 2)
PORTAL = {
    "information": ["private", "personal"],
    "kinds": ["citizen_business"],
    "conditional_business_lines": [],
    "settles_administrative_procedures": False,
    "basic_data_subjects": 80_000,
    "sensitive_data_subjects": 100,
    "services.online": "Tra cứu",
    "remote": ["none"],
    "national_security_criteria": ["none"],
}


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Set the clock of the journal: noon of a day."""

    def turn(day: str) -> None:
        moment = datetime.fromisoformat(f"{day}T05:00:00").replace(tzinfo=UTC)
        monkeypatch.setattr(clock, "now", lambda: moment)

    return turn


@pytest.fixture
def inventory(tmp_path: Path, at: Callable[[str], None]) -> Iterator[Workspace]:
    at("2026-09-01")
    with Workspace.create(tmp_path / "kiem ke.levelkit") as made:
        yield made


def reasons(found: Board, code: str) -> list[tuple[str, str]]:
    return [(review.cite, review.text_vi) for review in found.reviews if review.code == code]


def test_an_empty_inventory_still_owes_the_yearly_report(inventory: Workspace) -> None:
    found = board(inventory, TODAY)
    assert (found.lines, found.bars, found.in_use) == ((), (), 0)
    assert [(due.day.isoformat(), due.left) for due in found.dues] == [("2026-12-19", 17), ("2026-12-24", 22)]


def test_levels_by_status(inventory: Workspace) -> None:
    for name in ("Cổng", "Bảng tin", "Cũ", "Chưa rõ"):
        inventory.add_system(name)
    inventory.session("HT-01").set_many({**PORTAL, "basic_data_subjects": 200_000, "risk_assessed_level": 1})
    inventory.session("HT-01").set("risk.assets", "Máy chủ")
    inventory.session("HT-02").set_many({"previous.level": 2, "previous.decision_date": "2024-03-14"})
    inventory.set_status("HT-02", "approved")
    inventory.set_status("HT-03", "retired")
    found = board(inventory, TODAY)
    assert [(bar.level, bar.approved, bar.working, bar.none) for bar in found.bars] == [
        (3, 0, 1, 0),
        (2, 1, 0, 0),
        (None, 0, 0, 1),
    ]
    assert found.in_use == 3
    assert [line.code for line in found.lines] == ["HT-01", "HT-02", "HT-03", "HT-04"]


def test_the_transition_falls_due_once_for_all_it_concerns(inventory: Workspace) -> None:
    for name in ("Một", "Hai"):
        code = inventory.add_system(name)
        inventory.session(code).set("investment_started", "2026-01-10")
    inventory.set_status("HT-02", "approved")
    by_day = {
        (due.day.isoformat(), due.codes) for due in board(inventory, TODAY).dues if due.kind == "transition"
    }
    assert by_day == {("2026-12-31", ("HT-01",)), ("2027-06-30", ("HT-01", "HT-02"))}


def test_the_clock_of_the_appraisal_runs_in_working_days(
    inventory: Workspace, at: Callable[[str], None]
) -> None:
    inventory.add_system("Cổng")
    inventory.session("HT-01").set_many({**PORTAL, "basic_data_subjects": 200_000, "risk_assessed_level": 1})
    at("2026-11-23")
    inventory.set_status("HT-01", "submitted")
    [clock_due] = [due for due in board(inventory, TODAY).dues if due.kind == "clock"]
    # 24 November is a holiday: the first of the 15 days is the 25th.
    assert (clock_due.day, clock_due.used, clock_due.limit) == (date(2026, 12, 15), 6, 15)
    assert clock_due.left_vi == "còn 9 ngày làm việc"
    assert clock_due.cite == "nd331-2026:23.3.a"
    at("2026-12-20")
    inventory.set_status("HT-01", "appraised")
    inventory.set_status("HT-01", "submitted")
    [clock_due] = [due for due in board(inventory, date(2026, 12, 21)).dues if due.kind == "clock"]
    assert clock_due.left_vi.endswith("dự kiến")  # it runs into a year whose holidays are not announced
    assert "đã dùng 1/15 ngày làm việc" in board(inventory, date(2026, 12, 21)).lines[0].todo_vi


def test_levels_one_and_two_have_no_limit_for_the_appraisal(inventory: Workspace) -> None:
    inventory.add_system("Cổng")
    inventory.session("HT-01").set_many({**PORTAL, "risk_assessed_level": 1})
    inventory.set_status("HT-01", "submitted")
    assert not [due for due in board(inventory, TODAY).dues if due.kind == "clock"]


def test_what_changed_after_the_approval_is_named_with_its_article(
    inventory: Workspace, at: Callable[[str], None]
) -> None:
    inventory.add_system("Cổng")
    session = inventory.session("HT-01")
    session.set_many({"system.function": "Tra cứu", "devices": [{"name": "Máy chủ", "quantity": 1}]})
    at("2026-10-01")
    inventory.set_status("HT-01", "approved")
    assert not reasons(board(inventory, TODAY), "HT-01")
    at("2026-11-20")
    # Said for the first time: that is how things were, not a change.
    session.set("system.users", "Người gửi")
    assert not reasons(board(inventory, TODAY), "HT-01")
    session.set("system.function", "Tra cứu và đặt hàng")
    session.set("devices", [{"name": "Máy chủ", "quantity": 1}, {"name": "Tường lửa", "quantity": 2}])
    found = dict(reasons(board(inventory, TODAY), "HT-01"))
    assert set(found) == {"nd331-2026:10.2.b", "nd331-2026:10.2.c"}
    assert found["nd331-2026:10.2.b"] == (
        "Đổi chức năng (Chức năng nghiệp vụ) sau phê duyệt 01/10/2026; gần nhất 20/11/2026."
    )
    assert "thêm 1 dòng" in found["nd331-2026:10.2.c"]


def test_a_change_taken_back_is_none(inventory: Workspace, at: Callable[[str], None]) -> None:
    inventory.add_system("Cổng")
    session = inventory.session("HT-01")
    session.set("system.function", "Tra cứu")
    at("2026-10-01")
    inventory.set_status("HT-01", "approved")
    at("2026-11-20")
    session.set("system.function", "Tra cứu và đặt hàng")
    session.undo()
    assert not reasons(board(inventory, TODAY), "HT-01")


def test_a_decision_that_is_taken_again_settles_what_changed(
    inventory: Workspace, at: Callable[[str], None]
) -> None:
    inventory.add_system("Cổng")
    session = inventory.session("HT-01")
    session.set("system.function", "Tra cứu")
    inventory.set_status("HT-01", "approved")
    at("2026-10-20")
    session.set("system.function", "Tra cứu và đặt hàng")
    assert reasons(board(inventory, TODAY), "HT-01")
    at("2026-11-01")
    inventory.set_status("HT-01", "approved")
    assert not reasons(board(inventory, TODAY), "HT-01")


def test_a_forecast_that_will_raise_the_level(inventory: Workspace) -> None:
    inventory.add_system("Cổng")
    session = inventory.session("HT-01")
    session.set_many(
        {
            **PORTAL,
            "count.forecast_basic": 99_999,
            "count.forecast_date": "2027-12-31",
            "risk_assessed_level": 1,
        }
    )
    assert not reasons(board(inventory, TODAY), "HT-01")
    session.set("count.forecast_basic", 100_000)
    [(cite, text)] = reasons(board(inventory, TODAY), "HT-01")
    assert cite == "nd331-2026:25"
    assert "100.000 đến 31/12/2027" in text
    assert text.endswith("từ cấp 2 thành cấp 3.")


def test_a_count_that_crossed_the_threshold_after_the_approval(
    inventory: Workspace, at: Callable[[str], None]
) -> None:
    inventory.add_system("Cổng")
    session = inventory.session("HT-01")
    session.set_many({**PORTAL, "risk_assessed_level": 1})
    at("2026-10-01")
    inventory.set_status("HT-01", "approved")
    at("2026-11-20")
    session.set("basic_data_subjects", 99_999)
    assert not reasons(board(inventory, TODAY), "HT-01")
    session.set("basic_data_subjects", 120_000)
    assert any("từ 80.000 thành 120.000" in text for _cite, text in reasons(board(inventory, TODAY), "HT-01"))


def test_a_level_above_the_approved_one(inventory: Workspace) -> None:
    inventory.add_system("Cổng")
    inventory.session("HT-01").set_many(
        {
            **PORTAL,
            "basic_data_subjects": 200_000,
            "previous.level": 2,
            "previous.decision_date": "2024-03-14",
        }
    )
    assert (
        "nd331-2026:10.5",
        "Tính theo câu trả lời hiện có là cấp 3, cao hơn cấp 2 đã phê duyệt.",
    ) in reasons(board(inventory, TODAY), "HT-01")


def test_business_lines_are_looked_at_again_when_their_list_ends(inventory: Workspace) -> None:
    inventory.add_system("Cổng")
    inventory.session("HT-01").set_many({**PORTAL, "conditional_business_lines": [97]})
    [due] = [due for due in board(inventory, TODAY).dues if due.kind == "lines"]
    assert (due.day, due.codes) == (date(2027, 3, 1), ("HT-01",))
    assert not reasons(board(inventory, date(2027, 2, 28)), "HT-01")
    [(cite, _text)] = reasons(board(inventory, date(2027, 3, 1)), "HT-01")
    assert cite == "nd331-2026:13.2.a"


def test_what_people_said_themselves_until_it_is_approved(inventory: Workspace) -> None:
    inventory.add_system("Cổng")
    inventory.session("HT-01").set_many({"redetermination": True, "redetermination.reasons": ["b", "d"]})
    assert [cite for cite, _text in reasons(board(inventory, TODAY), "HT-01")] == [
        "nd331-2026:10.2.b",
        "nd331-2026:10.2.d",
    ]
    inventory.set_status("HT-01", "approved")
    assert not reasons(board(inventory, TODAY), "HT-01")


def test_systems_no_longer_run_owe_nothing(inventory: Workspace) -> None:
    inventory.add_system("Cổng")
    inventory.session("HT-01").set("investment_started", "2026-01-10")
    inventory.set_status("HT-01", "retired")
    found = board(inventory, TODAY)
    assert {due.kind for due in found.dues} == {"report"}
    assert (found.lines[0].due, found.lines[0].todo_vi) == (None, "")


def test_every_due_and_every_reason_can_be_opened_and_cited(inventory: Workspace) -> None:
    inventory.add_system("Cổng")
    inventory.session("HT-01").set_many({"redetermination": True, "redetermination.reasons": ["b"]})
    found = board(inventory, TODAY)
    for review in found.reviews:
        assert inventory.forms.question(review.where.partition("/")[2])
        assert inventory.library.citation(review.cite).short_vi == review.cite_vi
    assert all(inventory.library.citation(due.cite).text_vi for due in found.dues)


def test_gaps_are_counted_beside_an_open_workspace(inventory: Workspace) -> None:
    inventory.add_system("Cổng")
    inventory.session("HT-01").set_many(PORTAL)
    told: list[tuple[int, int, str, Gaps]] = []
    count_gaps(inventory, ["HT-01"], lambda *found: told.append(found))
    session = inventory.session("HT-01")
    findings = session.findings()
    errors = sum(finding.severity == "error" for finding in findings)
    assert [(done, whole, code) for done, whole, code, _gaps in told] == [(1, 1, "HT-01")]
    assert told[0][3].errors == errors > 0
    assert told[0][3].revision == session.revision


def test_clocks_that_end_on_one_day_stand_together(inventory: Workspace, at: Callable[[str], None]) -> None:
    facts = {**PORTAL, "basic_data_subjects": 200_000, "risk_assessed_level": 1}
    for code in ("HT-01", "HT-02", "HT-03"):
        inventory.add_system("Cổng")
        inventory.session(code).set_many(facts)
    inventory.set_status("HT-01", "submitted")
    inventory.set_status("HT-03", "submitted")
    at("2026-09-15")
    inventory.set_status("HT-02", "submitted")
    found = board(inventory, TODAY)
    assert [due.codes for due in found.dues if due.kind == "clock"] == [("HT-01", "HT-03"), ("HT-02",)]
    assert [line.due.kind for line in found.lines if line.due] == ["clock"] * 3
