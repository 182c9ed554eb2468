"""When a letter was on the person's telephone, and letters by their name at the channel."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A column and an index."""
    op.add_column("backup_letters", sa.Column("delivered_at", sa.BigInteger(), comment="null: nobody said"))
    op.create_index("ix_backup_letters_message", "backup_letters", ["desk", "message_id"])


def downgrade() -> None:
    """What a channel has taken is all that is known again."""
    op.drop_index("ix_backup_letters_message", "backup_letters")
    op.drop_column("backup_letters", "delivered_at")
