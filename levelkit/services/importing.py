"""Services: take an organisation's inventory into a workspace: look first, then all of it or nothing."""

from __future__ import annotations

import re
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from levelkit.domain.text import join_vi
from levelkit.errors import ImportFileError, UserError
from levelkit.law import business_lines
from levelkit.questionnaire import normalise
from levelkit.services import clock
from levelkit.services.workspace import Workspace
from levelkit.sheets import Inventory, Mapping, PartLine, Problem, SystemLine, read_book, read_inventory
from levelkit.sheets.inventory import Labels, identity
from levelkit.sheets.words import key_of
from levelkit.store import Mark
from levelkit.store import shared as stored

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from levelkit.questionnaire import FormSet

State = Literal["new", "update", "unchanged", "skipped", "failed"]
OnConflict = Literal["stop", "skip", "update"]

TABLES = ("systems", "devices", "services", "zones", "connections")
SHEET_ROW, SHEET_LAYOUT, IMPORT_RUN = "sheet-row", "sheet-layout", "import-run"

_COUNTED = {
    "new": "created",
    "update": "updated",
    "unchanged": "unchanged",
    "skipped": "skipped",
    "failed": "failed",
}
_NUMBERED = re.compile(r"HT-(\d+)")
_MOST_NAMED = 5
_NOTE = "project.document"
_KNOWN_BY = ("system.name", "operator.name")


class ImportConflict(ImportFileError):
    """Values of existing systems would change, and nobody said that they may."""


@dataclass(frozen=True)
class Difference:
    """One answer that would change: the question's name, and both values in JSON."""

    question_id: str
    name: str
    before: Any
    after: Any


@dataclass
class Line:
    """One row of the file and what becomes of it.

    Attributes:
        code: the system, given or found or assigned.
        label: what the row is called.
        answers: for a system, what will be written.
        changes: for an update, what differs.
        source: the row as it was read.
    """

    table: str
    sheet: str
    row: int
    code: str | None
    label: str
    state: State
    answers: dict[str, Any] = field(default_factory=dict)
    changes: tuple[Difference, ...] = ()
    source: SystemLine | PartLine | None = None


@dataclass
class ImportPlan:
    """What an import would do. Nothing is written until :func:`apply_import`.

    Attributes:
        lines: every row that was read, in the order of the file.
        conflicts: codes of existing systems whose values would change.
        notes: what was understood by convention.
    """

    path: Path
    lines: list[Line]
    inventory: Inventory
    conflicts: tuple[str, ...]
    notes: tuple[str, ...]
    tables: dict[str, dict[str, list[dict[str, Any]]]] = field(default_factory=dict)

    @property
    def problems(self) -> list[Problem]:
        """Cells and rows that could not be taken."""
        return self.inventory.problems

    def counts(self) -> dict[str, dict[str, int]]:
        """Return created, updated, unchanged, skipped and failed rows by table."""
        found = {table: dict.fromkeys(_COUNTED.values(), 0) for table in TABLES}
        for line in self.lines:
            found[line.table][_COUNTED[line.state]] += 1
        for table in TABLES:
            found[table]["skipped"] += self.inventory.skipped.get(table, 0)
            found[table]["failed"] += self.inventory.failed.get(table, 0)
        return found

    @property
    def whole(self) -> bool:
        """Whether every row and cell could be taken."""
        return not self.problems and not any(count["failed"] for count in self.counts().values())


@contextmanager
def opened(path: Path) -> Iterator[Workspace]:
    """Open a workspace to import into; a missing one is made, and taken away again where that fails.

    Raises:
        WorkspaceError: it cannot be opened, or the place cannot be written.
    """
    made = not path.exists()
    workspace = Workspace.create(path) if made else Workspace.open(path)
    try:
        yield workspace
    except BaseException:
        workspace.close()
        if made:
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
    labels = Labels(
        {
            question.id: {option.value: option.label for option in question.options}
            for question in forms.questions
            if question.options
        },
        max(item.number for item in business_lines(None).items),
    )
    inventory = read_inventory(read_book(path, told), labels, mapping or kept_mapping(workspace), told)
    planner = _Planner(workspace, forms, inventory, on_conflict)
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
    records: dict[str, dict[str, Any] | None] = {}
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
        stored.save_records(session, SHEET_ROW, records, mark)
        stored.save_records(session, SHEET_LAYOUT, {"sheets": _layouts(plan.inventory)}, mark)
        stored.save_records(session, IMPORT_RUN, {mark.at.isoformat(): run}, mark)


