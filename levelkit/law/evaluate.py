"""Law: from facts to a classification. Pure: no clock, no files, no order of facts. Đ8, Đ10.5, Đ11–Đ16."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

from levelkit.domain.classification import Classification, CriterionResult, HarmRow, Notice, Outcome
from levelkit.domain.condition import conjuncts, holds, support
from levelkit.domain.facts import FACT_CATALOGUE, FACT_ORDER, HARM_PARTS, plain_value
from levelkit.law.ruleset import criterion_conditions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from levelkit.domain.condition import Condition
    from levelkit.domain.facts import FactSet
    from levelkit.law.library import ChosenBy, RuleLibrary
    from levelkit.law.ruleset import LevelledCriterion, RuleSet

_OUTCOMES = {True: Outcome.MET, False: Outcome.NOT_MET, None: Outcome.OPEN}
LOWEST, HIGHEST = 1, 5


class Judgement:
    """The numbers of one evaluation: what every further step reads.

    Attributes:
        met, open: criteria met and open, in the order of the instrument.
        risk: the assessed level, None while unknown or not asked by the ruleset.
        harm_level: the level that the harm table gives, 0 where none.
        raised: the higher of risk and harm, unknown counting 0.
    """

    def __init__(self, ruleset: RuleSet, facts: FactSet, like: Judgement | None = None) -> None:
        """Judge facts; ``like`` is a judgement of facts that differ only in ones unknown here."""
        self.ruleset = ruleset
        self.facts = facts.only(ruleset.read_facts)
        self.parameters = ruleset.parameter_values(facts.get("as_of"))
        self.outcomes: dict[str, Outcome] = {}
        self.met: list[LevelledCriterion] = []
        self.open: list[LevelledCriterion] = []
        if like is not None and like.parameters != self.parameters:
            like = None
        changed = set(like.facts.known) ^ set(self.facts.known) if like is not None else None
        for item in ruleset.criteria:
            if like is not None and changed is not None and changed.isdisjoint(ruleset.reads_of(item.ref)):
                outcome = like.outcomes[item.criterion.id]
            else:
                outcome = _OUTCOMES[self.decide(item)]
            self.outcomes[item.criterion.id] = outcome
            if outcome is Outcome.MET:
                self.met.append(item)
            elif outcome is Outcome.OPEN:
                self.open.append(item)
        self._combine()

    def decide(self, item: LevelledCriterion) -> bool | None:
        """Judge one criterion: of several limbs, one is enough."""
        result: bool | None = False
        for condition in criterion_conditions(item.criterion):
            outcome = holds(condition, self.facts.get, self.parameters)
            if outcome is True:
                return True
            if outcome is None:
                result = None
        return result

    def without(self, name: str) -> Judgement:
        """Return the judgement were a fact unknown; only what reads the fact is judged anew."""
        return Judgement(self.ruleset, self.facts.replace({name: None}), like=self)

    def _combine(self) -> None:
        combine = self.ruleset.head.combine
        met_level = max((item.level for item in self.met), default=None)
        reach_level = max((item.level for item in (*self.met, *self.open)), default=None)
        self.criteria_at_least = met_level or LOWEST
        self.criteria_at_most = reach_level or HIGHEST
        self.criteria_level = met_level if met_level == reach_level else None
        self.no_criterion = reach_level is None

        self.risk: int | None = self.facts.get(combine.risk.fact) if combine.risk else None
        self.risk_unknown = combine.risk is not None and self.risk is None
        self.harm_level = max((row.level for row in harm_rows(self.ruleset, self.facts)), default=0)
        self.raised = max(self.risk or 0, self.harm_level)
        if self.no_criterion:
            self.at_least, self.at_most = LOWEST, HIGHEST
        else:
            self.at_least = max(self.criteria_at_least, self.raised)
            self.at_most = max(self.criteria_at_most, self.raised)
            if self.risk_unknown and combine.risk is not None:
                self.at_most = max(self.at_most, combine.risk.top_level)
        settled = met_level is not None and self.at_least == self.at_most
        self.level = self.at_least if settled else None

    def deciding(self) -> tuple[str, ...]:
        """Return the refs that decide, in the instrument's order; empty while there is no level."""
        combine = self.ruleset.head.combine
        if self.level is None:
            return ()
        if self.raised > self.criteria_at_least and combine.risk is not None:
            by_harm = self.harm_level == self.raised and combine.harm_ref is not None
            return (
                (combine.risk.ref, combine.harm_ref) if by_harm and combine.harm_ref else (combine.risk.ref,)
            )
        return tuple(item.ref for item in self.met if item.level == self.criteria_at_least)

    def open_above(self) -> list[LevelledCriterion]:
        """Return the open criteria above the lower bound, highest level first."""
        above = [item for item in self.open if item.level > self.at_least]
        return sorted(above, key=lambda item: -item.level)

    def risk_is_open(self) -> bool:
        """Say whether the missing risk result can still raise the level."""
        combine = self.ruleset.head.combine
        return self.risk_unknown and combine.risk is not None and self.at_least < combine.risk.top_level

    def national_security(self) -> tuple[str, tuple[str, ...]]:
        """Return yes, no or unknown, and the refs that say so. Đ16; never changes the level (Đ20.4)."""
        rule = self.ruleset.national_security
        given = self.facts.get(rule.review_fact) if rule.review_fact else ()
        refs = [f"{self.ruleset.id}:{clause}" for clause in rule.criteria if clause in (given or ())]
        top = self.at_least >= rule.top_level
        if top and rule.top_level_ref:
            refs.append(rule.top_level_ref)
        if refs or top:
            return "yes", tuple(refs)
        if given is not None and self.at_most < rule.top_level:
            return "no", ()
        return "unknown", ()

    def limbs_met(self) -> list[tuple[str, str | None, int]]:
        """Return the limbs that are met: name, kind, level. A criterion without limbs is its own."""
        limbs: list[tuple[str, str | None, int]] = []
        for item in self.met:
            if not item.criterion.limbs:
                limbs.append((item.criterion.id, item.criterion.kind, item.level))
            limbs.extend(
                (f"{item.criterion.id}.{limb.id}", limb.kind or item.criterion.kind, item.level)
                for limb in item.criterion.limbs
                if holds(limb.when, self.facts.get, self.parameters) is True
            )
        return limbs


