"""A dossier is written as a whole, or not at all."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from levelkit import dossier
from levelkit.dossier import RenderedPdf, RenderedWord
from levelkit.errors import Cancelled, RenderError, SystemMissing
from levelkit.services import Workspace, render

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Any


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Print instantly: what is tested here is where the bytes go."""
    printed: list[str] = []

    def print_fast(_context: object, document: str, *, draft: bool, **_rest: object) -> RenderedPdf:
        printed.append(document)
        return RenderedPdf(document, f"%PDF {document} {draft}".encode(), 1)

    monkeypatch.setattr(dossier, "render_pdf", print_fast)
    return printed


@pytest.fixture
def job(sample: Workspace, tmp_path: Path) -> Iterator[render.Job]:
    """The smallest system of the sample."""
    made = render.prepare_job(sample, ["HT-11"], tmp_path / "ra")
    yield made
    made.discard()


def listing(folder: Path) -> dict[str, bytes]:
    return {str(item.relative_to(folder)): item.read_bytes() for item in folder.rglob("*") if item.is_file()}


def test_documents_and_manifest(job: render.Job, quick: list[str]) -> None:
    entries = render.run_job(job)
    assert [entry["document"] for entry in entries] == [
        "thuyet-minh",
        "mau-01",
        "quyet-dinh-cap-do-1-2",
        "bao-cao-chu-quan",
        "tai-lieu-thiet-ke",
    ]
    assert quick == [entry["document"] for entry in entries]
    manifest = json.loads((job.out / "HT-11" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest == {"documents": entries}
    for entry in entries:
        assert list(entry) == ["document", "path", "sha256", "pages", "draft"]
        data = (job.out / entry["path"]).read_bytes()
        assert hashlib.sha256(data).hexdigest() == entry["sha256"]
    assert sorted(item.name for item in job.out.iterdir()) == ["HT-11"]


@pytest.mark.usefixtures("quick")
def test_second_run_replaces_ours_and_keeps_theirs(job: render.Job, sample: Workspace) -> None:
    render.run_job(job)
    folder = job.out / "HT-11"
    (folder / "ghi chú.txt").write_text("của tôi", encoding="utf-8")
    (folder / "bản ký").mkdir()
    (folder / "bản ký" / "a.pdf").write_bytes(b"signed")
    (part,) = job.content.systems
    fewer = part.model_copy(update={"documents": part.documents[:1]})
    render.run_job(replace(job, content=job.content.model_copy(update={"systems": (fewer,)})))
    assert sorted(listing(folder)) == ["bản ký/a.pdf", "ghi chú.txt", "manifest.json", "thuyet-minh.pdf"]
    assert sorted(item.name for item in job.out.iterdir()) == ["HT-11"]
    assert sample.readonly


@pytest.mark.parametrize("fault", [RuntimeError("bug"), RenderError("bad picture"), OSError(28, "full")])
def test_failure_in_the_middle_leaves_the_old_dossier(
    job: render.Job, quick: list[str], monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    render.run_job(job)
    before = listing(job.out)

    def fail(_context: object, document: str, **_rest: object) -> RenderedPdf:
        if document == "mau-01":
            raise fault
        return RenderedPdf(document, b"%PDF other", 1)

    monkeypatch.setattr(dossier, "render_pdf", fail)
    with pytest.raises(RenderError if isinstance(fault, OSError) else type(fault)):
        render.run_job(job)
    assert listing(job.out) == before
    assert quick


def test_cancel_leaves_nothing(job: render.Job, quick: list[str]) -> None:
    with pytest.raises(Cancelled):
        render.run_job(job, cancel=lambda: len(quick) >= 2)
    assert listing(job.out) == {}
    assert list(job.out.iterdir()) == []


def test_file_that_reads_back_differently_is_not_done(
    job: render.Job, quick: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from pathlib import Path as AnyPath

    real = AnyPath.read_bytes
    monkeypatch.setattr(AnyPath, "read_bytes", lambda path: real(path)[:-1])
    with pytest.raises(RenderError, match="đọc lại khác"):
        render.run_job(job)
    assert quick == ["thuyet-minh"]
    assert list(job.out.iterdir()) == []


@pytest.mark.usefixtures("quick")
def test_killed_worker_is_cleaned_up(sample: Workspace, tmp_path: Path) -> None:
    job = render.prepare_job(sample, ["HT-11"], tmp_path)
    render.run_job(job)
    done = listing(tmp_path)
    left = render._staging(job, "HT-11")
    left.mkdir()
    (left / "thuyet-minh.pdf").write_bytes(b"half")
    render.clean_up(job)
    assert listing(tmp_path) == done
    assert not left.exists()
    assert not job.path.parent.exists()


def test_two_at_once_do_not_clean_up_each_other(
    sample: Workspace, tmp_path: Path, job: render.Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = render.prepare_job(sample, ["HT-11"], job.out)
    others = iter([other])

    def print_while_the_other_works(
        _context: object, document: str, *, draft: bool, **_rest: object
    ) -> RenderedPdf:
        if document == "mau-01" and (second := next(others, None)) is not None:
            render.run_job(second)
            render.clean_up(second)
        return RenderedPdf(document, f"%PDF {document} {draft}".encode(), 1)

    monkeypatch.setattr(dossier, "render_pdf", print_while_the_other_works)
    entries = render.run_job(job)
    assert not other.path.exists()
    assert render.read_manifest(job.out, "HT-11") == entries
    assert [item.name for item in job.out.iterdir()] == ["HT-11"]


@pytest.mark.usefixtures("quick")
def test_what_nobody_will_finish_goes_after_an_hour(job: render.Job) -> None:
    job.out.mkdir()
    fresh, forgotten = (job.out / f".levelkit-part-{mark}-HT-11" for mark in ("0123abcd", "4567abcd"))
    fresh.mkdir()
    forgotten.mkdir()
    os.utime(forgotten, (0, 0))
    render.run_job(job)
    assert fresh.exists()
    assert not forgotten.exists()


@pytest.mark.usefixtures("quick")
def test_folder_behind_a_link_is_not_changed(job: render.Job, tmp_path: Path) -> None:
    theirs = tmp_path / "của người khác"
    theirs.mkdir()
    (theirs / "ghi chú.txt").write_text("giữ", encoding="utf-8")
    job.out.mkdir()
    (job.out / "HT-11").symlink_to(theirs, target_is_directory=True)
    render.run_job(job)
    assert listing(theirs) == {"ghi chú.txt": "giữ".encode()}
    assert (job.out / "HT-11" / "thuyet-minh.pdf").is_file()
    assert [item.name for item in job.out.iterdir()] == ["HT-11"]


@pytest.mark.usefixtures("quick")
def test_swap_that_was_cut_off_is_undone(sample: Workspace, tmp_path: Path) -> None:
    job = render.prepare_job(sample, ["HT-11"], tmp_path)
    render.run_job(job)
    before = listing(tmp_path)
    (tmp_path / "HT-11").rename(tmp_path / ".levelkit-old-0123abcd-HT-11")
    render.clean_up(job)
    assert listing(tmp_path) == before


def test_errors_block_the_final_output_alone(sample: Workspace, tmp_path: Path) -> None:
    with pytest.raises(render.RenderBlocked) as caught:
        render.prepare_job(sample, ["HT-01"], tmp_path)
    assert {finding.severity for finding in caught.value.findings} == {"error"}
    assert list(tmp_path.iterdir()) == []
    job = render.prepare_job(sample, ["HT-01"], tmp_path, draft=True)
    documents = job.content.systems[0].documents
    assert documents
    assert all(wanted.draft for wanted in documents)
    job.discard()


def test_approval_papers_are_drafts_while_the_appraisal_is_missing(sample: Workspace, tmp_path: Path) -> None:
    session = sample.session("HT-03")
    answers = session.interview.answers
    wanted = {
        item.document: item.draft
        for item in render.prepare_job(sample, ["HT-03"], tmp_path).content.systems[0].documents
    }
    late = any(finding.severity == "error" for finding in session.findings("approval"))
    assert wanted["thuyet-minh"] is False
    assert wanted["mau-02"] is False
    assert wanted["mau-06"] is late
    assert wanted["tai-lieu-thiet-ke"] is False
    assert "design.file" in answers


def test_old_decree_renders_nothing_and_says_why(workspace: Workspace, tmp_path: Path) -> None:
    code = workspace.add_system("Cổng")
    session = workspace.session(code)
    session.set("as_of", "2026-06-01")
    why = session.library.get("nd85-2016").why_not_vi
    with pytest.raises(RenderError) as caught:
        render.prepare_job(workspace, [code], tmp_path, draft=True)
    assert why
    assert why in str(caught.value)


@pytest.mark.parametrize(("formats", "said"), [(["odt"], "«odt»: chỉ có pdf, docx"), ([], "Chưa chọn")])
def test_format_that_is_not_built_is_refused(
    sample: Workspace, tmp_path: Path, formats: list[str], said: str
) -> None:
    with pytest.raises(RenderError, match=said):
        render.prepare_job(sample, ["HT-11"], tmp_path, formats)


@pytest.fixture
def quick_word(quick: list[str], monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Print for Word instantly too."""

    def print_fast(_context: object, document: str, *, draft: bool, **_rest: object) -> RenderedWord:
        quick.append(f"{document} for Word")
        return RenderedWord(document, f"PK {document} {draft}".encode())

    monkeypatch.setattr(dossier, "render_docx", print_fast)
    return quick


@pytest.mark.parametrize(
    ("asked", "endings"),
    [(["docx"], {"docx"}), (["docx", "pdf", "docx"], {"pdf", "docx"}), (["pdf"], {"pdf"})],
)
@pytest.mark.usefixtures("quick_word")
def test_every_document_in_every_format_and_attached_files_as_given(
    sample: Workspace, tmp_path: Path, asked: list[str], endings: set[str]
) -> None:
    job = render.prepare_job(sample, ["HT-11"], tmp_path, asked)
    entries = render.run_job(render.load_job(job.path))
    job.discard()
    made: dict[str, set[str]] = {}
    for entry in entries:
        ending = entry["path"].rpartition(".")[2]
        assert entry["path"] == f"HT-11/{entry['document']}.{ending}"
        assert (entry["pages"] is None) == (ending == "docx")
        made.setdefault(entry["document"], set()).add(ending)
    assert made.pop("tai-lieu-thiet-ke") == {"pdf"}
    assert all(found == endings for found in made.values())
    assert len(entries) == len({entry["path"] for entry in entries})


def test_word_document_that_somebody_edited_is_kept(
    sample: Workspace, tmp_path: Path, quick_word: list[str]
) -> None:
    job = render.prepare_job(sample, ["HT-11"], tmp_path, ["docx"])
    render.run_job(job)
    folder = tmp_path / "HT-11"
    untouched = (folder / "mau-01.docx").read_bytes()
    for edit in (b"edited once", b"edited twice"):
        (folder / "thuyet-minh.docx").write_bytes(edit)
        render.run_job(job)
    assert (folder / "thuyet-minh (đã sửa).docx").read_bytes() == b"edited once"
    assert (folder / "thuyet-minh (đã sửa 2).docx").read_bytes() == b"edited twice"
    assert (folder / "mau-01.docx").read_bytes() == untouched
    assert not (folder / "mau-01 (đã sửa).docx").exists()
    job.discard()

    (folder / "mau-01.docx").write_bytes(b"mine")
    only_pdf = render.prepare_job(sample, ["HT-11"], tmp_path)
    render.run_job(only_pdf)
    only_pdf.discard()
    assert (folder / "mau-01.docx").read_bytes() == b"mine"
    assert not (folder / "thuyet-minh.docx").exists()
    assert quick_word


def test_unknown_system(sample: Workspace, tmp_path: Path) -> None:
    with pytest.raises(SystemMissing):
        render.prepare_job(sample, ["HT-99"], tmp_path)


def test_job_carries_all_a_worker_needs(job: render.Job) -> None:
    loaded = render.load_job(job.path)
    assert loaded == job
    context = loaded.content.systems[0].context
    assert context.attachments
    for sha256 in context.attachments:
        assert hashlib.sha256((job.path.parent / sha256).read_bytes()).hexdigest() == sha256


@pytest.mark.parametrize("content", [None, "", "{", '{"out": "x"}'])
def test_broken_job_is_refused(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "job.json"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(RenderError, match="tệp công việc"):
        render.load_job(path)


HOSTILE_CODES = ["../../x", "..", "a/b", "/x", "a**b", "CON", "nul.pdf", "HT.", "HT ", "", "a\nb", "x" * 201]


@pytest.mark.parametrize("code", HOSTILE_CODES)
def test_code_of_a_hostile_file_never_leaves_the_folder(job: render.Job, code: str) -> None:
    (part,) = job.content.systems
    bad: Any = part.model_copy(update={"code": code})
    hostile = replace(job, content=job.content.model_copy(update={"systems": (bad,)}))
    with pytest.raises(RenderError, match="tên thư mục"):
        render.run_job(hostile)
    render.clean_up(hostile)
    assert not job.out.exists()
    assert not job.path.exists()


@pytest.mark.parametrize("code", HOSTILE_CODES)
def test_code_of_a_hostile_file_is_refused_before_anything_is_written(
    sample_path: Path, tmp_path: Path, code: str
) -> None:
    path = tmp_path / "lạ.levelkit"
    shutil.copyfile(sample_path, path)
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("update system set code = ? where code = 'HT-11'", (code,))
    with (
        Workspace.open(path, readonly=True) as opened,
        pytest.raises(RenderError, match="tên thư mục") as caught,
    ):
        render.prepare_job(opened, [code], tmp_path / "ra", draft=True)
    assert str(caught.value).isprintable()
    assert [item.name for item in tmp_path.iterdir()] == ["lạ.levelkit"]


@pytest.mark.usefixtures("quick")
def test_brackets_in_a_code_are_cleaned_up_to_the_letter(job: render.Job) -> None:
    (part,) = job.content.systems
    named: Any = part.model_copy(update={"code": "[ab]"})
    render.run_job(replace(job, content=job.content.model_copy(update={"systems": (named,)})))
    ours, other = (job.out / f".levelkit-old-0123abcd-{code}" for code in ("[ab]", "a"))
    ours.mkdir()
    other.mkdir()
    render.clean_up(replace(job, content=job.content.model_copy(update={"systems": (named,)})))
    assert other.exists()
    assert not ours.exists()
