"""Services: the codes of systems."""

from __future__ import annotations

import re

from levelkit.domain.text import nfc
from levelkit.errors import UserError
from levelkit.services import folder_names

_CODE = re.compile(r"[^\W_][\w.-]{0,39}")
_NUMBERED = re.compile(r"HT-(\d+)")


def checked(code: str) -> str:
    """Return a code as it is kept.

    Raises:
        UserError: it has other letters than a code may have, or names no folder.
    """
    code = nfc(code).strip()
    if not _CODE.fullmatch(code):
        raise UserError(
            f"Mã hệ thống: chỉ gồm chữ, số, dấu chấm, gạch ngang và gạch dưới, bắt đầu bằng chữ hoặc số, "
            f"tối đa 40 ký tự. Đang ghi «{code}», hãy gõ mã như HT-01."
        )
    folder_names.check(code)
    return code


def next_free(taken: list[str]) -> str:
    """Return the first free HT-number after all that are or were in use."""
    numbers = [int(match[1]) for code in taken if (match := _NUMBERED.fullmatch(code.partition("~")[0]))]
    return f"HT-{max(numbers, default=0) + 1:02d}"
