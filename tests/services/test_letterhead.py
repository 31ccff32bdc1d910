"""A letterhead is kept in the file, and goes into every job made from it."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from levelkit.domain.letterhead import Letterhead
from levelkit.errors import UserError
from levelkit.services import Workspace, letterhead, render

if TYPE_CHECKING:
    from pathlib import Path

LINES = ("Số 1 phố Mẫu, Hà Nội", "Điện thoại: 024 0000 0001")


def picture(path: Path, kind: str = "PNG", size: tuple[int, int] = (3000, 900)) -> Path:
    out = io.BytesIO()
    Image.new("RGB", size, "navy").save(out, kind)
    path.write_bytes(out.getvalue())
    return path


def test_kept_and_read_again(workspace: Workspace, tmp_path: Path) -> None:
    assert letterhead.read(workspace) == Letterhead()
    made = letterhead.save(workspace, LINES, picture(tmp_path / "biểu trưng.jpg", "JPEG"))
    assert made.logo is not None
    with Image.open(io.BytesIO(workspace.file_bytes(made.logo.sha256))) as image:
        assert (image.format, image.mode) == ("PNG", "RGB")
        assert max(image.size) == 1200
    workspace.close()
    with Workspace.open(workspace.path) as again:
        assert letterhead.read(again) == made
        kept = letterhead.save(again, LINES[:1], made.logo)
        assert kept == Letterhead(logo=made.logo, lines=LINES[:1])
        assert letterhead.save(again, (), None) == letterhead.read(again) == Letterhead()


def test_lines_are_closed_up_and_what_no_paper_shows_goes() -> None:
    assert letterhead.clean_lines(" \x01 Số 1\t phố\u202e Mẫu \n\n  Hà  Nội ") == ("Số 1 phố Mẫu", "Hà Nội")


@pytest.mark.parametrize(("text", "said"), [("a\nb\nc\nd", "có 4 dòng"), ("x" * 111, "dài 111 ký tự")])
def test_lines_that_do_not_fit_are_refused(text: str, said: str) -> None:
    with pytest.raises(UserError, match=said):
        letterhead.clean_lines(text)


def test_only_small_pictures_are_logos(tmp_path: Path) -> None:
    (tmp_path / "gif.png").write_bytes(picture(tmp_path / "x.gif", "GIF", (9, 9)).read_bytes())
    (tmp_path / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\nnothing")
    (tmp_path / "large.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(letterhead.MOST_BYTES))
    for name, said in (("gif.png", "PNG hoặc JPEG"), ("broken.png", "bị hỏng"), ("large.png", "2 MB")):
        with pytest.raises(UserError, match=said):
            letterhead.read_logo(tmp_path / name)
    with pytest.raises(UserError, match="Không đọc được"):
        letterhead.read_logo(tmp_path / "none.png")


def test_nothing_is_kept_in_a_file_that_is_only_read(sample: Workspace) -> None:
    with pytest.raises(UserError):
        letterhead.save(sample, LINES, None)


def test_a_job_carries_it(sample_path: Path, tmp_path: Path) -> None:
    path = tmp_path / "riêng.levelkit"
    path.write_bytes(sample_path.read_bytes())
    with Workspace.open(path) as opened:
        plain = render.prepare_job(opened, ["HT-11"], tmp_path / "ra")
        assert plain.content.systems[0].context.letterhead is None
        plain.discard()
        made = letterhead.save(opened, LINES, picture(tmp_path / "logo.png"))
        job = render.prepare_job(opened, ["HT-11"], tmp_path / "ra")
        loaded = render.load_job(job.path)
        assert made.logo is not None
        context = loaded.content.systems[0].context
        assert context.letterhead == made
        assert context.attachments[made.logo.sha256] == made.logo
        assert (job.path.parent / made.logo.sha256).read_bytes() == opened.file_bytes(made.logo.sha256)
        job.discard()
