"""Dossier: the security plan as it is printed: the matrix, its summary and what stands around it (Đ22.6)."""

from __future__ import annotations

from typing import Literal

from levelkit.domain.base import Model
from levelkit.domain.plan import PlanCounts

State = Literal["met", "partly", "not_met", "not_applicable", "open"]


class Mark(Model):
    """A short name that leads to where the thing stands: «MC-01», «12».

    Attributes:
        anchor: the id of the place in the document.
        title: the thing's title; empty where the short name says enough.
        expired: a proof whose last good day is over.
    """

    text: str
    anchor: str
    title: str = ""
    expired: bool = False


class Span(Model):
    """Rows that follow each other: «4–9»; ``last`` is None for a single one."""

    first: Mark
    last: Mark | None = None


class ValueLine(Model):
    """A value that the system has, beside the one asked for.

    Attributes:
        asked: «không quá 15 phút»; empty where the given value needs no comparison.
        binding: the asked value is required, not suggested.
        reason: why a suggested value is departed from; empty where none is given.
    """

    label: str
    given: str
    asked: str = ""
    binding: bool = False
    reason: str = ""


class MatrixRow(Model):
    """One requirement with its answer.

    Attributes:
        number: its running number in the matrix.
        place: where it stands, in short: «5.6.2.2 b)».
        cite: the same in full for duties of other laws; empty for the standard.
        unchecked: its summary is not compared with the official text yet.
        how, todo: paragraphs.
        due: a date as 31/12/2026; empty where none is set.
        taken_from: code of the system that the text was taken from, until it is confirmed.
    """

    number: int
    id: str
    anchor: str
    place: str
    cite: str
    name: str
    summary: str
    condition: str
    unchecked: bool
    state: State
    status: str
    how: str
    measures: tuple[Mark, ...]
    reason: str
    values: tuple[ValueLine, ...]
    taken_from: str
    evidence: tuple[Mark, ...]
    unit: str
    todo: str
    due: str


class MatrixGroup(Model):
    """Rows below one heading: a group of the standard, or the duties of a pack.

    Attributes:
        title: «5.6. Quản lý tài khoản và quyền truy cập».
        label: the title without its number, for the chart.
        duty: a pack of duties of other laws; ``why`` then says why it applies, one reason each.
    """

    title: str
    place: str
    label: str
    duty: bool
    why: tuple[str, ...]
    counts: PlanCounts
    rows: tuple[MatrixRow, ...]


class TodoRow(Model):
    """What is still to be done for one requirement, by whom, by when (Đ36.10)."""

    row: Mark
    place: str
    name: str
    status: str
    todo: str
    unit: str
    due: str


class MeasureRow(Model):
    """A shared measure with the rows that it serves (Đ30.5.a)."""

    id: str
    anchor: str
    title: str
    text: str
    unit: str
    evidence: tuple[Mark, ...]
    rows: tuple[Span, ...]


class EvidenceRow(Model):
    """One proof with the rows that it proves.

    Attributes:
        source: «Quyết định số 88/QĐ-SM, ngày 01/9/2026, Tổng Giám đốc»; empty where nothing is known.
        expires: the last good day as 31/12/2026; empty where it does not expire.
        file: name and size of the attached file.
        address: a link that can be followed; ``link`` is what is printed for it.
    """

    id: str
    anchor: str
    title: str
    number: str
    dated: str
    issuer: str
    expires: str
    expired: bool
    file: str
    link: str
    address: str
    note: str
    rows: tuple[Span, ...]


class RetentionLine(Model):
    """One rule on how long logs are kept."""

    months: int
    cite: str
    why: str


class Retention(Model):
    """How long logs are kept: the longest time that applies.

    Attributes:
        lines: rules that apply.
        open: rules of which the answers do not tell whether they apply; they do not count.
    """

    months: int
    lines: tuple[RetentionLine, ...]
    open: tuple[RetentionLine, ...]


class PlanMatrix(Model):
    """The whole plan, ready to print.

    Attributes:
        edition: the standard with its edition.
        judged_on: the day on which proofs are looked at; None where the dossier names none.
        judged_planned: that day is the one on which approval is expected.
        cites: places of the law, by what they are about.
        totals: of everything; ``baseline`` of the standard's groups, ``duties`` of the packs.
        unchecked, unchecked_duties: rows of the standard, of other laws, whose summary is not compared
            with the official text yet.
        kept: requirements of a former level that are not asked any more.
    """

    level: int
    edition: str
    judged_on: str | None
    judged_planned: bool
    cites: dict[str, str]
    groups: tuple[MatrixGroup, ...]
    totals: PlanCounts
    baseline: PlanCounts
    duties: PlanCounts
    todo: tuple[TodoRow, ...]
    measures: tuple[MeasureRow, ...]
    evidence: tuple[EvidenceRow, ...]
    retention: Retention | None
    kept: tuple[str, ...]
    unchecked: int
    unchecked_duties: int
