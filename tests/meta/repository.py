"""What the meta tests look at: the files of the checkout."""

from __future__ import annotations

import ast
import importlib.util
import subprocess
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "levelkit"
BINARY = {".mo", ".png", ".ttf", ".ico", ".icc", ".pdf", ".xlsx", ".xls", ".ods", ".levelkit"}


@cache
def tracked() -> tuple[Path, ...]:
    """Every file that is, or is about to be, part of the repository."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout.decode().split("\0")
    return tuple(path for name in sorted(set(names)) if name and (path := ROOT / name).is_file())


def modules(*folders: str) -> list[Path]:
    """Python files of the repository under the given folders."""
    roots = [ROOT / folder for folder in folders]
    return [p for p in tracked() if p.suffix == ".py" and any(map(p.is_relative_to, roots)) and p.is_file()]


def name(path: Path) -> str:
    """The path as the repository names it."""
    return path.relative_to(ROOT).as_posix()


def docstrings(tree: ast.AST) -> set[int]:
    """Ids of the constant nodes that are docstrings: people who read code may see articles cited there."""
    holders = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    return {
        id(statement.value)
        for node in ast.walk(tree)
        if isinstance(node, holders)
        for statement in node.body
        if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
    }


def tool(stem: str) -> ModuleType:
    """A script of tools/ as a module."""
    spec = importlib.util.spec_from_file_location(stem, ROOT / "tools" / f"{stem}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
