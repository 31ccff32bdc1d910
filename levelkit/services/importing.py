"""Services: take an organisation's inventory into a workspace: look first, then all of it or nothing."""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from levelkit.domain.text import join_vi
from levelkit.errors import ImportFileError, UserError
from levelkit.law import business_lines
from levelkit.services import clock, places, sheet_layouts
from levelkit.services.import_plan import ImportPlan, Line, OnConflict, Planner, State
from levelkit.services.workspace import Workspace
from levelkit.sheets import Inventory, Mapping, SystemLine, read_book, read_inventory
from levelkit.sheets.inventory import Labels
from levelkit.store import Mark, Server
from levelkit.store import shared as stored

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from levelkit.questionnaire import FormSet
    from levelkit.store import Place

SHEET_ROW, SHEET_LAYOUT, IMPORT_RUN = "sheet-row", "sheet-layout", "import-run"
_MOST_NAMED = 5
_AT_ONCE = 5_000
"""Records named in one statement: SQLite takes 32 766 values."""


class ImportConflict(ImportFileError):
    """Values of existing systems would change, and nobody said that they may."""


@contextmanager
def opened(path: Place) -> Iterator[Workspace]:
    """Open a workspace to import into; a missing one is made, and taken away again where that fails.

    Raises:
        WorkspaceError: it cannot be opened, or the place cannot be written.
    """
    made = not places.exists(path)
    if made and isinstance(path, Server):
        with Workspace.making(path) as workspace:
            yield workspace
        return
    workspace = Workspace.create(path) if made else Workspace.open(path)
    try:
        yield workspace
    except BaseException:
        workspace.close()
        if made and isinstance(path, Path):
            path.unlink(missing_ok=True)
        raise
    workspace.close()


def plan_import(
    workspace: Workspace | None,
    path: Path,
    *,
    forms: FormSet,
    on_conflict: OnConflict = "stop",
    mapping: Mapping | None = None,
    told: Callable[[int], None] | None = None,
) -> ImportPlan:
    """Read a file and set it against a workspace; None is an empty one. Nothing is written.

    Args:
        workspace: where it would go.
        path: the file.
        forms: the questions.
        on_conflict: what becomes of existing systems whose values would change.
        mapping: how the sheets are read; else the one kept in the workspace, else what the words tell.
        told: called with rows read so far; may raise ``Cancelled``.

    Raises:
        ImportFileError: the file cannot be read at all.
        ImportConflict: ``stop``, and values of existing systems would change.
    """
    inventory = read_inventory(
        read_book(path, told), labels_of(forms), mapping or kept_mapping(workspace), told
    )
    planner = Planner(workspace, forms, inventory, on_conflict)
    plan = planner.plan(path)
    if on_conflict == "stop" and plan.conflicts:
        named = join_vi(plan.conflicts[:_MOST_NAMED])
        more = len(plan.conflicts) - _MOST_NAMED
        raise ImportConflict(
            f"«{path.name}» làm thay đổi dữ liệu của {len(plan.conflicts)} hệ thống đã có: {named}"
            f"{f' và {more} hệ thống khác' if more > 0 else ''}. Chưa ghi gì. "
            "Hãy chạy lại với --on-conflict skip để giữ dữ liệu đã có, hoặc update để lấy theo tệp."
        )
    return plan


def labels_of(forms: FormSet) -> Labels:
    """Return what the reader of sheets has to know of the forms."""
    options = {
        question.id: {option.value: option.label for option in question.options}
        for question in forms.questions
        if question.options
    }
    return Labels(options, max(item.number for item in business_lines(None).items))


def kept_mapping(workspace: Workspace | None) -> Mapping | None:
    """Return how the organisation's sheets were read last, where somebody said so."""
    if workspace is None:
        return None
    with workspace.reading() as session:
        value = stored.read_record(session, SHEET_LAYOUT, "mapping")
    return None if value is None else Mapping.model_validate(value)


def keep_mapping(workspace: Workspace, mapping: Mapping) -> None:
    """Keep a mapping for the next import of this organisation."""
    with workspace.writing() as session:
        stored.save_records(
            session, SHEET_LAYOUT, {"mapping": mapping.model_dump()}, Mark(clock.now(), workspace.user)
        )


