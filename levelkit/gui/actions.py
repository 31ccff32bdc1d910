"""Every action of the window with its key and menu. What stands here works."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

from levelkit.gui.icons import icon

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


@dataclass(frozen=True, slots=True)
class Entry:
    """One action: its id, words with the mnemonic, keys (the first is shown), icon."""

    id: str
    text: str
    keys: tuple[str, ...] = ()
    mark: str = ""


LINE: Final = Entry("", "")
MENUS: Final[tuple[tuple[str, tuple[Entry, ...]], ...]] = (
    (
        "&Tệp",
        (
            Entry("new", "&Lập hồ sơ mới…", ("Ctrl+N",), "file-plus"),
            Entry("open", "&Mở hồ sơ…", ("Ctrl+O",), "folder-open"),
            Entry("shared", "Mở &cơ sở dữ liệu chung…"),
            Entry("list", "Mở &danh mục hệ thống", ("Ctrl+I",), "table-properties"),
            Entry("sample", "Mở &hồ sơ mẫu", ("Ctrl+M",), "book-open"),
            LINE,
            Entry("backups", "&Bản sao lưu…", (), "history"),
            Entry("package", "&Nạp bộ quy định…"),
            Entry("letterhead", "Tiêu đề thư &và biểu trưng…"),
            LINE,
            Entry("start", "Về &trang bắt đầu", ("Ctrl+W",)),
            LINE,
            Entry("quit", "T&hoát", ("Ctrl+Q",)),
        ),
    ),
    (
        "&Sửa",
        (
            Entry("undo", "&Hoàn tác", ("Ctrl+Z",), "undo-2"),
            Entry("redo", "&Làm lại", ("Ctrl+Y", "Ctrl+Shift+Z"), "redo-2"),
            LINE,
            Entry("find", "&Tìm nhanh", ("Ctrl+K",), "search"),
        ),
    ),
    (
        "&Xem",
        (
            Entry("reasons", "&Căn cứ cấp độ", ("Ctrl+L",), "panel-right-open"),
            Entry("compare", "&So thiệt hại với tiêu chí", (), "scale"),
            LINE,
        ),
    ),
    (
        "&Hồ sơ",
        (
            Entry("back", "&Quay lại mục vừa xem", ("Alt+Left",), "arrow-left"),
            Entry("previous", "Mục &trước", ("Ctrl+PgUp",)),
            Entry("next", "Mục t&iếp theo", ("Ctrl+PgDown",)),
            Entry("gap", "Tới &chỗ thiếu tiếp theo", ("F8",)),
            LINE,
            Entry("raise", "Đề &xuất cấp cao hơn…", ("Ctrl+Shift+L",), "trending-up"),
            Entry("rebase", "Chuyển sang bộ quy định &mới…"),
            LINE,
            Entry("check", "&Kiểm tra và xuất", ("Ctrl+E",), "circle-check"),
        ),
    ),
    (
        "&Kiểm kê",
        (
            Entry("board", "&Bảng theo dõi", ("Ctrl+B",), "layers"),
            Entry("impact", "Hai &luật cạnh nhau", ("Ctrl+Shift+I",), "scale"),
            Entry("scope", "&Soát phạm vi hệ thống…"),
            LINE,
            Entry("import", "&Nhập từ bảng tính…", ("Ctrl+Shift+O",), "file-spreadsheet"),
            Entry("undo_import", "&Hoàn tác lần nhập gần nhất"),
            Entry("export", "&Xuất ra bảng tính…", ("Ctrl+Shift+S",), "download"),
            LINE,
            Entry("report", "Lập báo &cáo Mẫu số 08…", ("Ctrl+Shift+B",), "file-text"),
        ),
    ),
    (
        "T&rợ giúp",
        (
            Entry("keys", "&Phím tắt", ("F1",)),
            Entry("places", "&Nơi lưu trên máy này"),
            Entry("about", "&Giới thiệu levelkit", (), "info"),
        ),
    ),
)
MODES: Final = (("system", "Theo &hệ thống"), ("light", "&Sáng"), ("dark", "&Tối"))
SCALES: Final = ((100, "Cỡ chữ &100 %"), (115, "Cỡ chữ 1&15 %"), (130, "Cỡ chữ 1&30 %"))
WORKING: Final = (
    "undo",
    "redo",
    "reasons",
    "compare",
    "back",
    "previous",
    "next",
    "gap",
    "raise",
    "check",
)


class Actions:
    """The actions of one window, by id; `menu_bar` shows them."""

    def __init__(self, parent: QWidget) -> None:
        self.by_id: dict[str, QAction] = {}
        self.menu_bar = QMenuBar(parent)
        self.modes = QActionGroup(parent)
        self.scales = QActionGroup(parent)
        self.recent_menu = QMenu("Mở &gần đây", self.menu_bar)
        self.menu_bar.setAccessibleName("Trình đơn")
        for title, entries in MENUS:
            menu = self.menu_bar.addMenu(title)
            for entry in entries:
                if entry is LINE:
                    menu.addSeparator()
                    continue
                menu.addAction(self._action(entry, parent))
                if entry.id == "sample":
                    menu.addMenu(self.recent_menu)
            if title == "&Xem":
                self._view_choices(menu, parent)

    def _action(self, entry: Entry, parent: QWidget) -> QAction:
        action = QAction(entry.text, parent)
        action.setObjectName(f"action_{entry.id}")
        action.setShortcuts([QKeySequence(key) for key in entry.keys])
        if entry.mark:
            action.setIcon(icon(entry.mark))
        if entry.id == "quit":
            action.setMenuRole(QAction.MenuRole.QuitRole)
        parent.addAction(action)
        self.by_id[entry.id] = action
        return action

    def _view_choices(self, menu: QMenu, parent: QWidget) -> None:
        for group, choices in ((self.modes, MODES), (self.scales, SCALES)):
            for value, text in choices:
                action = QAction(text, parent)
                action.setCheckable(True)
                action.setData(value)
                group.addAction(action)
                menu.addAction(action)
            menu.addSeparator()

    def show_choices(self, mode: str, percent: int) -> None:
        """Tick what holds."""
        for group, value in ((self.modes, mode), (self.scales, percent)):
            for action in group.actions():
                action.setChecked(action.data() == value)

    def keys(self) -> list[tuple[str, str]]:
        """Action and first key, for the list of keys."""
        rows = []
        for _title, entries in MENUS:
            for entry in entries:
                if entry.keys:
                    words = self.by_id[entry.id].text().replace("&", "").partition(":")[0]
                    rows.append((words, entry.keys[0]))
        return rows
