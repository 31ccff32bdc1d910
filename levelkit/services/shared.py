"""Services: what the systems of a workspace share: measures, evidence, rows compared with the standard.

One firewall, one regulation, one contract is described once and serves many rows and systems. Đ30.5.a.
"""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING, Any, Protocol

from levelkit.domain.plan import KEY, Evidence, SharedMeasure, row_of
from levelkit.domain.requirement import Checked
from levelkit.domain.text import join_vi
from levelkit.errors import UserError, WorkspaceConflict
from levelkit.questionnaire import clean_long_text, clean_text
from levelkit.services import attachments, clock
from levelkit.store import Clash, Mark, repository
from levelkit.store import shared as stored

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from levelkit.domain.attachment import AttachmentMeta
    from levelkit.store import Session, SharedRecord

log = logging.getLogger("levelkit.shared")

MEASURE, EVIDENCE, CHECKED = "measure", "evidence", "checked"
_PREFIX = {MEASURE: "BP", EVIDENCE: "MC"}
_NUMBERED = re.compile(r"[A-Z]{2}-([0-9]+)")
_MOST_NAMED = 6

Use = tuple[str, str, tuple[str, ...]]
"""Code and name of a system, and its rows."""


class Host(Protocol):
    """What the shared records need of their workspace."""

    @property
    def user(self) -> str:
        """Whose name goes into the journal."""
        ...

    @property
    def writes(self) -> int:
        """Grows with every change of any system."""
        ...

    def require_writable(self) -> None:
        """Refuse where nothing can be saved."""
        ...

    def reading(self) -> AbstractContextManager[Session]:
        """Give one consistent state to read."""
        ...

    def writing(self) -> AbstractContextManager[Session]:
        """Give one transaction."""
        ...

    def keep_file(self, data: bytes, name: str, media_type: str) -> AttachmentMeta:
        """Keep a file by its hash."""
        ...


