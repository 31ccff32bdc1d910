"""Small parts: links follow the theme."""

from __future__ import annotations

from typing import TYPE_CHECKING

from levelkit.gui import kit
from levelkit.gui.theme import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QLabel


def drawn(label: QLabel) -> QImage:
    label.resize(200, 30)
    return label.grab().toImage()


def test_links_take_the_colour_of_the_theme_in_use(qtbot):
    link = '<a href="nd331-2026:4.2">Khoản 2 Điều 4</a>'
    kept = theme().mode
    theme().set_mode("light")
    old = kit.rich(link, "help")
    qtbot.addWidget(old)
    drawn(old)
    try:
        theme().set_mode("dark")
        new = kit.rich(link, "help")
        qtbot.addWidget(new)
        assert drawn(old) == drawn(new)
    finally:
        theme().set_mode(kept)
