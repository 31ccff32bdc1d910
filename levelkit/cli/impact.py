"""``levelkit impact``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from levelkit.cli import output
from levelkit.cli.options import json_option, open_workspace, workspace_option

if TYPE_CHECKING:
    from levelkit.services.impact import Side


@click.command(options_metavar="[TÙY CHỌN]")
@click.option("--from", "old", metavar="BỘ", required=True, help="Bộ quy định so từ, ví dụ nd85-2016.")
@click.option("--to", "new", metavar="BỘ", required=True, help="Bộ quy định so đến, ví dụ nd331-2026.")
@workspace_option
@json_option
def impact(*, old: str, new: str, workspace: str | None, as_json: bool) -> None:
    """So cấp độ của mọi hệ thống theo hai bộ quy định: khác gì, vì sao, thời hạn chuyển tiếp nào."""
    from levelkit.services.impact import impact as judged

    bar = output.Bar()
    try:
        with open_workspace(workspace) as opened:
            found = judged(opened, old, new, lambda done, total: bar.show(f"Đã so {done}/{total} hệ thống"))
    finally:
        bar.clear()
    if as_json:
        output.write_json({"systems": [one.contract() for one in found]})
        return
    rows = [
        (one.code, _level(one.before), _level(one.after), "như nhau" if one.same else "khác", one.name)
        for one in found
    ]
    click.echo(output.table(("Mã", old, new, "", "Tên"), rows))
    for one in found:
        if one.reasons:
            click.echo(f"\n{one.code} {one.name}")
        for reason in one.reasons:
            click.echo(f"  {reason.text_vi.rstrip('.')} ({reason.cite}).")


def _level(side: Side) -> str:
    return f"cấp {side.level}" if side.level is not None else f"cấp {side.at_least}–{side.at_most}"