def last_run(workspace: Workspace) -> tuple[str, dict[str, Any]] | None:
    """Return id and content of the last import that can be taken back, None where there is none."""
    with workspace.reading() as session:
        runs = stored.read_records(session, IMPORT_RUN)
    return max(runs.items(), default=None)


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


def _record(records: dict[str, dict[str, Any] | None], line: Line) -> None:
    source = line.source
    assert source is not None
    if isinstance(source, SystemLine):
        records[f"systems/{line.code}"] = {"sheet": source.sheet, "row": source.row, "cells": source.cells}
        return
    kept = records.setdefault(f"{line.table}/{line.code}", {"rows": []})
    assert kept is not None
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


class _Planner:
    def __init__(
        self, workspace: Workspace | None, forms: FormSet, inventory: Inventory, on_conflict: OnConflict
    ) -> None:
        self._forms = forms
        self._inventory = inventory
        self._on_conflict = on_conflict
        self._answers: dict[str, dict[str, Any]] = {}
        self._workspace = workspace
        summaries = workspace.systems() if workspace is not None else []
        self._codes = {summary.code: summary.name for summary in summaries}
        self._identities: dict[tuple[str, str], str] | None = None
        self._file_codes: dict[str, State] = {}
        self._notes: list[str] = []

    def plan(self, path: Path) -> ImportPlan:
        lines = [self._system(line) for line in self._numbered()]
        conflicts = tuple(
            line.code for line in lines if line.code and line.changes and line.code in self._codes
        )
        tables: dict[str, dict[str, list[dict[str, Any]]]] = {}
        remaining: dict[tuple[str, str], list[dict[str, Any]]] = {}
        lines += [self._part(part, tables, remaining) for part in self._inventory.parts]
        return ImportPlan(path, lines, self._inventory, conflicts, tuple(self._notes), tables)

    # Systems

    def _numbered(self) -> list[tuple[SystemLine, str | None]]:
        """Give every line its code; None for one that repeats another line of the file."""
        taken = set(self._codes) | {line.code for line in self._inventory.systems if line.code}
        numbers = [int(match[1]) for code in taken if (match := _NUMBERED.fullmatch(code or ""))]
        following = max(numbers, default=0) + 1
        seen_codes: set[str] = set()
        seen_names: set[tuple[str, str]] = set()
        found: list[tuple[SystemLine, str | None]] = []
        for line in self._inventory.systems:
            known_as = identity(line.name, line.answers.get("operator.name"))
            code = line.code
            if code is None:
                repeated = known_as in seen_names
                seen_names.add(known_as)
                code = None if repeated else self._known(known_as)
                if not repeated and code is None:
                    code, following = f"HT-{following:02d}", following + 1
            elif code in seen_codes:
                code = None
            if code is not None:
                seen_codes.add(code)
            found.append((line, code))
        return found

    def _known(self, known_as: tuple[str, str]) -> str | None:
        if self._workspace is None:
            return None
        if self._identities is None:
            self._identities = {}
            for code, name in self._codes.items():
                operator = self._existing(code).get("operator.name")
                self._identities.setdefault(identity(name, operator), code)
        return self._identities.get(known_as)

    def _existing(self, code: str) -> dict[str, Any]:
        if code not in self._answers:
            assert self._workspace is not None
            self._answers[code] = self._workspace.session(code).interview.answers
        return self._answers[code]

    def _system(self, numbered: tuple[SystemLine, str | None]) -> Line:
        source, code = numbered
        line = Line("systems", source.sheet, source.row, code, source.name, "failed", source=source)
        if code is None:
            which = f"mã «{source.code}»" if source.code else "tên và đơn vị vận hành"
            self._problem(
                source, source.code or source.name, f"dòng khác trong tệp đã có {which} này. Hãy bỏ một dòng"
            )
            return line
        answers = self._accepted(source)
        for note in source.notes:
            self._notes.append(f"{code}: {note}.")
        if code not in self._codes:
            if source.notes:
                answers.setdefault(_NOTE, "; ".join(source.notes))
            line.state, line.answers = "new", answers
        else:
            existing = self._existing(code)
            if source.code is None:  # found by its name and operator: how they are written is no change
                answers = {key: value for key, value in answers.items() if key not in _KNOWN_BY}
            line.changes = tuple(
                Difference(key, self._forms.question(key).name, existing.get(key), value)
                for key, value in answers.items()
                if existing.get(key) != value
            )
            line.answers = {change.question_id: change.after for change in line.changes}
            line.state = "unchanged" if not line.changes else "update"
            if line.changes and self._on_conflict == "skip":
                line.state, line.answers = "skipped", {}
        self._file_codes[code] = line.state
        return line

    def _accepted(self, source: SystemLine) -> dict[str, Any]:
        accepted: dict[str, Any] = {}
        for key, value in {**self._units(source), **source.answers}.items():
            try:
                taken = normalise(self._forms.question(key), value)
            except UserError as error:
                self._problem(source, str(value), str(error).rstrip("."))
                continue
            if taken is not None:
                accepted[key] = taken
        return accepted

    def _units(self, source: SystemLine) -> dict[str, Any]:
        operator = source.answers.get("operator.name")
        found: dict[str, Any] = {}
        for unit in self._inventory.units:
            if unit.role == "operator" and key_of(unit.values.get("name", "")) != key_of(operator or ""):
                continue
            found |= {
                f"{unit.role}.{key}": value
                for key, value in unit.values.items()
                if self._forms.has_question(f"{unit.role}.{key}")
            }
        return found

    # Rows of the other sheets

    def _part(
        self,
        part: PartLine,
        tables: dict[str, dict[str, list[dict[str, Any]]]],
        remaining: dict[tuple[str, str], list[dict[str, Any]]],
    ) -> Line:
        code = self._belongs(part)
        label = str(part.values.get("name") or f"{part.values.get('from')} → {part.values.get('to')}")
        line = Line(part.kind, part.sheet, part.row, code, label, "failed", source=part)
        if code is None:
            named = part.owner or join_vi(
                [f"«{part.values[end]}»" for end in ("from", "to") if end in part.values]
            )
            self._problem(
                part, named, "không có hệ thống mang mã này trong tệp hoặc trong tệp làm việc. Hãy sửa mã"
            )
            return line
        have = remaining.get((code, part.kind))
        if have is None:
            have = list(self._existing(code).get(part.kind) or []) if code in self._codes else []
            remaining[code, part.kind] = have
        same = next((row for row in have if _is_same(row, part)), None)
        if same is not None:
            have.remove(same)
            line.state = "unchanged"
        else:
            line.state = "new"
            tables.setdefault(code, {}).setdefault(part.kind, []).append(dict(part.values))
        return line

    def _belongs(self, part: PartLine) -> str | None:
        ends = [part.owner] if part.owner else [part.values.get("from"), part.values.get("to")]
        for code in ends:
            if code in self._file_codes or code in self._codes:
                return code
        return None

    def _problem(self, line: SystemLine | PartLine, value: str, message: str) -> None:
        layout = self._inventory.layouts[line.sheet]
        wanted = {"code", "from"} if isinstance(line, PartLine) or line.code else {"name"}
        heading = next(
            (layout.headings[index] for index, column in layout.columns.items() if column in wanted), ""
        )
        self._inventory.problems.append(Problem(line.sheet, line.row, heading, value, f"{message}."))


def _is_same(row: dict[str, Any], part: PartLine) -> bool:
    keys = part.columns or tuple(part.values)
    return all(row.get(key) == part.values.get(key) for key in keys)


def states(plan: ImportPlan) -> Counter[State]:
    """Return how many rows are in each state, all tables together."""
    return Counter(line.state for line in plan.lines)
