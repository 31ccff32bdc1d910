"""Pages: one for each section, rendered from its form; the last one checks and exports.

The pages are loaded when the first is made: the start page does not wait for them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from levelkit.gui.export import ExportPage
    from levelkit.gui.pages.section_page import SectionPage
    from levelkit.questionnaire import Section
    from levelkit.services import SystemSession

CHECK_SECTION = "kiem-tra"

__all__ = ["CHECK_SECTION", "make_page"]


def make_page(
    session: SystemSession, section: Section, parent: QWidget | None = None
) -> SectionPage | ExportPage:
    """Make the page of a section."""
    from levelkit.gui.export import ExportPage
    from levelkit.gui.pages.section_page import SectionPage

    if section.id == CHECK_SECTION:
        return ExportPage(session, section, parent)
    return SectionPage(session, section, parent)