class SharedBook:
    """The shared records of one workspace, read once and kept in step with the disk."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self._measures: dict[str, SharedMeasure] = {}
        self._evidence: dict[str, Evidence] = {}
        self._checked: dict[tuple[int, str], Checked] = {}
        self._taken: set[str] = set()
        self._revisions: dict[tuple[str, str], int] = {}
        self._lost: set[str] = set()  # removed by others: whoever was writing one may bring it back
        self._observers: list[Callable[[], None]] = []
        self._used: tuple[int, dict[str, list[Use]]] | None = None
        self._naming: dict[int, tuple[int, dict[str, tuple[str, ...]]]] = {}
        self.state = 0
        self._read()

    # Reading

    @property
    def measures(self) -> tuple[SharedMeasure, ...]:
        """All measures, by number."""
        return tuple(self._measures.values())

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """All evidence, by number."""
        return tuple(self._evidence.values())

    def measure(self, measure_id: str) -> SharedMeasure:
        """Return a measure; raises KeyError."""
        return self._measures[measure_id]

    def proof(self, evidence_id: str) -> Evidence:
        """Return a proof; raises KeyError."""
        return self._evidence[evidence_id]

    def has(self, record_id: str) -> bool:
        """Whether a measure or a proof of that id is there."""
        return record_id in self._measures or record_id in self._evidence

    def checked(self, row_id: str, level: int, edition_vi: str) -> Checked | None:
        """Return who compared a row of a level with this edition of the standard, None where nobody has."""
        found = self._checked.get((level, row_id))
        return found if found is not None and found.edition_vi == edition_vi else None

    def uses(self, record_id: str) -> tuple[Use, ...]:
        """Return the systems and rows that name a measure, or a proof itself or through a measure."""
        if self._used is None or self._used[0] != self._host.writes:
            self._used = (self._host.writes, self._index())
        if record_id in self._measures:
            return tuple(self._used[1].get(record_id, ()))
        ids = [record_id, *(one.id for one in self.measures if record_id in one.evidence)]
        rows: dict[tuple[str, str], dict[str, None]] = {}
        for one in ids:
            for code, name, named in self._used[1].get(one, ()):
                rows.setdefault((code, name), {}).update(dict.fromkeys(named))
        return tuple((*system, tuple(sorted(named))) for system, named in sorted(rows.items()))

    # Writing

    def save_measure(self, measure: SharedMeasure) -> str:
        """Keep a measure and return its id; an empty id takes the next number.

        Raises:
            WorkspaceConflict: somebody else has changed it meanwhile; theirs stands here now, saving again
                replaces it.
            UserError: it has no title or no text, or names evidence that is not there.
            KeyError: no measure has that id.
        """
        cleaned = measure.model_copy(
            update={
                "title": clean_text(measure.title),
                "text": clean_long_text(measure.text),
                "unit": clean_text(measure.unit),
                "evidence": tuple(dict.fromkeys(measure.evidence)),
            }
        )
        if not cleaned.title:
            raise UserError("Biện pháp dùng chung: phải có tên, ô đang để trống. Hãy gõ tên biện pháp.")
        if not cleaned.text:
            raise UserError(
                f"Biện pháp «{cleaned.title}»: phải có mô tả, ô đang để trống. Hãy gõ cách thực hiện."
            )
        missing = [one for one in cleaned.evidence if one not in self._evidence]
        if missing:
            raise UserError(
                f"Biện pháp «{cleaned.title}»: không có minh chứng {missing[0]}. Hãy chọn lại trong danh mục."
            )
        return self._save(MEASURE, cleaned, self._measures)

    def save_evidence(self, evidence: Evidence) -> str:
        """Keep a proof and return its id; an empty id takes the next number.

        Raises:
            UserError: it has no title, or expires before it is dated.
            KeyError: no proof has that id.
        """
        cleaned = evidence.model_copy(
            update={
                **{key: clean_text(getattr(evidence, key)) for key in ("title", "number", "issuer", "link")},
                "note": clean_long_text(evidence.note),
            }
        )
        if not cleaned.title:
            raise UserError("Minh chứng: phải có tên, ô đang để trống. Hãy gõ tên văn bản hoặc tệp.")
        if cleaned.dated and cleaned.expires and cleaned.expires < cleaned.dated:
            raise UserError(
                f"Minh chứng «{cleaned.title}»: ngày hết hạn phải từ ngày ban hành trở đi. "
                "Hãy sửa một trong hai ngày."
            )
        return self._save(EVIDENCE, cleaned, self._evidence)

    def fill(self, measures: Iterable[SharedMeasure], evidence: Iterable[Evidence]) -> None:
        """Keep many records under the ids that they bring, each kind as one transaction."""
        for kind, records in ((EVIDENCE, tuple(evidence)), (MEASURE, tuple(measures))):
            self._write(kind, {one.id: _body(one) for one in records})

    def attach(self, path: Path) -> AttachmentMeta:
        """Read a file and keep it in the workspace, for a proof to name.

        Raises:
            UserError: it cannot be read, is empty or too large, or is of a kind that proves nothing here.
        """
        self._host.require_writable()
        name, media_type, data = attachments.read_proof(path)
        return self._host.keep_file(data, name, media_type)

    def remove_measure(self, measure_id: str) -> None:
        """Take a measure away.

        Raises:
            UserError: rows name it; says where.
        """
        self._refuse_used(f"Biện pháp «{self.measure(measure_id).title}»", self.uses(measure_id))
        self._write(MEASURE, {measure_id: None})

    def remove_evidence(self, evidence_id: str) -> None:
        """Take a proof away; the attached file stays, other answers may hold it.

        Raises:
            UserError: rows or measures name it; says where.
        """
        title = f"Minh chứng «{self.proof(evidence_id).title}»"
        naming = [one.id for one in self.measures if evidence_id in one.evidence]
        if naming:
            raise UserError(f"{title}: biện pháp {join_vi(naming)} đang dùng. Hãy gỡ ở đó trước khi xoá.")
        self._refuse_used(title, self.uses(evidence_id))
        self._write(EVIDENCE, {evidence_id: None})

    def mark_checked(self, row_ids: Sequence[str], level: int, edition_vi: str) -> None:
        """Record that this user compared rows of a level with the official text, today."""
        value = {"by": self._host.user, "on": clock.today().isoformat(), "edition_vi": edition_vi}
        self._write(CHECKED, {f"{level}/{row_id}": value for row_id in row_ids})

    def unmark_checked(self, row_ids: Sequence[str], level: int) -> None:
        """Take that mark back."""
        self._write(CHECKED, dict.fromkeys((f"{level}/{row_id}" for row_id in row_ids), None))

    def subscribe(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Call back after every change; returns the function that ends it."""
        self._observers.append(callback)
        return lambda: self._observers.remove(callback)

    # Inside

    def _save(
        self, kind: str, record: SharedMeasure | Evidence, known: Mapping[str, SharedMeasure | Evidence]
    ) -> str:
        if record.id:
            if record.id not in known and record.id not in self._lost:
                raise KeyError(record.id)
            self._write(kind, {record.id: _body(record)})
            return record.id
        while True:
            numbered = _next_id(_PREFIX[kind], self._taken)
            try:
                self._write(kind, {numbered: _body(record)})
            except WorkspaceConflict:
                if numbered not in self._taken:
                    raise
                continue  # somebody else has just taken that number
            return numbered

    def _write(self, kind: str, values: Mapping[str, dict[str, Any] | None]) -> None:
        self._host.require_writable()
        # A mark of who compared a row is nobody's text: the last one stands.
        bases = None if kind == CHECKED else {one: self._revisions.get((kind, one), 0) for one in values}
        try:
            with self._host.writing() as session:
                mark = Mark(clock.now(), self._host.user)
                changed = stored.save_records(session, kind, values, mark, bases)
        except WorkspaceConflict as error:
            self.refresh()
            raise _overtaken(error) from error
        if changed:
            self._changed()

    def refresh(self) -> None:
        """Read anew what others have written."""
        before = self._revisions
        self._read()
        self._lost |= {one for _kind, one in before.keys() - self._revisions.keys()}
        if self._revisions != before:
            self._tell()

    def _changed(self) -> None:
        self._read()
        self._tell()

    def _tell(self) -> None:
        self.state += 1
        for callback in tuple(self._observers):
            callback()

    def _read(self) -> None:
        with self._host.reading() as session:
            records = stored.list_records(session, (MEASURE, EVIDENCE, CHECKED))
            # A step back, or a system that is brought back, may name what was removed: not another record.
            self._taken = stored.removed_ids(session, MEASURE) | stored.removed_ids(session, EVIDENCE)
        self._measures, self._evidence, self._checked = {}, {}, {}
        self._revisions = {(one.kind, one.id): one.revision for one in records}
        for record in sorted(records, key=lambda one: (len(one.id), one.id)):
            self._taken.add(record.id)
            try:
                self._take(record)
            except ValueError:  # another program's: it stays in the file, its number stays taken
                log.warning("shared record %s %s cannot be read", record.kind, record.id)

    def _take(self, record: SharedRecord) -> None:
        if record.kind == MEASURE:
            self._measures[record.id] = SharedMeasure.model_validate({**record.value, "id": record.id})
        elif record.kind == EVIDENCE:
            self._evidence[record.id] = Evidence.model_validate({**record.value, "id": record.id})
        else:
            level, _, row_id = record.id.partition("/")
            self._checked[int(level), row_id] = Checked.model_validate(record.value)

    def _index(self) -> dict[str, list[Use]]:
        found: dict[str, list[Use]] = {}
        with self._host.reading() as session:
            systems = repository.list_systems(session)
            for one in systems:
                known = self._naming.get(one.id)
                if known is None or known[0] != one.revision:
                    rows = stored.answers_under(session, KEY, one.id)
                    self._naming[one.id] = (one.revision, _named_in(rows))
        for one in systems:
            for record_id, row_ids in self._naming[one.id][1].items():
                found.setdefault(record_id, []).append((one.code, one.name, row_ids))
        return found

    def _refuse_used(self, what: str, uses: Iterable[Use]) -> None:
        named = [f"{code}: {_rows(rows)}" for code, _name, rows in uses]
        if named:
            raise UserError(f"{what}: đang dùng ở {'; '.join(named)}. Hãy gỡ ở các yêu cầu đó trước khi xoá.")


