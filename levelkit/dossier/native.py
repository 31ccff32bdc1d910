"""Dossier: where WeasyPrint finds Pango on Windows, whose wheels bring it."""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec
from pathlib import Path

_VARIABLE = "WEASYPRINT_DLL_DIRECTORIES"
_PACKAGES = ("gstreamer_libs", "gstreamer_ext_runtime")


def prepare_native_libraries() -> None:
    """Point WeasyPrint at the libraries in the ``gstreamer-libs`` wheel; nothing to do elsewhere.

    A value that the person has set stays. Call before the first ``import weasyprint``.
    """
    if sys.platform == "win32":
        folders = [str(folder) for name in _PACKAGES if (folder := _folder(name)) is not None]
        if folders:
            os.environ.setdefault(_VARIABLE, os.pathsep.join(folders))


def _folder(package: str) -> Path | None:
    spec = find_spec(package)
    for place in (spec.submodule_search_locations or ()) if spec else ():
        folder = Path(place) / "bin"
        if folder.is_dir():
            return folder
    return None
