"""``levelkit render``."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from levelkit.cli import output
from levelkit.cli.check import sentence
from levelkit.cli.options import WholeNumber, json_option, open_workspace, workspace_option
from levelkit.errors import RenderError, UserError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from levelkit.services import Workspace
    from levelkit.services.render import Job, RenderBlocked

_SHOWN = 8
_FOLDER = click.Path(path_type=Path, file_okay=False)
_FOLDER.name = "thư mục"  # click asks for this word when the module is read, before any translation is there
_STEPS = {"layout": "dàn trang", "write": "ghi PDF", "word": "ghi Word", "done": "xong"}


class WorkerFailed(RuntimeError):
    """The worker process met a bug; its own report says which."""


@click.command(options_metavar="[TÙY CHỌN]")
@click.argument("code", metavar="[MÃ]", required=False)
@click.option("--all", "every", is_flag=True, help="Mọi hệ thống trong tệp làm việc, thay cho MÃ.")
@workspace_option
@click.option(
    "--out",
    required=True,
    metavar="THƯ-MỤC",
    type=_FOLDER,
    help="Nơi nhận THƯ-MỤC/MÃ/*.pdf, *.docx và manifest.json.",
)
@click.option(
    "--format",
    "formats",
    default="pdf",
    show_default=True,
    metavar="pdf,docx",
    help="Định dạng, cách nhau bằng dấu phẩy. Tệp đính kèm của hồ sơ luôn giữ nguyên.",
)
@click.option("--draft", is_flag=True, help="Cho xuất khi còn lỗi; mọi văn bản mang chữ DỰ THẢO.")
@click.option(
    "--jobs",
    type=WholeNumber(min=1),
    default=1,
    show_default=True,
    metavar="SỐ",
    help="Số tiến trình chạy song song khi dùng --all.",
)
@json_option
def render(
    *,
    code: str | None,
    every: bool,
    workspace: str | None,
    out: Path,
    formats: str,
    draft: bool,
    jobs: int,
    as_json: bool,
) -> int:
    """Dựng hồ sơ của một hệ thống thành PDF, Word.

    Mã thoát 1, không ghi gì, khi giai đoạn thẩm định còn lỗi mà không có --draft. Với --all, hệ thống
    bị từ chối không cản các hệ thống khác; mã thoát 1 ở cuối.
    """
    if every == (code is not None):
        raise click.UsageError("Ghi một MÃ hệ thống, hoặc --all để dựng mọi hệ thống.")
    from levelkit.services import render as service

    wanted = service.check_formats([part.strip() for part in formats.split(",")])
    with open_workspace(workspace) as opened:
        codes = [item.code for item in opened.systems()] if every else [str(code)]
        prepared, refused = _prepare(opened, codes, out, wanted, draft=draft, stop=not every)
    edited = {each: service.kept_edits(out, each) for job in prepared for each in job.codes}
    with _stoppable(), _kept(prepared):
        made, failed = _run_all(prepared, jobs)
    for each, before in edited.items():
        for name in sorted(service.kept_edits(out, each) - before):
            output.note(f"{each}: bản Word đã sửa trước đó được giữ lại thành «{name}».")
    if failed and not every:
        raise failed[0]
    for message in [*refused, *map(str, failed)]:
        output.note(message)
    if as_json:
        output.write_json({"documents": made})
    else:
        for entry in made:
            pages = f", {entry['pages']} trang" if entry["pages"] is not None else ""
            click.echo(f"{out / entry['path']}{pages}{', DỰ THẢO' if entry['draft'] else ''}")
    return 1 if refused or failed else 0


def _prepare(
    workspace: Workspace, codes: Sequence[str], out: Path, formats: Sequence[str], *, draft: bool, stop: bool
) -> tuple[list[Job], list[str]]:
    """Freeze each system; collect what is refused, or stop at what is bad input."""
    from levelkit.services import render as service

    prepared: list[Job] = []
    refused: list[str] = []
    try:
        for code in codes:
            try:
                prepared.append(service.prepare_job(workspace, [code], out, formats, draft=draft))
            except service.RenderBlocked as blocked:
                refused += [str(blocked), *(_gaps(blocked) if stop else ())]
            except RenderError as error:
                if stop:
                    raise
                refused.append(str(error))
    except BaseException:
        for job in prepared:
            job.discard()
        raise
    return prepared, refused


def _gaps(blocked: RenderBlocked) -> list[str]:
    """Show the first gaps, and where to see all."""
    lines = [f"  {item.where}: {sentence(item)}" for item in blocked.findings[:_SHOWN]]
    if len(blocked.findings) > _SHOWN:
        rest = len(blocked.findings) - _SHOWN
        lines.append(f"  … và {rest} lỗi nữa. Xem hết: levelkit check {blocked.code}")
    return lines


@contextmanager
def _stoppable() -> Iterator[None]:
    """Let a polite end (SIGTERM) clean up as Ctrl-C does."""

    def stop(_signal: int, _frame: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def _kept(prepared: Sequence[Job]) -> Iterator[None]:
    from levelkit.services import render as service

    try:
        yield
    finally:
        for job in prepared:
            service.clean_up(job)


def _run_all(prepared: Sequence[Job], jobs: int) -> tuple[list[dict[str, Any]], list[UserError]]:
    """Run the jobs, each in a process of its own; return what was made and what failed, in order."""
    made: list[dict[str, Any]] = []
    failed: list[UserError] = []
    bar = output.Bar()
    running: list[subprocess.Popen[str]] = []
    with ThreadPoolExecutor(max_workers=jobs) as pool:
        try:
            for result in pool.map(lambda job: _run_job(job, bar, running), prepared):
                if isinstance(result, list):
                    made += result
                else:
                    failed.append(result)
        except BaseException:
            for process in running:
                process.kill()
            raise
        finally:
            bar.clear()
    return made, failed


def _run_job(
    job: Job, bar: output.Bar, running: list[subprocess.Popen[str]]
) -> list[dict[str, Any]] | UserError:
    from levelkit.services import render as service

    process = subprocess.Popen(  # noqa: S603
        service.worker_command(job),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    running.append(process)
    documents: list[dict[str, Any]] = []
    assert process.stdout is not None
    assert process.stderr is not None
    for line in process.stdout:
        told = json.loads(line)
        if told["step"] == "finished":
            documents = told["documents"]
        else:
            step = _STEPS.get(told["step"], told["step"])
            bar.show(f"{told['code']} {told['document']}: {step} {told['page'] or ''}".rstrip())
    said = process.stderr.read().strip()
    process.stdout.close()
    process.stderr.close()
    ended = process.wait()
    if ended == 0:
        return documents
    if ended == 2:
        return RenderError(said.removeprefix("Lỗi: "))
    if said:
        sys.stderr.write(said + "\n")
    raise WorkerFailed(ended)
