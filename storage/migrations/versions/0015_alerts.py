"""Alerts from monitoring, and which of them suggested a draft."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """A table of their own."""
    op.create_table(
        "alerts",
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.Column("desk", sa.String(64), nullable=False),
        sa.Column("source", sa.String(16), nullable=False),
        sa.Column("key", sa.String(64), nullable=False, comment="what the source calls it by"),
        sa.Column("firing", sa.Boolean(), nullable=False),
        sa.Column("fired", sa.Integer(), nullable=False, comment="how often it began since first_at"),
        sa.Column("first_at", sa.BigInteger(), nullable=False),
        sa.Column("last_at", sa.BigInteger(), nullable=False),
        sa.Column("component", sa.String(16)),
        sa.Column(
            "severity", sa.String(8), nullable=False, comment="of the first of a draft: the worst of all"
        ),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column(
            "gathers",
            sa.Text(),
            nullable=False,
            comment="what others that join its draft have in common with it",
        ),
        sa.Column("draft_id", ROW_ID, nullable=False, comment="the first alert of those that feed one draft"),
        sa.Column("incident_id", ROW_ID, comment="null until the draft is published"),
        sa.Column("put_off", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("muted", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("decided", sa.Text(), comment="by whom, of the managers"),
        sa.Column("shown", sa.JSON(), comment="ids of the chats where managers see it"),
        sa.Column("asked", sa.JSON(), comment="ids of the questions it was made of"),
        sa.Column("people", sa.JSON(), comment="ids of the customers who asked them"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alerts")),
        sa.ForeignKeyConstraint(["incident_id"], ["incidents.id"], name=op.f("fk_alerts_incident_id")),
        sa.UniqueConstraint("desk", "source", "key", name=op.f("uq_alerts_desk_source_key")),
    )
    op.create_index("ix_alerts_draft", "alerts", ["desk", "draft_id"])
    op.create_index("ix_alerts_incident", "alerts", ["desk", "incident_id"])
    op.create_index("ix_alerts_last", "alerts", ["desk", "last_at", "id"])
    op.add_column("drafts", sa.Column("alert_id", ROW_ID, comment="the alert that suggested it"))


def downgrade() -> None:
    """An older release hears no monitoring."""
    op.execute("DELETE FROM timers WHERE kind = 'alert'")
    op.execute("DELETE FROM placements WHERE subject LIKE 'alert:%'")
    op.drop_column("drafts", "alert_id")
    op.drop_table("alerts")
