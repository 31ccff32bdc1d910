"""Question type → field. The forms name types, never widgets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from levelkit.gui.fields.attachment import AttachmentField
from levelkit.gui.fields.base import Field, name
from levelkit.gui.fields.choice import (
    DataKindsField,
    LevelField,
    MultiField,
    RiskLevelField,
    StatementsField,
    YesNoField,
    make_single,
)
from levelkit.gui.fields.lines import BusinessLinesField
from levelkit.gui.fields.numbers import DateField, IntegerField
from levelkit.gui.fields.table import TableField
from levelkit.gui.fields.text import LongTextField, TextField

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtWidgets import QWidget

    from levelkit.gui.fields.context import FieldContext
    from levelkit.questionnaire import Question

FIELDS: Mapping[str, Callable[..., Field]] = {
    "text": TextField,
    "long_text": LongTextField,
    "yes_no": YesNoField,
    "single": make_single,
    "multi": MultiField,
    "integer": IntegerField,
    "date": DateField,
    "level": LevelField,
    "risk_level": RiskLevelField,
    "business_lines": BusinessLinesField,
    "statements": StatementsField,
    "data_kinds": DataKindsField,
    "table": TableField,
    "attachment": AttachmentField,
}
# Other ways to show a table; a package that builds one on these fields puts it in.
LAYOUTS: dict[str, Callable[..., Field]] = {"grid": TableField}


def make_field(question: Question, context: FieldContext, parent: QWidget | None = None) -> Field:
    """Make the field of a question, with object names, accessible names and descriptions."""
    make = LAYOUTS[question.layout] if question.type == "table" else FIELDS[question.type]
    field = make(question, context, parent)
    name(field, question, "field")
    parts = field.entries()
    main = field.entry()
    for number, part in enumerate(parts):
        name(part, question, "" if part is main else f"part{number}")
    field.set_read_only(read_only=context.read_only)
    return field
