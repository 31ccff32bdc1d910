"""Dossier: from the systems of an owner to the yearly report (Mẫu 08). Đ35, Đ36."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from levelkit.domain.plan import STATUS_VI
from levelkit.domain.text import fold, format_date, format_date_long
from levelkit.dossier.answers import Answers, Forms
from levelkit.dossier.context import (
    Block,
    Line,
    Owner,
    Report,
    Table,
)
from levelkit.dossier.report_words import ReportWords, report_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from levelkit.domain.plan import SecurityPlan
    from levelkit.domain.proposal import ProposalDossier
    from levelkit.law import RuleLibrary

Row = tuple[str, ...]

_NOT_DONE = "not_done"


@dataclass(frozen=True)
class ReportedSystem:
    """A system as it stands.

    Attributes:
        status: of the workspace: draft, submitted, appraised, approved.
        filed: a dossier was made in full, or is with the appraiser, or was decided on.
    """

    proposal: ProposalDossier
    status: str
    filed: bool


@dataclass(frozen=True)
class Missing:
    """What the report would need and nobody answered: the system and the question that answers it."""

    code: str
    system: str
    question: str
    what: str


def report_period(year: int) -> tuple[date, date]:
    """Return first and last day of the data of a year's report. Đ35.3."""
    words = report_words()
    first, last = words.first_day, words.last_day
    return date(year - 1, first["month"], first["day"]), date(year, last["month"], last["day"])


def assemble_report(
    systems: Sequence[ReportedSystem], year: int, library: RuleLibrary, forms: Forms
) -> tuple[Report, tuple[Missing, ...]]:
    """Return the report and what it lacks; nothing that is missing is made up.

    Args:
        systems: those in the owner's or unit's charge, without retired ones.
        year: of the period.
        library: where the places of the law are looked up.
        forms: where the words of options stand.
    """
    reporter = _Reporter(library)
    rows = [_System(one, forms, reporter) for one in systems]
    words = report_words()
    first, last = report_period(year)
    numbered = [(str(number), *one.columns()) for number, one in enumerate(rows, start=1)]
    report = Report(
        year=year,
        period=words.period.format(first=format_date_long(first), last=format_date_long(last)),
        standard=next((one.proposal.plan.edition_vi for one in rows if one.proposal.plan), ""),
        counts=_counts(rows, words),
        owners=_owners(rows, words),
        systems=Table(
            key="systems",
            title=words.systems.title,
            columns=words.systems.columns,
            widths=words.systems.widths,
            rows=tuple(numbered),
            numeric=(4,),
            empty=words.empty,
        ),
        lists=tuple(_lists(rows, reporter)),
    )
    return report, tuple(reporter.missing)


class _Reporter:
    """Collects what is missing, once per system and question."""

    def __init__(self, library: RuleLibrary) -> None:
        self.library = library
        self.words = report_words()
        self.missing: list[Missing] = []
        self._seen: set[tuple[str, str]] = set()

    def lacks(self, system: _System, question: str, key: str, **values: str) -> None:
        if (system.code, question) in self._seen:
            return
        self._seen.add((system.code, question))
        what = self.words.missing[key].format(**values)
        self.missing.append(Missing(system.code, system.name, question, what))


