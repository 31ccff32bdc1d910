"""Services: the security plan of one system, requirement by requirement. Đ22.6, Đ29, Đ30.

Answers stand among the system's answers (``req.<row id>``): each change is one transaction and one step back.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Protocol

from levelkit.domain.plan import (
    BASELINE_ID,
    KEY,
    LogRetention,
    PlanCounts,
    PlanGroup,
    PlanRow,
    RequirementAnswer,
    SecurityPlan,
    row_of,
)
from levelkit.domain.plan_gaps import MISSING, Gap, comparisons, row_gaps
from levelkit.domain.text import sort_key
from levelkit.errors import RulesetError, UserError
from levelkit.law import baseline_groups, to_confirm
from levelkit.questionnaire import FIELDS_VI, parse_field
from levelkit.services import clock, plan_values
from levelkit.services.plan_copies import copy_of, readable
from levelkit.services.plan_frozen import freeze, kept_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from levelkit.domain.classification import Classification
    from levelkit.domain.requirement import Comparison
    from levelkit.law import CarryOver, NewlyAsked, RuleLibrary
    from levelkit.questionnaire import Interview
    from levelkit.services.shared import SharedBook

_SAID = frozenset({"status", "how", "reason", "values", "value_reasons"})
"""Who changes one of these has read the row as it stands at this level."""


class Host(Protocol):
    """What a plan needs of its system."""

    @property
    def code(self) -> str:
        """The system's code."""
        ...

    @property
    def level(self) -> int | None:
        """The level that the dossier is made for."""
        ...

    @property
    def classification(self) -> Classification:
        """The classification of the answers."""
        ...

    @property
    def library(self) -> RuleLibrary:
        """The rulesets that the system is judged under."""
        ...

    @property
    def interview(self) -> Interview:
        """The answers; read only."""
        ...

    @property
    def shared(self) -> SharedBook:
        """The measures and evidence of the workspace."""
        ...

    def set_rows(self, answers: Mapping[str, Any], text: str) -> int:
        """Answer rows as one step; return how many changed."""
        ...

    def plan_sources(self) -> list[tuple[str, str, int | None, int]]:
        """Return code, name, level and number of answered rows of every system that has any."""
        ...

    def plan_answers(self, code: str) -> dict[str, Any]:
        """Return the answers to the rows of a system."""
        ...


