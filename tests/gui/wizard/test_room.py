from __future__ import annotations

import pytest

from levelkit.gui.wizard.room import Room, plan_room


@pytest.mark.parametrize(
    ("width", "section", "room"),
    [
        (1920, "loai-hinh", Room("list", "panel")),
        (1920, "kien-truc", Room("list", "rail")),
        (1500, "kiem-tra", Room("list", "rail")),
        (1499, "kiem-tra", Room("rail", "rail")),
        (1366, "loai-hinh", Room("list", "panel")),
        (1366, "kien-truc", Room("list", "rail")),
        (1100, "don-vi", Room("list", "panel")),
        (1099, "don-vi", Room("rail", "strip")),
        (900, "kien-truc", Room("rail", "strip")),
    ],
)
def test_width_and_page_decide_what_stands_beside(width, section, room):
    assert plan_room(width, section) == room
