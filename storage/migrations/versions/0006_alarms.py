"""Alarms that are gathered."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

RowId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """A table of gathered alarms: one row for each kind and cause."""
    op.create_table(
        "alarms",
        sa.Column("id", RowId, autoincrement=True, nullable=False),
        sa.Column("desk", sa.String(length=64), nullable=False),
        sa.Column(
            "key", sa.String(length=96), nullable=False, comment="the text's key, and a digest of the cause"
        ),
        sa.Column("text", sa.Text(), nullable=False, comment="the newest one as Telegram HTML"),
        sa.Column("n", sa.Integer(), nullable=False, comment="how many there were since the first"),
        sa.Column("first_at", sa.BigInteger(), nullable=False),
        sa.Column("last_at", sa.BigInteger(), nullable=False),
        sa.Column("over", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alarms")),
        sa.UniqueConstraint("desk", "key", name=op.f("uq_alarms_desk_key")),
    )


def downgrade() -> None:
    """An older release sends each alarm by itself; where the gathered ones stand is forgotten."""
    op.execute("DELETE FROM timers WHERE kind = 'alarm'")
    op.execute("DELETE FROM placements WHERE subject LIKE 'alarm:%'")
    op.execute("UPDATE outbox SET lane = 2 WHERE lane = 4")
    op.drop_table("alarms")
