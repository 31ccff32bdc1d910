"""What the matrix does beyond one field: measures, evidence, marks, other systems; each with its dialog."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from levelkit.domain.plan import Evidence, SharedMeasure
from levelkit.domain.requirement import UNCHECKED_VI
from levelkit.errors import UserError, WorkspaceError
from levelkit.gui import kit
from levelkit.gui.plan.record_dialogs import (
    EvidenceDialog,
    MeasureDialog,
    PickDialog,
    evidence_lines,
    measure_lines,
)
from levelkit.gui.plan.system_dialogs import CheckedDialog, LevelChangeDialog, TakeOverDialog
from levelkit.gui.private import private_folder
from levelkit.services.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from levelkit.services import SystemSession

LAST_FOLDER = "attachment.folder"


class PlanActs(QObject):
    """``failed``: it could not be written; ``refused``: it was not taken, and why; ``done``: it was.

    ``jump_asked`` carries a row's id; ``chosen`` tells which rows are at hand.
    """

    failed = Signal(str)
    refused = Signal(str)
    done = Signal()
    jump_asked = Signal(str)

    def __init__(self, session: SystemSession, page: QWidget, chosen: Callable[[], Sequence[str]]) -> None:
        super().__init__(page)
        self._session = session
        self._page = page
        self._chosen = chosen
        self._take_over = kit.button(
            "Lấy từ hệ thống khác…", self.take_over, kind="quiet", mark="copy", name="plan_take_over"
        )
        self._compare = kit.button(
            "So với cấp cũ…", self.compare, kind="quiet", mark="scale", name="plan_compare"
        )
        self.buttons = (self._compare, self._take_over)

    def show_buttons(self, *, shown: bool) -> None:
        """Offer what there is to do now."""
        plan, asked = self._session.plan, shown and self._session.plan.problem_vi is None
        self._take_over.setVisible(asked and not self._session.readonly and bool(plan.sources()))
        self._compare.setVisible(asked and plan.change_from is not None)

    def guard(self, step: Callable[[], object]) -> bool:
        """Do one thing; tell what could not be done."""
        try:
            step()
        except WorkspaceError as error:
            self.failed.emit(str(error))
            return False
        except UserError as error:
            self.refused.emit(str(error))
            return False
        self.done.emit()
        return True

    def _open(self, dialog: QDialog) -> QDialog:
        dialog.open()
        return dialog

    # Rows

    def update(self, ids: Sequence[str], **fields: Any) -> bool:
        """Set fields on rows."""
        return self.guard(lambda: self._session.plan.update(list(ids), **fields))

    def add(self, ids: Sequence[str], field: str, records: Sequence[str]) -> bool:
        """Name further measures or evidence on rows, one step to undo."""
        return self.guard(lambda: self._session.plan.add(list(ids), **{field: tuple(records)}))

    def drop(self, ids: Sequence[str], field: str, record_id: str) -> None:
        """Take a measure or a proof off one row; the record itself stays."""
        named = getattr(self._session.plan.answer(ids[0]), field)
        self.update(ids[:1], **{field: tuple(one for one in named if one != record_id)})

    def confirm(self, ids: Sequence[str]) -> None:
        """Take what was taken over as this system's own."""
        self.guard(lambda: self._session.plan.confirm(list(ids)))

    def mark_checked(self, ids: Sequence[str]) -> None:
        """Record that rows were compared with the official text, or take that back for one row."""
        plan, shared, level = self._session.plan, self._session.shared, self._session.plan.level
        rows = [row for one in ids if (row := plan.row(one)).notice_vi]
        if level is None or not rows:
            return
        open_rows = [row for row in rows if row.notice_vi.startswith(UNCHECKED_VI)]
        if not open_rows:
            self.guard(lambda: shared.unmark_checked([row.id for row in rows], level))
            return
        texts: dict[str, list[str]] = {}
        for row in open_rows:
            texts.setdefault(plan.compared_with(row.id), []).append(row.id)

        def mark() -> None:
            for text, keys in texts.items():
                shared.mark_checked(keys, level, text)

        self._open(
            CheckedDialog(
                [plan.label(row.id) for row in open_rows],
                next(iter(texts)) if len(texts) == 1 else "các văn bản nêu ở từng dòng",
                lambda: self.guard(mark),
                self._page.window(),
            )
        )

    # Measures

    def add_measure(self, ids: Sequence[str]) -> None:
        """Choose among the measures there are, or describe a new one."""
        shared = self._session.shared
        named = set(self._session.plan.answer(ids[0]).measures) if len(ids) == 1 else set()
        offered = [one for one in shared.measures if one.id not in named]
        if not offered:
            self.new_measure(ids)
            return
        self._open(
            PickDialog(
                "Thêm biện pháp dùng chung",
                "Thêm biện pháp",
                measure_lines(offered, shared.uses),
                lambda chosen: self.add(ids, "measures", chosen),
                new=("Biện pháp mới…", lambda: self.new_measure(ids)),
                parent=self._page.window(),
            )
        )

    def new_measure(self, ids: Sequence[str]) -> None:
        """Describe a measure and name it on the rows."""
        empty = SharedMeasure(id="", title="", text="")
        self._measure_dialog(
            empty, lambda one: self.add(ids, "measures", [self._session.shared.save_measure(one)])
        )

    def edit_measure(self, measure_id: str) -> None:
        """Change a measure wherever it serves, or let it go where it serves nowhere."""
        shared = self._session.shared
        dialog = self._measure_dialog(shared.measure(measure_id), shared.save_measure)
        dialog.offer_removal(lambda: shared.remove_measure(measure_id))

    def _measure_dialog(
        self, measure: SharedMeasure, save: Callable[[SharedMeasure], object]
    ) -> MeasureDialog:
        shared = self._session.shared
        dialog = MeasureDialog(
            measure,
            save,
            units=self._session.plan.units(),
            evidence=shared.evidence,
            uses=shared.uses(measure.id) if measure.id else (),
            parent=self._page.window(),
        )
        dialog.open()
        return dialog

    # Evidence

    def attach(self, ids: Sequence[str]) -> None:
        """Take a file into the workspace, ask for its dates, and name it on the rows."""
        settings = Settings()
        folder = str(settings.get(LAST_FOLDER, str(Path.home())))
        path, _ = QFileDialog.getOpenFileName(
            self._page.window(), "Chọn tệp minh chứng", folder, "Mọi tệp (*)"
        )
        if path:
            settings.set(LAST_FOLDER, str(Path(path).parent))
            self.take_file(ids, Path(path))

    def take_file(self, ids: Sequence[str], path: Path) -> None:
        """Keep a file and go on with its dates."""
        kept = []
        if self.guard(lambda: kept.append(self._session.shared.attach(path))):
            self._evidence_dialog(ids, Evidence(id="", title=path.stem, file=kept[0]))

    def add_evidence(self, ids: Sequence[str]) -> None:
        """Describe a document or a link and name it on the rows."""
        self._evidence_dialog(ids, Evidence(id="", title=""))

    def _evidence_dialog(self, ids: Sequence[str], evidence: Evidence) -> None:
        def save(made: Evidence) -> None:
            self.add(ids, "evidence", [self._session.shared.save_evidence(made)])

        self._open(EvidenceDialog(evidence, save, self._page.window()))

    def edit_evidence(self, evidence_id: str) -> None:
        """Change a proof wherever it serves, or let it go where it serves nowhere."""
        shared = self._session.shared
        dialog = EvidenceDialog(shared.proof(evidence_id), shared.save_evidence, self._page.window())
        dialog.offer_removal(lambda: shared.remove_evidence(evidence_id))
        dialog.open()

    def pick_evidence(self, ids: Sequence[str]) -> None:
        """Name proofs that are there already."""
        shared = self._session.shared
        named = set(self._session.plan.answer(ids[0]).evidence) if len(ids) == 1 else set()
        self._open(
            PickDialog(
                "Chọn minh chứng đã có",
                "Dùng minh chứng",
                evidence_lines(one for one in shared.evidence if one.id not in named),
                lambda chosen: self.add(ids, "evidence", chosen),
                parent=self._page.window(),
            )
        )

    def open_evidence(self, evidence_id: str) -> None:
        """Show a file or a link in the program that the system has for it."""
        evidence = self._session.shared.proof(evidence_id)
        if evidence.file is not None:
            file = evidence.file
            path = private_folder(self._page) / Path(file.name).name
            try:
                path.write_bytes(self._session.attachment_bytes(file.sha256))
            except (UserError, OSError) as error:
                self.refused.emit(
                    str(error) if isinstance(error, UserError) else "Không ghi được bản xem ra đĩa."
                )
                return
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
        elif evidence.link:
            QDesktopServices.openUrl(QUrl.fromUserInput(evidence.link))

    # Whole plans

    def take_over(self) -> None:
        """Take answers from another system."""
        plan = self._session.plan
        self._open(
            TakeOverDialog(
                self._session,
                self._chosen(),
                lambda code, ids, overwrite: self.guard(
                    lambda: plan.take_over(code, ids, overwrite=overwrite)
                ),
                self._page.window(),
            )
        )

    def compare(self) -> None:
        """Show what the change of level means."""
        plan = self._session.plan
        found = plan.change_from
        if found is None:
            return
        dialog = LevelChangeDialog(
            found,
            waiting=len(plan.to_confirm),
            settle=None if self._session.readonly else lambda: self.guard(plan.settle),
            parent=self._page.window(),
        )
        dialog.jump_asked.connect(self.jump_asked)
        dialog.open()
