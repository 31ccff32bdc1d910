"""Store: reading and writing systems and their answers inside a transaction given by the caller."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

from sqlalchemy import insert, select, update

from levelkit.errors import SystemMissing, WorkspaceConflict, WorkspaceError, WorkspaceMoved
from levelkit.store.records import Clash, Event, Levels, MadeDocument, Mark, Pin, StoredEvent, StoredSystem
from levelkit.store.tables import AnswerRow, DocumentRow, EventRow, SystemRow, TableRow
from levelkit.store.turns import CODES, take_turn

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy.orm import Session

    from levelkit.store.records import Change, NewSystem


def list_systems(session: Session, *, removed: bool = False) -> list[StoredSystem]:
    """Return the systems in the order they were made."""
    gone = SystemRow.removed_at
    query = select(SystemRow).where(gone.is_not(None) if removed else gone.is_(None)).order_by(SystemRow.id)
    return [_system(row) for row in session.scalars(query)]


def list_codes(session: Session, *, claim: bool = False) -> list[str]:
    """Return every code in use, those of removed systems included (with their ``~`` ending).

    ``claim``: nobody else gives out a code until this transaction ends.
    """
    if claim:
        take_turn(session, CODES)
    return list(session.scalars(select(SystemRow.code)))


def find_system(session: Session, code: str) -> StoredSystem:
    """Return the system with that code.

    Raises:
        SystemMissing: none has it, or it was removed.
    """
    return _system(_row(session, code))


def get_system(session: Session, system_id: int) -> StoredSystem:
    """Return a system by its row id, whatever its code is by now.

    Raises:
        SystemMissing: it was removed.
    """
    row = session.get(SystemRow, system_id, populate_existing=True)
    if row is None or row.removed_at is not None:
        raise _gone()
    return _system(row)


def add_system(session: Session, new: NewSystem, mark: Mark) -> StoredSystem:
    """Add an empty system.

    Raises:
        WorkspaceError: the code is taken.
    """
    take_turn(session, CODES)
    _refuse_taken(session, new.code)
    row = SystemRow(
        code=new.code,
        name=new.name,
        folded=new.folded,
        status="draft",
        ruleset_id=new.ruleset.id,
        ruleset_version=new.ruleset.version,
        ruleset_sha256=new.ruleset.sha256,
        ruleset_pins=dict(new.pins),
        computed_level=None,
        at_least=1,
        at_most=5,
        proposed_level=None,
        approved_level=None,
        deadlines=[],
        revision=0,
        created_at=mark.at,
        updated_at=mark.at,
        removed_at=None,
    )
    session.add(row)
    session.flush()
    add_event(session, mark, Event("system-added", row.id, 0, None, {"code": new.code}))
    return _system(row)


def change_code(session: Session, code: str, new: str, mark: Mark) -> None:
    """Give a system another code.

    Raises:
        WorkspaceError: the code is taken.
    """
    take_turn(session, CODES)
    _refuse_taken(session, new)
    row = _row(session, code)
    row.code = new
    add_event(session, mark, Event("code-changed", row.id, row.revision, None, {"code": new}))


def set_status(session: Session, code: str, status: str, mark: Mark) -> None:
    """Say where the system's dossier stands."""
    row = _row(session, code)
    row.status = status
    add_event(session, mark, Event("status", row.id, row.revision, None, status))


def remove_system(session: Session, code: str, mark: Mark) -> int:
    """Put a system away; its code becomes free. Returns its row id for :func:`restore_system`."""
    row = _row(session, code)
    row.removed_at = mark.at
    row.code = f"{code}~{row.id}"
    add_event(session, mark, Event("system-removed", row.id, row.revision, None, {"code": code}))
    return row.id


def restore_system(session: Session, system_id: int, mark: Mark) -> str:
    """Bring a removed system back, under its own code where that is still free; return the code.

    Raises:
        SystemMissing: it is not among the removed ones.
    """
    take_turn(session, CODES)
    row = session.get(SystemRow, system_id)
    if row is None or row.removed_at is None:
        raise SystemMissing("Hệ thống này không nằm trong số đã xoá.")
    wanted = row.code.rpartition("~")[0]
    taken = set(session.scalars(select(SystemRow.code)))
    code, number = wanted, 2
    while code in taken:
        code, number = f"{wanted}-{number}", number + 1
    row.code, row.removed_at = code, None
    add_event(session, mark, Event("system-restored", row.id, row.revision, None, {"code": code}))
    return code


