"""Services: one workspace with its systems: the way in for the window and the command line."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from levelkit.domain.attachment import AttachmentMeta
from levelkit.domain.plan import KEY
from levelkit.domain.text import fold, nfc
from levelkit.errors import RulesetError, UserError
from levelkit.questionnaire import FormSet, load_forms
from levelkit.services import clock, codes, leftovers, paths, rulesets
from levelkit.services.session import SystemSession
from levelkit.services.shared import SharedBook
from levelkit.store import (
    STATUSES,
    Holder,
    MadeDocument,
    Mark,
    NewSystem,
    OpenOptions,
    Server,
    StoredSystem,
    create_store,
    open_store,
    repository,
    start_store,
)
from levelkit.store import files as stored_files
from levelkit.store import shared as stored_shared

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path
    from typing import Self

    from levelkit.law import RuleLibrary
    from levelkit.store import Change, Place, Session, Store


@dataclass(frozen=True)
class SystemSummary:
    """One line of the list of systems; dates are ISO texts, levels 1 to 5 or None."""

    code: str
    name: str
    computed_level: int | None
    at_least: int
    at_most: int
    proposed_level: int | None
    approved_level: int | None
    status: str
    next_deadline: str | None
    next_deadline_for: str | None
    ruleset: str
    revision: int
    updated_at: datetime

    def contract(self) -> dict[str, Any]:
        """Return the keys of the command line's contract, in its order."""
        inside = {"ruleset", "revision", "updated_at"}
        return {key: value for key, value in asdict(self).items() if key not in inside}


@cache
def default_forms() -> FormSet:
    """Return the forms of this program, loaded once; their citations must all resolve."""
    return load_forms(rulesets.embedded_library().has_citation)


