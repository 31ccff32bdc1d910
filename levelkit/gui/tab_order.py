"""The order of Tab: Qt appends what is made later at the end of the window, wherever it stands."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from collections.abc import Iterable


def chain(widgets: Iterable[QWidget]) -> None:
    """Let Tab go through these widgets one after the other."""
    for first, second in pairwise(widgets):
        QWidget.setTabOrder(first, second)


def stops(root: QWidget) -> list[QWidget]:
    """Every part of a widget that Tab can stop at, in the order they were made; no lists that drop down."""
    return [
        part
        for part in (root, *root.findChildren(QWidget))
        if part.focusPolicy() & Qt.FocusPolicy.TabFocus
        and part.focusProxy() is None
        and part.window() is root.window()
    ]
