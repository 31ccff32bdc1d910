"""A key that changes an answer: how long until the level panel is right and painted, against one frame."""

from __future__ import annotations

from statistics import median
from time import perf_counter

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from tests.benchmarks.material import CODE, sample
from tests.benchmarks.table import Row
from tests.benchmarks.window import Pulse, wait, window_on

FRAME = 1000 / 60
QUESTION = "settles_administrative_procedures"
OPTIONS = (f"{QUESTION}", f"{QUESTION}__part1")
PRESSES = 21


def measure() -> list[Row]:
    with sample() as path, window_on(path, CODE) as window:
        wizard = window.findChild(QWidget, "wizard")
        wizard.jump_to(QUESTION)
        wait(500)
        rows = [window.findChild(QWidget, name) for name in OPTIONS]
        panels, settles = [], []
        for press in range(PRESSES):
            row = rows[press % 2]
            row.setFocus()
            wait(50)
            before = wizard.session.revision
            began = perf_counter()
            QTest.keyClick(row, Qt.Key.Key_Space)
            window.repaint()
            panels.append((perf_counter() - began) * 1000)
            assert wizard.session.revision > before, "the key changed nothing"
            pulse = Pulse(1)
            wait(400)
            settles.append(max(pulse.stop()))
    return [
        Row("phím đổi câu trả lời → bảng cấp độ vẽ xong", median(panels), "một khung hình", FRAME, "ms", 1),
        Row("  rồi đếm lại chỗ thiếu khi ngừng gõ", median(settles), "một khung hình", FRAME, "ms", 1),
    ]
