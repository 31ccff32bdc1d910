"""Services: the risk register of a system as the window sees it: where it leads, and what to start from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from levelkit.domain.fact_catalogue import FACT_CATALOGUE
from levelkit.domain.risk import LEVEL_QUESTION, QUESTION, Register, conclude
from levelkit.questionnaire.risk import risk_catalogue, risk_method

if TYPE_CHECKING:
    from collections.abc import Sequence

    from levelkit.domain.risk import CatalogueEntry, Conclusion, RiskMethod
    from levelkit.questionnaire.risk import RiskCatalogue
    from levelkit.services.session import SystemSession

_HARMS = FACT_CATALOGUE["harm"]
_UNANSWERED = "chưa trả lời"


@dataclass(frozen=True)
class Suggestion:
    """One answer that the register leads to.

    Attributes:
        question: its id; ``name``: how it is called.
        value, words: the answer suggested, as stored and as read.
        stored, stored_words: the answer that stands there now; None and «chưa trả lời» where there is none.
        rows: the rows that lead there.
        cite: where the law has it, in full; empty where the harm table gives no level.
    """

    question: str
    name: str
    value: str | int
    words: str
    stored: str | int | None
    stored_words: str
    rows: tuple[int, ...]
    cite: str

    @property
    def same(self) -> bool:
        """Whether the answer says so already."""
        return self.stored == self.value


class RiskBook:
    """The register of one session. Nothing is set before a person says so."""

    def __init__(self, session: SystemSession) -> None:
        self._session = session

    @property
    def method(self) -> RiskMethod:
        """How risks are scored: this program's own way."""
        return risk_method()

    @property
    def catalogue(self) -> RiskCatalogue:
        """The threats to start from."""
        return risk_catalogue()

    @property
    def register(self) -> Register:
        """The rows as stored."""
        return Register.read(self._session.interview.answer(QUESTION))

    @property
    def conclusion(self) -> Conclusion | None:
        """Where the rows lead; None while none says what is harmed, or the ruleset has no harm table."""
        found = self._session.classification
        table = self._session.library.get(found.ruleset).harm
        return conclude(self.register, table) if table else None

    @property
    def suggestions(self) -> tuple[Suggestion, ...]:
        """The answers that the register leads to: harm of every interest named, then the level. Đ10.5."""
        conclusion = self.conclusion
        if conclusion is None:
            return ()
        found = [
            self._suggest(
                f"harm.{each.subject}", each.degree, _HARMS.label(each.degree), each.rows, each.cite
            )
            for each in conclusion.subjects
        ]
        rows = tuple(sorted({number for each in conclusion.deciding for number in each.rows}))
        level = conclusion.suggested_level(self._session.classification.criteria_at_least)
        cite = conclusion.deciding[0].cite if conclusion.deciding else None
        found.append(self._suggest(LEVEL_QUESTION, level, _level_words(level), rows, cite))
        return tuple(found)

    def use_conclusion(self) -> int:
        """Answer with what the register leads to, as one step back; return how many answers changed.

        Raises:
            UserError: nothing can be saved.
        """
        wanted = {each.question: each.value for each in self.suggestions if not each.same}
        return self._session.set_many(wanted) if wanted else 0

    # The catalogue

    def usual_kinds(self) -> tuple[str, ...]:
        """Return the kinds of the catalogue that suit the system's facts, in the order of the catalogue."""
        facts = self._session.interview.facts()
        kinds = set(facts.get("kinds") or ())
        lines = set(facts.get("conditional_business_lines") or ())
        return tuple(
            kind.id for kind in self.catalogue.kinds if kinds & set(kind.suits) or lines & set(kind.lines)
        )

    def inserted(self) -> frozenset[str]:
        """Return the ids of the catalogue whose threat stands in the register already."""
        known = {row.threat for row in self.register.rows}
        return frozenset(entry.id for entry in self.catalogue.entries if entry.threat in known)

    def insert(self, entries: Sequence[CatalogueEntry]) -> int:
        """Put entries at the end of the register, as one step back; return the number of the first new row.

        Raises:
            UserError: nothing can be saved.
        """
        rows: list[dict[str, Any]] = self._session.interview.answer(QUESTION) or []
        self._session.set(QUESTION, [*rows, *(entry.row() for entry in entries)])
        return len(rows) + 1

    # Inside

    def _suggest(
        self, question: str, value: str | int, words: str, rows: tuple[int, ...], cite: str | None
    ) -> Suggestion:
        stored = self._session.interview.answer(question)
        return Suggestion(
            question=question,
            name=self._session.interview.forms.question(question).name,
            value=value,
            words=words,
            stored=stored,
            stored_words=_words_of(question, stored),
            rows=rows,
            cite=self._session.library.citation(cite).full_vi if cite else "",
        )


def _words_of(question: str, stored: str | int | None) -> str:
    if stored is None:
        return _UNANSWERED
    return _level_words(int(stored)) if question == LEVEL_QUESTION else _HARMS.label(str(stored))


def _level_words(level: int) -> str:
    return f"cấp {level}" if level else "không đề nghị cấp nào"