class Workspace:
    """A workspace, open: a file, or a database on a server. Close it, or use it in ``with``."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._watchers: list[Callable[[], None]] = []
        self._library: RuleLibrary | None = None
        self._libraries: dict[tuple[tuple[str, str], ...], RuleLibrary] = {}
        self._writing: Session | None = None
        self._shared: SharedBook | None = None
        self.writes = 0

    @classmethod
    def create(cls, path: Place) -> Self:
        """Make an empty workspace and open it; on a server, in an empty database.

        Raises:
            WorkspaceExists: something is there already; it is left alone.
            WorkspaceError: the folder is missing or cannot be written.
        """
        with leftovers.noted_making(path):
            create_store(path)
        return cls.open(path)

    @classmethod
    def open(cls, path: Place, *, readonly: bool = False, backup: bool = True) -> Self:
        """Open a workspace; see :attr:`readonly` and :attr:`holder` for whether it can be written.

        Raises:
            WorkspaceMissing: nothing is there.
            WorkspaceNewer: a newer program wrote it; it is left untouched.
            WorkspaceError: it is no workspace, or it is damaged; the server cannot be reached or refuses.
        """
        fallback = None if isinstance(path, Server) else paths.backup_dir(path)
        return cls(open_store(path, OpenOptions(readonly, fallback, backup)))

    @classmethod
    @contextmanager
    def making(cls, server: Server) -> Iterator[Self]:
        """Give a new workspace in an empty database; it is there at the end with all that was put in, or not.

        Raises:
            WorkspaceExists: a workspace is there already.
            WorkspaceError: the server cannot be reached or refuses, or the database is another program's.
        """
        with cls(start_store(server)) as made, made.writing():
            yield made

    @property
    def library(self) -> RuleLibrary:
        """The rulesets that new systems are judged under; read on first use, a list of systems needs none."""
        if self._library is None:
            own = {ruleset.sha256 for ruleset in rulesets.embedded_library().rulesets}
            with self.reading() as session:
                kept = stored_files.read_packages(session)
            self._library = rulesets.with_packages(data for sha256, data in kept.items() if sha256 not in own)
        return self._library

    @property
    def shared(self) -> SharedBook:
        """The measures and evidence that the systems share; read on first use."""
        if self._shared is None:
            self._shared = SharedBook(self)
        return self._shared

    @property
    def forms(self) -> FormSet:
        """The questions; read on first use."""
        return default_forms()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exc: object) -> None:
        self.close()

    @property
    def path(self) -> Place:
        """Where the file lies, or the database; as text a path, or host and database."""
        return self._store.path

    @property
    def address(self) -> str:
        """What opens it again: a path, or an address without the password."""
        place = self._store.path
        return place.kept if isinstance(place, Server) else str(place)

    @property
    def folder(self) -> Path:
        """Where to look for files that belong to it: its own folder, else the documents folder."""
        place = self._store.path
        return paths.default_workspace().parent if isinstance(place, Server) else place.parent

    @property
    def readonly(self) -> bool:
        """Whether nothing can be written."""
        return self._store.readonly

    @property
    def why_readonly(self) -> str | None:
        """Why only reading is possible, in one Vietnamese sentence."""
        return self._store.why_readonly

    @property
    def holder(self) -> Holder | None:
        """Who holds the workspace, when it is somebody else."""
        return self._store.holder

    @property
    def saved_at(self) -> datetime | None:
        """When something was last saved since opening (UTC)."""
        return self._store.saved_at

    @property
    def user(self) -> str:
        """The account whose name goes into the journal."""
        return self._store.user

    def require_writable(self) -> None:
        """Refuse to go on where nothing could be saved.

        Raises:
            WorkspaceReadOnly: says why and who holds the file.
        """
        self._store.require_writable()

    # Systems

    def systems(self) -> list[SystemSummary]:
        """Return all systems in the order they were made."""
        today = clock.today().isoformat()
        with self.reading() as session:
            return [_summary(stored, today) for stored in repository.list_systems(session)]

    def add_system(self, name: str, code: str | None = None) -> str:
        """Add a system and return its code; without one the next free HT-number is taken.

        Its reference date (``as_of``) becomes today, visible and editable.

        Raises:
            UserError: name or code cannot be taken, or the code exists.
        """
        name = nfc(name).strip()
        if not name:
            raise UserError("Tên hệ thống: phải có tên, ô đang để trống. Hãy gõ tên hệ thống.")
        with self.writing() as session:
            taken = repository.list_codes(session, claim=True)
            chosen = codes.checked(code) if code is not None else codes.next_free(taken)
            pins = rulesets.pins_of(self.library)
            first = self.library.rulesets[0]
            mark = Mark(clock.now(), self.user)
            repository.add_system(
                session, NewSystem(chosen, name, fold(name), rulesets.pin_of(first), pins), mark
            )
            self._keep_packages(session, mark.at)
            self.session(chosen).set_many({"system.name": name, "as_of": clock.today().isoformat()})
        return chosen

    def rename_system(self, code: str, name: str) -> None:
        """Give a system another name."""
        name = nfc(name).strip()
        if not name:
            raise UserError("Tên hệ thống: phải có tên, ô đang để trống. Hãy gõ tên hệ thống.")
        self.session(code).set("system.name", name)

    def change_code(self, code: str, new: str) -> None:
        """Give a system another code."""
        with self.writing() as session:
            repository.change_code(session, code, codes.checked(new), Mark(clock.now(), self.user))

    def set_status(self, code: str, status: str) -> None:
        """Say where the system's dossier stands.

        Raises:
            UserError: there is no such status.
        """
        if status not in STATUSES:
            raise UserError(f"Trạng thái: phải là một trong {', '.join(STATUSES)}. Đang ghi «{status}».")
        with self.writing() as session:
            repository.set_status(session, code, status, Mark(clock.now(), self.user))

    def remove_system(self, code: str) -> int:
        """Put a system away; :meth:`restore` brings it back by the number returned."""
        with self.writing() as session:
            return repository.remove_system(session, code, Mark(clock.now(), self.user))

    def removed(self) -> list[tuple[int, str, str]]:
        """Return number, former code and name of the systems put away."""
        with self.reading() as session:
            return [
                (stored.id, stored.code.rpartition("~")[0], stored.name)
                for stored in repository.list_systems(session, removed=True)
            ]

    def restore(self, number: int) -> str:
        """Bring a removed system back and return its code."""
        with self.writing() as session:
            return repository.restore_system(session, number, Mark(clock.now(), self.user))

    def copy_answers(self, section_id: str, from_code: str, to_code: str) -> int:
        """Take over the answers of one section from another system; return how many were written."""
        source = self.session(from_code).interview
        wanted = {question.id for question in self.forms.section(section_id).questions}
        taken = {key: value for key, value in source.answers.items() if key in wanted}
        taken.pop("system.name", None)
        return self.session(to_code).set_many(taken)

    def session(self, code: str) -> SystemSession:
        """Open one system.

        Raises:
            SystemMissing: no system has that code.
        """
        with self.reading() as session:
            stored = repository.find_system(session, code)
            answers = repository.load_answers(session, stored.id)
        return SystemSession(self, stored, answers)

    # Rulesets

    def preview_package(self, data: bytes) -> rulesets.PackagePreview:
        """Say what a ruleset package would change; nothing is kept.

        Raises:
            RulesetError: it is broken or altered.
        """
        return rulesets.preview(self.library, data)

    def outdated(self) -> list[str]:
        """Return the systems that are judged under older rules than new ones would be."""
        newest = rulesets.pins_of(self.library)
        with self.reading() as session:
            return [item.code for item in repository.list_systems(session) if item.pins != newest]

    def preview_package_file(self, path: Path) -> tuple[bytes, rulesets.PackagePreview]:
        """Read a package and say what it would change; nothing is kept.

        Raises:
            RulesetError: it cannot be read, or it is broken or altered.
        """
        try:
            data = path.read_bytes()
        except OSError as error:
            raise RulesetError(f"Không đọc được «{path}». Hãy kiểm tra tệp còn ở đó và mở được.") from error
        return data, self.preview_package(data)

    def add_package(self, data: bytes) -> None:
        """Keep a ruleset package. New systems use it; older ones keep theirs until rebased.

        Raises:
            RulesetError: it is broken or altered.
        """
        pin = rulesets.preview(self.library, data).pin
        with self.writing() as session:
            stored_files.add_package(session, pin, data, clock.now())
        self._library = None

    # Others

    def watch(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Call back from :meth:`poll` when others have written; returns the function that ends it."""
        self._watchers.append(callback)
        return lambda: self._watchers.remove(callback)

    def poll(self) -> bool:
        """Look whether others have written since the last call, and say so to those who watch; never waits.

        What systems share is read anew; an open system takes it over by its own ``refresh``. A file has one
        writer, so there it is never so.

        Raises:
            WorkspaceError: the server cannot be reached.
        """
        if self._writing is not None or not self._store.poll():
            return False
        self.writes += 1
        self._library = None
        if self._shared is not None:
            self._shared.refresh()
        for callback in tuple(self._watchers):
            callback()
        return True

    # For sessions

    def library_of(self, stored: StoredSystem) -> RuleLibrary:
        """Return the rulesets a system is judged under."""
        key = tuple(sorted(stored.pins.items()))
        if key not in self._libraries:
            with self.reading() as session:
                packages = stored_files.read_packages(session, stored.pins.values())
            self._libraries[key] = rulesets.library_for(self.library, stored.pins, packages)
        return self._libraries[key]

    def save(self, system_id: int, revision: int, change: Change, mark: Mark) -> int:
        """Write one change as a transaction and return the new revision."""
        with self.writing() as session:
            return repository.save(session, system_id, revision, change, mark)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Give one consistent state to read; inside a transaction, what it has written so far."""
        if self._writing is not None:
            self._writing.flush()
            yield self._writing
            return
        with self._store.read() as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Give one transaction; all of it is on the disk afterwards, or none.

        Work begun inside belongs to the outer transaction: whatever fails undoes the whole.
        """
        if self._writing is not None:
            yield self._writing
            self._writing.flush()
            return
        try:
            with self._store.write() as session:
                self._writing = session
                yield session
        finally:
            self._writing = None
        self.writes += 1

    def plan_sources(self) -> list[tuple[str, str, int | None, int]]:
        """Return code, name, level and number of answered rows of every system that has any."""
        with self.reading() as session:
            counted = stored_shared.count_under(session, KEY)
            return [
                (one.code, one.name, one.levels.proposed or one.levels.computed, counted[one.id])
                for one in repository.list_systems(session)
                if one.id in counted
            ]

    def plan_answers(self, code: str) -> dict[str, Any]:
        """Return the answers to the rows of another system, by question id.

        Raises:
            SystemMissing: no system has that code.
        """
        with self.reading() as session:
            stored = repository.find_system(session, code)
            return {key: value for _id, key, value in stored_shared.answers_under(session, KEY, stored.id)}

    def keep_packages(self) -> None:
        """Keep the program's rulesets in the workspace, for dossiers made under them."""
        with self.writing() as session:
            self._keep_packages(session, clock.now())

    def _keep_packages(self, session: Session, at: datetime) -> None:
        for ruleset in self.library.rulesets:
            if not stored_files.has_package(session, ruleset.sha256):
                stored_files.add_package(session, rulesets.pin_of(ruleset), ruleset.to_package(), at)

    def keep_file(self, data: bytes, name: str, media_type: str) -> AttachmentMeta:
        """Keep a file by its hash."""
        with self.writing() as session:
            kept = stored_files.add_attachment(session, data, name, media_type, clock.now())
        return AttachmentMeta(sha256=kept.sha256, name=name, media_type=media_type, size=kept.size)

    def keep_documents(self, code: str, revision: int, entries: Sequence[Mapping[str, Any]]) -> None:
        """Keep which documents were made from a revision, with their hashes: entries of a manifest."""
        made = [
            MadeDocument(
                revision,
                entry["document"],
                entry["path"].rpartition(".")[2],
                entry["sha256"],
                entry["pages"],
                entry["draft"],
            )
            for entry in entries
        ]
        with self.writing() as session:
            stored = repository.find_system(session, code)
            repository.add_documents(session, stored.id, made, Mark(clock.now(), self.user))

    def documents(self, code: str) -> list[tuple[Mark, MadeDocument]]:
        """Return which documents were made from a system, when and by whom."""
        with self.reading() as session:
            return repository.list_documents(session, repository.find_system(session, code).id)

    def file_bytes(self, sha256: str) -> bytes:
        """Return a kept file, checked against its hash."""
        with self.reading() as session:
            return stored_files.read_attachment(session, sha256)

    def close(self) -> None:
        """Close it and let others write. May be called twice."""
        self._store.close()


def _summary(stored: StoredSystem, today: str) -> SystemSummary:
    levels = stored.levels
    # What an open dossier has missed stays due; a finished one looks ahead only.
    finished = stored.status in {"approved", "retired"}
    due = [item for item in levels.deadlines if not finished or item[0] >= today]
    day, what = due[0] if due else (None, None)
    return SystemSummary(
        stored.code,
        stored.name,
        levels.computed,
        levels.at_least,
        levels.at_most,
        levels.proposed,
        levels.approved,
        stored.status,
        day,
        what,
        stored.ruleset.id,
        stored.revision,
        stored.updated_at,
    )
