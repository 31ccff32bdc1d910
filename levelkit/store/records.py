"""Store: what goes in and comes out, free of SQLAlchemy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import datetime

STATUSES = ("draft", "submitted", "appraised", "approved", "retired")


@dataclass(frozen=True)
class Pin:
    """A ruleset a dossier is judged under: id, version, content hash (SHA-256, hex)."""

    id: str
    version: str
    sha256: str


@dataclass(frozen=True)
class Levels:
    """What a list shows; ``computed`` is None while the level is open.

    ``deadlines`` are pairs of an ISO date and what falls due then, earliest first.
    """

    computed: int | None = None
    at_least: int = 1
    at_most: int = 5
    proposed: int | None = None
    approved: int | None = None
    deadlines: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Mark:
    """Who writes, and when."""

    at: datetime
    who: str


@dataclass(frozen=True)
class Clash:
    """The same thing written twice from one state; ``theirs`` is stored, None where it was taken away.

    ``subject`` is a question id or a shared record's; ``mark`` says who wrote theirs, and when.
    """

    subject: str
    mine: Any
    theirs: Any
    mark: Mark


@dataclass(frozen=True)
class NewSystem:
    """A system to add; ``pins`` maps every ruleset id to the hash it will be judged under."""

    code: str
    name: str
    folded: str
    ruleset: Pin
    pins: dict[str, str]


@dataclass(frozen=True)
class StoredSystem:
    """One system as stored, without its answers."""

    id: int
    code: str
    name: str
    status: str
    ruleset: Pin
    pins: dict[str, str]
    levels: Levels
    revision: int
    created_at: datetime
    updated_at: datetime
    removed_at: datetime | None


@dataclass(frozen=True)
class Change:
    """What one transaction writes to a system.

    ``answers`` maps a question to its new value, None to take the answer away; a list of mappings is a
    table, stored row by row. ``name`` is the system's name after the change, folded by ``folded``.
    """

    answers: dict[str, Any]
    levels: Levels
    ruleset: Pin
    name: str
    folded: str
    what: str = "answer"
    events: tuple[tuple[str, Any], ...] = ()
    pins: dict[str, str] | None = None


@dataclass(frozen=True)
class StoredFile:
    """An attached file's description; the bytes are read apart."""

    sha256: str
    name: str
    media_type: str
    size: int


@dataclass(frozen=True)
class SharedRecord:
    """A record of the workspace itself: ``kind`` is ``measure``, ``evidence`` or ``checked``.

    ``revision`` counts its own changes, 1 when new; ``mark`` says who wrote it last.
    """

    kind: str
    id: str
    value: dict[str, Any]
    revision: int
    mark: Mark


@dataclass(frozen=True)
class Event:
    """What happened; ``subject`` is a question id or a shared record's where one is concerned."""

    what: str
    system_id: int | None
    revision: int | None
    subject: str | None = None
    value: Any = None


@dataclass(frozen=True)
class StoredEvent:
    """One line of the journal."""

    id: int
    mark: Mark
    event: Event


@dataclass(frozen=True)
class MadeDocument:
    """A document made from one revision; ``pages`` is None where nobody counted them."""

    revision: int
    document: str
    format: str
    sha256: str
    pages: int | None
    draft: bool
