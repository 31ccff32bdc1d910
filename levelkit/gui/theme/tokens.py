"""Theme: the colours, read from one file, and the arithmetic of contrast (WCAG 2)."""

from __future__ import annotations

import json
from functools import cache
from typing import Literal

from levelkit.resources import package_dir

Scheme = Literal["light", "dark", "contrast"]


@cache
def tokens(scheme: Scheme) -> dict[str, str]:
    """Return token → ``#RRGGBB``; for ``contrast`` token → role of the system palette."""
    text = package_dir("gui", "theme", "tokens.json").read_text("utf-8")
    table: dict[str, dict[str, str]] = json.loads(text)
    return table[scheme]


def luminance(colour: str) -> float:
    """Relative luminance of ``#RRGGBB``, 0 to 1."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
