"""Where shipped data lies: the only module that builds such paths."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Literal

Kind = Literal["forms", "templates"]


def data_dir(kind: Kind) -> Path:
    """Return the folder of ``forms`` or ``templates``: the checkout's, else the wheel's copy."""
    checkout = Path(__file__).resolve().parents[1]
    if (checkout / "pyproject.toml").is_file() and (checkout / kind).is_dir():
        return checkout / kind
    return Path(str(files("levelkit"))) / "_data" / kind


def package_dir(*parts: str) -> Path:
    """Return a folder or file inside the package, such as ``package_dir("law", "rulesets")``."""
    if any(part in {"", ".", ".."} or "/" in part or "\\" in part for part in parts):
        raise ValueError(f"bad resource path: {parts}")
    return Path(str(files("levelkit"))).joinpath(*parts)
