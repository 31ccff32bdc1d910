"""The plan matrix with every row of level 5: a letter of the search, a page of rows, a status key.

Against the barest view of the same rows, or against one frame of the screen. Processor time, so that other
work on the machine does not enter; the status key includes writing the answer into the file.
"""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QSortFilterProxyModel, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTreeView

from tests.benchmarks.material import CODE, sample
from tests.benchmarks.table import Row, alternate, seconds
from tests.benchmarks.window import wait, window_on

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from levelkit.gui.plan.page import MatrixPage

FRAME = 1000 / 60
RUNS = 15
WORDS = "tai khoan quan tri"


def measure() -> list[Row]:
    with sample() as path, window_on(path, CODE) as window:
        wizard = window.page()
        wizard.session.set("proposed_level.reason", "đo")
        wizard.session.set("proposed_level", 5)
        wizard.visit("phuong-an")
        wizard.start("phuong-an")
        wait(500)
        page: MatrixPage = wizard._pages["phuong-an"]._matrix.page
        title = f"ma trận {len(page.board.by_id)} dòng"
        bare, proxy = _bare(page)

        ours, theirs = alternate(RUNS, _scroller(page.view), _scroller(bare))
        letter, plain = alternate(RUNS, _typist(page), _plain_typist(bare, proxy))
        page.filters.clear()
        seen = median(_seen(page, number) for number in range(RUNS))
        status = median(_status(page, number) for number in range(RUNS))
        after = median(_settled(wizard, page) for _ in range(5))
        bare.close()
    return [
        Row(f"{title}: cuộn một trang", ours, "QTreeView trần", theirs, "ms CPU", 3),
        Row(f"{title}: cuộn một trang", ours, "một khung hình", FRAME, "ms CPU", 1),
        Row(f"{title}: một chữ vào ô tìm", letter, "QTreeView trần", plain, "ms CPU", 2),
        Row(f"{title}: một chữ vào ô tìm", letter, "một khung hình", FRAME, "ms CPU", 1.5),
        Row(f"{title}: phím tình trạng → dòng vẽ xong", seen, "một khung hình", FRAME, "ms CPU", 1),
        Row("  rồi ghi vào tệp, đếm lại, vẽ lại", status, "một khung hình", FRAME, "ms CPU", 1.5),
        Row("  rồi đếm lại chỗ thiếu khi ngừng gõ", after, "một khung hình", FRAME, "ms CPU", 1.5),
    ]


def _bare(page: MatrixPage) -> tuple[QTreeView, QSortFilterProxyModel]:
    """The same texts in Qt's own model and view, in a window of the same size."""
    model = QStandardItemModel()
    for group in page.board.groups:
        head = QStandardItem(group.title)
        for item in group.items:
            texts = (
                item.row.place_vi,
                item.hay,
                item.state_vi,
                item.proofs_vi,
                item.answer.unit,
                item.due_vi,
            )
            head.appendRow([QStandardItem(text) for text in texts])
        model.appendRow(head)
    model.setColumnCount(6)
    proxy = QSortFilterProxyModel()
    proxy.setSourceModel(model)
    proxy.setRecursiveFilteringEnabled(True)
    proxy.setFilterKeyColumn(1)
    view = QTreeView()
    model.setParent(view)
    proxy.setParent(view)
    view.setModel(proxy)
    view.setVerticalScrollMode(QTreeView.ScrollMode.ScrollPerPixel)
    view.expandAll()
    view.resize(page.view.size())
    view.show()
    wait(200)
    return view, proxy


def _painted(part: QWidget, act: Callable[[], object]) -> float:
    """Processor time in milliseconds until the part shows what was done."""

    def work() -> None:
        act()
        QCoreApplication.sendPostedEvents()
        part.repaint()

    wait(30)
    return seconds(work) * 1000


def _scroller(view: QTreeView) -> Callable[[], float]:
    def page_down() -> float:
        bar = view.verticalScrollBar()
        step = bar.pageStep()
        start = bar.value() + step
        return _painted(view.viewport(), lambda: bar.setValue(start if start <= bar.maximum() else 0))

    return page_down


def _typist(page: MatrixPage) -> Callable[[], float]:
    typed = 0

    def letter() -> float:
        nonlocal typed
        typed = typed % len(WORDS) + 1
        search = page.filters.search

        def act() -> None:
            search.setText(WORDS[:typed])
            page.filters.take_typed()

        return _painted(page, act)

    return letter


def _plain_typist(view: QTreeView, proxy: QSortFilterProxyModel) -> Callable[[], float]:
    typed = 0

    def letter() -> float:
        nonlocal typed
        typed = typed % len(WORDS) + 1

        def act() -> None:
            proxy.setFilterFixedString(WORDS[:typed])
            view.expandAll()

        return _painted(view, act)

    return letter


def _other_key(page: MatrixPage) -> Qt.Key:
    """A key that changes the status of the row at hand."""
    return Qt.Key.Key_2 if page.board.by_id[page.view.current].state == "met" else Qt.Key.Key_1


def _seen(page: MatrixPage, number: int) -> float:
    """Until the row shows its new status; what is written afterwards is left out."""
    view = page.view
    view.go_to(page.model.ids()[40 + number])
    key, written = _other_key(page), page.acts.update
    page.acts.update = lambda *_args, **_fields: True  # type: ignore[method-assign]
    wait(30)
    taken = seconds(lambda: QTest.keyClick(view, key)) * 1000
    page.acts.update = written  # type: ignore[method-assign]
    page.refresh()
    return taken


def _status(page: MatrixPage, number: int) -> float:
    view = page.view
    view.go_to(page.model.ids()[40 + number])
    key = _other_key(page)
    before = page.board.by_id[view.current].state
    taken = _painted(view.viewport(), lambda: QTest.keyClick(view, key))
    assert page.board.by_id[view.current].state != before, "the key changed nothing"
    return taken


def _settled(wizard: QWidget, page: MatrixPage) -> float:
    """What follows when the keys pause: the detail, the counts of the sections, the gaps."""
    QTest.keyClick(page.view, _other_key(page))
    wizard._settle_timer.stop()
    page._settle.stop()
    return max(seconds(wizard._settle), seconds(page._show_chosen)) * 1000
