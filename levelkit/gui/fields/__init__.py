"""One widget for each question type; ``make_field`` is the only way in."""

from levelkit.gui.fields.base import Field
from levelkit.gui.fields.context import FieldContext
from levelkit.gui.fields.registry import FIELDS, LAYOUTS, make_field

__all__ = ["FIELDS", "LAYOUTS", "Field", "FieldContext", "make_field"]
