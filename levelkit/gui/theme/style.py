"""Theme: Fusion with our own marks (boxes, arrows, focus in lists) drawn from tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QProxyStyle, QStyle, QStyleOption, QWidget

if TYPE_CHECKING:
    from collections.abc import Callable

_P = QStyle.PrimitiveElement
_M = QStyle.PixelMetric
_STATE = QStyle.StateFlag

_METRICS: Final = {
    _M.PM_IndicatorWidth: 20,
    _M.PM_IndicatorHeight: 20,
    _M.PM_ExclusiveIndicatorWidth: 20,
    _M.PM_ExclusiveIndicatorHeight: 20,
    _M.PM_CheckBoxLabelSpacing: 10,
    _M.PM_RadioButtonLabelSpacing: 10,
    _M.PM_SmallIconSize: 18,
    _M.PM_ButtonIconSize: 18,
}
_ARROWS: Final = {
    _P.PE_IndicatorArrowDown: ((-4, -2), (0, 2), (4, -2)),
    _P.PE_IndicatorArrowUp: ((-4, 2), (0, -2), (4, 2)),
    _P.PE_IndicatorArrowRight: ((-2, -4), (2, 0), (-2, 4)),
    _P.PE_IndicatorArrowLeft: ((2, -4), (-2, 0), (2, 4)),
    _P.PE_IndicatorSpinUp: ((-3.5, 2), (0, -2), (3.5, 2)),
    _P.PE_IndicatorSpinDown: ((-3.5, -2), (0, 2), (3.5, -2)),
}


class KitStyle(QProxyStyle):
    """Fusion, with what a style sheet cannot draw from a token."""

    def __init__(self, color: Callable[[str], QColor], px: Callable[[float], int]) -> None:
        super().__init__("Fusion")
        self._color = color
        self._px = px

    def drawPrimitive(
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """Draw boxes, radio buttons, arrows and the ring of rows; leave the rest to Fusion."""
        if element in {_P.PE_IndicatorCheckBox, _P.PE_IndicatorItemViewItemCheck}:
            self._box(option, painter)
        elif element == _P.PE_IndicatorRadioButton:
            self._radio(option, painter)
        elif element in _ARROWS:
            self._arrow(element, option, painter)
        elif element == _P.PE_FrameFocusRect:
            self._ring(option, painter, widget)
        else:
            super().drawPrimitive(element, option, painter, widget)

    def pixelMetric(
        self, metric: QStyle.PixelMetric, option: QStyleOption | None = None, widget: QWidget | None = None
    ) -> int:
        """Return our sizes, scaled."""
        if metric in _METRICS:
            return self._px(_METRICS[metric])
        return super().pixelMetric(metric, option, widget)

    def _edges(self, option: QStyleOption) -> tuple[QColor, QColor]:
        """Return fill and edge of a box or radio button."""
        enabled = bool(option.state & _STATE.State_Enabled)
        marked = bool(option.state & (_STATE.State_On | _STATE.State_NoChange))
        if not enabled:
            return self._color("bg"), self._color("border")
        if marked:
            return self._color("accent"), self._color("accent")
        hovered = bool(option.state & _STATE.State_MouseOver)
        return self._color("hover" if hovered else "surface"), self._color("text2" if hovered else "control")

    def _mark(self, option: QStyleOption) -> QColor:
        enabled = bool(option.state & _STATE.State_Enabled)
        return self._color("on_accent" if enabled else "disabled")

    def _square(self, option: QStyleOption) -> QRectF:
        rect = QRectF(option.rect)
        side = min(rect.width(), rect.height(), float(self._px(20)))
        square = QRectF(0, 0, side, side)
        square.moveCenter(rect.center())
        return square

    def _box(self, option: QStyleOption, painter: QPainter) -> None:
        square = self._square(option)
        fill, edge = self._edges(option)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(edge, 1.5))
        painter.setBrush(fill)
        painter.drawRoundedRect(square.adjusted(0.75, 0.75, -0.75, -0.75), 4, 4)
        unit = square.width() / 20
        pen = QPen(self._mark(option), 2 * unit, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        corner = square.topLeft()
        if option.state & _STATE.State_On:
            points = [corner + QPointF(x, y) * unit for x, y in ((5.5, 10.5), (8.5, 13.5), (14.5, 6.8))]
            painter.drawPolyline(points)
        elif option.state & _STATE.State_NoChange:
            painter.drawLine(corner + QPointF(6, 10) * unit, corner + QPointF(14, 10) * unit)
        painter.restore()

    def _radio(self, option: QStyleOption, painter: QPainter) -> None:
        square = self._square(option)
        fill, edge = self._edges(option)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(edge, 1.5))
        painter.setBrush(fill)
        painter.drawEllipse(square.adjusted(0.75, 0.75, -0.75, -0.75))
        if option.state & _STATE.State_On:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._mark(option))
            inset = square.width() * 0.32
            painter.drawEllipse(square.adjusted(inset, inset, -inset, -inset))
        painter.restore()

    def _arrow(self, element: QStyle.PrimitiveElement, option: QStyleOption, painter: QPainter) -> None:
        enabled = bool(option.state & _STATE.State_Enabled)
        center = QRectF(option.rect).center()
        unit = self._px(10) / 10
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(self._color("text2" if enabled else "disabled"), 1.6)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.drawPolyline([center + QPointF(x, y) * unit for x, y in _ARROWS[element]])
        painter.restore()

    def _ring(self, option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
        """In lists and tables round the row or cell; elsewhere the overlay does it."""
        if widget is None or not widget.inherits("QAbstractItemView"):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._color("focus"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(option.rect).adjusted(1, 1, -1, -1), 6, 6)
        painter.restore()
