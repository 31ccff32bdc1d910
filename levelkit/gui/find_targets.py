"""What quick find looks through: questions and rows asked now, articles they cite, systems. No Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from levelkit.domain.plan import KEY
from levelkit.gui.quick_find import Target

if TYPE_CHECKING:
    from levelkit.services import SystemSession, Workspace


def find_targets(workspace: Workspace | None, session: SystemSession | None) -> list[Target]:
    """Return questions first, then rows of the plan, articles and systems."""
    found: list[Target] = []
    if session is not None:
        found.extend(_questions(session))
        found.extend(_rows(session))
        found.extend(_citations(session))
    if workspace is not None:
        found.extend(
            Target("system", system.code, system.name, system.code) for system in workspace.systems()
        )
    return found


def _questions(session: SystemSession) -> list[Target]:
    interview = session.interview
    return [
        Target("question", question.id, question.label, f"{section.number}. {section.title}")
        for section in interview.forms.sections
        for question in section.questions
        if interview.visible(question.id)
    ]


def _rows(session: SystemSession) -> list[Target]:
    section = next((one for one in session.interview.forms.sections if one.rows is not None), None)
    if section is None:
        return []
    return [
        Target(
            "question", KEY + row.id, f"{row.place_vi} {row.name_vi}", f"{section.number}. {section.title}"
        )
        for row in session.plan.rows
    ]


def _citations(session: SystemSession) -> list[Target]:
    library = session.library
    refs = dict.fromkeys(library.index.refs(session.classification.ruleset))
    refs.update(dict.fromkeys(question.cite for question in session.interview.forms.questions))
    known = [library.citation(ref) for ref in refs if library.has_citation(ref)]
    return [Target("citation", one.ref, one.clause_vi, one.full_vi) for one in known]
