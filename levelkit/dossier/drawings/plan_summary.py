"""Dossier: how far the plan is met, group by group: bars told apart without colour."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from levelkit.dossier.drawings.svg import BLUE, GREY, INK, PAPER, Svg, line_height, text_width, wrap

if TYPE_CHECKING:
    from levelkit.domain.plan import PlanCounts
    from levelkit.dossier.context import Drawing
    from levelkit.dossier.plan_context import PlanMatrix

KEY = "plan-summary"
# States in the order of the bars, with their words in the legend.
_STATES = (
    ("met", "Đã đáp ứng"),
    ("partly", "Đáp ứng một phần"),
    ("not_met", "Chưa đáp ứng"),
    ("not_applicable", "Không áp dụng"),
    ("open", "Chưa đánh giá"),
)
_WIDTH, _LABELS, _TOTAL = 467.0, 176.0, 24.0
_SIZE, _BAR, _GAP, _SWATCH = 9.0, 15.0, 4.0, 10.0
_MET = "#cdd3dd"


class _Box(NamedTuple):
    """A place in points."""

    x: float
    y: float
    width: float
    height: float


def draw(matrix: PlanMatrix) -> Drawing:
    """Draw one bar per group, as long as the group has requirements, with their numbers in it."""
    groups = [group for group in matrix.groups if group.counts.total]
    labels = [wrap(f"{group.place} {group.label}".strip(), _LABELS - 8, _SIZE, most=2) for group in groups]
    heights = [max(_BAR, len(lines) * line_height(_SIZE)) + _GAP for lines in labels]
    top = 2 * line_height(_SIZE) + 12
    svg = Svg(
        _WIDTH,
        top + sum(heights) + 4,
        title="Mức độ đáp ứng theo nhóm yêu cầu",
        description=_description(matrix.totals),
    )
    _legend(svg)
    most = max((group.counts.total for group in groups), default=1)
    unit = (_WIDTH - _LABELS - _TOTAL) / most
    y = top
    for group, lines, height in zip(groups, labels, heights, strict=True):
        middle = y + (height - _GAP) / 2
        svg.open()
        svg.lines(_LABELS - 8, middle - len(lines) * line_height(_SIZE) / 2, lines, _SIZE, anchor="end")
        _bar(svg, middle - _BAR / 2, group.counts, unit)
        svg.close()
        y += height
    svg.line(_LABELS, top - 4, _LABELS, y, weight=0.75)
    return svg.drawing()


def _description(counts: PlanCounts) -> str:
    told = ", ".join(f"{word[0].lower()}{word[1:]} {getattr(counts, state)}" for state, word in _STATES)
    return f"Biểu đồ thanh ngang theo nhóm yêu cầu. Tổng số {counts.total} yêu cầu: {told}."


def _legend(svg: Svg) -> None:
    x, y = 0.0, 2.0
    for state, word in _STATES:
        width = _SWATCH * 1.8 + 5 + text_width(word, _SIZE)
        _box(svg, state, _Box(x, y, _SWATCH * 1.8, _SWATCH))
        svg.text(x + _SWATCH * 1.8 + 5, y + _SWATCH * 0.82, word, _SIZE)
        x += width + 12


def _bar(svg: Svg, y: float, counts: PlanCounts, unit: float) -> None:
    x = _LABELS
    for state, _ in _STATES:
        number = getattr(counts, state)
        if number:
            width = number * unit
            place = _Box(x, y, width, _BAR)
            _box(svg, state, place)
            _number(svg, state, place, str(number))
            x += width
    svg.text(x + 5, y + _BAR * 0.7, str(counts.total), _SIZE, bold=True)


def _number(svg: Svg, state: str, place: _Box, number: str) -> None:
    size = _SIZE - 1
    width = text_width(number, size, bold=True)
    x, y = place.x + place.width / 2, place.y
    if width + 1 > place.width:
        return
    if state in {"partly", "not_applicable"}:
        # A patch behind the number: lines through a figure make another figure of it.
        patch = min(width + 3, place.width - 1)
        svg.rect(x - patch / 2, y + 4, patch, _BAR - 8, fill=PAPER, stroke=None)
    fill = PAPER if state == "not_met" else INK
    svg.text(x, y + _BAR * 0.68, number, size, bold=True, anchor="middle", fill=fill)


def _box(svg: Svg, state: str, place: _Box) -> None:
    """Draw one stretch of a bar: light, hatched, black, ruled or with a broken edge."""
    x, y, width, height = place
    fill = {"met": _MET, "not_met": INK}.get(state, PAPER)
    dash = (2.0, 1.6) if state == "open" else ()
    svg.rect(x, y, width, height, fill=fill, stroke=None)
    if state == "partly":
        _hatch(svg, place)
    elif state == "not_applicable":
        for step in range(1, int(height // 3) + 1):
            if step * 3 < height:
                svg.line(x, y + step * 3, x + width, y + step * 3, stroke=GREY, weight=0.4)
    svg.rect(x, y, width, height, fill="none", weight=0.6, dash=dash)


def _hatch(svg: Svg, place: _Box) -> None:
    """Rule a box with slanting lines, cut at its edges."""
    x, y, width, height = place
    step, start = 3.4, -height
    while start < width:
        left, right = max(0.0, start), min(width, start + height)
        if right > left:
            svg.line(
                x + left,
                y + height - (left - start),
                x + right,
                y + height - (right - start),
                stroke=BLUE,
                weight=0.9,
            )
        start += step
