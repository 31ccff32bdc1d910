"""Services: the yearly report (Mẫu 08) of the inventory, as PDF, Word or Excel. Đ35, Đ36."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from levelkit.dossier.report import Missing, ReportedSystem, assemble_report
from levelkit.dossier.report_letter import DOCUMENT, By, report_context
from levelkit.errors import UserError
from levelkit.services.output_files import written_beside
from levelkit.sheets.writing import book_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from levelkit.dossier.context import DossierContext, Table
    from levelkit.services.workspace import Workspace
    from levelkit.sheets.writing import Cell

ENDINGS = (".pdf", ".docx", ".xlsx")
YEARS = range(2026, 2100)
"""The first period of the decree ends in its own year. Đ38."""

_STATEMENT = "thuyet-minh"
_RETIRED = "retired"
_LONGEST_TITLE = 31
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


@dataclass(frozen=True)
class YearlyReport:
    """A report ready to be written.

    Attributes:
        missing: what nobody answered; said before the export, never printed in it.
        left_out: codes of systems that are no longer run.
    """

    context: DossierContext
    missing: tuple[Missing, ...]
    left_out: tuple[str, ...]


def prepare_report(
    workspace: Workspace, year: int, by: By = "owner", told: Callable[[int, int], None] | None = None
) -> YearlyReport:
    """Gather the report of a year.

    Args:
        workspace: the inventory.
        year: of the period, which ends in December of it.
        by: the owner reports to the ministry, the unit to the owner.
        told: called with systems read and their number.

    Raises:
        UserError: there is no system to report on, or no such period.
    """
    if year not in YEARS:
        raise UserError(
            f"--year: phải là năm của kỳ báo cáo, từ {YEARS.start} đến {YEARS.stop - 1}. Đang ghi {year}."
        )
    summaries = workspace.systems()
    kept = [one for one in summaries if one.status != _RETIRED]
    if not kept:
        raise UserError(f"«{workspace.path}» không có hệ thống nào để báo cáo. Hãy thêm hệ thống trước.")
    systems = []
    for done, one in enumerate(kept):
        if told:
            told(done, len(kept))
        session = workspace.session(one.code)
        systems.append(
            ReportedSystem(session.proposal(), one.status, _filed(workspace, one.code, one.status))
        )
    report, missing = assemble_report(systems, year, workspace.library, workspace.forms)
    return YearlyReport(
        context=report_context(report, systems, by, workspace.forms, workspace.library),
        missing=missing,
        left_out=tuple(one.code for one in summaries if one.status == _RETIRED),
    )


def write_report(report: YearlyReport, path: Path) -> None:
    """Write a report; the ending of the file chooses the format.

    Raises:
        UserError: another ending, or the place cannot be written; nothing is half-written.
    """
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise UserError(f"--out: phải là tệp {', '.join(ENDINGS)}. Đang ghi «{path.name}», hãy đổi đuôi.")
    with written_beside(path) as part:
        part.write_bytes(_bytes(report, ending))


def missing_lines(report: YearlyReport) -> list[str]:
    """Return what is missing, one line each: «HT-01 Tên: Cấp độ đề xuất»."""
    return [f"{one.code} {one.system}: {one.what}" for one in report.missing]


def _filed(workspace: Workspace, code: str, status: str) -> bool:
    if status != "draft":
        return True
    return any(made.document == _STATEMENT and not made.draft for _mark, made in workspace.documents(code))


def _bytes(report: YearlyReport, ending: str) -> bytes:
    if ending == ".pdf":
        from levelkit.dossier import render

        return render(report.context, DOCUMENT, draft=False)
    if ending == ".docx":
        from levelkit.dossier.word import render_docx

        return render_docx(report.context, DOCUMENT, draft=False).data
    return book_bytes(_sheets(report))


def _sheets(report: YearlyReport) -> list[tuple[str, Sequence[str], Sequence[Sequence[Cell]]]]:
    found = report.context.report
    assert found is not None
    general = [(line.label, line.value) for line in found.counts]
    for owner in found.owners:
        for block in (owner.owner, owner.security):
            general += [(line.label, line.value or "") for line in block.lines]
    sheets: list[tuple[str, Sequence[str], Sequence[Sequence[Cell]]]] = [
        ("Thông tin chung", ("Nội dung", found.period), [(label, _typed(value)) for label, value in general])
    ]
    tables = [("Mẫu số 08", found.systems), *((_title(n, one), one) for n, one in enumerate(found.lists, 1))]
    for title, table in tables:
        sheets.append((title, table.columns, [[_typed(cell) for cell in row] for row in table.rows]))
    return sheets


def _title(number: int, table: Table) -> str:
    return f"{number}. {table.title}".translate(_FORBIDDEN)[:_LONGEST_TITLE].strip()


def _typed(cell: str | None) -> Cell:
    """Return a count as a number; what begins with 0 is a number of something, and keeps it."""
    is_count = cell and cell.isascii() and cell.isdigit() and len(cell) < 10 and str(int(cell)) == cell
    return int(cell) if cell and is_count else cell
