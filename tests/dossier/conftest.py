"""Fixtures of the dossier's tests; ``--update-golden`` writes the golden texts anew."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from .printed import Printed
from .verapdf import VeraPdf

GOLDEN = Path(__file__).parents[1] / "golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write tests/golden anew")


@pytest.fixture
def golden(request: pytest.FixtureRequest):
    """Compare a text with its golden file, or write it."""

    def compare(name: str, text: str) -> None:
        path = GOLDEN / f"{name}.txt"
        if request.config.getoption("--update-golden", default=False):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        assert path.is_file(), f"no golden file {path.name}: run with --update-golden and read it"
        assert text == path.read_text(encoding="utf-8")

    return compare


@pytest.fixture(scope="session")
def verapdf(tmp_path_factory: pytest.TempPathFactory) -> VeraPdf:
    return VeraPdf(tmp_path_factory.mktemp("verapdf"))


@pytest.fixture(scope="session")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Printed:
    """Documents of this run, whichever process made them."""
    base = tmp_path_factory.getbasetemp()
    # Under xdist every process has a folder of its own inside that of the run.
    return Printed((base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "printed")
