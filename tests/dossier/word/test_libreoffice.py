"""Another program opens every document: same pages, same paper, no font but the one asked for."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from levelkit.resources import data_dir

from .reading import body_pages, plain

if TYPE_CHECKING:
    from pathlib import Path

FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
<dir>{fonts}</dir><cachedir>{cache}</cachedir>
<alias binding="same"><family>Times New Roman</family>
<prefer><family>Liberation Serif</family></prefer></alias>
</fontconfig>"""


@pytest.fixture(scope="module")
def converted(level_3, drafts, tmp_path_factory) -> dict[str, tuple[bytes, bytes]]:
    """Every document as LibreOffice prints it, beside the PDF that it should look like."""
    office = shutil.which("soffice")
    assert office, "LibreOffice is missing: apt-get install libreoffice-writer-nogui"
    folder: Path = tmp_path_factory.mktemp("word")
    made = {f"3-{name}": each for name, each in level_3.items()} | dict(drafts)
    for name, each in made.items():
        (folder / f"{name}.docx").write_bytes(each.word)
    fonts = folder / "fonts.conf"
    fonts.write_text(FONTS.format(fonts=data_dir("templates") / "fonts", cache=folder / "cache"))
    done = subprocess.run(
        [
            office,
            "--headless",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--convert-to",
            "pdf",
            "--outdir",
            str(folder),
            *(str(folder / f"{name}.docx") for name in made),
        ],
        env={
            "PATH": "/usr/bin:/bin",
            "HOME": str(folder),
            "FONTCONFIG_FILE": str(fonts),
            "LC_ALL": "C.UTF-8",
        },
        capture_output=True,
        text=True,
        timeout=200,
        check=True,
    )
    assert "Error" not in done.stderr
    return {name: ((folder / f"{name}.pdf").read_bytes(), each.pdf) for name, each in made.items()}


def _sizes(data: bytes) -> list[tuple[int, int]]:
    pdf = pypdfium2.PdfDocument(data)
    try:
        return [tuple(round(side) for side in pdf.get_page_size(number)) for number in range(len(pdf))]
    finally:
        pdf.close()


def test_pages_are_as_many_and_as_large(converted):
    for name, (theirs, ours) in converted.items():
        word, pdf = _sizes(theirs), _sizes(ours)
        assert abs(len(word) - len(pdf)) <= 1 + len(pdf) // 25, name
        assert abs(word.count((842, 595)) - pdf.count((842, 595))) <= 1, name
        assert set(word) == set(pdf), name


def test_first_pages_begin_and_end_alike(converted):
    for name, (theirs, ours) in converted.items():
        word, pdf = plain(body_pages(theirs)[0]), plain(body_pages(ours)[0])
        assert word[:120] == pdf[:120], name


def test_no_font_steps_in(converted):
    for name, (theirs, _) in converted.items():
        fonts = _fonts(theirs)
        assert fonts, name
        assert all("LiberationSerif" in font for font in fonts), (name, fonts)


def _fonts(data: bytes) -> set[str]:
    import io

    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as pdf:
        return {
            str(item.FontName)
            for item in pdf.objects
            if isinstance(item, pikepdf.Dictionary) and "/FontName" in item
        }
