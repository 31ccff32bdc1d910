"""Services: which levels have to be looked at again, and why. Đ10.2, Đ10.5, Đ25."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any

from levelkit.domain.text import format_date, format_number, join_vi
from levelkit.law import business_lines, classify
from levelkit.law.review import review_rules
from levelkit.store import overview

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from levelkit.law.review import WatchedChange, WatchedCount
    from levelkit.services.workspace import Workspace
    from levelkit.store import Session, StoredSystem
    from levelkit.store.overview import Told

_DECIDED_VI = {"submitted": "khi trình", "appraised": "thẩm định", "approved": "phê duyệt"}
_TABLE = frozenset({"rows", "changed"})
_LINES = "conditional_business_lines"
_DECLARED = ("redetermination", "redetermination.reasons")
_DECISION = ("previous.level", "previous.decision_date")


@dataclass(frozen=True)
class Review:
    """One reason to determine a level again.

    Attributes:
        where: ``section/question`` that the reason reads.
        cite: the ref; ``cite_vi`` its short form, «Đ10.2.b».
    """

    code: str
    name: str
    text_vi: str
    cite: str
    cite_vi: str
    where: str


def watched_questions() -> set[str]:
    """Return the plain answers that :class:`Reviews` reads of every system."""
    rules = review_rules()
    counted = {key for one in rules.counts for key in (one.fact, one.forecast)}
    return {*_DECLARED, *_DECISION, *counted, rules.forecast_day, _LINES, "as_of"}


class Reviews:
    """Finds the reasons of all systems of a workspace at once."""

    def __init__(
        self,
        workspace: Workspace,
        today: date,
        answers: Mapping[int, Mapping[str, Any]],
        statuses: Mapping[int, Sequence[tuple[datetime, str]]],
    ) -> None:
        self._workspace = workspace
        self._today = today
        self._answers = answers
        self._statuses = statuses
        self._rules = review_rules()

    def find(self, systems: Sequence[StoredSystem]) -> list[Review]:
        """Return every reason, in the order of the systems."""
        changed = self._changed(systems)
        found: list[Review] = []
        for one in systems:
            answers = self._answers.get(one.id, {})
            found += self._declared(one, answers)
            found += changed.get(one.id, ())
            found += self._raised(one)
            found += self._forecast(one, answers)
            found += self._lines(one, answers)
        return found

    def _review(self, one: StoredSystem, text_vi: str, cite: str, question_id: str) -> Review:
        forms = self._workspace.forms
        where = forms.where(question_id) if forms.has_question(question_id) else ""
        cite_vi = self._workspace.library.citation(cite).short_vi
        return Review(one.code, one.name, text_vi, cite, cite_vi, where)

    def _declared(self, one: StoredSystem, answers: Mapping[str, Any]) -> Iterator[Review]:
        """Give what people said themselves, until the dossier is approved."""
        again, reasons = _DECLARED
        if answers.get(again) is not True or one.status == "approved":
            return
        question = self._workspace.forms.question(reasons)
        labels = {option.value: option for option in question.options}
        for value in answers.get(reasons) or ():
            option = labels.get(value)
            if option is not None:
                cite = getattr(option, "cite", None) or self._rules.cite
                yield self._review(one, f"{option.label}.", cite, reasons)

    def _raised(self, one: StoredSystem) -> Iterator[Review]:
        levels = one.levels
        found = max(levels.computed or levels.at_least, levels.proposed or 0)
        if levels.approved is not None and found > levels.approved:
            text = (
                f"Tính theo câu trả lời hiện có là cấp {found}, cao hơn cấp {levels.approved} đã phê duyệt."
            )
            yield self._review(one, text, self._rules.raised_cite, "previous.level")

    def _forecast(self, one: StoredSystem, answers: Mapping[str, Any]) -> Iterator[Review]:
        for count in self._rules.counts:
            now, later = answers.get(count.fact), answers.get(count.forecast)
            if not isinstance(later, int) or not self._crosses(one, count, now or 0, later):
                continue
            if (levels := self._levels(one, count, now, later)) is None:
                continue
            day = answers.get(self._rules.forecast_day)
            until = f" đến {format_date(date.fromisoformat(day))}" if isinstance(day, str) else ""
            text = (
                f"{self._name(count.fact)} dự báo {format_number(later)}{until}: "
                f"từ cấp {levels[0]} thành cấp {levels[1]}."
            )
            yield self._review(one, text, self._rules.forecast_cite, count.forecast)

    def _crosses(self, one: StoredSystem, count: WatchedCount, before: int, after: int) -> bool:
        parameters = self._workspace.library.get(one.ruleset.id).parameters
        if count.threshold not in parameters:
            return False
        threshold = parameters[count.threshold].on(self._today).value
        return threshold is not None and (before >= threshold) is not (after >= threshold)

    def _levels(
        self, one: StoredSystem, count: WatchedCount, before: int | None, after: int
    ) -> tuple[int, int] | None:
        """Return the lowest level possible with each of two counts, None where they are equal."""
        session = self._workspace.session(one.code)
        facts = session.interview.facts()
        had = classify(session.library, facts.replace({count.fact: before})).at_least
        has = classify(session.library, facts.replace({count.fact: after})).at_least
        return None if had == has else (had, has)

    def _lines(self, one: StoredSystem, answers: Mapping[str, Any]) -> Iterator[Review]:
        """Give the systems whose business lines were judged by a list that no longer holds."""
        day = answers.get("as_of")
        if not answers.get(_LINES) or not isinstance(day, str):
            return
        judged_by = business_lines(date.fromisoformat(day))
        if judged_by.valid_to is not None and judged_by.valid_to < self._today:
            text = f"{self._name(_LINES)}: danh mục đã hết hiệu lực ngày {format_date(judged_by.valid_to)}."
            yield self._review(one, text, self._rules.lines_cite, _LINES)

    # The journal

    def _changed(self, systems: Sequence[StoredSystem]) -> dict[int, list[Review]]:
        since = {one.id: mark for one in systems if (mark := self._decided(one)) is not None}
        if not since:
            return {}
        watched = {key for change in self._rules.changes for key in change.questions}
        watched |= {count.fact for count in self._rules.counts}
        with self._workspace.reading() as session:
            told = overview.answered_at(session, list(since), watched)
            pairs = _pairs(told, {key: at for key, (at, _what) in since.items()})
            if not pairs:
                return {}
            values = _values(session, pairs)
        found: dict[int, list[Review]] = {}
        for one in systems:
            mine = {key: spread for (system_id, key), spread in pairs.items() if system_id == one.id}
            if mine:
                found[one.id] = list(self._of_journal(one, mine, values, since[one.id]))
        return found

    def _decided(self, one: StoredSystem) -> tuple[datetime, str] | None:
        """Return when the dossier was last judged by somebody, and what that was."""
        marks = [(at, status) for at, status in self._statuses.get(one.id, ()) if status in _DECIDED_VI]
        if one.status not in _DECIDED_VI:
            marks = []  # taken back to a draft: what was decided before counts alone
        answers = self._answers.get(one.id, {})
        day = answers.get("previous.decision_date")
        if answers.get("previous.level") is not None and isinstance(day, str):
            marks.append((datetime.combine(date.fromisoformat(day), time.max, UTC), "approved"))
        return max(marks, default=None)

    def _of_journal(
        self,
        one: StoredSystem,
        pairs: Mapping[str, Sequence[Told]],
        values: Mapping[int, Any],
        since: tuple[datetime, str],
    ) -> Iterator[Review]:
        said: dict[str, list[tuple[WatchedChange, str, Told]]] = {}
        for change in self._rules.changes:
            for key in change.questions:
                spread = pairs.get(key)
                if spread and (how := _difference(spread, values)) is not None:
                    said.setdefault(change.cite, []).append((change, how, spread[-1]))
        after = f"sau {_DECIDED_VI[since[1]]} {format_date(since[0].astimezone().date())}"
        for cite, parts in said.items():
            words = [
                f"{change.what_vi} ({self._name(told.subject)}{f': {how}' if how else ''})"
                for change, how, told in parts
            ]
            last = max(parts, key=lambda part: part[2].at)[2]
            day = format_date(last.at.astimezone().date())
            yield self._review(one, f"Đổi {join_vi(words)} {after}; gần nhất {day}.", cite, last.subject)
        for count in self._rules.counts:
            spread = pairs.get(count.fact)
            if spread:
                yield from self._counted(one, count, values[spread[0].id], values[spread[-1].id], after)

    def _counted(
        self, one: StoredSystem, count: WatchedCount, before: Any, now: Any, after: str
    ) -> Iterator[Review]:
        if not isinstance(before, int) or not isinstance(now, int):
            return
        if self._crosses(one, count, before, now) and (levels := self._levels(one, count, before, now)):
            text = (
                f"{self._name(count.fact)} từ {format_number(before)} thành {format_number(now)} {after}: "
                f"từ cấp {levels[0]} thành cấp {levels[1]}."
            )
            yield self._review(one, text, self._rules.cite, count.fact)

    def _name(self, question_id: str) -> str:
        return self._workspace.forms.question(question_id).name


def _pairs(told: Sequence[Told], since: Mapping[int, datetime]) -> dict[tuple[int, str], list[Told]]:
    """Return what stood at the decision and everything told after it, where that is more than one.

    The first answer ever given is no change: it is how things already were.
    """
    found: dict[tuple[int, str], list[Told]] = {}
    for one in told:
        spread = found.setdefault((one.system_id, one.subject), [])
        if one.at <= since[one.system_id]:
            spread.clear()
        spread.append(one)
    return {key: spread for key, spread in found.items() if len(spread) > 1}


def _values(session: Session, pairs: Mapping[tuple[int, str], Sequence[Told]]) -> dict[int, Any]:
    return overview.told_values(session, [one.id for spread in pairs.values() for one in spread])


def _difference(spread: Sequence[Told], values: Mapping[int, Any]) -> str | None:
    """Say how an answer differs from what stood first: words for a table, else nothing; None for equal."""
    before, now = values[spread[0].id], values[spread[-1].id]
    if not _is_table(before) and not _is_table(now):
        return None if before == now else ""
    rows = (now or {}).get("rows", 0) - (before or {}).get("rows", 0)
    if rows:
        return f"{'thêm' if rows > 0 else 'bớt'} {abs(rows)} dòng"
    edited = {key for one in spread[1:] for key in (values[one.id] or {}).get("changed", ())}
    return f"sửa {len(edited)} dòng" if edited else None


def _is_table(value: Any) -> bool:
    return isinstance(value, dict) and value.keys() == _TABLE
