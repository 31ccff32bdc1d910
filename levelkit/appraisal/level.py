"""The level: settled, argued, never lowered, and near a threshold. Đ8.2, Đ10.5, Đ12.2.b, Đ13.2.c, Đ25."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from levelkit.domain.proposal import Finding
from levelkit.domain.text import format_number, join_vi

if TYPE_CHECKING:
    from collections.abc import Iterator

    from levelkit.appraisal.case import Case

_NEAR = 0.8
_MOST_QUESTIONS = 6
_SUBJECTS = ("basic", "sensitive")


def level_findings(case: Case) -> Iterator[Finding]:
    """Whether the level is settled and the proposed level stands on it."""
    if not case.renders:
        yield case.finding("no-dossier", why=case.ruleset.why_not_vi)
    yield from _open(case)
    yield from _proposed(case)
    yield from _counts(case)
    yield from _kinds(case)
    yield from _notices(case)


def _open(case: Case) -> Iterator[Finding]:
    result = case.classification
    if result.level is not None:
        return
    if any(notice.code == "no-criterion" for notice in result.warnings):
        yield case.finding("no-criterion")
        return
    needed = _needed(case)
    facts = [fact for fact in case.open_facts if fact in needed]
    questions = list(dict.fromkeys(asker for fact in facts if (asker := _asker(case, fact))))
    if not questions:
        yield case.finding("no-criterion")
        return
    names = [f"«{case.forms.question(question).name}»" for question in questions[:_MOST_QUESTIONS]]
    if len(questions) > _MOST_QUESTIONS:
        names.append(f"{len(questions) - _MOST_QUESTIONS} câu khác")
    yield case.finding("level-open", questions[0], questions=join_vi(names))


def _needed(case: Case) -> set[str]:
    """Return the unknown facts that hold the level open: those of open criteria, and the risk result."""
    result = case.classification
    needed = set(result.open_needs)
    risk = case.ruleset.head.combine.risk
    if risk is not None and risk.ref in result.open_refs:
        needed.add(risk.fact)
    return needed


def _asker(case: Case, fact: str) -> str | None:
    """Return the question to answer for a fact: one that is asked now, else the first that can be opened."""
    providers = case.forms.providers.get(fact, ())
    visible = [question for question in providers if case.interview.visible(question)]
    unanswered = [question for question in visible if question not in case.answers]
    return next(iter((*unanswered, *visible)), None)


def _proposed(case: Case) -> Iterator[Finding]:
    result = case.classification
    proposed = case.answers.get("proposed_level")
    if proposed is not None and proposed < result.at_least:
        yield case.finding("proposed-too-low", lowest=result.at_least, proposed=proposed)
    elif (
        result.level is not None
        and (proposed or 0) > result.level
        and not case.asked("proposed_level.reason")
    ):
        yield case.finding("proposed-without-reason", proposed=proposed, computed=result.level)
    raised = result.level is not None and result.level > result.criteria_at_least
    if raised and (result.risk_level or 0) == result.level and not case.asked("risk.conclusion"):
        yield case.finding("risk-raises", level=result.level)
    previous = case.asked("previous.level")
    level = proposed or result.level
    if previous and level and case.asked("redetermination") is True and level < previous:
        yield case.finding("lower-than-approved", previous=previous, level=level)


def _counts(case: Case) -> Iterator[Finding]:
    """Counts within a fifth below a threshold, and forecasts that cross it. Đ12.2.b, Đ13.2.c, Đ10.2.b."""
    if "citizen_business" not in (case.asked("kinds") or ()):
        return
    as_of = case.asked("as_of")
    parameters = case.ruleset.parameter_values(date.fromisoformat(as_of) if as_of else None)
    for subjects in _SUBJECTS:
        threshold = parameters.get(f"{subjects}_data_subjects_threshold")
        count = case.asked(f"{subjects}_data_subjects")
        forecast = case.asked(f"count.forecast_{subjects}")
        if threshold is None or count is None or count >= threshold:
            continue
        shown = format_number(threshold)
        if count >= threshold * _NEAR:
            yield case.finding(
                f"count-near-{subjects}", left=format_number(threshold - count), threshold=shown
            )
        if forecast is not None and forecast >= threshold:
            yield case.finding(f"forecast-crosses-{subjects}", threshold=shown)


def _kinds(case: Case) -> Iterator[Finding]:
    """Kinds of personal data against the count of sensitive subjects."""
    chosen = case.asked("data_kinds") or []
    count = case.asked("sensitive_data_subjects")
    sensitive = [
        option.label
        for option in case.forms.question("data_kinds").options
        if option.group == "sensitive" and option.value in chosen
    ]
    if sensitive and count == 0:
        yield case.finding("sensitive-without-count", kinds="; ".join(sensitive))
    if chosen and not sensitive and count:
        yield case.finding("sensitive-without-kind")


def _notices(case: Case) -> Iterator[Finding]:
    """The grey points and warnings of the classification, at the question that they are about."""
    places = {notice.code: notice for notice in case.forms.notices}
    rules = {warning.code: warning.cite for warning in case.ruleset.warnings}
    for notice in case.classification.warnings:
        place = places.get(notice.code)
        if place is None or notice.code not in rules:
            continue
        yield Finding(
            severity=place.severity,
            stage="appraisal",
            where=case.forms.where(place.where),
            rule=rules[notice.code],
            title=place.title,
            message=notice.text_vi,
        )
