"""Systems apart and as one: see both levels, write down why they stand as they do. Đ7.2, Đ8.3."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QWidget,
)

from levelkit.domain.text import fold, format_number, join_vi
from levelkit.errors import UserError
from levelkit.gui import kit
from levelkit.gui.icons import icon
from levelkit.gui.stairs import SMALL, Stairs, short_level
from levelkit.gui.theme import theme
from levelkit.law.review import review_rules
from levelkit.services.scope import compare_scope, keep_reason

if TYPE_CHECKING:
    from levelkit.services import Workspace
    from levelkit.services.scope import Judged, ScopeResult

MOST = 20
_CODE = int(Qt.ItemDataRole.UserRole)


class ScopeDialog(QDialog):
    """Accepted once the reason is written into the systems chosen."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._search = QLineEdit()
        self._list = QListWidget()
        self._result = kit.column(spacing=6)
        self._reason = QPlainTextEdit()
        self._why = kit.label("", "hint", name="scope_why")
        self._keep = kit.button("Ghi lập luận", self._on_keep, kind="primary", name="scope_keep")

        self._build()
        self._show_result()

    def _build(self) -> None:
        self.setWindowTitle("Soát phạm vi hệ thống")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._search.setPlaceholderText("Tìm hệ thống, gõ không dấu")
        self._search.setAccessibleName("Tìm hệ thống")
        self._search.setProperty("iconed", True)
        self._search.addAction(icon("search", "text3"), QLineEdit.ActionPosition.LeadingPosition)
        self._list.setAccessibleName("Hệ thống đem so, đánh dấu bằng phím cách")
        self._list.setProperty("surface", "card")
        self._list.setWordWrap(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for system in self._workspace.systems():
            if system.status != "retired":
                item = QListWidgetItem(f"{system.code} {system.name}")
                item.setData(_CODE, system.code)
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                item.setCheckState(Qt.CheckState.Unchecked)
                self._list.addItem(item)
        self._reason.setAccessibleName("Vì sao các phần đứng riêng hay gộp lại")
        self._reason.setPlaceholderText(
            "Nêu chức năng nghiệp vụ, dòng chảy dữ liệu, mức độ phụ thuộc, ảnh hưởng khi có sự cố"
        )
        self._reason.setTabChangesFocus(True)
        self._reason.setFixedHeight(theme().px(90))
        side = QFrame()
        side.setProperty("surface", "card")
        area = kit.ColumnArea(self._result, "Cấp độ khi tách và khi gộp")
        side.setLayout(kit.column(area, margins=(16, 12, 12, 12)))
        left = kit.column(self._search, self._list, spacing=8)
        right = kit.column(side, kit.label("Lập luận", "question"), self._reason, spacing=8)
        right.setStretch(0, 1)
        both = kit.row(left, right, spacing=16)
        both.setStretch(0, 2)
        both.setStretch(1, 3)
        layout = kit.column(
            kit.label("Soát phạm vi hệ thống", "page_title"),
            kit.label(
                "Chọn các hệ thống có chung chức năng, dữ liệu hoặc hạ tầng để xem cấp độ khi đứng riêng "
                "và khi là một hệ thống.",
                "help",
            ),
            both,
            kit.row(
                self._why, None, kit.button("Đóng", self.reject, name="scope_close"), self._keep, spacing=8
            ),
            margins=(24, 16, 24, 16),
            spacing=10,
        )
        layout.setStretch(2, 1)
        self.setLayout(layout)
        self._list.itemChanged.connect(lambda _item: self._show_result())
        self._search.textChanged.connect(self._narrow)
        self._reason.textChanged.connect(self._show_keep)
        self.resize(theme().px(1000), theme().px(620))

    def codes(self) -> list[str]:
        """The systems chosen."""
        items = (self._list.item(place) for place in range(self._list.count()))
        return [item.data(_CODE) for item in items if item.checkState() == Qt.CheckState.Checked]

    def choose(self, codes: list[str]) -> None:
        """Choose these systems."""
        for place in range(self._list.count()):
            item = self._list.item(place)
            chosen = item.data(_CODE) in codes
            item.setCheckState(Qt.CheckState.Checked if chosen else Qt.CheckState.Unchecked)

    def _narrow(self, text: str) -> None:
        words = fold(text).split()
        for place in range(self._list.count()):
            item = self._list.item(place)
            hay = fold(item.text())
            item.setHidden(not all(word in hay for word in words))

    def _show_result(self) -> None:
        kit.clear(self._result)
        codes = self.codes()
        self._show_keep()
        if not 2 <= len(codes) <= MOST:
            more = "Chọn thêm ít nhất một hệ thống."
            words = more if len(codes) == 1 else f"Chọn từ 2 đến {MOST} hệ thống."
            self._result.addWidget(kit.label(words, "secondary"))
            self._result.addStretch(1)
            return
        self._fill(compare_scope(self._workspace, codes))

    def _fill(self, found: ScopeResult) -> None:
        self._result.addWidget(kit.label("Đứng riêng", "group"))
        for code, name, judged in found.apart:
            self._result.addLayout(self._line(f"{code} {name}", judged))
        self._result.addSpacing(theme().px(8))
        self._result.addWidget(kit.label("Là một hệ thống", "group"))
        if found.one == found.one_summed:
            self._result.addLayout(self._line("Gộp lại", found.one))
        else:
            self._result.addLayout(self._line("Gộp lại, các phần phục vụ cùng những người đó", found.one))
            self._result.addLayout(self._line("Gộp lại, mỗi phần phục vụ người khác nhau", found.one_summed))
        self._result.addSpacing(theme().px(8))
        cite = self._workspace.library.citation
        if found.lowered:
            where = cite(review_rules().scope_cite).clause_vi
            text = (
                f"Là một hệ thống thì {join_vi(found.lowered)} phải theo cấp cao hơn. {where}: không xác "
                "định phạm vi một cách hình thức nhằm làm thay đổi cấp độ. Chỉ để riêng khi bốn yếu tố "
                "phạm vi đều khác nhau, và phải nêu lý do."
            )
        else:
            text = "Tách hay gộp không làm thay đổi cấp độ; phạm vi vẫn theo bốn yếu tố dưới đây."
        note = QFrame()
        note.setProperty("tone", "warn" if found.lowered else "hint")
        note.setLayout(kit.row(kit.label(text), margins=(12, 8, 12, 8)))
        self._result.addWidget(note)
        self._result.addWidget(kit.label(cite(review_rules().scope_grounds_cite).text_vi, "secondary"))
        if found.open_vi:
            named = ", ".join(found.open_vi[:6])
            self._result.addWidget(kit.label(f"Có phần chưa trả lời: {named}.", "hint"))
        self._result.addStretch(1)

    @staticmethod
    def _line(words: str, judged: Judged) -> QHBoxLayout:
        said = short_level(judged.at_least, judged.at_most, judged.level)
        stairs = Stairs(SMALL)
        stairs.show_level(judged.level or judged.at_least, judged.level or judged.at_most, said)
        label = kit.label(words)
        line = kit.row(label, stairs, kit.label(said, "name", wrap=False), spacing=8)
        line.setStretch(0, 1)
        return line

    def _show_keep(self) -> None:
        number = len(self.codes())
        why = ""
        if not 2 <= number <= MOST:
            why = "Chọn hệ thống để ghi lập luận."
        elif not self._reason.toPlainText().strip():
            why = "Gõ lập luận để ghi vào câu «Phần đã tách hoặc gộp» của từng hệ thống."
        elif self._workspace.readonly:
            why = self._workspace.why_readonly or "Tệp này chỉ đọc."
        self._why.setText(why)
        self._keep.setText(f"Ghi vào {format_number(number)} hệ thống" if number else "Ghi lập luận")
        self._keep.setAccessibleName(self._keep.text())
        self._keep.setEnabled(not why)

    def _on_keep(self) -> None:
        try:
            keep_reason(self._workspace, self.codes(), self._reason.toPlainText())
        except UserError as error:
            self._why.setText(str(error))
            return
        self.accept()
