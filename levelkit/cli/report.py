"""``levelkit report``."""

from __future__ import annotations

from pathlib import Path

import click

from levelkit.cli import output
from levelkit.cli.options import WholeNumber, open_workspace, workspace_option


@click.command(options_metavar="[TÙY CHỌN]")
@click.option("--year", metavar="NĂM", type=WholeNumber(), required=True, help="Năm của kỳ báo cáo.")
@workspace_option
@click.option(
    "--out",
    "out",
    metavar="TỆP",
    required=True,
    type=click.Path(path_type=Path),
    help="Tệp sẽ ghi; đuôi .pdf, .docx hay .xlsx chọn định dạng.",
)
@click.option(
    "--by",
    type=click.Choice(["owner", "unit"]),
    default="owner",
    show_default=True,
    help="Ai báo cáo: owner là chủ quản gửi Bộ Công an, unit là đơn vị chuyên trách gửi chủ quản.",
)
def report(*, year: int, workspace: str | None, out: Path, by: str) -> None:
    """Lập báo cáo hằng năm theo Mẫu số 08 từ danh mục hệ thống.

    Dữ liệu còn thiếu được nêu khi lập, để trống trong báo cáo.
    """
    from levelkit.services.report import missing_lines, prepare_report, write_report

    bar = output.Bar()
    try:
        with open_workspace(workspace) as opened:
            made = prepare_report(
                opened,
                year,
                "unit" if by == "unit" else "owner",
                lambda done, total: bar.show(f"Đã đọc {done}/{total} hệ thống"),
            )
        bar.show("Đang dựng báo cáo")
        write_report(made, out)
    finally:
        bar.clear()
    if made.left_out:
        output.note(f"Không đưa vào báo cáo vì đã ngừng: {', '.join(made.left_out)}.")
    if made.missing:
        output.note(f"Còn thiếu {len(made.missing)} dữ liệu, để trống trong báo cáo:")
        for line in missing_lines(made):
            output.note(f"  {line}")
    click.echo(f"Đã ghi báo cáo: {out}")
