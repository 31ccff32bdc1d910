"""Build the wheel from the source archive and use it from another folder, in an environment of its own.

``python tools/wheel_check.py FOLDER`` leaves ``FOLDER/venv`` with the wheel and ``FOLDER/mau.levelkit``.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# What levelkit reads while it runs: nothing else may be shipped by accident, nothing of it may be forgotten.
PICTURES_AND_FONTS = {".svg", ".png", ".ico", ".ttf", ".icc"}
DATA = {".yaml", ".json", ".csv", ".xlsx", ".pdf", ".j2", ".html", ".css", ".qss", ".txt", ".md", ".sql"}
SUFFIXES = {".py", ".mako", ".mo", ".po"} | DATA | PICTURES_AND_FONTS
NO_SUFFIX = {"LICENSE", "NOTICE", "OFL", "py.typed"}
SHIPPED = {"levelkit": "levelkit", "forms": "levelkit/_data/forms", "templates": "levelkit/_data/templates"}


def source_files() -> dict[str, Path]:
    """Return wheel name → file for everything in the three shipped folders."""
    return {
        f"{target}/{path.relative_to(ROOT / folder).as_posix()}": path
        for folder, target in SHIPPED.items()
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".pyc"
    }


def strangers() -> list[str]:
    """Return files in the shipped folders whose kind nothing reads: drafts, backups, editors' leftovers."""
    return sorted(
        path.relative_to(ROOT).as_posix()
        for path in source_files().values()
        if path.suffix not in SUFFIXES and path.name not in NO_SUFFIX and path.name != ".keep"
    )


def differences(wheel: Path) -> list[str]:
    """Return what the wheel lacks or has beyond the three folders and its own metadata."""
    with zipfile.ZipFile(wheel) as archive:
        inside = {name for name in archive.namelist() if ".dist-info/" not in name}
    wanted = set(source_files())
    return [f"thiếu {name}" for name in sorted(wanted - inside)] + [
        f"thừa {name}" for name in sorted(inside - wanted)
    ]


def run(command: list[str], folder: Path) -> str:
    """Run one command away from the checkout, with nothing of it on the path; return what it printed."""
    environment = {k: v for k, v in os.environ.items() if k not in {"PYTHONPATH", "LEVELKIT_WORKSPACE"}}
    result = subprocess.run(
        command, cwd=folder, env=environment, check=True, stdout=subprocess.PIPE, encoding="utf-8"
    )
    return result.stdout


def use(levelkit: str, folder: Path) -> None:
    """Walk the sample through the installed program."""
    workspace = folder / "mau.levelkit"
    run([levelkit, "selfcheck"], folder)
    run([levelkit, "sample", "--workspace", str(workspace)], folder)
    systems = json.loads(run([levelkit, "systems", "--workspace", str(workspace), "--json"], folder))[
        "systems"
    ]
    levels = {item["code"]: item["computed_level"] for item in systems}
    assert {"HT-03": 3, "HT-06": 2, "HT-11": 1}.items() <= levels.items(), levels
    out = folder / "ho-so"
    answer = run(
        [levelkit, "render", "HT-11", "--workspace", str(workspace), "--out", str(out), "--json"], folder
    )
    documents = json.loads(answer)["documents"]
    for document in documents:
        raw = (out / document["path"]).read_bytes()
        assert raw.startswith(b"%PDF-"), document
    assert documents, answer
    pages = sum(document["pages"] for document in documents)
    print(f"{len(levels)} hệ thống, {len(documents)} văn bản của HT-11, {pages} trang")


def main() -> None:
    """Build, compare, install, use."""
    folder = Path(sys.argv[1]).resolve()
    if unknown := strangers():
        sys.exit("Tệp lạ trong thư mục được đóng gói: " + ", ".join(unknown))
    dist = folder / "dist"
    build = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(dist), str(ROOT)]
    subprocess.run(build, check=True, stdout=subprocess.DEVNULL)
    (wheel,) = dist.glob("*.whl")
    if wrong := differences(wheel):
        sys.exit("\n  ".join(["Gói wheel khác với mã nguồn:", *wrong]))
    venv.create(folder / "venv", with_pip=True)
    binaries = folder / "venv" / "bin"
    pip = [str(binaries / "python"), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    run([*pip, "--constraint", str(ROOT / "constraints.txt"), str(wheel)], folder)
    use(str(binaries / "levelkit"), folder)
    print(f"{wheel.name}: {wheel.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
