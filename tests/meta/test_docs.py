"""The documents say what the program does."""

from __future__ import annotations

import json
import re
import tomllib
from typing import TYPE_CHECKING

import click
import pytest
from click.testing import CliRunner

import levelkit
from levelkit.cli.main import cli

from .repository import ROOT, name, tracked

if TYPE_CHECKING:
    from pathlib import Path

README = (ROOT / "README.md").read_text("utf-8")
DOCUMENTS = [
    path for path in tracked() if path.suffix == ".md" and not path.is_relative_to(ROOT / "levelkit")
]
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
CONTEXT = click.Context(cli)
COMMANDS = {
    key: command
    for key in cli.list_commands(CONTEXT)
    if (command := cli.get_command(CONTEXT, key)) and not command.hidden
}


def anchors(text: str) -> set[str]:
    """Anchors of the headings as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_links_lead_somewhere(document: Path) -> None:
    broken = []
    for target in LINK.findall(document.read_text("utf-8")):
        file, _, anchor = target.partition("#")
        if "://" in target:
            continue
        there = document.parent / file if file else document
        if not there.exists() or (anchor and anchor not in anchors(there.read_text("utf-8"))):
            broken.append(target)
    assert not broken


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_in_the_readme_and_has_help(command: str) -> None:
    assert f"`levelkit {command}" in README
    assert COMMANDS[command].help
    undescribed = [
        option.name
        for option in COMMANDS[command].params
        if isinstance(option, click.Option) and not option.hidden and not option.help
    ]
    assert not undescribed


def test_the_readme_names_no_command_that_is_absent() -> None:
    named = set(re.findall(r"^\| `levelkit (\w+)", README, re.MULTILINE))
    assert named == set(COMMANDS)


def test_the_readme_lists_what_classify_gives(tmp_path: Path) -> None:
    facts = tmp_path / "facts.yaml"
    facts.write_text("kinds: [internal]\n", encoding="utf-8")
    result = CliRunner().invoke(cli, ["classify", str(facts), "--json"])
    keys = list(json.loads(result.stdout))
    section = README.partition("**Ra**")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (`.+?`) \|", section, re.MULTILINE)
    assert [key for row in rows for key in re.findall(r"`(\w+)`", row)] == keys


def test_the_example_in_the_readme_is_level_3(tmp_path: Path) -> None:
    facts = tmp_path / "facts.yaml"
    facts.write_text(README.partition("```yaml\n")[2].partition("```")[0], encoding="utf-8")
    result = CliRunner().invoke(cli, ["classify", str(facts), "--json"])
    assert json.loads(result.stdout)["level"] == 3


def test_the_readme_names_every_fact() -> None:
    from levelkit.domain.facts import FACT_CATALOGUE

    assert not [fact for fact in FACT_CATALOGUE if not re.search(rf"\b{fact.partition('.')[0]}\b", README)]


def test_decisions_are_numbered_and_listed() -> None:
    folder = ROOT / "docs" / "adr"
    files = sorted(path.name for path in folder.glob("[0-9]*.md"))
    assert [int(file[:4]) for file in files] == list(range(1, len(files) + 1))
    assert LINK.findall((folder / "README.md").read_text("utf-8")) == files


def test_the_changelog_knows_the_version() -> None:
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    first = re.findall(r"^## \[(.+?)\]", text, re.MULTILINE)[0]
    assert first in {levelkit.__version__, "Chưa phát hành"}


def test_shipped_fonts_and_icons_have_a_licence_and_a_notice() -> None:
    notice = (ROOT / "NOTICE").read_text("utf-8")
    folders = {path.parent for path in tracked() if path.suffix == ".ttf" or "lucide" in path.parts}
    assert folders
    for folder in folders:
        assert f"({name(folder)})" in notice
        assert any(file.name in {"OFL.txt", "LICENSE"} for file in folder.iterdir())


def test_the_desktop_entry_starts_a_program_that_exists() -> None:
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    entry = next((ROOT / "packaging" / "desktop").glob("*.desktop")).read_text("utf-8")
    program = re.search(r"^Exec=(\S+)", entry, re.MULTILINE)
    assert program
    assert program.group(1) in scripts["gui-scripts"]
