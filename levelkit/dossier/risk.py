"""Dossier: from the stored register to what the report on risks prints. Đ10.3, Đ22.4.c, Đ22.5."""

from __future__ import annotations

from typing import TYPE_CHECKING

from levelkit.domain.fact_catalogue import FACT_CATALOGUE
from levelkit.domain.risk import QUESTION, Register, conclude
from levelkit.domain.text import format_date, join_vi, legible
from levelkit.dossier.drawings import risk as matrix
from levelkit.dossier.environment import upper_first
from levelkit.dossier.risk_context import BandLine, Mark, RiskLine, RiskReport, ScaleLine, TrailLine
from levelkit.questionnaire.risk import risk_method

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from levelkit.domain.risk import Conclusion, LevelOfHarm, Point, RiskMethod, RiskRow, Step
    from levelkit.dossier.answers import Answers
    from levelkit.dossier.context import Drawing

_TREATMENT = "treatment"


def register_of(answers: Answers) -> Register:
    """Return the register of a proposal."""
    return Register.read(answers.rows(QUESTION))


def risk_report(
    answers: Answers,
    harm: Mapping[str, Mapping[str, LevelOfHarm]],
    cite: Callable[[str], str],
    assessed: str | None,
) -> RiskReport:
    """Return the register, the method and the trail in words.

    Args:
        answers: where the register stands.
        harm: the ruleset's harm table (Luật 116 Đ8.1).
        cite: a ref in full.
        assessed: the level that the assessment asks for, in words.
    """
    method, register = risk_method(), register_of(answers)
    conclusion = conclude(register, harm)
    counts = [register.in_band(method, residual=residual) for residual in (False, True)]
    spans = {band.id: "–".join(str(end) for end in method.span(band)) for band in method.bands}
    return RiskReport(
        method=method.statement,
        method_cites=tuple(cite(ref) for ref in method.cites),
        likelihood=_scale(method.likelihood),
        effect=_scale(method.effect),
        bands=tuple(
            BandLine(
                name=band.name,
                span=spans[band.id],
                meaning=band.meaning,
                before=counts[0][band.id],
                after=counts[1][band.id],
            )
            for band in method.bands
        ),
        bands_told=", ".join(f"{band.name.lower()} ({spans[band.id]})" for band in method.bands),
        rows=tuple(_line(answers, method, row) for row in register.rows),
        drawn=tuple(drawings(answers)),
        open_before=_numbers(register.unplaced()),
        open_after=_numbers(register.unplaced(residual=True)),
        trail=_trail(conclusion, cite),
        trail_level=(conclusion.level or None) if conclusion else None,
        trail_rows=_numbers(_deciding_rows(conclusion)),
        open_harm=_numbers(conclusion.open_rows if conclusion else ()),
        assessed=assessed,
    )


def drawings(answers: Answers) -> dict[str, Drawing]:
    """Return the matrices that have a row in them, by key: before treatment, after treatment."""
    method, register = risk_method(), register_of(answers)
    kept = {
        matrix.BEFORE: register.cells(),
        matrix.AFTER: register.cells(residual=True),
    }
    return {key: matrix.draw(register, method, key) for key, cells in kept.items() if cells}


def _scale(steps: tuple[Step, ...]) -> tuple[ScaleLine, ...]:
    return tuple(ScaleLine(value=step.value, name=step.name, meaning=step.meaning) for step in steps)


def _line(answers: Answers, method: RiskMethod, row: RiskRow) -> RiskLine:
    return RiskLine(
        number=row.number,
        threat=legible(row.threat or ""),
        weakness=legible(row.weakness or ""),
        affected=legible(row.affected or ""),
        subject=_harm_word("subject", row.harm_subject),
        degree=_harm_word("degree", row.harm_degree),
        capability=legible(row.capability or ""),
        before=_mark(method, row.point),
        treatment=answers.cell_words(QUESTION, _TREATMENT, row.treatment),
        measure=legible(row.measure or ""),
        after=_mark(method, row.residual_point),
        owner=legible(row.owner or ""),
        due=format_date(row.due) if row.due else "",
    )


def _mark(method: RiskMethod, point: Point | None) -> Mark | None:
    if point is None:
        return None
    likelihood, effect = point
    score = likelihood * effect
    return Mark(band=method.band(score).name, sum=f"{likelihood} × {effect} = {score}")


def _harm_word(what: str, value: str | None) -> str:
    """Return an interest or a degree of harm in the law's words."""
    spec = FACT_CATALOGUE["harm"]
    options = spec.parts if what == "subject" else spec.options
    return next((upper_first(option.label_vi) for option in options if option.value == value), value or "")


def _trail(conclusion: Conclusion | None, cite: Callable[[str], str]) -> tuple[TrailLine, ...]:
    return tuple(
        TrailLine(
            subject=_harm_word("subject", found.subject),
            degree=_harm_word("degree", found.degree),
            rows=_numbers(found.rows),
            level=found.level,
            cite=cite(found.cite) if found.cite else "",
        )
        for found in (conclusion.subjects if conclusion else ())
    )


def _deciding_rows(conclusion: Conclusion | None) -> tuple[int, ...]:
    found = conclusion.deciding if conclusion else ()
    return tuple(sorted({number for each in found for number in each.rows}))


def _numbers(numbers: Iterable[int]) -> str:
    return join_vi([str(number) for number in numbers])
