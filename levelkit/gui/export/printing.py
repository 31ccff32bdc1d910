"""Printing through the system's dialog: pages as pictures at the printer's resolution, one a step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QObject, QRect, QSizeF, QTimer, Signal
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter

from levelkit.gui.export.pages import POINTS_PER_INCH, PdfPages

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from levelkit.gui.export.render_run import Made

MAX_DPI = 300


class PrintRun(QObject):
    """Prints page after page without stopping the window."""

    progressed = Signal(str, int, int)
    done = Signal(int)
    failed = Signal(str)
    stopped = Signal()

    def __init__(self, made: Made, printer: QPrinter, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._made = made
        self._printer = printer
        self._painter = QPainter()
        self._pages = PdfPages(made.path)
        first = printer.fromPage() or 1
        last = printer.toPage() or len(self._pages)
        self._numbers = list(range(first - 1, min(last, len(self._pages))))
        self._at = 0
        self._step = QTimer(self)
        self._step.setInterval(0)
        self._step.timeout.connect(self._print_next)

    def start(self) -> None:
        """Begin with the first page."""
        self._set_page(self._numbers[0] if self._numbers else 0)
        if not self._numbers or not self._painter.begin(self._printer):
            self._pages.close()
            self.failed.emit("Máy in không nhận lệnh in. Xem máy in đã bật và còn giấy, rồi in lại.")
            return
        self._step.start()

    def stop(self) -> None:
        """Print no further page."""
        self._step.stop()
        self._printer.abort()
        self._end()
        self.stopped.emit()

    def _print_next(self) -> None:
        if self._at >= len(self._numbers):
            self._step.stop()
            self._end()
            self.done.emit(len(self._numbers))
            return
        number = self._numbers[self._at]
        self.progressed.emit(
            f"Đang in trang {self._at + 1}/{len(self._numbers)}", self._at, len(self._numbers)
        )
        if self._at:
            self._set_page(number)
            self._printer.newPage()
        dpi = min(self._printer.resolution(), MAX_DPI)
        image = self._pages.image(number, dpi / POINTS_PER_INCH)
        width, height = self._pages.size(number)
        unit = self._printer.resolution() / POINTS_PER_INCH
        self._painter.drawImage(QRect(0, 0, round(width * unit), round(height * unit)), image)
        self._at += 1

    def _set_page(self, number: int) -> None:
        """Paper and direction of the page, to the edge: its margins are in the picture."""
        width, height = self._pages.size(number)
        upright = QSizeF(min(width, height), max(width, height))
        size = QPageSize(upright, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
        landscape, portrait = QPageLayout.Orientation.Landscape, QPageLayout.Orientation.Portrait
        layout = QPageLayout(size, landscape if width > height else portrait, QMarginsF(0, 0, 0, 0))
        layout.setMode(QPageLayout.Mode.FullPageMode)
        self._printer.setFullPage(True)
        self._printer.setPageLayout(layout)

    def _end(self) -> None:
        if self._painter.isActive():
            self._painter.end()
        self._pages.close()


def ask_printer(made: Made, parent: QWidget) -> QPrinter | None:
    """Let the person choose printer and pages; None where they changed their mind."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(made.title)
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(f"In: {made.title}")
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange, True)
    dialog.setMinMax(1, max(made.pages, 1))
    if dialog.exec() != QPrintDialog.DialogCode.Accepted:
        return None
    return printer
