"""Services: every system under two rulesets side by side. Đ39.1; 116:45.1."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from levelkit.domain.text import format_date
from levelkit.errors import UserError
from levelkit.law import classify, transition_deadlines

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from levelkit.domain.classification import Classification
    from levelkit.services.workspace import Workspace


@dataclass(frozen=True)
class Side:
    """A system under one ruleset: level (None while open), bounds, the refs that decide."""

    level: int | None
    at_least: int
    at_most: int
    deciding: tuple[str, ...]


@dataclass(frozen=True)
class Reason:
    """Why the two sides differ, or what the transition asks for: ref, full citation, in words."""

    ref: str
    cite: str
    text_vi: str


@dataclass(frozen=True)
class Due:
    """A deadline of the transition: what, the last safe day, where it stands."""

    name_vi: str
    safe: date
    ref: str
    cite: str


@dataclass(frozen=True)
class Impact:
    """One system under both rulesets."""

    code: str
    name: str
    before: Side
    after: Side
    reasons: tuple[Reason, ...]
    due: tuple[Due, ...]

    @property
    def same(self) -> bool:
        """Whether level and bounds are equal."""
        one, other = self.before, self.after
        return (one.level, one.at_least, one.at_most) == (other.level, other.at_least, other.at_most)

    def contract(self) -> dict[str, Any]:
        """Return the keys of the command line's contract, in its order."""

        def side(of: Side) -> dict[str, Any]:
            return {
                "level": of.level,
                "at_least": of.at_least,
                "at_most": of.at_most,
                "deciding": list(of.deciding),
            }

        return {
            "code": self.code,
            "name": self.name,
            "from": side(self.before),
            "to": side(self.after),
            "same": self.same,
            "reasons": [{"ref": one.ref, "cite": one.cite, "text_vi": one.text_vi} for one in self.reasons],
        }


def impact(
    workspace: Workspace, old: str, new: str, told: Callable[[int, int], None] | None = None
) -> list[Impact]:
    """Judge every system of a workspace under two rulesets, by the program's own versions of them.

    Raises:
        UserError: there is no such ruleset, or both are the same.
    """
    known = [ruleset.id for ruleset in workspace.library.rulesets]
    for name, given in (("--from", old), ("--to", new)):
        if given not in known:
            raise UserError(f"{name}: không có bộ quy định «{given}». Hãy chọn {', '.join(known)}.")
    if old == new:
        raise UserError(f"--from, --to: phải là hai bộ quy định khác nhau, đang cùng ghi «{old}».")
    codes = [summary.code for summary in workspace.systems()]
    found = []
    for done, code in enumerate(codes):
        if told:
            told(done, len(codes))
        found.append(_of(workspace, code, old, new))
    return found


def _of(workspace: Workspace, code: str, old: str, new: str) -> Impact:
    session = workspace.session(code)
    library, facts = workspace.library, session.interview.facts()
    one = classify(library, facts.replace({"ruleset": old}))
    other = classify(library, facts.replace({"ruleset": new}))
    due = tuple(
        Due(item.name_vi, item.safe, item.cite, library.citation(item.cite).full_vi)
        for item in transition_deadlines(library, facts, session.interview.answers)
    )
    before, after = _side(one), _side(other)
    found = Impact(code, session.name, before, after, (), due)
    reasons = [] if found.same else [*_reasons(workspace, one), *_reasons(workspace, other)]
    reasons += [Reason(item.ref, item.cite, f"{item.name_vi}; mốc {format_date(item.safe)}.") for item in due]
    return Impact(code, session.name, before, after, tuple(reasons), due)


def _side(found: Classification) -> Side:
    return Side(found.level, found.at_least, found.at_most, found.deciding)


def _reasons(workspace: Workspace, found: Classification) -> list[Reason]:
    """Say what gives a side its level; while it is open, what it still hangs on."""
    title = workspace.library.get(found.ruleset).title_vi
    by_ref = {result.ref: result for result in found.results}
    if found.level is not None:
        refs, verb = found.deciding, f"Cấp {found.level}"
    else:
        refs, verb = found.open_refs, f"Còn mở, từ cấp {found.at_least} đến cấp {found.at_most}"
    reasons = []
    for ref in refs:
        citation = workspace.library.citation(ref)
        result = by_ref.get(ref)
        words = result.summary_vi if result is not None else citation.text_vi
        reasons.append(Reason(ref, citation.full_vi, f"{title}: {verb}; {_lower(words)}"))
    return reasons


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
