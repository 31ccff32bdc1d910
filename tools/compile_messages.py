"""Compile the command line's message catalogue: levelkit.po becomes levelkit.mo beside it."""

from __future__ import annotations

import ast
import struct
import sys
from pathlib import Path

CATALOGUE = Path(__file__).resolve().parents[1] / "levelkit/cli/locale/vi/LC_MESSAGES/levelkit.po"


def read_po(text: str) -> dict[str, str]:
    """Return message id → translation; a plural's id holds both forms, joined by NUL as in a .mo file."""
    entries: dict[str, str] = {}
    parts: dict[str, str] = {}
    current = ""
    for line in [*text.splitlines(), ""]:
        if line.startswith("#"):
            continue
        if not line.strip():
            if parts:
                key = parts["msgid"] + (f"\0{parts['msgid_plural']}" if "msgid_plural" in parts else "")
                entries[key] = parts.get("msgstr[0]", parts.get("msgstr", ""))
            parts = {}
            continue
        said = line
        if not line.startswith('"'):
            current, _, said = line.partition(" ")
            parts[current] = ""
        parts[current] += ast.literal_eval(said)
    return entries


def compile_po(text: str) -> bytes:
    """Return the .mo file of a .po text."""
    entries = sorted((key.encode(), value.encode()) for key, value in read_po(text).items())
    number = len(entries)
    start = 28 + 16 * number
    keys, values, heads_k, heads_v = b"", b"", [], []
    for key, _ in entries:
        heads_k.append((len(key), start + len(keys)))
        keys += key + b"\0"
    for _, value in entries:
        heads_v.append((len(value), start + len(keys) + len(values)))
        values += value + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, number, 28, 28 + 8 * number, 0, start)
    index = b"".join(struct.pack("<2I", *pair) for pair in [*heads_k, *heads_v])
    return head + index + keys + values


def main() -> int:
    """Write the .mo file."""
    CATALOGUE.with_suffix(".mo").write_bytes(compile_po(CATALOGUE.read_text(encoding="utf-8")))
    return 0


if __name__ == "__main__":
    sys.exit(main())
