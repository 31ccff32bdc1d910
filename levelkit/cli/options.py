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


def workspace_option(function: Any) -> Any:
    """Add ``--workspace``."""
    return click.option(
        "--workspace",
        "-w",
        "workspace",
        metavar="TỆP",
        help="Tệp làm việc (*.levelkit).",
    )(function)


def json_option(function: Any) -> Any:
    """Add ``--json``."""
    return click.option("--json", "as_json", is_flag=True, help="In đúng một đối tượng JSON ra stdout.")(
        function
    )


class WholeNumber(click.IntRange):
    """A whole number; its name stands in click's messages."""

    name = "số nguyên"


def workspace_path(given: str | None) -> Path:
    """Return which workspace is meant: the option, the variable, the default (named on stderr).

    Raises:
        UserError: it is blank, or a database address, which this version cannot open.
    """
    if given is not None and not given.strip():
        raise UserError("--workspace: phải có đường dẫn tệp, đang để trống. Hãy ghi tệp *.levelkit.")
    chosen = given or os.environ.get("LEVELKIT_WORKSPACE")
    if not chosen:
        from levelkit.services import paths

        default = paths.default_workspace()
        output.note(f"Tệp làm việc mặc định: {default}")
        return default
    if "://" in chosen:
        raise UserError(
            f"--workspace: «{chosen.partition('://')[0]}://» chưa mở được, bản này chỉ mở tệp *.levelkit. "
            "Hãy ghi đường dẫn tệp."
        )
    return Path(chosen)


def open_workspace(given: str | None) -> Workspace:
    """Open the workspace to read.

    Raises:
        WorkspaceMissing: it does not exist; nothing is made.
    """
    path = workspace_path(given)
    from levelkit.services import Workspace as Opened

    try:
        return Opened.open(path, readonly=True)
    except WorkspaceMissing:
        raise WorkspaceMissing(
            f"Không có tệp làm việc «{path}». Hãy kiểm tra --workspace, hoặc tạo tệp mẫu: "
            "levelkit sample --workspace TỆP."
        ) from None
