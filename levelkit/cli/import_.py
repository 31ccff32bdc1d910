"""``levelkit import``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from levelkit.cli import output
from levelkit.cli.options import json_option, workspace_option, workspace_place

if TYPE_CHECKING:
    from levelkit.services.import_plan import ImportPlan
    from levelkit.services.workspace import Workspace

_TABLES = {
    "systems": "hệ thống",
    "devices": "thiết bị",
    "services": "dịch vụ",
    "zones": "vùng mạng",
    "connections": "kết nối",
}
_SHOWN = 40


@click.command("import", options_metavar="[TÙY CHỌN]")
@click.argument("file", metavar="TỆP", type=click.Path(path_type=Path))
@workspace_option
@click.option("--dry-run", is_flag=True, help="Chỉ xem sẽ nhập những gì, không ghi.")
@click.option(
    "--mapping", "mapping_file", metavar="TỆP", type=click.Path(path_type=Path), help="Tệp ghép cột."
)
@click.option(
    "--on-conflict",
    type=click.Choice(["stop", "skip", "update"]),
    default="stop",
    show_default=True,
    help="Khi tệp làm thay đổi dữ liệu của hệ thống đã có: dừng, giữ dữ liệu đã có, hoặc lấy theo tệp.",
)
@json_option
def import_file(
    *,
    file: Path,
    workspace: str | None,
    dry_run: bool,
    mapping_file: Path | None,
    on_conflict: str,
    as_json: bool,
) -> int:
    """Nhập bảng kiểm kê từ tệp bảng tính (.xlsx, .xls, .ods, .csv).

    Tệp làm việc chưa có thì được tạo. Ô không đọc được để trống và được nêu tên; thoát 1 khi có ô hoặc dòng
    như vậy.
    """
    path = workspace_place(workspace)
    from levelkit.services import importing, places
    from levelkit.services.importing import apply_import, keep_mapping, plan_import
    from levelkit.services.workspace import Workspace, default_forms
    from levelkit.sheets import read_mapping

    mapping = None if mapping_file is None else read_mapping(mapping_file)
    bar = output.Bar()
    arguments: dict[str, Any] = {
        "forms": default_forms(),
        "on_conflict": on_conflict,
        "mapping": mapping,
        "told": lambda rows: bar.show(f"Đã đọc {rows} dòng"),
    }
    try:
        there = places.exists(path)
        if dry_run and not there:
            plan = plan_import(None, file, **arguments)
        elif dry_run:
            with Workspace.open(path, readonly=True) as opened:
                plan = plan_import(opened, file, **arguments)
        else:
            if not there:
                plan_import(None, file, **arguments)  # a file that cannot be read makes no workspace
            with importing.opened(path) as opened:
                opened.require_writable()
                plan = plan_import(opened, file, **arguments)
                _apply(opened, plan, bar, apply_import)
                if mapping is not None:
                    keep_mapping(opened, mapping)
    finally:
        bar.clear()
    _tell(plan, as_json=as_json, written=not dry_run)
    return 0 if plan.whole else 1


def _apply(workspace: Workspace, plan: ImportPlan, bar: output.Bar, apply: Any) -> None:
    apply(workspace, plan, lambda done, total: bar.show(f"Đã ghi {done}/{total} hệ thống"))


def _tell(plan: ImportPlan, *, as_json: bool, written: bool) -> None:
    for note in plan.notes:
        output.note(note)
    if as_json:
        output.write_json(
            {
                **plan.counts(),
                "ignored_columns": plan.inventory.ignored,
                "problems": [
                    {
                        "sheet": one.sheet,
                        "row": one.row,
                        "column": one.column,
                        "value": one.value,
                        "message": one.message,
                    }
                    for one in plan.problems
                ],
            }
        )
        return
    head = ("", "Thêm", "Sửa", "Không đổi", "Bỏ qua", "Không nhập được")
    rows = [(_TABLES[table], *count.values()) for table, count in plan.counts().items()]
    click.echo(output.table(head, rows))
    for sheet, headings in plan.inventory.ignored.items():
        click.echo(f"Trang «{sheet}», cột không đọc: {', '.join(headings)}")
    for one in plan.problems[:_SHOWN]:
        place = f"Trang «{one.sheet}», dòng {one.row}" + (f", {one.column}" if one.column else "")
        click.echo(f"{place}: {one.message} Ô đang ghi «{one.value}».")
    if len(plan.problems) > _SHOWN:
        click.echo(f"… và {len(plan.problems) - _SHOWN} ô, dòng khác; xem đủ bằng --json.")
    if not written:
        output.note("Chỉ xem trước, chưa ghi gì.")
