"""However long the history: an index for every statement, numbers that two processes cannot both take."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Each concern by itself."""
    drop_what_was_never_written()
    count_numbers()
    mark_the_newest_versions()
    part_complaints_from_files()
    index_the_boxes()
    index_the_history()


def downgrade() -> None:
    """The same, backwards."""
    forget_the_history_s_indexes()
    forget_the_boxes_indexes()
    join_complaints_to_files()
    unmark_the_newest_versions()
    forget_the_numbers()
    bring_back_what_was_never_written()


def partial(name: str, table: str, columns: list[str], which: str) -> None:
    """An index of some rows only."""
    op.create_index(name, table, columns, sqlite_where=sa.text(which), postgresql_where=sa.text(which))


def drop_what_was_never_written() -> None:
    """In place: a table that others point at cannot be made anew on SQLite while references are kept."""
    op.drop_column("tickets", "reopened")
    op.drop_column("surveys", "message_id")


def bring_back_what_was_never_written() -> None:
    """Empty, as they were."""
    op.add_column("tickets", sa.Column("reopened", sa.Integer(), server_default="0", nullable=False))
    op.add_column(
        "surveys",
        sa.Column("message_id", sa.BigInteger(), nullable=True, comment="the request in the customer's chat"),
    )


def count_numbers() -> None:
    """Begin where tickets and versions stand."""
    op.create_table(
        "counters",
        sa.Column("desk", sa.String(length=64), nullable=False),
        sa.Column(
            "name", sa.String(length=16), nullable=False, comment="what is counted, see storage/counters.py"
        ),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("desk", "name", name=op.f("pk_counters")),
    )
    counted = {"tickets": "MAX(number) FROM tickets", "versions": "COUNT(*) FROM faq_versions"}
    for name, value in counted.items():
        op.execute(f"INSERT INTO counters (desk, name, value) SELECT desk, '{name}', {value} GROUP BY desk")


def forget_the_numbers() -> None:
    """They can be counted again."""
    op.drop_table("counters")


def mark_the_newest_versions() -> None:
    """So that what stands is found without reading what stood."""
    newest = sa.Column[bool](
        "newest", sa.Boolean(), server_default=sa.text("false"), nullable=False, comment="of its entry"
    )
    op.add_column("faq_versions", newest)
    op.execute(
        "UPDATE faq_versions SET newest = true WHERE NOT EXISTS (SELECT 1 FROM faq_versions AS later "
        "WHERE later.desk = faq_versions.desk AND later.entry_id = faq_versions.entry_id "
        "AND later.number > faq_versions.number)"
    )
    op.create_index(
        "uq_faq_versions_newest",
        "faq_versions",
        ["desk", "entry_id"],
        unique=True,
        sqlite_where=sa.text("newest = 1"),
        postgresql_where=sa.text("newest"),
    )


def unmark_the_newest_versions() -> None:
    """They can be found again."""
    op.drop_index("uq_faq_versions_newest", table_name="faq_versions")
    op.drop_column("faq_versions", "newest")


def part_complaints_from_files() -> None:
    """A row without a file_id was a complaint."""
    op.create_table(
        "faq_complaints",
        sa.Column("desk", sa.String(length=64), nullable=False),
        sa.Column(
            "digest",
            sa.String(length=32),
            nullable=False,
            comment="of the name of a file that cannot be sent",
        ),
        sa.PrimaryKeyConstraint("desk", "digest", name=op.f("pk_faq_complaints")),
    )
    op.execute(
        "INSERT INTO faq_complaints (desk, digest) SELECT desk, digest FROM faq_files WHERE file_id IS NULL"
    )
    op.execute("DELETE FROM faq_files WHERE file_id IS NULL")
    with op.batch_alter_table("faq_files") as batch:
        batch.alter_column("file_id", existing_type=sa.Text(), nullable=False, comment="Telegram's")
        batch.alter_column(
            "digest", existing_type=sa.String(length=32), comment="of the file's bytes and kind"
        )


def join_complaints_to_files() -> None:
    """One table for both."""
    with op.batch_alter_table("faq_files") as batch:
        batch.alter_column(
            "digest",
            existing_type=sa.String(length=32),
            comment="of the file's bytes and kind, or of its name",
        )
        batch.alter_column(
            "file_id",
            existing_type=sa.Text(),
            nullable=True,
            comment="Telegram's; null: it cannot be sent, and managers know",
        )
    op.execute(
        "INSERT INTO faq_files (desk, digest) SELECT desk, digest FROM faq_complaints "
        "WHERE true ON CONFLICT DO NOTHING"
    )
    op.drop_table("faq_complaints")


def index_the_boxes() -> None:
    """What waits is found without what is done; a lane without the others."""
    partial("ix_inbox_done", "inbox", ["bot_id", "done_at"], "state = 1")
    partial("ix_inbox_quarantine", "inbox", ["bot_id"], "state = 2")
    op.drop_index("ix_outbox_waiting", table_name="outbox")
    partial("ix_outbox_waiting", "outbox", ["desk", "lane", "id"], "state = 0")
    partial("ix_outbox_uncertain", "outbox", ["desk"], "state = 1")
    partial("ix_outbox_started", "outbox", ["desk"], "started_at IS NOT NULL")
    op.create_index("ix_outbox_message", "outbox", ["message_id"])
    op.drop_index("ix_timers_due_at", table_name="timers")
    op.create_index("ix_timers_due", "timers", ["desk", "due_at", "id"])


def forget_the_boxes_indexes() -> None:
    """As they were."""
    op.drop_index("ix_timers_due", table_name="timers")
    op.create_index("ix_timers_due_at", "timers", ["due_at"])
    for name in ("ix_outbox_message", "ix_outbox_started", "ix_outbox_uncertain", "ix_outbox_waiting"):
        op.drop_index(name, table_name="outbox")
    op.create_index("ix_outbox_waiting", "outbox", ["desk", "state", "lane", "id"])
    for name in ("ix_inbox_quarantine", "ix_inbox_done"):
        op.drop_index(name, table_name="inbox")


def index_the_history() -> None:
    """A ticket's messages, a message's questions, questions from the newest on."""
    op.create_index("ix_messages_ticket", "messages", ["ticket_id", "id"])
    op.create_index("ix_questions_message", "questions", ["message_id"])
    op.drop_index("ix_questions_asked", table_name="questions")
    op.create_index("ix_questions_asked", "questions", ["desk", "asked_at", "id"])


def forget_the_history_s_indexes() -> None:
    """As they were."""
    op.drop_index("ix_questions_asked", table_name="questions")
    op.create_index("ix_questions_asked", "questions", ["desk", "asked_at"])
    op.drop_index("ix_questions_message", table_name="questions")
    op.drop_index("ix_messages_ticket", table_name="messages")
