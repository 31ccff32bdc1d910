"""Store: attachments and ruleset packages, both by content hash."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from levelkit.errors import WorkspaceError
from levelkit.store.records import Pin, StoredFile
from levelkit.store.tables import AttachmentRow, RulesetPackageRow

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlalchemy.orm import Session

MAX_ATTACHMENT = 50 * 1024 * 1024
"""Bytes."""


def add_attachment(session: Session, data: bytes, name: str, media_type: str, at: datetime) -> StoredFile:
    """Keep a file once, whatever its name.

    Raises:
        WorkspaceError: it is empty or larger than 50 MB.
    """
    if not data:
        raise WorkspaceError(f"Tệp «{name}» rỗng (0 byte). Hãy chọn tệp khác.")
    if len(data) > MAX_ATTACHMENT:
        megabytes = f"{len(data) / 1024 / 1024:.1f}".replace(".", ",")
        raise WorkspaceError(
            f"Tệp «{name}» nặng {megabytes} MB, tệp đính kèm phải từ 50 MB trở xuống. Hãy nén hoặc tách tệp."
        )
    sha256 = hashlib.sha256(data).hexdigest()
    if session.get(AttachmentRow, sha256) is None:
        row = AttachmentRow(
            sha256=sha256, name=name, media_type=media_type, size=len(data), data=data, created_at=at
        )
        _keep_once(session, row)
    return StoredFile(sha256, name, media_type, len(data))


def read_attachment(session: Session, sha256: str) -> bytes:
    """Return a file's bytes, checked against the hash.

    Raises:
        WorkspaceError: it is not there, or its bytes are not those that were put in.
    """
    data = session.scalar(select(AttachmentRow.data).where(AttachmentRow.sha256 == sha256))
    if data is None:
        raise WorkspaceError(f"Tệp đính kèm {sha256[:12]} không còn trong tệp làm việc. Hãy đính kèm lại.")
    if hashlib.sha256(data).hexdigest() != sha256:
        raise WorkspaceError(
            f"Tệp đính kèm {sha256[:12]} đã hỏng trong tệp làm việc. Hãy đính kèm lại hoặc lấy bản sao lưu."
        )
    return data


def add_package(session: Session, pin: Pin, data: bytes, at: datetime) -> None:
    """Keep a ruleset as it is now."""
    if session.get(RulesetPackageRow, pin.sha256) is None:
        row = RulesetPackageRow(
            sha256=pin.sha256, ruleset_id=pin.id, version=pin.version, data=data, created_at=at
        )
        _keep_once(session, row)


def has_package(session: Session, sha256: str) -> bool:
    """Whether a ruleset is kept already."""
    return session.get(RulesetPackageRow, sha256) is not None


def read_packages(session: Session, hashes: Iterable[str] | None = None) -> dict[str, bytes]:
    """Return stored rulesets by hash: those asked for, or all."""
    query = select(RulesetPackageRow.sha256, RulesetPackageRow.data)
    if hashes is not None:
        query = query.where(RulesetPackageRow.sha256.in_(list(hashes)))
    return {row[0]: row[1] for row in session.execute(query)}


def _keep_once(session: Session, row: AttachmentRow | RulesetPackageRow) -> None:
    """Add a row under its content hash; somebody else may have added the same content just now."""
    with suppress(IntegrityError), session.begin_nested():
        session.add(row)
