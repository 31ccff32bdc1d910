"""A second evaluator, read straight from the contract; it shares no code and no data with the first.

Facts are plain data as in a facts file. Three values: True, False, None.
"""

from __future__ import annotations

from typing import Any

YES_LISTED = ("16.1", "16.2", "16.3.a", "16.3.b", "16.3.c", "16.3.d", "16.3.dd", "16.3.e", "16.3.g")


def both(*values: bool | None) -> bool | None:
    if any(value is False for value in values):
        return False
    return None if any(value is None for value in values) else True


def either(*values: bool | None) -> bool | None:
    if any(value is True for value in values):
        return True
    return None if any(value is None for value in values) else False


class Facts:
    def __init__(self, facts: dict[str, Any]) -> None:
        self.facts = facts

    def kind(self, name: str) -> bool | None:
        return None if self.facts.get("kinds") is None else name in self.facts["kinds"]

    def holds(self, *names: str) -> bool | None:
        information = self.facts.get("information")
        return None if information is None else any(name in information for name in names)

    def public_alone(self) -> bool | None:
        information = self.facts.get("information")
        return None if information is None else set(information) == {"public"}

    def one_of(self, fact: str, *values: Any) -> bool | None:
        known = self.facts.get(fact)
        return None if known is None else known in values

    def count(self, fact: str, bound: int) -> bool | None:
        known = self.facts.get(fact)
        return None if known is None else known >= bound

    def no(self, value: bool | None) -> bool | None:
        return None if value is None else not value

    def lines(self) -> bool | None:
        known = self.facts.get("conditional_business_lines")
        return None if known is None else len(known) > 0


def criteria_331(facts: dict[str, Any]) -> dict[str, tuple[int, bool | None]]:
    f = Facts(facts)
    secret = either(f.holds("state_secret"), f.one_of("serves_defence_or_security", True))
    citizen, infra, control = (
        f.kind("citizen_business"),
        f.kind("infrastructure"),
        f.kind("industrial_control"),
    )
    data = f.holds("private", "personal")
    basic, sensitive = f.count("basic_data_subjects", 100_000), f.count("sensitive_data_subjects", 10_000)
    without_works = both(
        control, f.one_of("construction_grade", "none"), f.one_of("national_security_works", False)
    )
    framework = either(f.kind("other"), without_works)

    def other(level: int) -> bool | None:
        return either(
            f.one_of("prime_minister_level", level), both(f.one_of("risk_assessed_level", level), framework)
        )

    always = f.one_of("always_on", True)
    reach = "infrastructure_reach"
    return {
        "11.1": (1, both(f.kind("internal"), f.public_alone())),
        "11.2": (1, both(f.one_of("risk_assessed_level", 1), framework)),
        "12.1": (2, both(f.kind("internal"), data, f.no(f.holds("state_secret")))),
        "12.2.a": (2, both(citizen, f.no(f.lines()))),
        "12.2.b": (2, both(citizen, data, f.no(basic), f.no(sensitive))),
        "12.3": (2, both(infra, f.one_of(reach, "one_organisation"))),
        "12.4": (2, other(2)),
        "13.1": (3, both(secret, f.one_of("national_security_harm", "harm", "serious", "extremely_serious"))),
        "13.2.a": (3, both(citizen, f.lines())),
        "13.2.b": (3, both(citizen, f.one_of("settles_administrative_procedures", True))),
        "13.2.c": (3, both(citizen, data, either(basic, sensitive))),
        "13.3": (3, both(infra, f.one_of(reach, "sector_or_provinces", "nationwide"))),
        "13.4": (3, both(control, f.one_of("construction_grade", "IV", "III", "II"))),
        "13.5": (3, other(3)),
        "14.1": (4, both(secret, f.one_of("national_security_harm", "serious", "extremely_serious"))),
        "14.2": (
            4,
            both(
                either(f.one_of("national_e_government", True), both(infra, f.one_of(reach, "nationwide"))),
                always,
            ),
        ),
        "14.3": (4, both(control, f.one_of("construction_grade", "I"))),
        "14.4": (4, other(4)),
        "15.1": (
            5,
            both(
                secret, f.one_of("national_security_harm", "extremely_serious"), f.one_of("strategic", True)
            ),
        ),
        "15.2": (5, f.one_of("nationally_critical_data_store", True)),
        "15.3": (5, both(infra, f.one_of(reach, "international"))),
        "15.4": (
            5,
            both(
                control,
                either(f.one_of("construction_grade", "special"), f.one_of("national_security_works", True)),
            ),
        ),
        "15.5": (5, other(5)),
    }


