"""Random fact sets, as plain data of a facts file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import random

HARMS = ("none", "harm", "serious", "extremely_serious")
POINTS = ("16.1", "16.2", "16.3.a", "16.3.b", "16.3.c", "16.3.d", "16.3.dd", "16.3.e", "16.3.g")
COUNTS = (0, 1, 8_999, 9_000, 9_999, 10_000, 89_999, 90_000, 99_999, 100_000, 5_000_000)
DAYS = ("2026-06-30", "2026-07-01", "2026-08-18", "2026-08-19", "2026-12-31", "2027-01-01", "2027-03-01")
VALUES: dict[str, tuple[Any, ...]] = {
    "ruleset": ("nd331-2026", "nd85-2016"),
    "as_of": DAYS,
    "investment_started": ("2025-10-10", "2026-06-30", "2026-07-01"),
    "in_operation_since": ("2019-05-01", "2026-06-30", "2026-07-01"),
    "approval_planned": ("2027-02-28", "2027-03-01"),
    "serves_defence_or_security": (True, False),
    "national_security_harm": HARMS,
    "strategic": (True, False),
    "conditional_business_lines": ([], [97], [61, 97], [97, 98], [1], [198, 198]),
    "settles_administrative_procedures": (True, False),
    "basic_data_subjects": COUNTS,
    "sensitive_data_subjects": COUNTS,
    "infrastructure_reach": ("one_organisation", "sector_or_provinces", "nationwide", "international"),
    "national_e_government": (True, False),
    "always_on": (True, False),
    "construction_grade": ("none", "IV", "III", "II", "I", "special"),
    "national_security_works": (True, False),
    "nationally_critical_data_store": (True, False),
    "prime_minister_level": (0, 0, 0, 2, 3, 4, 5),
    "risk_assessed_level": (0, 1, 2, 3, 4, 5),
    "online_public_service_grade": (0, 1, 2, 3, 4),
}
KINDS = ("internal", "citizen_business", "infrastructure", "industrial_control", "other")
INFORMATION = ("public", "private", "personal", "state_secret")
PARTS = ("rights", "public_interest", "social_order", "national_security")
# Facts that would settle nearly every draw at level 5 are mostly "no", as in life.
RARE = {"nationally_critical_data_store", "national_security_works", "serves_defence_or_security"}


def draw(chance: random.Random) -> dict[str, Any]:
    """Draw one fact set; each has its own share of unknown facts."""
    known = chance.choice((0.15, 0.5, 0.85, 1.0))
    facts: dict[str, Any] = {}
    for name, values in VALUES.items():
        share = known * (0.3 if name in {"ruleset", "as_of"} else 1.0)
        if chance.random() < share:
            facts[name] = False if name in RARE and chance.random() < 0.8 else chance.choice(values)
    if chance.random() < known:
        facts["kinds"] = chance.sample(KINDS, chance.choice((1, 1, 1, 2, 3)))
    if chance.random() < known:
        facts["information"] = chance.sample(INFORMATION, chance.choice((1, 1, 2, 3)))
    if chance.random() < known:
        facts["national_security_criteria"] = chance.sample(POINTS, chance.choice((0, 0, 0, 1, 2)))
    if chance.random() < known:
        facts["harm"] = {part: chance.choice(HARMS) for part in PARTS if chance.random() < known}
    items = list(facts.items())
    chance.shuffle(items)
    return dict(items)
