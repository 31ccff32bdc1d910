"""One question on the screen, with a real system behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from levelkit.gui.fields import FieldContext
from levelkit.gui.pages.question_box import QuestionBox

if TYPE_CHECKING:
    from collections.abc import Callable

    from levelkit.services import SystemSession, Workspace


@pytest.fixture
def session(workspace: Workspace) -> SystemSession:
    """A system of which nothing is answered."""
    return workspace.session(workspace.add_system("Hệ thống thử"))


@pytest.fixture
def box(qtbot, session: SystemSession) -> Callable[[str], QuestionBox]:
    """Make the box of a question, shown and following the session."""

    def make(question_id: str) -> QuestionBox:
        question = session.interview.forms.question(question_id)
        made = QuestionBox(question, FieldContext(session))
        qtbot.addWidget(made)
        made.resize(700, 300)

        def follow(*_: Any) -> None:
            made.show_answer(session.interview.answer(question_id))

        follow()
        session.subscribe(follow)
        made.show()
        made.activateWindow()
        qtbot.waitUntil(made.isActiveWindow)
        return made

    return make
