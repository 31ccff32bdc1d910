"""Dossier: typed reading of a proposal's answers; an unanswered question is None, never an empty text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Protocol

from levelkit.domain.text import format_date, format_date_long, legible


class Forms(Protocol):
    """What the dossier asks of the forms: the words of an option."""

    def question(self, question_id: str) -> Any:
        """Return the question; KeyError when there is none of that id."""
        ...


class Answers:
    """One system's answers, read by question id."""

    def __init__(self, values: Mapping[str, Any], forms: Forms) -> None:
        self._values = values
        self._forms = forms

    def raw(self, question: str) -> Any:
        """Return the stored value, or None."""
        return self._values.get(question)

    def text(self, question: str) -> str | None:
        """Return a text in NFC without surrounding blanks; None when there is none."""
        value = self._values.get(question)
        if not isinstance(value, str):
            return None
        return legible(value).strip() or None

    def flag(self, question: str) -> bool | None:
        """Return a yes/no answer."""
        value = self._values.get(question)
        return value if isinstance(value, bool) else None

    def number(self, question: str) -> int | None:
        """Return a whole number."""
        value = self._values.get(question)
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    def items(self, question: str) -> tuple[Any, ...]:
        """Return a list's items; empty when unanswered."""
        value = self._values.get(question)
        return tuple(value) if isinstance(value, (list, tuple)) else ()

    def rows(self, question: str) -> tuple[Mapping[str, Any], ...]:
        """Return a table's rows."""
        return tuple(row for row in self.items(question) if isinstance(row, Mapping))

    def day(self, question: str) -> date | None:
        """Return a date."""
        value = self._values.get(question)
        if isinstance(value, date):
            return value
        return date.fromisoformat(value) if isinstance(value, str) and value else None

    def day_long(self, question: str) -> str | None:
        """Return a date as «ngày 05 tháng 01 năm 2026»."""
        day = self.day(question)
        return format_date_long(day) if day else None

    def day_short(self, question: str) -> str | None:
        """Return a date as 05/01/2026."""
        day = self.day(question)
        return format_date(day) if day else None

    def lines(self, question: str) -> tuple[str, ...]:
        """Return the non-empty lines of a long text."""
        text = self.text(question)
        return tuple(line.strip() for line in text.splitlines() if line.strip()) if text else ()

    def label(self, question: str) -> str | None:
        """Return the words of the chosen option."""
        value = self.text(question)
        return self._words(question, value) if value else None

    def labels(self, question: str) -> tuple[str, ...]:
        """Return the words of every chosen option, in the stored order."""
        return tuple(self._words(question, value) for value in self.items(question))

    def groups(self, question: str) -> dict[str | None, tuple[str, ...]]:
        """Return the words of the chosen options by the options' group."""
        found: dict[str | None, tuple[str, ...]] = {}
        asked = self._forms.question(question)
        for value in self.items(question):
            try:
                option = asked.option(value)
            except KeyError:
                found[None] = (*found.get(None, ()), str(value))
                continue
            found[option.group] = (*found.get(option.group, ()), str(option.label))
        return found

    def _words(self, question: str, value: str) -> str:
        try:
            return str(self._forms.question(question).option(value).label)
        except KeyError:  # chosen under an older form that had one more option
            return str(value)

    def cell(self, row: Mapping[str, Any], column: str) -> str:
        """Return a table cell as text; empty when there is none."""
        value = row.get(column)
        return "" if value is None else legible(str(value)).strip()

    def cell_words(self, question: str, column: str, value: str | int | None) -> str:
        """Return a stored cell in the words of its column; empty when there is none."""
        if value is None:
            return ""
        try:
            return legible(str(self._forms.question(question).column(column).shown(value)))
        except KeyError:  # the form has no such column
            return legible(str(value))


def listed(labels: Sequence[str]) -> str | None:
    """Join words of options: «Thông tin riêng; thông tin cá nhân»; None when there are none."""
    return "; ".join(label if index == 0 else _small(label) for index, label in enumerate(labels)) or None


def _small(label: str) -> str:
    # GPS keeps its capitals.
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def sentence(parts: Sequence[str | None], joint: str = ", ") -> str | None:
    """Join what is there; None when nothing is."""
    kept = [part for part in parts if part]
    return joint.join(kept) if kept else None
