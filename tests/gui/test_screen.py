"""A window stored on a large screen opens whole on a small one."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from levelkit.gui.screen import FRAME, fit_screen


def test_a_window_larger_than_the_screen_comes_back_onto_it(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    room = window.screen().availableGeometry()
    window.resize(room.size() * 2)
    window.move(room.width() - 20, room.height() - 20)
    fit_screen(window, 300)
    assert window.size() == room.size() - FRAME
    assert room.contains(window.geometry())


def test_a_window_that_fits_stays_as_it_was(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    room = window.screen().availableGeometry()
    window.resize(QSize(300, 200))
    window.move(room.left() + 40, room.top() + 50)
    before = window.geometry()
    fit_screen(window, 300)
    assert window.geometry() == before
