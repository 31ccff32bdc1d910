"""How the width of the window decides what stands beside the page. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

WIDE: Final = 1500
NARROW: Final = 1100
TABLE_PAGES: Final = frozenset({"kien-truc", "kiem-tra"})
RAIL_PAGES: Final = frozenset({"kiem-tra"})


@dataclass(frozen=True, slots=True)
class Room:
    """What stands left, and where the level stands; ``none``: nowhere, its panel opens over the page."""

    sections: Literal["list", "rail"]
    level: Literal["panel", "rail", "strip", "none"]


def plan_room(width: int, section_id: str, *, own_side: bool = False) -> Room:
    """Decide by the logical width; the font scale is taken off it before.

    ``own_side``: the page has a detail of its own that takes the place of the level.
    """
    if own_side:
        return Room("list" if width >= WIDE else "rail", "none")
    if width < NARROW:
        return Room("rail", "strip")
    level: Literal["panel", "rail"] = "rail" if section_id in TABLE_PAGES else "panel"
    if width >= WIDE:
        return Room("list", level)
    return Room("rail" if section_id in RAIL_PAGES else "list", level)
