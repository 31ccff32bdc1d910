"""Domain: the risk register, its scores, and the conclusion that its rows lead to. Đ10.3, Đ10.5, Đ22.4.c.

The method (scales, bands) is data of this program, never law; the levels that harm gives come from the
ruleset's harm table (Luật 116 Đ8.1).
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final, Literal, Protocol

from pydantic import field_validator, model_validator

from levelkit.domain.base import Model
from levelkit.domain.fact_catalogue import FACT_CATALOGUE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

QUESTION: Final = "risk.threats"
LEVEL_QUESTION: Final = "risk_assessed_level"
SIDE: Final = 5
SUBJECTS: Final = ("rights", "public_interest", "social_order", "national_security")
DEGREES: Final = tuple(str(degree) for degree in FACT_CATALOGUE["harm"].values)
ACCEPTED: Final = "accept"

Point = tuple[int, int]


class Step(Model):
    """One step of a scale: 1 to 5, its word, how to tell it."""

    value: int
    name: str
    meaning: str


class Band(Model):
    """Scores from ``lowest`` up to the next band: what they are called, what they ask for."""

    id: str
    lowest: int
    name: str
    meaning: str


class RiskMethod(Model):
    """How this program scores risks.

    Attributes:
        statement: that the method is the program's own, until the ministry issues one.
        cites: where the law leaves the method to the ministry.
        acting_from: the band from which on a row needs measure, owner and date.
    """

    title: str
    statement: str
    cites: tuple[str, ...]
    likelihood: tuple[Step, ...]
    effect: tuple[Step, ...]
    bands: tuple[Band, ...]
    acting_from: str

    @field_validator("likelihood", "effect")
    @classmethod
    def _whole(cls, steps: tuple[Step, ...]) -> tuple[Step, ...]:
        if [step.value for step in steps] != list(range(1, SIDE + 1)):
            raise ValueError(f"thang phải có đủ các bước 1 đến {SIDE}, theo thứ tự")
        return steps

    @model_validator(mode="after")
    def _rising(self) -> RiskMethod:
        lowest = [band.lowest for band in self.bands]
        if not lowest or lowest[0] != 1 or lowest != sorted(set(lowest)) or lowest[-1] > SIDE * SIDE:
            raise ValueError("các mức phải bắt đầu từ 1 và tăng dần")
        if self.acting_from not in {band.id for band in self.bands}:
            raise ValueError(f"không có mức «{self.acting_from}»")
        return self

    def band(self, score: int) -> Band:
        """Return the band of a score from 1 to 25."""
        return max((band for band in self.bands if band.lowest <= score), key=lambda band: band.lowest)

    def span(self, band: Band) -> tuple[int, int]:
        """Return the lowest and the highest score of a band."""
        after = [other.lowest for other in self.bands if other.lowest > band.lowest]
        return band.lowest, (min(after) - 1 if after else SIDE * SIDE)

    def must_act(self, score: int) -> bool:
        """Whether a score lies in a band that asks for measure, owner and date."""
        first = next(band for band in self.bands if band.id == self.acting_from)
        return score >= first.lowest


class CatalogueEntry(Model):
    """A threat to start from: words only, a person gives the scores.

    Attributes:
        kinds: the kinds of system that it is usual for.
        subject: whose interest is harmed, one of :data:`SUBJECTS`.
    """

    id: str
    kinds: tuple[str, ...]
    threat: str
    weakness: str
    affected: str
    subject: Literal["rights", "public_interest", "social_order", "national_security"]
    measure: str

    def row(self) -> dict[str, Any]:
        """Return the row it becomes; scores, degree of harm and treatment stay open."""
        return {
            "threat": self.threat,
            "weakness": self.weakness,
            "affected": self.affected,
            "harm_subject": self.subject,
            "measure": self.measure,
        }


class CatalogueKind(Model):
    """A kind of system in the catalogue; ``suits``: values of the fact ``kinds`` that it is usual for."""

    id: str
    name: str
    suits: tuple[str, ...] = ()
    lines: tuple[int, ...] = ()


class RiskRow(Model):
    """One row of the register; whatever is not written, or not readable, is None.

    ``number`` counts from 1, as the window and the documents print it.
    """

    number: int
    threat: str | None = None
    weakness: str | None = None
    likelihood: int | None = None
    effect: int | None = None
    affected: str | None = None
    harm_subject: str | None = None
    harm_degree: str | None = None
    capability: str | None = None
    treatment: str | None = None
    measure: str | None = None
    residual_likelihood: int | None = None
    residual_effect: int | None = None
    owner: str | None = None
    due: date | None = None

    @property
    def point(self) -> Point | None:
        """Likelihood and effect as they stand; None while one is open."""
        return _point(self.likelihood, self.effect)

    @property
    def residual_point(self) -> Point | None:
        """Likelihood and effect after treatment; an accepted risk stays where it is."""
        found = _point(self.residual_likelihood, self.residual_effect)
        if found is None and self.treatment == ACCEPTED:
            return self.point
        return found

    @property
    def score(self) -> int | None:
        """Likelihood times effect, 1 to 25."""
        return _product(self.point)

    @property
    def residual_score(self) -> int | None:
        """The score after treatment."""
        return _product(self.residual_point)

    @property
    def judged(self) -> bool:
        """Whether the row says whose interest is harmed, and how badly."""
        return self.harm_subject in SUBJECTS and self.harm_degree in DEGREES


class Register(Model):
    """The rows of the register, numbered as printed."""

    rows: tuple[RiskRow, ...] = ()

    @classmethod
    def read(cls, stored: Iterable[Mapping[str, Any]] | None) -> Register:
        """Return the register of an answer; rows of any older form are read, odd cells are open."""
        return cls(rows=tuple(_row(number, row) for number, row in enumerate(stored or (), start=1)))

    def cells(self, *, residual: bool = False) -> dict[Point, tuple[int, ...]]:
        """Return (likelihood, effect) → numbers of the rows there."""
        found: dict[Point, tuple[int, ...]] = {}
        for row in self.rows:
            point = row.residual_point if residual else row.point
            if point is not None:
                found[point] = (*found.get(point, ()), row.number)
        return found

    def unplaced(self, *, residual: bool = False) -> tuple[int, ...]:
        """Return the numbers of the rows that stand nowhere in the matrix."""
        return tuple(
            row.number for row in self.rows if (row.residual_point if residual else row.point) is None
        )

    def in_band(self, method: RiskMethod, *, residual: bool = False) -> dict[str, int]:
        """Return band id → number of rows."""
        found = dict.fromkeys((band.id for band in method.bands), 0)
        for (likelihood, effect), numbers in self.cells(residual=residual).items():
            found[method.band(likelihood * effect).id] += len(numbers)
        return found


class LevelOfHarm(Protocol):
    """What the ruleset's harm table says of one degree."""

    @property
    def level(self) -> int:
        """The level it gives."""
        ...

    @property
    def cite(self) -> str:
        """Where the law says so."""
        ...


