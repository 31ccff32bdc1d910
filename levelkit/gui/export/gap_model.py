"""The gaps as a Qt model: heads by severity, then each gap with its place and its law."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from levelkit.domain.proposal import Finding, Severity
    from levelkit.law import RuleLibrary
    from levelkit.questionnaire import FormSet

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
GAP_ROLE = int(Qt.ItemDataRole.UserRole) + 1
ORDER: tuple[Severity, ...] = ("error", "warning", "hint")
HEADS = {
    "error": "Lỗi: phải sửa trước khi xuất bản chính thức",
    "warning": "Cảnh báo: nên xem lại",
    "hint": "Gợi ý",
}
WORDS = {"error": "Lỗi", "warning": "Cảnh báo", "hint": "Gợi ý"}
Filter = Literal["all", "error", "warning", "hint"]


@dataclass(frozen=True, slots=True)
class GapRow:
    """One row: a head where ``question`` and ``rule`` are empty."""

    severity: Severity
    title: str
    message: str = ""
    place: str = ""
    cite: str = ""
    cite_full: str = ""
    rule: str = ""
    section: str = ""
    question: str = ""

    @property
    def is_head(self) -> bool:
        """Whether the row is a heading."""
        return not self.section


class GapModel(QAbstractListModel):
    """What is missing, the gravest first."""

    def __init__(self, forms: FormSet, library: RuleLibrary, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._forms = forms
        self._library = library
        self._gaps: list[GapRow] = []
        self._rows: list[GapRow] = []
        self._filter: Filter = "all"

    def show(self, findings: Sequence[Finding]) -> None:
        """Show these findings."""
        gaps = [self._gap(finding) for finding in findings]
        if gaps != self._gaps:
            self._gaps = gaps
            self._arrange()

    def set_filter(self, wanted: Filter) -> None:
        """Show all, or one severity."""
        if wanted != self._filter:
            self._filter = wanted
            self._arrange()

    def count(self, wanted: Filter = "all") -> int:
        """How many gaps of a severity, whatever is shown."""
        return sum(1 for gap in self._gaps if wanted in {"all", gap.severity})

    def _gap(self, finding: Finding) -> GapRow:
        section_id, _, question = finding.where.partition("/")
        section = self._forms.section(section_id)
        citation = self._library.citation(finding.rule) if self._library.has_citation(finding.rule) else None
        return GapRow(
            severity=finding.severity,
            title=finding.title,
            message=finding.message,
            place=f"{section.number}. {section.title}",
            cite=self._library.place(finding.rule) if citation else "",
            cite_full=citation.full_vi if citation else "",
            rule=finding.rule,
            section=section_id,
            question=question,
        )

    def _arrange(self) -> None:
        self.beginResetModel()
        self._rows = []
        for severity in ORDER:
            found = [gap for gap in self._gaps if gap.severity == severity]
            if found and self._filter in {"all", severity}:
                self._rows.append(GapRow(severity, f"{HEADS[severity]} ({len(found)})"))
                self._rows.extend(found)
        self.endResetModel()

    def row(self, number: int) -> GapRow:
        """One row."""
        return self._rows[number]

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Rows, heads included."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words for the eye and for a screen reader."""
        if not self.checkIndex(index, QAbstractListModel.CheckIndexOption.IndexIsValid):
            return None
        gap = self._rows[index.row()]
        if role == GAP_ROLE:
            return gap
        if role == Qt.ItemDataRole.DisplayRole:
            return gap.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return gap.title if gap.is_head else f"{WORDS[gap.severity]}: {gap.title}"
        if role == Qt.ItemDataRole.AccessibleDescriptionRole and not gap.is_head:
            return f"{gap.message} {gap.place}, {gap.cite_full}."
        if role == Qt.ItemDataRole.ToolTipRole and gap.cite_full:
            return gap.cite_full
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Heads cannot be chosen."""
        if not index.isValid() or self._rows[index.row()].is_head:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
