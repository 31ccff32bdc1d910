"""The list of business lines as a Qt model: heads, hits with marks, what is chosen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from levelkit.domain.text import find_spans, nfc

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from levelkit.law import BusinessLine

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
USUAL = "Hay gặp"
ENTRY_ROLE = int(Qt.ItemDataRole.UserRole) + 1
Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One row: a heading where ``number`` is 0, else a line with the spans to mark and a note."""

    number: int
    text: str
    spans: Spans = ()
    note: str = ""


class LinesModel(QAbstractListModel):
    """What the look-up shows for a query; ``chosen_changed`` when a row was ticked or cleared."""

    chosen_changed = Signal()

    def __init__(
        self, lines: Sequence[BusinessLine], chosen: Iterable[int], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._lines = tuple(lines)
        self._usual = tuple(line for line in lines if line.usual_for)
        self._chosen = set(chosen)
        self._entries: list[Entry] = []
        self.hits = 0
        self.search("")

    @property
    def chosen(self) -> list[int]:
        """Numbers ticked, in order."""
        return sorted(self._chosen)

    @property
    def total(self) -> int:
        """Number of lines in the list."""
        return len(self._lines)

    def hit_numbers(self) -> list[int]:
        """Numbers of the lines that match the query."""
        return [entry.number for entry in self._entries[: self.hits]]

    def search(self, query: str) -> None:
        """Show what matches, marked; without a query the usual lines first, then all."""
        self.beginResetModel()
        query = nfc(query).strip()
        found = (self._match(line, query) for line in self._lines) if query else ()
        # Hits of the words side by side come before words scattered over the name.
        hits = sorted((entry for entry in found if entry), key=lambda entry: len(entry.spans) > 1)
        self.hits = len(hits)
        usual = [self._entry(line) for line in self._usual]
        usual_head = [Entry(0, "Hay gặp ở doanh nghiệp bưu chính")] if usual else []
        if query:
            self._entries = [*hits, *usual_head, *usual]
        else:
            everything = [self._entry(line) for line in self._lines]
            self._entries = [*usual_head, *usual, Entry(0, f"Cả danh mục: {self.total} mục"), *everything]
        self.endResetModel()

    @staticmethod
    def _match(line: BusinessLine, query: str) -> Entry | None:
        note = USUAL if line.usual_for else ""
        if query == str(line.number):
            return Entry(line.number, line.name_vi, (), note)
        spans = _joined(line.name_vi, find_spans(line.name_vi, query))
        return Entry(line.number, line.name_vi, spans, note) if spans else None

    @staticmethod
    def _entry(line: BusinessLine) -> Entry:
        return Entry(line.number, line.name_vi)

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Rows, heads included."""
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text, tick, and words for a screen reader."""
        if not self.checkIndex(index, QAbstractListModel.CheckIndexOption.IndexIsValid):
            return None
        entry = self._entries[index.row()]
        if role == ENTRY_ROLE:
            return entry
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return f"{entry.number}. {entry.text}" if entry.number else entry.text
        if role == Qt.ItemDataRole.AccessibleDescriptionRole and entry.number:
            state = "Đang chọn" if entry.number in self._chosen else "Chưa chọn"
            return f"{state}. {entry.note}" if entry.note else state
        if role == Qt.ItemDataRole.CheckStateRole and entry.number:
            return Qt.CheckState.Checked if entry.number in self._chosen else Qt.CheckState.Unchecked
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tick or clear a line, wherever it stands."""
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        entry = self._entries[index.row()]
        if not entry.number:
            return False
        if Qt.CheckState(value) == Qt.CheckState.Checked:
            self._chosen.add(entry.number)
        else:
            self._chosen.discard(entry.number)
        for row, each in enumerate(self._entries):
            if each.number == entry.number:
                self.dataChanged.emit(self.index(row), self.index(row))
        self.chosen_changed.emit()
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Heads can neither be chosen nor ticked."""
        if not index.isValid() or not self._entries[index.row()].number:
            return Qt.ItemFlag.NoItemFlags
        return (
            Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemIsUserCheckable
            | Qt.ItemFlag.ItemNeverHasChildren
        )


def _joined(text: str, spans: Spans) -> Spans:
    """Join marks with nothing but a blank between them."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and text[joined[-1][1] : start].isspace():
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return tuple(joined)
