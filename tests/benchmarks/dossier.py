"""A hundred pages: our share of the processor time, the contents laid out apart against one straight run,
how often a page is laid out, and the peak memory of the worker.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING, Any

import weasyprint
from weasyprint import CSS, HTML
from weasyprint.layout import page

from levelkit.dossier import assemble, render_pdf
from levelkit.services import Workspace
from levelkit.services.render import prepare_job
from tests.benchmarks.material import CODE, long_sample
from tests.benchmarks.straight import bare, straight
from tests.benchmarks.table import Row, alternate, seconds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

RUNS = 3
DOCUMENT = "thuyet-minh"


class Inside:
    """Adds up the time spent in WeasyPrint's own calls, and keeps the HTML they were given."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.html: list[str] = []
        self._depth = 0
        self._saved: list[tuple[type, str, Any]] = []

    def __enter__(self) -> Inside:
        for owner, name in (
            (HTML, "__init__"),
            (HTML, "render"),
            (CSS, "__init__"),
            (weasyprint.Document, "write_pdf"),
        ):
            original = getattr(owner, name)
            self._saved.append((owner, name, original))
            setattr(owner, name, self._timed(original))
        return self

    def __exit__(self, *_exc: object) -> None:
        for owner, name, original in self._saved:
            setattr(owner, name, original)

    def _timed(self, original: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            if isinstance(kwargs.get("string"), str) and "</html>" in kwargs["string"]:
                self.html.append(kwargs["string"])
            self._depth += 1
            began = process_time()
            try:
                return original(*args, **kwargs)
            finally:
                self._depth -= 1
                if not self._depth:
                    self.seconds += process_time() - began

        return call


@contextmanager
def counted_pages() -> Iterator[list[int]]:
    """Count how many pages WeasyPrint lays out, those thrown away included."""
    original, count = page.make_page, [0]

    def counting(*args: Any, **kwargs: Any) -> Any:
        count[0] += 1
        return original(*args, **kwargs)

    page.make_page = counting
    try:
        yield count
    finally:
        page.make_page = original


def peak_of(*words: str) -> float:
    """Return the peak memory of a child, in MB."""
    command = [sys.executable, "-m", "tests.benchmarks.children", *words]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return float(printed.splitlines()[-1])


def measure() -> list[Row]:
    with long_sample() as path, Workspace.open(path) as workspace, tempfile.TemporaryDirectory() as folder:
        session = workspace.session(CODE)
        pages, share = 0, 0.0

        def ours() -> float:
            nonlocal pages, share
            with Inside() as inside:
                began = process_time()
                context = assemble(session.proposal(), workspace.library)
                found = render_pdf(context, DOCUMENT, draft=False, attachments=session.attachment_bytes)
                total = process_time() - began
            pages, share = found.pages or 0, 1 - inside.seconds / total
            return total

        with Inside() as inside, counted_pages() as laid_out:
            ours()
        one = straight(inside.html[-1], inside.html[-2])
        split, whole = alternate(RUNS, ours, lambda: seconds(lambda: bare(one)))

        html = Path(folder, "mot-mach.html")
        html.write_text(one, encoding="utf-8")
        job = prepare_job(workspace, [CODE], Path(folder, "ho-so"), draft=True)
        worker, bare_peak = peak_of("worker", str(job.path)), peak_of("bare-render", str(html), f"{html}.pdf")
        job.discard()
    title = f"hồ sơ {pages} trang"
    return [
        Row(f"{title}: phần ngoài WeasyPrint", split * share, "cả lần dựng", split, "s CPU", 0.10),
        Row(f"{title}: mục lục dựng riêng", split, "WeasyPrint một mạch", whole, "s CPU", 0.65),
        Row(f"{title}: lượt dàn trang", laid_out[0], "mỗi trang một lượt", pages, "trang", 1.1),
        Row(
            f"{title}: bộ nhớ cao nhất của tiến trình dựng",
            worker,
            "WeasyPrint một mạch",
            bare_peak,
            "MB",
            1.25,
        ),
    ]
