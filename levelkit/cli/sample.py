"""``levelkit sample``."""

from __future__ import annotations

import click

from levelkit.cli import output
from levelkit.cli.options import workspace_option, workspace_place


@click.command(options_metavar="[TÙY CHỌN]")
@workspace_option
def sample(workspace: str | None) -> None:
    """Ghi dữ liệu mẫu: tổng công ty bưu chính hư cấu với 12 hệ thống. Đã có dữ liệu thì dừng, thoát 2."""
    place = workspace_place(workspace)
    from levelkit.services.sample_workspace import write_sample

    write_sample(place)
    output.note(f"Đã ghi dữ liệu mẫu: {place}")
