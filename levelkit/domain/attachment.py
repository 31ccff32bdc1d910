"""Domain: an attached file, without its bytes."""

from __future__ import annotations

from levelkit.domain.base import Model


class AttachmentMeta(Model):
    """An attached file: its content hash (SHA-256, hex), name, media type and size in bytes."""

    sha256: str
    name: str
    media_type: str
    size: int
