from __future__ import annotations

import os
import sys

from levelkit.dossier.native import prepare_native_libraries

VARIABLE = "WEASYPRINT_DLL_DIRECTORIES"


def _wheels(tmp_path, monkeypatch) -> list[str]:
    folders = []
    for name in ("gstreamer_libs", "gstreamer_ext_runtime"):
        folder = tmp_path / name / "bin"
        folder.mkdir(parents=True)
        (tmp_path / name / "__init__.py").write_text("")
        folders.append(str(folder))
    monkeypatch.syspath_prepend(str(tmp_path))
    return folders


def test_on_windows_weasyprint_is_pointed_at_the_wheels(tmp_path, monkeypatch):
    folders = _wheels(tmp_path, monkeypatch)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv(VARIABLE, "")
    monkeypatch.delenv(VARIABLE)
    prepare_native_libraries()
    assert os.environ[VARIABLE].split(os.pathsep) == folders


def test_what_the_person_has_set_stays(tmp_path, monkeypatch):
    _wheels(tmp_path, monkeypatch)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv(VARIABLE, "own")
    prepare_native_libraries()
    assert os.environ[VARIABLE] == "own"


def test_elsewhere_nothing_is_set(tmp_path, monkeypatch):
    _wheels(tmp_path, monkeypatch)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv(VARIABLE, "")
    monkeypatch.delenv(VARIABLE)
    prepare_native_libraries()
    assert VARIABLE not in os.environ
