"""What the level panel says, worked out without Qt: state, sentences, reasons, settling questions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, Literal

from levelkit.domain.classification import Classification, CriterionResult, GreyPoint, Outcome
from levelkit.domain.fact_catalogue import FACT_CATALOGUE
from levelkit.domain.text import format_date, format_number, join_vi
from levelkit.law import business_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from levelkit.law import RuleLibrary
    from levelkit.questionnaire import Interview

RISK_FACT: Final = "risk_assessed_level"
SHOWN: Final = 4
_WORDS: Final = ("", "Một", "Hai", "Ba", "Bốn", "Năm", "Sáu", "Bảy", "Tám", "Chín", "Mười")


@dataclass(frozen=True, slots=True)
class Line:
    """One reason: text, its place in the law in words, the ref behind the link."""

    text: str
    cite: str
    ref: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Settling:
    """One question that can still change the level."""

    question_id: str
    title: str
    effect: str
    cite: str
    ref: str


@dataclass(frozen=True, slots=True)
class LevelView:
    """Everything the panel, the strip and the rail show about one classification.

    Attributes:
        reached, possible: filled steps; hatched ones up to here.
        sentence: what a screen reader says.
        proposed: the level proposed by the person, None where it is the computed one.
        can_raise: the levels that may still be proposed.
    """

    state: Literal["decided", "risk", "open"]
    level: int | None
    reached: int
    possible: int
    headline: str
    subline: str
    sentence: str
    short: str
    proposed: int | None
    can_raise: tuple[int, ...]
    deciding: tuple[Line, ...]
    others: tuple[Line, ...]
    near: tuple[Line, ...]
    grey: tuple[Line, ...]
    settling: tuple[Settling, ...]
    more_settling: int
    settling_head: str
    if_all_no: str
    listed: str
    notices: tuple[Line, ...]


def view_level(classification: Classification, interview: Interview, library: RuleLibrary) -> LevelView:
    """Work out what there is to say about a classification."""
    state = _state(classification)
    words = _Words(classification, interview, library)
    settling = _settling(classification, interview, words)
    reached = _reached(classification, state)
    possible = reached if state == "decided" else classification.at_most
    met = [result for result in classification.results if result.outcome is Outcome.MET]
    top = max((result.level for result in met), default=0)
    deciding = set(classification.deciding) or (
        {result.ref for result in met if result.level == top} if state == "risk" else set()
    )
    headline, subline = _head(classification, state, len(settling), words.instrument)
    proposed = interview.answer("proposed_level")
    computed = classification.level or classification.at_least
    notices = tuple(Line(note.text_vi, "", note.cite) for note in classification.warnings)
    return LevelView(
        state=state,
        level=classification.level,
        reached=reached,
        possible=possible,
        headline=headline,
        subline=subline,
        sentence=f"{headline}. {subline}.",
        short=_short(classification, state),
        proposed=proposed if isinstance(proposed, int) else None,
        can_raise=tuple(range(computed + 1, 6)),
        deciding=words.deciding(deciding),
        others=tuple(words.line(result) for result in met if result.ref not in deciding),
        near=tuple(words.cited(miss.text_vi, miss.ref) for miss in classification.near_misses),
        grey=tuple(words.grey(point) for point in classification.grey_points),
        settling=settling[:SHOWN],
        more_settling=max(0, len(settling) - SHOWN),
        settling_head=_settling_head(len(settling)),
        if_all_no=_if_all_no(classification, state, len(settling), has_met=bool(met)),
        listed=_listed(classification),
        notices=notices,
    )


def _state(found: Classification) -> Literal["decided", "risk", "open"]:
    if found.level is not None:
        return "decided"
    needs = {fact for result in found.results if result.ref in found.open_refs for fact in result.needs}
    others = [
        result for result in found.results if result.ref in found.open_refs and result.needs != (RISK_FACT,)
    ]
    if found.criteria_level is not None and not others and needs <= {RISK_FACT}:
        return "risk"
    return "open"


def _reached(found: Classification, state: str) -> int:
    if found.level is not None:
        return found.level
    if state == "open" and not any(result.outcome is Outcome.MET for result in found.results):
        return 0
    return found.at_least


def _head(found: Classification, state: str, questions: int, instrument: str) -> tuple[str, str]:
    if state == "decided":
        return f"Cấp độ {found.level}", f"Đã xác định theo {instrument}"
    if state == "risk":
        return f"Cấp {found.at_least} theo tiêu chí", "Chờ kết quả đánh giá rủi ro"
    left = f"Chưa xác định: còn {questions} câu" if questions else "Chưa xác định"
    if _reached(found, state) == 0:
        return "Chưa chốt cấp độ", left
    if found.at_most > found.at_least:
        return f"Ít nhất cấp {found.at_least}, có thể cấp {found.at_most}", left
    return f"Ít nhất cấp {found.at_least}", left


def _short(found: Classification, state: str) -> str:
    if found.level is not None:
        return f"Cấp {found.level}"
    if state == "risk":
        return f"Cấp {found.at_least}"
    if _reached(found, state) == 0:
        return "Chưa chốt"
    return (
        f"Cấp {found.at_least}–{found.at_most}" if found.at_most > found.at_least else f"Cấp {found.at_least}"
    )


def _settling_head(count: int) -> str:
    if count == 0:
        return ""
    if count == 1:
        return "Câu này sẽ chốt cấp độ"
    if count > SHOWN:
        return "Trả lời trước các câu này"
    return f"{_WORDS[count]} câu này sẽ chốt cấp độ"


def _if_all_no(found: Classification, state: str, count: int, *, has_met: bool) -> str:
    if state != "open" or not has_met or not 0 < count <= SHOWN:
        return ""
    who = {1: "Trả lời «Không»", 2: "Cả hai là «Không»"}.get(count, f"Cả {_WORDS[count].lower()} là «Không»")
    return f"{who}: cấp {found.at_least}."


def _listed(found: Classification) -> str:
    if found.national_security_list == "yes":
        return "Thuộc diện hệ thống thông tin quan trọng về an ninh quốc gia."
    return ""


def _settling(found: Classification, interview: Interview, words: _Words) -> tuple[Settling, ...]:
    """The visible unanswered questions behind open criteria, most decisive first."""
    if found.level is not None:
        return ()
    open_results = [result for result in found.results if result.ref in found.open_refs]
    needed = found.open_needs
    if any(ref.endswith(":10.5") for ref in found.open_refs):
        needed |= {RISK_FACT}
    order = [fact for fact in interview.derived.get("derived.can_change") or () if fact in needed]
    for result in sorted(open_results, key=lambda one: -one.level):
        order.extend(fact for fact in result.needs if fact not in order)
    order.extend(needed.difference(order))  # the risk result, where it is left
    taken: dict[str, Settling] = {}
    for fact in order:
        for question_id in interview.forms.providers.get(fact, ()):
            if question_id in taken or not interview.visible(question_id):
                continue
            if interview.answer(question_id) is not None:
                continue
            taken[question_id] = words.settling(question_id, fact, open_results)
    return tuple(taken.values())


class _Words:
    """Facts, citations and criteria in words."""

    def __init__(self, found: Classification, interview: Interview, library: RuleLibrary) -> None:
        self._found = found
        self._interview = interview
        self._library = library

    @property
    def instrument(self) -> str:
        """The short name of the decree: «NĐ 331/2026»."""
        kind, _, year = self._found.ruleset.partition("-")
        return f"NĐ {kind.removeprefix('nd')}/{year}"

    def cite(self, ref: str) -> str:
        """The place of the law, without the instrument where it is the ruleset itself."""
        if not self._library.has_citation(ref):
            return ref
        citation = self._library.citation(ref)
        own = citation.instrument == self._found.ruleset
        return citation.clause_vi if own else _capital(citation.full_vi)

    def cited(self, text: str, ref: str) -> Line:
        return Line(_capital(text), self.cite(ref), ref)

    def grey(self, point: GreyPoint) -> Line:
        """The question, the reading taken and the other one; its place in the law comes in words."""
        ref = _refs_by_words(self._library).get(point.cite, "")
        cite = self.cite(ref) if ref else _capital(point.cite)
        detail = f"Đang lấy: {_lower(point.reading_vi)}\nCách hiểu khác: {_lower(point.other_vi)}"
        return Line(_capital(point.question_vi), cite, ref, detail)

    def line(self, result: CriterionResult) -> Line:
        return Line(result.summary_vi, self.cite(result.ref), result.ref, self._because(result.because))

    def deciding(self, refs: set[str]) -> tuple[Line, ...]:
        lines = [self.line(result) for result in self._found.results if result.ref in refs]
        known = {result.ref for result in self._found.results}
        raised = [self.cited(self._raised(ref), ref) for ref in sorted(refs - known)]
        return (*lines, *raised)

    def _raised(self, ref: str) -> str:
        if ref.startswith(self._found.ruleset):
            return (
                f"Kết quả đánh giá rủi ro cho cấp {max(self._found.risk_level or 0, self._found.harm_level)}"
            )
        return f"Mức thiệt hại đã nêu ứng với cấp {self._found.harm_level}"

    def settling(self, question_id: str, fact: str, open_results: list[CriterionResult]) -> Settling:
        question = self._interview.forms.question(question_id)
        if fact == RISK_FACT:
            ref = next((ref for ref in self._found.open_refs if ref.endswith(":10.5")), question.cite)
            return Settling(
                question_id, question.name, "Rủi ro chỉ có thể nâng cấp, không hạ", self.cite(ref), ref
            )
        behind = [result for result in open_results if fact in result.needs]
        if not behind:
            return Settling(
                question_id, question.name, "Có thể đổi cấp độ", self.cite(question.cite), question.cite
            )
        top = max(behind, key=lambda one: one.level)
        return Settling(
            question_id, question.name, f"Có thể lên cấp {top.level}", self.cite(top.ref), top.ref
        )

    def _line_names(self, number: int) -> str:
        raw = self._found.as_of
        return f"{number}. {business_lines(date.fromisoformat(raw) if raw else None).name(number)}"

    def _because(self, because: Mapping[str, Any]) -> str:
        told = [fact_words(fact, value, self._line_names) for fact, value in because.items()]
        return "; ".join(part for part in told if part)


@lru_cache(maxsize=4)
def _refs_by_words(library: RuleLibrary) -> dict[str, str]:
    index = library.index
    # A standard is left out: no point of the level cites one, and its sets are read when a plan needs them.
    cited = (one for one, instrument in index.instruments.items() if instrument.numbering == "articles")
    return {library.cite_words(ref): ref for one in cited for ref in index.refs(one)}


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def fact_words(fact: str, value: Any, line_name: Callable[[int], str] = str) -> str:
    """Say one fact in words: «Số chủ thể dữ liệu cá nhân cơ bản: 2.450.000»; nothing for «không»."""
    outer, _, part = fact.partition(".")
    spec = FACT_CATALOGUE.get(fact) or FACT_CATALOGUE.get(outer)
    if spec is None or value is None or value is False or value in ([], (), {}):
        return ""
    name = spec.name_vi
    if part and spec.id == outer:
        name = next((option.label_vi for option in spec.parts if option.value == part), name)
    if value is True:
        return name
    if spec.type == "lines":
        shown = "; ".join(line_name(number) for number in value)
    elif isinstance(value, list | tuple):
        shown = join_vi([spec.label(str(item)) for item in value])
    elif isinstance(value, int):
        shown = " ".join((format_number(value), spec.unit_vi)).strip()
    elif hasattr(value, "isoformat"):
        shown = format_date(value)
    else:
        shown = spec.label(str(value))
    return f"{name}: {shown}"