def criteria_85(facts: dict[str, Any]) -> dict[str, tuple[int, bool | None]]:
    f = Facts(facts)
    secret = either(f.holds("state_secret"), f.one_of("serves_defence_or_security", True))
    citizen, infra, control = (
        f.kind("citizen_business"),
        f.kind("infrastructure"),
        f.kind("industrial_control"),
    )
    data = f.holds("private", "personal")
    many = either(f.count("basic_data_subjects", 10_000), f.count("sensitive_data_subjects", 10_000))
    always = f.one_of("always_on", True)
    reach = "infrastructure_reach"
    return {
        "7": (1, both(f.kind("internal"), f.public_alone())),
        "8.1": (2, both(f.kind("internal"), data, f.no(f.holds("state_secret")))),
        "8.2.a": (2, both(citizen, f.one_of("online_public_service_grade", 1, 2))),
        "8.2.b": (2, both(citizen, f.no(f.lines()))),
        "8.2.c": (2, both(citizen, data, f.no(many))),
        "8.3": (2, both(infra, f.one_of(reach, "one_organisation"))),
        "9.1": (3, both(secret, f.one_of("national_security_harm", "harm", "serious", "extremely_serious"))),
        "9.2.a": (3, both(citizen, f.one_of("online_public_service_grade", 3, 4))),
        "9.2.b": (3, both(citizen, f.lines())),
        "9.2.c": (3, both(citizen, data, many)),
        "9.3": (3, both(infra, f.one_of(reach, "sector_or_provinces", "nationwide"))),
        "9.4": (3, both(control, f.one_of("construction_grade", "IV", "III", "II"))),
        "10.1": (4, both(secret, f.one_of("national_security_harm", "serious", "extremely_serious"))),
        "10.2": (4, both(f.one_of("national_e_government", True), always)),
        "10.3": (4, both(infra, f.one_of(reach, "nationwide"), always)),
        "10.4": (4, both(control, f.one_of("construction_grade", "I"))),
        "11.1": (5, both(secret, f.one_of("national_security_harm", "extremely_serious"))),
        "11.2": (5, f.one_of("nationally_critical_data_store", True)),
        "11.3": (5, both(infra, f.one_of(reach, "international"))),
        "11.4": (
            5,
            both(
                control,
                either(f.one_of("construction_grade", "special"), f.one_of("national_security_works", True)),
            ),
        ),
        "11.5": (5, f.one_of("prime_minister_level", 5)),
    }


HARM = {
    ("rights", "harm"): 1,
    ("rights", "serious"): 2,
    ("rights", "extremely_serious"): 3,
    ("public_interest", "harm"): 2,
    ("public_interest", "serious"): 3,
    ("public_interest", "extremely_serious"): 4,
    ("social_order", "harm"): 3,
    ("social_order", "serious"): 3,
    ("social_order", "extremely_serious"): 4,
    ("national_security", "harm"): 3,
    ("national_security", "serious"): 4,
    ("national_security", "extremely_serious"): 5,
}


def choose(facts: dict[str, Any]) -> tuple[str, str, str | None]:
    """Return the ruleset, how it was chosen, and the warning that the choice brings."""
    if facts.get("ruleset"):
        return facts["ruleset"], "given", None
    day = facts.get("as_of")
    if day is None:
        return "nd331-2026", "default", None
    if day < "2026-07-01":
        return "nd85-2016", "date", None
    started, running = facts.get("investment_started"), facts.get("in_operation_since")
    if (
        day <= "2026-12-31"
        and started
        and started < "2026-07-01"
        and (not running or running >= "2026-07-01")
    ):
        return "nd85-2016", "date", "transition-39-1"
    return "nd331-2026", "date", "before-decree" if day <= "2026-08-18" else None


def judge(facts: dict[str, Any]) -> dict[str, Any]:
    """Return the contract's object, without words: refs, levels, codes."""
    ruleset, chosen_by, choice_warning = choose(facts)
    new = ruleset == "nd331-2026"
    table = criteria_331(facts) if new else criteria_85(facts)
    order = list(table)
    met = [ref for ref in order if table[ref][1] is True]
    unsure = [ref for ref in order if table[ref][1] is None]
    c = max((table[ref][0] for ref in met), default=None)
    o = max((table[ref][0] for ref in (*met, *unsure)), default=None)
    c_least, c_most = c or 1, o or 5
    risk = facts.get("risk_assessed_level") if new else 0
    harm = max((HARM.get(item, 0) for item in (facts.get("harm") or {}).items()), default=0) if new else 0
    r = max(risk or 0, harm)
    if o is None:
        least, most, level = 1, 5, None
    else:
        least = max(c_least, r)
        most = 5 if risk is None else max(c_most, r)
        level = least if c is not None and least == most else None
    if level is None:
        deciding = []
    elif r > c_least:
        deciding = [f"{ruleset}:10.5", *(["116:8.1"] if harm == r else [])]
    else:
        deciding = [f"{ruleset}:{ref}" for ref in met if table[ref][0] == c]
    above = [ref for ref in unsure if table[ref][0] > least]
    open_refs = {f"{ruleset}:{ref}" for ref in above}
    if new and risk is None and least < 5:
        open_refs.add(f"{ruleset}:10.5")
    given = facts.get("national_security_criteria") if new else []
    listed = [f"{ruleset}:{ref}" for ref in YES_LISTED if ref in (given or [])]
    if new and least == 5:
        listed.append(f"{ruleset}:16.4")
    in_list = "yes" if listed or least == 5 else "no" if given is not None and most < 5 else "unknown"
    return {
        "ruleset": ruleset,
        "ruleset_chosen_by": chosen_by,
        "level": level,
        "at_least": least,
        "at_most": most,
        "criteria_level": c if c == o else None,
        "criteria_at_least": c_least,
        "criteria_at_most": c_most,
        "deciding": deciding,
        "matched": [
            f"{ruleset}:{ref}" for ref in sorted(met, key=lambda ref: (-table[ref][0], order.index(ref)))
        ],
        "open": open_refs,
        "national_security_list": in_list,
        "national_security_refs": listed,
        "warnings": _warnings(facts, new, choice_warning, met, unsure, table, level, deciding, c_least, risk),
    }