def harm_rows(ruleset: RuleSet, facts: FactSet) -> tuple[HarmRow, ...]:
    """Return the harm table: every subject, the harm stated, the level that it gives. Luật 116 Đ8.1."""
    rows: list[HarmRow] = []
    labels = FACT_CATALOGUE["harm"]
    for part in HARM_PARTS:
        if part.value not in ruleset.harm:
            continue
        stated = facts.get(f"harm.{part.value}")
        row = ruleset.harm[part.value].get(stated) if stated is not None else None
        rows.append(
            HarmRow(
                subject=part.value,
                subject_vi=part.label_vi,
                harm=stated,
                harm_vi=labels.label(stated) if stated is not None else "chưa đánh giá",
                level=row.level if row is not None else 0,
            )
        )
    return tuple(rows)


def result_lookup(judgement: Judgement, notices: Iterable[str], chosen_by: str) -> Callable[[str], Any]:
    """Return a lookup over facts and ``result.*``, for warnings and grey points."""
    limbs = judgement.limbs_met()
    compared = None
    if judgement.risk:
        difference = judgement.risk - judgement.criteria_at_least
        compared = "above" if difference > 0 else "below" if difference < 0 else "equal"
    result: dict[str, Any] = {
        "met": [item.criterion.id for item in judgement.met],
        "open": [item.criterion.id for item in judgement.open],
        "limbs": [name for name, _, _ in limbs],
        "deciding": [ref.partition(":")[2] for ref in judgement.deciding()],
        "level": judgement.level,
        "at_least": judgement.at_least,
        "at_most": judgement.at_most,
        "any_met": bool(judgement.met),
        "no_criterion": judgement.no_criterion,
        "risk_compared": compared,
        "harm_raises": judgement.harm_level > judgement.criteria_at_least and not judgement.no_criterion,
        "mixed_kinds": any(
            first[1] and second[1] and first[1] != second[1] and first[2] != second[2]
            for first, second in combinations(limbs, 2)
        ),
        "notices": list(notices),
        "chosen_by": chosen_by,
    }

    def lookup(name: str) -> Any:
        scope, _, key = name.partition(".")
        return result[key] if scope == "result" else judgement.facts.get(name)

    return lookup


