"""``levelkit [FILE]``: the window."""

from __future__ import annotations

from pathlib import Path

import click

from levelkit.errors import UserError, WorkspaceMissing


@click.command(name="open", hidden=True, options_metavar="[TÙY CHỌN]")
@click.argument("file", metavar="[TỆP]", required=False, type=click.Path(path_type=Path))
def open_window(file: Path | None) -> int:
    """Mở cửa sổ, trên TỆP nếu có ghi."""
    if file is not None and file.suffix.lower() == ".pdf":
        raise UserError(f"«{file}»: bản này chưa mở hồ sơ PDF. Hãy mở tệp .levelkit đã dùng để lập hồ sơ đó.")
    if file is not None and not file.exists():
        raise WorkspaceMissing(f"Không có tệp «{file}». Hãy kiểm tra đường dẫn.")
    from levelkit.gui import app

    return app.run(file)