class SubjectConclusion(Model):
    """What the register says of one interest: the worst degree, the rows that give it, the level.

    ``level`` and ``cite`` are None where the harm table gives none.
    """

    subject: str
    degree: str
    rows: tuple[int, ...]
    level: int | None = None
    cite: str | None = None


class Conclusion(Model):
    """Where the register leads. Interests that no row names are left out: nothing was said of them.

    Attributes:
        level: the highest level that the harm table gives, 0 for none.
        open_rows: rows that do not say yet whose interest is harmed, or how badly.
    """

    subjects: tuple[SubjectConclusion, ...]
    level: int
    open_rows: tuple[int, ...]

    @property
    def deciding(self) -> tuple[SubjectConclusion, ...]:
        """The interests that give the level."""
        return tuple(found for found in self.subjects if found.level == self.level and self.level)

    def of(self, subject: str) -> SubjectConclusion | None:
        """Return what is said of an interest, or None."""
        return next((found for found in self.subjects if found.subject == subject), None)

    def suggested_level(self, criteria_at_least: int) -> int:
        """Return the answer to suggest: 0, «asks for no level», where the criteria give more. Đ10.5."""
        return self.level if self.level >= criteria_at_least else 0


class Contradiction(Model):
    """The register and an answer differ.

    Attributes:
        question: the answer that differs, ``harm.rights`` or ``risk_assessed_level``.
        stored, found: what the answer and what the register says; ``found`` is None where no row does.
        rows: the rows that lead there.
    """

    question: str
    stored: str | int
    found: str | int | None
    rows: tuple[int, ...] = ()


