"""Dossier: the risk assessment as it is printed: register, method, where the rows lead (Đ10.3, Đ22.5)."""

from __future__ import annotations

from levelkit.domain.base import Model


class Mark(Model):
    """Where a row stands in the matrix: «Cao», «3 × 4 = 12»."""

    band: str
    sum: str


class RiskLine(Model):
    """One row of the register in words; an empty text where nothing was written.

    Attributes:
        subject, degree: whose interest is harmed, and how badly.
        before, after: None while likelihood or effect is open.
        due: 20/12/2026.
    """

    number: int
    threat: str
    weakness: str
    affected: str
    subject: str
    degree: str
    capability: str
    before: Mark | None
    treatment: str
    measure: str
    after: Mark | None
    owner: str
    due: str


class ScaleLine(Model):
    """One step of a scale."""

    value: int
    name: str
    meaning: str


class BandLine(Model):
    """One band: «Cao», «10–16», what it asks for, how many rows lie in it before and after treatment."""

    name: str
    span: str
    meaning: str
    before: int
    after: int


class TrailLine(Model):
    """One interest: the worst degree among the rows, which rows, the level that the harm table gives."""

    subject: str
    degree: str
    rows: str
    level: int | None
    cite: str


class RiskReport(Model):
    """What the report on risks and the statement's section on risks print beside the answers.

    Attributes:
        method: that the method is the program's own, until the ministry issues one.
        method_cites: where the law leaves the method to the ministry, each in full.
        bands_told: «Thấp (1–4), Trung bình (5–9) …».
        open_before, open_after: numbers of the rows that stand in neither matrix; empty when all do.
        trail: empty while no row says whose interest is harmed.
        trail_level: the highest level of the trail, None for none.
        trail_rows: numbers of the rows that give it.
        open_harm: numbers of the rows that do not say yet what is harmed.
        assessed: the level that the assessment asks for, as answered, in words.
    """

    method: str
    method_cites: tuple[str, ...]
    likelihood: tuple[ScaleLine, ...]
    effect: tuple[ScaleLine, ...]
    bands: tuple[BandLine, ...]
    bands_told: str
    rows: tuple[RiskLine, ...]
    drawn: tuple[str, ...]
    open_before: str
    open_after: str
    trail: tuple[TrailLine, ...]
    trail_level: int | None
    trail_rows: str
    open_harm: str
    assessed: str | None
