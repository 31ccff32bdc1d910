"""How a band looks: an icon of its own shape and a word, a fill only for what stands out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from levelkit.domain.risk import RiskMethod

OPEN_WORD = "Chưa chấm"


class BandLook(NamedTuple):
    """Icon, tint of icon and word, fill behind them (empty: none), tint of the matrix cell."""

    icon: str
    tint: str
    fill: str
    cell: str


OPEN = BandLook("circle-dashed", "text3", "", "surface")
# From the lowest band to the highest; a longer scale repeats the highest.
_LOOKS = (
    BandLook("circle-check", "text2", "", "surface"),
    BandLook("info", "text2", "", "sunken"),
    BandLook("triangle-alert", "warn", "warn_soft", "warn_soft"),
    BandLook("octagon-alert", "err", "err_soft", "err_soft"),
)


def look(method: RiskMethod, score: int | None) -> BandLook:
    """Return how a score looks; None is open."""
    if score is None:
        return OPEN
    place = [band.id for band in method.bands].index(method.band(score).id)
    return _LOOKS[min(place, len(_LOOKS) - 1)]


def words(method: RiskMethod, score: int | None) -> str:
    """Return «Cao 12»; «Chưa chấm» while open."""
    return OPEN_WORD if score is None else f"{method.band(score).name} {score}"
