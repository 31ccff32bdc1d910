"""Services: the only clock. Documents and classifications never read it."""

from __future__ import annotations

from datetime import UTC, date, datetime


def now() -> datetime:
    """Return this moment in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """Return the day on this machine's calendar."""
    return now().astimezone().date()
