"""The documents' letters for QtSvg, which knows a font by one family name alone."""

from __future__ import annotations

from functools import cache

from PySide6.QtGui import QFont, QFontDatabase

from levelkit.resources import data_dir


@cache
def load_document_fonts() -> None:
    """Register the fonts of the documents and map the documents' name for them on their own."""
    for file in sorted((data_dir("templates") / "fonts").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(file))
    QFont.insertSubstitution("Levelkit Serif", "Liberation Serif")
