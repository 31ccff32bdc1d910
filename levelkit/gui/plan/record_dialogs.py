"""Dialogs of what systems share: a measure, a proof, and choosing among those there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QWidget

from levelkit.domain.text import fold
from levelkit.errors import UserError
from levelkit.gui import kit
from levelkit.gui.icons import icon
from levelkit.gui.plan.detail_lists import Uses, dates_vi, uses_vi
from levelkit.gui.plan.entries import DateEntry, TextEntry, UnitEntry
from levelkit.gui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from PySide6.QtGui import QKeyEvent

    from levelkit.domain.attachment import AttachmentMeta
    from levelkit.domain.plan import Evidence, SharedMeasure

_KEY = int(Qt.ItemDataRole.UserRole)


class RecordDialog(QDialog):
    """A form with a primary button; ``save`` is called with its content, its refusal is shown below."""

    def __init__(self, title: str, action: str, save: Callable[[], object], parent: QWidget | None) -> None:
        super().__init__(parent)
        self._problem = kit.label("", "error", name="record_problem")
        self.fields = kit.column(margins=(6, 6, 6, 6), spacing=12)  # room for the focus ring
        self.button = kit.button(action, lambda: self._try(save), kind="primary", name="record_save")

        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._problem.hide()
        self._foot = kit.row(None, kit.button("Thôi", self.reject), self.button, spacing=8)
        body = kit.ColumnArea(self.fields)
        layout = kit.column(
            kit.label(title, "page_title"),
            body,
            self._problem,
            self._foot,
            margins=(24, 20, 24, 16),
            spacing=12,
        )
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def offer_removal(self, remove: Callable[[], object]) -> None:
        """Let the record go altogether; where it serves, the refusal says so."""
        self._foot.insertWidget(
            0,
            kit.button(
                "Xóa khỏi danh mục",
                lambda: self._try(remove),
                kind="quiet",
                mark="trash-2",
                name="record_remove",
            ),
        )

    def _try(self, step: Callable[[], object]) -> None:
        try:
            step()
        except UserError as error:
            self._problem.setText(str(error))
            self._problem.show()
            return
        self.accept()


class EvidenceDialog(RecordDialog):
    """A document, a file or a link, with its own dates."""

    def __init__(
        self, evidence: Evidence, save: Callable[[Evidence], object], parent: QWidget | None = None
    ) -> None:
        title = "Sửa minh chứng" if evidence.id else "Thêm minh chứng"
        super().__init__(title, "Lưu minh chứng", lambda: save(self.evidence()), parent)
        self._given = evidence
        self.title = TextEntry("Tên văn bản, tệp hoặc nội dung", name="evidence_title")
        self.number = TextEntry("Số, ký hiệu", name="evidence_number")
        self.issuer = TextEntry("Nơi ban hành", name="evidence_issuer")
        self.dated = DateEntry("Ngày của văn bản", name="evidence_dated")
        self.expires = DateEntry("Hết hạn sau ngày, nếu có", name="evidence_expires")
        self.link = TextEntry("Đường dẫn", name="evidence_link")
        self.note = TextEntry("Ghi chú", lines=2, name="evidence_note")
        if evidence.file is not None:
            self.fields.addWidget(_attached(evidence.file))
        self.fields.addWidget(self.title)
        self.fields.addLayout(kit.row(self.number, self.issuer, spacing=12))
        self.fields.addLayout(kit.row(self.dated, self.expires, spacing=12))
        if evidence.file is None:
            self.fields.addWidget(self.link)
        self.fields.addWidget(self.note)
        self.fields.addStretch(1)
        for entry, text in (
            (self.title, evidence.title),
            (self.number, evidence.number),
            (self.issuer, evidence.issuer),
            (self.link, evidence.link),
            (self.note, evidence.note),
        ):
            entry.typed.restart(text)
        self.dated.show_date(evidence.dated, anew=True)
        self.expires.show_date(evidence.expires, anew=True)
        self.resize(theme().px(600), theme().px(520))
        self.title.edit.setFocus()

    def evidence(self) -> Evidence:
        """What stands in the fields; raises UserError for a date that is none."""
        return self._given.model_copy(
            update={
                "title": self.title.edit.text().strip(),
                "number": self.number.edit.text().strip(),
                "issuer": self.issuer.edit.text().strip(),
                "dated": self.dated.date_typed(),
                "expires": self.expires.date_typed(),
                "link": self.link.edit.text().strip(),
                "note": self.note.edit.text().strip(),
            }
        )


def _attached(file: AttachmentMeta) -> QWidget:
    words = kit.label(file.name, "mono")
    line = kit.row(kit.picture("paperclip", "text2", 16), words, spacing=8, margins=(10, 6, 10, 6))
    line.setStretch(1, 1)
    box = QWidget()
    box.setProperty("surface", "attached")
    box.setLayout(line)
    return box


class MeasureDialog(RecordDialog):
    """A measure that serves many rows and systems; says where it serves before it is changed."""

    def __init__(
        self,
        measure: SharedMeasure,
        save: Callable[[SharedMeasure], object],
        *,
        units: Sequence[str] = (),
        evidence: Sequence[Evidence] = (),
        uses: Uses = (),
        parent: QWidget | None = None,
    ) -> None:
        title = f"Sửa biện pháp {measure.id}" if measure.id else "Biện pháp dùng chung mới"
        super().__init__(title, "Lưu biện pháp", lambda: save(self.measure()), parent)
        self._given = measure
        self.title = TextEntry("Tên biện pháp", name="measure_title")
        self.text = TextEntry("Cách thực hiện", lines=5, name="measure_text")
        self.unit = UnitEntry("Phụ trách", name="measure_unit")
        self.proofs = RecordList("Minh chứng của biện pháp", _evidence_lines(evidence), measure.evidence)
        if uses:
            self.fields.addWidget(kit.label(f"{uses_vi(uses)}. Sửa ở đây là sửa ở mọi nơi đó.", "help"))
        for part in (self.title, self.text, self.unit):
            self.fields.addWidget(part)
        if evidence:
            self.fields.addWidget(self.proofs, 1)
        self.unit.suggest(units)
        self.title.typed.restart(measure.title)
        self.text.typed.restart(measure.text)
        self.unit.typed.restart(measure.unit)
        self.resize(theme().px(600), theme().px(600 if evidence else 430))
        self.title.edit.setFocus()

    def measure(self) -> SharedMeasure:
        """What stands in the fields."""
        return self._given.model_copy(
            update={
                "title": self.title.edit.text().strip(),
                "text": self.text.edit.text().strip(),
                "unit": self.unit.edit.text().strip(),
                "evidence": tuple(self.proofs.chosen),
            }
        )


class RecordList(QWidget):
    """Records to tick, with a search without accents."""

    def __init__(
        self,
        label: str,
        lines: Iterable[tuple[str, str, str]],
        chosen: Iterable[str] = (),
        *,
        titled: bool = True,
    ) -> None:
        super().__init__()
        self.search = QLineEdit()
        self.list = QListWidget()
        self.search.setPlaceholderText("Tìm, gõ không dấu")
        self.search.setAccessibleName(f"Tìm: {label}")
        self.search.setProperty("iconed", True)
        self.search.addAction(icon("search", "text3"), QLineEdit.ActionPosition.LeadingPosition)
        self.list.setAccessibleName(label)
        self.list.setAccessibleDescription("Phím cách để chọn hoặc bỏ chọn")
        self.list.setObjectName("record_list")
        self.list.setWordWrap(True)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setProperty("surface", "card")
        self.list.setMinimumHeight(theme().px(120))
        ticked = set(chosen)
        for key, title, line in lines:
            item = QListWidgetItem(f"{key} {title}\n{line}" if line else f"{key} {title}")
            item.setData(_KEY, key)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if key in ticked else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        head = [kit.label(label, "group")] if titled else []
        column = kit.column(*head, self.search, self.list, spacing=6)
        column.setStretch(len(head) + 1, 1)
        self.setLayout(column)
        self.search.textChanged.connect(self._on_search)
        self.search.installEventFilter(self)
        self.list.installEventFilter(self)

    @property
    def chosen(self) -> list[str]:
        """Ids ticked, in order."""
        items = [self.list.item(row) for row in range(self.list.count())]
        return [str(item.data(_KEY)) for item in items if item.checkState() == Qt.CheckState.Checked]

    def _on_search(self, text: str) -> None:
        words = fold(text).split()
        for row in range(self.list.count()):
            hay = fold(self.list.item(row).text())
            self.list.item(row).setHidden(not all(word in hay for word in words))

    def _go_to_first(self) -> None:
        current = self.list.currentItem()
        if current is None or current.isHidden():
            items = (self.list.item(row) for row in range(self.list.count()))
            shown = next((item for item in items if not item.isHidden()), None)
            if shown is not None:
                self.list.setCurrentItem(shown)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """From the search down into the list, which has a line at hand whenever it has the focus."""
        if watched is self.list and event.type() == QEvent.Type.FocusIn:
            self._go_to_first()
        if watched is self.search and event.type() == QEvent.Type.KeyPress:
            key: QKeyEvent = event  # type: ignore[assignment]
            if key.key() == Qt.Key.Key_Down:
                self.list.setFocus()
                return True
        return super().eventFilter(watched, event)


class PickDialog(QDialog):
    """Choose records for one row or many; ``new`` makes one that is not there yet."""

    def __init__(
        self,
        title: str,
        action: str,
        lines: Iterable[tuple[str, str, str]],
        take: Callable[[list[str]], object],
        *,
        new: tuple[str, Callable[[], object]] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._take = take
        self.records = RecordList(title, lines, titled=False)
        self._use = kit.button(action, self._on_use, kind="primary", name="pick_use")

        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        foot = kit.row(spacing=8)
        if new is not None:
            words, slot = new
            foot.addWidget(kit.button(words, lambda: self._on_new(slot), mark="plus", name="pick_new"))
        foot.addStretch(1)
        foot.addWidget(kit.button("Thôi", self.reject))
        foot.addWidget(self._use)
        layout = kit.column(
            kit.label(title, "page_title"), self.records, foot, margins=(24, 20, 24, 16), spacing=12
        )
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.resize(theme().px(600), theme().px(480))
        self._use.setEnabled(False)
        self.records.list.itemChanged.connect(lambda _item: self._use.setEnabled(bool(self.records.chosen)))
        self.records.search.setFocus()

    def _on_use(self) -> None:
        chosen = self.records.chosen
        self.accept()
        self._take(chosen)

    def _on_new(self, slot: Callable[[], object]) -> None:
        self.reject()
        slot()


def _evidence_lines(evidence: Iterable[Evidence]) -> list[tuple[str, str, str]]:
    return [(one.id, one.title, dates_vi(one)) for one in evidence]


def evidence_lines(evidence: Iterable[Evidence]) -> list[tuple[str, str, str]]:
    """Id, title and dates of each."""
    return _evidence_lines(evidence)


def measure_lines(
    measures: Iterable[SharedMeasure], uses: Callable[[str], Uses]
) -> list[tuple[str, str, str]]:
    """Id, title and the places served of each."""
    return [(one.id, one.title, uses_vi(uses(one.id))) for one in measures]
