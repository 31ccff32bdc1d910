"""Dossier: the frozen context that every document is printed from.

Everything here is ready to print: numbers, dates and blanks follow the conventions of NĐ 30/2020 already, so
a template only places text. A context goes through JSON without loss: it is what a render job carries.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from levelkit.domain.attachment import AttachmentMeta
from levelkit.domain.base import Model
from levelkit.domain.letterhead import Letterhead
from levelkit.domain.plan import PlanCounts
from levelkit.domain.proposal import RulesetId, Stage
from levelkit.dossier.plan_context import PlanMatrix
from levelkit.dossier.risk_context import RiskReport

Kind = Literal["statement", "letter", "decision", "report", "attachment"]


class Line(Model):
    """A labelled value; ``value`` is None where nothing was given."""

    label: str
    value: str | None


class Block(Model):
    """A titled group of labelled values, such as the owner's particulars of Đ22.3.a."""

    title: str
    lines: tuple[Line, ...]


class Prose(Model):
    """A titled text; ``text`` is None where nothing was written.

    ``requirements`` counts the plan's rows that answer this heading; None where there is no plan.
    """

    title: str
    text: str | None
    cite: str | None = None
    status: str | None = None
    requirements: PlanCounts | None = None


class Table(Model):
    """A table ready to print.

    Attributes:
        key: stable name, ``devices``.
        widths: column widths in percent of the text width, one per column.
        numeric: indexes of columns of numbers.
        roomy: its columns are wide enough to keep numbers of papers on one line.
        empty: what stands under the heading when there are no rows.
    """

    key: str
    title: str
    columns: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[int, ...] = ()
    empty: str | None = None
    roomy: bool = False


class Picture(Model):
    """A figure: an attached picture or one drawn from the tables, and the words read out in its place.

    Attributes:
        source: ``attachment:<sha256>`` or ``drawing:<key>``.
        width: in millimetres as it is printed; None: as large as it is, within the page.
        wide: it wants a page lying on its side.
    """

    source: str
    caption: str
    alt: str
    width: float | None = None
    wide: bool = False


class Drawing(Model):
    """A picture drawn from the dossier's own data, as SVG; shown as ``<img src="drawing:KEY">``.

    Attributes:
        svg: without scripts and outside references.
        width, height: in millimetres, as it is printed.
        title, description: what a screen reader says in its place.
    """

    svg: str
    width: float
    height: float
    title: str
    description: str


class Signature(Model):
    """Boxes 7a and 7b of NĐ 30; no lines while the signatory is unknown."""

    lines: tuple[str, ...] = ()
    name: str | None = None


class Heading(Model):
    """Boxes 1–5 of NĐ 30: parent and issuing body (capitals), number line, place and date.

    ``parent`` and ``organisation`` are None where nothing is known.
    """

    parent: str | None
    organisation: str | None
    number: str
    place_date: str


class Letter(Model):
    """One form or decision.

    Attributes:
        issuer: the issuing body's name in running text.
        head: whose decision it is, in capitals («TỔNG GIÁM ĐỐC …»).
        addressees: one line each.
        bases: căn cứ after the first one of the form, without the word and without end punctuation.
        recipients: box 9b, one line each, without dash and end punctuation.
        copies: the last line of box 9b.
    """

    document: str
    title: str
    kind: Kind
    stage: Stage
    ours: bool
    heading: Heading
    issuer: str | None
    head: str | None
    addressees: tuple[str, ...]
    bases: tuple[str, ...]
    recipients: tuple[str, ...]
    copies: str
    signature: Signature


class Reference(Model):
    """A document that came from elsewhere.

    Attributes:
        text: «Văn bản số 12/ATTT ngày 05 tháng 01 năm 2026 của …».
        short: the same without the issuer.
    """

    text: str
    short: str
    issuer: str | None
    conclusion: str | None = None
    body: str | None = None


class System(Model):
    """What the forms say about the system and its route; None where unanswered.

    Attributes:
        level: the proposed level, 1 to 5.
        listed: on the list of Đ16 (Đ20.4).
        project: new build or upgrade (Đ19.1); ``hired``: an IT service is hired (Đ19.2).
        preparer: who lays the dossier before the appraiser: the operator, the investor or the hiring unit.
        owner: who acts as the owner.
        grounds: the criteria that decide the level, cited in full.
        decision: number and date of the decision of levels 1 and 2 once it is issued.
        unfinished: some content of the plan is met in part or not at all.
        stage: ``in_operation``, ``new_build``, ``upgrade``, ``hired_service``.
    """

    code: str
    name: str | None
    address: str | None
    level: int | None
    listed: bool
    stage: str | None
    project: bool
    hired: bool
    preparer: str | None
    owner: str | None
    operator: str | None
    appraiser: str | None
    design: str | None
    opinion_needed: bool
    opinion: Reference | None
    appraisal: Reference | None
    decision: str | None
    previous: Reference | None
    regulation: str | None
    standard: str
    grounds: tuple[str, ...]
    unfinished: bool


