"""Whether a choice showed the answer of the first entry, folded."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One column; no choice has done so before."""
    op.add_column(
        "questions",
        sa.Column(
            "folded",
            sa.Boolean(),
            nullable=False,
            server_default=sa.text("false"),
            comment="the first's answer shown",
        ),
    )


def downgrade() -> None:
    """What is shown stays shown; an older release does not count it."""
    op.drop_column("questions", "folded")
