"""Killed at a few moments of every kind of work: nothing confirmed is lost, nothing half-written stays.

``python -m tests.faults`` does the same a hundred times.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.faults.rounds import Forker, Rounds

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

QUICK = {
    "import-sample": 3,
    "import-new": 3,
    "saves": 3,
    "migrate-1": 6,
    "migrate-2": 3,
    "create": 3,
    "restore": 6,
    "outputs": 2,
    "render": 2,
}


@pytest.fixture(scope="module")
def forker() -> Iterator[Forker]:
    with Forker() as started:
        yield started


@pytest.mark.parametrize("kind", QUICK)
def test_what_was_confirmed_is_there(
    kind: str, forker: Forker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEVELKIT_CONFIG_DIR", str(tmp_path / "config"))
    outcome = Rounds(kind, tmp_path / "rounds", forker, seed=331).run(QUICK[kind])
    assert outcome.failures == []
    assert outcome.killed > 0
