"""Services: the pictures of the architecture, the same for the window, the PDF and Word. Đ22.3.d."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from levelkit.domain.architecture import Architecture, read_architecture

if TYPE_CHECKING:
    from collections.abc import Callable

    from levelkit.dossier.drawings.scenes import DrawingNote
    from levelkit.services.session import SystemSession

# The documents' letters have the widths of these; a picture saved as a file is shown by other programs.
_OTHER_FAMILIES = "'Levelkit Serif', 'Liberation Serif', 'Times New Roman', serif"


@dataclass(frozen=True)
class Diagram:
    """One picture drawn from the tables.

    Attributes:
        key: ``logical``, ``physical`` or ``zones``; the question of an own picture is ``arch.<key>_picture``.
        width, height: in millimetres, as it is printed.
        notes: what it cannot show as the tables have it: table, row (from 1; 0: all of it), a sentence.
    """

    key: str
    title: str
    svg: str
    width: float
    height: float
    description: str
    notes: tuple[DrawingNote, ...]

    @property
    def question(self) -> str:
        """The question whose answer, an own picture, takes this one's place."""
        return f"arch.{self.key}_picture"

    @property
    def file_svg(self) -> str:
        """The picture as a file of its own, for programs without the documents' letters."""
        return self.svg.replace('font-family="Levelkit Serif"', f'font-family="{_OTHER_FAMILIES}"')


def architecture(session: SystemSession) -> Architecture:
    """Return what the tables say now."""
    return read_architecture(session.interview.answers, session.code, session.name)


def draw(source: Architecture, cancelled: Callable[[], bool] = lambda: False) -> tuple[Diagram, ...]:
    """Return the pictures of an architecture, those whose tables are empty left out; safe in a thread."""
    from levelkit.dossier.drawings.scenes import KEYS
    from levelkit.dossier.drawings.sheet import draw as draw_one

    found: list[Diagram] = []
    for key in KEYS:
        drawn = None if cancelled() else draw_one(source, key)
        if drawn is not None:
            one = drawn.drawing
            found.append(
                Diagram(key, one.title, one.svg, one.width, one.height, one.description, drawn.notes)
            )
    return tuple(found)


def diagrams(session: SystemSession) -> tuple[Diagram, ...]:
    """Return the pictures of a system as its tables stand."""
    return draw(architecture(session))
