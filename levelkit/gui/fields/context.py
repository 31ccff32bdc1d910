"""What a field may ask of the system it belongs to."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from levelkit.errors import FactsError
from levelkit.law import BusinessLines, RuleLibrary, business_lines, classify
from levelkit.questionnaire import FormSet, Interview, table_problems

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from levelkit.domain.citation import Citation
    from levelkit.domain.classification import Classification
    from levelkit.domain.facts import FactSet
    from levelkit.questionnaire import CellProblem, Option, Question
    from levelkit.services import SystemSession


class FieldContext:
    """The session as the fields see it: answers in, answers out, the law beside them."""

    def __init__(self, session: SystemSession) -> None:
        self.session = session

    @property
    def forms(self) -> FormSet:
        """The forms."""
        return self.session.interview.forms

    @property
    def interview(self) -> Interview:
        """The interview."""
        return self.session.interview

    @property
    def library(self) -> RuleLibrary:
        """The law."""
        return self.session.library

    @property
    def read_only(self) -> bool:
        """Whether nothing can be changed."""
        return self.session.readonly

    def citation(self, ref: str) -> Citation | None:
        """The citation of a ref; None where the index has none."""
        return self.library.citation(ref) if self.library.has_citation(ref) else None

    def options(self, question: Question) -> tuple[Option, ...]:
        """The options offered now."""
        return self.interview.visible_options(question.id)

    def problems(self, question: Question, rows: Sequence[Mapping[str, Any]]) -> Iterable[CellProblem]:
        """What is wrong with the cells of a table."""
        return table_problems(self.forms, question, rows, self.interview.answers)

    def attach(self, question: Question, path: Path) -> None:
        """Take a file into the workspace as the answer; raises UserError."""
        self.session.attach(question.id, path)

    def attachment(self, sha256: str) -> bytes:
        """The content of an attached file; raises UserError."""
        return self.session.attachment_bytes(sha256)

    def business_lines(self) -> BusinessLines:
        """The list of conditional business lines that holds on the system's day."""
        raw = self.interview.answers.get("as_of")
        return business_lines(date.fromisoformat(raw) if isinstance(raw, str) else date.max)

    def trial(self, fact: str, value: Any) -> Classification | None:
        """What the classification would be with another value of one fact."""
        try:
            facts: FactSet = self.interview.facts().replace({fact: value})
        except FactsError:
            return None
        return classify(self.library, facts)
