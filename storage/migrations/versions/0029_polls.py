"""Polls, and the ballots that are put to people."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

COUNTS = ("total", "posted", "sent", "blocked", "failed", "uncertain", "spared", "stale")


def number() -> "sa.BigInteger":
    """The number of a row."""
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Two tables."""
    op.create_table(
        "polls",
        sa.Column("id", number(), autoincrement=True, nullable=False),
        sa.Column("desk", sa.String(64), nullable=False),
        sa.Column("author_id", sa.BigInteger(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False, comment="where it was written and is shown"),
        sa.Column("thread_id", sa.BigInteger()),
        sa.Column("language", sa.String(8), nullable=False, comment="in which it is shown there"),
        sa.Column("state", sa.String(8), nullable=False, comment="draft, open or ended"),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("several", sa.Boolean(), nullable=False, comment="several options may be chosen"),
        sa.Column(
            "scale", sa.Boolean(), nullable=False, server_default=sa.false(), comment="its options are grades"
        ),
        sa.Column("audience", sa.String(8), nullable=False),
        sa.Column("days", sa.SmallInteger(), comment="how long a draft will be open"),
        sa.Column("ends_at", sa.BigInteger(), comment="null: when somebody ends it"),
        sa.Column("asking", sa.String(12), comment="for what its manager is asked"),
        sa.Column("token", sa.String(32), nullable=False, comment="a changed draft gets another"),
        sa.Column("touched_at", sa.BigInteger(), nullable=False),
        sa.Column("published_at", sa.BigInteger()),
        sa.Column("ended_at", sa.BigInteger()),
        sa.Column("standing", sa.String(12), nullable=False, comment="how it stands in the channel"),
        sa.Column("front_id", sa.String(32), comment="the front's own name for it there"),
        sa.Column("in_channel", sa.JSON(), nullable=False, comment="votes there, by option"),
        sa.Column("channel_people", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("in_private", sa.JSON(), nullable=False, comment="the other votes, once it has ended"),
        sa.Column("private_people", sa.Integer(), nullable=False, server_default="0"),
        sa.Column(
            "cursor", sa.BigInteger(), nullable=False, comment="the last customer whose ballot is written"
        ),
        sa.Column(
            "until", sa.BigInteger(), nullable=False, comment="the newest customer when it was published"
        ),
        sa.Column("whole", sa.Boolean(), nullable=False, comment="all ballots are written"),
        *(sa.Column(name, sa.Integer(), nullable=False, server_default="0") for name in COUNTS),
        sa.Column("message_id", sa.BigInteger(), comment="that shows it"),
        sa.Column("shown", sa.String(64), nullable=False, comment="what is shown, in short"),
        sa.Column("shown_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("id", name="pk_polls"),
        sa.UniqueConstraint("desk", "front_id", name="uq_polls_desk_front_id"),
    )
    op.create_index("ix_polls_state", "polls", ["desk", "state", "id"])
    partial("ix_polls_draft", "polls", ["desk", "author_id", "chat_id"], "state = 'draft'", unique=True)
    op.create_index("ix_polls_token", "polls", ["desk", "token"])
    op.create_table(
        "ballots",
        sa.Column("id", number(), autoincrement=True, nullable=False),
        sa.Column("desk", sa.String(64), nullable=False),
        sa.Column("poll_id", number(), nullable=False),
        sa.Column("customer_id", number(), nullable=False),
        sa.Column(
            "state", sa.SmallInteger(), nullable=False, comment="see broadcasts/deliveries/broadcast.py"
        ),
        sa.Column("message_id", sa.BigInteger(), comment="in the customer's chat"),
        sa.Column("at", sa.BigInteger(), nullable=False, comment="since when it is in this state"),
        sa.Column(
            "chosen", sa.Integer(), nullable=False, server_default="0", comment="a bit for each option"
        ),
        sa.Column("chosen_at", sa.BigInteger()),
        sa.Column("comment", sa.Text(), comment="empty: it was meant as a question"),
        sa.Column("comment_message", number(), comment="the kept message that it was"),
        sa.PrimaryKeyConstraint("id", name="pk_ballots"),
        sa.ForeignKeyConstraint(["poll_id"], ["polls.id"], name="fk_ballots_poll_id"),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name="fk_ballots_customer_id"),
        sa.UniqueConstraint("poll_id", "customer_id", name="uq_ballots_poll_id_customer_id"),
    )
    op.create_index("ix_ballots_state", "ballots", ["poll_id", "state", "id"])
    op.create_index("ix_ballots_chosen", "ballots", ["poll_id", "chosen"])
    op.create_index("ix_ballots_customer", "ballots", ["customer_id", "chosen_at"])
    op.create_index("ix_ballots_at", "ballots", ["desk", "at", "id"])
    partial("ix_ballots_comment", "ballots", ["poll_id", "id"], "comment <> ''", unique=False)
    op.create_index("ix_ballots_comment_message", "ballots", ["comment_message"])


def partial(name: str, table: str, columns: list[str], which: str, *, unique: bool) -> None:
    """An index of some rows only."""
    op.create_index(
        name, table, columns, unique=unique, sqlite_where=sa.text(which), postgresql_where=sa.text(which)
    )


def downgrade() -> None:
    """An older release knows no polls; their votes are lost."""
    op.drop_table("ballots")
    op.drop_table("polls")
