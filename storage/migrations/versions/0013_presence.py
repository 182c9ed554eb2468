"""When a desk was at work: a status page must not take our own silence for good news."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One table; nothing is known of the time before."""
    op.create_table(
        "presences",
        sa.Column("desk", sa.String(64), nullable=False),
        sa.Column("began_at", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column(
            "last_at",
            sa.BigInteger(),
            nullable=False,
            comment="the desk was at work until then, as far as is known",
        ),
        sa.PrimaryKeyConstraint("desk", "began_at", name="pk_presences"),
    )
    op.create_index("ix_presences_last", "presences", ["desk", "last_at"])


def downgrade() -> None:
    """An older release shows nothing outside."""
    op.drop_table("presences")
