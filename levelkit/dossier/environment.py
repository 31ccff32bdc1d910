"""Dossier: the one Jinja environment. Templates see the context alone, and an unknown name is an error."""

from __future__ import annotations

import re
from functools import lru_cache

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from levelkit.resources import data_dir

_BULLET = re.compile(r"^\s*[-–•*]\s+")


@lru_cache(maxsize=1)
def environment() -> ImmutableSandboxedEnvironment:
    """Return the environment: strict, escaping, sandboxed."""
    env = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(str(data_dir("templates"))),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    env.filters["paragraphs"] = paragraphs
    env.filters["breaks"] = breaks
    env.filters["end"] = end
    env.filters["lower_first"] = lower_first
    return env


def paragraphs(text: str | None) -> tuple[str, ...]:
    """Split a text into paragraphs; a line that starts with a bullet starts with «- »."""
    lines = (line.strip() for line in (text or "").splitlines())
    return tuple(_BULLET.sub("- ", line) for line in lines if line)


def breaks(text: str | None) -> Markup:
    """Keep the lines of a text inside a table cell."""
    return Markup("<br>").join(escape(line) for line in paragraphs(text))


def lower_first(text: str) -> str:
    """Start a title in small letters, as inside a sentence."""
    return text[:1].lower() + text[1:]


def end(text: str, mark: str = ".") -> str:
    """End a text with ``mark`` in place of whatever ends it."""
    return text.rstrip(" .;:,") + mark
