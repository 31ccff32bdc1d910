"""A system of level 3 with nothing answered yet, and another one to take answers from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from levelkit.gui.pages import make_page
from levelkit.gui.wizard.wizard import Wizard
from levelkit.services import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from levelkit.gui.plan.page import MatrixPage
    from levelkit.services import SystemSession

SECTION = "phuong-an"


@pytest.fixture
def shared_file(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.create(tmp_path / "Hai hệ thống.levelkit") as workspace:
        for name in ("Hệ thống một", "Hệ thống hai"):
            workspace.add_system(name)
        yield workspace


@pytest.fixture
def plan_session(shared_file: Workspace) -> SystemSession:
    session = shared_file.session(shared_file.systems()[0].code)
    session.set("proposed_level", 3)
    return session


@pytest.fixture
def other_session(shared_file: Workspace) -> SystemSession:
    session = shared_file.session(shared_file.systems()[1].code)
    session.set("proposed_level", 3)
    return session


@pytest.fixture
def wizard(qtbot, plan_session: SystemSession) -> Iterator[Wizard]:
    made = Wizard(plan_session, make_page)
    qtbot.addWidget(made)
    made.setMinimumSize(900, 500)  # as the window that holds it
    made.resize(1366, 700)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.start(SECTION)
    yield made
    made.close_down()


@pytest.fixture
def matrix(wizard: Wizard) -> MatrixPage:
    """The matrix in front, with the focus on its first row."""
    page = wizard._pages[SECTION]
    assert page.on_matrix
    matrix = page._matrix.page
    matrix.view.go_to("RR-01")
    matrix.view.setFocus()
    return matrix
