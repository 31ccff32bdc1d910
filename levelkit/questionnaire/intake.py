"""What was given becomes what is stored: for the questions of the forms and for the rows of the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from levelkit.questionnaire.plan_row import parse_row
from levelkit.questionnaire.types import QUESTION_TYPES

if TYPE_CHECKING:
    from levelkit.questionnaire.schema import Question


def normalise(question: Question, raw: Any) -> Any:
    """Return what is stored for ``raw``: None where it means "unanswered". Raises AnswerError."""
    if raw is None:
        return None
    if question.type == "plan_row":
        return parse_row(question, raw)
    return QUESTION_TYPES[question.type].parse(question, raw)
