"""The register's field on the screen, with a real system behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from levelkit.domain.risk import QUESTION
from levelkit.gui.fields import FieldContext
from levelkit.gui.pages.question_box import QuestionBox

if TYPE_CHECKING:
    from levelkit.gui.risk import RegisterField
    from levelkit.services import SystemSession, Workspace


@pytest.fixture
def session(workspace: Workspace) -> SystemSession:
    """A system of which nothing is answered."""
    return workspace.session(workspace.add_system("Hệ thống thử"))


@pytest.fixture
def make(qtbot, session: SystemSession):
    """Show the register with some rows; it follows the session."""

    def made(*rows: dict[str, Any]) -> RegisterField:
        if rows:
            session.set(QUESTION, list(rows))
        box = QuestionBox(session.interview.forms.question(QUESTION), FieldContext(session))
        qtbot.addWidget(box)
        box.resize(760, 900)

        def follow(*_: Any) -> None:
            box.show_answer(session.interview.answer(QUESTION))

        follow()
        session.subscribe(follow)
        box.show()
        box.activateWindow()
        qtbot.waitUntil(box.isActiveWindow)
        return box.field

    return made
