"""Rounds of one kind: do the work once whole, then kill it over and over and look at what is left."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from levelkit.services import leftovers
from tests.faults.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

ROOT = Path(__file__).parents[2]
_UNFINISHED = (".part", ".lock", "-journal", ".levelkit-part-", ".levelkit-old-")
_OTHERS = "weasyprint-"
"""Copies of fonts that the layout library makes; nothing of a dossier is in them."""


class Forker:
    """The process that forks, kills and waits; ends with the block."""

    def __enter__(self) -> Forker:
        command = [sys.executable, "-m", "tests.faults.forker"]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
        )
        return self

    def __exit__(
        self, _type: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._process.communicate()

    def order(self, **order: Any) -> dict[str, Any]:
        """Have one piece of work done, or begun; return how it ended."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answer


@dataclass
class Outcome:
    """How the rounds of one kind went: ``early`` were over before their death came."""

    kind: str
    rounds: int = 0
    killed: int = 0
    early: int = 0
    at: dict[str, int] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)


class Rounds:
    """Rounds of one kind in a folder of their own."""

    def __init__(self, name: str, folder: Path, forker: Forker, seed: int) -> None:
        self._name, self._kind = name, KINDS[name]
        self._folder, self._forker = folder, forker
        self._chance = random.Random(f"{seed}/{name}")
        self._material = folder / "material"
        self._material.mkdir(parents=True)
        self._kind.prepare(self._material)
        self._whole()

    def _fresh(self, name: str) -> Path:
        folder = self._folder / name
        folder.mkdir()
        (folder / "tmp").mkdir()
        shutil.copytree(self._material, folder / "place")
        return folder

    def _whole(self) -> None:
        """Do the work undisturbed: how long it takes, and the state after each thing confirmed."""
        folder = self._fresh("whole")
        end = self._forker.order(kind=self._name, folder=str(folder), keep=True)
        error = folder / "error"
        assert end["status"] == 0, error.read_text("utf-8") if error.exists() else end
        self._seconds = float(end["seconds"])
        self._steps: dict[str, int] = json.loads((folder / "steps").read_text())
        kept = sorted((folder / "states").iterdir(), key=lambda path: int(path.name))
        shutil.copytree(self._material, folder / "first")
        self._states = [self._kind.state(path) for path in (folder / "first", *kept)]
        shutil.rmtree(folder)

    def run(self, rounds: int, told: Callable[[Outcome], None] | None = None) -> Outcome:
        """Kill that many times; ``told`` hears of every round."""
        outcome = Outcome(self._name)
        for number in range(rounds):
            death = self._death(number)
            folder = self._fresh(str(number))
            end = self._forker.order(kind=self._name, folder=str(folder), **death)
            outcome.rounds += 1
            if end["status"] == signal.SIGKILL:
                outcome.killed += 1
                how = next(iter(death))
                outcome.at[how] = outcome.at.get(how, 0) + 1
            else:
                outcome.early += 1
            try:
                with patch.dict(os.environ, LEVELKIT_CONFIG_DIR=str(folder / "config")):
                    self._look(folder)
            except Exception as error:  # every failure is told, the rounds go on
                outcome.failures.append(f"{death}: {type(error).__name__}: {error}")
            shutil.rmtree(folder, ignore_errors=True)
            if told is not None:
                told(outcome)
        return outcome

    def _death(self, number: int) -> dict[str, Any]:
        """By turns: at any moment, at any step that touches files, after any statement."""
        kinds = ["seconds", "file"] + (["sql"] if self._steps["sql"] else [])
        how = kinds[number % len(kinds)]
        if how == "seconds":
            return {how: self._chance.uniform(0, self._seconds)}
        return {how: self._chance.randint(1, self._steps[how])}

    def _look(self, folder: Path) -> None:
        error = folder / "error"
        assert not error.exists(), error.read_text("utf-8")
        said = (folder / "said").stat().st_size if (folder / "said").exists() else 0
        place = folder / "place"
        leftovers.sweep(folder / "tmp")
        leftovers.clear()
        found = self._kind.state(place)
        allowed = self._states[said : said + 2]
        assert found in allowed, f"after {said}: {_difference(found, allowed[0])}"
        self._kind.again(place)
        left = [
            str(item.relative_to(folder))
            for item in [*place.rglob("*"), *(folder / "tmp").iterdir()]
            if any(mark in item.name for mark in _UNFINISHED)
            or (item.parent == folder / "tmp" and not item.name.startswith(_OTHERS))
        ]
        assert not left, f"left behind: {', '.join(left)}"


def _difference(found: Any, wanted: Any) -> str:
    if isinstance(found, dict) and isinstance(wanted, dict):
        keys = [key for key in {*found, *wanted} if found.get(key) != wanted.get(key)]
        return "; ".join(f"{key}: {str(found.get(key))[:200]} ≠ {str(wanted.get(key))[:200]}" for key in keys)
    return f"{str(found)[:300]} ≠ {str(wanted)[:300]}"


def run_kind(name: str, rounds: int, seed: int, told: Callable[[Outcome], None]) -> Outcome:
    """Do all rounds of one kind, away from the person's own folders."""
    with tempfile.TemporaryDirectory(prefix="faults-") as folder:
        os.environ["LEVELKIT_CONFIG_DIR"] = str(Path(folder, "config"))
        with Forker() as forker:
            return Rounds(name, Path(folder, "rounds"), forker, seed).run(rounds, told)