class _System:
    """One system, asked column by column."""

    def __init__(self, reported: ReportedSystem, forms: Forms, reporter: _Reporter) -> None:
        proposal = reported.proposal
        self.code, self.name = proposal.code, proposal.name
        self.answers = Answers(proposal.answers, forms)
        self.raw = proposal.answers
        self.proposal = proposal
        self.filed = reported.filed
        self.earlier = reported.status != "approved" and self.raw.get("previous.level") is not None
        self.status = "approved" if self.earlier else reported.status
        self._own = reported.status == "approved"
        self._reporter = reporter
        self._words = reporter.words

    @property
    def approved(self) -> bool:
        """Whether a level was approved, under this decree or an earlier one."""
        return self.status == "approved"

    @property
    def level(self) -> int | None:
        """The proposed level; where only an earlier decision stands, the approved one."""
        found = self.proposal.level
        return self.raw.get("previous.level") if found is None and self.approved else found

    def columns(self) -> Row:
        """Return columns (2) to (12); an empty text where nothing is known."""
        words = self._words
        if not self.answers.text("owner.name"):
            self._lacks("owner.name", "owner")
        if not self.answers.text("operator.name"):
            self._lacks("operator.name", "operator")
        if self.level is None:
            self._lacks("proposed_level", "level")
        return (
            self.name,
            self.answers.text("owner.name") or "",
            self.answers.text("operator.name") or "",
            str(self.level or ""),
            words.statuses[self.status],
            self.decision() or "",
            self.regulation() or "",
            "" if self.approved else self.planned() or "",
            self.implemented() or "",
            self.full_by() or "",
            "; ".join(self.inspected()),
        )

    def decision(self) -> str | None:
        """Return number, date and issuer of the decision on the level, None where there is none."""
        if not self.approved:
            return None
        number, day, issuer = self._decided()
        if not (number and day and issuer):
            self._lacks("previous.decision", "decision")
        return _joined(number, day, issuer)

    def _decided(self) -> tuple[str | None, str | None, str | None]:
        text = self.answers.text
        route = self.proposal.route
        if self._own and route is not None:
            for spec in route.documents:
                if spec.stage == "approval" and text(f"doc.{spec.document}.number"):
                    heading = f"doc.{spec.document}"
                    issuer = text(f"{spec.issuer}.name") if spec.issuer == "owner" else text("security.name")
                    return text(f"{heading}.number"), self.answers.day_short(f"{heading}.date"), issuer
        return (
            text("previous.decision"),
            self.answers.day_short("previous.decision_date"),
            text("previous.issuer"),
        )

    def regulation(self) -> str | None:
        """Return number, date and issuer of the regulation, None where none is named."""
        text = self.answers.text
        number, day = text("regulation.number"), self.answers.day_short("regulation.date")
        if not number:
            self._lacks("regulation.number", "regulation")
        return _joined(number, day, text("regulation.issuer"))

    def planned(self) -> str | None:
        """Return when approval is expected, as month and year."""
        day = self.answers.day("approval_planned")
        if day is None:
            self._lacks("approval_planned", "planned")
            return None
        return self._words.month.format(month=f"{day.month:02d}", year=day.year)

    def planned_day(self) -> date | None:
        """Return when approval is expected."""
        return self.answers.day("approval_planned")

    @property
    def plan(self) -> SecurityPlan | None:
        """The plan, where every requirement is judged; None where some are open."""
        plan = self.proposal.plan
        if plan is None or any(plan.answer(row.id).status is None for row in plan.rows):
            return None
        return plan

    def implemented(self) -> str | None:
        """Return how far the plan is carried out, None while requirements are not judged."""
        plan = self.plan
        if plan is None:
            self._lacks("phuong-an", "plan")
            return None
        states = Counter(plan.answer(row.id).status for row in plan.rows)
        if not states["partly"] and not states["not_met"]:
            return self._words.implemented["full"]
        return self._words.implemented["part" if states["met"] or states["partly"] else "none"]

    def full_by(self) -> str | None:
        """Return by when the plan is carried out in full: the last date among what is not met."""
        plan = self.plan
        if plan is None:
            return None
        answers = [plan.answer(row.id) for row in plan.rows]
        open_ones = [one for one in answers if one.status in {"partly", "not_met"}]
        days = [one.due for one in open_ones if one.due is not None]
        if len(days) < len(open_ones):
            self._lacks("phuong-an", "full")
            return None
        last = max(days, default=None)
        return None if last is None else self._words.month.format(month=f"{last.month:02d}", year=last.year)

    def inspected(self) -> list[str]:
        """Return when it was inspected, in the words of the form."""
        given = self.raw.get("inspection.done")
        if not given:
            self._lacks("inspection.done", "inspected")
        return [self._words.inspected[one] for one in given or () if one != _NOT_DONE]

    def _lacks(self, question: str, key: str) -> None:
        self._reporter.lacks(self, question, key)


