"""One table of ratios."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from time import process_time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


@dataclass(frozen=True)
class Row:
    """What was measured, beside what it is compared with, in the same unit."""

    what: str
    ours: float
    against: str
    theirs: float
    unit: str
    aim: float
    """Highest ratio ours : theirs that is good."""

    @property
    def ratio(self) -> float:
        return self.ours / self.theirs

    def cells(self) -> tuple[str, ...]:
        verdict = "đạt" if self.ratio <= self.aim else "chưa"
        return (
            self.what,
            f"{self.ours:.4g} {self.unit}",
            self.against,
            f"{self.theirs:.4g} {self.unit}",
            f"{self.ratio:.2f}",
            f"≤ {self.aim:g}",
            verdict,
        )


HEAD = ("phép đo", "levelkit", "so với", "", "tỷ lệ", "mục tiêu", "")


def table(rows: Sequence[Row]) -> str:
    """Return the rows as a Markdown table with aligned columns."""
    lines = [HEAD, *(row.cells() for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEAD))]
    texts = [
        "| " + " | ".join(c.ljust(w) for c, w in zip(line, widths, strict=True)) + " |" for line in lines
    ]
    return "\n".join([texts[0], "|" + "|".join("-" * (w + 2) for w in widths) + "|", *texts[1:]])


def alternate(runs: int, *works: Callable[[], float]) -> list[float]:
    """Run the works in turn, so that a busy moment of the machine hits all; return the median of each."""
    results = [[work() for work in works] for _ in range(runs)]
    return [median(column) for column in zip(*results, strict=True)]


def seconds(work: Callable[[], object]) -> float:
    """Return the processor time of one call."""
    began = process_time()
    work()
    return process_time() - began
