"""Drafts that wait for a second person, and reasons in the audit."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def number() -> "sa.BigInteger":
    """The number of a row."""
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """One table like drafts, and a column."""
    op.create_table(
        "submissions",
        sa.Column("id", number(), autoincrement=True, nullable=False),
        sa.Column("desk", sa.String(64), nullable=False),
        sa.Column("manager_id", sa.BigInteger(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False, comment="where it is being written"),
        sa.Column("thread_id", sa.BigInteger()),
        sa.Column("kind", sa.String(12), nullable=False, comment="of the notice it will be"),
        sa.Column("incident_id", number(), comment="null for a new incident"),
        sa.Column("severity", sa.String(8), comment="null until it was chosen"),
        sa.Column("status", sa.String(16)),
        sa.Column("title", sa.Text(), comment="null: the beginning of the text"),
        sa.Column("text", sa.Text(), comment="null until it was written"),
        sa.Column("components", sa.JSON()),
        sa.Column("begins_at", sa.BigInteger(), comment="of maintenance"),
        sa.Column("ends_at", sa.BigInteger(), comment="of maintenance"),
        sa.Column("next_by", sa.BigInteger()),
        sa.Column("audience", sa.String(12), nullable=False, server_default="concerned"),
        sa.Column("media_kind", sa.String(16)),
        sa.Column("media_file", sa.Text()),
        sa.Column("advertising", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("asking", sa.String(16), comment="for what its manager is asked; null: for its text"),
        sa.Column("alert_id", number(), comment="the alert that suggested it"),
        sa.Column("token", sa.String(32), nullable=False, comment="a changed draft gets another"),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("submitted_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_submissions"),
        sa.ForeignKeyConstraint(["incident_id"], ["incidents.id"], name="fk_submissions_incident_id"),
        sa.UniqueConstraint("desk", "token", name="uq_submissions_desk_token"),
    )
    op.add_column(
        "audit",
        sa.Column("details", sa.Text(), comment="what was published, or the reason that was given"),
    )


def downgrade() -> None:
    """An older release publishes by one press; what waits is lost."""
    op.drop_column("audit", "details")
    op.drop_table("submissions")
