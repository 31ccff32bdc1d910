"""Small makers of labels, buttons and layouts, so that roles and accessible names are never forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from levelkit.gui.icons import icon, with_icon
from levelkit.gui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent, QPaintEvent


def rich(text: str, role: str) -> QLabel:
    """Return a label of rich text with links."""
    widget = LinkLabel()
    widget.setTextFormat(Qt.TextFormat.RichText)
    widget.setWordWrap(True)
    widget.setProperty("role", role)
    widget.setText(text)
    widget.setTextInteractionFlags(Qt.TextInteractionFlag.LinksAccessibleByMouse)
    return widget


def label(text: str = "", role: str = "", *, wrap: bool = True, name: str = "") -> QLabel:
    """Return a label of plain text in one of the theme's roles."""
    widget = QLabel(text)
    widget.setTextFormat(Qt.TextFormat.PlainText)
    widget.setWordWrap(wrap)
    if role:
        widget.setProperty("role", role)
    if role == "key":
        widget.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    if name:
        widget.setObjectName(name)
    return widget


class Picture(QWidget):
    """An icon that follows the theme; ``says`` is what a screen reader reads, nothing for decoration."""

    def __init__(self, name: str, tint: str = "text2", size: int = 18, says: str = "") -> None:
        super().__init__()
        self._size = size
        self._icon = icon(name, tint)
        self.setAccessibleName(says)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_icon(self, name: str, tint: str, says: str = "") -> None:
        """Show another icon; nothing where the name is empty."""
        self.setVisible(bool(name))
        if name:
            self._icon = icon(name, tint)
            self.setAccessibleName(says)
            self.update()

    def sizeHint(self) -> QSize:
        """Return the icon's size under the font scale."""
        side = theme().px(self._size)
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        """Never squeezed."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the icon."""
        self._icon.paint(QPainter(self), self.rect())


def picture(name: str, tint: str = "text2", size: int = 18, *, says: str = "") -> Picture:
    """Return an icon as a widget."""
    return Picture(name, tint, size, says)


class LinkLabel(QLabel):
    """Rich text whose links take the colour of the theme in use: Qt keeps that of the first drawing."""

    def changeEvent(self, event: QEvent) -> None:
        """Another theme: lay the text out again."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self.text():
            text = self.text()
            self.clear()
            self.setText(text)


class PushButton(QPushButton):
    """A push button that Enter presses as well as Space, in a window as in a dialog."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.isAutoRepeat():
            self.click()
        else:
            super().keyPressEvent(event)


def button(
    text: str,
    slot: Callable[[], object] | None = None,
    *,
    kind: str = "",
    mark: str = "",
    name: str = "",
    says: str = "",
) -> QPushButton:
    """Return a push button; ``says`` is its accessible name where the text alone says too little."""
    widget = PushButton(text)
    if kind:
        widget.setProperty("kind", kind)
    if mark:
        with_icon(widget, mark, "on_accent" if kind == "primary" else "text2")
    if name:
        widget.setObjectName(name)
    widget.setAccessibleName(says or text)
    widget.setAutoDefault(False)
    if slot is not None:
        widget.clicked.connect(lambda _checked=False: slot())
    return widget


