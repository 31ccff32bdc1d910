"""Prove that every run-time dependency has a wheel for 64-bit Windows and Python 3.11.

pip picks files for another platform but evaluates markers for its own, so ``sys_platform == "win32"``
never holds here. This tool evaluates the markers for Windows itself and asks pip again until nothing new
turns up.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
PYTHON = "3.11"
WINDOWS = {
    "sys_platform": "win32",
    "platform_system": "Windows",
    "platform_machine": "AMD64",
    "platform_python_implementation": "CPython",
    "implementation_name": "cpython",
    "os_name": "nt",
    "python_version": PYTHON,
    "python_full_version": f"{PYTHON}.9",
}


def wanted_on_windows(specifications: list[str], extras: frozenset[str] = frozenset()) -> list[Requirement]:
    """Return the requirements whose marker holds on Windows, without that marker."""
    kept = []
    for text in specifications:
        requirement = Requirement(text)
        environments: list[dict[str, str]] = [{**WINDOWS, "extra": extra} for extra in extras or {""}]
        if requirement.marker is None or any(requirement.marker.evaluate(dict(e)) for e in environments):
            requirement.marker = None
            kept.append(requirement)
    return kept


def resolve(requirements: list[Requirement]) -> list[dict[str, Any]]:
    """Let pip choose Windows wheels; return its report. Raises CalledProcessError when one is missing."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.json")
        subprocess.run(
            [
                *(sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--quiet"),
                *(
                    "--dry-run",
                    "--ignore-installed",
                    "--report",
                    str(report),
                    "--target",
                    str(Path(folder, "target")),
                ),
                *("--platform", "win_amd64", "--implementation", "cp", "--python-version", PYTHON),
                *("--only-binary", ":all:", "--constraint", str(ROOT / "constraints.txt")),
                *map(str, requirements),
            ],
            check=True,
        )
        found: list[dict[str, Any]] = json.loads(report.read_text(encoding="utf-8"))["install"]
        return found


def closure() -> list[dict[str, Any]]:
    """Return pip's choice for every package that a Windows installation needs."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        project = tomllib.load(file)["project"]
    requirements = wanted_on_windows(project["dependencies"])
    while True:
        chosen = resolve(requirements)
        names = {canonicalize_name(item["metadata"]["name"]) for item in chosen}
        missing = [
            requirement
            for item in chosen
            for requirement in wanted_on_windows(
                item["metadata"].get("requires_dist", []), frozenset(item.get("requested_extras", []))
            )
            if canonicalize_name(requirement.name) not in names
        ]
        if not missing:
            return chosen
        requirements += missing


def main() -> int:
    """Print the Windows wheels; exit 1 when pip finds none for some package."""
    try:
        chosen = closure()
    except subprocess.CalledProcessError:
        print("Có thư viện không có bản wheel cho Windows 64-bit, Python 3.11 (xem dòng của pip ở trên).")
        return 1
    foreign = [
        name
        for item in chosen
        if not (name := item["download_info"]["url"].rpartition("/")[2]).endswith(
            ("-any.whl", "-win_amd64.whl")
        )
    ]
    if foreign:
        print("Không phải wheel dùng được trên Windows:", *foreign, sep="\n  ")
        return 1
    print(f"{len(chosen)} thư viện đều có wheel cho Windows 64-bit, Python {PYTHON}:")
    print(", ".join(sorted(f"{i['metadata']['name']} {i['metadata']['version']}" for i in chosen)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
