"""The matrix from the keyboard: statuses, many rows, folding, gaps, undo, what a screen reader hears."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from levelkit.domain.plan import SharedMeasure
from levelkit.errors import UserError, WorkspaceError
from levelkit.gui.find_targets import find_targets
from levelkit.gui.quick_find import find
from tests.gui.page_support import type_text

KEY = Qt.Key
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


def press(widget, *keys, modifier=Qt.KeyboardModifier.NoModifier):
    for key in keys:
        QTest.keyClick(widget, key, modifier)


def has_focus(part) -> bool:
    return QApplication.focusWidget() is part


def test_the_section_opens_on_the_rows_of_the_level(wizard, matrix):
    page = wizard._pages["phuong-an"]
    assert page._tabs.tabText(0) == "Yêu cầu cơ bản cấp 3"
    assert page._matrix._title.text() == "7. Phương án: yêu cầu cơ bản cấp 3"
    assert page._matrix._place.text() == "Mục 5 TCVN 14423:2026"
    assert page._tabs.tabText(1) == "Bảy nội dung"
    assert has_focus(matrix.view)
    assert matrix.view.current == "RR-01"


def test_a_status_key_answers_the_row_and_stays_on_it(matrix, plan_session):
    press(matrix.view, KEY.Key_2)
    assert plan_session.plan.answer("RR-01").status == "partly"
    press(matrix.view, KEY.Key_Down, KEY.Key_1, KEY.Key_Down, KEY.Key_0, KEY.Key_Down, KEY.Key_3)
    answers = [plan_session.plan.answer(f"RR-0{number}").status for number in (1, 2, 3, 4)]
    assert answers == ["partly", "met", "not_applicable", "not_met"]
    assert matrix.view.current == "RR-04"
    assert matrix.filters._segments["met"].text() == "Đáp ứng 1"


def test_letters_outside_the_keys_change_nothing(matrix, plan_session):
    before = plan_session.revision
    press(matrix.view, KEY.Key_4, KEY.Key_A, KEY.Key_Space, KEY.Key_X)
    assert plan_session.revision == before
    assert matrix.view.current == "RR-01"


def test_undo_takes_one_step_back_and_shows_the_row(wizard, matrix, plan_session):
    press(matrix.view, KEY.Key_1, KEY.Key_End)
    wizard.undo()
    assert plan_session.plan.answer("RR-01").status is None
    assert matrix.view.current == "RR-01"


def test_several_rows_are_answered_in_one_step(qtbot, wizard, matrix, plan_session):
    press(matrix.view, KEY.Key_Down, KEY.Key_Down, modifier=SHIFT)
    assert matrix.view.chosen == ["RR-01", "RR-02", "RR-03"]
    qtbot.waitUntil(matrix.bulk.isVisible)
    assert matrix.bulk._title.text() == "Đang chọn 3 yêu cầu"
    press(matrix.view, KEY.Key_2)
    assert {plan_session.plan.answer(one).status for one in matrix.view.chosen} == {"partly"}
    matrix.bulk.unit.edit.setFocus()
    type_text(matrix.bulk.unit.edit, "Phòng Công nghệ")
    press(matrix.bulk.unit.edit, KEY.Key_Return)
    assert plan_session.plan.answer("RR-03").unit == "Phòng Công nghệ"
    wizard.undo()
    assert {plan_session.plan.answer(one).unit for one in ("RR-01", "RR-02", "RR-03")} == {""}
    assert matrix.view.chosen == ["RR-01", "RR-02", "RR-03"]
    wizard.undo()
    assert {plan_session.plan.answer(one).status for one in ("RR-01", "RR-02", "RR-03")} == {None}


def test_every_row_shown_can_be_chosen_at_once(matrix, plan_session):
    matrix.filters.search.setText("mat khau")
    matrix.filters.take_typed()
    matrix.view.setFocus()
    press(matrix.view, KEY.Key_A, modifier=CONTROL)
    assert matrix.view.chosen == matrix.model.ids()
    assert 1 < len(matrix.view.chosen) < 30


def test_a_measure_joins_those_each_row_names_already(matrix, plan_session):
    one, two = (
        plan_session.shared.save_measure(SharedMeasure(id="", title=title, text="…"))
        for title in ("Tường lửa", "Quy chế")
    )
    plan_session.plan.update(["RR-01"], measures=[one])
    matrix.acts.add(["RR-01", "RR-02"], "measures", [two])
    assert plan_session.plan.answer("RR-01").measures == (one, two)
    assert plan_session.plan.answer("RR-02").measures == (two,)
    plan_session.undo()
    assert plan_session.plan.answer("RR-01").measures == (one,)
    assert plan_session.plan.answer("RR-02").measures == ()


def test_groups_fold_by_key_and_keep_folded_through_a_search(matrix):
    view = matrix.view
    press(view, KEY.Key_Left, KEY.Key_Left)
    assert view.current == ""
    press(view, KEY.Key_Down)
    assert view.current_group is not None
    assert view.current_group.group.id == "HW"
    matrix.filters.search.setText("rui ro")
    matrix.filters.take_typed()
    matrix.filters.clear()
    assert "RR" in view._folded
    assert view.go_to("RR-02")
    assert "RR" not in view._folded
    assert view.visualRect(view.currentIndex()).isValid()


def test_the_head_of_a_group_stays_over_its_rows(matrix):
    view = matrix.view
    view.go_to("TK-15")
    sticky = view._sticky
    assert sticky.isVisible()
    assert sticky.group.group.id == "TK"
    top = view.visualRect(view.currentIndex()).top()
    assert top >= sticky.height() - 1
    for _ in range(8):
        press(view, KEY.Key_Up)
        assert view.visualRect(view.currentIndex()).top() >= sticky.height() - 1
    QTest.mouseClick(sticky, Qt.MouseButton.LeftButton, pos=QPoint(40, 10))
    assert "TK" in view._folded


def test_pages_home_and_end_move_through_the_rows(matrix):
    view = matrix.view
    press(view, KEY.Key_PageDown)
    assert matrix.model.ids().index(view.current) > 4
    press(view, KEY.Key_End)
    assert view.current == matrix.model.ids()[-1]
    press(view, KEY.Key_Home, KEY.Key_Down)
    assert view.current == "RR-01"


def test_f8_goes_from_open_row_to_open_row_then_on_through_the_dossier(wizard, matrix, plan_session):
    order = matrix.model.ids()
    plan_session.plan.update(order[1:4], status="not_applicable", reason="Không có")
    wizard.go_to_gap()
    assert matrix.view.current == order[4]
    matrix.view.go_to(order[-1])
    wizard.go_to_gap()
    assert not wizard.focused.startswith("req.")
    assert not wizard._pages["phuong-an"].on_matrix or wizard.current != "phuong-an"


def test_a_gap_named_by_a_finding_shows_its_row_whatever_is_filtered(wizard, matrix):
    where = [finding.where for finding in wizard.session.findings() if "/req." in finding.where]
    assert where
    matrix.filters.search.setText("tai khoan")
    matrix.filters.take_typed()
    wizard.visit("don-vi")
    wizard.jump_to("req.HT-07")
    assert wizard.current == "phuong-an"
    assert matrix.view.current == "HT-07"
    assert matrix.filters.search.text() == ""
    assert wizard.focused == "req.HT-07"


def test_quick_find_knows_rows_by_clause_and_name(wizard, matrix):
    targets = find_targets(None, wizard.session)
    by_clause = find(targets, "5.6.2.2 do dai")
    assert [target.key for target in by_clause] == ["req.TK-09"]
    wizard.jump_to(by_clause[0].key)
    assert matrix.view.current == "TK-09"


def test_an_empty_result_offers_the_way_back(matrix):
    matrix.filters.search.setText("không đâu có chữ này")
    matrix.filters.take_typed()
    assert matrix._nothing.isVisible()
    assert "«không đâu có chữ này»" in matrix._nothing_words.text()
    matrix.findChild(QPushButton, "plan_show_all").click()
    assert matrix.view.isVisible()
    assert len(matrix.model.ids()) == len(matrix.board.by_id)


def test_an_open_level_says_what_to_do_and_gives_the_panel_its_place(wizard, matrix, plan_session):
    assert not wizard._level.dock.isVisible()
    plan_session.set("proposed_level", None)
    assert matrix._problem.isVisible()
    assert matrix._problem_words.text() == plan_session.plan.problem_vi
    assert wizard._level.dock.isVisible()
    assert not matrix.side.isVisible()
    plan_session.set("proposed_level", 2)
    assert matrix.view.isVisible()
    assert wizard._pages["phuong-an"]._tabs.tabText(0) == "Yêu cầu cơ bản cấp 2"
    assert not wizard._level.dock.isVisible()


def test_the_other_tabs_get_the_level_and_the_way_back(wizard, matrix):
    page = wizard._pages["phuong-an"]
    assert matrix.keys.isVisible()
    assert wizard._foot._next.isVisible()
    page._tabs.setCurrentIndex(2)
    assert not matrix.keys.isVisible()
    assert not matrix.side.isVisible()
    assert wizard._level.dock.isVisible()
    assert page._matrix._title.text() == "7. Phương án"
    wizard.jump_to("mgmt.policy")
    assert page._tabs.currentIndex() == 2


def test_a_disk_that_refuses_is_told_and_the_row_keeps_its_answer(wizard, matrix, plan_session, monkeypatch):
    def refuse(*_args, **_kwargs):
        raise WorkspaceError("Chưa lưu được: ổ đĩa đầy.")

    monkeypatch.setattr(plan_session._workspace, "save", refuse)
    press(matrix.view, KEY.Key_1)
    assert "unsaved" in wizard._banners.shown()
    assert matrix.board.by_id["RR-01"].state == "met"
    monkeypatch.undo()
    wizard.retry_save()
    assert "unsaved" not in wizard._banners.shown()
    assert not plan_session.unsaved


def test_rows_and_heads_are_heard(matrix, plan_session):
    plan_session.plan.update(["RR-01"], status="partly")
    interface = QAccessible.queryAccessibleInterface(matrix.view)
    assert interface.role() == QAccessible.Role.Tree
    assert interface.text(QAccessible.Text.Name) == "Ma trận yêu cầu"
    heard = {}
    for number in range(interface.childCount()):
        child = interface.child(number)
        if child is not None and child.role() == QAccessible.Role.TreeItem:
            heard[number] = child.text(QAccessible.Text.Name)
        if len(heard) > 12:
            break
    texts = list(heard.values())
    assert any(text.startswith("5.1 Quản lý rủi ro an ninh mạng. 11 yêu cầu") for text in texts)
    assert "5.1.2.1 a), Quy trình quản lý rủi ro, Đáp ứng một phần, 0 minh chứng" in texts


@pytest.mark.parametrize(("width", "docked"), [(1366, True), (910, False)])
def test_the_detail_is_docked_or_a_sheet(qtbot, wizard, matrix, width, docked):
    wizard.resize(width, 520)
    assert matrix.side.isVisible() == docked
    press(matrix.view, KEY.Key_Return)
    assert matrix.side.isVisible()
    assert matrix.side.isAncestorOf(QApplication.focusWidget())
    page = wizard._pages["phuong-an"]
    right = matrix.side.mapTo(page, QPoint(matrix.side.width(), 0)).x()
    assert right == page.width()
    press(QApplication.focusWidget(), KEY.Key_Escape)
    assert has_focus(matrix.view)
    assert matrix.side.isVisible() == docked


@pytest.mark.parametrize("width", [1366, 910])
def test_the_page_fits_its_window(wizard, matrix, width):
    wizard.resize(width, 560)
    matrix.filters._more.setChecked(True)
    assert matrix.minimumSizeHint().width() <= wizard._stack.width() - (312 if width > 1180 else 0)
    view = matrix.view
    assert view.horizontalScrollBar().maximum() == 0
    assert view.header().sectionSize(1) >= 200


def test_a_status_that_is_refused_is_not_left_standing(wizard, matrix, plan_session, monkeypatch):
    def refuse(*_args, **_kwargs):
        raise UserError("«5.1.2.1 a)»: không nhận được.")

    plan_session.plan.update(["RR-01"], status="met")
    monkeypatch.setattr(plan_session.plan, "update", refuse)
    press(matrix.view, KEY.Key_3)
    assert matrix.board.by_id["RR-01"].state == "met"
    assert matrix.filters._segments["met"].text() == "Đáp ứng 1"
    assert "refused" in matrix._notes.shown()


def test_a_click_on_the_section_brings_to_its_rows(wizard, matrix):
    """The wide list gives way to the narrow one: the focus goes to the rows, not to what stands next."""
    wizard.visit("rui-ro")
    wizard._list.setFocus()
    part = next(
        part for part in wizard._list.findChildren(QWidget) if part.focusPolicy() and part.isVisible()
    )
    part.setFocus()
    wizard._list.asked.emit("phuong-an")
    assert not wizard._list.isVisible()
    assert has_focus(matrix.view)


def test_ctrl_f_goes_to_the_search_and_a_head_tells_how_many_it_shows(qtbot, matrix):
    press(matrix.view, KEY.Key_F, modifier=CONTROL)
    qtbot.waitUntil(matrix.filters.search.hasFocus)
    type_text(matrix.filters.search, "mật khẩu tài khoản quản trị")
    matrix.filters.take_typed()
    (head, rows), *_ = matrix.model._groups
    assert head.counts_vi().startswith(f"Đang thấy {len(rows)} trong {len(head.items)} yêu cầu: ")
    matrix.filters.clear()
    assert matrix.board.groups[0].counts_vi()[0].isdigit()


def test_a_jump_into_rows_chosen_together_chooses_the_one(wizard, matrix):
    """Else the next key would answer them all."""
    press(matrix.view, KEY.Key_A, modifier=CONTROL)
    assert len(matrix.view.chosen) > 100
    wizard.go_to_gap()
    assert matrix.view.chosen == [matrix.view.current]
    press(matrix.view, KEY.Key_A, modifier=CONTROL)
    wizard.visit("rui-ro")
    wizard.jump_to("req.TK-09")
    assert matrix.view.chosen == ["TK-09"]


def test_confirming_gives_the_rows_the_focus_back(matrix, plan_session, other_session):
    other_session.plan.update(["RR-01", "RR-02"], status="met", how="Có quy trình")
    plan_session.plan.take_over(other_session.code)
    press(matrix.view, KEY.Key_Down, modifier=SHIFT)
    matrix._show_chosen()
    button = matrix.bulk.findChild(QPushButton, "plan_bulk_confirm")
    assert button.text() == "Xác nhận 2 dòng đã lấy"
    button.setFocus()
    button.click()
    assert has_focus(matrix.view)
    assert not plan_session.plan.answer("RR-02").taken_from
