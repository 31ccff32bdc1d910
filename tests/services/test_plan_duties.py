"""Duties of other laws among the rows of a plan: they come with the answers, each compared on its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from levelkit.domain.requirement import UNCHECKED_VI
from tests.services.plans import at_level

if TYPE_CHECKING:
    from levelkit.services import SystemSession, Workspace

MASKED = "postal.P11"


def duties(session: SystemSession) -> list[str]:
    return [group.id for group in session.plan.groups if group.kind == "duty"]


def test_packs_follow_the_answers_and_leave_their_answers_behind(workspace: Workspace) -> None:
    session = at_level(workspace, 3)
    assert duties(session) == ["nd331"]
    session.set("kinds", ["citizen_business"])
    session.set("conditional_business_lines", [97])
    session.set("information", ["public", "personal"])
    assert duties(session) == ["nd331", "postal", "personal-data"]
    session.plan.update([MASKED], status="met", how="Nhãn che năm số giữa.")
    session.set("conditional_business_lines", [])
    assert duties(session) == ["nd331", "personal-data"]
    with pytest.raises(KeyError):
        session.plan.row(MASKED)
    session.set("conditional_business_lines", [97])
    assert session.plan.answer(MASKED).how == "Nhãn che năm số giữa."


def test_a_system_inside_the_enterprise_has_its_duties_too(workspace: Workspace) -> None:
    session = at_level(workspace, 2)
    session.set("kinds", ["internal"])
    assert duties(session) == ["nd331"]
    session.set("plan.sector_information", ["postal"])
    assert duties(session) == ["nd331", "postal"]


def test_rows_of_the_decree_follow_the_level_of_the_plan(workspace: Workspace) -> None:
    session = at_level(workspace, 3)
    assert session.plan.has_row("nd331.30-5-a")
    session.set("proposed_level", 4)
    assert not session.plan.has_row("nd331.30-5-a")
    assert session.plan.has_row("nd331.30-5-b")


def test_a_duty_is_compared_with_the_places_it_cites(workspace: Workspace) -> None:
    session = at_level(workspace, 3)
    session.set("plan.sector_information", ["postal"])
    plan = session.plan
    assert plan.row(MASKED).notice_vi == UNCHECKED_VI
    assert plan.compared_with("TK-09") == plan.edition_vi
    text = plan.compared_with(MASKED)
    assert text == plan.row(MASKED).cite_vi
    workspace.shared.mark_checked([MASKED], 3, plan.edition_vi)
    assert plan.row(MASKED).notice_vi == UNCHECKED_VI
    workspace.shared.mark_checked([MASKED], 3, text)
    assert plan.row(MASKED).notice_vi.startswith(f"Đã đối chiếu {text}, ")
    workspace.shared.unmark_checked([MASKED], 3)
    assert plan.row(MASKED).notice_vi == UNCHECKED_VI


@pytest.mark.parametrize(("provider", "months"), [(None, 3), (False, 3), (True, 12)])
def test_logs_are_kept_as_long_as_the_answers_ask(
    workspace: Workspace, provider: bool | None, months: int
) -> None:
    session = at_level(workspace, 3)
    if provider is not None:
        session.set("plan.network_service_provider", provider)
    kept = session.plan.retention
    assert kept.months == months
    assert any(why.startswith("Cần xác định") for _, _, why in kept.sources) == (provider is None)
