"""constraints.txt names a tested version for everything that pyproject.toml asks for."""

from __future__ import annotations

import ast
import re
import tomllib
from importlib.metadata import packages_distributions, version

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from .repository import ROOT, modules, tool

LINE = re.compile(r"([a-z0-9]+(?:-[a-z0-9]+)*)==([0-9][0-9a-z.]*)")


def constraints() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    matches = [LINE.fullmatch(line) for line in lines if not line.startswith("#")]
    assert None not in matches, "a constraint is name==version and nothing else: no host, no path, no marker"
    return {match.group(1): match.group(2) for match in matches if match}


def asked() -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    lists = [
        project["project"]["dependencies"],
        *project["project"]["optional-dependencies"].values(),
        project["build-system"]["requires"],
    ]
    return [Requirement(text) for texts in lists for text in texts]


def test_constraints_cover_the_project_file() -> None:
    tested = constraints()
    wrong = [str(r) for r in asked() if not r.specifier.contains(tested.get(canonicalize_name(r.name), "0"))]
    assert not wrong


def test_this_environment_has_the_tested_versions() -> None:
    """Otherwise a green run says nothing about the versions that people get."""
    here = {
        canonicalize_name(r.name) for r in asked() if r.marker is None or r.marker.evaluate({"extra": ""})
    }
    tested = constraints()
    differ = {n: (version(n), tested[n]) for n in here if n in tested and version(n) != tested[n]}
    assert not differ


def test_windows_markers_are_read_as_on_windows() -> None:
    """pip itself evaluates them for the machine it runs on."""
    wanted = tool("windows_wheels").wanted_on_windows(
        ["a>=1; sys_platform == 'win32'", "b; sys_platform != 'win32'", "c; extra == 'x'", "d[e]>2"]
    )
    assert [str(requirement) for requirement in wanted] == ["a>=1", "d[e]>2"]


def imported(*folders: str) -> set[str]:
    """Distributions that the modules under the folders import from, late imports included."""
    by_module = packages_distributions()
    found = set()
    for path in modules(*folders):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and not node.level:
                names = [node.module or ""]
            for top in (name.partition(".")[0] for name in names):
                found |= {canonicalize_name(dist) for dist in by_module.get(top, [])[:1]}
    return found


def test_what_is_imported_is_asked_for() -> None:
    """A library that only comes along with another may be gone with its next release."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    run = {canonicalize_name(Requirement(text).name) for text in project["dependencies"]}
    dev = {canonicalize_name(Requirement(text).name) for text in project["optional-dependencies"]["dev"]}
    # Shiboken is the half of PySide6 that its documentation names.
    assert imported("levelkit") - {"levelkit", "shiboken6"} <= run
    assert imported("tests", "tools") - {"levelkit", "shiboken6"} <= run | dev
