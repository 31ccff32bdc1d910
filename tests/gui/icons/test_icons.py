from __future__ import annotations

import re

import pytest
from PySide6.QtCore import QSize

from levelkit.gui.icons import icon
from levelkit.gui.theme import theme
from levelkit.gui.theme.tokens import tokens
from levelkit.resources import package_dir

FOLDER = package_dir("gui", "icons", "lucide")
NAMES = sorted(file.stem for file in FOLDER.glob("*.svg"))


def pixels(name: str, tint: str) -> set[str]:
    image = icon(name, tint).pixmap(QSize(96, 96)).toImage()
    return {
        image.pixelColor(x, y).name()
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    }


@pytest.mark.parametrize("name", NAMES)
def test_icon_draws_in_its_token(qapp, name):
    assert theme().color("err").name() in pixels(name, "err")


def test_icon_follows_the_theme(qapp):
    light = pixels("circle-check", "ok")
    theme().set_mode("dark")
    dark = pixels("circle-check", "ok")
    assert theme().color("ok").name() in dark
    assert not light & dark


def test_every_icon_named_in_the_window_is_shipped():
    code = "\n".join(file.read_text("utf-8") for file in package_dir("gui").rglob("*.py"))
    named = set(re.findall(r'(?:mark=|icon\(|picture\(|with_icon\([^")]*)"([a-z][a-z0-9-]+)"', code))
    assert named
    assert named - tokens("light").keys() <= set(NAMES)


def test_licence_lies_beside():
    assert "ISC License" in (FOLDER / "LICENSE").read_text("utf-8")
    assert "SIL OPEN FONT LICENSE" in package_dir("gui", "fonts", "OFL.txt").read_text("utf-8").upper()