def load_answers(session: Session, system_id: int) -> dict[str, Any]:
    """Return every answer of a system; tables as lists of rows in order."""
    query = select(AnswerRow.question_id, AnswerRow.value).where(AnswerRow.system_id == system_id)
    answers: dict[str, Any] = {row[0]: row[1] for row in session.execute(query)}
    rows = (
        select(TableRow.question_id, TableRow.value)
        .where(TableRow.system_id == system_id)
        .order_by(TableRow.question_id, TableRow.position)
    )
    for question_id, value in session.execute(rows):
        answers.setdefault(question_id, []).append(value)
    return answers


def save(session: Session, system_id: int, revision: int, change: Change, mark: Mark) -> int:
    """Write one change and return the new revision.

    Args:
        session: the transaction.
        system_id: the system's row id.
        revision: the state that the change was made from.
        change: what to write.
        mark: who, and when.

    Raises:
        WorkspaceConflict: one of these answers was changed since ``revision``; says by whom, and to what.
        WorkspaceMoved: only other answers were: what follows from all of them has to be judged anew.
        SystemMissing: the system was removed.
    """
    # The row stays locked until the end: two who write to one system follow each other.
    held = select(SystemRow.revision, SystemRow.removed_at).where(SystemRow.id == system_id)
    found = session.execute(held.with_for_update()).one_or_none()
    if found is None or found.removed_at is not None:
        raise _gone()
    if found.revision != revision:
        _refuse_stale(session, system_id, revision, change.answers)
    new = revision + 1
    values: dict[str, Any] = {
        "revision": new,
        "updated_at": mark.at,
        "name": change.name,
        "folded": change.folded,
        "ruleset_id": change.ruleset.id,
        "ruleset_version": change.ruleset.version,
        "ruleset_sha256": change.ruleset.sha256,
        "computed_level": change.levels.computed,
        "at_least": change.levels.at_least,
        "at_most": change.levels.at_most,
        "proposed_level": change.levels.proposed,
        "approved_level": change.levels.approved,
        "deadlines": [{"date": day, "for": what} for day, what in change.levels.deadlines],
    }
    if change.pins is not None:
        values["ruleset_pins"] = dict(change.pins)
    session.execute(update(SystemRow).where(SystemRow.id == system_id).values(values))
    told = _save_answers(session, system_id, change.answers, new)
    events = [Event(change.what, system_id, new, question_id, value) for question_id, value in told.items()]
    events += [Event(what, system_id, new, None, value) for what, value in change.events]
    add_events(session, mark, events)
    return new


def changed_since(session: Session, system_id: int, revision: int) -> dict[str, Mark]:
    """Return the questions whose answers were written after ``revision``, each with who did so last."""
    query = (
        select(EventRow.subject, EventRow.at, EventRow.who)
        .where(EventRow.system_id == system_id, EventRow.revision > revision, EventRow.subject.is_not(None))
        .order_by(EventRow.id)
    )
    return {row[0]: Mark(row[1], row[2]) for row in session.execute(query) if row[0] is not None}


def _refuse_stale(session: Session, system_id: int, revision: int, answers: Mapping[str, Any]) -> NoReturn:
    changed = changed_since(session, system_id, revision)
    stored = load_answers(session, system_id)
    clashes = tuple(
        Clash(question_id, value, stored.get(question_id), changed[question_id])
        for question_id, value in answers.items()
        if question_id in changed and stored.get(question_id) != value
    )
    if clashes:
        first = clashes[0].mark
        raise WorkspaceConflict(
            f"Câu trả lời này vừa được {first.who} sửa ở nơi khác sau khi mở ở đây. "
            "Hãy chọn giữ nội dung nào.",
            clashes,
        )
    raise WorkspaceMoved("Hệ thống này vừa được sửa ở nơi khác sau khi mở ở đây. Hãy lưu lại.")


def _gone() -> SystemMissing:
    return SystemMissing("Hệ thống này vừa được xoá ở nơi khác. Hãy về danh mục hệ thống.")


def add_event(session: Session, mark: Mark, event: Event) -> None:
    """Add one line to the journal."""
    add_events(session, mark, [event])


def add_events(session: Session, mark: Mark, events: Sequence[Event]) -> None:
    """Add lines to the journal."""
    if events:
        lines = [{"at": mark.at, "who": mark.who, **vars(event)} for event in events]
        session.execute(insert(EventRow), lines)


def list_events(session: Session, system_id: int | None = None) -> list[StoredEvent]:
    """Return the journal in order, of one system or of all."""
    query = select(EventRow).order_by(EventRow.id)
    if system_id is not None:
        query = query.where(EventRow.system_id == system_id)
    return [
        StoredEvent(
            row.id,
            Mark(row.at, row.who),
            Event(row.what, row.system_id, row.revision, row.subject, row.value),
        )
        for row in session.scalars(query)
    ]


