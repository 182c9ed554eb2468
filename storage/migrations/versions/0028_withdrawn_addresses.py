"""Addresses whose owners want no more letters."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A table of digests."""
    op.create_table(
        "withdrawn_addresses",
        sa.Column("desk", sa.String(64), nullable=False),
        sa.Column(
            "digest",
            sa.String(32),
            nullable=False,
            comment="of the channel and the address, which is not kept",
        ),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("desk", "digest", name=op.f("pk_withdrawn_addresses")),
    )


def downgrade() -> None:
    """Without it whoever has ended letters would get them again if their address is given anew."""
    op.drop_table("withdrawn_addresses")
