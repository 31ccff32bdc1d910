"""An attached file: taken in, shown with its hash, refused with a reason, taken away."""

from __future__ import annotations

from hashlib import sha256

import pytest

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f64540"
    "0000000049454e44ae426082"
)


def test_a_file_is_kept_and_shown(box, session, tmp_path):
    path = tmp_path / "sơ đồ.png"
    path.write_bytes(PNG)
    picture = box("arch.logical_picture")
    picture.field.take(path)
    stored = session.interview.answer("arch.logical_picture")
    assert stored["name"] == "sơ đồ.png"
    assert stored["sha256"] == sha256(PNG).hexdigest()
    assert session.attachment_bytes(stored["sha256"]) == PNG
    shown = " ".join(label.text() for label in picture.field.findChildren(type(picture.field._name)))
    assert "sơ đồ.png" in shown
    assert stored["sha256"][:12] in shown
    picture.field._remove.click()
    assert session.interview.answer("arch.logical_picture") is None


def test_a_file_of_another_kind_is_refused_with_its_name(box, session, tmp_path):
    path = tmp_path / "bảng.xlsx"
    path.write_bytes(b"PK\x03\x04")
    picture = box("arch.logical_picture")
    picture.field.take(path)
    assert session.interview.answer("arch.logical_picture") is None
    assert "bảng.xlsx" in picture.field._problem.text()
    assert picture.field._problem.isVisible()


@pytest.mark.parametrize("kept", [20, 45])
def test_a_broken_picture_is_refused_before_the_dossier_trips_over_it(box, session, tmp_path, kept):
    path = tmp_path / "sơ đồ.png"
    path.write_bytes(PNG[:kept])
    picture = box("arch.logical_picture")
    picture.field.take(path)
    assert session.interview.answer("arch.logical_picture") is None
    assert "«sơ đồ.png» hỏng" in picture.field._problem.text()


def test_a_file_that_is_gone_is_told(box, session, tmp_path):
    picture = box("arch.logical_picture")
    picture.field.take(tmp_path / "không có.png")
    assert session.interview.answer("arch.logical_picture") is None
    assert picture.field._problem.text()


def test_a_file_is_opened_from_a_copy_nobody_else_can_read(box, session, tmp_path, monkeypatch):
    from pathlib import Path

    from PySide6.QtGui import QDesktopServices

    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(Path(url.toLocalFile())))
    path = tmp_path / "sơ đồ.png"
    path.write_bytes(PNG)
    picture = box("arch.logical_picture")
    picture.field.take(path)
    picture.field._open.click()
    (copy,) = opened
    assert copy.read_bytes() == PNG
    assert copy.name == "sơ đồ.png"
    assert copy.stat().st_mode & 0o077 == 0 or copy.parent.stat().st_mode & 0o077 == 0
