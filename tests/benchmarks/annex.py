"""The plan on paper, requirement by requirement: processor time, pages and size of whole levels.

A row must not cost more where there are more of them, nor a page of the matrix much more than one of prose.
"""

from __future__ import annotations

from time import process_time
from typing import TYPE_CHECKING

from levelkit.dossier import render_pdf
from tests.benchmarks.table import Row, alternate
from tests.dossier.examples import context, proposal, stored
from tests.dossier.plans import whole_level, with_plan

if TYPE_CHECKING:
    from levelkit.domain.proposal import ProposalDossier

RUNS = 3
DOCUMENT = "thuyet-minh"


class Rendered:
    """One dossier, rendered as often as asked; the last result is kept."""

    def __init__(self, given: ProposalDossier) -> None:
        self._context = context(given)
        self.pages, self.size = 0, 0

    def __call__(self) -> float:
        began = process_time()
        made = render_pdf(self._context, DOCUMENT, draft=False, attachments=stored)
        taken = process_time() - began
        self.pages, self.size = made.pages or 0, len(made.data)
        return taken


def measure() -> list[Row]:
    three, five = whole_level(3), whole_level(5)
    plain, small, large = (Rendered(one) for one in (proposal(3), with_plan(three), with_plan(five, 5)))
    without, some, many = alternate(RUNS, plain, small, large)
    rows, more = len(three.rows), len(five.rows)
    pages = small.pages - plain.pages
    title = f"ma trận {rows} yêu cầu"
    return [
        Row(
            f"{title}, {pages} trang thêm: mỗi trang",
            (some - without) / pages,
            f"hồ sơ không có ma trận, {plain.pages} trang",
            without / plain.pages,
            "s CPU",
            2.5,
        ),
        Row(
            f"ma trận {more} yêu cầu, cả hồ sơ {large.pages} trang: mỗi yêu cầu",
            many / more,
            f"{rows} yêu cầu, cả hồ sơ {small.pages} trang",
            some / rows,
            "s CPU",
            1.2,
        ),
        Row(
            f"{title}: cỡ tệp",
            small.size / 1024,
            "mỗi trang như hồ sơ không có ma trận",
            plain.size / plain.pages * small.pages / 1024,
            "KB",
            2.0,
        ),
    ]
