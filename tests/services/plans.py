"""Systems with a plan, to test with."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from levelkit.services import SystemSession, Workspace

PASSWORD, IDLE = "TK-09", "TK-17"
"""A row with a suggested value, and one with a binding value."""
DONE = {"status": "met", "how": "Theo Quy chế."}


def at_level(workspace: Workspace, level: int, name: str = "Cổng") -> SystemSession:
    """Add a system whose level a person has proposed."""
    session = workspace.session(workspace.add_system(name))
    session.set("proposed_level", level)
    return session
