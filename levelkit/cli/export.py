"""``levelkit export``."""

from __future__ import annotations

from pathlib import Path

import click

from levelkit.cli import output
from levelkit.cli.options import open_workspace, workspace_option


@click.command(options_metavar="[TÙY CHỌN]")
@workspace_option
@click.option(
    "--out", "out", metavar="TỆP", required=True, type=click.Path(path_type=Path), help="Tệp .xlsx sẽ ghi."
)
def export(*, workspace: str | None, out: Path) -> None:
    """Xuất danh mục hệ thống ra tệp .xlsx, đúng các cột đã nhập; nhập lại tệp này không đổi gì."""
    from levelkit.services.exporting import export_inventory

    bar = output.Bar()
    try:
        with open_workspace(workspace) as opened:
            count = export_inventory(
                opened, out, lambda done, total: bar.show(f"Đã xuất {done}/{total} hệ thống")
            )
    finally:
        bar.clear()
    click.echo(f"Đã xuất {count} hệ thống: {out}")
