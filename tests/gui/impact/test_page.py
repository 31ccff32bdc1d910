"""Two laws side by side in the real window."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QTableView

from levelkit.gui.board.page import BoardPage
from levelkit.gui.citation_dialog import CitationDialog
from levelkit.gui.impact.page import ImpactPage
from levelkit.services import Workspace
from tests.gui.test_accessibility import nameless
from tests.gui.test_main_window import act

if TYPE_CHECKING:
    from pathlib import Path

    from levelkit.gui.main_window import MainWindow


@pytest.fixture
def page(qtbot, window: MainWindow, sample: Path) -> ImpactPage:
    """The sample and one system that the new decree judges otherwise, compared."""
    with Workspace.open(sample) as workspace:
        workspace.add_system("Cổng tin", "HT-90")
        workspace.session("HT-90").set_many(
            {
                "information": ["private", "personal"],
                "kinds": ["citizen_business"],
                "services.online": "Tra cứu",
                "conditional_business_lines": [],
                "settles_administrative_procedures": False,
                "basic_data_subjects": 60_000,
                "sensitive_data_subjects": 0,
                "remote": ["none"],
                "national_security_criteria": ["none"],
                "risk_assessed_level": 1,
            }
        )
    window.open_path(str(sample))
    act(window, "impact").trigger()
    found = window.page()
    assert isinstance(found, ImpactPage)
    qtbot.waitUntil(lambda: found._task is None, timeout=120_000)
    return found


def rows(page: ImpactPage) -> dict[str, list[str]]:
    model = page.findChild(QTableView, "inventory_table").model()
    return {
        model.index(row, 0).data(): [model.index(row, column).data() for column in range(model.columnCount())]
        for row in range(model.rowCount())
    }


def said(page: ImpactPage) -> str:
    return "\n".join(one.text() for one in page._side.findChildren(QLabel) if one.isVisible())


def test_every_system_stands_under_both_decrees(page):
    found = rows(page)
    assert len(found) == 13
    assert found["HT-06"][2:5] == ["Cấp 2", "Cấp 2", "Như nhau"]
    assert found["HT-04"][6] == "31/12/2026"
    assert found["HT-90"][2:4] == ["Cấp 3", "Cấp 2"]
    assert found["HT-90"][4] == "Thấp hơn theo NĐ 331"


def test_what_differs_is_explained_with_its_articles(window, page):
    page.findChild(QPushButton, "impact_filter_other").click()
    assert list(rows(page)) == ["HT-90"]
    words = said(page)
    assert "Vì sao khác" in words
    assert "Từ cấp 3 sang cấp 2" in words
    links = [one for one in page._side.findChildren(QPushButton) if one.text().startswith("Đ")]
    assert links
    links[0].click()
    dialog = window.findChild(CitationDialog)
    assert dialog is not None
    dialog.reject()


def test_a_row_opens_its_system(qtbot, window, page):
    table = page.findChild(QTableView, "inventory_table")
    table.setFocus()
    table.selectRow(list(rows(page)).index("HT-09"))
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert window._wizard.session.code == "HT-09"


def test_everything_has_a_name_and_leads_back_to_the_board(window, page):
    assert nameless(window) == []
    next(one for one in page.findChildren(QPushButton) if one.text() == "Bảng theo dõi").click()
    assert isinstance(window.page(), BoardPage)


def test_stopping_leaves_the_page_usable(qtbot, window, sample):
    window.open_path(str(sample))
    act(window, "impact").trigger()
    page = window.page()
    page.findChild(QPushButton, "impact_stop").click()
    qtbot.waitUntil(lambda: page._task is None, timeout=60_000)
    assert not page.findChild(QPushButton, "impact_stop").isVisible()
    page.refresh()
    qtbot.waitUntil(lambda: len(rows(page)) == 12, timeout=120_000)
