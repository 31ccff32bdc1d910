"""The detail of a row: what is typed, compared, shared and proved; what asks for a dialog."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from levelkit.domain.plan import Evidence, SharedMeasure
from levelkit.gui.plan.detail_lists import Card
from levelkit.gui.plan.record_dialogs import EvidenceDialog, MeasureDialog, PickDialog
from levelkit.gui.plan.system_dialogs import CheckedDialog, LevelChangeDialog, TakeOverDialog
from levelkit.services import clock
from tests.gui.page_support import compose, type_text

KEY = Qt.Key


@pytest.fixture
def row(qtbot, matrix):
    """Go to a row and wait until its detail is shown."""

    def go(row_id: str):
        matrix.view.go_to(row_id)
        matrix._show_chosen()
        return matrix.detail

    return go


def dialog(kind):
    found = QApplication.activeModalWidget()
    assert isinstance(found, kind), found
    return found


def cards(part) -> list[Card]:
    return [card for card in part.findChildren(Card) if card.isVisibleTo(part)]


def texts(widget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def test_a_row_tells_what_is_asked_and_where(row, wizard):
    detail = row("TK-09")
    said = texts(detail)
    assert "5.6.2.2 b) Độ dài mật khẩu" in said
    assert "gợi ý: từ 8 ký tự nếu có" in said
    assert "Đối chiếu bản chính thức" in said
    links = [link.text() for link in detail.findChildren(QPushButton) if link.property("kind") == "link"]
    assert "Điểm b khoản 4 Điều 30" in links
    assert "Điểm b mục 5.6.2.2 TCVN 14423:2026" in links
    next(link for link in detail.findChildren(QPushButton) if link.text().startswith("Điểm b mục")).click()
    assert "Nguyên văn" in QApplication.activeModalWidget().windowTitle()
    QApplication.activeModalWidget().reject()


def test_the_text_field_is_called_after_the_status(row, plan_session, qtbot):
    detail = row("TK-10")
    assert detail.how.label.text() == "Thực trạng, cách thực hiện"
    QTest.mouseClick(detail._radios["not_applicable"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(detail.reason.isVisible)
    assert not detail.how.isVisible()
    assert plan_session.plan.answer("TK-10").status == "not_applicable"
    QTest.mouseClick(detail._radios["partly"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(detail.todo.isVisible)
    assert detail.due.isVisible()
    assert "Chưa đáp ứng đủ nhưng chưa ghi" in texts(detail)
    detail._clear.click()
    assert plan_session.plan.answer("TK-10").status is None


def test_what_is_typed_belongs_to_the_row_it_was_typed_for(row, matrix, plan_session):
    detail = row("TK-09")
    detail.how.edit.setFocus()
    type_text(detail.how.edit, "Mật khẩu 16 ký tự")
    matrix.view.go_to("TK-10")
    matrix._show_chosen()
    assert plan_session.plan.answer("TK-09").how == "Mật khẩu 16 ký tự"
    assert plan_session.plan.answer("TK-10").how == ""
    assert detail.how.edit.text() == ""


def test_typing_is_kept_by_autosave_but_never_half_a_letter(row, matrix, plan_session):
    detail = row("TK-09")
    detail.how.edit.setFocus()
    type_text(detail.how.edit, "Đã bật ")
    matrix.flush()
    assert plan_session.plan.answer("TK-09").how == "Đã bật"
    type_text(detail.how.edit, "xác ")
    compose(detail.how.edit, "thư")
    matrix.flush()
    assert plan_session.plan.answer("TK-09").how == "Đã bật"
    compose(detail.how.edit, "")
    matrix.flush()
    assert plan_session.plan.answer("TK-09").how == "Đã bật xác"


def test_a_date_that_is_none_stays_and_says_so(row, plan_session):
    plan_session.plan.update(["TK-09"], status="partly")
    detail = row("TK-09")
    detail.due.edit.setText("31/02/2027")
    detail.due.typed.flush()
    assert "Ô đang ghi «31/02/2027»" in texts(detail.due)
    assert detail.due.edit.text() == "31/02/2027"
    detail.due.edit.setText("28/2/2027")
    detail.due.typed.flush()
    assert plan_session.plan.answer("TK-09").due == date(2027, 2, 28)
    assert "Ô đang ghi" not in texts(detail.due)


def test_units_written_before_are_offered(row, plan_session):
    plan_session.plan.update(["RR-01"], unit="Phòng An ninh mạng")
    detail = row("TK-09")
    assert detail.unit.combo.findText("Phòng An ninh mạng") >= 0
    detail.unit.combo.setCurrentIndex(detail.unit.combo.findText("Phòng An ninh mạng"))
    detail.unit.combo.activated.emit(0)
    assert plan_session.plan.answer("TK-09").unit == "Phòng An ninh mạng"


def test_a_value_below_the_suggestion_asks_why_and_fails_nothing(row, qtbot, matrix, plan_session):
    detail = row("TK-09")
    box = detail.values._boxes[1]
    assert box.value.name == "pwd_min_without_mfa"
    box._line.setText("muời")
    box._typed.flush()
    assert "hãy gõ số nguyên" in texts(box)
    box._line.setText("10")
    box._typed.flush()
    qtbot.waitUntil(box.reason.isVisible)
    assert plan_session.plan.answer("TK-09").values == {"pwd_min_without_mfa": 10}
    assert "Thấp hơn mức gợi ý, cần ghi lý do" in texts(box)
    box.reason.edit.setFocus()
    type_text(box.reason.edit, "Máy trạm cũ")
    box.reason.typed.flush()
    assert plan_session.plan.answer("TK-09").value_reasons == {"pwd_min_without_mfa": "Máy trạm cũ"}
    box._line.setText("20")
    box._typed.flush()
    qtbot.waitUntil(lambda: "Tốt hơn mức yêu cầu" in texts(box))


def test_values_of_every_kind_can_be_given(row, matrix, plan_session):
    kinds = {}
    for one in plan_session.plan.rows:
        for value in one.values:
            kinds.setdefault((type(value.value), value.sense), one.id)
    for row_id in kinds.values():
        detail = row(row_id)
        for box in detail.values._boxes:
            asked = box.value.value
            if box._combo is not None:
                box._combo.setCurrentIndex(1)
                box._combo.activated.emit(1)
            elif box._parts:
                for part in box._parts.values():
                    part.click()
            else:
                box._line.setText(str(asked) if isinstance(asked, int) else "Theo quy định nội bộ")
                box._typed.flush()
        given = plan_session.plan.answer(row_id).values
        assert set(given) == {box.value.name for box in detail.values._boxes}, row_id
        found = plan_session.plan.comparison(row_id)
        assert not any(one.fails for name, one in found.items() if type(given[name]) is not str), row_id


def test_a_measure_is_made_named_and_told_where_it_serves(row, qtbot, matrix, plan_session):
    detail = row("TK-09")
    detail.measures.buttons[0].click()
    made = dialog(MeasureDialog)
    made.button.click()
    assert "phải có tên" in made._problem.text()
    made.title.edit.setText("Quy chế bảo đảm an ninh mạng")
    made.text.edit.setPlainText("Ban hành kèm quyết định 12")
    made.button.click()
    assert plan_session.plan.answer("TK-09").measures == ("BP-01",)
    qtbot.waitUntil(lambda: len(cards(detail.measures)) == 1)
    assert "Dùng ở 1 yêu cầu" in texts(detail.measures)

    detail = row("TK-10")
    detail.measures.buttons[0].click()
    pick = dialog(PickDialog)
    pick.activateWindow()
    qtbot.waitUntil(pick.isActiveWindow)
    pick.records.list.setFocus()
    assert pick.records.list.currentRow() == 0  # a key must have something to tick
    pick.records.list.item(0).setCheckState(Qt.CheckState.Checked)
    pick._use.click()
    assert plan_session.plan.answer("TK-10").measures == ("BP-01",)
    qtbot.waitUntil(lambda: "Dùng ở 2 yêu cầu" in texts(detail.measures))

    cards(detail.measures)[0].findChild(QPushButton, "edit_BP-01").click()
    edit = dialog(MeasureDialog)
    assert "Dùng ở 2 yêu cầu" in texts(edit)
    edit.unit.edit.setText("Ban Công nghệ")
    edit.button.click()
    assert plan_session.shared.measure("BP-01").unit == "Ban Công nghệ"
    qtbot.waitUntil(lambda: "Ban Công nghệ" in texts(detail.measures))
    cards(detail.measures)[0].findChild(QPushButton, "edit_BP-01").click()
    edit = dialog(MeasureDialog)
    edit.findChild(QPushButton, "record_remove").click()
    assert "đang dùng ở" in edit._problem.text()
    edit.reject()
    cards(detail.measures)[0].findChild(QPushButton, "drop_BP-01").click()
    assert plan_session.plan.answer("TK-10").measures == ()
    assert plan_session.plan.answer("TK-09").measures == ("BP-01",)


def test_evidence_has_its_own_dates_and_an_expired_one_is_marked(row, qtbot, plan_session):
    detail = row("TK-09")
    detail.proofs.buttons[1].click()
    made = dialog(EvidenceDialog)
    made.title.edit.setText("Chính sách mật khẩu")
    made.dated.edit.setText("32/01/2026")
    made.button.click()
    assert "Ngày của văn bản: ô đang ghi «32/01/2026»" in made._problem.text()
    made.dated.edit.setText("02/01/2024")
    made.expires.edit.setText("02/01/2026")
    made.number.edit.setText("12/QĐ")
    made.button.click()
    assert plan_session.plan.answer("TK-09").evidence == ("MC-01",)
    qtbot.waitUntil(lambda: len(cards(detail.proofs)) == 1)
    assert "12/QĐ, lập 02/01/2024, đã hết hạn 02/01/2026" in texts(detail.proofs)
    cards(detail.proofs)[0].findChild(QPushButton, "edit_MC-01").click()
    edit = dialog(EvidenceDialog)
    edit.expires.edit.setText((clock.today() + timedelta(days=30)).strftime("%d/%m/%Y"))
    edit.button.click()
    qtbot.waitUntil(lambda: "đã hết hạn" not in texts(detail.proofs))


def test_an_attached_file_becomes_evidence_of_all_chosen_rows(matrix, plan_session, tmp_path):
    file = tmp_path / "Báo cáo rà tài khoản.pdf"
    file.write_bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n")
    matrix.acts.take_file(["TK-09", "TK-10"], file)
    made = dialog(EvidenceDialog)
    assert made.title.edit.text() == "Báo cáo rà tài khoản"
    made.button.click()
    assert {plan_session.plan.answer(one).evidence for one in ("TK-09", "TK-10")} == {("MC-01",)}
    kept = plan_session.shared.proof("MC-01").file
    assert kept is not None
    assert plan_session.attachment_bytes(kept.sha256) == file.read_bytes()


def test_a_file_can_be_dropped_on_the_evidence(row, plan_session, tmp_path):
    detail = row("TK-09")
    file = tmp_path / "Ảnh cấu hình.png"
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + b"0" * 40)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    place, copy, left = QPointF(5, 5), Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    plain = Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(place.toPoint(), copy, data, left, plain)
    QApplication.sendEvent(detail.proofs, entering)
    assert entering.isAccepted()
    QApplication.sendEvent(detail.proofs, QDropEvent(place, copy, data, left, plain))
    dialog(EvidenceDialog).button.click()
    assert plan_session.plan.answer("TK-09").evidence == ("MC-01",)


def test_evidence_through_a_measure_is_shown_and_not_taken_off_here(row, qtbot, plan_session):
    shared = plan_session.shared
    proof = shared.save_evidence(Evidence(id="", title="Quyết định 12"))
    measure = shared.save_measure(SharedMeasure(id="", title="Quy chế", text="…", evidence=(proof,)))
    plan_session.plan.update(["TK-09"], status="met", measures=[measure])
    detail = row("TK-09")
    qtbot.waitUntil(lambda: len(cards(detail.proofs)) == 1)
    [card] = cards(detail.proofs)
    assert "qua BP-01" in texts(card)
    assert card.findChild(QPushButton, "drop_MC-01") is None
    assert card.findChild(QPushButton, "edit_MC-01") is not None


def test_a_refusal_is_told_over_the_rows(matrix):
    matrix.acts.refused.emit("«5.6», ô «Hạn»: phải là ngày có thật.")
    assert "refused" in matrix._notes.shown()
    matrix.acts.update(["TK-09"], status="met")
    assert "refused" not in matrix._notes.shown()


def test_checked_rows_say_who_when_and_which_edition(row, matrix, plan_session):
    detail = row("TK-09")
    detail._check.click()
    asked = dialog(CheckedDialog)
    assert not asked._use.isEnabled()
    asked._box.click()
    asked._use.click()
    assert plan_session.plan.row("TK-09").notice_vi.startswith("Đã đối chiếu TCVN 14423:2026")
    matrix._show_chosen()
    assert detail._notice.text().startswith("Đã đối chiếu TCVN 14423:2026")
    assert matrix.view.current == "TK-09"
    detail._check.click()
    assert plan_session.plan.row("TK-09").notice_vi == "Đối chiếu bản chính thức"


def test_answers_of_another_system_are_previewed_taken_marked_and_confirmed(
    row, qtbot, matrix, plan_session, other_session
):
    other_session.plan.update(["TK-09", "TK-10", "RR-01"], status="met", how="Như hệ thống hai")
    plan_session.plan.update(["RR-01"], status="not_met", todo="Sửa", due="31/12/2027")
    matrix.acts.take_over()
    asked = dialog(TakeOverDialog)
    assert asked.preview()[:2] == (2, 1)
    assert asked._preview.text().startswith("Sẽ lấy 2 yêu cầu; giữ nguyên 1 yêu cầu")
    asked._overwrite.click()
    assert asked.preview()[:2] == (3, 0)
    asked._overwrite.click()
    asked._take.click()
    assert plan_session.plan.answer("TK-09").taken_from == other_session.code
    assert plan_session.plan.answer("RR-01").status == "not_met"
    detail = row("TK-09")
    qtbot.waitUntil(detail._taken.isVisible)
    assert f"Lấy từ {other_session.code}, chưa xác nhận" in texts(detail)
    detail._confirm.click()
    assert plan_session.plan.answer("TK-09").taken_from is None
    qtbot.waitUntil(lambda: not detail._taken.isVisible())
    assert plan_session.plan.answer("TK-10").taken_from == other_session.code


def test_a_change_of_level_is_told_and_leads_to_its_rows(wizard, matrix, plan_session):
    page = wizard._pages["phuong-an"]
    plan_session.plan.update(["TK-09", "RR-01"], status="met", how="Có")
    assert not matrix.acts._compare.isVisible()
    plan_session.set("proposed_level", 4)
    assert matrix.acts._compare.isVisible()
    matrix.acts.compare()
    told = dialog(LevelChangeDialog)
    said = texts(told)
    assert "Cấp 4 so với cấp 3" in said
    assert "Khuyến nghị duy trì".lower() in said.lower()
    new = next(b for b in told.findChildren(QPushButton) if b.property("kind") == "jump")
    new.click()
    assert page.on_matrix
    change = plan_session.plan.change_from
    assert change is not None
    assert matrix.view.current == change.new[0].id


def test_keys_lead_into_note_and_evidence_and_back(matrix, row):
    row("TK-09")
    QTest.keyClick(matrix.view, KEY.Key_G)
    assert QApplication.focusWidget() is matrix.detail.how.edit
    QTest.keyClick(QApplication.focusWidget(), KEY.Key_Escape)
    assert QApplication.focusWidget() is matrix.view
    QTest.keyClick(matrix.view, KEY.Key_E)
    assert QApplication.focusWidget() is matrix.detail.proof_entry
    QTest.keyClick(QApplication.focusWidget(), KEY.Key_Escape)
    QTest.keyClick(matrix.view, KEY.Key_Tab)
    assert matrix.side.isAncestorOf(QApplication.focusWidget())


def test_nothing_is_changed_where_the_file_is_only_read(qtbot, shared_file, plan_session):
    from levelkit.gui.plan.page import MatrixPage
    from levelkit.services import Workspace

    plan_session.plan.update(["RR-01"], status="met", how="Có", unit="Phòng Mạng")
    with Workspace.open(shared_file.path, readonly=True) as reading:
        page = MatrixPage(reading.session(plan_session.code))
        qtbot.addWidget(page)
        qtbot.addWidget(page.side)
        page.resize(1000, 600)
        page.show()
        page.side.show()
        page.view.go_to("RR-01")
        page._show_chosen()
        QTest.keyClick(page.view, KEY.Key_3)
        assert page.board.by_id["RR-01"].state == "met"
        detail = page.detail
        assert detail.how.edit.isReadOnly()
        assert detail.how.edit.text() == "Có"
        assert not detail._radios["met"].isEnabled()
        assert not any(button.isEnabled() for button in (*detail.measures.buttons, *detail.proofs.buttons))
        page.finish()


@pytest.mark.parametrize("percent", [100, 130])
def test_nothing_in_the_detail_is_wider_than_its_side(matrix, row, plan_session, percent):
    from levelkit.gui.theme import theme

    theme().set_percent(percent)
    plan_session.plan.update(["TK-10", "NK-10", "CH-07"], unit="Trung tâm Công nghệ thông tin")
    for status in ("met", "partly", "not_met", "not_applicable"):
        plan_session.plan.update(
            ["TK-10", "NK-10", "CH-07"], status=status, due="31/12/2026", taken_from="HT-01"
        )
        for row_id in ("TK-10", "NK-10", "CH-07"):
            row(row_id)
            assert matrix.side.area.widget().minimumSizeHint().width() <= theme().px(312 - 16)


def test_tab_goes_through_the_detail_in_the_order_it_is_read(matrix, row, qtbot, plan_session):
    measure = plan_session.shared.save_measure(SharedMeasure(id="", title="Quy chế", text="…"))
    plan_session.plan.update(["TK-10"], status="partly", measures=[measure])
    row("RR-01")
    detail = row("TK-10")
    qtbot.waitUntil(lambda: len(cards(detail.measures)) == 1)
    detail.how.edit.setFocus()
    seen = []
    for _ in range(14):
        QTest.keyClick(QApplication.focusWidget(), KEY.Key_Tab)
        seen.append(QApplication.focusWidget().objectName())
        if seen[-1] == "plan_attach":
            break
    assert seen == [
        "plan_value_admin_pwd_rotation_months",
        "plan_value_admin_pwd_history",
        "plan_value_admin_mfa",
        "plan_todo",
        "plan_unit",
        "plan_due",
        "edit_BP-01",
        "drop_BP-01",
        "plan_add_measure",
        "plan_attach",
    ]
