"""Services: what an import would do: rows set against a workspace, nothing written."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from levelkit.domain.text import join_vi
from levelkit.errors import UserError
from levelkit.questionnaire import normalise
from levelkit.services import folder_names
from levelkit.sheets import Inventory, PartLine, Problem, SystemLine
from levelkit.sheets.inventory import identity
from levelkit.sheets.layout import shown
from levelkit.sheets.words import key_of

if TYPE_CHECKING:
    from pathlib import Path

    from levelkit.questionnaire import FormSet
    from levelkit.services.workspace import Workspace
    from levelkit.sheets.inventory import Unit

State = Literal["new", "update", "unchanged", "skipped", "failed"]
OnConflict = Literal["stop", "skip", "update"]

TABLES = ("systems", "devices", "services", "zones", "connections")
_COUNTED = {
    "new": "created",
    "update": "updated",
    "unchanged": "unchanged",
    "skipped": "skipped",
    "failed": "failed",
}
_NUMBERED = re.compile(r"HT-(\d+)")
_NOTE = "project.document"
_KNOWN_BY = ("system.name", "operator.name")


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


class Planner:
    """Sets the rows of an inventory against a workspace, one by one."""

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
        """Return what becomes of every row."""
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
        named = {line.code for line in self._inventory.systems if line.code}
        taken = set(self._codes) | named
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
            if line.code is None and code in named:
                code = None  # found in the workspace, and the file has that system under its code too
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
        if code is not None and code not in self._codes and not folder_names.fits(code):
            self._problem(source, code, "mã này không dùng làm tên thư mục được. Hãy đổi mã rồi nhập lại")
            return line
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
        for key, value in {**self._units(source), **self._facts(source), **source.answers}.items():
            try:
                taken = normalise(self._forms.question(key), value)
            except KeyError:
                self._problem(source, key, "không có câu hỏi mang mã này. Hãy bỏ dòng dữ kiện này")
                continue
            except UserError as error:
                self._problem(source, str(value), str(error).rstrip("."))
                continue
            if taken is not None:
                accepted[key] = taken
        return accepted

    def _facts(self, source: SystemLine) -> dict[str, Any]:
        return {fact.question: fact.value for fact in self._inventory.facts if fact.owner == source.code}

    def _units(self, source: SystemLine) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for unit in self._inventory.units:
            if not self._concerns(unit, source):
                continue
            found |= {
                f"{unit.role}.{key}": value
                for key, value in unit.values.items()
                if self._forms.has_question(f"{unit.role}.{key}")
            }
        return found

    def _concerns(self, unit: Unit, source: SystemLine) -> bool:
        """Say whether a unit is the one of a system: by its name, or as the only one of its role."""
        named = key_of(source.answers.get(f"{unit.role}.name") or "")
        if named or unit.role == "operator":
            return named == key_of(unit.values.get("name", ""))
        return sum(one.role == unit.role for one in self._inventory.units) == 1

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
            (shown(layout.headings[index]) for index, column in layout.columns.items() if column in wanted),
            "",
        )
        self._inventory.problems.append(Problem(line.sheet, line.row, heading, value, f"{message}."))


def _is_same(row: dict[str, Any], part: PartLine) -> bool:
    keys = part.columns or tuple(part.values)
    return all(row.get(key) == part.values.get(key) for key in keys)
