"""Services: system codes as names of folders: the same on every machine a dossier is carried to."""

from __future__ import annotations

import unicodedata

from levelkit.errors import RenderError

_FORBIDDEN = '/\\:*?"<>|'
# Device names on Windows, with any ending.
_DEVICES = {"CON", "PRN", "AUX", "NUL", *(port + number for port in ("COM", "LPT") for number in "123456789")}
_MAX_BYTES = 200


def fits(code: str) -> bool:
    """Say whether a folder can bear this name, on Windows too."""
    return not (
        not code
        or code[0] in ". "
        or code[-1] in ". "
        or len(code.encode(errors="replace")) > _MAX_BYTES
        or code.partition(".")[0].rstrip().upper() in _DEVICES
        or any(letter in _FORBIDDEN or unicodedata.category(letter).startswith("C") for letter in code)
    )


def check(code: str) -> None:
    """Refuse a code that names no folder.

    Raises:
        RenderError: says which.
    """
    if not fits(code):
        # A file from elsewhere must not steer the terminal.
        shown = "".join(letter if letter.isprintable() else " " for letter in code[:80])
        raise RenderError(f"Mã hệ thống «{shown}» không dùng làm tên thư mục được. Hãy đổi mã hệ thống.")
