"""``levelkit [FILE]``: the window. Who starts the program says how a window is opened."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from levelkit.errors import UserError, WorkspaceMissing
from levelkit.services.screen import has_screen

Opener = Callable[[Path | None], int]


@click.command(name="open", hidden=True, options_metavar="[TÙY CHỌN]")
@click.argument("file", metavar="[TỆP]", required=False, type=click.Path(path_type=Path))
@click.pass_obj
def open_window(opener: Opener | None, file: Path | None) -> int:
    """Mở cửa sổ, trên TỆP nếu có ghi."""
    if file is not None and file.suffix.lower() == ".pdf":
        raise UserError(f"«{file}»: bản này chưa mở hồ sơ PDF. Hãy mở tệp .levelkit đã dùng để lập hồ sơ đó.")
    if file is not None and not _is_there(file):
        raise WorkspaceMissing(f"Không có tệp «{file}». Hãy kiểm tra đường dẫn.")
    if opener is None or not has_screen():
        raise UserError(
            "Ở đây không có màn hình nên không mở được cửa sổ. Các lệnh vẫn dùng được: levelkit --help."
        )
    return opener(file)


def _is_there(file: Path) -> bool:
    try:
        return file.exists()
    except OSError:  # too long a name, or a folder that may not be looked into
        return False
