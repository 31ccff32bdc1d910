"""Entry points: ``levelkit``, ``levelkit-gui`` and ``python -m levelkit``."""

from __future__ import annotations

import sys
from pathlib import Path


def open_window(file: Path | None) -> int:
    """Open the window, on a file where one is named; return when it is closed."""
    from levelkit.gui.app import run

    return run(file)


def main() -> None:
    """Run the command line; without a command it opens the window."""
    from levelkit.cli.main import run

    sys.exit(run(sys.argv[1:], open_window))


def main_gui() -> None:
    """Open the window, on the file that was clicked: the entry without a console on Windows."""
    sys.exit(open_window(Path(sys.argv[1]) if len(sys.argv) > 1 else None))


if __name__ == "__main__":
    main()
