"""Tables as in a spreadsheet: model, grid, paste."""

from levelkit.gui.fields.table.field import TableField

__all__ = ["TableField"]
