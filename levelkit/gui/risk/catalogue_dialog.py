"""Threats to start from: search, filter by kind of system, tick several, put them into the register."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from levelkit.domain.text import find_spans
from levelkit.gui import kit
from levelkit.gui.fields.combo import Combo
from levelkit.gui.fields.rows import CheckRow
from levelkit.gui.icons import icon
from levelkit.gui.theme import theme

if TYPE_CHECKING:
    from levelkit.domain.risk import CatalogueEntry
    from levelkit.services.risk import RiskBook

USUAL, ALL = "usual", "all"
HAVE = "Đã có trong sổ."


class CatalogueDialog(QDialog):
    """``chosen`` carries the entries to put in; scores stay open, a person judges."""

    chosen = Signal(object)

    def __init__(self, book: RiskBook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._catalogue = book.catalogue
        self._usual = frozenset(book.usual_kinds())
        self._have = book.inserted()
        self.rows: dict[str, CheckRow] = {}
        self._heads: dict[str, QWidget] = {}
        self.search = QLineEdit(self)
        self.kind = Combo(self)
        self._count = kit.label("", "secondary", name="risk_catalogue_count")
        self._empty = kit.label("Không có nguy cơ nào khớp. Xóa bớt chữ hoặc chọn «Tất cả».", "help")
        self.add = kit.button("Thêm nguy cơ", self._on_add, kind="primary", name="add_from_catalogue")

        self._build()
        self.search.textChanged.connect(self._filter)
        self.kind.activated.connect(self._filter)
        self._filter()

    def _build(self) -> None:
        self.setWindowTitle("Danh mục gợi ý nguy cơ")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.search.setPlaceholderText("Gõ để tìm, không cần dấu")
        self.search.setAccessibleName("Tìm nguy cơ")
        self.search.setObjectName("risk_catalogue_search")
        self.search.addAction(QAction(icon("search"), "", self), QLineEdit.ActionPosition.LeadingPosition)
        self.kind.setAccessibleName("Loại hệ thống")
        if self._usual:
            self.kind.addItem("Hay gặp ở hệ thống này", USUAL)
        self.kind.addItem("Tất cả", ALL)
        for kind in self._catalogue.kinds:
            self.kind.addItem(kind.name, kind.id)
        listing = kit.column(spacing=4, margins=(12, 8, 12, 12))
        for kind in self._catalogue.kinds:
            head = kit.label(kind.name, "group")
            self._heads[kind.id] = head
            listing.addWidget(head)
            for entry in self._catalogue.entries:
                if entry.kinds[0] == kind.id:
                    listing.addWidget(self._row(entry))
        listing.addWidget(self._empty)
        listing.addStretch(1)
        area = kit.ColumnArea(listing)
        area.setProperty("surface", "card")
        filters = kit.row(self.search, self.kind, spacing=8)
        filters.setStretch(0, 1)
        layout = kit.column(
            kit.label("Danh mục gợi ý nguy cơ", "page_title"),
            kit.label(
                "Chỉ là chữ để bắt đầu: khả năng, ảnh hưởng và mức tổn hại do người đánh giá chấm.", "help"
            ),
            filters,
            area,
            kit.row(self._count, None, kit.button("Thôi", self.reject), self.add, spacing=8),
            margins=(24, 20, 24, 16),
            spacing=10,
        )
        layout.setStretch(3, 1)
        self.setLayout(layout)
        self.resize(theme().px(720), theme().px(560))

    def _row(self, entry: CatalogueEntry) -> CheckRow:
        have = entry.id in self._have
        told = f"{HAVE} {entry.weakness}" if have else entry.weakness
        row = CheckRow(entry.threat, told)
        row.setEnabled(not have)
        row.setObjectName(f"risk_{entry.id.replace('-', '_')}")
        row.setAccessibleDescription(told)
        row.toggled.connect(self._show_count)
        self.rows[entry.id] = row
        return row

    def _filter(self) -> None:
        query, kind = self.search.text().strip(), self.kind.currentData()
        shown_kinds: set[str] = set()
        for entry in self._catalogue.entries:
            kinds = set(entry.kinds)
            suits = kind == ALL or (bool(kinds & self._usual) if kind == USUAL else kind in kinds)
            hit = not query or bool(find_spans(f"{entry.threat} {entry.weakness}", query))
            row = self.rows[entry.id]
            row.setVisible(suits and hit)
            if suits and hit:
                shown_kinds.add(entry.kinds[0])
        for kind_id, head in self._heads.items():
            head.setVisible(kind_id in shown_kinds)
        self._empty.setVisible(not shown_kinds)
        self._show_count()

    def _picked(self) -> list[CatalogueEntry]:
        return [entry for entry in self._catalogue.entries if self.rows[entry.id].isChecked()]

    def _show_count(self) -> None:
        count = len(self._picked())
        self._count.setText(f"Đã chọn {count} nguy cơ" if count else "Chưa chọn nguy cơ nào")
        self.add.setText(f"Thêm {count} nguy cơ" if count else "Thêm nguy cơ")
        self.add.setAccessibleName(self.add.text())
        self.add.setEnabled(count > 0)

    def _on_add(self) -> None:
        picked = self._picked()
        self.accept()
        self.chosen.emit(picked)
