"""What companies' own programs are told, and what came of it."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WAITING = sa.text("state = 0")


def upgrade() -> None:
    """A table of its own."""
    op.create_table(
        "hook_deliveries",
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.Column("desk", sa.String(64), nullable=False),
        sa.Column(
            "hook", sa.String(16), nullable=False, comment="a digest of its address, which may hold a secret"
        ),
        sa.Column("host", sa.String(255), nullable=False, comment="what managers know it by"),
        sa.Column(
            "body", sa.Text(), nullable=False, comment="JSON; emptied once it has arrived or was given up"
        ),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False, comment="when it was last tried"),
        sa.Column("attempts", sa.Integer(), nullable=False, server_default="0"),
        sa.Column(
            "state",
            sa.SmallInteger(),
            nullable=False,
            server_default="0",
            comment="0 waits, 1 arrived, 2 given up",
        ),
        sa.Column("answer", sa.String(64), comment="the status that came back, or why none did"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hook_deliveries")),
    )
    op.create_index(
        "ix_hook_deliveries_waiting",
        "hook_deliveries",
        ["desk", "hook", "due_at"],
        sqlite_where=WAITING,
        postgresql_where=WAITING,
    )
    op.create_index("ix_hook_deliveries_changed", "hook_deliveries", ["desk", "changed_at"])


def downgrade() -> None:
    """An older release tells nobody outside; what waits is gone."""
    op.drop_table("hook_deliveries")
