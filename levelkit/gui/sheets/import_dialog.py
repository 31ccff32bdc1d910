"""Look before bringing a sheet in: every row with what becomes of it. Nothing is written before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QWidget,
)

from levelkit.domain.text import format_number
from levelkit.gui import kit
from levelkit.gui.board.table import InventoryTable
from levelkit.gui.icons import icon
from levelkit.gui.sheets.import_model import STATES_VI, TABLES_VI, ImportModel
from levelkit.gui.theme import restyle, theme

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex

    from levelkit.services.import_plan import ImportPlan

CHOICES: Final = {
    "stop": "Dừng, chưa nhập gì",
    "skip": "Giữ dữ liệu đã có",
    "update": "Lấy theo tệp",
}
_FILTERS: Final = {"all": "Tất cả", "mend": "Cần sửa", **STATES_VI}
_NOTES = 4
_WIDTHS = (170, 96, 76, 0, 174, 0)


class ImportDialog(QDialog):
    """Shows a plan. ``planned_again`` asks for another way with conflicts; accepted when it is to be written.

    The plan is made as if conflicts were taken from the file; ``stop`` then refuses as long as there are any.
    """

    planned_again = Signal(str)

    def __init__(self, plan: ImportPlan, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.plan = plan
        self._conflicts = len(plan.conflicts)
        self._model = ImportModel(self)
        self._sum = kit.label("", "help", name="import_sum")
        self._notes = kit.label("", "secondary", name="import_notes")
        self._ask = kit.label("", "name", wrap=False, name="import_conflicts")
        self._choices = QButtonGroup(self)
        self._choice_row = QWidget()
        self._filters = QButtonGroup(self)
        self._segments: dict[str, QPushButton] = {}
        self._search = QLineEdit()
        self._table = InventoryTable("Các dòng của tệp", _WIDTHS, least=200)
        self._detail = QPlainTextEdit()
        self._why = kit.label("", "hint", wrap=False, name="import_why")
        self._go = kit.button("", self.accept, kind="primary", name="import_go")

        self._build()
        self.show_plan(plan)

    def _build(self) -> None:
        self.setWindowTitle("Nhập từ bảng tính")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        choices = kit.row(self._ask, spacing=16)
        for place, (key, words) in enumerate(CHOICES.items()):
            choice = QRadioButton(words)
            choice.setObjectName(f"import_{key}")
            choice.setChecked(key == "stop")
            self._choices.addButton(choice, place)
            choices.addWidget(choice)
        choices.addStretch(1)
        self._choice_row.setLayout(choices)
        segments = kit.row()
        for place, key in enumerate(_FILTERS):
            segment = kit.button("", kind="segment", name=f"import_filter_{key}")
            segment.setCheckable(True)
            segment.setChecked(not place)
            self._filters.addButton(segment, place)
            self._segments[key] = segment
            segments.addWidget(segment)
        self._search.setPlaceholderText("Tìm, gõ không dấu")
        self._search.setAccessibleName("Tìm trong các dòng")
        self._search.setProperty("iconed", True)
        self._search.addAction(icon("search", "text3"), QLineEdit.ActionPosition.LeadingPosition)
        self._search.setMinimumWidth(theme().px(130))
        self._search.setMaximumWidth(theme().px(220))
        self._detail.setReadOnly(True)
        self._detail.setAccessibleName("Chi tiết của dòng đang chọn")
        self._detail.setTabChangesFocus(True)
        self._detail.setFixedHeight(theme().px(76))
        foot = kit.row(
            self._why, None, kit.button("Thôi", self.reject, name="import_cancel"), self._go, spacing=8
        )
        layout = kit.column(
            kit.label(f"Nhập từ «{self.plan.path.name}»", "page_title"),
            self._sum,
            self._notes,
            self._choice_row,
            kit.row(segments, None, self._search, spacing=10),
            self._table,
            self._detail,
            foot,
            margins=(24, 16, 24, 16),
            spacing=10,
        )
        layout.setStretch(5, 1)
        self.setLayout(layout)
        self._table.setModel(self._model)
        self._table.fit()
        self._table.opened.connect(lambda _index: self._detail.setFocus())
        self._table.selectionModel().currentRowChanged.connect(self._show_detail)
        self._filters.idClicked.connect(lambda _place: self._narrow())
        self._search.textChanged.connect(lambda _text: self._narrow())
        self._choices.idClicked.connect(self._on_choice)
        self.resize(theme().px(1180), theme().px(660))

    @property
    def on_conflict(self) -> str:
        """What becomes of systems whose values would change: ``stop``, ``skip``, ``update``."""
        return list(CHOICES)[max(self._choices.checkedId(), 0)]

    def show_plan(self, plan: ImportPlan) -> None:
        """Show a plan, the first or one made another way."""
        self.plan = plan
        self._model.show_plan(plan)
        counts = self._model.counts()
        for key, words in _FILTERS.items():
            text = f"{words} {format_number(counts[key])}"
            self._segments[key].setText(text)
            self._segments[key].setAccessibleName(f"Lọc: {text}")
            kit.show(self._segments[key], counts[key] or key == "all")
        shown = [self._segments[key] for key in _FILTERS if counts[key] or key == "all"]
        for segment in shown:
            edges = ("first" * (segment is shown[0]), "last" * (segment is shown[-1]))
            segment.setProperty("edge", " ".join(edges).strip())
            restyle(segment)
        kit.show(self._detail, self._model.has_notes)
        self._sum.setText(self._in_words(plan))
        notes = [
            f"Trang «{sheet}», cột không đọc: {', '.join(headings)}."
            for sheet, headings in plan.inventory.ignored.items()
            if headings
        ]
        notes += plan.notes
        more = [f"… và {len(notes) - _NOTES} ghi chú khác"] if len(notes) > _NOTES else []
        self._notes.setText("\n".join([*notes[:_NOTES], *more]))
        self._notes.setToolTip("\n".join(notes))
        kit.show(self._notes, notes)
        self._ask.setText(f"{format_number(self._conflicts)} hệ thống đã có khác với tệp:")
        kit.show(self._choice_row, self._conflicts)
        self._narrow()
        self._show_go()

    @staticmethod
    def _in_words(plan: ImportPlan) -> str:
        parts = []
        for table, counts in plan.counts().items():
            if whole := sum(counts.values()):
                parts.append(f"{format_number(whole)} {TABLES_VI[table].lower()}")
        read = ", ".join(parts) or "Không có dòng nào"
        problems = len(plan.problems)
        mend = f"{format_number(problems)} ô, dòng không đọc được, sẽ để trống." if problems else ""
        return f"Đọc được {read}. {mend} Chưa ghi gì cho tới khi bấm nút nhập.".replace("  ", " ")

    def _narrow(self) -> None:
        key = list(_FILTERS)[max(self._filters.checkedId(), 0)]
        self._model.narrow(key, self._search.text())
        self._table.setCurrentIndex(self._model.index(0, 0))
        if not self._model.rowCount():
            self._detail.clear()

    def _show_detail(self, current: QModelIndex, _previous: QModelIndex) -> None:
        row = self._model.row(current.row()) if current.isValid() else None
        self._detail.setPlainText("\n".join(row.notes) if row else "")

    def _on_choice(self, _place: int) -> None:
        self._show_go()
        if self.on_conflict != "stop":
            self.planned_again.emit(self.on_conflict)

    def _show_go(self) -> None:
        systems = self.plan.counts()["systems"]
        written = systems["created"] + systems["updated"]
        rows = sum(len(found) for tables in self.plan.tables.values() for found in tables.values())
        words = f"Nhập {format_number(written)} hệ thống" if written or not rows else f"Nhập {rows} dòng"
        why = ""
        if not written and not rows:
            why = "Không có gì mới để nhập."
        elif self._conflicts and self.on_conflict == "stop":
            why = "Chọn giữ dữ liệu đã có hoặc lấy theo tệp để nhập tiếp."
        self._go.setText(words)
        self._go.setAccessibleName(words)
        self._go.setEnabled(not why)
        self._why.setText(why)
