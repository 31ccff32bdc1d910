"""Services: what a session needs of its workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from contextlib import AbstractContextManager

    from levelkit.domain.attachment import AttachmentMeta
    from levelkit.law import RuleLibrary
    from levelkit.questionnaire import FormSet
    from levelkit.services.shared import SharedBook
    from levelkit.store import Change as StoredChange
    from levelkit.store import Mark, Session, StoredSystem


class Host(Protocol):
    """What a session needs of its workspace."""

    @property
    def library(self) -> RuleLibrary:
        """The rulesets that new systems are judged under."""
        ...

    @property
    def forms(self) -> FormSet:
        """The questions."""
        ...

    @property
    def shared(self) -> SharedBook:
        """What the systems share."""
        ...

    def reading(self) -> AbstractContextManager[Session]:
        """Give one consistent state to read."""
        ...

    def writing(self) -> AbstractContextManager[Session]:
        """Give one transaction."""
        ...

    def plan_sources(self) -> list[tuple[str, str, int | None, int]]:
        """Return code, name, level and number of answered rows of every system that has any."""
        ...

    def plan_answers(self, code: str) -> dict[str, Any]:
        """Return the answers to the rows of another system."""
        ...

    @property
    def readonly(self) -> bool:
        """Whether nothing can be saved."""
        ...

    @property
    def user(self) -> str:
        """Whose name goes into the journal."""
        ...

    def require_writable(self) -> None:
        """Refuse where nothing can be saved."""
        ...

    def library_of(self, stored: StoredSystem) -> RuleLibrary:
        """Return the rulesets of a system."""
        ...

    def save(self, system_id: int, revision: int, change: StoredChange, mark: Mark) -> int:
        """Write one change; return the new revision."""
        ...

    def keep_packages(self) -> None:
        """Keep the program's rulesets."""
        ...

    def keep_file(self, data: bytes, name: str, media_type: str) -> AttachmentMeta:
        """Keep a file by its hash."""
        ...

    def file_bytes(self, sha256: str) -> bytes:
        """Return a kept file."""
        ...

    def keep_documents(self, code: str, revision: int, entries: Sequence[Mapping[str, Any]]) -> None:
        """Keep which documents were made from a revision."""
        ...
