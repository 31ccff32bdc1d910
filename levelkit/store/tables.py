"""Store: the tables. The same in SQLite and PostgreSQL."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, DateTime, ForeignKey, Index, LargeBinary, MetaData, String, Text, TypeDecorator
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

if TYPE_CHECKING:
    from sqlalchemy.engine import Dialect


def exact(length: int | None = None) -> String:
    """Text compared byte by byte: what SQLite does by itself, whatever language a server sorts in."""
    kind = Text if length is None else String
    return kind(length).with_variant(kind(length, collation="C"), "postgresql")


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, kept in UTC; SQLite drops time zones, so they are put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive moments: nobody could tell later what they meant."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime cannot be stored")
        utc = value.astimezone(UTC)
        return utc if dialect.name != "sqlite" else utc.replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the moment back with its zone."""
        if value is None:
            return None
        return value if value.tzinfo is not None else value.replace(tzinfo=UTC)


class Base(DeclarativeBase):
    """Root of the tables; constraint names are fixed so that migrations can name them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class MetaRow(Base):
    """One fact about the workspace itself."""

    __tablename__ = "meta"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    value: Mapped[str] = mapped_column(Text)


class RulesetPackageRow(Base):
    """A ruleset as it was when a dossier was made under it, by content hash."""

    __tablename__ = "ruleset_package"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    ruleset_id: Mapped[str] = mapped_column(String(64))
    version: Mapped[str] = mapped_column(String(32))
    data: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class SystemRow(Base):
    """One information system.

    ``computed_level``, ``at_least``, ``at_most``, ``proposed_level``, ``approved_level`` and ``deadlines``
    mirror what the answers gave at ``revision``, so that a list of systems needs no classification run.
    ``ruleset_pins`` maps every ruleset id to the content hash this dossier is judged under.
    """

    __tablename__ = "system"
    __table_args__ = (Index("ix_system_folded", "folded"), Index("ix_system_status", "status"))

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(exact(80), unique=True)
    name: Mapped[str] = mapped_column(Text)
    folded: Mapped[str] = mapped_column(exact())
    status: Mapped[str] = mapped_column(String(16))
    ruleset_id: Mapped[str] = mapped_column(String(64))
    ruleset_version: Mapped[str] = mapped_column(String(32))
    ruleset_sha256: Mapped[str] = mapped_column(String(64))
    ruleset_pins: Mapped[dict[str, str]] = mapped_column(JSON)
    computed_level: Mapped[int | None]
    at_least: Mapped[int]
    at_most: Mapped[int]
    proposed_level: Mapped[int | None]
    approved_level: Mapped[int | None]
    deadlines: Mapped[list[dict[str, str]]] = mapped_column(JSON)
    revision: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class AnswerRow(Base):
    """One answer that is not a table. ``revision`` is the system's revision that wrote it."""

    __tablename__ = "answer"

    system_id: Mapped[int] = mapped_column(ForeignKey("system.id", ondelete="CASCADE"), primary_key=True)
    question_id: Mapped[str] = mapped_column(exact(120), primary_key=True)
    value: Mapped[Any] = mapped_column(JSON)
    revision: Mapped[int]


class TableRow(Base):
    """One row of a table answer (devices, services, zones …)."""

    __tablename__ = "table_row"

    system_id: Mapped[int] = mapped_column(ForeignKey("system.id", ondelete="CASCADE"), primary_key=True)
    question_id: Mapped[str] = mapped_column(exact(120), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    value: Mapped[dict[str, Any]] = mapped_column(JSON)
    revision: Mapped[int]


class AttachmentRow(Base):
    """A file by content hash; the answer that points to it holds the name it was given with."""

    __tablename__ = "attachment"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    media_type: Mapped[str] = mapped_column(String(120))
    size: Mapped[int]
    data: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class EventRow(Base):
    """What happened, in order. Rows are added, never changed or removed.

    ``subject`` is a question id for ``answer`` and ``table``, a record's id for ``measure``, ``evidence`` and
    ``checked``; ``value`` is what stands there since, for a table only the rows that changed, for what was
    removed NULL.
    """

    __tablename__ = "event"
    __table_args__ = (Index("ix_event_system_id_revision", "system_id", "revision"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    who: Mapped[str] = mapped_column(String(200))
    system_id: Mapped[int | None] = mapped_column(ForeignKey("system.id", ondelete="SET NULL"))
    revision: Mapped[int | None]
    what: Mapped[str] = mapped_column(String(32))
    subject: Mapped[str | None] = mapped_column(String(120))
    value: Mapped[Any | None] = mapped_column(JSON(none_as_null=True))


class DocumentRow(Base):
    """One document that was made from a system, by content hash. Rows are added, never changed."""

    __tablename__ = "document"
    __table_args__ = (Index("ix_document_system_id_revision", "system_id", "revision"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    system_id: Mapped[int] = mapped_column(ForeignKey("system.id", ondelete="CASCADE"))
    revision: Mapped[int]
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    who: Mapped[str] = mapped_column(String(200))
    document: Mapped[str] = mapped_column(String(64))
    format: Mapped[str] = mapped_column(String(16))
    sha256: Mapped[str] = mapped_column(String(64))
    pages: Mapped[int | None]
    draft: Mapped[bool]


class SharedRow(Base):
    """One record that belongs to the workspace, not to a system: a measure, a proof, a row compared.

    ``revision`` counts the record's own changes; ``who`` wrote it last.
    """

    __tablename__ = "shared_record"

    kind: Mapped[str] = mapped_column(exact(16), primary_key=True)
    id: Mapped[str] = mapped_column(exact(80), primary_key=True)
    value: Mapped[dict[str, Any]] = mapped_column(JSON)
    revision: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    who: Mapped[str] = mapped_column(String(200))
