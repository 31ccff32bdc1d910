"""The text of a rule as enacted, with where it stands and when a person last compared it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QTextBrowser, QWidget

from levelkit.domain.text import format_date
from levelkit.gui import kit
from levelkit.gui.theme import theme

if TYPE_CHECKING:
    from levelkit.domain.citation import Citation


class CitationDialog(QDialog):
    """Shows one `Citation`; closed by Esc or «Đóng»."""

    def __init__(self, citation: Citation, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = QTextBrowser()
        self._close = kit.button("Đóng", self.accept, kind="primary")

        full = citation.full_vi[:1].upper() + citation.full_vi[1:]
        self.setWindowTitle(f"Nguyên văn: {citation.clause_vi}")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._text.setPlainText(citation.text_vi)
        self._text.setAccessibleName(f"Nguyên văn {citation.clause_vi}")
        self._text.setTabChangesFocus(True)
        self._text.setProperty("surface", "card")
        self._text.document().setDocumentMargin(theme().px(12))
        day = citation.last_verified_on
        checked = f"Đối chiếu lần cuối ngày {format_date(date.fromisoformat(day))}." if day else ""
        note = " ".join(part for part in (citation.note_vi, checked) if part)
        layout = kit.column(
            kit.label(citation.clause_vi, "page_title"),
            kit.label(full, "secondary"),
            self._text,
            kit.label(note, "hint"),
            kit.row(None, self._close),
            margins=(24, 20, 24, 16),
            spacing=12,
        )
        layout.setStretch(2, 1)
        self.setLayout(layout)
        self.resize(theme().px(620), theme().px(340))
        self._text.setFocus()
