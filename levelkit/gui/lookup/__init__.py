"""The look-up of conditional business lines: search without accents, what choosing would do."""

from levelkit.gui.lookup.page import LookupPage

__all__ = ["LookupPage"]
