"""The yearly report: whose, of which year, in which formats; what is missing is shown before."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QDialog,
    QFileDialog,
    QListWidget,
    QRadioButton,
    QSpinBox,
)

from levelkit.domain.text import format_number
from levelkit.errors import Cancelled, UserError
from levelkit.gui import kit
from levelkit.gui.tasks import Task, message_of
from levelkit.gui.theme import theme
from levelkit.services import Workspace, clock
from levelkit.services.output_files import written_beside
from levelkit.services.report import YEARS, YearlyReport, missing_lines, prepare_report, write_report

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from levelkit.gui.sheets.work import Tell

    By = Literal["owner", "unit"]

FORMATS: Final = {".pdf": "PDF", ".docx": "Word", ".xlsx": "Excel"}
_BY_VI: Final = {
    "owner": "Chủ quản gửi Bộ Công an",
    "unit": "Đơn vị chuyên trách, đơn vị vận hành gửi chủ quản",
}


class ReportDialog(QDialog):
    """``wanted`` carries year, who reports and the paths to write, one for each format."""

    wanted = Signal(int, str, list)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._year = QSpinBox()
        self._by = QButtonGroup(self)
        self._formats = {ending: QCheckBox(words) for ending, words in FORMATS.items()}
        self._title = kit.label("", "question", name="report_missing_title")
        self._list = QListWidget()
        self._why = kit.label("", "hint", name="report_why")
        self._save = kit.button(
            "Lưu danh sách thiếu…", self._save_missing, mark="download", name="report_save_missing"
        )
        self._make = kit.button("Lập báo cáo…", self._ask, kind="primary", name="report_make")
        self._task: Task | None = None
        self._lines: list[str] = []

        self._build()
        self._look()

    def _build(self) -> None:
        self.setWindowTitle("Lập báo cáo Mẫu số 08")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._year.setRange(YEARS.start, YEARS.stop - 1)
        self._year.setValue(clock.today().year)
        self._year.setAccessibleName("Năm của kỳ báo cáo")
        self._year.setObjectName("report_year")
        self._year.setFixedWidth(theme().px(110))
        who = kit.column(spacing=0)
        for place, words in enumerate(_BY_VI.values()):
            choice = QRadioButton(words)
            choice.setChecked(not place)
            self._by.addButton(choice, place)
            who.addWidget(choice)
        boxes = kit.row(spacing=20)
        for ending, box in self._formats.items():
            box.setChecked(ending == ".pdf")
            box.toggled.connect(lambda _on: self._show_make())
            boxes.addWidget(box)
        boxes.addStretch(1)
        self._list.setAccessibleName("Dữ liệu còn thiếu")
        self._list.setProperty("surface", "card")
        self._list.setWordWrap(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setResizeMode(QListWidget.ResizeMode.Adjust)
        layout = kit.column(
            kit.label("Lập báo cáo Mẫu số 08", "page_title"),
            kit.row(kit.label("Kỳ báo cáo năm", wrap=False), self._year, None, spacing=12),
            kit.label("Ai báo cáo?", "question"),
            who,
            kit.label("Định dạng", "question"),
            boxes,
            self._title,
            self._list,
            kit.row(self._save, None, kit.button("Thôi", self.reject), self._make, spacing=8),
            self._why,
            margins=(24, 20, 24, 16),
            spacing=8,
        )
        layout.setStretch(7, 1)
        self.setLayout(layout)
        self._year.valueChanged.connect(lambda _year: self._look())
        self._by.idClicked.connect(lambda _place: self._look())
        self.resize(theme().px(680), theme().px(600))

    @property
    def year(self) -> int:
        """The year chosen."""
        return self._year.value()

    @property
    def by(self) -> By:
        """Who reports."""
        return "unit" if self._by.checkedId() == 1 else "owner"

    @property
    def endings(self) -> list[str]:
        """The formats chosen."""
        return [ending for ending, box in self._formats.items() if box.isChecked()]

    # What is missing

    def _look(self) -> None:
        if self._task is not None:
            self._task.cancel()
        self._title.setText("Đang xem dữ liệu còn thiếu")
        self._list.clear()
        self._lines = []
        workspace, year, by = self._workspace, self.year, self.by

        def work(progress: Callable[[object], None], cancelled: Callable[[], bool]) -> YearlyReport:
            def told(done: int, whole: int) -> None:
                if cancelled():
                    raise Cancelled("changed")
                progress((done, whole))

            return read_report(workspace, year, by, told)

        task = self._task = Task(work, self)
        task.progressed.connect(self._show_progress)
        # An older look may still end after another year was chosen.
        task.done.connect(lambda report: self._show_missing(report) if self._task is task else None)
        task.failed.connect(lambda error: self._show_failure(error) if self._task is task else None)
        task.start()
        self._show_make()

    def _show_progress(self, told: tuple[int, int]) -> None:
        done, whole = (format_number(count) for count in told)
        self._title.setText(f"Đang xem dữ liệu còn thiếu {done}/{whole}")

    def _show_missing(self, report: YearlyReport) -> None:
        self._task = None
        self._lines = missing_lines(report)
        number = format_number(len(self._lines))
        self._title.setText(
            f"Còn thiếu {number} dữ liệu; chỗ thiếu để trống trong báo cáo"
            if self._lines
            else "Không thiếu dữ liệu nào"
        )
        self._list.addItems(self._lines)
        if report.left_out:
            self._list.addItem(f"Không đưa vào báo cáo vì đã ngừng: {', '.join(report.left_out)}.")
        self._show_make()

    def _show_failure(self, error: object) -> None:
        self._task = None
        if not isinstance(error, UserError):
            message_of(error)
        self._title.setText("Chưa lập được báo cáo")
        self._list.addItem(str(error))
        self._make.setEnabled(False)

    def _show_make(self) -> None:
        why = "" if self.endings else "Chọn ít nhất một định dạng."
        self._why.setText(why)
        kit.show(self._why, why)
        self._make.setEnabled(not why and self._task is None)
        self._save.setEnabled(bool(self._lines))

    # Writing

    def _ask(self) -> None:
        endings = self.endings
        name = f"Mau 08 nam {self.year}{endings[0]}"
        chosen, _ = QFileDialog.getSaveFileName(
            self,
            "Chọn nơi lưu báo cáo",
            str(self._workspace.folder / name),
            f"{FORMATS[endings[0]]} (*{endings[0]})",
            options=QFileDialog.Option.DontUseNativeDialog,
        )
        if chosen:
            self.take(Path(chosen))

    def take(self, path: Path) -> None:
        """Ask for the report beside this path, in every format chosen."""
        stem = path.with_suffix("") if path.suffix.lower() in FORMATS else path
        self.accept()
        self.wanted.emit(self.year, self.by, [stem.with_name(f"{stem.name}{end}") for end in self.endings])

    def _save_missing(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self,
            "Lưu danh sách dữ liệu còn thiếu",
            str(self._workspace.folder / f"Mau 08 nam {self.year}, con thieu.txt"),
            "Văn bản (*.txt)",
            options=QFileDialog.Option.DontUseNativeDialog,
        )
        if chosen:
            self.save_missing(Path(chosen))

    def save_missing(self, path: Path) -> None:
        """Write what is missing as a file of its own, one line each."""
        try:
            with written_beside(path) as part:
                part.write_text("\n".join(self._lines) + "\n", encoding="utf-8-sig")
        except UserError as error:
            self._why.setText(str(error))
        else:
            self._why.setText(f"Đã lưu «{path.name}».")
        kit.show(self._why, True)

    def done(self, result: int) -> None:
        """Stop looking."""
        if self._task is not None:
            self._task.cancel()
        super().done(result)


def read_report(
    workspace: Workspace, year: int, by: By, told: Callable[[int, int], None] | None = None
) -> YearlyReport:
    """Gather a report beside the window, which goes on with the workspace itself."""
    with Workspace.open(workspace.path, readonly=True, backup=False) as opened:
        return prepare_report(opened, year, by, told)


def make_report(workspace: Workspace, year: int, by: By, paths: list[Path], tell: Tell) -> list[Path]:
    """Gather and write a report in one format after the other; returns the files."""
    report = read_report(
        workspace,
        year,
        by,
        lambda done, whole: tell(f"Đang đọc hệ thống {done}/{whole}", done, whole + len(paths)),
    )
    for place, path in enumerate(paths):
        tell(f"Đang dựng bản {FORMATS[path.suffix]} {place + 1}/{len(paths)}", place, len(paths))
        write_report(report, path)
    return paths
