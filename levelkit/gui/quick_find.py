"""Quick find: questions, articles and systems by a few letters without accents."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QSizePolicy, QWidget

from levelkit.domain.text import fold
from levelkit.gui import kit
from levelkit.gui.icons import icon
from levelkit.gui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QKeyEvent

SHOWN: Final = 9
_ICONS = {"question": "list", "citation": "scale", "system": "server"}
_ROLE = int(Qt.ItemDataRole.UserRole)


@dataclass(frozen=True, slots=True)
class Target:
    """Something to go to: what kind, its key, what it is called, where it stands."""

    kind: str
    key: str
    title: str
    place: str = ""

    @property
    def hay(self) -> str:
        """What a search looks through."""
        return _folded(f"{self.title} {self.place}")


@lru_cache(maxsize=4096)
def _folded(text: str) -> str:
    """Folded once: hundreds of rows and articles are looked through at every letter."""
    return fold(text)


def find(targets: Sequence[Target], query: str) -> list[Target]:
    """The targets that hold every word, those whose title starts with the query first."""
    words = fold(query).split()
    if not words:
        return []
    hits = [target for target in targets if all(word in target.hay for word in words)]
    start = " ".join(words)
    return sorted(hits, key=lambda one: not fold(one.title).startswith(start))


class QuickFind(QFrame):
    """The field in the top bar and its list below; Enter goes there, Esc leaves."""

    chosen = Signal(str, str)

    def __init__(self, targets: Callable[[], Sequence[Target]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._targets = targets
        self._known: Sequence[Target] = ()
        self._back: QWidget | None = None
        self._has_room = True

        self._field = QLineEdit()
        self._key = kit.label("Ctrl+K", "key", wrap=False)
        self._popup = QListWidget()

        self._build()
        self._field.textEdited.connect(self._search)
        self._field.installEventFilter(self)
        self._popup.itemClicked.connect(self._go)

    def _build(self) -> None:
        self.setObjectName("quick_find_box")
        self._field.setObjectName("quick_find")
        self._field.setPlaceholderText("Tìm câu hỏi, điều khoản, hệ thống")
        self._field.setAccessibleName("Tìm nhanh câu hỏi, điều khoản, hệ thống")
        self._field.addAction(icon("search", "text3"), QLineEdit.ActionPosition.LeadingPosition)
        self._field.setProperty("iconed", True)
        self._key.setParent(self._field)
        inside = kit.row(None, self._key, margins=(0, 0, 6, 0))
        self._field.setLayout(inside)
        self.setLayout(kit.row(self._field))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._popup.setObjectName("quick_find_list")
        self._popup.setAccessibleName("Kết quả tìm nhanh")
        self._popup.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._popup.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._popup.setWordWrap(True)
        self._popup.setIconSize(QSize(theme().px(18), theme().px(18)))
        self._popup.hide()
        self._resize()
        theme().changed.connect(self._resize)

    def _resize(self) -> None:
        self._field.setTextMargins(0, 0, theme().px(64), 0)
        self._field.setFixedWidth(theme().px(332))

    def set_room(self, has_room: bool) -> None:  # noqa: FBT001 - a plain switch
        """Stay in sight, or only while it is used."""
        self._has_room = has_room
        self.setVisible(has_room or self._field.hasFocus())

    def start(self) -> None:
        """Take the focus, remembering where it was."""
        self._back = self.window().focusWidget()
        self.show()
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._field.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up, Down, Enter and Esc belong to the list; losing the focus closes it."""
        if event.type() == QEvent.Type.FocusIn:
            self._known = tuple(self._targets())
            self._search(self._field.text())
        elif event.type() == QEvent.Type.FocusOut:
            self._popup.hide()
        elif event.type() == QEvent.Type.KeyPress and self._key_pressed(event):  # type: ignore[arg-type]
            return True
        return super().eventFilter(watched, event)

    def _key_pressed(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self._leave()
            return True
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._go(self._popup.currentItem())
            return True
        if key in {Qt.Key.Key_Up, Qt.Key.Key_Down} and self._popup.count():
            step = 1 if key == Qt.Key.Key_Down else -1
            row = (self._popup.currentRow() + step) % self._popup.count()
            self._popup.setCurrentRow(row)
            self._field.setAccessibleDescription(self._popup.currentItem().text().replace("\n", ", "))
            return True
        return False

    def _search(self, text: str) -> None:
        hits = find(self._known, text)
        self._popup.clear()
        for target in hits[:SHOWN]:
            lines = f"{target.title}\n{target.place}" if target.place else target.title
            item = QListWidgetItem(icon(_ICONS[target.kind]), lines)
            item.setData(_ROLE, target)
            item.setToolTip(lines)
            self._popup.addItem(item)
        if not hits and text.strip():
            nothing = QListWidgetItem(f"Không có gì khớp «{text.strip()}»")
            nothing.setFlags(Qt.ItemFlag.NoItemFlags)
            self._popup.addItem(nothing)
        self._place()
        if hits:
            self._popup.setCurrentRow(0)

    def _place(self) -> None:
        if self._popup.count() == 0 or not self._field.hasFocus():
            self._popup.hide()
            return
        window = self.window()
        self._popup.setParent(window)
        width = max(self.width(), theme().px(440))
        corner = self.mapTo(window, QPoint(self.width() - width, self.height() + 2))
        self._popup.resize(width, window.height())
        height = sum(self._popup.sizeHintForRow(row) for row in range(self._popup.count()))
        height = min(height + theme().px(14), window.height() - corner.y() - theme().px(40))
        self._popup.setGeometry(max(corner.x(), 0), corner.y(), width, height)
        self._popup.show()
        self._popup.raise_()

    def _go(self, item: QListWidgetItem | None) -> None:
        target = item.data(_ROLE) if item is not None else None
        if not isinstance(target, Target):
            return
        self._leave()
        self.chosen.emit(target.kind, target.key)

    def _leave(self) -> None:
        self._popup.hide()
        self._field.clear()
        self.setVisible(self._has_room)
        if self._back is not None and self._back.isVisible():
            self._back.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._field.clearFocus()
