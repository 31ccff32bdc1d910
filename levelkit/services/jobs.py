"""Services: a render job: everything a worker process needs, frozen in a private folder."""

from __future__ import annotations

import os
import secrets
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote_to_bytes

from levelkit import dossier
from levelkit.domain.base import Model
from levelkit.domain.letterhead import Letterhead
from levelkit.dossier import DossierContext
from levelkit.errors import RenderError, UserError
from levelkit.services import checks, folder_names, leftovers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from levelkit.domain.proposal import Finding
    from levelkit.services.session import SystemSession
    from levelkit.services.workspace import Workspace

FORMATS = ("pdf", "docx")
USUAL = ("pdf",)


class RenderBlocked(UserError):
    """The appraisal stage has errors and no draft was asked for; nothing was written."""

    def __init__(self, code: str, findings: Sequence[Finding]) -> None:
        self.code = code
        self.findings = tuple(item for item in findings if item.severity == "error")
        super().__init__(
            f"Hồ sơ {code} còn {len(self.findings)} lỗi ở giai đoạn thẩm định nên chưa xuất bản chính thức. "
            "Hãy sửa các lỗi này, hoặc xuất bản dự thảo."
        )


class JobDocument(Model):
    """One document to make; ``draft`` prints DỰ THẢO."""

    document: str
    draft: bool


class SystemJob(Model):
    """One system's part of a job."""

    code: str
    documents: tuple[JobDocument, ...]
    context: DossierContext


class JobFile(Model):
    """What stands in the job file.

    ``out`` is the absolute folder that gets one folder per system, its bytes percent-encoded: a folder's name
    need not be text. ``formats``: what every document is made in, among :data:`FORMATS`.
    """

    out: str
    formats: tuple[str, ...] = USUAL
    systems: tuple[SystemJob, ...]


@dataclass(frozen=True)
class Job:
    """A prepared job: the path of its file, what it will make, and the folder to discard afterwards."""

    path: Path
    content: JobFile

    @property
    def out(self) -> Path:
        """The folder that gets the documents."""
        return Path(os.fsdecode(unquote_to_bytes(self.content.out)))

    @property
    def codes(self) -> tuple[str, ...]:
        """The systems it concerns."""
        return tuple(system.code for system in self.content.systems)

    def discard(self) -> None:
        """Remove the job's private folder."""
        shutil.rmtree(self.path.parent, ignore_errors=True)
        leftovers.forget(self.path.parent.name)


def check_formats(formats: Sequence[str]) -> tuple[str, ...]:
    """Return the formats asked for, each once, in their lasting order.

    Raises:
        RenderError: one is not written by this program, or none is named; says which can be had.
    """
    for wanted in formats:
        if wanted not in FORMATS:
            raise RenderError(f"Định dạng «{wanted}»: chỉ có {', '.join(FORMATS)}. Hãy ghi lại định dạng.")
    if not formats:
        raise RenderError(f"Chưa chọn định dạng nào. Hãy chọn trong {', '.join(FORMATS)}.")
    return tuple(each for each in FORMATS if each in formats)


def prepare_job(
    workspace: Workspace,
    codes: Sequence[str],
    out: Path,
    formats: Sequence[str] = USUAL,
    *,
    draft: bool = False,
) -> Job:
    """Freeze the systems' dossiers into a job file; nothing is written to ``out``.

    Raises:
        RenderBlocked: the appraisal stage of one has errors and no draft was asked for.
        RenderError: a system's ruleset renders no dossier, its code names no folder, or a format is
            unknown.
        SystemMissing: there is no such system.
    """
    return prepare_sessions([workspace.session(code) for code in codes], out, formats, draft=draft)


def prepare_sessions(
    sessions: Sequence[SystemSession], out: Path, formats: Sequence[str] = USUAL, *, draft: bool = False
) -> Job:
    """Do the same for systems that are open, as they stand; raises as :func:`prepare_job`."""
    wanted = check_formats(formats)
    folder = Path(tempfile.gettempdir(), f"{leftovers.PREFIX}{secrets.token_hex(8)}")
    leftovers.note(folder.name, folder)
    try:
        folder.mkdir(0o700)
        parts = tuple(_freeze(session, folder, draft=draft) for session in sessions)
        content = JobFile(out=quote(os.fsencode(out.absolute())), formats=wanted, systems=parts)
        path = folder / leftovers.JOB_FILE
        path.write_text(content.model_dump_json(), encoding="utf-8")
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        leftovers.forget(folder.name)
        raise
    return Job(path, content)


def load_job(path: Path) -> Job:
    """Read a job file.

    Raises:
        RenderError: it is missing or broken.
    """
    try:
        return Job(path, JobFile.model_validate_json(path.read_bytes()))
    except (OSError, ValueError) as error:
        raise RenderError(f"Không đọc được tệp công việc «{path}».") from error


def job_attachment(job: Job, sha256: str) -> bytes:
    """Return an attachment that the job carries; KeyError where it has none."""
    if not sha256.isalnum():
        raise KeyError(sha256)
    try:
        return (job.path.parent / sha256).read_bytes()
    except OSError:
        raise KeyError(sha256) from None


def worker_command(job: Job) -> list[str]:
    """Return the command that runs a job in a process of its own; it writes JSON lines on stdout."""
    program = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "levelkit"]
    return [*program, "render-worker", str(job.path)]


def _with_letterhead(context: DossierContext, found: Letterhead) -> DossierContext:
    if found == Letterhead():
        return context
    logo = {} if found.logo is None else {found.logo.sha256: found.logo}
    return context.model_copy(update={"letterhead": found, "attachments": {**context.attachments, **logo}})


def _freeze(session: SystemSession, folder: Path, *, draft: bool) -> SystemJob:
    folder_names.check(session.code)
    proposal = session.proposal()
    ruleset = session.library.get(proposal.ruleset.id)
    if not ruleset.renders_dossier:
        raise RenderError(f"Hệ thống {session.code}: {ruleset.why_not_vi}")
    appraisal = session.findings("appraisal")
    if checks.has_errors(appraisal) and not draft:
        raise RenderBlocked(session.code, appraisal)
    wrong = {
        "appraisal": checks.has_errors(appraisal),
        "approval": checks.has_errors(session.findings("approval")),
    }
    context = dossier.assemble(proposal, session.library, session.interview.forms)
    context = _with_letterhead(context, session.letterhead)
    for sha256 in context.attachments:
        (folder / sha256).write_bytes(session.attachment_bytes(sha256))
    documents = tuple(
        JobDocument(document=entry.document, draft=entry.attachment is None and (draft or wrong[entry.stage]))
        for entry in context.documents
    )
    return SystemJob(code=session.code, documents=documents, context=context)
