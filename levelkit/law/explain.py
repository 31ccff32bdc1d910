"""Law: what would raise the level, which points stay open to reading, which answers still matter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from levelkit.domain.classification import GreyPoint, NearMiss, Outcome
from levelkit.domain.condition import (
    AtLeast,
    Below,
    BoundOperand,
    children,
    holds,
    operand_of,
    reads,
    support,
)
from levelkit.domain.facts import FACT_CATALOGUE, FACT_ORDER, HARM_PARTS, plain_value
from levelkit.domain.text import format_number, join_vi
from levelkit.law.business_lines import business_lines
from levelkit.law.evaluate import Judgement, result_lookup
from levelkit.law.ruleset import criterion_conditions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from levelkit.domain.condition import Condition
    from levelkit.law.library import RuleLibrary
    from levelkit.law.ruleset import LevelledCriterion

_HARMS = FACT_CATALOGUE["harm"].values


def grey_points(
    library: RuleLibrary, judgement: Judgement, notices: Iterable[str], chosen_by: str
) -> tuple[GreyPoint, ...]:
    """Return the open points that concern these facts, with the reading taken and the other one."""
    lookup = result_lookup(judgement, notices, chosen_by)
    return tuple(
        GreyPoint(
            code=row.code,
            cite=library.cite_words(row.cite),
            question_vi=row.question_vi,
            reading_vi=row.reading_vi,
            other_vi=row.other_vi,
            effect_vi=row.effect_vi,
        )
        for row in judgement.ruleset.grey
        if holds(row.when, lookup, judgement.parameters) is True
    )


def near_misses(library: RuleLibrary, judgement: Judgement) -> tuple[NearMiss, ...]:
    """Return the single changes of a known fact that would raise the level, nearest level first.

    Of the harm table and the risk result, the smallest change that raises.
    """
    if judgement.no_criterion:
        return ()
    found = [
        *(
            miss
            for item in judgement.ruleset.criteria
            for miss in _criterion_misses(library, judgement, item)
        ),
        *_harm_misses(library, judgement),
        *_risk_misses(library, judgement),
    ]
    order = {item.ref: position for position, item in enumerate(judgement.ruleset.criteria)}
    return tuple(sorted(found, key=lambda miss: (miss.level, order.get(miss.ref, len(order)))))


def _criterion_misses(
    library: RuleLibrary, judgement: Judgement, item: LevelledCriterion
) -> Iterator[NearMiss]:
    if (
        item.level <= judgement.at_least
        or not item.criterion.near_miss
        or judgement.outcomes[item.criterion.id] is not Outcome.NOT_MET
    ):
        return
    for condition in criterion_conditions(item.criterion):
        for name in sorted(reads(condition), key=FACT_ORDER.__getitem__):
            current = judgement.facts.get(name)
            if current is None:
                continue
            for value in _candidates(judgement, condition, name, current):
                changed = judgement.facts.replace({name: value})
                if holds(condition, changed.get, judgement.parameters) is True:
                    yield NearMiss(
                        level=item.level,
                        ref=item.ref,
                        cite=library.cite_words(item.ref),
                        changes={name: plain_value(value)},
                        text_vi=f"cấp {item.level} nếu {_change_words(name, current, value)}",
                    )
                    break


def _candidates(judgement: Judgement, condition: Condition, name: str, current: Any) -> Iterator[Any]:
    """Yield the values that a fact could take, the smallest step first."""
    spec = FACT_CATALOGUE[name.partition(".")[0]]
    if spec.type == "boolean":
        yield not current
    elif spec.type == "choice":
        yield from (value for value in spec.values if value != current)
    elif spec.type == "level":
        yield from (value for value in spec.allowed if value != current)
    elif spec.type == "choices":
        yield from ((*current, value) for value in spec.values if value not in current)
    elif spec.type == "lines" and not current:
        yield (business_lines().items_usual()[0].number,)
    elif spec.type == "count":
        yield from sorted(
            bound
            for bound in _bounds(judgement, condition, name)
            if isinstance(bound, int) and bound > current
        )


def _bounds(judgement: Judgement, condition: Condition, name: str) -> Iterator[Any]:
    for part in children(condition):
        yield from _bounds(judgement, part, name)
    if isinstance(condition, AtLeast | Below):
        operand = operand_of(condition)
        if operand.of == name and isinstance(operand, BoundOperand):
            yield operand.bound(judgement.parameters)


def _change_words(name: str, current: Any, value: Any) -> str:
    spec = FACT_CATALOGUE[name.partition(".")[0]]
    subject = spec.name_vi[:1].lower() + spec.name_vi[1:]
    if spec.type == "boolean":
        return f"«{spec.name_vi}» là {'có' if value else 'không'}"
    if spec.type == "choice":
        return f"{subject} là «{spec.label(value)}» (đang là «{spec.label(current)}»)"
    if spec.type == "choices":
        added = [spec.label(item) for item in value if item not in current]
        return f"{subject} có thêm «{join_vi(added)}»"
    if spec.type == "lines":
        return f"dịch vụ thuộc một dòng của danh mục, như dòng {value[0]} «{business_lines().name(value[0])}»"
    if spec.type == "count":
        return (
            f"{subject} từ {format_number(value)} {spec.unit_vi} trở lên (đang là {format_number(current)})"
        )
    return f"{subject} là {value} (đang là {current})"


def _harm_misses(library: RuleLibrary, judgement: Judgement) -> Iterator[NearMiss]:
    harm_ref = judgement.ruleset.head.combine.harm_ref
    if harm_ref is None:
        return
    spec = FACT_CATALOGUE["harm"]
    best: dict[str, tuple[int, str, str]] = {}
    for part in HARM_PARTS:
        current = judgement.facts.get(f"harm.{part.value}")
        if current is None:
            continue
        for degree in _HARMS[_HARMS.index(current) + 1 :]:
            row = judgement.ruleset.harm[part.value].get(degree)
            if row is not None and row.level > judgement.at_least:
                best[part.value] = (row.level, degree, row.cite)
                break
    lowest = min((level for level, _, _ in best.values()), default=0)
    for part in HARM_PARTS:
        level, degree, cite = best.get(part.value, (0, "", ""))
        if level and level == lowest:
            current = judgement.facts.get(f"harm.{part.value}")
            yield NearMiss(
                level=level,
                ref=cite,
                cite=library.cite_words(cite),
                changes={f"harm.{part.value}": degree},
                text_vi=(
                    f"cấp {level} nếu sự cố {_harm_words(spec.label(degree))} tới {part.label_vi} "
                    f"(đang là «{spec.label(current)}»)"
                ),
            )


def _harm_words(label: str) -> str:
    return f"làm {label}"


def _risk_misses(library: RuleLibrary, judgement: Judgement) -> Iterator[NearMiss]:
    risk = judgement.ruleset.head.combine.risk
    if risk is None or judgement.risk is None or judgement.at_least >= risk.top_level:
        return
    level = judgement.at_least + 1
    yield NearMiss(
        level=level,
        ref=risk.ref,
        cite=library.cite_words(risk.ref),
        changes={risk.fact: level},
        text_vi=f"cấp {level} nếu đánh giá rủi ro cho thấy cần cấp {level}",
    )


def deciding_facts(judgement: Judgement) -> tuple[str, ...]:
    """Return the facts whose answers can change the result, unanswered ones first, most decisive first.

    An answered fact is among them when, were it unknown, it could still lift the lower bound or hold it
    where it is: whoever hides questions by this list never hides the answer that the level rests on.
    """
    unanswered = _open_needs(judgement)
    risk = judgement.ruleset.head.combine.risk
    ordered = sorted(unanswered, key=lambda name: (-unanswered[name], FACT_ORDER[name]))
    if judgement.risk_is_open() and risk is not None:
        ordered = [name for name in ordered if name != risk.fact] + [risk.fact]
    ordered += _open_harm(judgement)
    resting = _resting(judgement)
    answered = [name for name in judgement.facts.known if name in resting or _matters(judgement, name)]
    return (*ordered, *answered)


def _resting(judgement: Judgement) -> set[str]:
    """Return the facts that meet the highest criteria: two that would each do are both among them."""
    return {
        name
        for item in judgement.met
        if item.level == judgement.criteria_at_least
        for condition in criterion_conditions(item.criterion)
        if holds(condition, judgement.facts.get, judgement.parameters) is True
        for name in support(condition, judgement.facts.get, judgement.parameters)
    }


def _open_needs(judgement: Judgement) -> dict[str, float]:
    """Weigh the missing facts: one that alone decides a criterion counts most."""
    weights: dict[str, float] = {}
    for item in judgement.open:
        if item.level <= judgement.at_least:
            continue
        names: set[str] = set()
        for condition in criterion_conditions(item.criterion):
            if holds(condition, judgement.facts.get, judgement.parameters) is None:
                names.update(support(condition, judgement.facts.get, judgement.parameters))
        for name in names:
            weights[name] = weights.get(name, 0.0) + 1.0 / len(names)
    return weights


def _open_harm(judgement: Judgement) -> list[str]:
    return [
        f"harm.{subject}"
        for subject, rows in judgement.ruleset.harm.items()
        if judgement.facts.get(f"harm.{subject}") is None
        and max(row.level for row in rows.values()) > judgement.at_least
    ]


def _matters(judgement: Judgement, name: str) -> bool:
    """Say whether a known fact, were it unknown, could reach the lower bound or more."""
    risk = judgement.ruleset.head.combine.risk
    subject, _, part = name.partition(".")
    without = judgement.without(name)
    if risk is not None and name == risk.fact:
        return without.at_least < risk.top_level
    if part and subject == "harm":
        return max(row.level for row in judgement.ruleset.harm[part].values()) >= without.at_least
    return any(
        item.level >= without.at_least
        and name in judgement.ruleset.reads_of(item.ref)
        and any(
            name in support(condition, without.facts.get, without.parameters)
            for condition in criterion_conditions(item.criterion)
            if holds(condition, without.facts.get, without.parameters) is None
        )
        for item in without.open
    )
