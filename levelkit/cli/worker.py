"""``levelkit render-worker``: the process that lays out pages. Speaks JSON lines with whoever started it."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from levelkit.services.render import Progress


@click.command(hidden=True, options_metavar="[TÙY CHỌN]")
@click.argument("job", metavar="TỆP", type=click.Path(path_type=Path))
def render_worker(job: Path) -> None:
    """Dựng một việc đã soạn; in tiến độ ra stdout, mỗi dòng một đối tượng JSON."""
    from levelkit.services import render

    def tell(code: str, step: Progress) -> None:
        _line(
            {
                "code": code,
                "document": step.document,
                "step": step.step,
                "page": step.page,
                "pages": step.pages,
            }
        )

    _line({"step": "finished", "documents": render.run_job(render.load_job(job), tell)})


def _line(value: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")
    sys.stdout.flush()
