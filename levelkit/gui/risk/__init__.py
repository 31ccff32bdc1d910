"""The risk register: list, details of one row, matrix, where the rows lead, threats to start from."""

from levelkit.gui.risk.field import RegisterField

__all__ = ["RegisterField"]
