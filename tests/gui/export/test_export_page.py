"""Page 9: gaps and jumps, stages, what may be exported, and the way from answers to files on the disk."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QPushButton

from levelkit.gui.export.pages import PdfPages
from levelkit.gui.pages import CHECK_SECTION, make_page
from tests.gui.page_support import unnamed

if TYPE_CHECKING:
    from levelkit.gui.export import ExportPage

RENDER_MS = 240_000


@pytest.fixture
def page(qtbot, workspace):
    """Make page 9 of a system; nothing is built by itself."""
    made: list[ExportPage] = []

    def make(code: str) -> ExportPage:
        session = workspace.session(code)
        page = make_page(session, session.interview.forms.section(CHECK_SECTION))
        page._build_if_shown = lambda *_: None
        qtbot.addWidget(page, before_close_func=lambda each: each.finish())
        page.resize(1246, 698)
        page.show()
        made.append(page)
        return page

    return make


def button(page, name) -> QPushButton:
    return page.findChild(QPushButton, name)


def titles(page):
    model = page._gaps.model
    return [model.row(number) for number in range(model.rowCount())]


def test_gaps_stand_by_severity_under_heads_with_counts(page, workspace):
    session = workspace.session("HT-03")
    session.set("devices", None)
    shown = page("HT-03")
    rows = titles(shown)
    findings = session.findings("appraisal")
    errors = [finding for finding in findings if finding.severity == "error"]
    assert rows[0].title.endswith(f"({len(errors)})")
    assert rows[1].question == "devices"
    assert len([row for row in rows if not row.is_head]) == len(findings)


def test_a_filter_shows_one_severity(page, workspace):
    workspace.session("HT-03").set("regulation.number", None)
    shown = page("HT-03")
    button(shown, "filter_2").click()
    rows = [row for row in titles(shown) if not row.is_head]
    assert rows
    assert {row.severity for row in rows} == {"warning"}
    assert str(len(rows)) in button(shown, "filter_2").text()


def test_another_stage_shows_what_is_due_then(page, workspace):
    session = workspace.session("HT-03")
    session.set("regulation.number", None)
    shown = page("HT-03")
    place = {row.question: row.severity for row in titles(shown) if row.question}
    assert place["regulation.number"] == "warning"
    button(shown, "stage_1").click()
    place = {row.question: row.severity for row in titles(shown) if row.question}
    assert place["regulation.number"] == "error"


def test_enter_on_a_gap_asks_for_the_jump_and_f1_for_the_law(page, workspace, qtbot):
    workspace.session("HT-03").set("devices", None)
    shown = page("HT-03")
    shown.activateWindow()
    qtbot.waitUntil(shown.isActiveWindow)
    shown.focus_first()
    with qtbot.waitSignal(shown.jump_asked) as told:
        QTest.keyClick(shown._gaps.list, Qt.Key.Key_Return)
    assert told.args == ["devices"]
    with qtbot.waitSignal(shown.cite_asked) as told:
        QTest.keyClick(shown._gaps.list, Qt.Key.Key_F1)
    assert workspace.library.has_citation(told.args[0])


def test_a_click_on_the_link_shows_the_law_not_the_field(page, workspace, qtbot):
    workspace.session("HT-03").set("devices", None)
    shown = page("HT-03")
    gaps = shown._gaps.list
    index = shown._gaps.model.index(1)
    link = gaps._delegate.cite_rect(shown._gaps.model.row(1), gaps.visualRect(index))
    with qtbot.waitSignal(shown.cite_asked), qtbot.assertNotEmitted(shown.jump_asked):
        QTest.mouseClick(gaps.viewport(), Qt.MouseButton.LeftButton, pos=link.center())


def test_errors_leave_only_the_draft_and_say_why(page):
    shown = page("HT-03")
    assert button(shown, "export_official").isEnabled()
    assert button(shown, "export_official").property("kind") == "primary"
    shown._session.set("devices", None)
    shown.refresh()
    assert not button(shown, "export_official").isEnabled()
    assert button(shown, "export_draft").property("kind") == "primary"
    assert "1 lỗi" in shown._foot._words.text()
    assert "1 lỗi" in button(shown, "export_official").accessibleDescription()


def test_an_older_decree_explains_why_there_is_no_dossier(page, workspace):
    session = workspace.session("HT-11")
    session.set("as_of", "2026-05-01")
    assert session.classification.ruleset == "nd85-2016"
    shown = page("HT-11")
    assert shown._state._words.text() == session.library.get("nd85-2016").why_not_vi
    assert not button(shown, "export_draft").isEnabled()
    assert not shown._preview.isVisible()


def test_a_system_without_a_level_says_what_settles_it(page, workspace):
    shown = page(workspace.add_system("Hệ thống thử"))
    assert "Chốt cấp độ" in shown._state._words.text()
    assert not button(shown, "export_official").isEnabled()


def test_formats_are_chosen_by_keyboard_and_remembered(page, qtbot):
    shown = page("HT-03")
    pdf, word = (shown.findChild(QCheckBox, f"format_{key}") for key in ("pdf", "docx"))
    assert pdf.isChecked()
    assert word.isChecked()
    word.setFocus()
    QTest.keyClick(word, Qt.Key.Key_Space)
    assert shown._foot.formats.chosen == ("pdf",)
    assert page("HT-06")._foot.formats.chosen == ("pdf",)
    QTest.keyClick(pdf, Qt.Key.Key_Space)
    assert not button(shown, "export_draft").isEnabled()
    assert not button(shown, "export_official").isEnabled()
    assert "Chưa chọn định dạng" in shown._foot._words.text()
    assert {pdf.accessibleName(), word.accessibleName()} == {"Xuất tệp PDF", "Xuất tệp Word"}


def test_every_part_has_a_name(page, workspace):
    workspace.session("HT-03").set("devices", None)
    shown = page("HT-03")
    assert unnamed(shown) == []
    index = shown._gaps.model.index(1)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole).startswith("Lỗi: ")
    assert shown._gaps.model.row(1).message in index.data(Qt.ItemDataRole.AccessibleDescriptionRole)


def test_the_lists_of_gaps_keep_qts_contract(page, qtmodeltester):
    qtmodeltester.check(page("HT-03")._gaps.model)


def test_from_the_page_to_the_files_and_back(page, workspace, qtbot, tmp_path):
    shown = page("HT-11")
    with qtbot.waitSignal(shown._preview_run.done, timeout=RENDER_MS):
        shown.build_preview()
    assert not shown._state.isVisible()
    first = shown._preview.current
    assert shown._preview.where.text() == f"Trang 1 / {first.pages}"
    image = shown._preview._page._image
    assert not image.isNull()
    spots = [(x, y) for x in range(0, image.width(), 3) for y in range(0, 500, 3)]
    ink = {image.pixelColor(x, y).lightness() < 128 for x, y in spots}
    assert ink == {True, False}
    shown._preview.turn(1)
    assert shown._preview.number == 1

    shown._session.set("system.url", "https://moi.example.vn")
    shown.refresh()
    assert shown._state.isVisible()
    assert button(shown, "build_preview").isVisible()

    out = tmp_path / "Hồ sơ"
    with qtbot.waitSignal(shown._export_run.done, timeout=RENDER_MS):
        shown.export_to(out, draft=False)
    entries = json.loads((out / "HT-11" / "manifest.json").read_text("utf-8"))["documents"]
    for entry in entries:
        assert sha256((out / entry["path"]).read_bytes()).hexdigest() == entry["sha256"]
    kept = [document for _, document in workspace.documents("HT-11")]
    assert {document.sha256 for document in kept} == {entry["sha256"] for entry in entries}
    assert {document.revision for document in kept} == {shown._session.revision}
    assert {entry["path"].rpartition(".")[2] for entry in entries} == {"pdf", "docx"}
    assert f"{len(entries)} tệp" in shown._foot._result.text()
    opened = []
    shown._foot.open_asked.disconnect()
    shown._foot.open_asked.connect(opened.append)
    for action in shown._foot._files.actions():
        action.trigger()
    assert opened == [out / entry["path"] for entry in entries]
    assert button(shown, "open_folder").isVisible()
    assert shown._settings.get("export.folder") == str(out)

    printed = tmp_path / "in.pdf"
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(printed))
    last = shown._preview._made[-1]
    shown.print_with(last, printer)
    qtbot.waitUntil(lambda: shown._print_run is None, timeout=60_000)
    pages = PdfPages(printed)
    original = PdfPages(last.path)
    assert len(pages) == len(original)
    assert [round(side) for side in pages.size(0)] == pytest.approx(
        [round(side) for side in original.size(0)], abs=2
    )
    pages.close()
    original.close()


def test_a_build_that_is_stopped_leaves_nothing_behind(page, qtbot, tmp_path):
    shown = page("HT-11")
    out = tmp_path / "out"
    shown._export_run.progressed.connect(lambda *_: shown._export_run.stop())
    with qtbot.waitSignal(shown._export_run.stopped, timeout=RENDER_MS):
        shown.export_to(out, draft=True)
    assert not out.exists() or not list(out.iterdir())
    assert "Đã dừng" in shown._foot._result.text()


def test_a_folder_that_cannot_be_written_is_told(page, qtbot, tmp_path):
    shown = page("HT-11")
    blocked = tmp_path / "là tệp"
    blocked.write_text("x")
    with qtbot.waitSignal(shown._export_run.failed, timeout=RENDER_MS):
        shown.export_to(blocked, draft=True)
    assert "là tệp" in shown._foot._result.text()
