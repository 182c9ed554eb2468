"""An alert remembers the ready text that the rule for it names."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A column."""
    op.add_column("alerts", sa.Column("template", sa.String(16), comment="the ready text that a rule names"))


def downgrade() -> None:
    """An older release words every alert itself."""
    op.drop_column("alerts", "template")
