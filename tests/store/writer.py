"""Write to a system as services do."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from levelkit.store import Change, Levels, Mark, NewSystem, Pin, repository

if TYPE_CHECKING:
    from typing import Any

    from levelkit.store import Store, StoredSystem

PIN = Pin("nd331-2026", "2026.1", "a" * 64)


class Writer:
    """One system in an open workspace, written to as services do."""

    def __init__(self, store: Store, code: str = "HT-01") -> None:
        self.store = store
        with store.write() as session:
            new = NewSystem(code, "Cổng khách hàng", "cong khach hang", PIN, {PIN.id: PIN.sha256})
            self.system: StoredSystem = repository.add_system(session, new, self.mark)
        self.revision = 0

    @property
    def mark(self) -> Mark:
        return Mark(datetime(2026, 11, 24, 8, 0, tzinfo=UTC), "lan")

    def set(self, **answers: Any) -> int:
        change = Change(answers, Levels(), PIN, "Cổng khách hàng", "cong khach hang")
        with self.store.write() as session:
            self.revision = repository.save(session, self.system.id, self.revision, change, self.mark)
        return self.revision

    def answers(self) -> dict[str, Any]:
        with self.store.read() as session:
            return repository.load_answers(session, self.system.id)
