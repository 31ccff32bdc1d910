"""Services: systems judged apart and as one, so that nobody splits or merges for the level. Đ7.2, Đ8.3."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from levelkit.domain.fact_catalogue import FACT_CATALOGUE
from levelkit.domain.facts import FactSet
from levelkit.errors import UserError
from levelkit.law import classify

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from levelkit.domain.classification import Classification
    from levelkit.domain.facts import FactSpec
    from levelkit.services.workspace import Workspace

NOTE, WHY_SPLIT = "scope.split_note", "scope.not_split"
_KEPT_APART = {"name", "ruleset"}


@dataclass(frozen=True)
class Judged:
    """A level: None while open, and its bounds; ``deciding`` are the refs that give it."""

    level: int | None
    at_least: int
    at_most: int
    deciding: tuple[str, ...]


@dataclass(frozen=True)
class ScopeResult:
    """Some systems apart and as one.

    Attributes:
        apart: code, name and level of each.
        one: as one system, people counted once: the highest count of any part.
        one_summed: as one system, people of the parts being different: the counts added up.
        lowered: codes of the parts that stand lower apart than all would as one.
        open_vi: names of the facts that some part does not answer.
    """

    apart: tuple[tuple[str, str, Judged], ...]
    one: Judged
    one_summed: Judged
    lowered: tuple[str, ...]
    open_vi: tuple[str, ...]


def compare_scope(workspace: Workspace, codes: Sequence[str]) -> ScopeResult:
    """Judge systems apart and merged, under the rules that new systems are judged by.

    Raises:
        UserError: fewer than two systems.
        SystemMissing: there is no such system.
    """
    if len(codes) < 2:
        raise UserError("Phạm vi: cần ít nhất hai hệ thống để so. Hãy chọn thêm.")
    sessions = [workspace.session(code) for code in codes]
    facts = [session.interview.facts() for session in sessions]
    library = workspace.library

    def judge(given: FactSet) -> Judged:
        return _judged(classify(library, given))

    apart = tuple(
        (session.code, session.name, judge(one)) for session, one in zip(sessions, facts, strict=True)
    )
    parts = [one.as_dict() for one in facts]
    merged = judge(FactSet.from_mapping(merge(parts, summed=False)))
    summed = judge(FactSet.from_mapping(merge(parts, summed=True)))
    whole = max(merged.at_least, summed.at_least)
    return ScopeResult(
        apart=apart,
        one=merged,
        one_summed=summed,
        lowered=tuple(code for code, _name, part in apart if part.at_least < whole),
        open_vi=tuple(
            spec.name_vi
            for key, spec in FACT_CATALOGUE.items()
            if any(key in part for part in parts) and not all(key in part for part in parts)
        ),
    )


def keep_reason(workspace: Workspace, codes: Sequence[str], reason: str) -> None:
    """Write down, in each system, why it stands apart from the others; all of them or none.

    What was written there before stays, the new reason follows it.

    Raises:
        UserError: the reason is empty, or nothing can be written.
    """
    reason = reason.strip()
    if not reason:
        raise UserError("Lập luận: ô đang để trống. Hãy ghi vì sao các phần đứng riêng hay gộp lại.")
    workspace.require_writable()
    with workspace.writing():
        for code in codes:
            session = workspace.session(code)
            before = session.interview.answer(NOTE)
            text = reason if not before else f"{before}\n{reason}"
            answers: dict[str, Any] = {NOTE: text}
            if session.interview.answer(WHY_SPLIT) is None:
                answers[WHY_SPLIT] = True
            session.set_many(answers)


def merge(parts: Sequence[Mapping[str, Any]], *, summed: bool) -> dict[str, Any]:
    """Return the facts of one system made of the parts: lists united, the strongest of what is ordered.

    Counts are added where ``summed``, else the highest is taken. A part that does not answer is left out;
    «no» needs every part to say so.
    """
    found: dict[str, Any] = {}
    for key, spec in FACT_CATALOGUE.items():
        given = [part[key] for part in parts if part.get(key) is not None]
        if key in _KEPT_APART or not given:
            continue
        value = _merged(spec, given, whole=len(given) == len(parts), summed=summed)
        if value is not None:
            found[key] = value
    return found


def _merged(spec: FactSpec, given: list[Any], *, whole: bool, summed: bool) -> Any:
    order = [option.value for option in spec.options]
    if spec.type == "boolean":
        return True if any(given) else (False if whole else None)
    if spec.type in {"choices", "refs"}:
        united = {value for one in given for value in one}
        return [value for value in order if value in united] or sorted(united)
    if spec.type == "lines":
        return sorted({value for one in given for value in one})
    if spec.type == "count":
        return sum(given) if summed else max(given)
    if spec.type == "choice":
        return max(given, key=order.index)
    if spec.type == "harm":
        subjects = {subject for one in given for subject in one}
        return {
            subject: max((one[subject] for one in given if subject in one), key=order.index)
            for subject in subjects
        }
    if spec.type == "date":
        return max(given)
    return max(given) if spec.type == "level" else None


def _judged(found: Classification) -> Judged:
    return Judged(found.level, found.at_least, found.at_most, found.deciding)