def add_documents(session: Session, system_id: int, made: Iterable[MadeDocument], mark: Mark) -> None:
    """Keep which documents were made."""
    session.add_all(
        DocumentRow(
            system_id=system_id,
            revision=item.revision,
            made_at=mark.at,
            who=mark.who,
            document=item.document,
            format=item.format,
            sha256=item.sha256,
            pages=item.pages,
            draft=item.draft,
        )
        for item in made
    )


def list_documents(session: Session, system_id: int) -> list[tuple[Mark, MadeDocument]]:
    """Return the documents made from a system, in the order they were made."""
    query = select(DocumentRow).where(DocumentRow.system_id == system_id).order_by(DocumentRow.id)
    return [
        (
            Mark(row.made_at, row.who),
            MadeDocument(row.revision, row.document, row.format, row.sha256, row.pages, row.draft),
        )
        for row in session.scalars(query)
    ]


def _save_answers(
    session: Session, system_id: int, answers: Mapping[str, Any], revision: int
) -> dict[str, Any]:
    """Write what differs; return per question what the journal tells."""
    plain = select(AnswerRow).where(AnswerRow.system_id == system_id, AnswerRow.question_id.in_(answers))
    tables = select(TableRow).where(TableRow.system_id == system_id, TableRow.question_id.in_(answers))
    # What this transaction read before may be older than what another has written since.
    fresh = {"populate_existing": True}
    old_answers = {row.question_id: row for row in session.scalars(plain, execution_options=fresh)}
    old_rows: dict[str, dict[int, TableRow]] = {}
    for row in session.scalars(tables, execution_options=fresh):
        old_rows.setdefault(row.question_id, {})[row.position] = row
    told: dict[str, Any] = {}
    for question_id, value in answers.items():
        key = {"system_id": system_id, "question_id": question_id}
        is_table = isinstance(value, list) and bool(value) and isinstance(value[0], dict)
        rows = value if is_table else []
        changed = _save_rows(session, key, old_rows.get(question_id, {}), rows, revision)
        _save_answer(session, key, old_answers.get(question_id), None if is_table else value, revision)
        told[question_id] = {"rows": len(rows), "changed": changed} if is_table else value
    return told


def _save_answer(
    session: Session, key: dict[str, Any], old: AnswerRow | None, value: Any, revision: int
) -> None:
    if old is None and value is not None:
        session.add(AnswerRow(**key, value=value, revision=revision))
    elif old is not None and value is None:
        session.delete(old)
    elif old is not None:
        old.value, old.revision = value, revision


def _save_rows(
    session: Session,
    key: dict[str, Any],
    old: Mapping[int, TableRow],
    rows: Sequence[dict[str, Any]],
    revision: int,
) -> dict[str, Any]:
    changed: dict[str, Any] = {}
    for position, value in enumerate(rows):
        row = old.get(position)
        if row is None:
            session.add(TableRow(**key, position=position, value=dict(value), revision=revision))
        elif row.value != value:
            row.value, row.revision = dict(value), revision
        else:
            continue
        changed[str(position)] = value
    for position, row in old.items():
        if position >= len(rows):
            session.delete(row)
    return changed


def _refuse_taken(session: Session, code: str) -> None:
    if session.scalar(select(SystemRow.id).where(SystemRow.code == code)) is not None:
        raise WorkspaceError(f"Đã có hệ thống mang mã «{code}». Hãy chọn mã khác.")


def _row(session: Session, code: str) -> SystemRow:
    query = select(SystemRow).where(SystemRow.code == code, SystemRow.removed_at.is_(None))
    row = session.scalar(query)
    if row is None:
        codes = list(session.scalars(select(SystemRow.code).where(SystemRow.removed_at.is_(None)).limit(20)))
        have = f"Trong tệp có: {', '.join(codes)}." if codes else "Tệp chưa có hệ thống nào."
        raise SystemMissing(f"Không có hệ thống mang mã «{code}». {have}")
    return row


def _system(row: SystemRow) -> StoredSystem:
    return StoredSystem(
        row.id,
        row.code,
        row.name,
        row.status,
        Pin(row.ruleset_id, row.ruleset_version, row.ruleset_sha256),
        dict(row.ruleset_pins),
        Levels(
            row.computed_level,
            row.at_least,
            row.at_most,
            row.proposed_level,
            row.approved_level,
            tuple((item["date"], item["for"]) for item in row.deadlines),
        ),
        row.revision,
        row.created_at,
        row.updated_at,
        row.removed_at,
    )
