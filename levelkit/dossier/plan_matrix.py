"""Dossier: from the security plan to what is printed of it: matrix, summary, remediation, proofs (Đ22.6)."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from levelkit.domain.plan import OPEN_VI, STATUS_VI, PlanCounts
from levelkit.domain.requirement import UNCHECKED_VI, value_words
from levelkit.domain.text import format_date, format_size, legible
from levelkit.dossier.plan_context import (
    EvidenceRow,
    Mark,
    MatrixGroup,
    MatrixRow,
    MeasureRow,
    PlanMatrix,
    Retention,
    RetentionLine,
    Span,
    TodoRow,
    ValueLine,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from levelkit.domain.plan import Evidence, PlanGroup, PlanRow, RequirementAnswer, SecurityPlan
    from levelkit.domain.requirement import SuggestedValue, Value

_UNMET = ("partly", "not_met")
_SHORTEST_RUN = 3
_WEB = ("http://", "https://")


def build_matrix(
    plan: SecurityPlan, judged_on: date | None, cites: Mapping[str, str], *, planned: bool = False
) -> PlanMatrix:
    """Return everything that is printed of a plan.

    Args:
        plan: frozen with the dossier.
        judged_on: the day on which proofs must still be good; None: nobody can say.
        cites: places of the law, by what they are about, as printed.
        planned: that day is the one on which approval is expected.
    """
    return _MatrixBuilder(plan, judged_on, planned=planned).build(cites)


def heading_counts(plan: SecurityPlan, ref: str) -> PlanCounts:
    """Count the rows that answer one place of Đ30.3 or Đ30.4; a row may answer several."""
    return _counts(plan, (row for row in plan.rows if ref in row.headings))


def unfinished(plan: SecurityPlan) -> bool:
    """Say whether some requirement is met in part or not at all."""
    return any(plan.answer(row.id).status in _UNMET for row in plan.rows)


class _MatrixBuilder:
    def __init__(self, plan: SecurityPlan, judged_on: date | None, *, planned: bool) -> None:
        self._plan = plan
        self._day = judged_on
        self._planned = planned
        self._numbers = {row.id: number for number, row in enumerate(plan.rows, start=1)}
        # Anchors are numbers: what people type never becomes part of an address in the document.
        self._proofs = {proof: f"minh-chung-{place}" for place, proof in enumerate(plan.evidence, start=1)}
        self._measures = {one: f"bien-phap-{place}" for place, one in enumerate(plan.measures, start=1)}

        self._proved: dict[str, list[int]] = {}
        for row in plan.rows:
            for proof in plan.evidence_of(row.id):
                self._proved.setdefault(proof.id, []).append(self._numbers[row.id])

    def build(self, cites: Mapping[str, str]) -> PlanMatrix:
        plan = self._plan
        duties = [row for group in plan.groups if group.kind == "duty" for row in group.rows]
        baseline = [row for group in plan.groups if group.kind == "baseline" for row in group.rows]
        return PlanMatrix(
            level=plan.level,
            edition=plan.edition_vi,
            judged_on=format_date(self._day) if self._day else None,
            judged_planned=self._planned,
            cites=dict(cites),
            groups=tuple(self._group(group) for group in plan.groups),
            totals=_counts(plan, plan.rows),
            baseline=_counts(plan, baseline),
            duties=_counts(plan, duties),
            todo=self._todo(),
            measures=self._measure_rows(),
            evidence=tuple(self._evidence_row(proof) for proof in plan.evidence.values()),
            retention=self._retention(),
            kept=tuple(legible(name) for name in plan.kept.values()),
            unchecked=sum(row.notice_vi == UNCHECKED_VI for row in baseline),
            unchecked_duties=sum(row.notice_vi == UNCHECKED_VI for row in duties),
        )

    def _group(self, group: PlanGroup) -> MatrixGroup:
        return MatrixGroup(
            title=f"{group.place_vi}. {group.name_vi}" if group.place_vi else group.name_vi,
            place=group.place_vi,
            label=group.name_vi,
            duty=group.kind == "duty",
            why=tuple(line.strip() for line in _text(group.why_vi).splitlines() if line.strip()),
            counts=_counts(self._plan, group.rows),
            rows=tuple(self._row(row, duty=group.kind == "duty") for row in group.rows),
        )

    def _row(self, row: PlanRow, *, duty: bool) -> MatrixRow:
        plan, answer = self._plan, self._plan.answer(row.id)
        return MatrixRow(
            number=self._numbers[row.id],
            id=row.id,
            anchor=_row_mark(self._numbers[row.id]).anchor,
            place=row.place_vi,
            # The standard is named above the matrix; duties stand in many laws.
            cite=row.cite_vi if duty else "",
            name=row.name_vi,
            summary=row.summary_vi,
            condition=row.condition_vi,
            unchecked=row.notice_vi == UNCHECKED_VI,
            state=answer.status or "open",
            status=_status(answer),
            how=_text(answer.how),
            measures=tuple(
                Mark(text=one, anchor=self._measures[one], title=_text(plan.measures[one].title))
                for one in answer.measures
                if one in plan.measures
            ),
            reason=_text(answer.reason),
            values=_values(row, answer),
            taken_from=_text(answer.taken_from or ""),
            evidence=tuple(map(self._proof, plan.evidence_of(row.id))),
            unit=_text(answer.unit),
            todo=_text(answer.todo),
            due=format_date(answer.due) if answer.due else "",
        )

    def _proof(self, proof: Evidence) -> Mark:
        return Mark(text=proof.id, anchor=self._proofs[proof.id], expired=self._expired(proof))

    def _expired(self, proof: Evidence) -> bool:
        return self._day is not None and proof.expired_on(self._day)

    def _todo(self) -> tuple[TodoRow, ...]:
        """Return the rows not met in full, the nearest date first, those without a date at the end."""
        found: list[tuple[bool, date | None, TodoRow]] = []
        for group in self._plan.groups:
            for row in group.rows:
                answer = self._plan.answer(row.id)
                if answer.status in _UNMET:
                    told = TodoRow(
                        row=_row_mark(self._numbers[row.id]),
                        place=row.place_vi,
                        name=row.name_vi,
                        status=_status(answer),
                        todo=_text(answer.todo),
                        unit=_text(answer.unit),
                        due=format_date(answer.due) if answer.due else "",
                    )
                    found.append((answer.due is None, answer.due, told))
        dated = sorted((one for one in found if one[1]), key=lambda one: str(one[1]))
        return tuple(told for _, _, told in (*dated, *(one for one in found if not one[1])))

    def _measure_rows(self) -> tuple[MeasureRow, ...]:
        plan = self._plan
        served: dict[str, list[int]] = {}
        for row in plan.rows:
            for one in plan.answer(row.id).measures:
                served.setdefault(one, []).append(self._numbers[row.id])
        return tuple(
            MeasureRow(
                id=one.id,
                anchor=self._measures[key],
                title=_text(one.title),
                text=_text(one.text),
                unit=_text(one.unit),
                evidence=tuple(
                    self._proof(plan.evidence[proof]) for proof in one.evidence if proof in plan.evidence
                ),
                rows=_spans(served.get(key, [])),
            )
            for key, one in plan.measures.items()
        )

    def _evidence_row(self, proof: Evidence) -> EvidenceRow:
        link = _text(proof.link)
        return EvidenceRow(
            id=proof.id,
            anchor=self._proofs[proof.id],
            title=_text(proof.title),
            number=_text(proof.number),
            dated=format_date(proof.dated) if proof.dated else "",
            issuer=_text(proof.issuer),
            expires=format_date(proof.expires) if proof.expires else "",
            expired=self._expired(proof),
            file=f"{_text(proof.file.name)} ({format_size(proof.file.size)})" if proof.file else "",
            link=link,
            # Anything but a page on the web is printed and not followed.
            address=link if link.lower().startswith(_WEB) and not set(link) & set(" \n\t") else "",
            note=_text(proof.note),
            rows=_spans(self._proved.get(proof.id, [])),
        )

    def _retention(self) -> Retention | None:
        kept = self._plan.retention
        if kept is None or not kept.sources:
            return None
        lines = tuple(RetentionLine(months=months, cite=cite, why=why) for months, cite, why in kept.sources)
        return Retention(
            months=kept.months,
            lines=tuple(line for line in lines if line.months <= kept.months),
            open=tuple(line for line in lines if line.months > kept.months),
        )


def _counts(plan: SecurityPlan, rows: Iterable[PlanRow]) -> PlanCounts:
    found = Counter(plan.answer(row.id).status or "open" for row in rows)
    return PlanCounts(
        total=found.total(),
        met=found["met"],
        partly=found["partly"],
        not_met=found["not_met"],
        not_applicable=found["not_applicable"],
        open=found["open"],
    )


def _row_mark(number: int) -> Mark:
    return Mark(text=str(number), anchor=f"yeu-cau-{number}")


def _spans(numbers: list[int]) -> tuple[Span, ...]:
    """Return numbers of rows, three and more in a row as «4–9»."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    spans: list[Span] = []
    for run in runs:
        if len(run) < _SHORTEST_RUN:
            spans += [Span(first=_row_mark(number)) for number in run]
        else:
            spans.append(Span(first=_row_mark(run[0]), last=_row_mark(run[-1])))
    return tuple(spans)


def _text(text: str) -> str:
    return legible(text).strip()


def _status(answer: RequirementAnswer) -> str:
    return STATUS_VI[answer.status] if answer.status else OPEN_VI


def _values(row: PlanRow, answer: RequirementAnswer) -> tuple[ValueLine, ...]:
    given = ((value, answer.values.get(value.name)) for value in row.values)
    return tuple(_value_line(value, has, answer) for value, has in given if has is not None)


def _value_line(value: SuggestedValue, given: Value, answer: RequirementAnswer) -> ValueLine:
    words = _given_words(value, given)
    # An answer written for another edition may be of another kind: printed as it is, compared with nothing.
    alike = type(given) is type(value.value)
    if not alike or value.compare(given).outcome != "weaker":
        return ValueLine(label=value.label_vi, given=words)
    return ValueLine(
        label=value.label_vi,
        given=words,
        asked=value.text_vi,
        binding=value.binding,
        reason=_text(answer.value_reasons.get(value.name, "")),
    )


def _given_words(value: SuggestedValue, given: Value) -> str:
    if isinstance(given, tuple):
        return ", ".join(_text(value.parts_vi.get(part, part)) for part in given) or "–"
    return _text(value_words(given, "is", value.unit_vi, value.parts_vi))
