"""Page 9: gaps at the left, the real pages at the right, export below."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QFrame, QSplitter, QVBoxLayout, QWidget

from levelkit.errors import WorkspaceError
from levelkit.gui import kit
from levelkit.gui.export.foot import ExportFoot, ExportState
from levelkit.gui.export.formats import ALL
from levelkit.gui.export.gap_pane import GapPane
from levelkit.gui.export.preview import PreviewPane
from levelkit.gui.export.preview_state import PreviewState
from levelkit.gui.export.printing import PrintRun, ask_printer
from levelkit.gui.export.render_run import RenderRun, warm_up
from levelkit.gui.private import clear_folder, private_folder
from levelkit.gui.tasks import Task
from levelkit.services.settings import Settings

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QShowEvent
    from PySide6.QtPrintSupport import QPrinter

    from levelkit.domain.proposal import Stage
    from levelkit.gui.export.render_run import Made
    from levelkit.questionnaire import Section
    from levelkit.services import SystemSession

LAST_FOLDER, FORMATS = "export.folder", "export.formats"
GAP_WIDTH, LEAST_PREVIEW = 470, 400
SETTLE_MS = 150


class ExportPage(QWidget):
    """Check and export one system.

    ``jump_asked`` carries the id of a question elsewhere, ``section_asked`` that of a section;
    ``cite_asked`` a citation ref.
    """

    question_focused = Signal(str)
    changed = Signal()
    next_gap = Signal()
    jump_asked = Signal(str)
    section_asked = Signal(str)
    cite_asked = Signal(str)
    save_failed = Signal(str)
    overlay_changed = Signal(bool)

    def __init__(self, session: SystemSession, section: Section, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.section = section
        self._session = session
        self._folder = private_folder(self)
        self._preview_of = -1  # the revision that the preview shows
        self._settings = Settings()
        self._preview_run = RenderRun(self)
        self._export_run = RenderRun(self)
        self._print_run: PrintRun | None = None
        self._warm_up: Task | None = None
        self._out = Path()
        self._exported_revision = 0
        self._building = -1  # the revision being rendered
        self._settle = QTimer(self)
        self._gaps = GapPane(f"{section.number}. {section.title}", session, self)
        self._preview = PreviewPane(self)
        self._state = PreviewState(self)
        self._foot = ExportFoot(self._remembered_formats(), self)
        self._kept_before: frozenset[str] = frozenset()

        self._build()
        self._connect()

    def _build(self) -> None:
        self.setObjectName("page_kiem_tra")
        self.setAccessibleName(f"{self.section.number}. {self.section.title}")
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        right = QFrame(self)
        column = kit.column(self._state, self._preview)
        column.setStretch(1, 1)
        right.setLayout(column)
        right.setMinimumWidth(LEAST_PREVIEW)
        split = QSplitter(self)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(1)
        split.addWidget(self._gaps)
        split.addWidget(right)
        split.setStretchFactor(1, 1)
        split.setSizes([GAP_WIDTH, GAP_WIDTH * 2])
        split.setAccessibleName("Chỗ thiếu và trang xem trước")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(split, 1)
        layout.addWidget(self._foot)

    def _connect(self) -> None:
        self._settle.timeout.connect(self.refresh)
        self._gaps.jump_asked.connect(self._on_jump)
        self._gaps.cite_asked.connect(self.cite_asked)
        self._gaps.stage_changed.connect(self.refresh)
        self._preview.print_asked.connect(self._on_print)
        self._state.build_asked.connect(self.build_preview)
        self._state.stop_asked.connect(self._preview_run.stop)
        self._preview_run.progressed.connect(self._state.show_progress)
        self._preview_run.done.connect(self._on_preview)
        self._preview_run.failed.connect(self._state.show_failure)
        self._preview_run.stopped.connect(self._on_preview_stopped)
        self._foot.official_asked.connect(self._on_official)
        self._foot.draft_asked.connect(self._on_draft)
        self._foot.stop_asked.connect(self._on_stop)
        self._foot.open_asked.connect(self._on_open)
        self._foot.formats_changed.connect(self._on_formats)
        self._export_run.progressed.connect(self._foot.show_progress)
        self._export_run.done.connect(self._on_exported)
        self._export_run.failed.connect(self._foot.show_failure)
        self._export_run.stopped.connect(self._foot.show_stopped)
        self.destroyed.connect(self._session.subscribe(self._on_session))

    # What the host may call

    def jump_to(self, _question_id: str) -> bool:
        """No question stands here."""
        return False

    def flush(self) -> None:
        """Nothing is typed here."""

    def finish(self) -> None:
        """Stop what runs and clear away; the page goes."""
        self._preview_run.shut_down()
        self._export_run.shut_down()
        self._preview.close_documents()
        clear_folder(self._folder)

    def focus_first(self) -> None:
        """Give the focus to the gaps."""
        self._gaps.focus_list()

    def focus_again(self) -> None:
        """The same: the list keeps its place."""
        self.focus_first()

    # Showing

    @property
    def stage(self) -> Stage:
        """The stage that is looked at."""
        return self._gaps.stage

    def showEvent(self, event: QShowEvent) -> None:
        """Look again at the gaps; build the pages where there are none yet."""
        super().showEvent(event)
        self.refresh()
        if self._preview_of < 0 and not self._preview_run.running and self._reason() == "":
            self._warm_up = Task(warm_up, self)
            self._warm_up.done.connect(self._build_if_shown)
            self._warm_up.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Pages that nobody looks at are not built."""
        self._preview_run.stop()
        super().hideEvent(event)

    def _build_if_shown(self, _nothing: object = None) -> None:
        if self.isVisible() and self._preview_of < 0 and not self._preview_run.running:
            self.build_preview()

    def _on_session(self, _session: SystemSession) -> None:
        if self.isVisible():
            self._settle.start()

    def refresh(self) -> None:
        """Gaps, state of the preview, buttons."""
        appraisal = self._session.findings("appraisal")
        approval = self._session.findings("approval")
        self._gaps.show_findings(appraisal if self.stage == "appraisal" else approval)
        reason = self._reason()
        self._state.show_state(
            reason=reason,
            built=self._preview_of >= 0,
            stale=0 <= self._preview_of != self._session.revision,
            running=self._preview_run.running,
        )
        self._preview.setVisible(not reason)
        self._foot.show_state(
            ExportState(
                errors=sum(1 for finding in appraisal if finding.severity == "error"),
                later_errors=sum(1 for finding in approval if finding.severity == "error"),
                reason=reason,
            )
        )

    def _reason(self) -> str:
        """Why no dossier can be made; empty where one can."""
        ruleset = self._session.library.get(self._session.classification.ruleset)
        if not ruleset.renders_dossier:
            return ruleset.why_not_vi or "Bộ quy tắc này không dựng hồ sơ."
        if self._session.proposal().route is None:
            return (
                "Chưa chốt cấp độ nên chưa biết hồ sơ gồm những văn bản nào. "
                "Hãy trả lời các câu có dấu «Chốt cấp độ»."
            )
        return ""

    # Preview

    def build_preview(self) -> None:
        """Render the dossier as it stands into a folder of the page's own."""
        if self._preview_run.running or self._reason():
            return
        self._building = self._session.revision
        blocked = any(finding.severity == "error" for finding in self._session.findings("appraisal"))
        self._preview_run.start(self._session, self._folder, draft=blocked)

    def _on_preview(self, made: list[Made]) -> None:
        self._preview_of = self._building
        self._preview.show_documents(made)
        self.refresh()

    def _on_preview_stopped(self) -> None:
        self.refresh()

    # Export

    def _remembered_formats(self) -> tuple[str, ...]:
        kept = self._settings.get(FORMATS)
        chosen = tuple(key for key in ALL if key in kept) if isinstance(kept, list) else ()
        return chosen or ALL

    def _on_formats(self) -> None:
        self._settings.set(FORMATS, list(self._foot.formats.chosen))

    def _on_official(self) -> None:
        self._choose_folder(draft=False)

    def _on_draft(self) -> None:
        self._choose_folder(draft=True)

    def _choose_folder(self, *, draft: bool) -> None:
        last = str(self._settings.get(LAST_FOLDER, str(Path.home())))
        title = "Chọn thư mục để xuất bản dự thảo" if draft else "Chọn thư mục để xuất bản chính thức"
        folder = QFileDialog.getExistingDirectory(self, title, last)
        if folder:
            self.export_to(Path(folder), draft=draft)

    def export_to(self, folder: Path, *, draft: bool) -> None:
        """Render into a folder the person chose; it is remembered."""
        self._settings.set(LAST_FOLDER, str(folder))
        self._out = folder
        self._exported_revision = self._session.revision
        self._kept_before = self._kept()
        self._export_run.start(self._session, folder, draft=draft, formats=self._foot.formats.chosen)

    def _kept(self) -> frozenset[str]:
        from levelkit.services.render import kept_edits

        return kept_edits(self._out, self._session.code)

    def _on_exported(self, made: list[Made]) -> None:
        from levelkit.services.render import read_manifest

        try:
            entries = read_manifest(self._out, self._session.code)
            self._session.keep_documents(self._exported_revision, entries)
        except WorkspaceError as error:
            self._foot.show_failure(str(error))
            return
        kept = sorted(self._kept() - self._kept_before)
        self._foot.show_done(made, self._out / self._session.code, kept)

    def _on_stop(self) -> None:
        self._export_run.stop()
        if self._print_run is not None:
            self._print_run.stop()

    def _on_open(self, path: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self._foot.show_failure(f"Không mở được «{path}». Máy chưa có chương trình cho loại tệp này.")

    # Print

    def _on_print(self, made: Made | None) -> None:
        if self._print_run is not None or made is None:
            return
        printer = ask_printer(made, self)
        if printer is not None:
            self.print_with(made, printer)

    def print_with(self, made: Made, printer: QPrinter) -> None:
        """Print one document page after page."""
        run = PrintRun(made, printer, self)
        self._print_run = run
        run.progressed.connect(self._foot.show_progress)
        run.done.connect(self._on_printed)
        run.failed.connect(self._on_print_failed)
        run.stopped.connect(self._on_print_stopped)
        run.start()

    def _on_printed(self, pages: int) -> None:
        self._end_print()
        self._foot.show_note(f"Đã gửi {pages} trang tới máy in.")

    def _on_print_failed(self, message: str) -> None:
        self._end_print()
        self._foot.show_failure(message)

    def _on_print_stopped(self) -> None:
        self._end_print()
        self._foot.show_stopped()

    def _end_print(self) -> None:
        if self._print_run is not None:
            self._print_run.deleteLater()
            self._print_run = None

    # Gaps

    def _on_jump(self, section: str, question: str) -> None:
        if question:
            self.jump_asked.emit(question)
        else:
            self.section_asked.emit(section)
