"""A ticket may go before others."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """None does so far."""
    op.add_column(
        "tickets",
        sa.Column(
            "urgent",
            sa.Boolean(),
            nullable=False,
            server_default=sa.text("false"),
            comment="it goes before others",
        ),
    )


def downgrade() -> None:
    """An older release knows no priority."""
    op.drop_column("tickets", "urgent")
