from __future__ import annotations

from levelkit.domain.proposal import Finding
from levelkit.gui.wizard.gaps import count_gaps, next_gap, worst_by_section

ORDER = ["owner.name", "system.name", "kinds", "risk.date"]


def gap(severity: str, where: str) -> Finding:
    return Finding(
        severity=severity, stage="appraisal", where=where, rule="nd331-2026:22.3.a", title="t", message="m"
    )


GAPS = (
    gap("warning", "don-vi/owner.name"),
    gap("error", "he-thong/system.name"),
    gap("error", "rui-ro/risk.date"),
    gap("hint", "don-vi/owner.name"),
)


def test_counts_name_every_severity():
    assert count_gaps(GAPS) == {"error": 2, "warning": 1, "hint": 1}
    assert count_gaps(()) == {"error": 0, "warning": 0, "hint": 0}


def test_a_section_shows_its_worst_gap():
    assert worst_by_section(GAPS) == {"don-vi": "warning", "he-thong": "error", "rui-ro": "error"}


def test_errors_come_before_all_else_and_go_round():
    assert next_gap(GAPS, ORDER, "") == "system.name"
    assert next_gap(GAPS, ORDER, "system.name") == "risk.date"
    assert next_gap(GAPS, ORDER, "risk.date") == "system.name"


def test_a_severity_can_be_asked_for():
    assert next_gap(GAPS, ORDER, "kinds", "warning") == "owner.name"
    assert next_gap((), ORDER, "kinds") == ""
