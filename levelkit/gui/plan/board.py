"""The rows of a plan as the matrix shows them: answers, counts, filters, gaps. No Qt."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from levelkit.domain.plan import KEY, OPEN_VI, STATUS_VI, RequirementAnswer
from levelkit.domain.text import fold, format_date
from levelkit.services import clock

if TYPE_CHECKING:
    from collections.abc import Iterable

    from levelkit.domain.plan import Evidence, PlanGroup, PlanRow, Status
    from levelkit.services import SystemSession

OPEN: Final = "open"
STATES: Final[tuple[str, ...]] = ("met", "partly", "not_met", "not_applicable", OPEN)
SHORT_VI: Final = {
    "met": "Đáp ứng",
    "partly": "Một phần",
    "not_met": "Chưa",
    "not_applicable": "Không áp dụng",
    OPEN: OPEN_VI,
}
KEYS: Final[dict[str, Status]] = {"1": "met", "2": "partly", "3": "not_met", "0": "not_applicable"}


@dataclass(slots=True)
class RowItem:
    """One row with its answer, and what is derived from it once for all drawings.

    Attributes:
        proofs: pieces of evidence, own and of the measures named, each once.
        expired: how many of them prove nothing any more today.
        hay: what a search looks through, without accents.
    """

    row: PlanRow
    fixed_hay: str
    answer: RequirementAnswer = field(default_factory=RequirementAnswer)
    proofs: int = 0
    expired: int = 0
    hay: str = ""

    @property
    def id(self) -> str:
        """The row's id."""
        return self.row.id

    @property
    def state(self) -> str:
        """The status, ``open`` where there is none."""
        return self.answer.status or OPEN

    @property
    def state_vi(self) -> str:
        """The status in words."""
        return STATUS_VI[self.answer.status] if self.answer.status else OPEN_VI

    @property
    def proofs_vi(self) -> str:
        """«2 mục», with those expired; empty where there is none."""
        if not self.proofs:
            return ""
        return f"{self.expired} hết hạn" if self.expired else f"{self.proofs} mục"

    @property
    def due_vi(self) -> str:
        """The due date as written."""
        return format_date(self.answer.due) if self.answer.due else ""

    @property
    def says(self) -> str:
        """The row as a screen reader says it."""
        parts = [self.row.place_vi, self.row.name_vi, self.state_vi, f"{self.proofs} minh chứng"]
        if self.expired:
            parts.append(f"{self.expired} đã hết hạn")
        if self.answer.unit:
            parts.append(f"phụ trách {self.answer.unit}")
        if self.answer.due:
            parts.append(f"hạn {self.due_vi}")
        if self.answer.taken_from:
            parts.append(f"lấy từ {self.answer.taken_from}, chưa xác nhận")
        return ", ".join(parts)


