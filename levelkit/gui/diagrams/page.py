"""The tab «Sơ đồ»: choose a picture, its size, save it; below, what it could not show."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QIODevice, QSaveFile, QTimer, Signal
from PySide6.QtGui import QImageWriter
from PySide6.QtWidgets import QFileDialog, QFrame, QStackedWidget, QVBoxLayout, QWidget

from levelkit.gui import kit
from levelkit.gui.diagrams.canvas import FIT, Canvas, as_image
from levelkit.gui.fields.attachment import LAST_FOLDER
from levelkit.gui.fields.combo import Combo
from levelkit.gui.tasks import Task
from levelkit.services import diagrams
from levelkit.services.settings import Settings

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from levelkit.services import SystemSession
    from levelkit.services.diagrams import Diagram

SETTLE_MS = 300
TITLE = "Sơ đồ"
_MOST_NOTES = 40
_NOTES_HEIGHT = 132
_KINDS = {"Ảnh PNG, cho Word và trình chiếu (*.png)": ".png", "Hình SVG, phóng to không vỡ (*.svg)": ".svg"}


class DiagramPage(QWidget):
    """Follows the tables while it is in sight.

    ``jump_asked`` carries a question's id and a row, from 1; ``shown`` follows every new picture.
    """

    jump_asked = Signal(str, int)
    shown = Signal()

    def __init__(self, session: SystemSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._found: tuple[Diagram, ...] = ()
        self._drawn_from: object = None
        self._task: Task | None = None
        self._settle = QTimer(self)
        self.picker = Combo(self)
        self.canvas = Canvas(self)
        self._out = kit.button(
            "", partial(self.canvas.step, -1), kind="icon", mark="zoom-out", says="Thu nhỏ"
        )
        self._in = kit.button("", partial(self.canvas.step, 1), kind="icon", mark="zoom-in", says="Phóng to")
        self._size = kit.label("", wrap=False, name="diagram_size")
        self._fit = kit.button("Vừa khung", partial(self.canvas.set_zoom, FIT), kind="quiet")
        self._full = kit.button(
            "100 %", partial(self.canvas.set_zoom, 100), kind="quiet", says="Cỡ như khi in"
        )
        self._save = kit.button(
            "Lưu hình…", self._on_save, kind="quiet", mark="download", name="save_diagram"
        )
        self._own = kit.button(
            "Dùng hình riêng…", self._on_own, kind="quiet", mark="image", name="own_picture"
        )
        self._word = kit.label("", "help", name="diagram_word")
        self._notes = kit.column(spacing=4, margins=(16, 8, 16, 8))
        self._notes_area = kit.ColumnArea(self._notes, "Điều sơ đồ chưa thể hiện được")
        self._stack = QStackedWidget(self)

        self._build()
        self._connect()

    def _build(self) -> None:
        self.setObjectName("diagram_page")
        self.setAccessibleName(TITLE)
        self.picker.setObjectName("diagram_picker")
        self.picker.setAccessibleName("Sơ đồ đang xem")
        for button in (self._out, self._in):
            button.setToolTip(button.accessibleName())
        bar = QFrame(self)
        bar.setProperty("surface", "bar_top")
        across = kit.row(
            self.picker,
            None,
            self._out,
            self._size,
            self._in,
            self._fit,
            self._full,
            kit.rule(upright=True),
            self._save,
            self._own,
            spacing=8,
            margins=(16, 7, 16, 7),
        )
        bar.setLayout(across)
        word = QWidget()
        word.setLayout(kit.column(self._word, margins=(16, 6, 16, 6)))
        self._word_bar = word
        self._notes_area.setMaximumHeight(_NOTES_HEIGHT)
        shown = QWidget()
        shown.setLayout(kit.column(bar, word, self.canvas, kit.rule(), self._notes_area))
        layout = shown.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.setStretch(2, 1)
        self._stack.addWidget(self._nothing())
        self._stack.addWidget(shown)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)

    def _nothing(self) -> QWidget:
        empty = QWidget()
        add = kit.button("Ghi thiết bị…", partial(self.jump_asked.emit, "devices", 0), name="fill_devices")
        own = kit.button("Ghi vùng mạng…", partial(self.jump_asked.emit, "zones", 0), name="fill_zones")
        empty.setLayout(
            kit.column(
                kit.picture("image", "text3", 26),
                kit.label("Chưa có gì để vẽ.", "section"),
                kit.label(
                    "Ghi bảng thiết bị, ứng dụng, vùng mạng và kết nối; sơ đồ được vẽ từ các bảng này.",
                    "help",
                ),
                kit.row(add, own, None, spacing=8),
                None,
                margins=(24, 32, 24, 24),
                spacing=10,
            )
        )
        return empty

    def _connect(self) -> None:
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self._draw)
        self.picker.currentIndexChanged.connect(lambda _at: self._show())
        self.canvas.zoomed.connect(self._show_size)
        self.destroyed.connect(self._session.subscribe(self._on_session))

    # Drawing

    def _on_session(self, _session: SystemSession) -> None:
        if self.isVisible():
            self._settle.start()

    def showEvent(self, event: QShowEvent) -> None:
        """Draw what changed while the tab was hidden."""
        super().showEvent(event)
        self._settle.start(0)

    def _draw(self) -> None:
        source = diagrams.architecture(self._session)
        if source == self._drawn_from:
            self._show()
            return
        if self._task is not None:
            self._task.cancel()
        self._drawn_from = source
        task = Task(lambda _progress, cancelled: (source, diagrams.draw(source, cancelled)), self)
        task.done.connect(self._on_drawn)
        task.failed.connect(self._on_failed)
        self._task = task
        task.start()

    def _on_drawn(self, result: object) -> None:
        assert isinstance(result, tuple)
        source, found = result
        if source != self._drawn_from:
            return  # of tables that have changed since
        self._task = None
        key = self.current.key if self.current else ""
        self._found = found
        self.picker.blockSignals(True)
        self.picker.clear()
        self.picker.addItems([one.title for one in found])
        keys = [one.key for one in found]
        self.picker.setCurrentIndex(keys.index(key) if key in keys else 0)
        self.picker.blockSignals(False)
        self._show()

    def _on_failed(self, error: object) -> None:
        self._task = None
        self._drawn_from = None
        if isinstance(error, BaseException):
            raise error

    @property
    def current(self) -> Diagram | None:
        """The picture shown."""
        at = self.picker.currentIndex()
        return self._found[at] if 0 <= at < len(self._found) else None

    def _show(self) -> None:
        diagram = self.current
        self._stack.setCurrentIndex(0 if diagram is None else 1)
        if diagram is None:
            return
        self.canvas.show_diagram(diagram)
        own = self._session.interview.answer(diagram.question)
        self._word.setText(
            f"Hồ sơ đang dùng hình riêng «{own['name']}»; hình dưới đây không in."
            if isinstance(own, dict)
            else ""
        )
        kit.show(self._word_bar, isinstance(own, dict))
        self._show_notes(diagram)
        self.shown.emit()

    def _show_notes(self, diagram: Diagram) -> None:
        kit.clear(self._notes)
        for note in diagram.notes[:_MOST_NOTES]:
            if note.table:
                jump = partial(self.jump_asked.emit, note.table, note.row)
                self._notes.addWidget(kit.link(note.text, jump))
            else:
                self._notes.addWidget(kit.label(note.text, "help"))
        rest = len(diagram.notes) - _MOST_NOTES
        if rest > 0:
            self._notes.addWidget(kit.label(f"Còn {rest} điều khác.", "help"))
        self._notes.addStretch(1)
        kit.show(self._notes_area, diagram.notes)

    def _show_size(self) -> None:
        self._size.setText(f"{self.canvas.percent} %")

    # Acting

    def stops(self) -> list[QWidget]:
        """What Tab goes through."""
        if self.current is None:
            return []
        return [self.picker, self._out, self._in, self._fit, self._full, self._save, self._own, self.canvas]

    def focus_first(self) -> None:
        """Put the focus on the choice of the picture."""
        self.picker.setFocus()

    def _on_own(self) -> None:
        if self.current is not None:
            self.jump_asked.emit(self.current.question, 0)

    def _on_save(self) -> None:
        diagram = self.current
        if diagram is None:
            return
        settings = Settings()
        folder = Path(str(settings.get(LAST_FOLDER, str(Path.home()))))
        name = f"{self._session.code} {diagram.title}.png"
        chosen, kind = QFileDialog.getSaveFileName(self, "Lưu hình", str(folder / name), ";;".join(_KINDS))
        if chosen:
            path = _named(Path(chosen), _KINDS.get(kind, ".png"))
            settings.set(LAST_FOLDER, str(path.parent))
            self._word.setText(save(diagram, path))
            kit.show(self._word_bar, shown=True)


def _named(path: Path, ending: str) -> Path:
    """The chosen kind of file gives the ending; what stands after another point is part of the name."""
    known = path.suffix.lower() in _KINDS.values()
    return path.with_suffix(ending) if known else path.with_name(f"{path.name}{ending}")


def save(diagram: Diagram, path: Path) -> str:
    """Write a picture as SVG, or as PNG where the name says so: whole or not at all; return what to tell."""
    file = QSaveFile(str(path))
    written = file.open(QIODevice.OpenModeFlag.WriteOnly)
    if written and path.suffix.lower() == ".png":
        written = QImageWriter(file, QByteArray(b"png")).write(as_image(diagram))
    elif written:
        data = QByteArray(diagram.file_svg.encode("utf-8"))
        written = file.write(data) == data.size()
    if written and file.commit():
        return f"Đã lưu hình vào «{path}»."
    return f"Không ghi được «{path}»: {file.errorString()}. Chọn thư mục khác rồi lưu lại."
