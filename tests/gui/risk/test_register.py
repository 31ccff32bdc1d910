"""The register in the window: rows, cells, keys, filter, undo, the catalogue, the conclusion."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLabel

from levelkit.domain.risk import QUESTION
from levelkit.gui.fields.rows import CheckRow
from levelkit.gui.risk.detail import GROUPS
from levelkit.gui.theme import theme
from tests.gui.page_support import heard, retype, type_text

A = {"threat": "Lộ dữ liệu", "likelihood": 4, "effect": 5, "residual_likelihood": 2, "residual_effect": 5}
B = {"threat": "Mất điện thoại", "likelihood": 3, "effect": 3}
C = {
    "threat": "Gian lận thu hộ",
    "likelihood": 4,
    "effect": 5,
    "harm_subject": "rights",
    "harm_degree": "serious",
}


def threats(session):
    return [row["threat"] for row in session.interview.answer(QUESTION) or []]


def cell(session, number, column):
    return session.interview.answer(QUESTION)[number - 1][column]


def shown(field):
    return [field.model.row_at(place).number for place in range(field.model.rowCount())]


def said(field, place):
    return field.model.index(place).data(Qt.ItemDataRole.AccessibleTextRole)


def test_every_column_of_the_form_stands_in_the_details_once(session):
    ids = [column.id for column in session.interview.forms.question(QUESTION).columns]
    assert sorted(key for _, keys in GROUPS for key in keys) == sorted(ids)


def test_an_empty_register_offers_the_ways_to_begin(make, session):
    field = make()
    assert field.entry().text() == "Thêm từ danh mục gợi ý…"
    field.add_row()
    assert session.interview.answer(QUESTION) is None
    type_text(field.detail.boxes["threat"].field.entry(), "Mã độc")
    field.flush()
    assert threats(session) == ["Mã độc"]


def test_a_row_tells_its_band_in_words_before_and_after(make):
    field = make(A, B)
    assert said(field, 0) == "Nguy cơ 1: Lộ dữ liệu. Trước xử lý: rất cao 20. Sau xử lý: cao 10."
    assert said(field, 1) == "Nguy cơ 2: Mất điện thoại. Trước xử lý: trung bình 9. Sau xử lý: chưa chấm."


def test_scores_are_given_by_keys_and_taken_back(qtbot, make, session):
    field = make(B)
    score = field.detail.boxes["likelihood"].field
    score.entry().setFocus()
    qtbot.keyClick(score.entry(), Qt.Key.Key_5)
    assert cell(session, 1, "likelihood") == 5
    qtbot.keyClick(score.entry(), Qt.Key.Key_Left)
    assert cell(session, 1, "likelihood") == 4
    qtbot.keyClick(score.entry(), Qt.Key.Key_Delete)
    assert cell(session, 1, "likelihood") is None
    assert field.detail.boxes["likelihood"].problem.startswith("Phải có.")
    assert "Có ô cần sửa." in said(field, 0)


def test_a_button_of_the_scale_tells_what_the_step_means(make):
    field = make(B)
    name, description = heard(field.detail.boxes["effect"].field.entries()[3])
    assert name == "Ảnh hưởng 4: Lớn"
    assert "Phần lớn người dùng bị ảnh hưởng" in description


def test_what_is_no_day_stays_and_is_told(make, session):
    field = make(B)
    due = field.detail.boxes["due"]
    retype(due.field.entry(), "mai")
    field.flush()
    assert cell(session, 1, "due") == "mai"
    assert "ngày có thật" in due.problem
    retype(due.field.entry(), "20/12/2026")
    field.flush()
    assert cell(session, 1, "due") == "2026-12-20"
    assert due.problem == ""


def test_a_choice_is_stored_by_its_value(make, session):
    field = make(B)
    combo = field.detail.boxes["treatment"].field.entry()
    combo.setCurrentIndex(combo.findText("Chấp nhận", Qt.MatchFlag.MatchStartsWith))
    combo.activated.emit(combo.currentIndex())
    assert cell(session, 1, "treatment") == "accept"


def test_copy_move_remove_and_one_step_back_each(qtbot, make, session):
    field = make(A, B)
    field.list.setFocus()
    qtbot.keyClick(field.list, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert threats(session) == ["Lộ dữ liệu", "Lộ dữ liệu", "Mất điện thoại"]
    qtbot.keyClick(field.list, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert threats(session) == ["Lộ dữ liệu", "Mất điện thoại", "Lộ dữ liệu"]
    qtbot.keyClick(field.list, Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier)
    assert threats(session) == ["Lộ dữ liệu", "Mất điện thoại"]
    for wanted in (3, 3, 2):
        session.undo()
        assert len(threats(session)) == wanted
    assert shown(field) == [1, 2]


def test_typed_text_goes_to_the_row_it_was_typed_for(qtbot, make, session):
    field = make(A, B)
    type_text(field.detail.boxes["owner"].field.entry(), "Phòng An ninh mạng")
    field.list.setFocus()
    qtbot.keyClick(field.list, Qt.Key.Key_Down)
    assert cell(session, 1, "owner") == "Phòng An ninh mạng"
    assert cell(session, 2, "owner") is None
    assert field.detail.boxes["owner"].field.entry().text() == ""


def test_enter_on_a_row_begins_to_edit_it(qtbot, make):
    field = make(A, B)
    field.list.setFocus()
    qtbot.keyClick(field.list, Qt.Key.Key_Down)
    qtbot.keyClick(field.list, Qt.Key.Key_Return)
    assert field.detail.boxes["threat"].field.entry().hasFocus()
    assert field.findChild(QLabel, "risk_row_title").text() == "Nguy cơ 2"


def test_a_cell_of_the_matrix_filters_and_lets_go(qtbot, make):
    field = make(A, B, C)
    rect = field.matrix.cell_rect((4, 5))
    qtbot.mouseClick(field.matrix, Qt.MouseButton.LeftButton, pos=rect.center())
    assert shown(field) == [1, 3]
    assert "khả năng 4" in field.findChild(QLabel, "risk_filter").text()
    qtbot.mouseClick(field.matrix, Qt.MouseButton.LeftButton, pos=rect.center())
    assert shown(field) == [1, 2, 3]
    qtbot.mouseClick(field.matrix, Qt.MouseButton.LeftButton, pos=QPoint(1, 1))
    assert shown(field) == [1, 2, 3]


def test_the_matrix_is_walked_and_filtered_by_keys(qtbot, make):
    field = make(A, B)
    field.matrix.setFocus()
    qtbot.keyClick(field.matrix, Qt.Key.Key_Down)
    assert "khả năng 4 (nhiều), ảnh hưởng 5 (rất lớn), mức rất cao 20, nguy cơ 1" in heard(field.matrix)[0]
    qtbot.keyClick(field.matrix, Qt.Key.Key_Return)
    assert shown(field) == [1]
    qtbot.keyClick(field.matrix, Qt.Key.Key_Escape)
    assert shown(field) == [1, 2]


def test_after_treatment_the_rows_stand_elsewhere(make):
    field = make(A, B)
    assert field.matrix.rows_at((4, 5)) == (1,)
    field._moments[1].click()
    assert field.matrix.rows_at((4, 5)) == ()
    assert field.matrix.rows_at((2, 5)) == (1,)
    assert "sau xử lý" in heard(field.matrix)[0]


def test_editing_under_a_filter_keeps_the_row_in_sight(qtbot, make, session):
    field = make(A, B)
    field.matrix.choose((4, 5))
    score = field.detail.boxes["effect"].field
    qtbot.keyClick(score.entry(), Qt.Key.Key_3)
    assert cell(session, 1, "effect") == 3
    assert shown(field) == [1]
    assert field.matrix.rows_at((4, 3)) == (1,)


def test_threats_of_the_catalogue_come_without_scores(qtbot, make, session):
    session.set("kinds", ["citizen_business"])
    session.set("conditional_business_lines", [97])
    field = make(B)
    field.open_catalogue()
    dialog = field.dialog
    visible = {key for key, row in dialog.rows.items() if row.isVisible()}
    assert {"postal-lost-phone", "online-ddos", "common-ransomware"} <= visible
    assert "industrial-malware" not in visible
    dialog.search.setText("may in")
    visible = {key for key, row in dialog.rows.items() if row.isVisible()}
    assert "postal-label-printer" in visible
    assert "postal-cod" not in visible
    dialog.search.setText("")
    assert not dialog.add.isEnabled()
    for key in ("postal-cod", "postal-lost-phone"):
        dialog.rows[key].click()
    assert dialog.add.text() == "Thêm 2 nguy cơ"
    dialog.add.click()
    assert len(threats(session)) == 3
    assert cell(session, 2, "likelihood") is None
    assert cell(session, 2, "harm_subject") == "rights"
    assert field.findChild(QLabel, "risk_row_title").text() == "Nguy cơ 2"
    qtbot.waitUntil(field.list.hasFocus)
    session.undo()
    assert threats(session) == ["Mất điện thoại"]


def test_what_stands_in_the_register_already_is_not_offered_again(make, session):
    field = make(B)
    field._on_chosen([field.book.catalogue.entry("postal-cod")])
    field.open_catalogue()
    row = field.dialog.rows["postal-cod"]
    assert isinstance(row, CheckRow)
    assert not row.isEnabled()
    field.dialog.reject()


def test_the_conclusion_is_offered_with_its_rows_and_used_on_request(make, session):
    field = make(A, C)
    button = field.conclusion.button
    assert button.isEnabled()
    assert session.interview.answer("harm.rights") is None
    button.click()
    assert session.interview.answer("harm.rights") == "serious"
    assert session.interview.answer("risk_assessed_level") == 2
    assert not button.isEnabled()
    session.undo()
    assert session.interview.answer("harm.rights") is None
    assert button.isEnabled()


def test_the_rows_behind_a_conclusion_can_be_looked_at(make):
    field = make(A, C)
    field.conclusion.rows_asked.emit((2,))
    assert shown(field) == [2]
    field.show_all()
    assert shown(field) == [1, 2]


def test_the_grid_shows_and_takes_all_columns(make, session):
    field = make(A)
    field.toggle_grid()
    head = [field.grid.model.columns[number].label for number in range(3)]
    field.grid.paste_text(
        "Mối đe dọa\tKhả năng\tẢnh hưởng\tCách xử lý\tHạn\nMất điện\t2\t4\ttránh\t20/12/2026"
    )
    assert head[0] == "Mối đe dọa"
    assert cell(session, 2, "treatment") == "avoid"
    assert cell(session, 2, "due") == "2026-12-20"
    texts = [field.grid.model.index(1, place).data() for place in range(field.grid.model.columnCount())]
    assert "Tránh" in texts
    assert "20/12/2026" in texts
    field.toggle_grid()
    assert shown(field) == [1, 2]


def test_a_register_of_the_older_form_is_edited_without_losing_anything(qtbot, make, session):
    field = make({**B, "weakness": "Phiên dài", "measure": "Khóa màn hình"})
    qtbot.keyClick(field.detail.boxes["effect"].field.entry(), Qt.Key.Key_4)
    row = session.interview.answer(QUESTION)[0]
    assert (row["weakness"], row["measure"], row["effect"]) == ("Phiên dài", "Khóa màn hình", 4)


def test_read_only_rows_can_be_read_and_filtered_not_changed(make, session):
    field = make(A, C)
    field.set_read_only(read_only=True)
    field.add_row()
    field.duplicate_row()
    field.remove_row()
    assert len(threats(session)) == 2
    field.matrix.choose((4, 5))
    assert shown(field) == [1, 2]
    assert not field.conclusion.button.isEnabled()
    assert field.detail.boxes["threat"].field.entry().isReadOnly()


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_register_draws_in_both_themes(make, mode):
    theme().set_mode(mode)
    field = make(A, B, C)
    field.matrix.choose((4, 5))
    drawn = field.grab().toImage()
    colours = {drawn.pixelColor(x, y).name() for x in range(0, drawn.width(), 3) for y in range(0, 600, 3)}
    assert {theme().color("err_soft").name(), theme().color("sel").name()} <= colours


def test_what_has_the_focus_has_a_name(make):
    field = make(A, B)
    for part in field.entries():
        if part.isVisibleTo(field):
            interface = QAccessible.queryAccessibleInterface(part)
            assert interface.text(QAccessible.Text.Name).strip() or part.accessibleName(), part.objectName()
