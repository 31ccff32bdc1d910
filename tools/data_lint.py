"""Lint what is data: YAML by yamllint; YAML, templates and documents for encoding and normal form.

Vietnamese text must be NFC, or searching and comparing it fails on letters that look alike.
"""

from __future__ import annotations

import subprocess
import sys
import unicodedata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = ("forms", "templates", "levelkit", "tests", "docs", "packaging")
TEXT = {
    ".yaml",
    ".yml",
    ".j2",
    ".html",
    ".css",
    ".qss",
    ".md",
    ".py",
    ".csv",
    ".desktop",
    ".xml",
    ".svg",
    ".json",
}


def text_problems(raw: bytes) -> list[str]:
    """Return what is wrong with the bytes of one text file, as «line: what»."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return [f"byte {error.start}: không phải UTF-8"]
    problems = []
    if text.startswith("\ufeff"):
        problems.append("1: có BOM ở đầu tệp")
    if "\r" in text:
        problems.append(f"{text[: text.index(chr(13))].count(chr(10)) + 1}: xuống dòng bằng CR")
    if text and not text.endswith("\n"):
        problems.append(f"{text.count(chr(10)) + 1}: thiếu ký tự xuống dòng ở cuối tệp")
    problems += [
        f"{number}: chữ chưa ở dạng NFC"
        for number, line in enumerate(text.splitlines(), 1)
        if not unicodedata.is_normalized("NFC", line)
    ]
    return problems


def main() -> int:
    """Print every problem; exit 1 when there is one."""
    files = sorted(
        path
        for folder in FOLDERS
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and path.suffix in TEXT
    )
    problems = [
        f"{path.relative_to(ROOT)}:{problem}"
        for path in files
        for problem in text_problems(path.read_bytes())
    ]
    for problem in problems:
        print(problem)
    yaml = [str(path.relative_to(ROOT)) for path in files if path.suffix in {".yaml", ".yml"}]
    status = 0
    if yaml:
        command = [sys.executable, "-m", "yamllint", "--strict", "-c", ".yamllint.yaml", *yaml]
        status = subprocess.run(command, cwd=ROOT, check=False).returncode
    print(f"{len(files)} tệp chữ, {len(yaml)} tệp YAML")
    return 1 if problems or status else 0


if __name__ == "__main__":
    sys.exit(main())