def apply_import(
    workspace: Workspace, plan: ImportPlan, told: Callable[[int, int], None] | None = None
) -> None:
    """Write everything that a plan holds, as one transaction: all of it, or nothing.

    Args:
        workspace: the one that the plan was made against.
        plan: from :func:`plan_import`.
        told: called with systems written and their number; may raise ``Cancelled``, which undoes the whole.
    """
    workspace.require_writable()
    run: dict[str, Any] = {"file": plan.path.name, "created": [], "before": {}}
    records: dict[str, dict[str, Any]] = {}
    work = [line for line in plan.lines if line.table == "systems" and line.state in {"new", "update"}]
    changed = {line.code: line for line in work}
    codes = list(dict.fromkeys([*(line.code for line in work), *plan.tables]))
    with workspace.writing() as session:
        for done, code in enumerate(codes):
            if told:
                told(done, len(codes))
            assert code is not None
            line = changed.get(code)
            if line is not None and line.state == "new":
                workspace.add_system(line.label, code)
                run["created"].append(code)
            opened = workspace.session(code)
            answers = dict(line.answers) if line is not None else {}
            for table, rows in plan.tables.get(code, {}).items():
                answers[table] = [*(opened.interview.answer(table) or []), *rows]
            if code not in run["created"]:
                run["before"][code] = {key: opened.interview.answer(key) for key in answers}
            opened.set_many(answers)
        for line in plan.lines:
            if line.source is not None and line.code is not None and line.state != "failed":
                _record(records, line)
        mark = Mark(clock.now(), workspace.user)
        now = _layouts(plan.inventory)
        before = stored.read_record(session, SHEET_LAYOUT, "sheets")
        layouts = sheet_layouts.merged(before, now)
        if before is not None:
            came = stored.read_records(session, SHEET_ROW)
            records = {
                key: sheet_layouts.kept(came.get(key), one, before, now) for key, one in records.items()
            }
        keys = list(records)
        for start in range(0, len(keys), _AT_ONCE):
            part = {key: records[key] for key in keys[start : start + _AT_ONCE]}
            stored.save_records(session, SHEET_ROW, part, mark)
        stored.save_records(session, SHEET_LAYOUT, {"sheets": layouts}, mark)
        runs = stored.read_records(session, IMPORT_RUN).values()
        run["number"] = max(map(_number, runs), default=0) + 1
        stored.save_records(session, IMPORT_RUN, {mark.at.isoformat(): run}, mark)


def last_run(workspace: Workspace) -> tuple[str, dict[str, Any]] | None:
    """Return id and content of the last import that can be taken back, None where there is none."""
    with workspace.reading() as session:
        runs = stored.read_records(session, IMPORT_RUN)
    return max(runs.items(), key=lambda run: (_number(run[1]), run[0]), default=None)


def _number(run: dict[str, Any]) -> int:
    # Counted, for a clock may be set back between two imports; runs of earlier programs have no number.
    return int(run.get("number", 0))


def undo_run(workspace: Workspace, run_id: str) -> None:
    """Take an import back: systems that it added go, answers that it changed return.

    Raises:
        UserError: there is no such run.
    """
    workspace.require_writable()
    with workspace.writing() as session:
        run = stored.read_record(session, IMPORT_RUN, run_id)
        if run is None:
            raise UserError("Không còn lần nhập này để hoàn tác.")
        for code in run["created"]:
            workspace.remove_system(code)
        for code, answers in run["before"].items():
            workspace.session(code).set_many(answers)
        stored.save_records(session, IMPORT_RUN, {run_id: None}, Mark(clock.now(), workspace.user))


def _record(records: dict[str, dict[str, Any]], line: Line) -> None:
    source = line.source
    assert source is not None
    if isinstance(source, SystemLine):
        records[f"systems/{line.code}"] = {"sheet": source.sheet, "row": source.row, "cells": source.cells}
        return
    kept = records.setdefault(f"{line.table}/{line.code}", {"rows": []})
    kept["rows"].append(
        {"sheet": source.sheet, "row": source.row, "values": source.values, "cells": source.cells}
    )


def _layouts(inventory: Inventory) -> dict[str, Any]:
    return {
        "sheets": [
            {
                "name": name,
                "kind": layout.kind,
                "headings": list(layout.headings.values()),
                "columns": {layout.headings[index]: column for index, column in layout.columns.items()},
            }
            for name, layout in inventory.layouts.items()
        ],
        "units": [{"sheet": unit.sheet, "row": unit.row, "cells": unit.cells} for unit in inventory.units],
    }


def states(plan: ImportPlan) -> Counter[State]:
    """Return how many rows are in each state, all tables together."""
    return Counter(line.state for line in plan.lines)
