"""One run of the renderer in a process of its own, from a frozen job to the finished files."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot

from levelkit.errors import UserError
from levelkit.gui.tasks import ProcessRunner

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from levelkit.services import SystemSession
    from levelkit.services.jobs import Job

STEPS = 100  # of the progress bar, for each document


@dataclass(frozen=True, slots=True)
class Made:
    """One finished file; ``pages`` is 0 where only another program will tell."""

    document: str
    title: str
    path: Path
    pages: int
    draft: bool


def warm_up(_progress: object, _cancelled: object) -> None:
    """Load what a job needs, off the window's thread, so that the first build does not stop the window."""
    import_module("levelkit.services.render")


class RenderRun(QObject):
    """``progressed`` carries a sentence, what is done and the whole; one of the others follows, once."""

    progressed = Signal(str, int, int)
    done = Signal(list)
    failed = Signal(str)
    stopped = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = ProcessRunner(self)
        self._job: Job | None = None
        self._titles: dict[str, str] = {}
        self._order: list[str] = []

        self._runner.told.connect(self._on_event)
        self._runner.done.connect(self._on_done)
        self._runner.failed.connect(self._on_failed)
        self._runner.stopped.connect(self._on_stopped)

    @property
    def running(self) -> bool:
        """Whether it is at work."""
        return self._runner.running

    def start(
        self, session: SystemSession, out: Path, *, draft: bool, formats: Sequence[str] = ("pdf",)
    ) -> None:
        """Freeze the dossier as it stands and render it into ``out``."""
        from levelkit.services.jobs import prepare_sessions, worker_command

        try:
            self._job = prepare_sessions([session], out, formats, draft=draft)
        except UserError as error:
            self.failed.emit(str(error))
            return
        self._titles = {
            entry.document: entry.title
            for part in self._job.content.systems
            for entry in part.context.documents
        }
        self._order = [wanted.document for part in self._job.content.systems for wanted in part.documents]
        self.progressed.emit("Đang dựng trang…", 0, len(self._order) * STEPS)
        self._runner.start(worker_command(self._job))

    def stop(self) -> None:
        """Stop the work; what was half-written goes."""
        self._runner.stop()

    def shut_down(self) -> None:
        """Stop and wait: the window goes."""
        self._runner.stop()
        self._runner.wait()

    @Slot(dict)
    def _on_event(self, event: dict[str, Any]) -> None:
        document = event.get("document")
        if not isinstance(document, str):
            return
        title = self._titles.get(document, document)
        page, pages = event.get("page"), event.get("pages")
        sentence = f"Đang ghi «{title}» cho Word" if event.get("step") == "word" else f"Đang dựng «{title}»"
        if page:
            sentence += f", trang {page}/{pages}" if pages else f", trang {page}"
        number = self._order.index(document) if document in self._order else 0
        part = STEPS * page // pages if page and pages else 0
        self.progressed.emit(sentence, number * STEPS + part, len(self._order) * STEPS)

    @Slot()
    def _on_done(self) -> None:
        from levelkit.services.render import read_manifest

        job = self._job
        if job is None:
            return
        entries = [entry for code in job.codes for entry in read_manifest(job.out, code)]
        made = [
            Made(
                entry["document"],
                self._titles.get(entry["document"], entry["document"]),
                job.out / entry["path"],
                entry["pages"] or 0,
                bool(entry["draft"]),
            )
            for entry in entries
        ]
        self._clean()
        self.done.emit(made)

    @Slot(str)
    def _on_failed(self, message: str) -> None:
        self._clean()
        self.failed.emit(message)

    @Slot()
    def _on_stopped(self) -> None:
        self._clean()
        self.stopped.emit()

    def _clean(self) -> None:
        from levelkit.services.render import clean_up

        job, self._job = self._job, None
        if job is not None:
            clean_up(job)
