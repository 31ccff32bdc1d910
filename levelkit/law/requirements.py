"""Law: the baseline requirements of a ruleset (Đ30), one set per level, each read when first asked for."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import Field, model_validator

from levelkit.domain.base import Model
from levelkit.domain.citation import clause_key
from levelkit.domain.requirement import (
    BaselineRequirement,
    Change,
    Checked,
    Confidence,
    Kind,
    Nature,
    OldClause,
    RequirementGroup,
    RequirementSet,
    Sense,
    SuggestedValue,
    Value,
)
from levelkit.errors import RulesetError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

T = TypeVar("T")

FOLDER = "requirements"
LEVELS = (1, 2, 3, 4, 5)
FILES = (
    *(f"{FOLDER}/level-{level}.yaml" for level in LEVELS),
    f"{FOLDER}/standard.yaml",
    f"{FOLDER}/values.yaml",
    f"{FOLDER}/old-standard.yaml",
)

_ID = re.compile(r"([A-Z]{2,3})-[0-9]{2}")


class StandardFile(Model):
    """``standard.yaml``: the edition of the standard, and the places of the decree that the sets answer."""

    edition_vi: str
    headings_under: tuple[str, ...]
    plan_under: str
    outside: str
    open_points_vi: tuple[str, ...]


class ValueRow(Model):
    """``values.yaml``: how a value is called and compared."""

    label_vi: str
    unit_vi: str = ""
    sense: Sense
    parts_vi: dict[str, str] = Field(default_factory=dict)

    def problem(self, value: Value) -> str | None:
        """Return why a value is not of this sense, None when it is."""
        if self.sense in {"at_most", "at_least"} and (isinstance(value, bool) or not isinstance(value, int)):
            return "phải là một số nguyên"
        if (self.sense == "includes") != isinstance(value, tuple):
            return "phải là một danh sách" if self.sense == "includes" else "không phải một danh sách"
        unknown = [part for part in value if part not in self.parts_vi] if isinstance(value, tuple) else []
        return f"có phần lạ: {', '.join(unknown)}" if unknown else None


class RequirementRow(Model):
    """One requirement as written; ``checked`` stands in every row: no mark is left out by accident."""

    id: str = Field(pattern=r"^[A-Z]{2,3}-[0-9]{2}$")
    clause: str
    name_vi: str = Field(min_length=1)
    summary_vi: str = Field(min_length=1)
    kind: Kind
    headings: tuple[str, ...] = ()
    plan: tuple[str, ...] = ()
    nature: Nature
    condition_vi: str = ""
    equivalent: bool = False
    values: dict[str, Value] = Field(default_factory=dict)
    suggested: dict[str, Value] = Field(default_factory=dict)
    evidence_vi: str = Field(min_length=1)
    change: Change
    bullet: bool = False
    see: tuple[str, ...] = ()
    confidence: Confidence
    checked: Checked | None

    @model_validator(mode="after")
    def _fits(self) -> RequirementRow:
        if (self.nature == "conditional") != bool(self.condition_vi):
            raise ValueError("«condition_vi» đi cùng nature: conditional, và chỉ cùng nó")
        if (self.kind == "reference") != (self.nature == "reference"):
            raise ValueError("kind: reference và nature: reference đi cùng nhau")
        if (self.kind == "reference") == bool(self.headings and self.plan):
            raise ValueError("yêu cầu cần «headings» và «plan»; dòng tham khảo thì không")
        if set(self.values) & set(self.suggested):
            raise ValueError("một giá trị chỉ ở «values» hoặc ở «suggested»")
        return self


class GroupRow(Model):
    """A group of a level as written."""

    id: str = Field(pattern=r"^[A-Z]{2,3}$")
    clause: str
    name_vi: str = Field(min_length=1)
    meaning_vi: str = Field(min_length=1)
    grows_vi: str = Field(min_length=1)
    kind: Kind
    headings: tuple[str, ...] = Field(min_length=1)
    plan: tuple[str, ...] = Field(min_length=1)
    confidence: Confidence
    checked: Checked | None
    requirements: tuple[RequirementRow, ...] = Field(min_length=1)


class AppendixRow(Model):
    """Physical security as written: reference alone (Đ30.2)."""

    id: str = Field(pattern=r"^[A-Z]{2,3}$")
    clause: str
    name_vi: str = Field(min_length=1)
    requirements: tuple[RequirementRow, ...] = Field(min_length=1)


class LevelFile(Model):
    """``level-N.yaml``."""

    level: int
    clause: str
    groups: tuple[GroupRow, ...] = Field(min_length=1)
    appendix: AppendixRow


class OldRow(Model):
    """A place of the standard before this one, as written."""

    level: int
    clause: str
    name_vi: str = Field(min_length=1)
    kind: Kind
    groups: tuple[str, ...] = ()
    controls: tuple[str, ...] = ()
    confidence: Confidence
    checked: Checked | None


class OldFile(Model):
    """``old-standard.yaml``; ``due`` names a deadline of ``transition.yaml``."""

    name_vi: str
    due: str
    without_counterpart: tuple[str, ...]
    clauses: tuple[OldRow, ...] = Field(min_length=1)


class Baseline:
    """The sets of a ruleset."""

    def __init__(
        self,
        files: Mapping[str, str],
        standard_id: str,
        ruleset_id: str,
        origin: str,
        read: Callable[[str, Any, str], Any],
    ) -> None:
        """Take the files of a ruleset, name → text; ``read`` turns a text into a model, strictly."""
        self._files = files
        self.standard_id = standard_id
        self._ruleset_id = ruleset_id
        self._origin = origin
        self._reader = read
        self._sets: dict[int, RequirementSet] = {}

    @cached_property
    def standard(self) -> StandardFile:
        """The standard and the places of the decree."""
        return self._read("standard.yaml", StandardFile)

    @cached_property
    def _values(self) -> dict[str, ValueRow]:
        return self._read("values.yaml", dict[str, ValueRow])

    @cached_property
    def _old(self) -> OldFile:
        return self._read("old-standard.yaml", OldFile)

    def level(self, level: int) -> RequirementSet:
        """Return the set of a level, 1 to 5.

        Raises:
            ValueError: no such level.
            RulesetError: the file is broken; names file, key, remedy.
        """
        if level not in LEVELS:
            raise ValueError(f"no such level: {level}")
        if level not in self._sets:
            self._sets[level] = self._build(level)
        return self._sets[level]

    @cached_property
    def old_clauses(self) -> tuple[OldClause, ...]:
        """The places of the old standard, all levels."""
        return tuple(
            OldClause(
                level=row.level,
                clause=row.clause,
                place_vi=f"mục {row.clause} {self._old.name_vi}",
                name_vi=row.name_vi,
                kind=row.kind,
                groups=row.groups,
                controls=row.controls,
                confidence=row.confidence,
                checked=row.checked,
            )
            for row in self._old.clauses
        )

    @property
    def without_counterpart(self) -> frozenset[str]:
        """The groups that have no place of their own in the old standard."""
        return frozenset(self._old.without_counterpart)

    @property
    def due(self) -> str:
        """By when a system kept from the old decree meets its level: an id of ``transition.yaml``."""
        return self._old.due

    def texts(self) -> dict[str, str]:
        """Return own words by clause, for the citation index; a clause between says what stands below it."""
        words: dict[str, list[str]] = {}
        for level in LEVELS:
            found = self.level(level)
            words[_clause(found.ref)] = [f"Yêu cầu cơ bản cấp độ {level}"]
            for group in found.groups:
                words[_clause(group.ref)] = [f"{group.name_vi}: {group.meaning_vi}"]
            words[f"a.{level}"] = [f"{found.reference_name_vi}, cấp độ {level}"]
            for row in (*found.requirements, *found.reference):
                clause = _clause(row.ref)
                words.setdefault(clause, []).append(row.summary_vi)
                above = clause.rpartition(".")[0]
                while above and above not in words:
                    words[above] = []
                    above = above.rpartition(".")[0]
        texts = {clause: "\n".join(lines) for clause, lines in words.items()}
        for clause in [clause for clause, text in texts.items() if not text]:
            below = sorted((one for one in texts if one.rpartition(".")[0] == clause), key=clause_key)
            texts[clause] = f"Các yêu cầu ở {', '.join(below)}"
        return {clause: texts[clause] for clause in sorted(texts, key=clause_key)}

    def citations(self) -> Iterator[tuple[str, str]]:
        """Return every place of the decree that the sets cite, with where it stands."""
        yield f"{FOLDER}/standard.yaml, khóa outside", f"{self._ruleset_id}:{self.standard.outside}"
        for level in LEVELS:
            where = f"{FOLDER}/level-{level}.yaml, khóa"
            for group in self.level(level).groups:
                yield from ((f"{where} {group.id}", ref) for ref in (*group.headings, *group.plan))
                for row in group.requirements:
                    yield from ((f"{where} {row.id}", ref) for ref in (*row.headings, *row.plan))

    def check(self, deadlines: frozenset[str]) -> None:
        """Read every level and check that the levels fit together.

        Raises:
            RulesetError: names file, key, remedy.
        """
        sets = [self.level(level) for level in LEVELS]
        lower: dict[str, BaselineRequirement] = {}
        known = {row.id for found in sets for row in (*found.requirements, *found.reference)}
        for found in sets:
            for row in (*found.requirements, *found.reference):
                where = f"{self._where(f'level-{found.level}.yaml')}, khóa {row.id}"
                self._check_steady(row, lower.get(row.id), where)
                lower[row.id] = row
                for other in row.see:
                    if other not in known:
                        raise RulesetError(f"{where} → see: không có yêu cầu «{other}»; sửa mã.")
        self._check_old(deadlines)

    def _check_steady(self, row: BaselineRequirement, below: BaselineRequirement | None, where: str) -> None:
        if below is None:
            wanted: Change = "base" if row.level == 1 else "new"
        else:
            for key in ("name_vi", "kind", "headings", "plan"):
                if getattr(row, key) != getattr(below, key):
                    raise RulesetError(
                        f"{where} → {key}: khác cấp độ {below.level}; cùng mã phải cùng {key}, "
                        "sửa cho khớp hoặc đặt mã khác."
                    )
            steady: Change = "same" if row.asks_the_same(below) else "stricter"
            wanted = "back" if below.level < row.level - 1 else steady
        if row.change != wanted:
            raise RulesetError(
                f"{where} → change: ghi «{row.change}», so với cấp dưới là «{wanted}»; "
                "sửa change hoặc sửa nội dung."
            )

    def _check_old(self, deadlines: frozenset[str]) -> None:
        where = self._where("old-standard.yaml")
        if self.due not in deadlines:
            raise self.no_such_deadline()
        everywhere = {group.id for level in LEVELS for group in self.level(level).groups}
        for name in self.without_counterpart - everywhere:
            raise RulesetError(f"{where}, khóa without_counterpart: không có nhóm «{name}»; sửa mã.")
        seen: set[str] = set()
        for row in self._old.clauses:
            if row.level not in LEVELS:
                raise RulesetError(f"{where}, khóa {row.clause}: cấp độ từ 1 đến 5; sửa level.")
            if row.clause in seen:
                raise RulesetError(f"{where}, khóa {row.clause}: lặp lại; chỉ giữ một lần.")
            seen.add(row.clause)
            found = self.level(row.level)
            here = {group.id for group in found.groups} | set(found.by_id)
            for name in (*row.groups, *row.controls):
                if name not in here:
                    raise RulesetError(
                        f"{where}, khóa {row.clause}: cấp độ {row.level} không có «{name}»; sửa mã."
                    )

    def no_such_deadline(self) -> RulesetError:
        """Return the error for a deadline that the transition does not have."""
        where = self._where("old-standard.yaml")
        return RulesetError(f"{where}, khóa due: transition.yaml không có «{self.due}»; sửa mã.")

    def _where(self, name: str) -> str:
        return f"{self._origin}/{FOLDER}/{name}"

    def _read(self, name: str, kind: type[T]) -> T:
        return self._reader(self._files[f"{FOLDER}/{name}"], kind, self._where(name))  # type: ignore[no-any-return]

    def _build(self, level: int) -> RequirementSet:
        name = f"level-{level}.yaml"
        written = self._read(name, LevelFile)
        where = self._where(name)
        if written.level != level:
            raise RulesetError(f"{where}, khóa level: ghi {written.level}, tên tệp ghi {level}; sửa một chỗ.")
        _check_places(written, where)
        groups = tuple(
            RequirementGroup(
                id=group.id,
                ref=f"{self.standard_id}:{group.clause}",
                name_vi=group.name_vi,
                meaning_vi=group.meaning_vi,
                grows_vi=group.grows_vi,
                kind=group.kind,
                headings=self._refs(group.headings, self.standard.headings_under, where, group.id),
                plan=self._refs(group.plan, (self.standard.plan_under,), where, group.id),
                confidence=group.confidence,
                checked=group.checked,
                requirements=tuple(self._row(row, level, group.id, where) for row in group.requirements),
            )
            for group in written.groups
        )
        appendix = written.appendix
        return RequirementSet(
            level=level,
            ref=f"{self.standard_id}:{written.clause}",
            edition_vi=self.standard.edition_vi,
            groups=groups,
            reference=tuple(self._row(row, level, appendix.id, where) for row in appendix.requirements),
            reference_name_vi=appendix.name_vi,
            outside_ref=f"{self._ruleset_id}:{self.standard.outside}",
            open_points_vi=self.standard.open_points_vi,
        )

    def _row(self, row: RequirementRow, level: int, group: str, where: str) -> BaselineRequirement:
        # The parts are checked models already; every field is named, so nothing is lost on the way.
        return BaselineRequirement(
            id=row.id,
            level=level,
            group=group,
            ref=f"{self.standard_id}:{row.clause}",
            name_vi=row.name_vi,
            summary_vi=row.summary_vi,
            kind=row.kind,
            headings=self._refs(row.headings, self.standard.headings_under, where, row.id),
            plan=self._refs(row.plan, (self.standard.plan_under,), where, row.id),
            nature=row.nature,
            condition_vi=row.condition_vi,
            equivalent=row.equivalent,
            values=(
                *(
                    self._value(name, value, where, row.id, binding=True)
                    for name, value in row.values.items()
                ),
                *(
                    self._value(name, value, where, row.id, binding=False)
                    for name, value in row.suggested.items()
                ),
            ),
            evidence_vi=row.evidence_vi,
            change=row.change,
            shares_clause=row.bullet,
            see=row.see,
            confidence=row.confidence,
            checked=row.checked,
        )

    def _value(self, name: str, value: Value, where: str, row_id: str, *, binding: bool) -> SuggestedValue:
        known = self._values.get(name)
        if known is None:
            raise RulesetError(
                f"{where}, khóa {row_id}: giá trị «{name}» không có trong values.yaml; thêm hoặc sửa tên."
            )
        problem = known.problem(value)
        if problem is not None:
            raise RulesetError(f"{where}, khóa {row_id}: giá trị «{name}» {problem}; sửa lại.")
        return SuggestedValue(
            name=name,
            label_vi=known.label_vi,
            unit_vi=known.unit_vi,
            sense=known.sense,
            value=value,
            binding=binding,
            parts_vi=known.parts_vi,
        )

    def _refs(
        self, clauses: tuple[str, ...], under: tuple[str, ...], where: str, row_id: str
    ) -> tuple[str, ...]:
        for clause in clauses:
            if not clause.startswith(tuple(f"{place}." for place in under)):
                raise RulesetError(
                    f"{where}, khóa {row_id}: «{clause}» không thuộc {', '.join(under)}; sửa viện dẫn."
                )
        return tuple(f"{self._ruleset_id}:{clause}" for clause in clauses)


def _check_places(written: LevelFile, where: str) -> None:
    """Check that groups and rows stand in order, each below its own place, no control twice."""
    seen: set[str] = set()
    last: tuple[Any, ...] = ()
    if len({group.id for group in written.groups}) < len(written.groups):
        raise RulesetError(f"{where}, khóa groups: một nhóm có hai lần; chỉ giữ một lần.")
    places: tuple[GroupRow | AppendixRow, ...] = (*written.groups, written.appendix)
    for group in places:
        if group is not written.appendix and not group.clause.startswith(f"{written.clause}."):
            raise RulesetError(f"{where}, khóa {group.id}: mục {group.clause} không thuộc {written.clause}.")
        if group is written.appendix:
            last = ()
        for row in group.requirements:
            match = _ID.fullmatch(row.id)
            if match is None or match[1] != group.id:
                raise RulesetError(f"{where}, khóa {row.id}: mã không thuộc nhóm {group.id}; sửa mã.")
            if row.id in seen:
                raise RulesetError(f"{where}, khóa {row.id}: lặp lại; chỉ giữ một lần.")
            seen.add(row.id)
            if not row.clause.startswith(f"{group.clause}."):
                raise RulesetError(
                    f"{where}, khóa {row.id}: mục {row.clause} không thuộc {group.clause}; sửa mục."
                )
            if (row.kind == "reference") != (group is written.appendix):
                raise RulesetError(
                    f"{where}, khóa {row.id}: dòng tham khảo chỉ ở appendix, yêu cầu chỉ ở groups."
                )
            key = clause_key(row.clause)
            if key < last:
                raise RulesetError(
                    f"{where}, khóa {row.id}: mục {row.clause} đứng sai thứ tự; xếp theo tiêu chuẩn."
                )
            last = key


def _clause(ref: str) -> str:
    return ref.partition(":")[2]
