"""The head of the group whose rows are on top: it stays in sight while they scroll."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QTreeView, QWidget

from levelkit.gui.plan.board import GroupItem

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from PySide6.QtGui import QMouseEvent, QPaintEvent, QWheelEvent

    from levelkit.gui.plan.delegate import MatrixDelegate
    from levelkit.gui.plan.model import MatrixModel


class StickyHead(QWidget):
    """Lies over the rows of a view, deaf to the keyboard; a press asks to fold the group."""

    fold_asked = Signal(str)

    def __init__(self, delegate: MatrixDelegate, view: QTreeView) -> None:
        super().__init__(view)
        self._delegate = delegate
        self._view = view
        self.group: GroupItem | None = None
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.hide()

    def follow(self, model: MatrixModel, folded: AbstractSet[str]) -> None:
        """Show the head of the rows on top, where it is not there itself; the next head pushes it away."""
        view = self._view
        top = view.indexAt(view.viewport().rect().topLeft())
        head = top.parent() if top.parent().isValid() else top
        group = model.item(head)
        in_place = top == head and view.visualRect(top).top() >= 0
        if not isinstance(group, GroupItem) or in_place or group.group.id in folded:
            self.hide()
            return
        height = self._delegate.head_height(group)
        follower = view.visualRect(model.index(head.row() + 1, 0))
        push = min(follower.top() - height, 0) if not follower.isNull() and follower.top() >= 0 else 0
        self.group = group
        place = view.viewport().geometry()
        self.setGeometry(place.left(), place.top() + push, place.width(), height)
        self.show()
        self.update()
        if push:
            view.header().raise_()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the head as in its own place."""
        if self.group is not None:
            painter = QPainter(self)
            self._delegate.paint_head(painter, self.rect(), self.group, is_open=True, ring=False)

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        """Fold."""
        if self.group is not None:
            self.fold_asked.emit(self.group.group.id)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll what lies below."""
        self._view.wheelEvent(event)
