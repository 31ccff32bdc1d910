"""Store: what a board of all systems needs, in few queries and without one system's answers as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import or_, select

from levelkit.store.tables import AnswerRow, DocumentRow, EventRow, SystemRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

_AT_ONCE = 500


@dataclass(frozen=True)
class Told:
    """One line of the journal about an answer, its value left out."""

    id: int
    system_id: int
    at: datetime
    subject: str


def answers_to(session: Session, question_ids: Iterable[str]) -> dict[int, dict[str, Any]]:
    """Return the answers to some questions, by system id. Tables are not among them."""
    query = (
        select(AnswerRow.system_id, AnswerRow.question_id, AnswerRow.value)
        .join(SystemRow, SystemRow.id == AnswerRow.system_id)
        .where(SystemRow.removed_at.is_(None), AnswerRow.question_id.in_(sorted(question_ids)))
    )
    found: dict[int, dict[str, Any]] = {}
    for system_id, question_id, value in session.execute(query):
        found.setdefault(system_id, {})[question_id] = value
    return found


def status_changes(session: Session) -> dict[int, list[tuple[datetime, str]]]:
    """Return when each dossier came to which status, in order, by system id."""
    query = (
        select(EventRow.system_id, EventRow.at, EventRow.value)
        .where(EventRow.what == "status", EventRow.system_id.is_not(None))
        .order_by(EventRow.id)
    )
    found: dict[int, list[tuple[datetime, str]]] = {}
    for system_id, at, value in session.execute(query):
        found.setdefault(system_id, []).append((at, value))
    return found


def answered_at(session: Session, system_ids: Sequence[int], question_ids: Iterable[str]) -> list[Told]:
    """Return when some questions of some systems were answered, in the order of the journal."""
    wanted = sorted(question_ids)
    found: list[Told] = []
    for part in _parts(system_ids):
        query = (
            select(EventRow.id, EventRow.system_id, EventRow.at, EventRow.subject)
            .where(EventRow.system_id.in_(part), EventRow.subject.in_(wanted))
            .order_by(EventRow.id)
        )
        found += [
            Told(event_id, system_id, at, subject)
            for event_id, system_id, at, subject in session.execute(query)
            if system_id is not None and subject is not None
        ]
    return found


def told_values(session: Session, event_ids: Sequence[int]) -> dict[int, Any]:
    """Return the values of lines of the journal, by their id."""
    found: dict[int, Any] = {}
    for part in _parts(event_ids):
        query = select(EventRow.id, EventRow.value).where(EventRow.id.in_(part))
        found |= {row[0]: row[1] for row in session.execute(query)}
    return found


def begun(session: Session, question_ids: Iterable[str], prefix: str) -> set[int]:
    """Return the systems with an answer to one of the questions or under the prefix, or with a document."""
    answered = select(AnswerRow.system_id).where(
        or_(
            AnswerRow.question_id.in_(sorted(question_ids)),
            AnswerRow.question_id.startswith(prefix, autoescape=True),
        )
    )
    made = select(DocumentRow.system_id)
    return set(session.scalars(answered.distinct())) | set(session.scalars(made.distinct()))


def _parts(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), _AT_ONCE):
        yield ids[start : start + _AT_ONCE]