@dataclass(slots=True)
class GroupItem:
    """A group and its rows; ``shown`` of them are what the filter wants."""

    group: PlanGroup
    items: tuple[RowItem, ...]
    shown: int = 0

    @property
    def title(self) -> str:
        """«5.6 Quản lý tài khoản…»."""
        return f"{self.group.place_vi} {self.group.name_vi}".strip()

    def counts_vi(self) -> str:
        """«20 yêu cầu: 13 đáp ứng, …»; «Đang thấy 1 trong 20 yêu cầu: …» under a filter."""
        counts = Counter(item.state for item in self.items)
        parts = ", ".join(f"{counts[state]} {SHORT_VI[state].lower()}" for state in STATES)
        part = f"Đang thấy {self.shown} trong " if 0 < self.shown < len(self.items) else ""
        return f"{part}{len(self.items)} yêu cầu: {parts}"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; every condition that is set has to hold.

    Attributes:
        unit: who is responsible; ``""`` is nobody, None anybody.
    """

    state: str = ""
    query: str = ""
    group: str = ""
    unit: str | None = None
    new_here: bool = False
    unconfirmed: bool = False
    lacking: bool = False
    newly_asked: bool = False

    @property
    def further(self) -> int:
        """How many conditions besides status and search."""
        flags = (self.new_here, self.unconfirmed, self.lacking, self.newly_asked)
        return sum(flags) + bool(self.group) + (self.unit is not None)

    @property
    def empty(self) -> bool:
        """Whether everything is shown."""
        return not (self.state or self.query.strip() or self.further)


class Board:
    """The plan of one system, read anew after every change."""

    def __init__(self, session: SystemSession) -> None:
        self._session = session
        self._plan = session.plan
        self._shared = session.shared
        self.groups: tuple[GroupItem, ...] = ()
        self.by_id: dict[str, RowItem] = {}
        self._gaps: dict[str, tuple[str, ...]] = {}
        self._expected: set[str] = set()
        self._asked: frozenset[str] | None = None
        self._source: tuple[PlanGroup, ...] = ()
        self._records: tuple[object, object] = ((), ())

    def read(self) -> set[str] | None:
        """Look again; return the ids of the rows that changed, None where the rows themselves did."""
        source = () if self._plan.problem_vi else self._plan.groups
        if source != self._source:
            self._build(source)
            return None
        evidence = {one.id: one for one in self._shared.evidence}
        records = (self._shared.measures, self._shared.evidence)
        all_anew = records != self._records
        self._records = records
        changed = set()
        for item in self.by_id.values():
            answer = self._plan.answer(item.id)
            same = answer is item.answer or answer == item.answer
            if all_anew or not same or item.id in self._expected:
                self._fill(item, answer, evidence)
                changed.add(item.id)
        self._expected.clear()
        return changed

    def expect(self, ids: Iterable[str], status: Status) -> None:
        """Show a status before it is written, as a disk may be slow; :meth:`read` says what is."""
        for row_id in ids:
            item = self.by_id[row_id]
            item.answer = item.answer.model_copy(update={"status": status})
            self._expected.add(row_id)

    def _build(self, source: tuple[PlanGroup, ...]) -> None:
        self._source = source
        self._records = (self._shared.measures, self._shared.evidence)
        self._gaps.clear()
        self._asked = None
        evidence = {one.id: one for one in self._shared.evidence}
        groups = []
        for group in source:
            items = []
            for row in group.rows:
                hay = fold(f"{row.place_vi} {row.cite_vi} {row.name_vi} {row.summary_vi}")
                item = RowItem(row, hay)
                self._fill(item, self._plan.answer(row.id), evidence)
                items.append(item)
            groups.append(GroupItem(group, tuple(items)))
        self.groups = tuple(groups)
        self.by_id = {item.id: item for group in groups for item in group.items}

    def _fill(self, item: RowItem, answer: RequirementAnswer, evidence: dict[str, Evidence]) -> None:
        self._gaps.pop(item.id, None)
        today = clock.today()
        found = [evidence[one] for one in self.proof_ids(answer) if one in evidence]
        item.answer = answer
        item.proofs = len(found)
        item.expired = sum(one.expired_on(today) for one in found)
        own = fold(f"{answer.how} {answer.reason} {answer.todo}") if answer.how or answer.reason else ""
        item.hay = f"{item.fixed_hay} {own}" if own else item.fixed_hay

    def proof_ids(self, answer: RequirementAnswer) -> tuple[str, ...]:
        """Evidence of an answer: its own, then that of the measures it names, each once."""
        if not answer.evidence and not answer.measures:
            return ()
        known = {one.id: one for one in self._shared.measures}
        ids = [*answer.evidence]
        for measure in answer.measures:
            if measure in known:
                ids += known[measure].evidence
        return tuple(dict.fromkeys(ids))

    def gaps(self, row_id: str) -> tuple[str, ...]:
        """What a row still lacks, in sentences."""
        found = self._gaps.get(row_id)
        if found is None:
            found = self._gaps[row_id] = self._plan.gaps(row_id)
        return found

    @property
    def asked(self) -> frozenset[str]:
        """Rows that the law asks for newly of a system approved under the decree before; often none."""
        if self._asked is None:
            newly = self._plan.newly_asked
            self._asked = frozenset(one.id for one in newly.of("new")) if newly else frozenset()
        return self._asked

    # Looking

    def found(self, wanted: Wanted) -> list[tuple[GroupItem, list[RowItem]]]:
        """Groups with the rows that are wanted; a group without any is left out."""
        state = wanted.state
        anything = ((group, self._of_any_state(group, wanted)) for group in self.groups)
        kept = (
            (group, [one for one in items if one.state == state] if state else items)
            for group, items in anything
        )
        return [(group, items) for group, items in kept if items]

    def counts(self, wanted: Wanted) -> dict[str, int]:
        """How many rows of each status among those that are wanted, whatever status is; ``""`` is all."""
        found = Counter(item.state for group in self.groups for item in self._of_any_state(group, wanted))
        return {"": sum(found.values()), **{state: found[state] for state in STATES}}

    def _of_any_state(self, group: GroupItem, wanted: Wanted) -> list[RowItem]:
        if wanted.group and group.group.id != wanted.group:
            return []
        words = fold(wanted.query).split()
        if not words and not wanted.further:
            return list(group.items)
        return [item for item in group.items if self._is_wanted(item, wanted, words)]

    def _is_wanted(self, item: RowItem, wanted: Wanted, words: list[str]) -> bool:
        if wanted.unit is not None and item.answer.unit != wanted.unit:
            return False
        if wanted.new_here and not item.row.new_here:
            return False
        if wanted.unconfirmed and not item.answer.taken_from:
            return False
        if wanted.newly_asked and item.id not in self.asked:
            return False
        if not all(word in item.hay for word in words):
            return False
        return not wanted.lacking or bool(self.gaps(item.id))

    def next_lacking(self, after: str, ids: Iterable[str]) -> str:
        """The next row that lacks something after one, in the order given; empty where none follows."""
        order = list(ids)
        start = order.index(after) + 1 if after in order else 0
        return next((one for one in order[start:] if self.gaps(one)), "")


def row_of(question_id: str) -> str:
    """The row that an answer's id names; empty where it names something else."""
    return question_id.removeprefix(KEY) if question_id.startswith(KEY) else ""
