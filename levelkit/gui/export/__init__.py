"""Page 9: every gap with a jump, the real pages, export and print."""

from levelkit.gui.export.page import ExportPage

__all__ = ["ExportPage"]
