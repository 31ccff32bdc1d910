"""Workspace format 1: systems, answers, attachments, rulesets, events."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from levelkit.store.tables import exact

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "meta",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_meta"),
    )
    op.create_table(
        "ruleset_package",
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("ruleset_id", sa.String(64), nullable=False),
        sa.Column("version", sa.String(32), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", moment, nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_ruleset_package"),
    )
    op.create_table(
        "system",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", exact(80), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("folded", exact(), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("ruleset_id", sa.String(64), nullable=False),
        sa.Column("ruleset_version", sa.String(32), nullable=False),
        sa.Column("ruleset_sha256", sa.String(64), nullable=False),
        sa.Column("ruleset_pins", sa.JSON(), nullable=False),
        sa.Column("computed_level", sa.Integer(), nullable=True),
        sa.Column("at_least", sa.Integer(), nullable=False),
        sa.Column("at_most", sa.Integer(), nullable=False),
        sa.Column("proposed_level", sa.Integer(), nullable=True),
        sa.Column("approved_level", sa.Integer(), nullable=True),
        sa.Column("deadlines", sa.JSON(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_at", moment, nullable=False),
        sa.Column("updated_at", moment, nullable=False),
        sa.Column("removed_at", moment, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_system"),
        sa.UniqueConstraint("code", name="uq_system_code"),
    )
    op.create_index("ix_system_folded", "system", ["folded"])
    op.create_index("ix_system_status", "system", ["status"])
    op.create_table(
        "answer",
        sa.Column("system_id", sa.Integer(), nullable=False),
        sa.Column("question_id", exact(120), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["system_id"], ["system.id"], name="fk_answer_system_id_system", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("system_id", "question_id", name="pk_answer"),
    )
    op.create_table(
        "table_row",
        sa.Column("system_id", sa.Integer(), nullable=False),
        sa.Column("question_id", exact(120), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["system_id"], ["system.id"], name="fk_table_row_system_id_system", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("system_id", "question_id", "position", name="pk_table_row"),
    )
    op.create_table(
        "attachment",
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.String(120), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", moment, nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_attachment"),
    )
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("who", sa.String(200), nullable=False),
        sa.Column("system_id", sa.Integer(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=True),
        sa.Column("what", sa.String(32), nullable=False),
        sa.Column("subject", sa.String(120), nullable=True),
        sa.Column("value", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(
            ["system_id"], ["system.id"], name="fk_event_system_id_system", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_event"),
    )
    op.create_index("ix_event_system_id_revision", "event", ["system_id", "revision"])
