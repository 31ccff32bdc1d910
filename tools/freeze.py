"""Write constraints.txt: the versions in this environment that levelkit and its development set need.

Run it after the whole check has passed with new versions: ``.venv/bin/python tools/freeze.py``.
Packages that only Windows needs are asked of pip: they cannot be installed elsewhere.
"""

from __future__ import annotations

import sys
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from windows_wheels import closure

FILE = Path(__file__).resolve().parents[1] / "constraints.txt"
HEAD = """\
# Các phiên bản đã chạy qua ./check. Ghi lại bằng: .venv/bin/python tools/freeze.py
"""


def installed() -> dict[str, str]:
    """Return name → version of everything that levelkit[dev] needs here."""
    found: dict[str, str] = {}
    seen: set[tuple[str, str]] = set()
    queue = [("levelkit", ""), ("levelkit", "dev")]
    while queue:
        name, extra = queue.pop()
        if (name, extra) in seen:
            continue
        seen.add((name, extra))
        try:
            dist = distribution(name)
        except PackageNotFoundError:
            sys.exit(f"Chưa cài {name}: chạy ./check trước.")
        found[name] = dist.version
        for text in dist.requires or []:
            requirement = Requirement(text)
            if requirement.marker is None or requirement.marker.evaluate({"extra": extra}):
                child = canonicalize_name(requirement.name)
                queue += [(child, ""), *((child, more) for more in requirement.extras)]
    del found["levelkit"]
    return found


def main() -> None:
    """Write the file: installed versions, and those that pip takes for Windows."""
    versions = installed()
    lines = [f"{name}=={version}\n" for name, version in sorted(versions.items())]
    FILE.write_text(HEAD + "".join(lines), encoding="utf-8")
    windows = {canonicalize_name(i["metadata"]["name"]): i["metadata"]["version"] for i in closure()}
    # Without a marker: pip drops a constraint whose marker fails here, also when it chooses for Windows.
    lines += [f"{name}=={windows[name]}\n" for name in set(windows) - set(versions)]
    FILE.write_text(HEAD + "".join(sorted(lines)), encoding="utf-8")
    print(f"{len(lines)} phiên bản trong {FILE.name}")


if __name__ == "__main__":
    main()
