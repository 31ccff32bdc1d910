"""Where the register leads: the answers it suggests, with rows and article, and one button to use them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from levelkit.domain.text import join_vi
from levelkit.gui import kit
from levelkit.gui.fields.values import first_upper
from levelkit.gui.theme import theme

if TYPE_CHECKING:
    from levelkit.domain.risk import Conclusion
    from levelkit.services.risk import Suggestion

TITLE = "Sổ rủi ro dẫn tới"
NOTHING = "Chọn lợi ích bị tổn hại và mức tổn hại của từng nguy cơ để thấy cấp độ mà sổ rủi ro dẫn tới."


class ConclusionPanel(QFrame):
    """Suggested answers; ``used`` when the person takes them, ``rows_asked`` carries rows to look at."""

    used = Signal()
    rows_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = kit.column(spacing=8)
        self._note = kit.label("", "secondary", name="risk_conclusion_note")
        self.button = kit.button("Dùng kết luận này", self._on_use, mark="check")
        self._told: tuple[tuple[Suggestion, ...], Conclusion | None, bool] | None = None
        self.setProperty("surface", "card")
        self.setObjectName("risk_conclusion")
        self.setAccessibleName(TITLE)
        self.setLayout(
            kit.column(
                kit.label(TITLE, "name"),
                self._lines,
                self._note,
                kit.row(self.button, None),
                margins=(16, 12, 16, 14),
                spacing=10,
            )
        )

    def show_suggestions(
        self, suggestions: tuple[Suggestion, ...], conclusion: Conclusion | None, *, read_only: bool
    ) -> None:
        """Show what is suggested now."""
        if self._told == (suggestions, conclusion, read_only):
            return
        self._told = (suggestions, conclusion, read_only)
        kit.clear(self._lines)
        for each in suggestions:
            self._lines.addWidget(self._line(each))
        self.button.setVisible(bool(suggestions))
        same = all(each.same for each in suggestions)
        self.button.setEnabled(not same and not read_only)
        self._note.setText(self._words(conclusion, same=same))

    @staticmethod
    def _words(conclusion: Conclusion | None, *, same: bool) -> str:
        if conclusion is None:
            return NOTHING
        parts = ["Các câu ở dưới đã ghi đúng như vậy." if same else "Các câu ở dưới chưa ghi như vậy."]
        if conclusion.open_rows:
            numbers = join_vi([str(number) for number in conclusion.open_rows])
            parts.append(f"Nguy cơ {numbers} chưa nêu lợi ích và mức tổn hại.")
        return " ".join(parts)

    def _line(self, each: Suggestion) -> QWidget:
        line = QWidget()
        changes = "" if each.same else f" (đang ghi: {each.stored_words})"
        head = kit.label(f"{each.name}: {each.words}{changes}")
        head.setFont(theme().font(14, 600 if not each.same else 400))
        parts: list[QWidget] = [head]
        if each.rows:
            rows = join_vi([str(number) for number in each.rows])
            cite = f", {each.cite}" if each.cite else ""
            parts.append(
                kit.link(
                    f"Do nguy cơ {rows}{cite}",
                    lambda: self.rows_asked.emit(each.rows),
                    says=f"Lọc sổ theo nguy cơ {rows}: {each.name}",
                )
            )
        icon = kit.picture("check" if each.same else "arrow-right", "text2", 15)
        line.setLayout(kit.row(kit.column(icon, None, margins=(0, 3, 0, 0)), kit.column(*parts), spacing=8))
        line.setAccessibleName(f"{first_upper(head.text())}")
        return line

    def _on_use(self) -> None:
        self.used.emit()
