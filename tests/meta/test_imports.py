"""What may be loaded where, tried in a fresh interpreter: static contracts miss late imports."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def run(code: str, *, folder: Path) -> str:
    """Run code in an interpreter of its own and return what it prints."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)],
        cwd=folder, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_everything_but_the_window_works_without_qt(tmp_path: Path) -> None:
    facts = tmp_path / "facts.yaml"
    facts.write_text("kinds: [internal]\ninformation: [public]\nrisk_assessed_level: 0\n", encoding="utf-8")
    printed = run(
        """
        import importlib, json, pkgutil, sys
        sys.modules["PySide6"] = sys.modules["shiboken6"] = None
        import levelkit
        found = pkgutil.walk_packages(levelkit.__path__, "levelkit.", onerror=lambda name: None)
        apart = ("levelkit.gui", "levelkit.store.migrations.")
        names = [module.name for module in found if not module.name.startswith(apart)]
        for name in names:
            importlib.import_module(name)
        assert len(names) > 30, names
        from levelkit.__main__ import main
        sys.argv = ["levelkit", "classify", "facts.yaml", "--json"]
        main()
        """,
        folder=tmp_path,
    )
    assert '"level": 1' in printed.replace('"level":1', '"level": 1')


def test_the_window_does_not_wait_for_the_renderer(tmp_path: Path) -> None:
    """WeasyPrint takes longer to load than the whole window: only the worker process needs it."""
    run(
        """
        import importlib, pkgutil, sys
        import levelkit.gui
        for module in pkgutil.walk_packages(levelkit.gui.__path__, "levelkit.gui."):
            importlib.import_module(module.name)
        late = {"weasyprint", "fontTools", "pydyf"} & set(sys.modules)
        assert not late, late
        """,
        folder=tmp_path,
    )


def test_qt_keeps_its_references_to_none(tmp_path: Path) -> None:
    """One PySide6 release took a reference of None too many per call, and killed the process in the end."""
    run(
        """
        import sys
        from PySide6.QtWidgets import QApplication, QLabel
        application = QApplication([])
        label = QLabel()
        before = sys.getrefcount(None)
        for number in range(2000):
            label.setText("chữ")
        lost = before - sys.getrefcount(None)
        assert lost < 1000, lost
        """,
        folder=tmp_path,
    )
