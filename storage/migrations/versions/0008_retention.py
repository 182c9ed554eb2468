"""What is kept no longer is found by its time, and a question may outlive the message it was asked in."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

RowId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def partial(name: str, table: str, columns: list[str], which: str) -> None:
    """An index of only those rows."""
    where = sa.text(which)
    op.create_index(name, table, columns, sqlite_where=where, postgresql_where=where)


def upgrade() -> None:
    """A table of sweeps, and an index by time for each kind of what is kept."""
    op.create_table(
        "sweeps",
        sa.Column("desk", sa.String(length=64), nullable=False),
        sa.Column(
            "kind",
            sa.String(length=16),
            nullable=False,
            comment="of what is kept, see storage/retention/sweeps.py",
        ),
        sa.Column("at", sa.BigInteger(), nullable=False, comment="when all of it that was too old had gone"),
        sa.PrimaryKeyConstraint("desk", "kind", name=op.f("pk_sweeps")),
    )
    with op.batch_alter_table("questions") as questions:
        questions.alter_column("message_id", existing_type=RowId, nullable=True)
    partial("ix_questions_told", "questions", ["desk", "asked_at", "id"], "text <> ''")
    op.create_index("ix_messages_at", "messages", ["desk", "at", "id"])
    op.create_index("ix_surveys_comment", "surveys", ["comment_message"])
    op.create_index("ix_audit_at", "audit", ["desk", "at", "id"])
    op.drop_index("ix_inbox_quarantine", table_name="inbox")
    partial("ix_inbox_quarantine", "inbox", ["bot_id", "received_at"], "state = 2")
    op.drop_index("ix_outbox_uncertain", table_name="outbox")
    partial("ix_outbox_uncertain", "outbox", ["desk", "posted_at"], "state = 1")


def downgrade() -> None:
    """An older release knows each question's message: those that have none any more go."""
    op.drop_index("ix_outbox_uncertain", table_name="outbox")
    partial("ix_outbox_uncertain", "outbox", ["desk"], "state = 1")
    op.drop_index("ix_inbox_quarantine", table_name="inbox")
    partial("ix_inbox_quarantine", "inbox", ["bot_id"], "state = 2")
    op.drop_index("ix_audit_at", table_name="audit")
    op.drop_index("ix_surveys_comment", table_name="surveys")
    op.drop_index("ix_messages_at", table_name="messages")
    op.drop_index("ix_questions_told", table_name="questions")
    op.execute("DELETE FROM questions WHERE message_id IS NULL")
    with op.batch_alter_table("questions") as questions:
        questions.alter_column("message_id", existing_type=RowId, nullable=False)
    op.drop_table("sweeps")
