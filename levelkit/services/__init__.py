"""Services: use cases for the window and the command line; transactions, clock, progress and cancel.

The two names below are loaded on first use: SQLAlchemy and the rulesets cost time at the start.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from levelkit.services.session import SystemSession
    from levelkit.services.workspace import Workspace

__all__ = ["SystemSession", "Workspace"]


def __getattr__(name: str) -> Any:
    if name == "SystemSession":
        from levelkit.services.session import SystemSession

        return SystemSession
    if name == "Workspace":
        from levelkit.services.workspace import Workspace

        return Workspace
    raise AttributeError(name)
