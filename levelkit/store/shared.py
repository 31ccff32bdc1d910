"""Store: the records that several systems share, inside a transaction given by the caller."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from levelkit.errors import WorkspaceConflict
from levelkit.store.records import Clash, Event, Mark, SharedRecord
from levelkit.store.repository import add_events
from levelkit.store.tables import AnswerRow, EventRow, SharedRow, SystemRow
from levelkit.store.turns import SHARED, take_turn

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy.orm import Session


def list_records(session: Session, kinds: Iterable[str]) -> list[SharedRecord]:
    """Return the shared records of some kinds, by kind and id."""
    query = select(SharedRow).where(SharedRow.kind.in_(kinds)).order_by(SharedRow.kind, SharedRow.id)
    return [
        SharedRecord(row.kind, row.id, dict(row.value), row.revision, Mark(row.updated_at, row.who))
        for row in session.scalars(query)
    ]


def read_records(session: Session, kind: str) -> dict[str, dict[str, Any]]:
    """Return the records of one kind by id."""
    query = select(SharedRow.id, SharedRow.value).where(SharedRow.kind == kind).order_by(SharedRow.id)
    return {row[0]: dict(row[1]) for row in session.execute(query)}


def read_record(session: Session, kind: str, record_id: str) -> dict[str, Any] | None:
    """Return one record, None where there is none."""
    query = select(SharedRow.value).where(SharedRow.kind == kind, SharedRow.id == record_id)
    value = session.scalar(query)
    return None if value is None else dict(value)


def removed_ids(session: Session, kind: str) -> set[str]:
    """Return the ids of records of one kind that were taken away: what once named them may come back."""
    query = select(EventRow.subject).where(EventRow.what == kind, EventRow.value.is_(None)).distinct()
    return {subject for subject in session.scalars(query) if subject is not None}


def save_records(
    session: Session,
    kind: str,
    values: Mapping[str, dict[str, Any] | None],
    mark: Mark,
    bases: Mapping[str, int] | None = None,
) -> list[str]:
    """Write records of one kind, None takes one away; return the ids that changed. The journal tells each.

    Args:
        session: the transaction.
        kind: what they are.
        values: id → value.
        mark: who, and when.
        bases: id → the revision that the value was made from, 0 for a new record; without it the last one
            to write wins.

    Raises:
        WorkspaceConflict: a record is at another revision than its base, and other than the value.
    """
    take_turn(session, SHARED)
    query = select(SharedRow).where(SharedRow.kind == kind, SharedRow.id.in_(values))
    # What this transaction read before may be older than what another has written since.
    old = {row.id: row for row in session.scalars(query.execution_options(populate_existing=True))}
    if bases is not None:
        _refuse_stale(session, old, values, bases, mark)
    changed: list[str] = []
    for record_id, value in values.items():
        row = old.get(record_id)
        if value is None:
            if row is None:
                continue
            session.delete(row)
        elif row is None:
            session.add(
                SharedRow(
                    kind=kind,
                    id=record_id,
                    value=dict(value),
                    revision=1,
                    created_at=mark.at,
                    updated_at=mark.at,
                    who=mark.who,
                )
            )
        elif row.value == value:
            continue
        else:
            row.value, row.revision = dict(value), row.revision + 1
            row.updated_at, row.who = mark.at, mark.who
        changed.append(record_id)
    add_events(session, mark, [Event(kind, None, None, one, values[one]) for one in changed])
    return changed


def answers_under(
    session: Session, prefix: str, system_id: int | None = None
) -> list[tuple[int, str, dict[str, Any]]]:
    """Return system id, question id and answer of every answer whose question begins with ``prefix``.

    Removed systems are left out.
    """
    query = (
        select(AnswerRow.system_id, AnswerRow.question_id, AnswerRow.value)
        .join(SystemRow, SystemRow.id == AnswerRow.system_id)
        .where(SystemRow.removed_at.is_(None), AnswerRow.question_id.startswith(prefix, autoescape=True))
        .order_by(AnswerRow.system_id, AnswerRow.question_id)
    )
    if system_id is not None:
        query = query.where(AnswerRow.system_id == system_id)
    return [(row[0], row[1], row[2]) for row in session.execute(query)]


def count_under(session: Session, prefix: str) -> dict[int, int]:
    """Return per system how many answers begin with ``prefix``."""
    query = (
        select(AnswerRow.system_id, func.count())
        .where(AnswerRow.question_id.startswith(prefix, autoescape=True))
        .group_by(AnswerRow.system_id)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def _refuse_stale(
    session: Session,
    old: Mapping[str, SharedRow],
    values: Mapping[str, dict[str, Any] | None],
    bases: Mapping[str, int],
    mark: Mark,
) -> None:
    clashes = []
    for record_id, value in values.items():
        row, base = old.get(record_id), bases.get(record_id, 0)
        if row is None:
            if base and value is not None:  # removed meanwhile
                clashes.append(Clash(record_id, value, None, _removed(session, record_id, mark)))
        elif row.revision != base and row.value != value:
            clashes.append(Clash(record_id, value, dict(row.value), Mark(row.updated_at, row.who)))
    if clashes:
        raise WorkspaceConflict(
            f"{clashes[0].subject} vừa được {clashes[0].mark.who} sửa ở nơi khác.", tuple(clashes)
        )


def _removed(session: Session, record_id: str, default: Mark) -> Mark:
    query = (
        select(EventRow.at, EventRow.who).where(EventRow.subject == record_id).order_by(EventRow.id.desc())
    )
    found = session.execute(query.limit(1)).one_or_none()
    return default if found is None else Mark(found[0], found[1])
