"""The real pages: choose a document, turn pages, zoom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QVBoxLayout, QWidget

from levelkit.gui import kit
from levelkit.gui.export.pages import POINTS_PER_INCH, PdfPages
from levelkit.gui.fields.combo import Combo
from levelkit.gui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

    from levelkit.gui.export.render_run import Made

ZOOMS = (50, 67, 80, 100, 125, 150, 200, 300)
MARGIN, WIDE = 20, 580
SCREEN_DPI = 96.0


class PageView(QWidget):
    """One page as it will be printed; white in every theme."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()
        self.setObjectName("preview_page")
        self.setAccessibleName("Trang xem trước")

    def show_image(self, image: QImage, words: str) -> None:
        """Show a page; ``words`` is what a screen reader reads."""
        self._image = image
        self.setAccessibleDescription(words)
        size = image.size() / image.devicePixelRatio() if not image.isNull() else QSize(0, 0)
        self.setFixedSize(size + QSize(2, 2))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The page and a line round it."""
        painter = QPainter(self)
        painter.drawImage(QPoint(1, 1), self._image)
        painter.setPen(theme().color("control"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()


class PageScroll(QScrollArea):
    """Scrolls one page; at its ends it asks for the next or the one before."""

    turn_asked = Signal(int)
    zoom_asked = Signal(int)
    resized = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """PageUp, PageDown, Home and End as in a reader."""
        bar, key = self.verticalScrollBar(), event.key()
        if key == Qt.Key.Key_PageDown and bar.value() >= bar.maximum():
            self.turn_asked.emit(1)
        elif key == Qt.Key.Key_PageUp and bar.value() <= bar.minimum():
            self.turn_asked.emit(-1)
        elif key in {Qt.Key.Key_Right, Qt.Key.Key_Left} and not self.horizontalScrollBar().maximum():
            self.turn_asked.emit(1 if key == Qt.Key.Key_Right else -1)
        elif key in {Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus}:
            self.zoom_asked.emit(-1 if key == Qt.Key.Key_Minus else 1)
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl and the wheel zoom; the wheel turns the page at its ends."""
        up = event.angleDelta().y() > 0
        bar = self.verticalScrollBar()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_asked.emit(1 if up else -1)
        elif not up and bar.value() >= bar.maximum():
            self.turn_asked.emit(1)
        elif up and bar.value() <= bar.minimum():
            self.turn_asked.emit(-1)
        else:
            super().wheelEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A page fitted to the width is drawn anew."""
        super().resizeEvent(event)
        self.resized.emit()


class PreviewPane(QFrame):
    """Shows finished documents page by page; ``print_asked`` carries the document shown."""

    print_asked = Signal(object)
    shown = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._made: list[Made] = []
        self._pages: PdfPages | None = None
        self._number = 0
        self._zoom = 0  # 0: as wide as the pane
        self.picker = Combo(self)
        self._before = kit.button("", self._on_before, kind="icon", mark="chevron-left", says="Trang trước")
        self.where = kit.label("", wrap=False, name="preview_where")
        self._after = kit.button("", self._on_after, kind="icon", mark="chevron-right", says="Trang sau")
        self._out = kit.button("", self._on_out, kind="icon", mark="zoom-out", says="Thu nhỏ")
        self._in = kit.button("", self._on_in, kind="icon", mark="zoom-in", says="Phóng to")
        self._print = kit.button("In…", self._on_print, kind="quiet", mark="printer", name="print_document")
        self._scroll = PageScroll(self)
        self._page = PageView()
        self._bar = QBoxLayout(QBoxLayout.Direction.LeftToRight)

        self._build()
        self._connect()
        self._update()

    def _build(self) -> None:
        self.setObjectName("preview_pane")
        self.picker.setObjectName("preview_document")
        self.picker.setAccessibleName("Văn bản xem trước")
        self.picker.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.picker.setMinimumContentsLength(12)
        for button in (self._before, self._after, self._out, self._in):
            button.setToolTip(button.accessibleName())
        bar = QFrame(self)
        bar.setProperty("surface", "bar_top")
        tools = kit.row(
            self._before,
            self.where,
            self._after,
            kit.rule(upright=True),
            self._out,
            self._in,
            self._print,
            spacing=8,
        )
        self._bar.setContentsMargins(14, 7, 14, 7)
        self._bar.setSpacing(theme().px(8))
        self._bar.addWidget(self.picker, 1)
        self._bar.addLayout(tools)
        bar.setLayout(self._bar)
        self._scroll.setObjectName("preview_scroll")
        self._scroll.setProperty("surface", "desk")
        self._scroll.viewport().setProperty("surface", "desk")
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._scroll.setAccessibleName("Trang văn bản")
        self._scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        desk = QWidget()
        desk.setProperty("surface", "desk")
        desk.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = kit.column(self._page, None, margins=(0, MARGIN, 0, MARGIN))
        column.setAlignment(self._page, Qt.AlignmentFlag.AlignHCenter)
        desk.setLayout(column)
        self._scroll.setWidgetResizable(True)
        self._scroll.setWidget(desk)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(bar)
        layout.addWidget(self._scroll, 1)

    def _connect(self) -> None:
        self.picker.currentIndexChanged.connect(self._on_picked)
        self._scroll.turn_asked.connect(self.turn)
        self._scroll.zoom_asked.connect(self.zoom)
        self._scroll.resized.connect(self._on_resized)

    def show_documents(self, made: Sequence[Made]) -> None:
        """Show these documents; the one that was shown stays in front, on its page."""
        document = self._made[self.picker.currentIndex()].document if self._made else ""
        number = self._number
        self._made = list(made)
        self.picker.blockSignals(True)
        self.picker.clear()
        for place, each in enumerate(self._made, start=1):
            mark = " (dự thảo)" if each.draft else ""
            self.picker.addItem(f"{place}/{len(self._made)}  {each.title}{mark}")
        same = [place for place, each in enumerate(self._made) if each.document == document]
        self.picker.setCurrentIndex(same[0] if same else 0)
        self.picker.blockSignals(False)
        self._open(number if same else 0)

    @property
    def current(self) -> Made | None:
        """The document shown."""
        place = self.picker.currentIndex()
        return self._made[place] if 0 <= place < len(self._made) else None

    @property
    def number(self) -> int:
        """The page shown, from 0."""
        return self._number

    def close_documents(self) -> None:
        """Let the files go."""
        if self._pages is not None:
            self._pages.close()
            self._pages = None

    def turn(self, by: int) -> None:
        """Go pages on or back."""
        if self._pages is None:
            return
        number = min(max(self._number + by, 0), len(self._pages) - 1)
        if number != self._number:
            self._number = number
            self._draw()
            bar = self._scroll.verticalScrollBar()
            bar.setValue(bar.minimum() if by > 0 else bar.maximum())

    def zoom(self, by: int) -> None:
        """One step larger or smaller."""
        now = self._zoom or round(self._fit() * 100 * POINTS_PER_INCH / SCREEN_DPI)
        steps = [step for step in ZOOMS if (step > now if by > 0 else step < now)]
        if steps:
            self._zoom = steps[0] if by > 0 else steps[-1]
            self._draw()

    def _open(self, number: int) -> None:
        self.close_documents()
        current = self.current
        if current is not None:
            self._pages = PdfPages(current.path)
            self._number = min(number, len(self._pages) - 1)
        self._draw()

    def _fit(self) -> float:
        """Pixels per point that let the page fill the width."""
        if self._pages is None:
            return 1.0
        room = self._scroll.viewport().width() - 2 * MARGIN - 2
        width, _ = self._pages.size(self._number)
        return max(min(room / width, 2.0), 0.3)

    def _draw(self) -> None:
        if self._pages is None:
            self._page.show_image(QImage(), "")
        else:
            scale = self._zoom / 100 * SCREEN_DPI / POINTS_PER_INCH if self._zoom else self._fit()
            ratio = self.devicePixelRatioF()
            image = self._pages.image(self._number, scale * ratio)
            image.setDevicePixelRatio(ratio)
            self._page.show_image(image, self._pages.text(self._number))
        self._update()

    def _update(self) -> None:
        count = len(self._pages) if self._pages is not None else 0
        self.where.setText(f"Trang {self._number + 1} / {count}" if count else "Chưa có trang")
        self._before.setEnabled(count > 0 and self._number > 0)
        self._after.setEnabled(self._number < count - 1)
        for part in (self._out, self._in, self._print, self.picker):
            part.setEnabled(count > 0)
        self.shown.emit(self._number + 1, count)

    def changeEvent(self, event: QEvent) -> None:
        """Another screen or theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_page"):
            self._page.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow pane the tools go under the picker."""
        super().resizeEvent(event)
        wide = event.size().width() >= theme().px(WIDE)
        ways = QBoxLayout.Direction
        self._bar.setDirection(ways.LeftToRight if wide else ways.TopToBottom)

    def _on_picked(self, _place: int) -> None:
        self._open(0)
        self._scroll.verticalScrollBar().setValue(0)

    def _on_resized(self) -> None:
        if self._pages is not None and not self._zoom:
            self._draw()

    def _on_before(self) -> None:
        self.turn(-1)

    def _on_after(self) -> None:
        self.turn(1)

    def _on_out(self) -> None:
        self.zoom(-1)

    def _on_in(self) -> None:
        self.zoom(1)

    def _on_print(self) -> None:
        self.print_asked.emit(self.current)
