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
from typing import TYPE_CHECKING, Any

from levelkit import dossier
from levelkit.dossier import Progress
from levelkit.errors import Cancelled, RenderError
from levelkit.services import folder_names
from levelkit.services.jobs import (
    FORMATS,
    Job,
    RenderBlocked,
    SystemJob,
    check_formats,
    job_attachment,
    load_job,
    prepare_job,
    worker_command,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


__all__ = [
    "FORMATS",
    "MANIFEST",
    "Job",
    "Progress",
    "RenderBlocked",
    "check_formats",
    "clean_up",
    "load_job",
    "prepare_job",
    "read_manifest",
    "run_job",
    "worker_command",
]

MANIFEST = "manifest.json"
_PART, _OLD = ".levelkit-part-", ".levelkit-old-"
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
        done += _run_system(job, part, progress, cancel)
    return done


def clean_up(job: Job) -> None:
    """Remove what this job's worker left that was killed, and the job's private folder."""
    for code in filter(folder_names.fits, job.codes):
        shutil.rmtree(_staging(job, code), ignore_errors=True)
        with suppress(OSError):
            _undo_swap(job.out, code)
    job.discard()


def read_manifest(out: Path, code: str) -> list[dict[str, Any]]:
    """Return what was made for a system in ``out``, empty where there is nothing."""
    try:
        found = json.loads((out / code / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    return list(found.get("documents", [])) if isinstance(found, dict) else []


def _run_system(
    job: Job,
    part: SystemJob,
    progress: Callable[[str, Progress], None] | None,
    cancel: Callable[[], bool] | None,
) -> list[dict[str, Any]]:
    out, code = job.out, part.code
    folder_names.check(code)
    try:
        out.mkdir(parents=True, exist_ok=True)
        _undo_swap(out, code)
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
            made = dossier.render_pdf(
                part.context,
                wanted.document,
                draft=wanted.draft,
                attachments=lambda sha256: job_attachment(job, sha256),
                progress=None if progress is None else lambda step: progress(code, step),
                cancel=cancel,
            )
            name = f"{wanted.document}.pdf"
            sha256 = _write_checked(staging / name, made.data)
            entries.append(
                {
                    "document": wanted.document,
                    "path": f"{code}/{name}",
                    "sha256": sha256,
                    "pages": made.pages,
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
    """Put the finished folder in place; files that are not ours move along."""
    target = out / code
    if not target.exists():
        staging.rename(target)
        return
    mine = {MANIFEST, *(entry["path"].rpartition("/")[2] for entry in read_manifest(out, code))}
    for item in target.iterdir():
        if item.name not in mine and not (staging / item.name).exists():
            if item.is_dir():
                shutil.copytree(item, staging / item.name, symlinks=True)
            else:
                shutil.copy2(item, staging / item.name, follow_symlinks=False)
    aside = out / f"{_OLD}{secrets.token_hex(4)}-{code}"
    target.rename(aside)
    try:
        staging.rename(target)
    except OSError:
        aside.rename(target)
        raise
    _remove(aside)


def _staging(job: Job, code: str) -> Path:
    """Name the folder that a system is made in: its own for every job, two may write to one place."""
    mark = hashlib.sha256(os.fsencode(job.path)).hexdigest()[:8]
    return job.out / f"{_PART}{mark}-{code}"


def _undo_swap(out: Path, code: str) -> None:
    """Bring back the folder that a swap, cut off, had put aside."""
    target = out / code
    for aside in out.glob(f"{_OLD}????????-{glob.escape(code)}"):
        if target.exists():
            _remove(aside)
        else:
            aside.rename(target)


def _remove(aside: Path) -> None:
    if aside.is_symlink():  # the folder behind it is somebody's own
        aside.unlink()
    else:
        shutil.rmtree(aside, ignore_errors=True)


def _sweep(out: Path, code: str) -> None:
    """Remove folders that nobody will finish."""
    for staging in out.glob(f"{_PART}????????-{glob.escape(code)}"):
        if time.time() - staging.stat().st_mtime >= _FORGOTTEN_SECONDS:
            shutil.rmtree(staging, ignore_errors=True)


def _not_written(target: Path, error: OSError) -> str:
    if error.errno == 28:
        return f"Không ghi được «{target}»: ổ đĩa đã đầy. Bản cũ, nếu có, còn nguyên."
    return (
        f"Không ghi được «{target}»: một tệp trong đó đang mở ở chương trình khác, hoặc không có quyền ghi. "
        "Bản cũ, nếu có, còn nguyên."
    )
