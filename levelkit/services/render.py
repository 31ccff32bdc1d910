"""Services: run a render job: each document written beside, read back, and put in place as a whole."""

from __future__ import annotations

import glob
import hashlib
import json
import os
import secrets
import shutil
import time
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

from levelkit import dossier
from levelkit.dossier import Progress
from levelkit.errors import Cancelled, RenderError
from levelkit.services import folder_names, leftovers
from levelkit.services.jobs import (
    FORMATS,
    USUAL,
    Job,
    JobDocument,
    RenderBlocked,
    SystemJob,
    check_formats,
    job_attachment,
    load_job,
    prepare_job,
    worker_command,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path


__all__ = [
    "FORMATS",
    "MANIFEST",
    "USUAL",
    "Job",
    "Progress",
    "RenderBlocked",
    "check_formats",
    "clean_up",
    "kept_edits",
    "load_job",
    "prepare_job",
    "read_manifest",
    "run_job",
    "worker_command",
]

MANIFEST = "manifest.json"
_EDITED = "đã sửa"
_FORGOTTEN_SECONDS = 3600.0


def run_job(
    job: Job,
    progress: Callable[[str, Progress], None] | None = None,
    cancel: Callable[[], bool] | None = None,
) -> list[dict[str, Any]]:
    """Make every document of a job and return the manifests' entries, in order.

    A system's folder changes only when all its documents are done.

    Args:
        job: as prepared; its file may come from another process.
        progress: told the system's code and how far its document is.
        cancel: asked after every page.

    Raises:
        RenderError: a document cannot be made, or the place cannot be written.
        Cancelled: the person stopped it; what is finished stays, nothing is half-written.
    """
    done: list[dict[str, Any]] = []
    for part in job.content.systems:
        folder_names.check(part.code)
        with leftovers.noted(_staging(job, part.code), swap=(job.out, part.code)):
            done += _run_system(job, part, progress, cancel)
    return done


def clean_up(job: Job) -> None:
    """Remove what this job's worker left that was killed, and the job's private folder."""
    for code in filter(folder_names.fits, job.codes):
        shutil.rmtree(_staging(job, code), ignore_errors=True)
        with suppress(OSError):
            leftovers.undo_swap(job.out, code)
    job.discard()


def read_manifest(out: Path, code: str) -> list[dict[str, Any]]:
    """Return what was made for a system in ``out``, empty where there is nothing."""
    try:
        found = json.loads((out / code / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    return list(found.get("documents", [])) if isinstance(found, dict) else []


def kept_edits(out: Path, code: str) -> frozenset[str]:
    """Return the names of the edited Word documents that were put aside in a system's folder."""
    try:
        return frozenset(item.name for item in (out / code).glob(f"* ({_EDITED}*).docx"))
    except OSError:
        return frozenset()


def _run_system(
    job: Job,
    part: SystemJob,
    progress: Callable[[str, Progress], None] | None,
    cancel: Callable[[], bool] | None,
) -> list[dict[str, Any]]:
    out, code = job.out, part.code
    try:
        out.mkdir(parents=True, exist_ok=True)
        leftovers.undo_swap(out, code)
        _sweep(out, code)
        staging = _staging(job, code)
        shutil.rmtree(staging, ignore_errors=True)
        staging.mkdir()
    except OSError as error:
        raise RenderError(f"Không ghi được vào thư mục «{out}». Hãy chọn thư mục khác.") from error
    try:
        entries = []
        for wanted in part.documents:
            if cancel is not None and cancel():
                raise Cancelled
            for ending, data, pages in _made(job, part, wanted, progress, cancel):
                name = f"{wanted.document}.{ending}"
                sha256 = _write_checked(staging / name, data)
                entries.append(
                    {
                        "document": wanted.document,
                        "path": f"{code}/{name}",
                        "sha256": sha256,
                        "pages": pages,
                        "draft": wanted.draft,
                    }
                )
        text = json.dumps({"documents": entries}, ensure_ascii=False, indent=1) + "\n"
        _write_checked(staging / MANIFEST, text.encode())
        _publish(out, code, staging)
    except OSError as error:
        raise RenderError(_not_written(out / code, error)) from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return entries


def _made(
    job: Job,
    part: SystemJob,
    wanted: JobDocument,
    progress: Callable[[str, Progress], None] | None,
    cancel: Callable[[], bool] | None,
) -> Iterator[tuple[str, bytes, int | None]]:
    """Make one document in every format of the job: ending, bytes, pages.

    A file that is handed on as given stays the PDF that it is, whatever the formats.
    """
    formats = job.content.formats
    given = part.context.entry(wanted.document).attachment is not None
    tell = None if progress is None else partial(progress, part.code)
    attachments = partial(job_attachment, job)
    anchors: Mapping[str, int] | None = None
    if given or "pdf" in formats:
        made = dossier.render_pdf(
            part.context,
            wanted.document,
            draft=wanted.draft,
            attachments=attachments,
            progress=tell,
            cancel=cancel,
        )
        anchors = made.anchors
        yield "pdf", made.data, made.pages
    if "docx" in formats and not given:
        word = dossier.render_docx(
            part.context,
            wanted.document,
            draft=wanted.draft,
            attachments=attachments,
            anchors=anchors,
            progress=tell,
            cancel=cancel,
        )
        yield "docx", word.data, None


def _write_checked(path: Path, data: bytes) -> str:
    """Write, bring to the disk, read back; return the hash."""
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    sha256 = hashlib.sha256(data).hexdigest()
    if hashlib.sha256(path.read_bytes()).hexdigest() != sha256:
        raise RenderError(f"«{path.name}» đọc lại khác với bản đã ghi. Hãy thử ổ đĩa khác.")
    return sha256


def _publish(out: Path, code: str, staging: Path) -> None:
    """Put the finished folder in place; files that are not ours move along.

    A Word document that somebody has changed since it was made is theirs: it is kept, under a name of its own
    where the new one takes its place.
    """
    target = out / code
    if not target.exists():
        staging.rename(target)
        return
    mine = _untouched(target, read_manifest(out, code))
    for item in target.iterdir():
        if item.name in mine:
            continue
        if item.name.endswith(".docx") and item.is_file() and (staging / item.name).exists():
            shutil.copy2(item, _free_name(staging, target, item), follow_symlinks=False)
        elif not (staging / item.name).exists():
            if item.is_dir():
                shutil.copytree(item, staging / item.name, symlinks=True)
            else:
                shutil.copy2(item, staging / item.name, follow_symlinks=False)
    aside = out / f"{leftovers.OLD}{secrets.token_hex(4)}-{code}"
    target.rename(aside)
    try:
        staging.rename(target)
    except OSError:
        aside.rename(target)
        raise
    leftovers.drop(aside)


def _untouched(target: Path, entries: list[dict[str, Any]]) -> set[str]:
    """Return the names of the files of a manifest that are as they were made; a PDF counts as such always."""
    names = {MANIFEST}
    for entry in entries:
        name = str(entry["path"]).rpartition("/")[2]
        if name.endswith(".docx"):
            with suppress(OSError):
                if hashlib.sha256((target / name).read_bytes()).hexdigest() == entry["sha256"]:
                    names.add(name)
        else:
            names.add(name)
    return names


def _free_name(staging: Path, target: Path, item: Path) -> Path:
    """Name a kept document: «thuyet-minh (đã sửa).docx», with a number where that is taken."""
    number = 1
    while True:
        mark = _EDITED if number == 1 else f"{_EDITED} {number}"
        name = f"{item.stem} ({mark}){item.suffix}"
        if not (staging / name).exists() and not (target / name).exists():
            return staging / name
        number += 1


def _staging(job: Job, code: str) -> Path:
    """Name the folder that a system is made in: its own for every job, two may write to one place."""
    mark = hashlib.sha256(os.fsencode(job.path)).hexdigest()[:8]
    return job.out / f"{leftovers.PART}{mark}-{code}"


def _sweep(out: Path, code: str) -> None:
    """Remove folders that nobody will finish."""
    for staging in out.glob(f"{leftovers.PART}????????-{glob.escape(code)}"):
        if time.time() - staging.stat().st_mtime >= _FORGOTTEN_SECONDS:
            shutil.rmtree(staging, ignore_errors=True)


def _not_written(target: Path, error: OSError) -> str:
    if error.errno == 28:
        return f"Không ghi được «{target}»: ổ đĩa đã đầy. Bản cũ, nếu có, còn nguyên."
    return (
        f"Không ghi được «{target}»: một tệp trong đó đang mở ở chương trình khác, hoặc không có quyền ghi. "
        "Bản cũ, nếu có, còn nguyên."
    )