def _joined(*parts: str | None) -> str | None:
    return ", ".join(part for part in parts if part) or None


def _counts(rows: Sequence[_System], words: ReportWords) -> tuple[Line, ...]:
    decided = [row for row in rows if row.approved]
    waiting = [row for row in rows if not row.approved]
    days = [day for row in waiting if (day := row.planned_day()) is not None]
    if not waiting:
        expected = words.all_approved if rows else words.unknown
    else:
        last = max(days) if len(days) == len(waiting) else None
        expected = (
            words.month.format(month=f"{last.month:02d}", year=last.year)
            if last is not None
            else words.unknown
        )
    numbers: dict[str, int | str] = {
        "total": len(rows),
        "classified": sum(bool(row.raw.get("kinds")) for row in rows),
        "filed": sum(row.filed or row.approved for row in rows),
        "appraised": sum(row.status in {"appraised", "approved"} for row in rows),
        "approved": len(decided),
        "inspected": sum("periodic" in (row.raw.get("inspection.done") or ()) for row in decided),
        "expected": expected,
    }
    return tuple(Line(label=label, value=str(numbers[key])) for key, label in words.counts.items())


def _owners(rows: Sequence[_System], words: ReportWords) -> tuple[Owner, ...]:
    """Return every owner with its unit, each once, in the order of the systems."""
    found: dict[tuple[str, str], Owner] = {}
    for row in rows:
        key = tuple(fold(row.answers.text(f"{role}.name") or "") for role in ("owner", "security"))
        if (key[0], key[1]) not in found:
            found[key[0], key[1]] = Owner(
                owner=_block(row, "owner", words), security=_block(row, "security", words)
            )
    return tuple(found.values())


def _block(row: _System, role: str, words: ReportWords) -> Block:
    text = row.answers.text
    for key in ("representative", "address"):
        if not text(f"{role}.{key}"):
            row._reporter.lacks(row, f"{role}.{key}", key, role=words.parts[role].lower())  # noqa: SLF001
    return Block(
        title=words.parts[role],
        lines=(
            Line(label=words.lines[role], value=text(f"{role}.name")),
            Line(label=words.lines["functions"], value=text(f"{role}.functions_document")),
            Line(label=words.lines["representative"], value=_person(row, role)),
            Line(label=words.lines["address"], value=text(f"{role}.address")),
            Line(label=words.lines["contact"], value=_contact(row, role)),
        ),
    )


def _person(row: _System, role: str) -> str | None:
    return _joined(row.answers.text(f"{role}.representative"), row.answers.text(f"{role}.position"))


def _contact(row: _System, role: str) -> str | None:
    return _joined(row.answers.text(f"{role}.phone"), row.answers.text(f"{role}.email"))


