"""Workspace format 3: what several systems share: measures, evidence, rows compared with the standard."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from levelkit.store.tables import exact

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "shared_record",
        sa.Column("kind", exact(16), nullable=False),
        sa.Column("id", exact(80), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_at", moment, nullable=False),
        sa.Column("updated_at", moment, nullable=False),
        sa.Column("who", sa.String(200), nullable=False),
        sa.PrimaryKeyConstraint("kind", "id", name="pk_shared_record"),
    )
