"""Fields to choose from: never chosen ahead, exclusive options, what is stored."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox


def labelled(box, label) -> QAbstractButton:
    (found,) = [part for part in box.field.findChildren(QAbstractButton) if part.text() == label]
    return found


def checked(box) -> list[str]:
    return [part.text() for part in box.field.findChildren(QAbstractButton) if part.isChecked()]


def test_yes_no_unknown_is_never_chosen_ahead(box, session):
    single = box("scope.single_owner")
    assert [part.text() for part in single.field.entries()] == ["Có", "Không", "Chưa rõ"]
    assert checked(single) == []
    labelled(single, "Không").click()
    assert session.interview.answer("scope.single_owner") is False
    labelled(single, "Chưa rõ").click()
    assert session.interview.answer("scope.single_owner") is None
    assert checked(single) == ["Chưa rõ"]
    session.undo()
    assert checked(single) == ["Không"]
    session.undo()
    assert checked(single) == []


@pytest.mark.parametrize(
    ("question_id", "first", "second"),
    [("scope.single_owner", "Có", "Không"), ("system.stage", "Đang vận hành", "Đầu tư xây dựng mới")],
)
@pytest.mark.parametrize("key", [Qt.Key.Key_Down, Qt.Key.Key_Right])
def test_every_arrow_goes_along_the_choices(box, question_id, first, second, key):
    shown = box(question_id)
    labelled(shown, first).setFocus()
    QTest.keyClick(labelled(shown, first), key)
    assert labelled(shown, second).hasFocus()


def test_a_level_can_be_left_blank_again(box, session):
    level = box("proposed_level")
    session.set("proposed_level", 4)
    labelled(level, "Để trống").click()
    assert session.interview.answer("proposed_level") is None


def test_one_of_few(box, session):
    stage = box("system.stage")
    labelled(stage, "Đang vận hành").click()
    assert session.interview.answer("system.stage") == "in_operation"
    QTest.keyClick(labelled(stage, "Đang vận hành"), Qt.Key.Key_Delete)
    assert session.interview.answer("system.stage") is None
    assert checked(stage) == []


def test_one_of_many_drops_down(box, session):
    authority = box("doc.thuyet-minh.authority")
    (combo,) = authority.field.findChildren(QComboBox)
    assert combo.currentText() == "Chưa chọn"
    combo.setCurrentIndex(2)
    combo.activated.emit(2)
    assert session.interview.answer("doc.thuyet-minh.authority") == combo.itemData(2)
    session.undo()
    assert combo.currentText() == "Chưa chọn"


def test_several(box, session):
    kinds = box("kinds")
    rows = kinds.field.entries()
    rows[1].click()
    rows[0].click()
    values = [option.value for option in kinds.question.options]
    assert session.interview.answer("kinds") == values[:2]
    rows[0].click()
    rows[1].click()
    assert session.interview.answer("kinds") is None


@pytest.mark.parametrize(
    ("question_id", "value"), [("risk_assessed_level", 0), ("risk_assessed_level", 3), ("previous.level", 2)]
)
def test_levels(box, session, question_id, value):
    level = box(question_id)
    assert checked(level) == []
    session.set(question_id, value)
    (label,) = checked(level)
    assert label.startswith("Cấp") is (value > 0)
    session.set(question_id, None)
    labelled(level, label).click()
    assert session.interview.answer(question_id) == value


def test_a_statement_and_none_of_them_exclude_each_other(box, session):
    criteria = box("national_security_criteria")
    none = criteria.field.entries()[-1]
    first = criteria.field.entries()[0]
    none.click()
    assert session.interview.answer("national_security_criteria") == ["none"]
    first.click()
    assert session.interview.answer("national_security_criteria") == [criteria.question.options[0].value]
    assert not none.isChecked()
    none.click()
    assert not first.isChecked()


def test_kinds_of_data_stand_in_two_groups_with_what_is_missed(box):
    kinds = box("data_kinds")
    sensitive = [option for option in kinds.question.options if option.group == "sensitive"]
    missed = [option.label for option in sensitive if option.easily_missed]
    assert missed
    for label in missed:
        assert "Hay bị bỏ sót" in labelled(kinds, label).accessibleDescription()


def test_a_long_option_wraps_inside_the_column(box):
    statements = box("national_security_criteria")
    statements.resize(420, 600)
    longest = max(statements.field.entries(), key=lambda row: len(row.text()))
    assert longest.width() <= 420
    assert longest.height() > 40


def test_a_workspace_read_only_lets_nothing_be_chosen(sample, qtbot):
    from levelkit.gui.fields import FieldContext
    from levelkit.gui.pages.question_box import QuestionBox
    from levelkit.services import Workspace

    with Workspace.open(sample, readonly=True) as workspace:
        session = workspace.session("HT-03")
        for question_id in ("kinds", "system.stage", "owner.name"):
            made = QuestionBox(session.interview.forms.question(question_id), FieldContext(session))
            qtbot.addWidget(made)
            for part in made.field.entries():
                assert not part.isEnabled() or part.isReadOnly()


def test_tab_comes_to_the_chosen_one_else_to_the_first(box, session):
    shown = box("system.stage")

    def stops() -> list[str]:
        return [part.text() for part in shown.field.entries() if part.focusPolicy() & Qt.FocusPolicy.TabFocus]

    first, second, *_ = shown.question.options
    assert stops() == [first.label]
    session.set("system.stage", second.value)
    assert stops() == [second.label]
    session.undo()
    assert stops() == [first.label]
