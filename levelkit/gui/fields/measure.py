"""How much room text takes: lines of words, broken inside a word only where it must be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QTextLayout, QTextOption

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QFont


def laid_out(
    text: str,
    font: QFont,
    width: float,
    side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    formats: Sequence[QTextLayout.FormatRange] = (),
) -> QTextLayout:
    """Lay text out in lines of ``width``; line breaks in it are kept."""
    layout = QTextLayout(text.replace("\n", "\u2028"), font)
    option = QTextOption(side)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.setFormats(list(formats))
    layout.beginLayout()
    y = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(width, 8.0))
        line.setPosition(QPointF(0, y))
        y += line.height()
    layout.endLayout()
    return layout


def text_height(layout: QTextLayout) -> int:
    """Height of all lines."""
    return round(sum(layout.lineAt(number).height() for number in range(layout.lineCount())))
