"""Law: packs of duties that no row of the standard asks for, as data (Đ22.6, Đ30), and log retention.

A pack applies where one of its ways holds; what is not known makes nothing apply. Conditions read facts,
questions of the forms and ``derived.*``.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from pydantic import Field

from levelkit.domain.base import Model
from levelkit.domain.condition import Condition, Lookup, holds, parameters_of, reads
from levelkit.domain.plan import PlanGroup, PlanRow
from levelkit.domain.requirement import UNCHECKED_VI, Checked, Confidence
from levelkit.errors import RulesetError
from levelkit.law.ruleset import read_model
from levelkit.resources import package_dir

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from levelkit.law.citations import CitationIndex

FILES = ("decree", "postal", "telecom", "personal-data")
"""In this order in the plan."""

_PLAN_UNDER = "29.2"
_HEADINGS_UNDER = ("30.3", "30.4")


class Way(Model):
    """One way in which a pack applies, and how people are told; without ``when`` it always does."""

    when: Condition | None = None
    why_vi: str = Field(min_length=1)


class DutyRow(Model):
    """One duty as written.

    Attributes:
        refs: where it stands; the first is shown.
        when: the row is asked only where this holds; ``condition_vi`` says it in words.
        condition_vi: also stands alone, where no answer tells whether the duty applies.
        note_vi: for who prepares the plan: where a source is thin, which reading is taken.
        headings, plan: places of the decree below Đ30.3, Đ30.4 and Đ29.2.
        compared: the text of the refs was at hand; otherwise the row asks to be compared.
        checked: who compared it with the official text.
    """

    id: str = Field(pattern=r"^[A-Za-z0-9-]{1,20}$")
    refs: tuple[str, ...] = Field(min_length=1)
    name_vi: str = Field(min_length=1)
    summary_vi: str = Field(min_length=1)
    evidence_vi: str = Field(min_length=1)
    when: Condition | None = None
    condition_vi: str = ""
    note_vi: str = ""
    headings: tuple[str, ...] = Field(min_length=1)
    plan: tuple[str, ...] = Field(min_length=1)
    confidence: Confidence
    compared: bool
    checked: Checked | None = None

    @property
    def notice_vi(self) -> str:
        """«Đối chiếu bản chính thức», who compared it, or nothing where the text was at hand."""
        if self.checked is not None:
            return self.checked.text_vi
        return "" if self.compared else UNCHECKED_VI


class Pack(Model):
    """A pack as written.

    Attributes:
        open_vi: what to answer where the answers do not tell whether it applies.
    """

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    name_vi: str = Field(min_length=1)
    meaning_vi: str = Field(min_length=1)
    open_vi: str = ""
    ways: tuple[Way, ...] = Field(min_length=1)
    rows: tuple[DutyRow, ...] = Field(min_length=1)

    def conditions(self) -> Iterator[tuple[str, Condition]]:
        """Return every condition with the key where it stands."""
        yield from ((f"ways → {place}", way.when) for place, way in enumerate(self.ways) if way.when)
        yield from ((row.id, row.when) for row in self.rows if row.when)


class DutyPacks:
    """The packs, with their places worded by one citation index."""

    def __init__(self, index: CitationIndex, ruleset_id: str, packs: Sequence[Pack] | None = None) -> None:
        """Take the packs that come with the program, or those given."""
        self._index = index
        self._ruleset_id = ruleset_id
        self._packs = embedded_packs() if packs is None else tuple(packs)
        self._rows: dict[str, tuple[PlanRow, ...]] = {}
        self._groups: dict[tuple[str, str, tuple[bool, ...]], PlanGroup] = {}

    def applying(self, lookup: Lookup) -> tuple[PlanGroup, ...]:
        """Return the packs that apply, each with its reasons and the rows whose condition holds."""
        found = []
        for pack in self._packs:
            reasons = [way.why_vi for way in pack.ways if way.when is None or holds(way.when, lookup) is True]
            if reasons:
                found.append(self._group(pack, "\n".join(reasons), lookup))
        return tuple(group for group in found if group.rows)

    def possible(self, lookup: Lookup) -> tuple[PlanGroup, ...]:
        """Return the packs of which the answers do not tell; ``why_vi`` says what to answer, no rows."""
        found = []
        for pack in self._packs:
            outcomes = [way.when is None or holds(way.when, lookup) for way in pack.ways]
            if True not in outcomes and None in outcomes:
                found.append(_group(pack, pack.open_vi, ()))
        return tuple(found)

    def citations(self) -> Iterator[tuple[str, str]]:
        """Return every ref with the place where it stands."""
        for pack in self._packs:
            for row in pack.rows:
                under = (*row.headings, *row.plan)
                refs = (*row.refs, *(f"{self._ruleset_id}:{clause}" for clause in under))
                yield from ((f"packs/{pack.id}, khóa {row.id}", ref) for ref in refs)

    def reads(self) -> Iterator[tuple[str, Condition]]:
        """Return every condition with the place where it stands."""
        for pack in self._packs:
            yield from ((f"packs/{pack.id}, khóa {key}", found) for key, found in pack.conditions())

    def check(self) -> None:
        """Check that the packs fit together and that everything cited is there.

        Raises:
            RulesetError: names file, key, remedy.
        """
        seen: set[str] = set()
        for pack in self._packs:
            for row in pack.rows:
                name, where = f"{pack.id}.{row.id}", f"packs/{pack.id}, khóa {row.id}"
                if name in seen:
                    raise RulesetError(f"{where}: lặp lại; chỉ giữ một lần.")
                seen.add(name)
                _check_under(row, where)
                if row.when is not None and not row.condition_vi:
                    raise RulesetError(f"{where}: có when thì cần condition_vi; thêm lời cho người đọc.")
                if row.compared and (ref := self._uncompared(row)) is not None:
                    raise RulesetError(
                        f"{where}: compared: true nhưng văn bản của «{ref}» chưa đối chiếu; "
                        "ghi compared: false."
                    )
            if all(way.when is not None for way in pack.ways) != bool(pack.open_vi):
                raise RulesetError(
                    f"packs/{pack.id}, khóa open_vi: cần khi gói không luôn áp dụng, và chỉ khi đó; sửa lại."
                )
        for where, condition in self.reads():
            if parameters_of(condition):
                raise RulesetError(f"{where}: điều kiện của gói không đọc tham số; ghi thẳng giá trị.")
            if not reads(condition):
                raise RulesetError(f"{where}: điều kiện không đọc câu trả lời nào; bỏ điều kiện.")
        for where, ref in self.citations():
            if not self._index.has(ref):
                raise RulesetError(
                    f"{where}: viện dẫn «{ref}» không có trong chỉ mục; sửa viện dẫn, hoặc thêm vào sources."
                )

    def _uncompared(self, row: DutyRow) -> str | None:
        """Return the first ref into an instrument that nobody compared with its source."""
        known = self._index.instruments
        return next(
            (
                ref
                for ref in row.refs
                if (name := ref.partition(":")[0]) in known and known[name].last_verified_on is None
            ),
            None,
        )

    def _group(self, pack: Pack, why_vi: str, lookup: Lookup) -> PlanGroup:
        asked = tuple(row.when is None or holds(row.when, lookup) is True for row in pack.rows)
        key = (pack.id, why_vi, asked)
        group = self._groups.get(key)
        if group is None:
            rows = self._made(pack)
            chosen = tuple(row for row, wanted in zip(rows, asked, strict=True) if wanted)
            group = self._groups[key] = _group(pack, why_vi, chosen)
        return group

    def _made(self, pack: Pack) -> tuple[PlanRow, ...]:
        if pack.id not in self._rows:
            self._rows[pack.id] = tuple(self._row(pack, row) for row in pack.rows)
        return self._rows[pack.id]

    def _row(self, pack: Pack, row: DutyRow) -> PlanRow:
        return PlanRow(
            id=f"{pack.id}.{row.id}",
            group=pack.id,
            refs=row.refs,
            place_vi=self._place(row.refs[0]),
            cite_vi=self._full(row.refs),
            name_vi=row.name_vi,
            summary_vi=row.summary_vi,
            evidence_vi=row.evidence_vi,
            condition_vi=row.condition_vi,
            headings=tuple(f"{self._ruleset_id}:{clause}" for clause in row.headings),
            plan=tuple(f"{self._ruleset_id}:{clause}" for clause in row.plan),
            notice_vi=row.notice_vi,
            note_vi=row.note_vi,
        )

    def _full(self, refs: Sequence[str]) -> str:
        """Return places as printed, the name of each law once: «khoản 10 Điều 29, khoản 15 Điều 3 Luật …»."""
        by_law: dict[str, list[str]] = {}
        for ref in refs:
            full, clause = self._index.full(ref), self._index.get(ref).clause_vi
            by_law.setdefault(full[len(clause) :], []).append(full[: len(clause)])
        return "; ".join(", ".join(clauses) + law for law, clauses in by_law.items())

    def _place(self, ref: str) -> str:
        citation = self._index.get(ref)
        if citation.instrument == self._ruleset_id:
            return citation.short_vi
        return f"{citation.short_vi} {self._index.instruments[citation.instrument].short_vi}"


def _group(pack: Pack, why_vi: str, rows: tuple[PlanRow, ...]) -> PlanGroup:
    return PlanGroup(
        id=pack.id,
        kind="duty",
        place_vi="",
        name_vi=pack.name_vi,
        meaning_vi=pack.meaning_vi,
        why_vi=why_vi,
        rows=rows,
    )


def _check_under(row: DutyRow, where: str) -> None:
    places = ((row.headings, _HEADINGS_UNDER), (row.plan, (_PLAN_UNDER,)))
    for clauses, under in places:
        for clause in clauses:
            if not clause.startswith(tuple(f"{place}." for place in under)):
                raise RulesetError(f"{where}: «{clause}» không thuộc {', '.join(under)}; sửa viện dẫn.")


def read_pack_file(name: str) -> str:
    """Return the text of a file that stands among the packs."""
    return (package_dir("law", "rulesets", "packs") / f"{name}.yaml").read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def embedded_packs() -> tuple[Pack, ...]:
    """Return the packs that come with the program, read once.

    Raises:
        RulesetError: a file is broken; names file, key, remedy.
    """
    return tuple(read_model(read_pack_file(name), Pack, f"packs/{name}.yaml") for name in FILES)
