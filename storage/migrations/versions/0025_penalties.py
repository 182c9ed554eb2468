"""Until when Telegram has asked not to call a chat."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A table of its own."""
    op.create_table(
        "penalties",
        sa.Column("desk", sa.String(64), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("named_at", sa.BigInteger(), nullable=False),
        sa.Column("until_at", sa.BigInteger(), nullable=False, comment="the chat is not called before"),
        sa.PrimaryKeyConstraint("desk", "chat_id", name=op.f("pk_penalties")),
    )
    op.create_index("ix_penalties_until", "penalties", ["desk", "until_at"])


def downgrade() -> None:
    """An older release learns it anew from Telegram."""
    op.drop_table("penalties")
