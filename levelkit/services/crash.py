"""Services: crash reports. Types, places in the code and versions; no values, no messages, no user paths."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from levelkit import __version__
from levelkit.services import clock, paths

if TYPE_CHECKING:
    from types import TracebackType

_SHOWN = ("PySide6-Essentials", "SQLAlchemy", "alembic", "click", "pydantic", "weasyprint")
_LIBRARIES = ("site-packages", "dist-packages")


def report(error: BaseException) -> str:
    """Return a report that a person can read through before sending it."""
    import platform

    lines = [
        "levelkit: báo cáo lỗi chương trình. Trong này không có câu trả lời, tên người hay đường dẫn tệp.",
        f"levelkit {__version__}; Python {platform.python_version()}",
        f"{platform.system()} {platform.release()}",
        ", ".join(f"{name} {_version(name)}" for name in _SHOWN),
    ]
    current: BaseException | None = error
    while current is not None:
        lines += [
            "",
            f"{type(current).__module__}.{type(current).__qualname__}",
            *_frames(current.__traceback__),
        ]
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
    return "\n".join(lines) + "\n"


def write(error: BaseException) -> Path | None:
    """Write the report beside the log and return its place; None where nothing can be written."""
    try:
        folder = paths.log_dir()
        folder.mkdir(parents=True, exist_ok=True)
        moment = clock.now().strftime("%Y%m%d-%H%M%S-%f")
        target = folder / f"su-co-{moment}.txt"
        target.write_text(report(error), encoding="utf-8")
    except OSError:
        return None
    return target


def _frames(traceback: TracebackType | None) -> list[str]:
    frames = []
    while traceback is not None:
        code = traceback.tb_frame.f_code
        frames.append(f"  {_place(code.co_filename)}:{traceback.tb_lineno} {code.co_qualname}")
        traceback = traceback.tb_next
    return frames


def _place(filename: str) -> str:
    """Name a file by its place in the package or library, so that no home folder shows."""
    path = Path(filename)
    parts = path.parts
    for marker in _LIBRARIES:
        if marker in parts:
            return "/".join(parts[parts.index(marker) + 1 :])
    for root in (Path(__file__).resolve().parents[2], Path(sys.base_prefix)):
        if path.is_relative_to(root):
            return path.relative_to(root).as_posix()
    return path.name


def _version(name: str) -> str:
    from importlib import metadata  # reads e-mail headers: not at every start

    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "?"
