"""Everything the command line says is Vietnamese, in UTF-8, whatever the locale."""

from __future__ import annotations

import ast
import gettext
import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest

from levelkit.cli import main, texts
from levelkit.resources import package_dir
from tools.compile_messages import compile_po, read_po

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.conftest import Ended

    Call = Callable[..., Ended]

CATALOGUE = package_dir("cli", "locale", "vi", "LC_MESSAGES", "levelkit.po")
ENGLISH = re.compile(
    r"\b(usage|options?|arguments?|commands?|error|missing|invalid|required|default|show|exit|help|file|"
    r"path|directory|integer|text|this|message|the|and|try|such|no such|value|values|is not|of)\b",
    re.IGNORECASE,
)


def plain(text: str) -> str:
    """Take away what is a name: options, commands, code."""
    return re.sub(r"--[a-z-]+|LEVELKIT_\w+|\S+\.levelkit|appraisal|approval|manifest\.json", "", text)


@pytest.mark.parametrize("command", ["", *main.COMMANDS])
def test_help_holds_no_english(levelkit: Call, command: str) -> None:
    ended = levelkit(*([command] if command else []), "--help")
    assert ended.code == 0
    assert "Cách dùng:" in ended.out
    assert ENGLISH.findall(plain(ended.out)) == []


@pytest.mark.parametrize(
    "words",
    [
        ("nothing",),
        ("--nothing",),
        ("check",),
        ("check", "a", "b"),
        ("check", "a", "--workspace"),
        ("check", "a", "--stage", "x"),
        ("check", "a", "--json=1"),
        ("render", "--out"),
        ("render", "a"),
        ("render", "--all", "--out", "x", "--jobs", "x"),
        ("render", "--all", "--out", "x", "--jobs", "0"),
        ("render", "a", "--out", "pyproject.toml"),
        ("systems", "--workspac", "x"),
    ],
)
def test_errors_hold_no_english(levelkit: Call, words: tuple[str, ...]) -> None:
    ended = levelkit(*words)
    assert (ended.code, ended.out) == (2, "")
    said = ended.err.replace("nothing", "")
    assert ENGLISH.findall(plain(said)) == []


def test_version_names_all_four(levelkit: Call) -> None:
    ended = levelkit("--version")
    assert ended.code == 0
    assert [line.rsplit(" ", 1)[0] for line in ended.out.splitlines()] == [
        "levelkit",
        "hợp đồng dòng lệnh",
        "định dạng tệp làm việc",
        "bộ luật nd331-2026",
        "bộ luật nd85-2016",
    ]


def test_catalogue_is_compiled() -> None:
    assert CATALOGUE.with_suffix(".mo").read_bytes() == compile_po(CATALOGUE.read_text(encoding="utf-8"))


def test_catalogue_keeps_every_place_holder() -> None:
    for source, said in read_po(CATALOGUE.read_text(encoding="utf-8")).items():
        if not source or "\0" in source:
            continue
        assert set(re.findall(r"\{\w+", said)) == set(re.findall(r"\{\w+", source)), source


def test_click_says_nothing_new() -> None:
    """A new release of click may have new words; those for people must be in the catalogue."""
    known = {part for key in read_po(CATALOGUE.read_text(encoding="utf-8")) for part in key.split("\0")}
    spoken = set()
    for name in ("core", "exceptions", "formatting", "parser", "types"):
        tree = ast.parse((Path(click.__file__).parent / f"{name}.py").read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in "_ngettext":
                spoken |= {
                    item.value
                    for item in node.args
                    if isinstance(item, ast.Constant) and isinstance(item.value, str)
                }
    for_programmers = re.compile(
        r"defined twice|No options defined|declaration|flag for true|Deprecat|UUID|Choice\("
    )
    missing = {text for text in spoken - known if not for_programmers.search(text)}
    assert missing == set()


def test_install_changes_the_language_only_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "en")
    texts.install()
    assert gettext.gettext("Usage:") == "Cách dùng:"


@pytest.mark.parametrize(
    "locale",
    [
        {"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": None},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"LC_ALL": "POSIX", "PYTHONIOENCODING": "latin-1"},
    ],
)
def test_utf8_whatever_the_locale(process: Call, sample: Path, locale: dict[str, str | None]) -> None:
    ended = process("systems", "--workspace", sample, "--json", **locale)
    assert ended.code == 0, ended.err
    assert json.loads(ended.out)["systems"][0]["name"].startswith("Hệ thống quản lý bưu gửi")
    ended = process("check", "HT-99", "--workspace", sample, **locale)
    assert ended.code == 2
    assert "Không có hệ thống mang mã" in ended.err


def test_no_command_and_no_screen(process: Call) -> None:
    if sys.platform != "linux":
        return
    ended = process(DISPLAY=None, WAYLAND_DISPLAY=None, QT_QPA_PLATFORM=None)
    assert (ended.code, ended.out) == (2, "")
    assert "không có màn hình" in ended.err


def test_reader_that_goes_away_is_no_bug(sample: Path) -> None:
    import subprocess

    command = [sys.executable, "-m", "levelkit", "systems", "--workspace", str(sample), "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as ended:
        assert ended.stdout is not None
        assert ended.stderr is not None
        ended.stdout.close()
        said = ended.stderr.read().decode()
    assert ended.returncode == 0
    assert said == ""
