"""``levelkit check``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import click

from levelkit.cli import output
from levelkit.cli.options import json_option, open_workspace, workspace_option

if TYPE_CHECKING:
    from levelkit.domain.proposal import Finding

SEVERITY = {"error": "Lỗi", "warning": "Cảnh báo", "hint": "Gợi ý"}


@click.command(options_metavar="[TÙY CHỌN]")
@click.argument("code", metavar="MÃ")
@workspace_option
@click.option(
    "--stage",
    type=click.Choice(["appraisal", "approval"]),
    default="appraisal",
    show_default=True,
    metavar="appraisal|approval",
    help="Kiểm cho giai đoạn thẩm định (appraisal) hay phê duyệt (approval).",
)
@json_option
def check(*, code: str, workspace: str | None, stage: Literal["appraisal", "approval"], as_json: bool) -> int:
    """Kiểm một hệ thống: chỗ còn thiếu hoặc sai, theo điều nào. Mã thoát 1 khi còn lỗi."""
    with open_workspace(workspace) as opened:
        session = opened.session(code)
        findings = session.findings(stage)
        library = session.library
    if as_json:
        output.write_json({"findings": [contract(finding) for finding in findings]})
    elif findings:
        for finding in findings:
            cite = (
                library.citation(finding.rule).full_vi if library.has_citation(finding.rule) else finding.rule
            )
            click.echo(f"{SEVERITY[finding.severity]}: {sentence(finding)}\n    {finding.where}, {cite}")
    else:
        click.echo("Không có lỗi, cảnh báo hay gợi ý nào.")
    return 1 if any(finding.severity == "error" for finding in findings) else 0


def contract(finding: Finding) -> dict[str, str]:
    """Return the keys of the contract, in its order."""
    return {
        "severity": finding.severity,
        "where": finding.where,
        "rule": finding.rule,
        "message": sentence(finding),
    }


def sentence(finding: Finding) -> str:
    """What is missing, and what to do."""
    return f"{finding.title}. {finding.message}"
