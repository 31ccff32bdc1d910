"""Dossier: the one Jinja environment. Templates see the context alone, and an unknown name is an error."""

from __future__ import annotations

import re
from functools import lru_cache

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from levelkit.resources import data_dir

# Numbers of laws and papers: 331/2026/NĐ-CP, 18/TKTC-CNTT.
_NUMBER = re.compile(r"\b\d{1,4}/(?:\d{4}/)?[A-ZĐ]{2,}[A-ZĐ0-9]*(?:-[A-ZĐ0-9]+)*")
# Names of machines and programs: hr-db, shop-recon. Addresses: https://shop.example.vn.
_WHOLE = re.compile(
    rf"https?://[^\s<>]*[^\s<>.,;:)]|{_NUMBER.pattern}|(?<![\w-])[a-z][a-z0-9]*(?:-[a-z0-9]+)+(?![\w-])"
)
_LONGEST_WHOLE = 20
_LONGEST_ADDRESS = 45
_TAG = re.compile(r"(<[^>]*>)")
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
    env.filters["stop"] = stop
    env.filters["lower_first"] = lower_first
    env.filters["upper_first"] = upper_first
    return env


def paragraphs(text: str | None) -> tuple[str, ...]:
    """Split a text into paragraphs; a line that starts with a bullet starts with «- »."""
    lines = (line.strip() for line in (text or "").splitlines())
    return tuple(_BULLET.sub("- ", line) for line in lines if line)


def breaks(text: str | None) -> Markup:
    """Keep the lines of a text inside a table cell."""
    return Markup("<br>").join(escape(line) for line in paragraphs(text))


def keep_numbers_whole(html: str) -> str:
    """Mark numbers of papers, addresses and names of machines in the body: no line ends inside one.

    Tables with narrow columns are left alone: numbers have to break there, and marks spoil the lines before.
    """
    head, body, rest = html.partition("<body>")
    parts = _TAG.split(rest)
    narrow = False
    for place, part in enumerate(parts):
        if place % 2 == 0:
            parts[place] = part if narrow else _WHOLE.sub(_whole, part)
        elif part.startswith("<table"):
            narrow = "roomy" not in part
        elif part == "</table>":
            narrow = False
    return head + body + "".join(parts)


def _whole(match: re.Match[str]) -> str:
    number = match[0]
    longest = _LONGEST_ADDRESS if "://" in number else _LONGEST_WHOLE
    return f'<span class="nb">{number}</span>' if len(number) <= longest else number


def stop(text: str) -> str:
    """End a sentence that has no end mark yet with a full stop; a lone word or address stays as it is."""
    ended = not (text[-1:].isalnum() or text[-1:] in {")", "”", "»", "%"})
    return text if ended or " " not in text else text + "."


def lower_first(text: str) -> str:
    """Start a title in small letters, as inside a sentence."""
    return text[:1].lower() + text[1:]


def upper_first(text: str) -> str:
    """Start a sentence with a capital letter."""
    return text[:1].upper() + text[1:]


def end(text: str, mark: str = ".") -> str:
    """End a text with ``mark`` in place of whatever ends it."""
    return text.rstrip(" .;:,") + mark
