"""Command line: ``levelkit classify FILE [--json]``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from levelkit import law
from levelkit.cli import options, output
from levelkit.domain.classification import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator

    from levelkit.domain.classification import Classification


@click.command("classify", options_metavar="[TÙY CHỌN]")
@click.argument("file", type=click.Path(path_type=Path), metavar="TỆP")
@options.json_option
def classify(file: Path, *, as_json: bool) -> None:
    """Xác định cấp độ từ một tệp dữ kiện YAML hoặc JSON."""
    facts = law.read_facts_file(file)
    library = law.RuleLibrary.load()
    classification = law.classify(library, facts, explain=not as_json)
    if as_json:
        output.write_json(law.contract_json(classification, library))
    else:
        click.echo("\n".join(_plain(library, classification)))


classify_command = classify


def _plain(library: law.RuleLibrary, classification: Classification) -> Iterator[str]:
    """Yield the lines of the readable form."""
    if classification.name:
        # A file from elsewhere must not steer the terminal.
        yield "".join(character if character.isprintable() else " " for character in classification.name)
    if classification.level is not None:
        yield f"Cấp độ {classification.level}"
    else:
        yield f"Chưa chốt: ít nhất cấp {classification.at_least}, có thể cấp {classification.at_most}"
        if classification.criteria_level is not None:
            yield f"Cấp {classification.criteria_level} theo tiêu chí"
    by_ref = {result.ref: result for result in classification.results}
    for ref in classification.deciding:
        summary = f": {by_ref[ref].summary_vi}" if ref in by_ref else ""
        yield f"  Quyết định: {library.cite_words(ref)}{summary}"
    for result in classification.results:
        if result.outcome is Outcome.MET and result.ref not in classification.deciding:
            yield f"  Cũng khớp: {result.cite} (cấp {result.level})"
    for ref in classification.open_refs:
        needs = (
            f", cần: {', '.join(by_ref[ref].needs)}" if ref in by_ref else ": chưa có kết quả đánh giá rủi ro"
        )
        yield f"  Chưa rõ: {library.cite_words(ref)}{needs}"
    for miss in classification.near_misses:
        yield f"  Sẽ lên {miss.text_vi}"
    for notice in classification.warnings:
        yield f"  Lưu ý: {notice.text_vi} ({notice.cite})"
    for point in classification.grey_points:
        yield f"  Còn để ngỏ: {point.question_vi} {point.reading_vi}"
