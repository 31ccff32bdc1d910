"""Command line: options and arguments that several commands share."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from levelkit.cli import output
from levelkit.errors import UserError, WorkspaceMissing

if TYPE_CHECKING:
    from levelkit.services import Workspace
    from levelkit.services.places import Place


def workspace_option(function: Any) -> Any:
    """Add ``--workspace``."""
    return click.option(
        "--workspace",
        "-w",
        "workspace",
        metavar="TỆP",
        help="Tệp làm việc (*.levelkit), hoặc địa chỉ postgresql://máy-chủ/tên của cơ sở dữ liệu chung.",
    )(function)


def json_option(function: Any) -> Any:
    """Add ``--json``."""
    return click.option("--json", "as_json", is_flag=True, help="In đúng một đối tượng JSON ra stdout.")(
        function
    )


class WholeNumber(click.IntRange):
    """A whole number; its name stands in click's messages."""

    name = "số nguyên"


def workspace_place(given: str | None) -> Place:
    """Return which workspace is meant: the option, the variable, the default (named on stderr).

    Raises:
        UserError: it is blank, or an address that cannot be read.
    """
    if given is not None and not given.strip():
        raise UserError("--workspace: phải có đường dẫn tệp, đang để trống. Hãy ghi tệp *.levelkit.")
    chosen = given or os.environ.get("LEVELKIT_WORKSPACE")
    if not chosen:
        from levelkit.services import paths

        default = paths.default_workspace()
        output.note(f"Tệp làm việc mặc định: {default}")
        return default
    if "://" not in chosen:
        return Path(chosen)
    from levelkit.services import places

    return places.place_of(chosen)


def open_workspace(given: str | None) -> Workspace:
    """Open the workspace to read.

    Raises:
        WorkspaceMissing: it does not exist; nothing is made.
    """
    place = workspace_place(given)
    from levelkit.services import Workspace as Opened

    try:
        return Opened.open(place, readonly=True)
    except WorkspaceMissing:
        if not isinstance(place, Path):
            raise
        raise WorkspaceMissing(
            f"Không có tệp làm việc «{place}». Hãy kiểm tra --workspace, hoặc tạo tệp mẫu: "
            "levelkit sample --workspace TỆP."
        ) from None