class CriterionRow(Model):
    """One row of the criterion table: outcome in words, facts read or still needed, how the law is read."""

    level: int
    cite: str
    text: str
    outcome: str
    met: bool
    facts: tuple[Line, ...]
    note: str | None = None


class GreyRow(Model):
    """A point with two readings."""

    question: str
    cite: str
    reading: str
    other: str
    effect: str


class HarmCell(Model):
    """One row of the harm table: subject, harm in words, level that it gives (None: none)."""

    subject: str
    harm: str
    level: int | None


class Statement(Model):
    """The three statements of Đ22, in printing order."""

    heading: Heading
    signature: Signature
    internal_mark: bool
    owner: str | None
    place_year: str
    occasion: tuple[str, ...]
    bases: tuple[str, ...]
    parties: tuple[Block, ...]
    party_notes: tuple[Prose, ...]
    scope_lines: tuple[Line, ...]
    scope: tuple[Prose, ...]
    architecture_title: str
    logical: Prose
    logical_picture: Picture | None
    physical: Prose
    physical_picture: Picture | None
    zones_picture: Picture | None
    inventory: tuple[Table, ...]
    design: str | None
    system_list: Table
    information: tuple[Line, ...]
    information_notes: tuple[Prose, ...]
    kinds: tuple[Line, ...]
    kind_notes: tuple[Prose, ...]
    level_lines: tuple[Line, ...]
    deciding: tuple[CriterionRow, ...]
    proposed_reason: str | None
    raised: bool
    national: tuple[str, ...]
    risk_date: str | None
    risk: tuple[Prose, ...]
    harm: tuple[HarmCell, ...]
    harm_cite: str | None
    harm_level: int | None
    criteria_level: int | None
    risk_level: str | None
    risk_conclusion: str | None
    harm_assumptions: str | None
    detail: tuple[Prose, ...]
    plan: tuple[Prose, ...]
    management: tuple[Prose, ...]
    technical: tuple[Prose, ...]
    plan_more: tuple[Prose, ...]
    regulation: str | None
    plan_status: Table
    plan_matrix: PlanMatrix | None = None
    judged_on: str | None
    criteria: tuple[CriterionRow, ...]
    near_misses: tuple[Line, ...]
    grey_points: tuple[GreyRow, ...]
    notices: tuple[Line, ...]


class Owner(Model):
    """One owner: the particulars of the owner and of its security unit, as the form lists them."""

    owner: Block
    security: Block


class Report(Model):
    """The yearly report of an owner, or of a unit to its owner.

    Attributes:
        year: of the period, which ends on 14 December of it. Đ35.3.
        period: the period in words.
        counts: the seven lines of part 1.
        systems: the table of part 3, twelve columns.
        lists: what Đ36 asks for besides, one table each, in the decree's order.
        standard: whose clauses the unmet requirements name; empty where no system has a plan.
    """

    year: int
    period: str
    standard: str
    counts: tuple[Line, ...]
    owners: tuple[Owner, ...]
    systems: Table
    lists: tuple[Table, ...]


class DocumentEntry(Model):
    """One document of the dossier, in the order of the route.

    ``attachment`` is the content hash of a file that is handed on as given, else None.
    """

    document: str
    title: str
    stage: Stage
    kind: Kind
    attachment: str | None = None


class DossierContext(Model):
    """Everything that the documents of one dossier are printed from. Implements Đ21–Đ24."""

    schema_version: Literal[1] = 1
    revision: int
    ruleset: RulesetId
    ruleset_title: str
    secrecy: str | None
    system: System
    documents: tuple[DocumentEntry, ...]
    letters: dict[str, Letter]
    statement: Statement | None
    attachments: dict[str, AttachmentMeta]
    drawings: dict[str, Drawing] = Field(default_factory=dict)
    report: Report | None = None
    risk: RiskReport | None
    letterhead: Letterhead | None = None

    def entry(self, document: str) -> DocumentEntry:
        """Return the entry of one document; KeyError when the dossier has none of that id."""
        for entry in self.documents:
            if entry.document == document:
                return entry
        raise KeyError(document)
