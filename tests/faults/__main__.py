"""Kill many times: ``python -m tests.faults --rounds 100 [--seed 331] [KIND …]``."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from tests.faults.kinds import KINDS
from tests.faults.rounds import run_kind

if TYPE_CHECKING:
    from tests.faults.rounds import Outcome


def main() -> None:
    """Print one line per kind; end with 1 where anything was lost."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults")
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--seed", type=int, default=331)
    parser.add_argument("kinds", nargs="*", metavar="KIND", help=", ".join(KINDS))
    chosen = parser.parse_args()
    if unknown := set(chosen.kinds) - set(KINDS):
        parser.error(f"không có {', '.join(sorted(unknown))}; có: {', '.join(KINDS)}")
    failed = False
    print(
        "| việc | lần | bị giết | theo giờ / ở thao tác tệp / sau câu SQL | xong trước khi bị giết | hỏng |"
    )
    print("|---|---|---|---|---|---|", flush=True)
    for name in chosen.kinds or KINDS:
        outcome = run_kind(name, chosen.rounds, chosen.seed, _tell)
        at = " / ".join(str(outcome.at.get(how, 0)) for how in ("seconds", "file", "sql"))
        title = KINDS[name].title
        print(
            f"| {title} (`{name}`) | {outcome.rounds} | {outcome.killed} | {at} | {outcome.early} "
            f"| {len(outcome.failures)} |",
            flush=True,
        )
        failed = failed or bool(outcome.failures)
    sys.exit(int(failed))


def _tell(outcome: Outcome) -> None:
    """Say every tenth round, and what failed last."""
    if outcome.rounds % 10 == 0 or outcome.failures:
        counts = f"{outcome.rounds} lần, {outcome.killed} bị giết, {len(outcome.failures)} hỏng"
        print(f"… {outcome.kind}: {counts}", *outcome.failures[-1:], file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
