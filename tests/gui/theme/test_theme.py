from __future__ import annotations

import pytest
from PySide6.QtGui import QFontDatabase, QFontInfo, QPalette, QRawFont
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QPushButton, QVBoxLayout, QWidget

from levelkit.gui.theme import theme
from levelkit.gui.theme.theme import FAMILY, MONO, Theme


def test_fonts_are_our_own_and_hold_every_vietnamese_letter(qapp):
    assert {FAMILY, MONO} <= set(QFontDatabase.families())
    assert QFontInfo(qapp.font()).family() == FAMILY
    font = QRawFont.fromFont(qapp.font())
    letters = "ăâđêôơưẳẵặẩẫậểễệổỗộởỡợửữựỷỹỵ≥≤→✓₫"
    assert [one for one in letters + letters.upper() if not font.supportsCharacter(ord(one))] == []


def test_sheet_has_no_token_left_to_fill(qapp):
    sheet = theme().sheet()
    assert "$" not in sheet
    assert "#FFFFFF".lower() in sheet.lower()


def test_font_scale_multiplies_sizes_in_the_sheet(qapp):
    small = theme().sheet()
    theme().set_percent(130)
    large = theme().sheet()
    assert "font-size: 22px" in small
    assert "font-size: 29px" in large
    assert qapp.font().pixelSize() == 18


def test_dark_reaches_palette_and_sheet_at_once(qapp):
    heard = []
    theme().changed.connect(lambda: heard.append(theme().scheme))
    theme().set_mode("dark")
    assert heard == ["dark"]
    assert qapp.palette().color(QPalette.ColorRole.Window).name() == "#15181e"
    assert "#1c2027" in qapp.styleSheet()


def test_high_contrast_takes_every_colour_from_the_system(qapp, monkeypatch):
    monkeypatch.setattr(Theme, "scheme", "contrast")
    theme().set_percent(115)
    system = {
        theme()._system_palette.color(group, role).name()
        for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Disabled)
        for role in list(QPalette.ColorRole)[: QPalette.ColorRole.NColorRoles.value]
    }
    used = {part.split(";")[0].strip() for part in theme().sheet().split(": ") if part.startswith("#")}
    colours = {word for text in used for word in text.split() if word.startswith("#") and len(word) == 7}
    assert colours
    assert colours <= system


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_boxes_are_drawn_from_tokens(qtbot, scheme):
    theme().set_mode(scheme)
    box = QCheckBox("Chọn")
    qtbot.addWidget(box)
    box.setChecked(True)
    box.resize(120, 32)
    picture = box.grab().toImage()
    colours = {picture.pixelColor(x, y).name() for x in range(22) for y in range(32)}
    assert theme().color("accent").name() in colours


def test_ring_follows_the_focus_and_lets_go(qtbot):
    page = QWidget()
    qtbot.addWidget(page)
    first, second = QLineEdit(), QPushButton("Lưu")
    layout = QVBoxLayout(page)
    layout.addWidget(first)
    layout.addWidget(second)
    page.show()
    page.activateWindow()
    qtbot.waitExposed(page)

    def ring():
        return [one for one in page.findChildren(QWidget, "focus_ring") if one.isVisible()]

    first.setFocus()
    qtbot.waitUntil(lambda: len(ring()) == 1)
    assert ring()[0].geometry() == first.geometry().adjusted(-4, -4, 4, 4)
    second.setFocus()
    qtbot.waitUntil(lambda: [one.geometry() for one in ring()] == [second.geometry().adjusted(-4, -4, 4, 4)])
    second.deleteLater()
    lowest = first.geometry().bottom() + 8
    qtbot.waitUntil(lambda: all(one.geometry().bottom() <= lowest for one in ring()))


def test_one_sheet_for_all_and_none_in_widgets(window):
    assert QApplication.instance().styleSheet()
    assert [widget for widget in window.findChildren(QWidget) if widget.styleSheet()] == []