class PlanBook:
    """The rows that are asked of a system, their answers, and what they lack."""

    def __init__(self, session: Host) -> None:
        self._session = session
        self._answers: dict[str, tuple[Any, RequirementAnswer]] = {}
        self._gaps: dict[str, tuple[tuple[Any, ...], tuple[Gap, ...]]] = {}
        self._groups: tuple[tuple[Any, ...], tuple[PlanGroup, ...]] | None = None
        self._rows: tuple[tuple[PlanGroup, ...], dict[str, PlanRow]] = ((), {})

    # What is asked

    @property
    def level(self) -> int | None:
        """The level proposed, else the computed one; None while it is open."""
        return self._session.level

    @property
    def problem_vi(self) -> str | None:
        """Why there is no plan now and what to do, None where there is one."""
        if self.level is None:
            return "Chưa có cấp độ nên chưa biết phải đáp ứng yêu cầu nào. Hãy trả lời các câu chốt cấp độ."
        ruleset = self._session.library.get(self._session.classification.ruleset)
        if not ruleset.renders_dossier:
            return ruleset.why_not_vi
        try:
            baseline_groups(self._session.library, self.level)
        except RulesetError as error:
            return str(error)
        return None

    @property
    def edition_vi(self) -> str:
        """The standard with its edition; empty while there is no plan."""
        level = self.level
        if level is None or self.problem_vi is not None:
            return ""
        return self._session.library.requirements(level).edition_vi

    def compared_with(self, row_id: str) -> str:
        """Return what a row is compared with: the standard's edition, for a duty the places that it cites."""
        return self.edition_vi if BASELINE_ID.fullmatch(row_id) else self.row(row_id).cite_vi

    @property
    def groups(self) -> tuple[PlanGroup, ...]:
        """The baseline in the order of the standard, then the packs that apply; none while there is no plan.

        The very same object as long as nothing in it changes.
        """
        session = self._session
        key = (session.library, session.interview.state, session.shared.state)
        if self._groups is None or self._groups[0] != key:
            found = self._asked()
            before = self._groups[1] if self._groups is not None else ()
            self._groups = (key, before if found == before else found)
        return self._groups[1]

    @property
    def rows(self) -> tuple[PlanRow, ...]:
        """All rows in order."""
        return tuple(self._by_id.values())

    def row(self, row_id: str) -> PlanRow:
        """Return a row; raises KeyError where it is not asked."""
        return self._by_id[row_id]

    def has_row(self, row_id: str) -> bool:
        """Whether a row is asked now."""
        return row_id in self._by_id

    def label(self, row_id: str) -> str:
        """Return «5.6.2.2 b) Mật khẩu tài khoản quản trị»; the bare id for a row that is not asked."""
        row = self._by_id.get(row_id)
        return row_id if row is None else f"{row.place_vi} {row.name_vi}"

    @property
    def retention(self) -> LogRetention:
        """How long logs are kept: the highest that applies, with the reasons."""
        level = self.level
        if level is None or self.problem_vi is not None:
            return LogRetention(months=0, sources=())
        return self._session.library.log_retention(level, self._session.interview.look_up)

    # Answers

    def answer(self, row_id: str) -> RequirementAnswer:
        """Return the answer to a row, an empty one where there is none."""
        raw = self._session.interview.view.get(KEY + row_id)
        known = self._answers.get(row_id)
        if known is None or known[0] is not raw:
            made = RequirementAnswer() if raw is None else RequirementAnswer.model_validate(raw)
            known = self._answers[row_id] = (raw, made)
        return known[1]

    def answers(self) -> dict[str, RequirementAnswer]:
        """Return every answer given, also to rows that are not asked now."""
        given = (row_of(key) for key in self._session.interview.view)
        return {row_id: self.answer(row_id) for row_id in given if row_id is not None}

    def update(self, ids: Sequence[str], **fields: Any) -> int:
        """Set fields of :class:`RequirementAnswer` on rows: one transaction, one step back.

        None empties a field. Of ``values`` and ``value_reasons`` a row takes the parameters it has. Return
        how many rows changed.

        Raises:
            KeyError: no such row or field.
            UserError: a value cannot be taken; nothing changed.
            WorkspaceError: it could not be saved; the answers stay, see ``session.unsaved``.
        """
        rows = [self._by_id[row_id] for row_id in dict.fromkeys(ids)]
        called = self.label(rows[0].id) if len(rows) == 1 else f"{len(rows)} yêu cầu"
        parsed = {name: self._parsed(name, value, called) for name, value in fields.items()}
        changed: dict[str, Any] = {}
        for row in rows:
            own = dict(parsed)
            for name in ("values", "value_reasons"):
                if name in own:
                    own[name] = plan_values.fitting(row, name, own[name], alone=len(rows) == 1)
            changed[row.id] = self._with(row.id, own)
        return self._save(changed)

    def add(self, ids: Sequence[str], *, measures: Sequence[str] = (), evidence: Sequence[str] = ()) -> int:
        """Name further measures and evidence on rows: one step back; raises as :meth:`update`."""
        fields = {
            name: self._parsed(name, tuple(records), f"{len(ids)} yêu cầu")
            for name, records in (("measures", measures), ("evidence", evidence))
        }
        changed = {}
        for row_id in dict.fromkeys(ids):
            answer = self.answer(self._by_id[row_id].id)
            merged = {
                name: tuple(dict.fromkeys((*getattr(answer, name), *more))) for name, more in fields.items()
            }
            changed[row_id] = self._with(row_id, merged)
        return self._save(changed)

    def confirm(self, ids: Iterable[str]) -> int:
        """Take what was taken over, or answered for another level, as this system's own answer now."""
        changed = {}
        for row_id in dict.fromkeys(ids):
            answer = self.answer(self._by_id[row_id].id)
            if not answer.empty:
                changed[row_id] = answer.model_copy(update={"taken_from": None, "level": self._stamp(row_id)})
        return self._save(changed, "Xác nhận: {}")

    # What rows lack

    def gaps(self, row_id: str) -> tuple[str, ...]:
        """Return what a row lacks, gravest first, in Vietnamese."""
        return tuple(gap.text_vi for gap in self.gap_list(row_id))

    def gap_list(self, row_id: str) -> tuple[Gap, ...]:
        """Return what a row lacks with its kind; evidence is judged on today's date."""
        row = self._by_id[row_id]
        answer = self.answer(row_id)
        today = clock.today()
        stricter = row_id in self._to_confirm({row_id: answer})
        key = (row, answer, self._session.shared.state, today, stricter)
        known = self._gaps.get(row_id)
        if known is None or known[0] != key:
            known = self._gaps[row_id] = (key, self._judged(row, answer, today, stricter=stricter))
        return known[1]

    def comparison(self, row_id: str) -> dict[str, Comparison]:
        """Compare each value that a row asks for with what the system has."""
        return comparisons(self._by_id[row_id], self.answer(row_id))

    def filled(self, row_id: str) -> bool:
        """Whether a status is chosen and nothing it asks for is missing; what is taken over is no answer."""
        return not any(gap.kind in MISSING for gap in self.gap_list(row_id))

    def counts(self, group_id: str | None = None) -> PlanCounts:
        """Count the rows of a group, or all."""
        found: Counter[str] = Counter()
        for group in self.groups:
            if group_id in {None, group.id}:
                for row in group.rows:
                    answer = self.answer(row.id)
                    found["total"] += 1
                    found[answer.status or "open"] += 1
                    found["filled"] += self.filled(row.id)
                    found["taken_over"] += answer.taken_from is not None
        return PlanCounts(**found)

    @property
    def standing(self) -> int:
        """How many rows are met or do not apply, with nothing missing and nothing wrong."""
        return sum(
            self.answer(row_id).status in {"met", "not_applicable"}
            and all(gap.kind == "evidence" for gap in self.gap_list(row_id))
            for row_id in self._by_id
        )

    # Another level, another decree

    def compare(self, old_level: int) -> CarryOver | None:
        """Return what the present level asks for against another, None while there is no plan."""
        level = self.level
        if level is None or self.problem_vi is not None:
            return None
        return self._session.library.carry_over(old_level, level)

    @property
    def change_from(self) -> CarryOver | None:
        """Return what changed since the level that the answers were given for, else since the approved level.

        None where it is the same, or where every answer stands for the present level (:meth:`settle`).
        """
        level = self.level
        if level is None or self.problem_vi is not None:
            return None
        old = Counter(
            one.level
            for row_id, one in self.answers().items()
            if row_id in self._by_id and one.level not in {None, level}
        )
        if old:
            return self.compare(max(old, key=lambda one: (old[one], one or 0)) or level)
        previous = self._session.interview.look_up("previous.level")
        if previous in {None, level} or self._former_decree:
            return None
        return self.compare(previous)

    @property
    def to_confirm(self) -> tuple[str, ...]:
        """The rows that ask for more than at the level they were answered for, in order."""
        waiting = self._to_confirm({row_id: self.answer(row_id) for row_id in self._by_id})
        return tuple(row_id for row_id in self._by_id if row_id in waiting)

    def settle(self) -> int:
        """Take the answers to rows that ask for the same, or for less, as given for the present level."""
        waiting = self._to_confirm({row_id: self.answer(row_id) for row_id in self._by_id})
        changed = {
            row_id: answer.model_copy(update={"level": self._stamp(row_id)})
            for row_id in self._by_id
            if not (answer := self.answer(row_id)).empty
            and answer.level not in {None, self.level}
            and row_id not in waiting
        }
        return self._save(changed, "Giữ câu trả lời của cấp trước: {}")

    @property
    def kept(self) -> dict[str, str]:
        """Rows of another level's baseline that are in place and not asked any more: row id → name."""
        if self.problem_vi is not None:
            return {}
        return kept_rows(self._session.library, self._by_id, self.answers())

    @property
    def newly_asked(self) -> NewlyAsked | None:
        """What a system approved under the former decree is newly asked for, None for any other. 116:45.1."""
        level = self.level
        if level is None or not self._former_decree or self.problem_vi is not None:
            return None
        return self._session.library.newly_asked(level)

    # Other systems

    def sources(self) -> tuple[tuple[str, str, int | None, int], ...]:
        """Return code, name, level and number of answers of the other systems that have any."""
        found = self._session.plan_sources()
        return tuple(one for one in found if one[0] != self._session.code)

    def take_over(self, from_code: str, ids: Sequence[str] | None = None, *, overwrite: bool = False) -> int:
        """Copy another system's answers, marked as taken over until confirmed; return how many were.

        Rows that are answered here stay as they are unless ``overwrite``. A day by which something was to be
        done and that is past is not copied.

        Raises:
            SystemMissing: no system has that code.
            UserError: it is this system itself.
            KeyError: no such row.
        """
        if from_code == self._session.code:
            raise UserError(
                f"Hệ thống {from_code}: không lấy câu trả lời từ chính nó được. Hãy chọn hệ thống khác."
            )
        theirs = readable(self._session.plan_answers(from_code), self._session.interview.forms)
        level = next((one[2] for one in self.sources() if one[0] == from_code), None)
        today = clock.today()
        changed = {
            row.id: copy_of(theirs[row.id], row, code=from_code, level=level, today=today)
            for row in (self.rows if ids is None else [self._by_id[one] for one in dict.fromkeys(ids)])
            if row.id in theirs and (overwrite or self.answer(row.id).empty)
        }
        return self._save(changed, "Lấy câu trả lời: {}")

    def units(self) -> tuple[str, ...]:
        """Return the units named so far, in Vietnamese order."""
        named = {one.unit for one in self.answers().values()}
        named |= {one.unit for one in self._session.shared.measures}
        return tuple(sorted(named - {""}, key=sort_key))

    # The whole

    def frozen(self) -> SecurityPlan | None:
        """Freeze the plan as it stands, None while there is none."""
        level = self.level
        if level is None or self.problem_vi is not None:
            return None
        session = self._session
        return freeze(
            level,
            session.library,
            self.groups,
            given=self.answers(),
            shared=session.shared,
            retention=self.retention,
        )

    # Inside

    @property
    def _by_id(self) -> dict[str, PlanRow]:
        groups = self.groups
        if self._rows[0] is not groups:
            self._rows = (groups, {row.id: row for group in groups for row in group.rows})
        return self._rows[1]

    @property
    def _former_decree(self) -> bool:
        return bool(self._session.interview.look_up("previous.ruleset") == "nd85-2016")

    def _asked(self) -> tuple[PlanGroup, ...]:
        level = self.level
        if level is None or self.problem_vi is not None:
            return ()
        session = self._session
        edition = session.library.requirements(level).edition_vi
        baseline = tuple(
            self._marked(group, level, edition) for group in baseline_groups(session.library, level)
        )
        packs = session.library.packs(session.interview.look_up)
        return (*baseline, *(self._marked(group, level, "") for group in packs))

    def _marked(self, group: PlanGroup, level: int, edition_vi: str) -> PlanGroup:
        shared = self._session.shared
        marks = {row.id: shared.checked(row.id, level, edition_vi or row.cite_vi) for row in group.rows}
        if not any(marks.values()):
            return group
        rows = tuple(
            row if (mark := marks[row.id]) is None else row.model_copy(update={"notice_vi": mark.text_vi})
            for row in group.rows
        )
        return group.model_copy(update={"rows": rows})

    def _judged(
        self, row: PlanRow, answer: RequirementAnswer, day: date, *, stricter: bool
    ) -> tuple[Gap, ...]:
        shared = self._session.shared
        if not all(
            shared.has(one) for one in answer.measures
        ):  # named again by a step back, and removed since
            there = tuple(one for one in answer.measures if shared.has(one))
            answer = answer.model_copy(update={"measures": there})
        ids = [*answer.evidence]
        for one in answer.measures:
            ids += shared.measure(one).evidence if shared.has(one) else ()
        proofs = tuple(shared.proof(one) for one in dict.fromkeys(ids) if shared.has(one))
        return row_gaps(row, answer, proofs, day=day, stricter=stricter)

    def _to_confirm(self, answers: Mapping[str, RequirementAnswer]) -> frozenset[str]:
        level = self.level
        return frozenset() if level is None else to_confirm(self._session.library, level, answers)

    def _stamp(self, row_id: str) -> int | None:
        return self.level if BASELINE_ID.fullmatch(row_id) else None

    def _parsed(self, name: str, value: Any, called: str) -> Any:
        if name not in FIELDS_VI:
            raise KeyError(name)
        default = RequirementAnswer.model_fields[name].get_default(call_default_factory=True)
        if value is None:
            return default
        parsed = parse_field(name, value, called)
        if name in {"measures", "evidence"}:
            missing = [one for one in parsed if not self._session.shared.has(one)]
            if missing:
                raise UserError(
                    f"«{called}», ô «{FIELDS_VI[name]}»: không có mã {missing[0]} trong danh mục dùng chung. "
                    "Hãy chọn lại trong danh mục."
                )
        return default if parsed is None else parsed

    def _with(self, row_id: str, fields: Mapping[str, Any]) -> RequirementAnswer:
        before = self.answer(row_id)
        after = RequirementAnswer.model_validate({**before.model_dump(), **fields})
        if after != before and "level" not in fields and (before.level is None or _SAID & set(fields)):
            after = after.model_copy(update={"level": self._stamp(row_id)})
        return after

    def _save(self, answers: Mapping[str, RequirementAnswer], text: str = "Sửa: {}") -> int:
        changed = {row_id: one for row_id, one in answers.items() if one != self.answer(row_id)}
        if not changed:
            return 0
        first = next(iter(changed))
        called = self.label(first) if len(changed) == 1 else f"{len(changed)} yêu cầu"
        return self._session.set_rows(
            {KEY + row_id: one.stored() for row_id, one in changed.items()}, text.format(called)
        )