def _lists(rows: Sequence[_System], reporter: _Reporter) -> Iterable[Table]:
    text = _cells
    words = reporter.words
    yield _table(reporter, "units", _units(rows, words))
    yield _table(reporter, "systems", (text(r.name, r.answers.text("operator.name"), r.level) for r in rows))
    unscreened = [row for row in rows if row.proposal.classification.national_security_list == "unknown"]
    for row in unscreened:
        reporter.lacks(row, "national_security_criteria", "critical")
    yield _table(
        reporter,
        "critical",
        _critical(rows, reporter),
        untold=bool(unscreened),
    )
    decided = [row for row in rows if row.approved]
    yield _table(reporter, "approved", (text(row.name, row.level, row.decision()) for row in decided))
    yield _table(reporter, "implemented", (text(row.name, row.implemented(), row.full_by()) for row in rows))
    ruled = [row for row in rows if row.answers.text("regulation.number")]
    yield _table(
        reporter,
        "regulated",
        (text(row.name, row.answers.text("regulation.title"), row.regulation()) for row in ruled),
    )
    untold = [row for row in ruled if row.raw.get("regulation.complied") is None]
    for row in untold:
        reporter.lacks(row, "regulation.complied", "complied")
    yield _table(
        reporter,
        "complied",
        (text(row.name) for row in ruled if row.raw.get("regulation.complied") is True),
        untold=bool(untold),
    )
    yield _table(
        reporter,
        "inspected",
        (
            text(row.name, "; ".join(found), row.answers.text("inspection.document"))
            for row in rows
            if (found := row.inspected())
        ),
        untold=any(not row.raw.get("inspection.done") for row in rows),
    )
    yield _table(reporter, "evaluated", (_evaluated(row) for row in rows if row.proposal.plan is not None))
    yield _table(reporter, "plans", (line for row in rows for line in _unmet(row)))
    yield _table(reporter, "regulations", _regulations(ruled))


def _units(rows: Sequence[_System], words: ReportWords) -> Iterable[Row]:
    """Return every owner, security unit and operator once, with the systems it stands for."""
    listed = words.lists["units"]
    for role, label in listed.roles.items():
        serving: dict[Row, list[str]] = {}
        for row in rows:
            text = row.answers.text
            key = _cells(
                label,
                text(f"{role}.name"),
                text(f"{role}.functions_document"),
                _person(row, role),
                text(f"{role}.address"),
                _contact(row, role),
            )
            serving.setdefault(key, []).append(row.name)
        for key, names in serving.items():
            yield (*key, listed.every if len(names) == len(rows) else "; ".join(names))


def _critical(rows: Sequence[_System], reporter: _Reporter) -> Iterable[Row]:
    for row in rows:
        found = row.proposal.classification
        if found.national_security_list == "yes":
            places = [reporter.library.citation(ref).full_vi for ref in found.national_security_refs]
            yield _cells(row.name, "; ".join(places))


def _evaluated(row: _System) -> Row:
    plan = row.proposal.plan
    assert plan is not None
    states = Counter(plan.answer(one.id).status for one in plan.rows)
    order: tuple[Any, ...] = ("met", "partly", "not_met", "not_applicable", None)
    return _cells(row.name, len(plan.rows), *(states[state] for state in order))


def _unmet(row: _System) -> Iterable[Row]:
    plan = row.proposal.plan
    if plan is None:
        return
    for one in plan.rows:
        answer = plan.answer(one.id)
        if answer.status in {"partly", "not_met"}:
            due = format_date(answer.due) if answer.due else None
            state = STATUS_VI[answer.status]
            yield _cells(row.name, one.place_vi, one.name_vi, state, answer.todo, answer.unit, due)


def _regulations(rows: Sequence[_System]) -> Iterable[Row]:
    serving: dict[tuple[str | None, str | None, str | None], list[str]] = {}
    for row in rows:
        text = row.answers.text
        named = _joined(text("regulation.number"), row.answers.day_short("regulation.date"))
        key = (text("regulation.title"), named, text("regulation.issuer"))
        serving.setdefault(key, []).append(row.name)
    return [_cells(*key, "; ".join(names)) for key, names in serving.items()]


def _cells(*values: object) -> Row:
    return tuple("" if value is None else str(value) for value in values)


def _table(reporter: _Reporter, key: str, rows: Iterable[Row], *, untold: bool = False) -> Table:
    """Return one list; ``untold``: some system did not say whether it belongs in it, so none is not told."""
    found = reporter.words.lists[key]
    place = reporter.library.citation(found.cite).clause_vi
    return Table(
        key=key,
        title=f"{found.title} ({place[:1].lower() + place[1:]})",
        columns=found.columns,
        widths=found.widths,
        rows=tuple((str(number), *row) for number, row in enumerate(rows, start=1)),
        empty=reporter.words.untold if untold else reporter.words.empty,
    )
