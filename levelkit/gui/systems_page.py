"""The plain list of systems of a workspace: open, add, rename, put away with undo, filter without accents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QSortFilterProxyModel, Qt, Signal
from PySide6.QtWidgets import QFrame, QHeaderView, QInputDialog, QLineEdit, QTableView, QWidget

from levelkit.errors import UserError
from levelkit.gui import kit
from levelkit.gui.icons import icon
from levelkit.gui.systems_model import FOLDED, LEVEL, NAME, LevelDelegate, SystemsModel
from levelkit.gui.theme import theme
from levelkit.gui.wizard.bars import BannerStack

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from levelkit.services import Workspace

_WIDTHS = (84, 0, 130, 140, 112, 320)
SAVED, DUE = 4, 5
NAME_LEAST, DUE_LEAST = 240, 150


class SystemsPage(QWidget):
    """Shows the systems of one workspace; ``opened`` names the one to work on."""

    opened = Signal(str)
    changed = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._model = SystemsModel(self)
        self._proxy = QSortFilterProxyModel(self)
        self._notes = BannerStack()
        self._title = kit.label("Danh mục hệ thống", "page_title")
        self._sub = kit.label("", "secondary", wrap=False)
        self._filter = QLineEdit()
        self._table = _Table()
        self._rename = kit.button("Đổi tên…", self.rename_current, mark="pencil", name="rename_system")
        self._remove = kit.button(
            "Cất khỏi danh mục", self.remove_current, mark="trash-2", name="remove_system"
        )
        self._add = kit.button("Thêm hệ thống…", self.add, kind="primary", mark="plus", name="add_system")
        self._empty = _EmptyNote(self.add)

        self._build()
        self._connect()
        self.refresh()

    def _build(self) -> None:
        self.setObjectName("systems_page")
        self._proxy.setSourceModel(self._model)
        self._proxy.setFilterRole(FOLDED)
        self._table.setModel(self._proxy)
        self._table.setItemDelegateForColumn(LEVEL, LevelDelegate(self._table))
        head = self._table.horizontalHeader()
        for column, width in enumerate(_WIDTHS):
            if width:
                self._table.setColumnWidth(column, theme().px(width))
        head.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        self._filter.setPlaceholderText("Tìm hệ thống, gõ không dấu")
        self._filter.setAccessibleName("Tìm hệ thống")
        self._filter.setProperty("iconed", True)
        self._filter.addAction(icon("search", "text3"), QLineEdit.ActionPosition.LeadingPosition)
        self._filter.setFixedWidth(theme().px(260))
        top = QFrame()
        top.setProperty("surface", "bar_top")
        titles = kit.column(self._title, self._sub, spacing=1)
        top.setLayout(
            kit.row(titles, None, self._rename, self._remove, self._add, margins=(20, 8, 20, 8), spacing=8)
        )
        card = QFrame()
        card.setProperty("surface", "card")
        inner = kit.column(
            kit.row(None, self._filter), self._table, self._empty, margins=(16, 14, 16, 14), spacing=10
        )
        inner.setStretch(1, 1)
        card.setLayout(inner)
        body = kit.column(card, margins=(20, 14, 20, 14))
        layout = kit.column(top, self._notes, body)
        layout.setStretch(2, 1)
        self.setLayout(layout)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The name keeps its room: the day of the last change gives way first, then the deadline wraps."""
        super().resizeEvent(event)
        look = theme()
        room = self.width() - look.px(96)  # the card's edges and the scroll bar
        fixed = look.px(sum(_WIDTHS[:DUE]))
        short = room - fixed - look.px(_WIDTHS[DUE]) < look.px(NAME_LEAST)
        self._table.setColumnHidden(SAVED, short)
        left = room - fixed + (look.px(_WIDTHS[SAVED]) if short else 0) - look.px(NAME_LEAST)
        self._table.setColumnWidth(DUE, max(look.px(DUE_LEAST), min(left, look.px(_WIDTHS[DUE]))))

    def _connect(self) -> None:
        self._filter.textChanged.connect(self._model_filter)
        self._table.opened.connect(self._on_opened)
        self._table.selectionModel().currentRowChanged.connect(lambda *_: self._show_buttons())

    def refresh(self, select: str = "") -> None:
        """Read the systems again; keep or choose the current one."""
        current = select or self.current_code()
        systems = self._workspace.systems()
        self._model.show_systems(systems)
        self._sub.setText(f"{len(systems)} hệ thống · {self._workspace.path.name}")
        self._table.setVisible(bool(systems))
        self._filter.setVisible(bool(systems))
        self._empty.setVisible(not systems)
        place = self._model.place_of(current)
        index = self._proxy.mapFromSource(self._model.index(max(place, 0), 0))
        if index.isValid():
            self._table.setCurrentIndex(index)
        self._show_buttons()

    def current_code(self) -> str:
        """The code of the current row; empty without one."""
        index = self._proxy.mapToSource(self._table.currentIndex())
        return self._model.code_at(index.row()) if index.isValid() else ""

    def show_bar(
        self, key: str, tone: str, text: str, actions: tuple[tuple[str, Callable[[], object]], ...] = ()
    ) -> None:
        """Show a bar over the page."""
        self._notes.show_bar(key, tone, text, actions)

    def focus_first(self) -> None:
        """Put the focus on the table, or on «Thêm hệ thống…» where it is empty."""
        (self._table if self._table.isVisibleTo(self) else self._add).setFocus(
            Qt.FocusReason.OtherFocusReason
        )

    def add(self) -> None:
        """Ask for a name and add a system."""
        name, agreed = _ask_name(self, "Thêm hệ thống", "Tên hệ thống thông tin", "")
        if agreed:
            self._guard(lambda: self._show_added(self._workspace.add_system(name)))

    def _show_added(self, code: str) -> None:
        """The new one in sight with the focus on it: Enter goes on into it."""
        self._filter.clear()
        self.refresh(code)
        self._table.scrollTo(self._table.currentIndex())
        self.focus_first()

    def rename_current(self) -> None:
        """Ask for another name of the current system."""
        code = self.current_code()
        if not code:
            return
        old = self._model.name_of(code)
        name, agreed = _ask_name(self, "Đổi tên hệ thống", f"Tên mới của {code}", old)
        if agreed and name.strip() != old:
            self._guard(lambda: self._workspace.rename_system(code, name))
            self.refresh(code)

    def remove_current(self) -> None:
        """Put the current system away; the bar brings it back."""
        code = self.current_code()
        if not code:
            return
        name = self._model.name_of(code)
        numbers: list[int] = []
        if self._guard(lambda: numbers.append(self._workspace.remove_system(code))):
            self.refresh()
            self._notes.show_bar(
                "removed",
                "hint",
                f"Đã cất {code} {name} khỏi danh mục.",
                (("Đưa trở lại", lambda: self._restore(numbers[0])),),
            )

    def _restore(self, number: int) -> None:
        codes: list[str] = []
        if self._guard(lambda: codes.append(self._workspace.restore(number))):
            self._notes.drop("removed")
            self.refresh(codes[0])

    def _model_filter(self, text: str) -> None:
        self._model.set_query(text)
        self._proxy.setFilterFixedString("1" if text.strip() else "")

    def _show_buttons(self) -> None:
        writable = not self._workspace.readonly
        has_row = bool(self.current_code())
        self._add.setEnabled(writable)
        for widget in (self._rename, self._remove):
            widget.setEnabled(writable and has_row)

    def _on_opened(self, index: QModelIndex) -> None:
        row = self._proxy.mapToSource(index).row()
        self.opened.emit(self._model.code_at(row))

    def _guard(self, step: Callable[[], object]) -> bool:
        try:
            step()
        except UserError as error:
            self._notes.show_bar(
                "refused", "err", str(error), (("Đã rõ", lambda: self._notes.drop("refused")),)
            )
            return False
        self._notes.drop("refused")
        self.changed.emit()
        return True


