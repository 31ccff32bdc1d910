"""A window under test: theme and Vietnamese as in the program, a sample workspace of one's own."""

from __future__ import annotations

import gc
import shutil
from functools import partialmethod
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from levelkit.gui.app import make_window
from levelkit.gui.settings import WindowSettings
from levelkit.gui.theme import theme
from levelkit.gui.vietnamese import VietnameseQt
from levelkit.services import Workspace
from levelkit.services.sample_workspace import write_sample
from levelkit.services.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from levelkit.gui.main_window import MainWindow


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.gui)


@pytest.fixture(scope="session")
def qapp(qapp_args: list[str]) -> QApplication:
    """The application as the program makes it: in Vietnamese, with its theme."""
    found = QApplication.instance()
    app = found if isinstance(found, QApplication) else QApplication(qapp_args)
    app.installTranslator(VietnameseQt(app))
    theme().install("light", 100)
    return app


class PatientBot(QtBot):
    """Waits for what happens, however busy the machine is; a wait ends as soon as it has happened."""

    waitUntil = partialmethod(QtBot.waitUntil, timeout=60_000)  # noqa: N815 - names of pytest-qt
    waitSignal = partialmethod(QtBot.waitSignal, timeout=60_000)  # noqa: N815
    waitActive = partialmethod(QtBot.waitActive, timeout=60_000)  # noqa: N815
    waitExposed = partialmethod(QtBot.waitExposed, timeout=60_000)  # noqa: N815


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> PatientBot:
    """Hands and eyes of a person with patience."""
    return PatientBot(request)


@pytest.fixture(autouse=True)
def _cleared(qapp: QApplication) -> Iterator[None]:
    """Nothing of one test is left for the next: deferred deletions happen now."""
    yield
    theme().set_mode("light")
    theme().set_percent(100)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample workspace, written once; copy it before opening."""
    path = tmp_path_factory.mktemp("sample") / "mau.levelkit"
    write_sample(path)
    return path


@pytest.fixture
def sample(sample_file: Path, tmp_path: Path) -> Path:
    """A copy of the sample workspace."""
    return shutil.copy(sample_file, tmp_path / "Sao Mai.levelkit")


@pytest.fixture
def workspace(sample: Path) -> Iterator[Workspace]:
    """The sample, open for writing."""
    with Workspace.open(sample) as opened:
        yield opened


@pytest.fixture
def settings(tmp_path: Path) -> WindowSettings:
    """Settings of one's own."""
    return WindowSettings(Settings(tmp_path / "settings" / "settings.json"))


@pytest.fixture
def window(qtbot, settings: WindowSettings) -> MainWindow:
    """The window at its start page, in the size of the pictures."""
    made = make_window(settings)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made
