"""Entry points: ``levelkit``, ``levelkit-gui`` and ``python -m levelkit``."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line; without a command it opens the window."""
    from levelkit.cli.main import run

    sys.exit(run(sys.argv[1:]))


def main_gui() -> None:
    """Open the window, on a file if one is named: the entry that has no console on Windows."""
    from levelkit.cli.main import run

    sys.exit(run(["open", *sys.argv[1:]]))


if __name__ == "__main__":
    main()
