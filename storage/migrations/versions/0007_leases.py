"""Which process may send for a bot."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A table of leases, a row for each bot."""
    op.create_table(
        "leases",
        sa.Column("bot_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("desk", sa.String(length=64), nullable=False),
        sa.Column("term", sa.BigInteger(), nullable=False, comment="one more each time the lease is taken"),
        sa.Column(
            "holder",
            sa.String(length=32),
            nullable=False,
            comment="a word of a process for a term; empty: nobody's",
        ),
        sa.Column(
            "beat",
            sa.BigInteger(),
            nullable=False,
            comment="one more each time the holder says that it lives",
        ),
        sa.Column("host", sa.String(length=255), nullable=False, comment="for people: where the holder runs"),
        sa.Column(
            "process",
            sa.String(length=128),
            nullable=False,
            comment="tells whether the holder lives, on its machine",
        ),
        sa.Column("taken_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("bot_id", name=op.f("pk_leases")),
    )


def downgrade() -> None:
    """An older release knows no leases: two of its processes would send side by side."""
    op.drop_table("leases")
