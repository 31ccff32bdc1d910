"""Services: use cases for the window and the command line; transactions, clock, progress and cancel.

These names are loaded on first use: SQLAlchemy and the rulesets cost time at the start.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from levelkit.services.session import SystemSession
    from levelkit.services.workspace import SystemSummary, Workspace

__all__ = ["SystemSession", "SystemSummary", "Workspace"]


def __getattr__(name: str) -> Any:
    if name == "SystemSession":
        from levelkit.services import session

        return session.SystemSession
    if name in __all__:
        from levelkit.services import workspace

        return getattr(workspace, name)
    raise AttributeError(name)
