"""The two ways to read YAML agree, and what only one of them takes still reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from levelkit.resources import data_dir, package_dir
from levelkit.strict_yaml import StrictYamlError, read_shipped, read_yaml

if TYPE_CHECKING:
    from pathlib import Path

SHIPPED = sorted(
    file
    for folder in (
        data_dir("forms"),
        data_dir("templates"),
        package_dir("law", "rulesets"),
        package_dir("samples"),
    )
    for file in folder.rglob("*.yaml")
)


def merged(value: Any) -> Any:
    if isinstance(value, list):
        return [merged(item) for item in value]
    if not isinstance(value, dict):
        return value
    own = {key: merged(item) for key, item in value.items() if key != "<<"}
    return {**merged(value["<<"]), **own} if "<<" in value else own


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_shipped_files_read_the_same_both_ways(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert repr(read_shipped(text)) == repr(merged(read_yaml(text)))


def test_every_kind_of_shipped_file_is_looked_at() -> None:
    assert {"instrument.yaml", "manifest.yaml", "ht-03.yaml"} <= {path.name for path in SHIPPED}


def test_merge_takes_over_and_the_mapping_beside_it_wins() -> None:
    text = "base: &b {x: 1, y: 2}\nmine: {<<: *b, y: 3}\n"
    assert read_shipped(text)["mine"] == {"x": 1, "y": 3}
    assert read_yaml(text)["mine"] == {"<<": {"x": 1, "y": 2}, "y": 3}
    with pytest.raises(StrictYamlError, match="bảng"):
        read_shipped("mine: {<<: 1}")


def test_colon_in_braces_is_left_to_the_slower_scanner() -> None:
    text = "row: {ref: nd331-2026:9.1.a, level: 3}\n"
    assert read_shipped(text) == read_yaml(text) == {"row": {"ref": "nd331-2026:9.1.a", "level": 3}}


@pytest.mark.parametrize("read", [read_yaml, read_shipped])
def test_half_of_a_pair_is_refused_in_words(read: Any) -> None:
    with pytest.raises(StrictYamlError, match="ký tự"):
        read("name: a\ud800b")
