"""When and why something was set aside, and how often a release has tried it again by itself."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def partial(name: str, table: str, columns: list[str], which: str) -> None:
    """An index of only those rows."""
    where = sa.text(which)
    op.create_index(name, table, columns, sqlite_where=where, postgresql_where=where)


def upgrade() -> None:
    """Columns of both tables; what stands aside already has done so since it came."""
    op.add_column("inbox", sa.Column("failed_at", sa.BigInteger()))
    op.add_column(
        "outbox", sa.Column("error", sa.Text(), comment="why it is set aside; null: it is uncertain")
    )
    op.add_column("outbox", sa.Column("failed_at", sa.BigInteger()))
    for table in ("inbox", "outbox"):
        op.add_column(
            table,
            sa.Column(
                "retried",
                sa.SmallInteger(),
                nullable=False,
                server_default="0",
                comment="by starts of a release",
            ),
        )
        op.add_column(
            table,
            sa.Column(
                "retried_by",
                sa.String(length=32),
                comment="that release; null: a person has asked for it",
            ),
        )
    op.execute("UPDATE inbox SET failed_at = received_at WHERE state = 2")
    op.execute("UPDATE outbox SET failed_at = posted_at WHERE state = 1")
    partial("ix_inbox_stuck", "inbox", ["bot_id", "failed_at"], "state = 2")
    partial("ix_inbox_stuck_stream", "inbox", ["bot_id", "stream"], "state = 2")
    partial("ix_outbox_stuck", "outbox", ["desk", "failed_at"], "state = 1")
    partial("ix_outbox_released", "outbox", ["desk", "id"], "state = 2")
    partial("ix_outbox_retried", "outbox", ["desk"], "retried_by IS NOT NULL")


def downgrade() -> None:
    """What was to be tried again stands aside, as an older release knows it."""
    for name, table in (
        ("ix_inbox_stuck", "inbox"),
        ("ix_inbox_stuck_stream", "inbox"),
        ("ix_outbox_stuck", "outbox"),
        ("ix_outbox_released", "outbox"),
        ("ix_outbox_retried", "outbox"),
    ):
        op.drop_index(name, table_name=table)
    op.execute("UPDATE outbox SET state = 1 WHERE state = 2")
    for table, names in (
        ("inbox", ("failed_at", "retried", "retried_by")),
        ("outbox", ("error", "failed_at", "retried", "retried_by")),
    ):
        for name in names:
            op.drop_column(table, name)
