"""The window's bootstrap: one application, its theme, words and settings, and a guard for bugs."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication

from levelkit import __version__
from levelkit.gui.crash import CrashGuard
from levelkit.gui.settings import WindowSettings
from levelkit.gui.theme import theme
from levelkit.gui.vietnamese import VietnameseQt
from levelkit.gui.warm import Warmup
from levelkit.resources import package_dir
from levelkit.services import logs
from levelkit.services.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

    from levelkit.gui.main_window import MainWindow

WARM_AFTER_MS = 150  # when the first page has been drawn
APP_ID = "vn.levelkit.Levelkit"


def make_app(argv: list[str]) -> QApplication:
    """Return the application, in Vietnamese, with its name and icon."""
    QGuiApplication.setDesktopFileName(APP_ID)
    app = QApplication(argv)
    app.setApplicationName("levelkit")
    app.setApplicationDisplayName("levelkit")
    app.setApplicationVersion(__version__)
    app.setWindowIcon(QIcon(str(package_dir("gui", "icons", "app", f"{APP_ID}.svg"))))
    app.installTranslator(VietnameseQt(app))
    return app


def make_window(settings: WindowSettings, warmup: Warmup | None = None) -> MainWindow:
    """Compose the window; the theme must be installed."""
    from levelkit.gui.desk import Desk
    from levelkit.gui.main_window import MainWindow

    return MainWindow(Desk(settings, warmup.wait) if warmup else Desk(settings))


def run(file: Path | None = None) -> int:
    """Open the window, on a file where one is named; return when it is closed."""
    app = make_app(sys.argv[:1])
    logs.start()
    guard = CrashGuard(app)
    guard.install()
    settings = WindowSettings(Settings())
    theme().install(settings.mode, settings.percent)
    warmup = Warmup(app)
    window = make_window(settings, warmup)
    guard.refused.connect(lambda text: window.page().show_bar("window", "err", text))
    window.show()
    if file is not None:
        warmup.ready.connect(lambda: window.open_path(str(file)))
    else:
        window.show_crash_note()
    QTimer.singleShot(0 if file else WARM_AFTER_MS, warmup.start)
    code = app.exec()
    warmup.wait()
    guard.uninstall()
    logs.stop()
    return code
