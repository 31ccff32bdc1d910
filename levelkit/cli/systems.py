"""``levelkit systems``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from levelkit.cli import output
from levelkit.cli.options import json_option, open_workspace, workspace_option

if TYPE_CHECKING:
    from levelkit.services.workspace import SystemSummary

_STATUS = {
    "draft": "đang soạn",
    "submitted": "đã gửi",
    "appraised": "đã thẩm định",
    "approved": "đã phê duyệt",
    "retired": "đã ngừng",
}


@click.command(options_metavar="[TÙY CHỌN]")
@workspace_option
@json_option
def systems(*, workspace: str | None, as_json: bool) -> None:
    """Liệt kê các hệ thống: mã, cấp độ tính được, đề xuất, phê duyệt, trạng thái, thời hạn gần nhất."""
    with open_workspace(workspace) as opened:
        found = opened.systems()
    if as_json:
        output.write_json({"systems": [summary.contract() for summary in found]})
        return
    head = ("Mã", "Cấp độ", "Đề xuất", "Phê duyệt", "Trạng thái", "Thời hạn", "Tên")
    click.echo(output.table(head, (_row(summary) for summary in found)))


def _row(summary: SystemSummary) -> tuple[object, ...]:
    if summary.computed_level is not None:
        level = f"cấp {summary.computed_level}"
    elif summary.at_least == summary.at_most:
        level = f"từ cấp {summary.at_least}, chưa chốt"
    else:
        level = f"cấp {summary.at_least}–{summary.at_most}"
    deadline = ""
    if summary.next_deadline:
        year, month, day = summary.next_deadline.split("-")
        deadline = f"{day}/{month}/{year}"
    return (
        summary.code,
        level,
        summary.proposed_level,
        summary.approved_level,
        _STATUS.get(summary.status, summary.status),
        deadline,
        summary.name,
    )