def _overtaken(error: WorkspaceConflict) -> WorkspaceConflict:
    clash = error.clashes[0]
    assert isinstance(clash, Clash)
    when = clash.mark.at.astimezone().strftime("%H:%M ngày %d/%m/%Y")
    done = "sửa" if clash.theirs is not None else "xoá"
    return WorkspaceConflict(
        f"{clash.subject}: {clash.mark.who} vừa {done} ở nơi khác lúc {when}, "
        "danh mục nay hiện nội dung của họ. Lưu lần nữa để thay bằng nội dung của mình, "
        "hoặc đóng để giữ của họ.",
        error.clashes,
    )


def _body(record: SharedMeasure | Evidence) -> dict[str, Any]:
    return record.model_dump(mode="json", exclude_defaults=True, exclude={"id"})


def _named_in(answers: Iterable[tuple[int, str, Any]]) -> dict[str, tuple[str, ...]]:
    """Return record → the rows of one system that name it."""
    found: dict[str, list[str]] = {}
    for _system_id, question_id, value in answers:
        row_id = row_of(question_id)
        for record_id in dict.fromkeys(_named(value)) if row_id is not None else ():
            found.setdefault(record_id, []).append(str(row_id))
    return {record_id: tuple(rows) for record_id, rows in found.items()}


def _named(answer: Any) -> list[str]:
    """Return the records that a stored answer names; another program may have stored anything."""
    lists = [answer.get(key) for key in ("measures", "evidence")] if isinstance(answer, dict) else []
    return [one for found in lists if isinstance(found, list) for one in found if isinstance(one, str)]


def _rows(rows: Sequence[str]) -> str:
    more = f" và {len(rows) - _MOST_NAMED} yêu cầu khác" if len(rows) > _MOST_NAMED else ""
    return f"{', '.join(rows[:_MOST_NAMED])}{more}"


def _next_id(prefix: str, known: Iterable[str]) -> str:
    numbers = [
        int(match[1]) for one in known if one.startswith(prefix) and (match := _NUMBERED.fullmatch(one))
    ]
    return f"{prefix}-{max(numbers, default=0) + 1:02d}"
