"""Entry points: ``levelkit``, ``levelkit-gui`` and ``python -m levelkit``."""

from __future__ import annotations

import sys
from pathlib import Path

from levelkit.services.screen import has_screen


def open_window(file: Path | None) -> int:
    """Open the window, on a file where one is named; return when it is closed."""
    from levelkit.gui.app import run

    return run(file)


def main() -> None:
    """Run the command line; without a command it opens the window."""
    arguments = sys.argv[1:]
    if only_window(arguments):
        sys.exit(_open_straight(arguments))
    from levelkit.cli.main import run

    sys.exit(run(arguments, open_window))


def only_window(arguments: list[str]) -> bool:
    """Whether nothing but a window is asked for: no argument, or one workspace that is there."""
    if len(arguments) > 1 or not has_screen():
        return False
    return all(name.endswith(".levelkit") and Path(name).is_file() for name in arguments)


def _open_straight(arguments: list[str]) -> int:
    """Open the window without the command line's parser, which only costs time here."""
    try:
        return open_window(Path(arguments[0]) if arguments else None)
    except Exception as error:
        from levelkit.cli import main as command_line
        from levelkit.cli import output

        output.use_utf8()
        return command_line.bug(error)


def main_gui() -> None:
    """Open the window, on the file that was clicked: the entry without a console on Windows."""
    sys.exit(open_window(Path(sys.argv[1]) if len(sys.argv) > 1 else None))


if __name__ == "__main__":
    main()
