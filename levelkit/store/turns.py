"""Store: where several may write at once, one at a time. A file has one writer anyway."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import text

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

CODES, SHARED = 1, 2
_OURS = 0x4C564B54  # "LVKT": the first half of the number of every advisory lock


def take_turn(session: Session, what: int) -> None:
    """Wait until nobody else is about ``what``; others wait until this transaction ends."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:ours, :what)"), {"ours": _OURS, "what": what})
