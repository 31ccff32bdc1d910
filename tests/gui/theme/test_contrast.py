"""Every contrast pair of the look, computed again from the one file of colours."""

from __future__ import annotations

import pytest

from levelkit.gui.theme.tokens import contrast, tokens

TEXT, EDGE = 4.5, 3.0
SURFACES = ("surface", "bg", "raised")
PAIRS = [
    *((one, "surface", TEXT) for one in ("text", "text2", "text3", "link", "err", "warn", "ok", "hint")),
    *(("text3", ground, TEXT) for ground in ("bg", "sunken", "sel")),
    *(("text", ground, TEXT) for ground in ("bg", "raised", "sunken", "hover", "pressed", "sel", "mark")),
    *(("text2", ground, TEXT) for ground in ("bg", "raised", "hover", "sunken", "sel")),
    *(("text", ground, TEXT) for ground in ("add", "add_word", "rem", "rem_word")),
    *((f"{tone}", f"{tone}_soft", TEXT) for tone in ("err", "warn", "ok", "hint")),
    *(("text", f"{tone}_soft", TEXT) for tone in ("err", "warn", "ok", "hint")),
    ("on_accent", "accent", TEXT),
    ("on_accent", "accent_hover", TEXT),
    ("on_accent", "accent_pressed", TEXT),
    ("link", "sel", TEXT),
    ("link", "bg", TEXT),
    *(("control", ground, EDGE) for ground in ("surface", "bg")),
    *(("focus", ground, EDGE) for ground in SURFACES),
    *((f"l{level}", "surface", EDGE) for level in range(1, 6)),
    ("chart", "surface", EDGE),
    ("chart2", "surface", 2.95),
]
STATED = {
    "light": {
        ("text", "surface"): 16.1,
        ("text2", "surface"): 8.4,
        ("text3", "surface"): 5.8,
        ("text3", "bg"): 5.3,
        ("text3", "sel"): 4.9,
        ("on_accent", "accent"): 7.3,
        ("link", "surface"): 8.0,
        ("err", "err_soft"): 5.9,
        ("warn", "warn_soft"): 6.0,
        ("ok", "ok_soft"): 6.1,
        ("control", "surface"): 3.7,
        ("focus", "surface"): 7.3,
        ("l1", "surface"): 3.2,
    },
    "dark": {
        ("text", "surface"): 13.8,
        ("text2", "surface"): 9.3,
        ("text3", "surface"): 6.6,
        ("text3", "bg"): 7.2,
        ("text3", "sel"): 5.2,
        ("on_accent", "accent"): 5.3,
        ("link", "surface"): 8.7,
        ("err", "err_soft"): 7.3,
        ("warn", "warn_soft"): 8.3,
        ("ok", "ok_soft"): 7.5,
        ("control", "surface"): 4.4,
        ("focus", "surface"): 8.0,
        ("l1", "surface"): 4.5,
    },
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("one", "ground", "least"), PAIRS)
def test_pair_is_readable(scheme, one, ground, least):
    table = tokens(scheme)
    assert contrast(table[one], table[ground]) >= least


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pairs_are_as_designed(scheme):
    table = tokens(scheme)
    measured = {pair: contrast(table[pair[0]], table[pair[1]]) for pair in STATED[scheme]}
    assert measured == pytest.approx(STATED[scheme], abs=0.06)


def test_schemes_name_the_same_tokens():
    assert tokens("light").keys() == tokens("dark").keys() == tokens("contrast").keys()


def test_levels_never_wear_the_colours_of_states():
    for scheme in ("light", "dark"):
        table = tokens(scheme)
        states = {table[name] for name in ("err", "warn", "ok")}
        assert not states & {table[f"l{level}"] for level in range(6)}


def test_contrast_of_black_on_white_is_21():
    assert round(contrast("#000000", "#FFFFFF"), 2) == 21
    assert contrast("#777777", "#777777") == 1
