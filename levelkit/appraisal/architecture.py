"""Tables of the architecture: devices, services, zones, connections, and the table of threats. Đ22.3.d."""

from __future__ import annotations

from typing import TYPE_CHECKING

from levelkit.domain.text import fold
from levelkit.questionnaire import table_problems

if TYPE_CHECKING:
    from collections.abc import Iterator

    from levelkit.appraisal.case import Case
    from levelkit.domain.proposal import Finding

_CHECKS = {"risk.threats": "cell-risk", "connections": "cell-connection"}


def architecture_findings(case: Case) -> Iterator[Finding]:
    """Cells to mend, device zones that no zone bears, zones without an address or named twice."""
    for question in case.forms.questions:
        rows = case.asked(question.id) if question.type == "table" else None
        if not rows:
            continue
        for problem in table_problems(case.forms, question, rows, case.answers):
            finding = case.finding(
                _CHECKS.get(question.id, "cell"), question.id, table=question.name, problem=problem.message
            )
            yield finding.model_copy(update={"severity": problem.severity})
    yield from _zones(case)


def _zones(case: Case) -> Iterator[Finding]:
    seen: set[str] = set()
    for number, row in enumerate(case.asked("zones") or (), start=1):
        name = row["name"]
        if not name:
            continue
        if not row["private_ip"] and not row["public_ip"]:
            yield case.finding("zone-without-address", row=number, name=name)
        folded = fold(str(name))
        if folded in seen:
            yield case.finding("zone-twice", row=number, name=name)
        seen.add(folded)
