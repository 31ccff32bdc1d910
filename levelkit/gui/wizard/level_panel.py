"""The level panel: level, proposed level, reasons, what is still open, why this question is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QWidget

from levelkit.gui import kit
from levelkit.gui.stairs import Stairs
from levelkit.gui.theme import restyle, theme
from levelkit.gui.wizard.level_parts import ReasonGroup, SettlingList
from levelkit.gui.wizard.proposal_editor import ProposalEditor

if TYPE_CHECKING:
    from levelkit.gui.wizard.level_view import LevelView

WIDTH = 340


class LevelPanel(QFrame):
    """Shows a `LevelView`; asks for jumps, citations and proposals, decides nothing itself."""

    jump_asked = Signal(str)
    cite_asked = Signal(str)
    compare_asked = Signal()
    raise_asked = Signal(int, str)
    withdraw_asked = Signal()
    close_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view: LevelView | None = None
        self._reason = ""
        self._writable = True

        self._stairs = Stairs()
        self._headline = kit.label("", "level", name="level_headline")
        self._subline = kit.label("", "secondary", name="level_subline")
        self._proposed = kit.label("", "", wrap=False, name="proposed_level")
        self._raise = kit.link("Đề xuất cao hơn…", self.open_editor, name="raise_level")
        self._low = kit.label("", "error", name="proposed_too_low")
        self._editor = ProposalEditor()
        self._settling = SettlingList()
        self._deciding = ReasonGroup("Tiêu chí quyết định", "", "", filled=True)
        self._others = ReasonGroup("Tiêu chí khác cùng đạt", "check", "ok")
        self._near = ReasonGroup("Sẽ lên cấp cao hơn nếu", "trending-up", "text2")
        self._grey = ReasonGroup("Điểm luật chưa rõ", "scale", "warn")
        self._notices = ReasonGroup("Lưu ý", "info", "text2")
        self._listed = kit.label("", "secondary")
        self._compare = kit.link("So thiệt hại với tiêu chí", self.compare_asked.emit, name="compare_harm")
        self._close = kit.button("", self.close_asked.emit, kind="icon", mark="x", says="Đóng phần căn cứ")
        self._why = WhyBox()

        self._build()
        self._connect()

    def _build(self) -> None:
        self.setObjectName("level_panel")
        self.setAccessibleName("Cấp độ và căn cứ")
        self._close.setToolTip("Đóng phần căn cứ")
        self._proposed.setTextFormat(Qt.TextFormat.RichText)
        self._close.hide()
        self._editor.hide()
        self._low.hide()
        head = kit.row(
            self._stairs, kit.column(self._headline, self._subline, spacing=2), self._close, spacing=14
        )
        head.setStretch(1, 1)
        head.setAlignment(self._stairs, Qt.AlignmentFlag.AlignTop)
        head.setAlignment(self._close, Qt.AlignmentFlag.AlignTop)
        area = kit.ColumnArea(
            kit.column(
                head,
                kit.row(self._proposed, None, self._raise),
                self._low,
                self._editor,
                self._settling,
                self._deciding,
                self._others,
                self._near,
                self._grey,
                self._notices,
                self._listed,
                kit.row(self._compare, None),
                None,
                margins=(16, 16, 14, 16),
                spacing=12,
            )
        )
        layout = kit.column(area, self._why)
        layout.setStretch(0, 1)
        self.setLayout(layout)
        self._resize()

    def _connect(self) -> None:
        for group in (self._deciding, self._others, self._near, self._grey, self._notices, self._settling):
            group.cite_asked.connect(self.cite_asked)
        self._settling.jump_asked.connect(self.jump_asked)
        self._why.cite_asked.connect(self.cite_asked)
        self._editor.accepted.connect(self._on_accepted)
        self._editor.withdrawn.connect(self._on_withdrawn)
        self._editor.closed.connect(self._on_closed)
        theme().changed.connect(self._resize)

    def show_level(self, view: LevelView, reason: str, *, writable: bool) -> None:
        """Show another state; a screen reader hears the sentence when it changed."""
        before, self._view = self._view, view
        self._reason, self._writable = reason, writable
        self._headline.setText(view.headline)
        role = "level" if view.state == "decided" else "level_open"
        if self._headline.property("role") != role:
            self._headline.setProperty("role", role)
            restyle(self._headline)
        self._subline.setText(view.subline)
        self._stairs.show_level(view.reached, view.possible, view.sentence)
        self._show_proposal(view)
        self._settling.show_questions(view.settling_head, view.settling, view.more_settling, view.if_all_no)
        self._others.set_title("Tiêu chí khác cùng đạt" if view.deciding else "Đã đạt")
        for group, lines in (
            (self._deciding, view.deciding),
            (self._others, view.others),
            (self._near, view.near),
            (self._grey, view.grey),
            (self._notices, view.notices),
        ):
            group.show_lines(lines)
        self._listed.setText(view.listed)
        self._listed.setVisible(bool(view.listed))
        if before is not None and before.sentence != view.sentence:
            self._announce(view.sentence)

    def show_why(self, title: str, text: str, cite: str, ref: str) -> None:
        """Say why the question in focus is asked."""
        self._why.show_question(title, text, cite, ref)

    def show_close(self, *, shown: bool) -> None:
        """Offer to close: when the panel lies over the page."""
        self._close.setVisible(shown)

    def focus_first(self) -> None:
        """Put the focus on the first thing that can be pressed."""
        first = self._close if self._close.isVisible() else self._raise
        first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def open_editor(self) -> None:
        """Open «Đề xuất cao hơn…» in place, where a higher level can be proposed."""
        if self._view is not None and self._view.can_raise and self._writable:
            self._editor.open_for(self._view.can_raise, self._view.proposed, self._reason)

    def _show_proposal(self, view: LevelView) -> None:
        shown = view.proposed or view.level
        self._proposed.setText(f"Cấp đề xuất: <span style='font-weight:600'>{shown}</span>" if shown else "")
        self._proposed.setVisible(bool(shown))
        can = (
            bool(view.can_raise) and self._writable and (view.level is not None or view.proposed is not None)
        )
        self._raise.setVisible(can)
        text = "Đổi cấp đề xuất…" if view.proposed else "Đề xuất cao hơn…"
        self._raise.setText(text)
        self._raise.setAccessibleName(text)
        too_low = view.proposed is not None and view.level is not None and view.proposed < view.level
        self._low.setText(
            f"Cấp đề xuất phải từ cấp {view.level}: đổi lại hoặc bỏ đề xuất." if too_low else ""
        )
        self._low.setVisible(too_low)

    def _announce(self, sentence: str) -> None:
        self.setAccessibleDescription(sentence)
        QAccessible.updateAccessibility(QAccessibleEvent(self._headline, QAccessible.Event.NameChanged))
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def _on_accepted(self, level: int, reason: str) -> None:
        self._editor.hide()
        self._raise.setFocus()
        self.raise_asked.emit(level, reason)

    def _on_withdrawn(self) -> None:
        self._editor.hide()
        self._raise.setFocus()
        self.withdraw_asked.emit()

    def _on_closed(self) -> None:
        self._editor.hide()
        self._raise.setFocus()

    def _resize(self) -> None:
        self.setFixedWidth(theme().px(WIDTH))


class WhyBox(QFrame):
    """«Vì sao hỏi câu này», at the foot of the panel."""

    cite_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._ref = ""
        self._question = kit.label("Vì sao hỏi câu này", "group")
        self._text = kit.label("", "secondary", name="why_text")
        self._link = kit.link("", lambda: self.cite_asked.emit(self._ref), name="why_cite")
        line = kit.rule()
        self.setLayout(
            kit.column(line, self._question, self._text, self._link, margins=(16, 0, 14, 12), spacing=4)
        )
        self.hide()

    def show_question(self, title: str, text: str, cite: str, ref: str) -> None:
        """Show the reason of one question; hidden without one."""
        self.setVisible(bool(text))
        self._ref = ref
        self._text.setText(text)
        lowered = cite[:1].lower() + cite[1:]
        self._link.setText(f"Xem nguyên văn {lowered}")
        self._link.setAccessibleName(f"Xem nguyên văn {lowered}")
        self._link.setVisible(bool(cite))
        self.setAccessibleName(f"Vì sao hỏi câu này: {title}")
