"""Who followed an incident or asked about it is forgotten some day; how many they were stays."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

COUNTS = ("asked", "asked_same", "followed", "works", "broken")
PEOPLE = ("incident_followers", "incident_askers")


def upgrade() -> None:
    """Counts of those who were forgotten, and since when a choice stands: so far as long as the consent."""
    for name in COUNTS:
        said = "of those who were forgotten" if name == "asked" else None
        column = sa.Column(name, sa.Integer(), nullable=False, server_default="0", comment=said)
        op.add_column("incidents", column)
    for table in PEOPLE:
        op.create_index(f"ix_{table}_at", table, ["desk", "at", "incident_id", "customer_id"])
    since = "since when they want to hear of it"
    at = sa.Column("at", sa.BigInteger(), nullable=False, server_default="0", comment=since)
    op.add_column("subscriptions", at)
    op.execute(
        "UPDATE subscriptions SET at = COALESCE((SELECT consented_at FROM subscribers WHERE subscribers.desk"
        " = subscriptions.desk AND subscribers.customer_id = subscriptions.customer_id), 0)"
    )


def downgrade() -> None:
    """An older release counts who is still there."""
    op.drop_column("subscriptions", "at")
    for table in PEOPLE:
        op.drop_index(f"ix_{table}_at", table_name=table)
    for name in COUNTS:  # one by one: a table that others point to cannot be made anew
        op.drop_column("incidents", name)
