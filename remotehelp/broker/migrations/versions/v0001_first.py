"""The broker's identity and the nameplates that are taken."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Both tables of the first version."""
    op.create_table(
        "identity",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("broker", sa.LargeBinary(16), nullable=False),
    )
    op.create_table(
        "nameplates",
        sa.Column("nameplate", sa.String(5), primary_key=True),
        sa.Column("until", sa.Double, nullable=False),
    )


def downgrade() -> None:
    """An empty database."""
    op.drop_table("nameplates")
    op.drop_table("identity")
