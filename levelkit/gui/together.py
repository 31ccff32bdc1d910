"""Working with others in one database: opening it, showing what they write, choosing between two texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPlainTextEdit, QWidget

from levelkit.errors import UserError, WorkspaceError
from levelkit.gui import kit
from levelkit.gui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Callable

    from levelkit.gui.desk import Desk
    from levelkit.services import SystemSession
    from levelkit.services.conflicts import Conflict, Keep

EVERY_MS = 2000
LOST_MS = 20_000  # to look for a server that is away holds the window up for a moment
SAMPLE = "postgresql://tài-khoản@máy-chủ/levelkit"


class Page(Protocol):
    """A page that can show a bar."""

    def show_bar(self, key: str, tone: str, text: str) -> None:
        """Show a bar over the page."""
        ...


class Window(Protocol):
    """What it needs of the window."""

    def page(self) -> Page:
        """The page shown."""
        ...

    def open_path(self, path: str, code: str = "") -> None:
        """Open a file or database."""
        ...

    def show_systems(self) -> None:
        """Show the list of systems."""
        ...

    def guard(self, step: Callable[[], object]) -> bool:
        """Do one thing; a bar says what could not be done. Whether it was done."""
        ...


class Together(QObject):
    """Looks every two seconds whether others have written, and has it shown."""

    def __init__(self, window: Window, parent: QWidget, desk: Desk) -> None:
        super().__init__(parent)
        self._window = window
        self._parent = parent
        self._desk = desk
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def ask(self) -> None:
        """Ask for the address of a database and open it."""
        dialog = ServerDialog(self._parent)
        dialog.accepted.connect(lambda: self._window.open_path(dialog.address()))
        dialog.open()

    def look(self) -> None:
        """Show what others have written; nothing changes under a dialog that is open."""
        workspace = self._desk.workspace
        if workspace is None or QApplication.activeModalWidget() is not None:
            return
        page = self._window.page()
        try:
            changed = workspace.poll()
        except WorkspaceError as error:
            self._timer.setInterval(LOST_MS)
            page.show_bar("lost", "warn", f"{error} Phần mềm tự nối lại khi máy chủ trả lời.")
            return
        self._timer.setInterval(EVERY_MS)
        drop = getattr(page, "drop_bar", None)
        if drop is not None:
            drop("lost")
        if not changed:
            return
        take = getattr(page, "take_others", None) or getattr(page, "refresh", None)
        if take is not None and not self._window.guard(take):
            self._window.show_systems()


class ServerDialog(QDialog):
    """The address of a database. There is no field for a password: PostgreSQL has its own places for it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._address = QLineEdit()
        self._wrong = kit.label("", "hint", name="server_wrong")
        self._open = kit.button("Mở cơ sở dữ liệu", self.accept, kind="primary", name="open_server")

        self.setWindowTitle("Mở cơ sở dữ liệu chung")
        question = kit.label("Địa chỉ cơ sở dữ liệu PostgreSQL", "question")
        question.setBuddy(self._address)
        self._address.setObjectName("server_address")
        self._address.setAccessibleName("Địa chỉ cơ sở dữ liệu PostgreSQL")
        self._address.setPlaceholderText(SAMPLE)
        self._open.setDefault(True)
        self.setLayout(
            kit.column(
                question,
                self._address,
                kit.label(
                    "Mật khẩu lấy từ tệp .pgpass hoặc biến PGPASSWORD trên máy này; levelkit không hỏi "
                    "và không giữ mật khẩu.",
                    "help",
                ),
                self._wrong,
                8,
                kit.row(None, kit.button("Thôi", self.reject), self._open, spacing=8),
                margins=(24, 20, 24, 16),
                spacing=8,
            )
        )
        self._address.textChanged.connect(self._refresh)
        self._refresh()
        self.resize(theme().px(600), self.sizeHint().height())

    def address(self) -> str:
        """What was typed."""
        return self._address.text().strip()

    def _refresh(self) -> None:
        from levelkit.services.places import Server, place_of

        why = ""
        if self.address():
            try:
                if not isinstance(place_of(self.address()), Server):
                    why = f"Ghi theo mẫu {SAMPLE}."
            except UserError as error:
                why = str(error)
        self._wrong.setText(why)
        self._wrong.setVisible(bool(why))
        self._open.setEnabled(bool(self.address()) and not why)


class ConflictDialog(QDialog):
    """One answer written in two places: both texts, and which of them to keep."""

    def __init__(self, session: SystemSession, conflict: Conflict, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.keep: Keep = "mine"
        self.setWindowTitle("Cùng sửa một câu trả lời")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        when = conflict.at.astimezone().strftime("%H:%M ngày %d/%m/%Y")
        sides = kit.row(
            self._side("Của tôi, chưa lưu", session.words(conflict.question_id, conflict.mine), "mine"),
            self._side(
                f"Của {conflict.who}, lúc {when}",
                session.words(conflict.question_id, conflict.theirs),
                "theirs",
            ),
            spacing=16,
        )
        layout = kit.column(
            kit.label(session.label_of(conflict.question_id), "page_title"),
            kit.label(
                f"{conflict.who} đã lưu một nội dung khác sau khi câu này được mở ở đây. "
                "Chọn nội dung giữ lại; nội dung đã lưu của họ vẫn còn trong nhật ký.",
                "help",
            ),
            sides,
            kit.row(
                None,
                kit.button("Để sau", self.reject),
                kit.button("Lấy của họ", lambda: self._choose("theirs"), name="keep_theirs"),
                kit.button("Giữ của tôi", lambda: self._choose("mine"), kind="primary", name="keep_mine"),
                spacing=8,
            ),
            margins=(24, 20, 24, 16),
            spacing=12,
        )
        layout.setStretch(2, 1)
        self.setLayout(layout)
        self.resize(theme().px(860), theme().px(440))

    def _side(self, title: str, text: str, name: str) -> QWidget:
        shown = QPlainTextEdit(text)
        shown.setReadOnly(True)
        shown.setObjectName(f"conflict_{name}")
        shown.setAccessibleName(title)
        side = QWidget()
        side.setLayout(kit.column(kit.label(title, "group"), shown, spacing=6))
        return side

    def _choose(self, keep: Keep) -> None:
        self.keep = keep
        self.accept()
