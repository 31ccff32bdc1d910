"""Dossier: the risk matrix, likelihood up, effect to the right, the numbers of the rows in their cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from levelkit.domain.risk import SIDE
from levelkit.domain.text import join_vi
from levelkit.dossier.drawings.svg import GREY, INK, LINE, PAPER, Svg, line_height, text_width, wrap

if TYPE_CHECKING:
    from levelkit.domain.risk import Band, Register, RiskMethod
    from levelkit.dossier.context import Drawing

BEFORE, AFTER = "risk-matrix", "risk-matrix-residual"
_TITLES = {BEFORE: "Ma trận rủi ro trước xử lý", AFTER: "Ma trận rủi ro sau xử lý"}
# From pale to dark: the order survives a black and white print, and black letters stay readable on each.
_FILLS = (PAPER, "#eceff4", "#cfd6e1", "#a4b0c4")
_LEFT, _TOP, _CELL_W, _CELL_H = 92.0, 8.0, 72.0, 36.0
_SMALL, _PLAIN, _LARGE = 8.0, 9.0, 10.5
_PAD = 4.0
_LEGEND = 22.0


def draw(register: Register, method: RiskMethod, key: str) -> Drawing:
    """Return one of the two matrices, ``BEFORE`` or ``AFTER`` treatment, 165 mm wide at most."""
    cells = register.cells(residual=key == AFTER)
    heads = [
        wrap(f"{step.value} · {step.name}", _CELL_W - _PAD, _PLAIN)
        for step in sorted(method.effect, key=lambda step: step.value)
    ]
    foot = max(len(lines) for lines in heads) * line_height(_PLAIN)
    bottom = _TOP + SIDE * _CELL_H
    height = bottom + _PAD + foot + line_height(_LARGE) + _PAD + _LEGEND
    width = _LEFT + SIDE * _CELL_W + 4
    svg = Svg(width, height, title=_TITLES[key], description=_told(register, method, key))
    _axis(svg, method)
    for likelihood in range(1, SIDE + 1):
        for effect in range(1, SIDE + 1):
            _cell(svg, method, likelihood, effect, cells.get((likelihood, effect), ()))
    for number, lines in enumerate(heads):
        middle = _LEFT + (number + 0.5) * _CELL_W
        svg.lines(middle, bottom + _PAD, lines, _PLAIN, anchor="middle")
    after = bottom + _PAD + foot
    svg.lines(_LEFT + SIDE * _CELL_W / 2, after, ("Ảnh hưởng",), _LARGE, bold=True, anchor="middle")
    _legend(svg, method, after + line_height(_LARGE) + _PAD + 4)
    return svg.drawing()


def _axis(svg: Svg, method: RiskMethod) -> None:
    svg.text(12, _TOP + SIDE * _CELL_H / 2, "Khả năng", _LARGE, bold=True, anchor="middle", turned=True)
    for step in method.likelihood:
        lines = wrap(f"{step.value} · {step.name}", _LEFT - 24 - _PAD, _PLAIN)
        top = _row_top(step.value) + (_CELL_H - len(lines) * line_height(_PLAIN)) / 2
        svg.lines(_LEFT - _PAD, top, lines, _PLAIN, anchor="end")


def _row_top(likelihood: int) -> float:
    return _TOP + (SIDE - likelihood) * _CELL_H


def _cell(svg: Svg, method: RiskMethod, likelihood: int, effect: int, numbers: tuple[int, ...]) -> None:
    x, y = _LEFT + (effect - 1) * _CELL_W, _row_top(likelihood)
    score = likelihood * effect
    svg.rect(x, y, _CELL_W, _CELL_H, fill=_fill(method, method.band(score)), stroke=LINE, weight=0.5)
    svg.text(x + _CELL_W - 3, y + 8.5, str(score), 7, anchor="end", fill=GREY)
    if not numbers:
        return
    words = ", ".join(str(number) for number in numbers)
    lines = wrap(words, _CELL_W - 2 * _PAD - 8, _LARGE, bold=True)
    size = _LARGE
    if len(lines) > 2:
        size = _SMALL
        lines = wrap(words, _CELL_W - 2 * _PAD - 8, size, bold=True)
    if len(lines) > 3:
        size, lines = _LARGE, (f"{len(numbers)} nguy cơ",)
    top = y + (_CELL_H - len(lines) * line_height(size)) / 2
    svg.lines(x + _CELL_W / 2, top, lines, size, bold=True, anchor="middle")


def _fill(method: RiskMethod, band: Band) -> str:
    place = [each.id for each in method.bands].index(band.id)
    return _FILLS[min(place, len(_FILLS) - 1)]


def _legend(svg: Svg, method: RiskMethod, y: float) -> None:
    x = _LEFT
    for band in method.bands:
        low, high = method.span(band)
        words = f"{band.name} ({low}–{high})"
        svg.rect(x, y, 14, 10, fill=_fill(method, band), stroke=INK, weight=0.5)
        svg.text(x + 18, y + 8.5, words, _PLAIN)
        x += 18 + text_width(words, _PLAIN) + 14


def _told(register: Register, method: RiskMethod, key: str) -> str:
    residual = key == AFTER
    counts = register.in_band(method, residual=residual)
    bands = [
        f"{counts[band.id]} mức {band.name.lower()}" for band in reversed(method.bands) if counts[band.id]
    ]
    told = (
        f"Trục đứng là khả năng, trục ngang là ảnh hưởng, từ 1 đến {SIDE}; số trong ô là số thứ tự nguy cơ."
    )
    told += f" Có {join_vi(bands)}." if bands else " Chưa có nguy cơ nào được chấm."
    for (likelihood, effect), numbers in sorted(register.cells(residual=residual).items(), reverse=True):
        which = join_vi([str(number) for number in numbers])
        told += f" Khả năng {likelihood}, ảnh hưởng {effect}: nguy cơ {which}."
    return told
