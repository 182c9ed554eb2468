"""Notices are told to people: broadcasts, and one delivery for each person."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

COUNTS = ("total", "posted", "sent", "blocked", "failed", "uncertain", "spared", "stale")


def number() -> "sa.BigInteger":
    """The number of a row."""
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Two tables, and an index that knows the newest customer."""
    op.create_table(
        "broadcasts",
        sa.Column("id", number(), autoincrement=True, nullable=False),
        sa.Column("desk", sa.String(64), nullable=False),
        sa.Column("incident_id", number(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, comment="of the notice"),
        sa.Column("kind", sa.String(8), nullable=False, comment="tell or mend"),
        sa.Column("mends", number(), comment="the broadcast whose messages it changes"),
        sa.Column(
            "mended", sa.Integer(), nullable=False, comment="the last notice that changed its text; 0: none"
        ),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("part", sa.String(12), nullable=False, comment="whose deliveries are being written"),
        sa.Column(
            "cursor", sa.BigInteger(), nullable=False, comment="the last customer or delivery of the part"
        ),
        sa.Column(
            "until", sa.BigInteger(), nullable=False, comment="the newest customer at its confirmation"
        ),
        *(sa.Column(name, sa.Integer(), nullable=False, server_default="0") for name in COUNTS),
        sa.Column("chat_id", sa.BigInteger(), nullable=False, comment="where its progress is shown"),
        sa.Column("thread_id", sa.BigInteger()),
        sa.Column("language", sa.String(8), nullable=False, comment="in which it is shown there"),
        sa.Column("message_id", sa.BigInteger(), comment="that shows it; null until it was sent"),
        sa.Column("shown_at", sa.BigInteger()),
        sa.Column("shown", sa.String(64), nullable=False, comment="what is shown, in short"),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_broadcasts"),
        sa.ForeignKeyConstraint(["incident_id"], ["incidents.id"], name="fk_broadcasts_incident_id"),
    )
    op.create_index("ix_customers_newest", "customers", ["desk", "id"])
    op.create_index("ix_broadcasts_incident", "broadcasts", ["incident_id", "id"])
    op.create_table(
        "deliveries",
        sa.Column("id", number(), autoincrement=True, nullable=False),
        sa.Column("desk", sa.String(64), nullable=False),
        sa.Column("broadcast_id", number(), nullable=False),
        sa.Column("incident_id", number(), nullable=False),
        sa.Column("customer_id", number(), nullable=False),
        sa.Column(
            "state", sa.SmallInteger(), nullable=False, comment="see broadcasts/deliveries/broadcast.py"
        ),
        sa.Column("message_id", sa.BigInteger(), comment="in the customer's chat"),
        sa.Column("at", sa.BigInteger(), nullable=False, comment="since when it is in this state"),
        sa.PrimaryKeyConstraint("id", name="pk_deliveries"),
        sa.ForeignKeyConstraint(["broadcast_id"], ["broadcasts.id"], name="fk_deliveries_broadcast_id"),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name="fk_deliveries_customer_id"),
        sa.UniqueConstraint("broadcast_id", "customer_id", name="uq_deliveries_broadcast_id_customer_id"),
    )
    op.create_index("ix_deliveries_state", "deliveries", ["broadcast_id", "state", "id"])
    op.create_index("ix_deliveries_incident", "deliveries", ["incident_id", "customer_id", "state"])
    op.create_index("ix_deliveries_customer", "deliveries", ["customer_id", "state"])
    op.create_index("ix_deliveries_at", "deliveries", ["desk", "at", "id"])


def downgrade() -> None:
    """An older release tells the channel alone."""
    op.drop_table("deliveries")
    op.drop_table("broadcasts")
    op.drop_index("ix_customers_newest", table_name="customers")