def criterion_results(library: RuleLibrary, judgement: Judgement) -> tuple[CriterionResult, ...]:
    """Return every criterion: outcome, the facts that decided, the facts that are missing."""
    results = []
    for item in judgement.ruleset.criteria:
        outcome = judgement.outcomes[item.criterion.id]
        wanted = {Outcome.MET: True, Outcome.NOT_MET: False, Outcome.OPEN: None}[outcome]
        names: set[str] = set()
        for condition in _telling(item, judgement, wanted=wanted):
            names.update(support(condition, judgement.facts.get, judgement.parameters))
        ordered = sorted(names, key=FACT_ORDER.__getitem__)
        results.append(
            CriterionResult(
                ref=item.ref,
                clause=item.criterion.id,
                level=item.level,
                outcome=outcome,
                cite=library.cite_words(item.ref),
                summary_vi=item.criterion.summary_vi,
                text_vi=judgement.ruleset.texts[item.criterion.id],
                because={}
                if outcome is Outcome.OPEN
                else {name: plain_value(judgement.facts.get(name)) for name in ordered},
                needs=tuple(ordered) if outcome is Outcome.OPEN else (),
            )
        )
    return tuple(results)


def _telling(item: LevelledCriterion, judgement: Judgement, *, wanted: bool | None) -> list[Condition]:
    """Return the limbs that came out as the criterion did.

    An open limb that asks for all that another open limb asks for, and for more, tells nothing: the shorter
    one decides alone (Đ14.2: infrastructure that serves the whole country lacks ``always_on`` only).
    """
    lookup, parameters = judgement.facts.get, judgement.parameters
    limbs = [
        condition
        for condition in criterion_conditions(item.criterion)
        if holds(condition, lookup, parameters) is wanted
    ]
    if wanted is not None or len(limbs) == 1:
        return limbs
    missing = [
        frozenset(part for part in conjuncts(limb) if holds(part, lookup, parameters) is None)
        for limb in limbs
    ]
    return [
        limb
        for limb, parts in zip(limbs, missing, strict=True)
        if not any(other < parts for other in missing)
    ]


def warnings(
    library: RuleLibrary, judgement: Judgement, notices: Iterable[str], chosen_by: str
) -> tuple[Notice, ...]:
    """Return the warnings that hold, in the order of the ruleset's file."""
    lookup = result_lookup(judgement, notices, chosen_by)
    return tuple(
        Notice(code=row.code, text_vi=row.text_vi, cite=library.cite_words(row.cite))
        for row in judgement.ruleset.warnings
        if holds(row.when, lookup, judgement.parameters) is True
    )


def classify_with(
    library: RuleLibrary, ruleset: RuleSet, facts: FactSet, chosen_by: ChosenBy, notices: tuple[str, ...]
) -> tuple[Judgement, Classification]:
    """Judge facts under one ruleset and say everything that the contract asks for."""
    judgement = Judgement(ruleset, facts)
    listed, listed_refs = judgement.national_security()
    open_refs = [item.ref for item in judgement.open_above()]
    combine = ruleset.head.combine
    if judgement.risk_is_open() and combine.risk is not None:
        open_refs.append(combine.risk.ref)
    as_of = facts.get("as_of")
    return judgement, Classification(
        ruleset=ruleset.id,
        ruleset_version=ruleset.version,
        ruleset_chosen_by=chosen_by,
        as_of=as_of.isoformat() if as_of is not None else None,
        name=facts.get("name"),
        level=judgement.level,
        at_least=judgement.at_least,
        at_most=judgement.at_most,
        criteria_level=judgement.criteria_level,
        criteria_at_least=judgement.criteria_at_least,
        criteria_at_most=judgement.criteria_at_most,
        deciding=judgement.deciding(),
        results=criterion_results(library, judgement),
        open_refs=tuple(open_refs),
        national_security_list=listed,
        national_security_refs=listed_refs,
        warnings=warnings(library, judgement, notices, chosen_by),
        harm=harm_rows(ruleset, judgement.facts),
        harm_level=judgement.harm_level,
        risk_level=judgement.risk,
    )
