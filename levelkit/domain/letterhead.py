"""Domain: what an organisation adds to its papers: a logo, and lines at the foot of a letter's first page."""

from __future__ import annotations

from levelkit.domain.attachment import AttachmentMeta
from levelkit.domain.base import Model


class Letterhead(Model):
    """The logo stands on the cover of a bound document; the lines are box 13 of NĐ 30/2020, on letters alone.

    Nothing else can be set: the national name, the form's words and the law stay as they are.
    """

    logo: AttachmentMeta | None = None
    lines: tuple[str, ...] = ()
