"""Services: a file that a person asked for is written beside its place and renamed, or not at all."""

from __future__ import annotations

import os
import secrets
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from levelkit.errors import UserError
from levelkit.services import leftovers
from levelkit.store import sqlite

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def written_beside(path: Path) -> Iterator[Path]:
    """Give a place to write in; it takes the file's name at the end, or vanishes.

    Raises:
        UserError: the place cannot be written; what stood there before stands there still.
    """
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        if path.is_dir():
            raise UserError(f"«{path}» là thư mục. Hãy ghi tên tệp.")
        with leftovers.noted(part):
            yield part
            with part.open("rb+") as file:
                os.fsync(file.fileno())
            part.replace(path)
        sqlite.sync_folder(path.parent)
    except OSError as error:
        raise UserError(
            f"Không ghi được «{path}». Hãy kiểm tra thư mục còn đó, còn chỗ trống, "
            "và tệp không đang mở ở chương trình khác."
        ) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
