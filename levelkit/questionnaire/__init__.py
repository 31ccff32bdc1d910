"""Questionnaire: the forms as data, the closed set of question types, and the interview without a window.

Forms name facts and citations, never widgets: a window maps ``Question.type`` to a field.
"""

from levelkit.questionnaire.cells import CellProblem, table_problems
from levelkit.questionnaire.intake import normalise
from levelkit.questionnaire.interview import Change, Counts, Interview
from levelkit.questionnaire.loader import load_forms
from levelkit.questionnaire.plan_row import FIELDS_VI, parse_field
from levelkit.questionnaire.schema import (
    Banner,
    Check,
    Column,
    FormSet,
    Group,
    NoticePlace,
    Option,
    Question,
    Requirement,
    Section,
)
from levelkit.questionnaire.types import (
    NONE_OF_THESE,
    QUESTION_TYPES,
    AnswerError,
    clean_long_text,
    clean_text,
    parse_integer,
)

__all__ = [
    "FIELDS_VI",
    "NONE_OF_THESE",
    "QUESTION_TYPES",
    "AnswerError",
    "Banner",
    "CellProblem",
    "Change",
    "Check",
    "Column",
    "Counts",
    "FormSet",
    "Group",
    "Interview",
    "NoticePlace",
    "Option",
    "Question",
    "Requirement",
    "Section",
    "clean_long_text",
    "clean_text",
    "load_forms",
    "normalise",
    "parse_field",
    "parse_integer",
    "table_problems",
]
