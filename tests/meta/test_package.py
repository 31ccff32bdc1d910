"""What goes into the wheel."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

from .repository import tool

if TYPE_CHECKING:
    from pathlib import Path


def test_only_known_kinds_of_files_are_shipped() -> None:
    assert not tool("wheel_check").strangers()


def test_a_forgotten_or_extra_file_is_seen(tmp_path: Path) -> None:
    check = tool("wheel_check")
    names = sorted(check.source_files())
    wheel = tmp_path / "levelkit.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for entry in [*names[1:], "levelkit/nhap.bak", "levelkit-1.dist-info/METADATA"]:
            archive.writestr(entry, "")
    assert check.differences(wheel) == [f"thiếu {names[0]}", "thừa levelkit/nhap.bak"]
