"""The command line, called in this process or in one of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING, NamedTuple

import pytest

from levelkit.cli.main import run
from levelkit.services.sample_workspace import write_sample

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class Ended(NamedTuple):
    """How a call ended: exit code, stdout, stderr."""

    code: int
    out: str
    err: str


@pytest.fixture(autouse=True)
def own_place(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings, logs and the default workspace of this test alone."""
    place = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("LEVELKIT_CONFIG_DIR", str(place / "config"))
    monkeypatch.setenv("HOME", str(place))
    monkeypatch.setenv("XDG_DOCUMENTS_DIR", str(place / "Tài liệu"))
    monkeypatch.setenv("LANGUAGE", "en")
    monkeypatch.delenv("LEVELKIT_DEBUG", raising=False)
    return place


@pytest.fixture
def levelkit(capfd: pytest.CaptureFixture[str]) -> Callable[..., Ended]:
    """Call ``levelkit`` in this process."""

    def call(*words: object) -> Ended:
        code = run([str(word) for word in words])
        out, err = capfd.readouterr()
        return Ended(code, out, err)

    return call


@pytest.fixture
def process() -> Callable[..., Ended]:
    """Call ``levelkit`` in a process of its own, with variables set or (None) taken away."""

    def call(*words: object, **variables: str | None) -> Ended:
        env = {key: value for key, value in {**os.environ, **variables}.items() if value is not None}
        command = [sys.executable, "-m", "levelkit", *map(str, words)]
        ended = subprocess.run(command, capture_output=True, env=env, check=False)
        return Ended(ended.returncode, ended.stdout.decode(), ended.stderr.decode())

    return call


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample workspace; only reading commands are run on it."""
    path = tmp_path_factory.mktemp("mẫu ữ") / "Sao Mai.levelkit"
    write_sample(path)
    return path
