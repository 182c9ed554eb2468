"""Addresses that customers are trying to give for letters."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

RowId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """A table of its own, found by customer and by address."""
    op.create_table(
        "address_trials",
        sa.Column("desk", sa.String(64), nullable=False),
        sa.Column("customer_id", RowId, autoincrement=False, nullable=False),
        sa.Column("asked_at", sa.BigInteger(), comment="an address or its code is waited for since then"),
        sa.Column("address", sa.String(254), nullable=False, comment="empty: none was typed"),
        sa.Column(
            "code", sa.String(8), nullable=False, comment="of the last letter; empty: it is good no more"
        ),
        sa.Column("guesses", sa.Integer(), nullable=False, comment="at this code"),
        sa.Column("letters", sa.Integer(), nullable=False, comment="with codes, since the beginning"),
        sa.Column("begun_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_address_trials_customer_id")
        ),
        sa.PrimaryKeyConstraint("desk", "customer_id", name=op.f("pk_address_trials")),
    )
    op.create_index("ix_address_trials_address", "address_trials", ["desk", "address"])
    op.create_index("ix_address_trials_customer", "address_trials", ["customer_id"])


def downgrade() -> None:
    """Whoever was about to give an address begins anew."""
    op.drop_table("address_trials")
