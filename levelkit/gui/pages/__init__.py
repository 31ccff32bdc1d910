"""Pages: one for each section, rendered from its form; the last one checks and exports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from levelkit.gui.export import ExportPage
from levelkit.gui.pages.section_page import SectionPage

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from levelkit.questionnaire import Section
    from levelkit.services import SystemSession

CHECK_SECTION = "kiem-tra"

__all__ = ["CHECK_SECTION", "ExportPage", "SectionPage", "make_page"]


def make_page(
    session: SystemSession, section: Section, parent: QWidget | None = None
) -> SectionPage | ExportPage:
    """Make the page of a section."""
    if section.id == CHECK_SECTION:
        return ExportPage(session, section, parent)
    return SectionPage(session, section, parent)
