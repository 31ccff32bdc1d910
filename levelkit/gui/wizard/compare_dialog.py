"""Harm and criteria side by side: what each gives, and which of the two holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QWidget

from levelkit.domain.classification import Classification, Outcome
from levelkit.gui import kit
from levelkit.gui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Callable

_OUTCOMES = {
    Outcome.MET: ("circle-check", "ok", "Đạt"),
    Outcome.OPEN: ("circle-dashed", "text3", "Còn mở"),
    Outcome.NOT_MET: ("circle-minus", "text3", "Không đạt"),
}


class CompareDialog(QDialog):
    """Left the criteria of the decree, right the harm table; the higher one gives the level."""

    cite_asked = Signal(str)

    def __init__(
        self, found: Classification, clause: Callable[[str], str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._found = found
        self._clause = clause

        self.setWindowTitle("So thiệt hại với tiêu chí")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        sides = kit.row(self._criteria(), self._harm(), spacing=16)
        sides.setStretch(0, 3)
        sides.setStretch(1, 2)
        layout = kit.column(
            kit.label("So thiệt hại với tiêu chí", "page_title"),
            kit.label(self._conclusion(), "help"),
            sides,
            kit.row(None, kit.button("Đóng", self.accept, kind="primary")),
            margins=(24, 20, 24, 16),
            spacing=12,
        )
        layout.setStretch(2, 1)
        self.setLayout(layout)
        self.resize(theme().px(960), theme().px(600))

    def _conclusion(self) -> str:
        found = self._found
        by_criteria = (
            f"Tiêu chí cho cấp {found.criteria_level}"
            if found.criteria_level is not None
            else f"Tiêu chí chưa chốt, từ cấp {found.criteria_at_least} đến cấp {found.criteria_at_most}"
        )
        by_harm = (
            f"thiệt hại cho cấp {found.harm_level}" if found.harm_level else "thiệt hại chưa cho cấp nào"
        )
        risk = {None: "kết quả đánh giá rủi ro chưa có", 0: "rủi ro không đề nghị cấp nào"}
        by_risk = risk.get(found.risk_level, f"rủi ro đề nghị cấp {found.risk_level}")
        return f"{by_criteria}; {by_harm}; {by_risk}. Lấy cấp cao nhất, không hạ."

    def _criteria(self) -> QWidget:
        grid = QGridLayout()
        grid.setVerticalSpacing(theme().px(8))
        grid.setHorizontalSpacing(theme().px(10))
        ordered = sorted(self._found.results, key=lambda one: (one.outcome is not Outcome.MET, -one.level))
        for place, result in enumerate(ordered):
            icon, tint, word = _OUTCOMES[result.outcome]
            grid.addWidget(kit.picture(icon, tint, says=word), place, 0, Qt.AlignmentFlag.AlignTop)
            clause = self._clause(result.ref)
            text = kit.column(
                kit.label(f"Cấp {result.level}: {word.lower()}", "group"),
                kit.label(result.summary_vi),
                kit.link(
                    clause,
                    lambda ref=result.ref: self.cite_asked.emit(ref),  # type: ignore[misc]
                    says=f"Xem nguyên văn {clause}",
                ),
            )
            grid.addLayout(text, place, 1)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(grid.rowCount(), 1)
        return self._side("Theo tiêu chí", grid)

    def _harm(self) -> QWidget:
        grid = QGridLayout()
        grid.setVerticalSpacing(theme().px(10))
        for place, row in enumerate(self._found.harm):
            given = f"Cấp {row.level}" if row.level else ("Không cho cấp nào" if row.harm else "Chưa rõ")
            stated = row.harm_vi[:1].upper() + row.harm_vi[1:] if row.harm else "Chưa đánh giá"
            subject = row.subject_vi[:1].upper() + row.subject_vi[1:]
            text = kit.column(
                kit.label(subject, "name"), kit.label(stated, "help"), kit.label(given, "group")
            )
            grid.addLayout(text, place, 0)
        grid.setRowStretch(grid.rowCount(), 1)
        return self._side("Theo thiệt hại", grid)

    def _side(self, title: str, grid: QGridLayout) -> QWidget:
        grid.setContentsMargins(theme().px(14), theme().px(4), theme().px(14), theme().px(14))
        area = kit.ColumnArea(grid, title)
        frame = QFrame()
        frame.setProperty("surface", "card")
        head = kit.row(kit.label(title, "question"), margins=(14, 12, 14, 6))
        frame.setLayout(kit.column(head, area))
        return frame