def conclude(register: Register, table: Mapping[str, Mapping[str, LevelOfHarm]]) -> Conclusion | None:
    """Return where the rows lead through the harm table; None while no row says what is harmed."""
    judged = [row for row in register.rows if row.judged]
    if not judged:
        return None
    subjects = [
        _worst(subject, [row for row in judged if row.harm_subject == subject], table) for subject in SUBJECTS
    ]
    found = tuple(each for each in subjects if each is not None)
    return Conclusion(
        subjects=found,
        level=max((each.level or 0 for each in found), default=0),
        open_rows=tuple(row.number for row in register.rows if not row.judged),
    )


def contradictions(
    conclusion: Conclusion, harm: Mapping[str, str | None], level: int | None, criteria_at_least: int
) -> tuple[Contradiction, ...]:
    """Return where the stored answers and the register differ; what is not answered contradicts nothing.

    Args:
        conclusion: where the register leads.
        harm: subject → degree as answered.
        level: the risk result as answered, 0 for «asks for no level».
        criteria_at_least: the level that the criteria give already; a result below it need not be named.
    """
    found: list[Contradiction] = []
    for subject in SUBJECTS:
        stored, said = harm.get(subject), conclusion.of(subject)
        if stored is None or stored == (said.degree if said else DEGREES[0]):
            continue
        found.append(
            Contradiction(
                question=f"harm.{subject}",
                stored=stored,
                found=said.degree if said else None,
                rows=said.rows if said else (),
            )
        )
    fits = {conclusion.level, conclusion.suggested_level(criteria_at_least)}
    if conclusion.level <= criteria_at_least:
        fits.add(0)
    if level is not None and level not in fits:
        rows = tuple(sorted({number for each in conclusion.deciding for number in each.rows}))
        found.append(Contradiction(question=LEVEL_QUESTION, stored=level, found=conclusion.level, rows=rows))
    return tuple(found)


def _worst(
    subject: str, rows: list[RiskRow], table: Mapping[str, Mapping[str, LevelOfHarm]]
) -> SubjectConclusion | None:
    if not rows:
        return None
    degree = max((str(row.harm_degree) for row in rows), key=DEGREES.index)
    given = table.get(subject, {}).get(degree)
    return SubjectConclusion(
        subject=subject,
        degree=degree,
        rows=tuple(row.number for row in rows if row.harm_degree == degree),
        level=given.level if given else None,
        cite=given.cite if given else None,
    )


def _point(likelihood: int | None, effect: int | None) -> Point | None:
    return None if likelihood is None or effect is None else (likelihood, effect)


def _product(point: Point | None) -> int | None:
    return None if point is None else point[0] * point[1]


def _row(number: int, stored: Mapping[str, Any]) -> RiskRow:
    text = {
        key: str(stored[key])
        for key in ("threat", "weakness", "affected", "capability", "measure", "owner")
        if stored.get(key) not in {None, ""}
    }
    steps = {
        key: value
        for key in ("likelihood", "effect", "residual_likelihood", "residual_effect")
        if type(value := stored.get(key)) is int and 1 <= value <= SIDE
    }
    words = {
        key: stored[key]
        for key in ("harm_subject", "harm_degree", "treatment")
        if isinstance(stored.get(key), str) and stored[key]
    }
    return RiskRow(number=number, **text, **steps, **words, due=_day(stored.get("due")))


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