class _Table(QTableView):
    """Whole rows, Enter or double click opens, Tab leaves."""

    opened = Signal(QModelIndex)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("systems_table")
        self.setAccessibleName("Danh mục hệ thống")
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setSortingEnabled(False)
        self.setWordWrap(True)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme().px(46))
        self.horizontalHeader().setHighlightSections(False)
        self.doubleClicked.connect(self.opened)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the current row."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex())
            return
        super().keyPressEvent(event)


class _EmptyNote(QWidget):
    """One line what, one line how, one button."""

    def __init__(self, add: Callable[[], object]) -> None:
        super().__init__()
        layout = kit.column(
            None,
            kit.picture("server", "text3", 26),
            kit.label("Chưa có hệ thống nào", "name", wrap=False),
            kit.label("Thêm hệ thống rồi trả lời từng câu, cấp độ hiện ra ngay.", "secondary", wrap=False),
            4,
            kit.button("Thêm hệ thống…", add, mark="plus"),
            None,
            spacing=6,
        )
        for place in range(layout.count()):
            item = layout.itemAt(place)
            widget = item.widget() if item is not None else None
            if widget is not None:
                layout.setAlignment(widget, Qt.AlignmentFlag.AlignHCenter)
        self.setLayout(layout)


def _ask_name(parent: QWidget, title: str, question: str, start: str) -> tuple[str, bool]:
    dialog = QInputDialog(parent)
    dialog.setWindowTitle(title)
    dialog.setLabelText(question)
    dialog.setTextValue(start)
    dialog.setOkButtonText(title)
    dialog.setCancelButtonText("Thôi")
    dialog.resize(theme().px(480), dialog.height())
    agreed = dialog.exec() == QInputDialog.DialogCode.Accepted
    return dialog.textValue(), agreed