FIVE = ("11.2", "12.4", "13.5", "14.4", "15.5")
KINDS = {
    True: {
        "11.1": "internal",
        "12.1": "internal",
        "12.2.a": "citizen_business",
        "12.2.b": "citizen_business",
        "13.2.a": "citizen_business",
        "13.2.b": "citizen_business",
        "13.2.c": "citizen_business",
        "12.3": "infrastructure",
        "13.3": "infrastructure",
        "15.3": "infrastructure",
        "13.4": "industrial_control",
        "14.3": "industrial_control",
        "15.4": "industrial_control",
    },
    False: {
        "7": "internal",
        "8.1": "internal",
        "8.2.a": "citizen_business",
        "8.2.b": "citizen_business",
        "8.2.c": "citizen_business",
        "9.2.a": "citizen_business",
        "9.2.b": "citizen_business",
        "9.2.c": "citizen_business",
        "8.3": "infrastructure",
        "9.3": "infrastructure",
        "10.3": "infrastructure",
        "11.3": "infrastructure",
        "9.4": "industrial_control",
        "10.4": "industrial_control",
        "11.4": "industrial_control",
    },
}


def _warnings(  # noqa: PLR0917
    facts: dict[str, Any],
    new: bool,
    choice_warning: str | None,
    met: list[str],
    unsure: list[str],
    table: dict[str, tuple[int, bool | None]],
    level: int | None,
    deciding: list[str],
    c_least: int,
    risk: int | None,
) -> list[str]:
    kinds, information = set(facts.get("kinds") or []), set(facts.get("information") or [])
    lines = facts.get("conditional_business_lines")
    citizen = "citizen_business" in kinds
    found: list[str] = []

    def warn(code: str, when: object) -> None:
        if when:
            found.append(code)

    warn("no-criterion", not met and not unsure)
    warn("transition-39-1", choice_warning == "transition-39-1")
    warn("before-decree", choice_warning == "before-decree")
    nationwide = "infrastructure" in kinds and facts.get("infrastructure_reach") == "nationwide"
    warn("nationwide-not-always-on", nationwide and facts.get("always_on") is False)
    warn("single-organisation-infrastructure", new and "12.3" in met)
    no_works = facts.get("construction_grade") == "none" and facts.get("national_security_works") is False
    warn("industrial-control-no-works", "industrial_control" in kinds and no_works)
    warn("other-needs-risk", kinds == {"other"} and not any(new and ref in met for ref in FIVE))
    by_risk = [
        ref
        for number, ref in enumerate(FIVE, 1)
        if new
        and ref in met
        and risk == number
        and ("other" in kinds or ("industrial_control" in kinds and no_works))
    ]
    warn("framework-not-issued", by_risk)
    warn("public-only-website", new and citizen and information == {"public"} and "12.2.a" in met)
    warn("conditional-lines-not-looked-up", citizen and lines is None)
    warn("postal-reading", f"{'nd331-2026'}:13.2.a" in deciding and lines and set(lines) <= {61, 97})
    planned = facts.get("approval_planned")
    warn("appendix-iv-changes", citizen and planned and planned >= "2027-03-01")
    basic, sensitive = facts.get("basic_data_subjects") or 0, facts.get("sensitive_data_subjects") or 0
    near = 90_000 <= basic <= 99_999 if new else 9_000 <= basic <= 9_999
    warn("counting-subjects", citizen and (near or 9_000 <= sensitive <= 9_999))
    warn("risk-above-criteria", new and met and risk and risk > c_least)
    warn("risk-below-criteria", new and risk and 1 <= risk < c_least)
    harm = {part: value for part, value in (facts.get("harm") or {}).items() if value is not None}
    warn("harm-not-assessed", new and len(harm) < 4)
    stated = facts.get("national_security_harm")
    security = harm.get("national_security")
    warn("harm-differs", new and stated and security and stated != security)
    held = [(KINDS[new][ref], table[ref][0]) for ref in met if ref in KINDS[new]]
    if new and nationwide and facts.get("always_on") is True:
        held.append(("infrastructure", 4))
    warn("mixed-kinds", any(a != b and x != y for a, x in held for b, y in held))
    warn("level-5-list", level == 5 or (new and facts.get("national_security_criteria")))
    return found
