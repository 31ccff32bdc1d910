"""The side of the matrix, and where it stands: docked, or a sheet over the page where there is no room."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from levelkit.gui import kit
from levelkit.gui.theme import theme

WIDTH, DOCK_FROM = 312, 1180


class DetailSide(QFrame):
    """What stands at the right of the matrix: one row, many rows, or a group."""

    close_asked = Signal()

    def __init__(self, says: str, *parts: QWidget) -> None:
        super().__init__()
        self.close_button = kit.button(
            "", self.close_asked.emit, kind="icon", mark="x", says="Đóng chi tiết", name="plan_close_detail"
        )
        self._parts = parts
        self._part: QWidget | None = None
        for part in parts:
            part.hide()
        self.setObjectName("plan_side")
        self.setAccessibleName(says)
        self.setProperty("surface", "surface")
        layout = kit.column(kit.row(None, self.close_button), *parts, margins=(16, 14, 16, 16))
        self.area = kit.ColumnArea(layout)
        self.setLayout(kit.column(self.area))
        self.resize_to_scale()

    def resize_to_scale(self) -> None:
        """Take the width from the font scale that holds now."""
        self.setFixedWidth(theme().px(WIDTH))

    def show_part(self, part: QWidget) -> None:
        """Show one of the parts, another one than before from its top."""
        if part is self._part:
            return
        self._part = part
        for one in self._parts:
            one.setVisible(one is part)
        self.area.verticalScrollBar().setValue(0)


class SidePlace(QObject):
    """Docks the detail beside the page, or lays it over the page when it is asked for; Esc puts it away."""

    def __init__(self, page: QWidget, layout: QHBoxLayout, side: DetailSide, back: QWidget) -> None:
        super().__init__(page)
        self._page = page
        self._layout = layout
        self._side = side
        self._back = back
        self._wanted = True
        self.docked = True
        layout.addWidget(side)
        side.close_asked.connect(self.leave)
        page.installEventFilter(self)
        side.installEventFilter(self)

    def show(self, *, wanted: bool) -> None:
        """Stand beside the page, or make room where something else is shown."""
        self._wanted = wanted
        self.arrange()

    def arrange(self) -> None:
        """Dock or not, by the width of the page; the font scale is taken off it before."""
        docked = self._page.width() * 100 >= DOCK_FROM * theme().percent
        if docked and not self.docked:
            self._layout.addWidget(self._side)
        elif not docked and self.docked:
            self._layout.removeWidget(self._side)
            self._side.setParent(self._page)
            self._side.hide()
        self.docked = docked
        self._side.close_button.setVisible(not docked)
        if docked:
            self._side.setVisible(self._wanted)
        elif not self._wanted:
            self._side.hide()
        self._lay_over()

    def open(self) -> None:
        """Bring the detail into sight."""
        if not self.docked:
            self._side.show()
            self._lay_over()

    def leave(self) -> None:
        """Go back to the rows; the sheet is put away."""
        self._back.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.docked:
            self._side.hide()

    def _lay_over(self) -> None:
        if not self.docked:
            width = self._side.width()
            self._side.setGeometry(self._page.width() - width, 0, width, self._page.height())
            self._side.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of the page; Esc inside the detail goes back to the rows."""
        kind = event.type()
        if watched is self._page and kind == QEvent.Type.Resize:
            self.arrange()
        elif kind == QEvent.Type.KeyPress and getattr(event, "key", lambda: 0)() == Qt.Key.Key_Escape:
            inside = watched is self._side or self._side.isVisible()
            if inside:
                self.leave()
                return True
        return super().eventFilter(watched, event)
