"""``levelkit sample``."""

from __future__ import annotations

import click

from levelkit.cli import output
from levelkit.cli.options import workspace_option, workspace_path


@click.command(options_metavar="[TÙY CHỌN]")
@workspace_option
def sample(workspace: str | None) -> None:
    """Ghi tệp làm việc mẫu: tổng công ty bưu chính hư cấu với 12 hệ thống. Tệp đã có thì dừng, mã thoát 2."""
    path = workspace_path(workspace)
    from levelkit.services.sample_workspace import write_sample

    write_sample(path)
    output.note(f"Đã ghi tệp mẫu: {path}")
