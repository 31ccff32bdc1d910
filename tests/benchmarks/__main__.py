"""Run all measurements, or those named: ``python -m tests.benchmarks start matrix``."""

from __future__ import annotations

import importlib
import sys

from tests.benchmarks.table import table

ALL = ("start", "panel", "matrix", "dossier", "annex", "sheet", "pause")


def main() -> None:
    """Print one table."""
    chosen = sys.argv[1:] or list(ALL)
    if unknown := set(chosen) - set(ALL):
        sys.exit(f"Không có phép đo {', '.join(sorted(unknown))}; có: {', '.join(ALL)}")
    rows = []
    for name in chosen:
        print(f"… {name}", file=sys.stderr)
        rows += importlib.import_module(f"tests.benchmarks.{name}").measure()
    print(table(rows))


if __name__ == "__main__":
    main()
