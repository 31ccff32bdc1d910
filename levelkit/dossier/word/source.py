"""Word: what the readers of tables and contents need of the one who reads the document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from levelkit.dossier.word.cascade import Cascade
    from levelkit.dossier.word.model import Block, Paragraph, Span


class Source(Protocol):
    """One document being read."""

    cascade: Cascade

    @property
    def page_name(self) -> str:
        """The kind of page that is being read."""
        ...

    def check(self, element: Any) -> None:
        """Refuse an element or a class that nobody has told how to print."""
        ...

    def block(self, element: Any, width: float) -> list[Block]:
        """Return what a block-level element becomes in a column of ``width`` points."""
        ...

    def cell(self, element: Any, width: float, kind: str) -> list[Block]:
        """Return the content of a table's cell."""
        ...

    def paragraph(self, spans: list[Span], style: Any) -> Paragraph:
        """Return a paragraph in the look of the element around it."""
        ...
