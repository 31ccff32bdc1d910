"""The risk register: what its rows still lack, where it and the answers differ. Đ10.3, Đ10.5, Đ22.4.c, Đ22.5.

What is missing weighs more where the law asks for the report in more detail: levels 4, 5 and listed systems.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from levelkit.domain.fact_catalogue import FACT_CATALOGUE
from levelkit.domain.risk import (
    ACCEPTED,
    LEVEL_QUESTION,
    QUESTION,
    SUBJECTS,
    Contradiction,
    Register,
    conclude,
    contradictions,
)
from levelkit.domain.text import join_vi
from levelkit.questionnaire.risk import risk_method

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from levelkit.appraisal.case import Case
    from levelkit.domain.proposal import Finding
    from levelkit.domain.risk import RiskRow

_DETAILED_FROM = 4
_HARMS = FACT_CATALOGUE["harm"]


def risk_findings(case: Case) -> Iterator[Finding]:
    """Rows that lack something, one finding for each thing lacking; then what contradicts the register."""
    register = Register.read(case.asked(QUESTION))
    if not register.rows:
        return
    detailed = _detailed(case)
    for check, lacks in _lacking(detailed=detailed).items():
        rows = [row.number for row in register.rows if lacks(row)]
        if rows:
            yield case.finding(f"{check}-detailed" if detailed else check, rows=_numbers(rows))
    higher = [row.number for row in register.rows if _higher(row)]
    if higher:
        yield case.finding("risk-residual-higher", rows=_numbers(higher))
    yield from _differing(case, register)


def _detailed(case: Case) -> bool:
    level = case.proposal.level or case.classification.at_least
    return level >= _DETAILED_FROM or case.classification.national_security_list == "yes"


def _lacking(*, detailed: bool) -> dict[str, Callable[[RiskRow], bool]]:
    """Return check id → whether a row lacks it; below level 4, deeds are asked for where risks are high."""

    def acts(row: RiskRow) -> bool:
        return row.score is not None and (detailed or risk_method().must_act(row.score))

    return {
        "risk-weakness": lambda row: row.weakness is None,
        "risk-harm": lambda row: not row.judged,
        "risk-capability": lambda row: row.capability is None,
        "risk-treatment": lambda row: acts(row) and (row.treatment is None or row.measure is None),
        "risk-residual": lambda row: acts(row) and row.residual_score is None,
        "risk-owner": lambda row: (
            acts(row) and row.treatment != ACCEPTED and (row.owner is None or row.due is None)
        ),
    }


def _higher(row: RiskRow) -> bool:
    return row.score is not None and row.residual_score is not None and row.residual_score > row.score


def _differing(case: Case, register: Register) -> Iterator[Finding]:
    table = case.ruleset.harm
    conclusion = conclude(register, table) if table else None
    if conclusion is None:
        return
    found = contradictions(
        conclusion,
        {subject: case.asked(f"harm.{subject}") for subject in SUBJECTS},
        case.asked(LEVEL_QUESTION),
        case.classification.criteria_at_least,
    )
    for each in found:
        yield _contradiction(case, each)


def _contradiction(case: Case, each: Contradiction) -> Finding:
    rows = _numbers(each.rows)
    if each.question == LEVEL_QUESTION:
        stored = f"cấp {each.stored}" if each.stored else "không đề nghị cấp nào"
        check = "risk-level-differs" if each.rows else "risk-level-without-row"
        return case.finding(check, stored=stored, found=each.found, rows=rows)
    name = case.forms.question(each.question).name
    stored = _HARMS.label(str(each.stored))
    if each.found is None:
        return case.finding("risk-harm-without-row", each.question, name=name, stored=stored)
    return case.finding(
        "risk-harm-differs",
        each.question,
        name=name,
        stored=stored,
        found=_HARMS.label(str(each.found)),
        rows=rows,
    )


def _numbers(numbers: list[int] | tuple[int, ...]) -> str:
    return join_vi([str(number) for number in numbers])
