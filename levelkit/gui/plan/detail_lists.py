"""Parts of the detail that list what is shared: measures and evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from levelkit.domain.text import format_date
from levelkit.gui import kit
from levelkit.gui.fields.flow import FlowLayout
from levelkit.gui.icons import with_icon
from levelkit.services import clock

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QDragEnterEvent, QDropEvent

    from levelkit.domain.plan import Evidence, SharedMeasure

Uses = tuple[tuple[str, str, tuple[str, ...]], ...]


def uses_vi(uses: Uses) -> str:
    """«Dùng ở 12 yêu cầu của HT-01, HT-03»."""
    rows = sum(len(rows) for _, _, rows in uses)
    if not rows:
        return "Chưa dùng ở yêu cầu nào"
    return f"Dùng ở {rows} yêu cầu của {', '.join(code for code, _, _ in uses)}"


def dates_vi(evidence: Evidence) -> str:
    """«Lập 30/09/2026, hết hạn 30/03/2027», with number and issuer where there are."""
    parts = [part for part in (evidence.number, evidence.issuer) if part]
    if evidence.dated:
        parts.append(f"lập {format_date(evidence.dated)}")
    if evidence.expires:
        word = "đã hết hạn" if evidence.expired_on(clock.today()) else "hết hạn"
        parts.append(f"{word} {format_date(evidence.expires)}")
    text = ", ".join(parts)
    return text[:1].upper() + text[1:]


class Card(QFrame):
    """One listed thing: icon, title, a line, small buttons."""

    def __init__(self, mark: str, tint: str, title: str, line: str, *, warn: bool = False) -> None:
        super().__init__()
        self.setProperty("surface", "attached")
        self.setAccessibleName(f"{title}. {line}")
        words = kit.column(kit.label(title))
        if line:
            words.addWidget(kit.label(line, "error" if warn else "secondary"))
        self._buttons = kit.row(spacing=0)
        layout = kit.row(kit.picture(mark, tint, 16), words, self._buttons, margins=(10, 6, 4, 6), spacing=8)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def add(self, mark: str, says: str, slot: Callable[[], object], name: str) -> QPushButton:
        """Put a small button at the right."""
        made = kit.button("", slot, kind="icon", name=name, says=says)
        made.setProperty("small", True)
        with_icon(made, mark, "text2", 16)
        made.setToolTip(says)
        made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._buttons.addWidget(made)
        return made


class _Listed(QWidget):
    """Cards under a title, and buttons below."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._shown: object = None
        self._cards: QVBoxLayout = kit.column(spacing=6)
        self._buttons = FlowLayout(gap=8, line_gap=6)
        self.buttons: list[QPushButton] = []
        self._column = kit.column(kit.label(title, "group"), self._cards, self._buttons, spacing=6)
        self.setLayout(self._column)

    def offer(self, text: str, slot: Callable[[], object], mark: str, name: str) -> None:
        """Add a button below the cards."""
        made = kit.button(text, slot, mark=mark, name=name)
        self.buttons.append(made)
        self._buttons.addWidget(made)

    def lock(self, *, locked: bool) -> None:
        """Let it be read alone."""
        for button in self.buttons:
            button.setEnabled(not locked)

    def _renew(self, content: object) -> bool:
        """Take the old cards away, where the content is another."""
        if content == self._shown:
            return False
        self._shown = content
        kit.clear(self._cards)
        return True

    def stops(self) -> list[QWidget]:
        """What Tab goes through."""
        inside = [button for card in kit.widgets_of(self._cards) for button in card.findChildren(QPushButton)]
        return [*inside, *self.buttons]


class MeasuresPart(_Listed):
    """Shared measures that serve the row."""

    add_asked = Signal()
    edit_asked = Signal(str)
    drop_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__("Biện pháp dùng chung")
        self.setObjectName("plan_measures")
        self.offer("Thêm biện pháp…", self.add_asked.emit, "plus", "plan_add_measure")

    def show_measures(self, found: list[tuple[SharedMeasure, Uses]], *, locked: bool) -> None:
        """Show each with the places it serves."""
        self.lock(locked=locked)
        if not self._renew((found, locked)):
            return
        for measure, uses in found:
            unit = f"{measure.unit}. " if measure.unit else ""
            card = Card("layers", "text2", f"{measure.id} {measure.title}", f"{unit}{uses_vi(uses)}")
            card.setToolTip(measure.text)
            if not locked:
                self._fill(card, measure)
            self._cards.addWidget(card)

    def _fill(self, card: Card, measure: SharedMeasure) -> None:
        key, title = measure.id, measure.title
        card.add("pencil", f"Sửa {title}", lambda: self.edit_asked.emit(key), f"edit_{key}")
        card.add("x", f"Bỏ {title} khỏi yêu cầu này", lambda: self.drop_asked.emit(key), f"drop_{key}")


class ProofsPart(_Listed):
    """Evidence of the row: its own, and that of its measures; files may be dropped here."""

    file_dropped = Signal(str)
    attach_asked = Signal()
    add_asked = Signal()
    pick_asked = Signal()
    open_asked = Signal(str)
    edit_asked = Signal(str)
    drop_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__("Minh chứng")
        self._usual = kit.label("", "hint")
        self.setObjectName("plan_proofs")
        self._column.insertWidget(1, self._usual)
        self.setAcceptDrops(True)
        self.offer("Đính kèm…", self.attach_asked.emit, "paperclip", "plan_attach")
        self.offer("Thêm văn bản, đường dẫn…", self.add_asked.emit, "file-plus", "plan_add_evidence")
        self.offer("Chọn minh chứng đã có…", self.pick_asked.emit, "list", "plan_pick_evidence")

    def show_proofs(
        self, found: list[tuple[Evidence, str]], *, usual: str, locked: bool, known: bool
    ) -> None:
        """Show each, with the measure it comes through.

        ``usual`` says what is usual; ``known``: there is other evidence to choose from.
        """
        self.lock(locked=locked)
        self.setAcceptDrops(not locked)
        self._usual.setText(f"Thường dùng: {usual}" if usual else "")
        self._usual.setVisible(bool(usual))
        self.buttons[-1].setVisible(known)
        if not self._renew((found, locked)):
            return
        for evidence, through in found:
            expired = evidence.expired_on(clock.today())
            mark = "paperclip" if evidence.file else "external-link" if evidence.link else "file-text"
            line = dates_vi(evidence) + (f" · qua {through}" if through else "")
            card = Card(
                "triangle-alert" if expired else mark,
                "err" if expired else "text2",
                evidence.title,
                line,
                warn=expired,
            )
            self._fill(card, evidence, own=not through, locked=locked)
            self._cards.addWidget(card)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take one file from the disk."""
        urls = event.mimeData().urls()
        if len(urls) == 1 and urls[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Attach what was dropped."""
        event.acceptProposedAction()
        self.file_dropped.emit(event.mimeData().urls()[0].toLocalFile())

    def _fill(self, card: Card, evidence: Evidence, *, own: bool, locked: bool) -> None:
        key, title = evidence.id, evidence.title
        if evidence.file or evidence.link:
            card.add("external-link", f"Mở {title}", lambda: self.open_asked.emit(key), f"open_{key}")
        if not locked:
            card.add("pencil", f"Sửa {title}", lambda: self.edit_asked.emit(key), f"edit_{key}")
            if own:
                words = f"Bỏ {title} khỏi yêu cầu này"
                card.add("x", words, lambda: self.drop_asked.emit(key), f"drop_{key}")
