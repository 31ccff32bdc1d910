"""The board of a database that several people write into: the same as of a file."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from levelkit.resources import package_dir
from levelkit.services import Workspace
from levelkit.services.board import board, count_gaps
from levelkit.services.importing import apply_import, plan_import
from levelkit.store.server import parse

if TYPE_CHECKING:
    from pathlib import Path

    from tests.postgres_server import PostgresServer

SHEET = package_dir("samples") / "kiem-ke-sao-mai.xlsx"
TODAY = date(2026, 12, 2)


def filled(workspace: Workspace) -> Workspace:
    apply_import(workspace, plan_import(workspace, SHEET, forms=workspace.forms))
    workspace.session("HT-01").set("system.function", "Chức năng trước")
    workspace.set_status("HT-01", "approved")
    workspace.session("HT-01").set("system.function", "Chức năng sau")
    return workspace


def test_a_database_has_the_board_of_a_file(postgres: PostgresServer, database: str, tmp_path: Path) -> None:
    with (
        Workspace.create(tmp_path / "tep.levelkit") as of_file,
        Workspace.open(parse(postgres.uri(database))) as of_database,
    ):
        one, other = (board(filled(workspace), TODAY) for workspace in (of_file, of_database))
        assert (one.bars, one.dues, one.owners) == (other.bars, other.dues, other.owners)
        assert [review.cite for review in one.reviews] == [review.cite for review in other.reviews]
        assert "nd331-2026:10.2.b" in {review.cite for review in other.reviews}
        told: list[str] = []
        count_gaps(of_database, ["HT-01", "HT-02"], lambda _done, _whole, code, _gaps: told.append(code))
        assert told == ["HT-01", "HT-02"]