class WrapButton(PushButton):
    """A button of text alone that wraps like a label: links, and titles that jump somewhere."""

    def __init__(self, text: str, kind: str) -> None:
        super().__init__(text)
        self.setProperty("kind", kind)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _bounds(self, width: int) -> QRect:
        flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap)
        return self.fontMetrics().boundingRect(QRect(0, 0, width, 10000), flags, self.text())

    def hasHeightForWidth(self) -> bool:
        """The height follows from the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As many lines as the text needs; never below the smallest pointer target."""
        return max(self._bounds(max(width, 1)).height() + 2, theme().px(24))

    def sizeHint(self) -> QSize:
        """One line, where there is room for it."""
        self.ensurePolished()
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 2, theme().px(24))

    def minimumSizeHint(self) -> QSize:
        """As narrow as a long word."""
        return QSize(min(self.sizeHint().width(), theme().px(80)), theme().px(24))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the text in the colour of the sheet."""
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(self.palette().color(self.foregroundRole()))
        flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap)
        painter.drawText(self.rect(), flags, self.text())


def link(text: str, slot: Callable[[], object], *, says: str = "", name: str = "") -> QPushButton:
    """Return an underlined link that is a button to the keyboard and the screen reader."""
    return _wrapping(WrapButton(text, "link"), slot, says, name)


def jump(text: str, slot: Callable[[], object], *, says: str = "", name: str = "") -> QPushButton:
    """Return the title of a card that jumps somewhere."""
    return _wrapping(WrapButton(text, "jump"), slot, says, name)


def _wrapping(widget: WrapButton, slot: Callable[[], object], says: str, name: str) -> QPushButton:
    widget.setAccessibleName(says or widget.text())
    if name:
        widget.setObjectName(name)
    widget.clicked.connect(lambda _checked=False: slot())
    return widget


def rule(*, upright: bool = False) -> QFrame:
    """Return a line of one pixel."""
    widget = QFrame()
    widget.setProperty("surface", "vline" if upright else "line")
    return widget


def column(
    *items: QWidget | QLayout | int | None,
    margins: tuple[int, int, int, int] = (0, 0, 0, 0),
    spacing: int = 0,
) -> QVBoxLayout:
    """Return a column of widgets and layouts; a number is a space, None the stretch."""
    layout = QVBoxLayout()
    _fill(layout, items, margins, spacing)
    return layout


def row(
    *items: QWidget | QLayout | int | None,
    margins: tuple[int, int, int, int] = (0, 0, 0, 0),
    spacing: int = 0,
) -> QHBoxLayout:
    """Return a row of widgets and layouts; a number is a space, None the stretch."""
    layout = QHBoxLayout()
    _fill(layout, items, margins, spacing)
    return layout


def _fill(
    layout: QVBoxLayout | QHBoxLayout,
    items: tuple[QWidget | QLayout | int | None, ...],
    margins: tuple[int, int, int, int],
    spacing: int,
) -> None:
    layout.setContentsMargins(*(theme().px(margin) for margin in margins))
    layout.setSpacing(theme().px(spacing))
    for item in items:
        if item is None:
            layout.addStretch(1)
        elif isinstance(item, int):
            layout.addSpacing(theme().px(item))
        elif isinstance(item, QLayout):
            layout.addLayout(item)
        else:
            layout.addWidget(item)


class ColumnArea(QScrollArea):
    """A column that scrolls up and down; wrapped text always gets the height it needs."""

    def __init__(self, layout: QLayout, says: str = "") -> None:
        super().__init__()
        self._body = QWidget()
        self._body.setObjectName("scrolled")
        self._body.setLayout(layout)
        self._body.installEventFilter(self)
        self.setWidget(self._body)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if says else Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(says)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fit the height again when the column changed or its width did."""
        if event.type() in {QEvent.Type.LayoutRequest, QEvent.Type.Resize}:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        layout = self._body.layout()
        if layout is None:
            return
        bound = layout.hasHeightForWidth()
        needed = layout.totalHeightForWidth(self.viewport().width()) if bound else 0
        if needed != self._body.minimumHeight():
            self._body.setMinimumHeight(needed)


def widgets_of(layout: QLayout) -> list[QWidget]:
    """Return the widgets that stand in a layout themselves, in order."""
    items = (layout.itemAt(place) for place in range(layout.count()))
    found = (item.widget() for item in items if item is not None)
    return [widget for widget in found if widget is not None]


def show(widget: QWidget, shown: object) -> None:
    """Show or hide a widget, at no cost where nothing changes."""
    if widget.isHidden() == bool(shown):
        widget.setVisible(bool(shown))


def clear(layout: QLayout) -> None:
    """Take every item out of a layout and delete its widgets."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            clear(inner)
