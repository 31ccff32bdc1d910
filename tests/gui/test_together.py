"""Two windows on one database: what the other writes shows, the same answer is asked about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QPushButton

from levelkit.errors import WorkspaceError
from levelkit.gui.crash import CrashGuard
from levelkit.gui.together import ConflictDialog, ServerDialog
from levelkit.services import Workspace
from levelkit.store.server import parse
from tests.postgres_server import comes_true

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from levelkit.gui.main_window import MainWindow
    from tests.postgres_server import PostgresServer

pytestmark = pytest.mark.gui


@pytest.fixture
def address(postgres: PostgresServer, database: str) -> str:
    return postgres.uri(database, password="mat-khau-bi-mat")


@pytest.fixture
def other(address: str) -> Iterator[Workspace]:
    """Somebody else's program on the same database, with two systems."""
    with Workspace.open(parse(address)) as opened:
        opened.add_system("Cổng khách hàng")
        opened.add_system("Kho dữ liệu")
        yield opened


@pytest.fixture
def there(window: MainWindow, other: Workspace) -> Iterator[MainWindow]:
    """A window of one's own, not looking by itself."""
    window._together._timer.stop()
    yield window
    window.show_start()


def texts(window: MainWindow) -> str:
    return "\n".join(label.text() for label in window.findChildren(QLabel) if label.isVisible())


def names(window: MainWindow) -> list[str]:
    model = window._systems._model
    return [model.index(row, 1).data() for row in range(model.rowCount())]


def looks(window: MainWindow, shown: Callable[[], bool]) -> bool:
    """Let the window look, as it does every two seconds, until it shows what is on its way."""

    def once() -> bool:
        window._together.look()
        return shown()

    return comes_true(once)


def test_database_is_opened_and_remembered_without_the_password(
    there: MainWindow, address: str, database: str
) -> None:
    there._actions.by_id["shared"].trigger()
    dialog = there.findChild(ServerDialog)
    field = dialog.findChild(QLineEdit, "server_address")
    button = dialog.findChild(QPushButton, "open_server")
    assert not button.isEnabled()
    field.setText("mysql://may/x")
    assert not button.isEnabled()
    field.setText(address)
    assert button.isEnabled()
    button.click()
    assert there._desk.workspace is not None
    assert there._status._path.text().endswith(f"/{database}")
    (recent,) = there._desk.settings.recents
    assert "mat-khau" not in str(recent)
    assert recent.shown.endswith(f"/{database}")
    there.show_start()
    there.open_path(recent.path)
    assert there._desk.workspace is not None
    assert "mat-khau" not in there._desk.settings._stored.path.read_text(encoding="utf-8")


def test_empty_database_can_be_begun(
    there: MainWindow, postgres: PostgresServer, empty_database: str
) -> None:
    there.open_path(postgres.uri(empty_database))
    assert "còn trống" in texts(there)
    next(one for one in there.findChildren(QPushButton) if one.text().startswith("Tạo danh mục")).click()
    assert there._desk.workspace is not None
    assert there._desk.workspace.systems() == []


def test_what_others_write_shows(there: MainWindow, address: str, other: Workspace) -> None:
    there.open_path(address)
    there._together.look()
    other.rename_system("HT-01", "Cổng của Sao Mai")
    assert looks(there, lambda: "Cổng của Sao Mai" in names(there))
    there.show_system("HT-01")
    session = there._wizard.session
    other.session("HT-01").set("owner.name", "Tổng công ty Sao Mai")
    assert looks(there, lambda: session.interview.answer("owner.name") == "Tổng công ty Sao Mai")
    shown = there._wizard.findChild(QLineEdit, "owner.name")
    assert shown is None or shown.text() == "Tổng công ty Sao Mai"


@pytest.mark.parametrize(("button", "left"), [("keep_mine", "của tôi"), ("keep_theirs", "của họ")])
def test_same_answer_shows_both_texts_and_one_is_kept(
    there: MainWindow, address: str, other: Workspace, button: str, left: str
) -> None:
    there.open_path(address)
    there.show_system("HT-01")
    wizard = there._wizard
    other.session("HT-01").set("owner.name", "của họ")
    wizard._guard(lambda: wizard.session.set("owner.name", "của tôi"))
    assert "vừa sửa ở nơi khác" in texts(there)
    next(one for one in wizard.findChildren(QPushButton) if one.text().startswith("Xem hai")).click()
    dialog = wizard.findChild(ConflictDialog)
    shown = {one.objectName(): one.toPlainText() for one in dialog.findChildren(QPlainTextEdit)}
    assert shown == {"conflict_mine": "của tôi", "conflict_theirs": "của họ"}
    dialog.findChild(QPushButton, button).click()
    assert wizard.session.conflicts == ()
    assert other.session("HT-01").interview.answer("owner.name") == left
    assert "vừa sửa ở nơi khác" not in texts(there)


def test_lost_server_is_told_and_found_again(
    there: MainWindow, address: str, postgres: PostgresServer, database: str
) -> None:
    there.open_path(address)
    there._together.look()
    there.show_system("HT-01")
    postgres.sql(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database}'")
    assert looks(there, lambda: "tự nối lại" in texts(there))
    there._together.look()
    assert "tự nối lại" not in texts(there)


def test_workspace_gone_while_reading_is_no_bug(qapp: QApplication) -> None:
    guard = CrashGuard()
    told: list[str] = []
    guard.refused.connect(told.append)
    guard.caught.connect(lambda _text: pytest.fail("shown as a bug"))
    error = WorkspaceError("Không đọc được «máy/tên»: máy chủ đang tắt.")
    guard.handle(type(error), error, None)
    assert told == [str(error)]
