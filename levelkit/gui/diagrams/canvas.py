"""One picture on a white page, at any size; it scrolls where it is larger than the place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from levelkit.gui import kit
from levelkit.gui.diagrams.fonts import load_document_fonts
from levelkit.gui.theme import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent, QWheelEvent

    from levelkit.services.diagrams import Diagram

ZOOMS = (50, 67, 80, 100, 125, 150, 200, 300)
FIT = 0
_SCREEN_DPI, _FILE_DPI = 96.0, 300.0
_PAPER, _MARGIN = 16, 16
_LEAST_FIT = 0.9
_MM_PER_INCH = 25.4


class Sheet(QWidget):
    """The page; white in every theme, as on paper."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_document_fonts()
        self._renderer = QSvgRenderer(self)
        self.setObjectName("diagram_sheet")

    def show_svg(self, svg: str) -> None:
        """Show a picture."""
        self._renderer.load(svg.encode("utf-8"))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paper, its edge, the picture."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        painter.setPen(theme().color("control"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paper = QRectF(self.rect()).adjusted(_PAPER, _PAPER, -_PAPER, -_PAPER)
        self._renderer.render(painter, paper)
        painter.end()


class Canvas(QScrollArea):
    """Zooms by keys and wheel; ``zoomed`` follows every change of size."""

    zoomed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._diagram: Diagram | None = None
        self._zoom = FIT
        self._sheet = Sheet()
        desk = QWidget()
        desk.setProperty("surface", "desk")
        desk.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = kit.column(self._sheet, None, margins=(0, _MARGIN, 0, _MARGIN))
        column.setAlignment(self._sheet, Qt.AlignmentFlag.AlignHCenter)
        desk.setLayout(column)
        self.setObjectName("diagram_canvas")
        self.setProperty("surface", "desk")
        self.viewport().setProperty("surface", "desk")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setWidgetResizable(True)
        self.setWidget(desk)

    def show_diagram(self, diagram: Diagram) -> None:
        """Show a picture; the size stays as chosen."""
        self._diagram = diagram
        self._sheet.show_svg(diagram.svg)
        self.setAccessibleName(diagram.title)
        self.setAccessibleDescription(diagram.description)
        self._sheet.setAccessibleName(diagram.title)
        self._sheet.setAccessibleDescription(diagram.description)
        self._fit()

    @property
    def percent(self) -> int:
        """The size shown, 100 being that on paper."""
        return round(self._scale() * 100)

    @property
    def fits(self) -> bool:
        """Whether the picture follows the size of the place."""
        return self._zoom == FIT

    def set_zoom(self, percent: int) -> None:
        """Show at so many percent; :data:`FIT`: as large as the place allows."""
        self._zoom = percent
        self._fit()

    def step(self, way: int) -> None:
        """Take the next size up or down."""
        now = self.percent
        found = [zoom for zoom in ZOOMS if (zoom > now if way > 0 else zoom < now)]
        if found:
            self.set_zoom(found[0] if way > 0 else found[-1])

    def _scale(self) -> float:
        if self._zoom != FIT or self._diagram is None:
            return (self._zoom or 100) / 100
        around = 2 * _MARGIN + 2 * _PAPER
        across = (self.viewport().width() - around) / self._pixels(self._diagram.width)
        down = (self.viewport().height() - around) / self._pixels(self._diagram.height)
        # A tall picture would become too small to read: there only its width fits.
        return min(2.0, max(0.3, min(across, max(down, _LEAST_FIT))))

    @staticmethod
    def _pixels(millimetres: float) -> float:
        return millimetres / _MM_PER_INCH * _SCREEN_DPI

    def _fit(self) -> None:
        if self._diagram is None:
            return
        scale = self._scale()
        wide, high = (self._pixels(one) * scale for one in (self._diagram.width, self._diagram.height))
        self._sheet.setFixedSize(QSize(round(wide) + 2 * _PAPER, round(high) + 2 * _PAPER))
        self.zoomed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep fitting."""
        super().resizeEvent(event)
        if self.fits:
            self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Plus and minus zoom, 0 fits, 1 is the size on paper."""
        key = event.key()
        if key in {Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus}:
            self.step(-1 if key == Qt.Key.Key_Minus else 1)
        elif key in {Qt.Key.Key_0, Qt.Key.Key_1}:
            self.set_zoom(FIT if key == Qt.Key.Key_0 else 100)
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl and the wheel zoom."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.step(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)


def as_image(diagram: Diagram) -> QImage:
    """Return a picture in dots, 300 to the inch, on white."""
    load_document_fonts()
    size = QSize(*(round(one / _MM_PER_INCH * _FILE_DPI) for one in (diagram.width, diagram.height)))
    image = QImage(size, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    image.setDotsPerMeterX(round(_FILE_DPI / _MM_PER_INCH * 1000))
    image.setDotsPerMeterY(round(_FILE_DPI / _MM_PER_INCH * 1000))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(diagram.svg.encode("utf-8")).render(painter)
    painter.end()
    return image
