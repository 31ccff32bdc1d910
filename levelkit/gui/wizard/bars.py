"""Bars around the page: the way on at its foot, standing notes on top of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from levelkit.gui import kit
from levelkit.gui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Callable

FOOT_HEIGHT, KEYS_HEIGHT = 52, 44
_ICONS = {"err": "octagon-alert", "warn": "triangle-alert", "ok": "circle-check", "hint": "info"}


class FootBar(QFrame):
    """Back to where one came from, on to the next section; never scrolls away."""

    back_asked = Signal()
    next_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._back = kit.button("", self.back_asked.emit, mark="arrow-left", name="go_back")
        self._note = kit.label("Có thể bỏ qua, quay lại sau", "hint", wrap=False)
        self._next = kit.button("", self.next_asked.emit, kind="primary", name="go_next")
        self._keys: QWidget | None = None

        self.setObjectName("foot_bar")
        self._row = kit.row(self._back, None, self._note, self._next, margins=(24, 4, 20, 4), spacing=14)
        self.setLayout(self._row)
        theme().changed.connect(self._resize)
        self._resize()

    def show_way(self, back: str, onward: str) -> None:
        """Name the section to go back to and the one to go on to; hidden where there is none."""
        self._back.setText(back)
        self._back.setAccessibleName(f"Quay lại {back}")
        self._back.setVisible(bool(back) and self._keys is None)
        self._next.setText(f"Tiếp: {onward}")
        self._next.setAccessibleName(f"Tiếp: {onward}")
        self._next.setVisible(bool(onward))
        self._note.setVisible(bool(onward) and self._keys is None)

    def show_keys(self, keys: QWidget | None) -> None:
        """Show the keys of the page in place of the way back, or the way back again."""
        if keys is self._keys:
            return
        if self._keys is not None:
            self._row.removeWidget(self._keys)
            self._keys.hide()
        self._keys = keys
        if keys is not None:
            self._row.insertWidget(0, keys, 100)  # all that the stretch would take
            keys.show()
        self._back.setVisible(keys is None and bool(self._back.text()))
        self._note.setVisible(keys is None)
        self._resize()

    def _resize(self) -> None:
        self.setFixedHeight(theme().px(FOOT_HEIGHT if self._keys is None else KEYS_HEIGHT))


class BannerBar(QFrame):
    """One bar: icon, what, where, and at most two things to do about it."""

    def __init__(
        self,
        tone: str,
        text: str,
        actions: tuple[tuple[str, Callable[[], object]], ...] = (),
        *,
        title: str = "",
        icon: str = "",
    ) -> None:
        super().__init__()
        self.setProperty("tone", tone)
        self.setAccessibleName(f"{title}. {text}" if title else text)
        texts = kit.column(spacing=2)
        if title:
            texts.addWidget(kit.label(title, "name"))
        texts.addWidget(kit.label(text))
        layout = kit.row(kit.picture(icon or _ICONS[tone], tone), texts, margins=(14, 8, 10, 8), spacing=12)
        layout.setStretch(1, 1)
        for words, slot in actions:
            layout.addWidget(kit.button(words, slot))
        self.setLayout(layout)


class BannerStack(QWidget):
    """The bars on top of the page, by key; the same bar is not built twice."""

    def __init__(self, parent: QWidget | None = None, *, side: int = 24) -> None:
        super().__init__(parent)
        self._side = side
        self._bars: dict[str, tuple[tuple[str, str, str], BannerBar]] = {}
        self._column = kit.column(spacing=8)
        self.setLayout(self._column)
        self.hide()

    def show_bar(
        self,
        key: str,
        tone: str,
        text: str,
        actions: tuple[tuple[str, Callable[[], object]], ...] = (),
        title: str = "",
    ) -> None:
        """Show a bar under its key, in place of an older one."""
        content = (tone, title, text)
        known = self._bars.get(key)
        if known is not None and known[0] == content:
            return
        self.drop(key)
        bar = BannerBar(tone, text, actions, title=title)
        self._bars[key] = (content, bar)
        self._column.addWidget(bar)
        self._refresh()

    def drop(self, key: str) -> None:
        """Take a bar away."""
        known = self._bars.pop(key, None)
        if known is not None:
            self._column.removeWidget(known[1])
            known[1].hide()
            known[1].deleteLater()
        self._refresh()

    def shown(self) -> tuple[str, ...]:
        """The keys of the bars shown, in order."""
        return tuple(self._bars)

    def _refresh(self) -> None:
        margin = theme().px(12) if self._bars else 0
        side = theme().px(self._side) if self._bars else 0
        self._column.setContentsMargins(side, margin, side, 0)
        self.setVisible(bool(self._bars))
