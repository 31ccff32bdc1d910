"""Theme: which scheme and size hold now, and how they reach the application."""

from __future__ import annotations

import re
from typing import Final, Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from levelkit.gui.theme.focus import FocusRing
from levelkit.gui.theme.style import KitStyle
from levelkit.gui.theme.tokens import Scheme, tokens
from levelkit.resources import package_dir

Mode = Literal["system", "light", "dark"]
SCALES: Final = (100, 115, 130)
FAMILY: Final = "IBM Plex Sans"
MONO: Final = "IBM Plex Mono"
_FIELD = re.compile(r"\$([a-z][a-z0-9_]*)|\$(\d+)px")

_PALETTE: Final = {
    "Window": "bg",
    "WindowText": "text",
    "Base": "surface",
    "AlternateBase": "sunken",
    "ToolTipBase": "raised",
    "ToolTipText": "text",
    "PlaceholderText": "text3",
    "Text": "text",
    "Button": "surface",
    "ButtonText": "text",
    "BrightText": "on_accent",
    "Highlight": "accent",
    "HighlightedText": "on_accent",
    "Accent": "accent",
    "Link": "link",
    "LinkVisited": "link",
    "Light": "surface",
    "Midlight": "border",
    "Mid": "control",
    "Dark": "control",
    "Shadow": "border",
}


class Theme(QObject):
    """Colours and sizes of the running application; ``changed`` when either changed."""

    changed = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._mode: Mode = "system"
        self._percent = 100
        self._system_palette = QPalette(app.palette())
        self._style = KitStyle(self.color, self.px)
        self._ring = FocusRing(self.color, self)

    def install(self, mode: Mode = "system", percent: int = 100) -> None:
        """Load the fonts, put on style, palette and sheet, and follow the system from now on."""
        for file in sorted(package_dir("gui", "fonts").glob("*.ttf")):
            QFontDatabase.addApplicationFont(str(file))
        self._mode, self._percent = mode, percent
        self._app.setStyle(self._style)
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._follow)
        hints.accessibility().contrastPreferenceChanged.connect(self._follow)
        self._app.focusChanged.connect(self._ring.follow)
        self._apply()

    @property
    def mode(self) -> Mode:
        """What the person chose: the system's scheme, or one of the two."""
        return self._mode

    @property
    def percent(self) -> int:
        """Font scale: 100, 115 or 130."""
        return self._percent

    @property
    def scheme(self) -> Scheme:
        """The scheme that holds now."""
        hints = QGuiApplication.styleHints()
        if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
            return "contrast"
        if self._mode == "system":
            return "dark" if hints.colorScheme() == Qt.ColorScheme.Dark else "light"
        return self._mode

    def set_mode(self, mode: Mode) -> None:
        """Choose the scheme and show it at once."""
        if mode != self._mode:
            self._mode = mode
            self._apply()

    def set_percent(self, percent: int) -> None:
        """Choose the font scale and show it at once."""
        if percent != self._percent:
            self._percent = percent
            self._apply()

    def color(self, token: str) -> QColor:
        """Return the colour of a token; in high contrast that of the system palette."""
        value = tokens(self.scheme)[token]
        if value.startswith("#"):
            return QColor(value)
        role = "".join(part.capitalize() for part in value.split("_"))
        return self._system_palette.color(QPalette.ColorRole[role])

    def px(self, size: float) -> int:
        """Return a size in logical pixels under the font scale."""
        return round(size * self._percent / 100)

    def font(self, size: int = 14, weight: int = 400, *, mono: bool = False) -> QFont:
        """Return a font of the given pixel size (before scaling) and weight."""
        font = QFont(MONO if mono else FAMILY)
        font.setPixelSize(self.px(size))
        font.setWeight(QFont.Weight(weight))
        return font

    def sheet(self) -> str:
        """Return the style sheet of the application, every token and size filled in."""
        folder = package_dir("gui", "theme", "qss")
        text = "\n".join(file.read_text("utf-8") for file in sorted(folder.glob("*.qss")))
        return _FIELD.sub(self._fill, text)

    def _fill(self, match: re.Match[str]) -> str:
        if match[2]:
            return f"{self.px(int(match[2]))}px"
        return self.color(match[1]).name()

    def _palette(self) -> QPalette:
        if self.scheme == "contrast":
            return self._system_palette
        palette = QPalette()
        for role, token in _PALETTE.items():
            palette.setColor(QPalette.ColorRole[role], self.color(token))
        for role in ("WindowText", "Text", "ButtonText"):
            palette.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole[role], self.color("disabled"))
        return palette

    def _follow(self) -> None:
        if self._mode == "system" or self.scheme == "contrast":
            self._apply()

    def _apply(self) -> None:
        self._app.setFont(self.font())
        self._app.setPalette(self._palette())
        self._app.setStyleSheet(self.sheet())
        self.changed.emit()


def theme() -> Theme:
    """Return the theme of the running application, made on first use."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        raise TypeError("the theme needs a QApplication")
    found = app.findChild(Theme)
    return found if found is not None else Theme(app)


def restyle(widget: QWidget) -> None:
    """Let the sheet look again at a widget whose dynamic properties changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()
