"""The tab «Sơ đồ»: the pictures follow the tables, zoom, are saved, and lead to what they lack."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel, QPushButton

from levelkit.gui.diagrams.canvas import FIT
from levelkit.gui.diagrams.page import DiagramPage, save
from levelkit.services import diagrams


@pytest.fixture
def session(workspace):
    return workspace.session("HT-03")


@pytest.fixture
def page(qtbot, session):
    made = DiagramPage(session)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    qtbot.waitUntil(lambda: made.current is not None)
    return made


def test_the_three_pictures_of_the_sample_can_be_chosen_and_are_read_out(page):
    titles = [page.picker.itemText(at) for at in range(page.picker.count())]
    assert titles == ["Mô hình lô-gic của hệ thống", "Mô hình vật lý của hệ thống", "Sơ đồ vùng mạng"]

    page.picker.setCurrentIndex(2)
    assert page.canvas.accessibleName() == "Sơ đồ vùng mạng"
    assert "5 vùng mạng" in page.canvas.accessibleDescription()


def test_another_row_in_a_table_is_drawn_and_the_picture_stays_in_front(page, session, qtbot):
    page.picker.setCurrentIndex(2)
    zones = session.interview.answer("zones")
    session.set("zones", [*zones, {"name": "Vùng thử nghiệm", "private_ip": "10.3.77.0/24"}])

    qtbot.waitUntil(lambda: "Vùng thử nghiệm" in page.current.description)
    assert page.current.key == "zones"


def test_the_size_follows_keys_and_buttons(page, qtbot):
    page.canvas.set_zoom(100)
    qtbot.keyClick(page.canvas, Qt.Key.Key_Plus)
    assert page.canvas.percent == 125
    qtbot.keyClick(page.canvas, Qt.Key.Key_Minus)
    qtbot.keyClick(page.canvas, Qt.Key.Key_Minus)
    assert page.canvas.percent == 80
    qtbot.keyClick(page.canvas, Qt.Key.Key_0)
    assert page.canvas.fits
    wide = page.canvas.percent
    page.resize(700, 700)
    assert page.canvas.percent < wide
    assert FIT == 0


def test_an_own_picture_is_named_and_asked_for(page, session, qtbot):
    own = session.interview.answer("arch.logical_picture")
    if own is None:
        session.set(
            "arch.logical_picture",
            {"sha256": "0" * 64, "name": "hinh.png", "size": 1, "media_type": "image/png"},
        )
        own = session.interview.answer("arch.logical_picture")
        qtbot.waitUntil(lambda: own["name"] in page.findChild(QLabel, "diagram_word").text())
    assert own["name"] in page.findChild(QLabel, "diagram_word").text()
    with qtbot.waitSignal(page.jump_asked) as asked:
        page.findChild(QPushButton, "own_picture").click()
    assert asked.args == ["arch.logical_picture", 0]


def test_what_cannot_be_placed_leads_to_its_row(page, session, qtbot):
    page.picker.setCurrentIndex(2)
    devices = session.interview.answer("devices")
    session.set(
        "devices", [*devices, {"name": "Máy in nhãn", "location": "Kho", "purpose": "In", "quantity": 1}]
    )
    qtbot.waitUntil(lambda: any("Máy in nhãn" in note.text for note in page.current.notes))

    links = [button for button in page.findChildren(QPushButton) if "Máy in nhãn" in button.text()]
    with qtbot.waitSignal(page.jump_asked) as asked:
        links[-1].click()
    assert asked.args == ["devices", len(devices) + 1]


def test_empty_tables_say_what_to_fill_in(qtbot, workspace):
    code = workspace.add_system("Hệ thống mới")
    made = DiagramPage(workspace.session(code))
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: made.findChild(QPushButton, "fill_devices").isVisible())
    with qtbot.waitSignal(made.jump_asked) as asked:
        made.findChild(QPushButton, "fill_devices").click()
    assert asked.args == ["devices", 0]


@pytest.mark.parametrize("name", ["hình.svg", "hình.png"])
def test_a_picture_is_saved_as_the_name_says(session, qapp, tmp_path, name):
    diagram = diagrams.diagrams(session)[2]
    path = tmp_path / name

    assert str(path) in save(diagram, path)
    if path.suffix == ".png":
        image = QImage(str(path))
        assert image.width() == round(diagram.width / 25.4 * 300)
    else:
        root = ET.fromstring(path.read_text(encoding="utf-8"))
        families = {text.get("font-family") for text in root.iter("{http://www.w3.org/2000/svg}text")}
        assert all("Times New Roman" in family for family in families)


@pytest.mark.parametrize(
    "case",
    [("hình", 0, "hình.png"), ("hình.svg", 0, "hình.png"), ("sơ đồ v1.2", 1, "sơ đồ v1.2.svg")],
)
def test_the_chosen_kind_gives_the_ending(page, tmp_path, monkeypatch, case):
    typed, kind, file = case

    def choose(_parent, _title, name, kinds):
        assert "HT-03 " in name
        return str(tmp_path / typed), kinds.split(";;")[kind]

    monkeypatch.setattr("levelkit.gui.diagrams.page.QFileDialog.getSaveFileName", choose)
    page.findChild(QPushButton, "save_diagram").click()

    assert [path.name for path in tmp_path.iterdir() if path.suffix in {".png", ".svg"}] == [file]


def test_a_folder_that_is_not_there_is_told(session, qapp, tmp_path):
    told = save(diagrams.diagrams(session)[0], tmp_path / "không có" / "hình.svg")

    assert told.startswith("Không ghi được")


def test_the_same_picture_stands_in_the_window_and_in_the_dossier(session):
    from levelkit.dossier import assemble

    for key in ("logical", "physical", "zones"):
        session.set(f"arch.{key}_picture", None)
    context = assemble(session.proposal(), session.library)
    assert {one.key: one.svg for one in diagrams.diagrams(session)} == {
        key: context.drawings[key].svg for key in ("logical", "physical", "zones")
    }
