"""House rules that no linter knows."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from .repository import BINARY, PACKAGE, ROOT, docstrings, modules, name, tracked

ARTICLE = re.compile(r"\b(?:[Đđ]iều|[Kk]hoản|Đ)\s?\d|\b[Đđ]iểm [a-zđ]\b")
THRESHOLDS = {100_000, 10_000, 90_000, 9_000}
LONGEST = 500


def law_in_code(source: str, thresholds: set[int] = THRESHOLDS) -> list[str]:
    """Return the literals that belong into a ruleset, as «line: literal»."""
    tree = ast.parse(source)
    exempt = docstrings(tree)
    return [
        f"{node.lineno}: {node.value!r}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and id(node) not in exempt
        and (
            (isinstance(node.value, str) and ARTICLE.search(node.value))
            or (type(node.value) is int and node.value in thresholds)
        )
    ]


@pytest.mark.parametrize(
    "source",
    [
        'x = "theo Điều 13"',
        'x = f"khoản 2 {y}"',
        'x = "điểm a khoản này"',
        "if count >= 100_000: pass",
        "LIMIT = 10000",
        'x = "Đ14.2"',
    ],
)
def test_law_in_code_is_seen(source: str) -> None:
    assert law_in_code(source)


def test_citation_in_a_docstring_is_no_law_in_code() -> None:
    assert not law_in_code('def f():\n    """Apply Đ14.2 (Điều 14)."""\n    return 100')


def test_no_law_in_python() -> None:
    # In the window ten thousand is a height that no text reaches.
    pixels, window = {10_000}, PACKAGE / "gui"
    found = [
        f"{name(path)}:{what}"
        for path in modules("levelkit")
        for what in law_in_code(
            path.read_text("utf-8"), THRESHOLDS - pixels if path.is_relative_to(window) else THRESHOLDS
        )
    ]
    assert not found, "law text and thresholds belong into levelkit/law/rulesets:\n" + "\n".join(found)


def test_modules_stay_short() -> None:
    long = {
        name(path): count
        for path in modules("levelkit", "tools", "tests")
        if (count := len(path.read_text("utf-8").splitlines())) > LONGEST
    }
    assert not long


def calls(path: Path) -> set[str]:
    """Names of all functions and methods called in a module."""
    return {
        node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
    }


def test_the_event_loop_is_never_pumped_by_hand() -> None:
    assert not [name(path) for path in modules("levelkit", "tests") if "processEvents" in calls(path)]


def test_style_is_set_once_for_the_application() -> None:
    setters = [path for path in modules("levelkit") if "setStyleSheet" in calls(path)]
    allowed = (PACKAGE / "gui" / "theme", PACKAGE / "gui" / "app.py")
    assert not [name(path) for path in setters if not any(path.is_relative_to(place) for place in allowed)]


def test_nothing_is_left_half_done() -> None:
    marks = re.compile("|".join(["TO" + "DO", "FIX" + "ME", "XX" + "X\\b", "raise NotImplemented" + "Error"]))
    left = [
        name(path) for path in modules("levelkit", "tests", "tools") if marks.search(path.read_text("utf-8"))
    ]
    assert not left


def test_no_test_is_switched_off() -> None:
    off = re.compile(r"\bpytest\.(?:skip|importorskip)\(|mark\.(?:skip|skipif|xfail)\b")
    here = Path(__file__)
    assert not [name(p) for p in modules("tests") if p != here and off.search(p.read_text("utf-8"))]


HOSTS = {"keepachangelog.com", "semver.org", "www.apache.org", "www.w3.org", "www.freedesktop.org"} | {
    *("schemas.openxmlformats.org", "schemas.microsoft.com", "purl.org"),
    *("freedesktop.org", "scripts.sil.org", "openfontlicense.org", "github.com", "lucide.dev", "example.com"),
}
URL = re.compile(r"\b[a-z]{2,12}://([A-Za-z0-9.-]+\.[A-Za-z]{2,})")
MACHINE = re.compile(r"(?<![\w.~/-])/(?:work|home|root|opt|mnt|Users)/\w|\bfile:///\w")


def test_no_path_or_host_of_a_machine() -> None:
    found = []
    for path in tracked():
        if path.suffix in BINARY or path == Path(__file__) or path.name == "OFL.txt":
            continue
        text = path.read_text("utf-8")
        found += [f"{name(path)}: {match.group()}" for match in MACHINE.finditer(text)]
        found += [
            f"{name(path)}: {match.group()}"
            for match in URL.finditer(text)
            if match.group(1).lower() not in HOSTS
            and not match.group(1).endswith((".example", ".test", ".vn"))
        ]
    assert not found


def test_every_text_file_is_found_by_the_data_lint() -> None:
    """A folder added beside the known ones would escape the lint of encodings."""
    known = {"forms", "templates", "levelkit", "tests", "docs", "packaging", "tools", ".ci", ".github"}
    assert {path.relative_to(ROOT).parts[0] for path in tracked() if path.parent != ROOT} <= known
