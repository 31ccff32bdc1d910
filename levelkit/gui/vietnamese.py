"""Qt's own words in Vietnamese: the wheel ships no translation."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QTranslator

from levelkit.resources import package_dir

if TYPE_CHECKING:
    from PySide6.QtCore import QObject


@cache
def words() -> dict[str, str]:
    """English text of Qt → Vietnamese; ``Context|text`` where the context decides."""
    text = package_dir("gui", "theme", "qt_vi.json").read_text("utf-8")
    table: dict[str, str] = json.loads(text)
    return table


class VietnameseQt(QTranslator):
    """Looks Qt's texts up in one table; a text that is not there stays as it is."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words()

    def isEmpty(self) -> bool:
        """Never empty, or Qt would not ask."""
        return False

    def translate(
        self, context: str, source_text: str, disambiguation: str | None = None, n: int = -1
    ) -> str | None:
        """Return the Vietnamese text; None lets Qt keep its own."""
        found = self._words.get(f"{context}|{source_text}") or self._words.get(source_text)
        if found is not None and n >= 0:
            return found.replace("%n", str(n))
        return found
