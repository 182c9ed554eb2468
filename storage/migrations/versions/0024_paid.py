"""Notices may be told faster for Stars."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0019"
branch_labels = None
depends_on = None

DRAFTED = ("drafts", "submissions", "notices", "broadcasts")
PAID, BULK = 5, 3
"""Lanes of the outbox."""


def _count(name: str, comment: str | None = None) -> "sa.Column[int]":
    return sa.Column(name, sa.Integer(), nullable=False, server_default="0", comment=comment)


def upgrade() -> None:
    """None costs any so far."""
    for table in DRAFTED:
        op.add_column(table, _count("stars", "that it may cost"))
    op.add_column("broadcasts", _count("paid"))
    op.add_column(
        "broadcasts",
        sa.Column(
            "payment", sa.String(8), nullable=False, server_default="", comment="whether it may cost any"
        ),
    )


def downgrade() -> None:
    """An older release tells everybody free of charge."""
    outbox = sa.table("outbox", sa.column("lane"))
    op.execute(sa.update(outbox).where(outbox.c.lane == PAID).values(lane=BULK))
    op.drop_column("broadcasts", "payment")
    op.drop_column("broadcasts", "paid")
    for table in DRAFTED:
        op.drop_column(table, "stars")
