"""The matrix as the first tab of its section: title, what there is to do, the detail at the side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QHBoxLayout, QWidget

from levelkit.gui import kit
from levelkit.gui.plan.page import MatrixPage
from levelkit.gui.plan.side import SidePlace
from levelkit.gui.status_bar import ElidedLabel

if TYPE_CHECKING:
    from levelkit.questionnaire import Section
    from levelkit.services import SystemSession


class MatrixTab(QObject):
    """``head`` stands over the tabs; ``page`` is the tab."""

    def __init__(self, session: SystemSession, section: Section, host: QWidget) -> None:
        super().__init__(host)
        self._section = section
        self._host = host
        self.page = MatrixPage(session)
        self._title = kit.label("", "page_title", wrap=False)
        self._intro = kit.label(section.intro or "", "help")
        self._place = ElidedLabel()
        self._side: SidePlace | None = None

        self.head = QWidget()
        line = kit.row(self._title, self._place, *self.page.acts.buttons, spacing=10)
        line.setStretch(1, 1)
        self.head.setLayout(kit.column(line, self._intro, margins=(24, 12, 20, 0), spacing=2))
        self.page.detail_wanted.connect(self._open)
        self.show(in_front=True)

    @property
    def tab_title(self) -> str:
        """«Yêu cầu cơ bản cấp 3»."""
        return self.page.title

    def stand_beside(self, layout: QHBoxLayout) -> None:
        """Put the detail at the right of everything else."""
        self._side = SidePlace(self._host, layout, self.page.side, self.page.view)

    def show(self, *, in_front: bool) -> None:
        """Show the title of what is in front."""
        number = f"{self._section.number}. {self._section.title}"
        title = self.page.title
        self._title.setText(f"{number}: {title[:1].lower()}{title[1:]}" if in_front else number)
        self._intro.setVisible(not in_front and bool(self._section.intro))
        self._place.show_text(self.page.place_vi if in_front else "")
        self.page.acts.show_buttons(shown=in_front)
        if self._side is not None:
            self._side.show(wanted=in_front and self.page.has_plan)

    def head_stops(self) -> list[QWidget]:
        """What Tab goes through beside the title."""
        return list(self.page.acts.buttons)

    def _open(self) -> None:
        if self._side is not None:
            self._side.open()
