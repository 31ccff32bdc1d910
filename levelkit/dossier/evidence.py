"""Dossier: the reasoning of a classification for the annexes: every criterion, near miss and grey point."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from levelkit.domain.classification import Classification, CriterionResult, Outcome
from levelkit.dossier.context import CriterionRow, GreyRow, HarmCell, Line
from levelkit.dossier.fact_words import fact_lines, fact_name

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from levelkit.dossier.manifest import Manifest


_SHORT_LEVEL = re.compile(r"\bcấp (?=\d)")


def formal(text: str) -> str:
    """Write a text of the window as a paper writes it: «cấp độ 4», quotation marks of the language."""
    return _SHORT_LEVEL.sub("cấp độ ", text).replace("«", "“").replace("»", "”")


def criterion_rows(
    results: tuple[CriterionResult, ...],
    words: Manifest,
    place: Callable[[str], str],
    notes: Mapping[str, str],
) -> tuple[CriterionRow, ...]:
    """Return every criterion with its outcome, the facts it read or still needs, and its note by clause."""
    return tuple(
        _row(result, words, place).model_copy(update={"note": formal(notes.get(result.clause, "")) or None})
        for result in results
    )


def deciding_rows(
    classification: Classification, words: Manifest, place: Callable[[str], str]
) -> tuple[CriterionRow, ...]:
    """Return the criteria that decide the level, in the decree's order."""
    by_ref = {result.ref: result for result in classification.results}
    return tuple(_row(by_ref[ref], words, place) for ref in classification.deciding if ref in by_ref)


def _row(result: CriterionResult, words: Manifest, place: Callable[[str], str]) -> CriterionRow:
    facts = fact_lines(result.because, words)
    if result.outcome is Outcome.OPEN:
        missing = words.words["not_known"]
        facts = (*facts, *(Line(label=fact_name(need), value=missing) for need in result.needs))
    return CriterionRow(
        level=result.level,
        cite=place(result.ref),
        text=result.text_vi,
        outcome=words.outcomes[result.outcome.value],
        met=result.outcome is Outcome.MET,
        facts=facts,
    )


def harm_cells(classification: Classification) -> tuple[HarmCell, ...]:
    """Return the harm table of Luật 116 Đ8.1, row by row."""
    return tuple(
        HarmCell(subject=row.subject_vi, harm=row.harm_vi, level=row.level or None)
        for row in classification.harm
    )


def near_miss_lines(classification: Classification) -> tuple[Line, ...]:
    """Return what would raise the level, with its place in the law."""
    return tuple(Line(label=formal(miss.text_vi), value=miss.cite) for miss in classification.near_misses)


def grey_rows(classification: Classification) -> tuple[GreyRow, ...]:
    """Return the points that the law leaves open, with both readings."""
    return tuple(
        GreyRow(
            question=formal(point.question_vi),
            cite=point.cite,
            reading=formal(point.reading_vi),
            other=formal(point.other_vi),
            effect=formal(point.effect_vi),
        )
        for point in classification.grey_points
    )


def notice_lines(classification: Classification) -> tuple[Line, ...]:
    """Return the warnings, with their place in the law; not those that the grey points tell already."""
    told = {point.code for point in classification.grey_points}
    return tuple(
        Line(label=formal(notice.text_vi), value=notice.cite)
        for notice in classification.warnings
        if notice.code not in told
    )


def level_text(level: int | None, words: Manifest) -> str | None:
    """Return «Cấp độ 3»."""
    return words.label("level", level=level) if level else None


def harm_text(classification: Classification, words: Manifest) -> str | None:
    """Return the level of the harm table; harm stated and none found is told, harm not stated is None."""
    found = level_text(classification.harm_level, words)
    stated = classification.harm and all(row.harm is not None for row in classification.harm)
    return found or (words.label("harm_none") if stated else None)


def computed_text(classification: Classification, words: Manifest) -> str:
    """Return the computed level, or its bounds while it is not known."""
    found = level_text(classification.level, words)
    return found or words.label("between", low=classification.at_least, high=classification.at_most)


def risk_text(classification: Classification, words: Manifest) -> str | None:
    """Return the level of the risk assessment; 0 is «assessed, none asked for»."""
    if classification.risk_level is None:
        return None
    return level_text(classification.risk_level, words) or words.label("risk_none")
