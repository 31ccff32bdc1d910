"""Bringing a sheet into a database by the window."""

from __future__ import annotations

from tests.gui.sheets.test_import import SHEET, look, said, write
from tests.gui.test_main_window import act


def test_the_sample_goes_into_a_database_and_comes_out(qtbot, window, postgres, database, tmp_path):
    window.open_path(postgres.uri(database))
    write(qtbot, window, look(qtbot, window, SHEET))
    assert len(window._desk.workspace.systems()) == 12
    window._inventory.export_to(tmp_path / "ra.xlsx")
    qtbot.waitUntil(lambda: "Đã xuất 12 hệ thống" in said(window), timeout=60_000)
    act(window, "impact").trigger()
    page = window.page()
    qtbot.waitUntil(lambda: page._task is None, timeout=120_000)
    assert sum(page._model.counts()[key] for key in ("same", "other")) == 12
    window.show_start()
