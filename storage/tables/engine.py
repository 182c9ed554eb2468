"""Tables of the engine: inbox, outbox, penalties, timers, alarms, counters and leases."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from storage.engine.moment import Moment
from storage.tables.columns import Json, RowId, desk_column, metadata, only, row_id

inbox = Table(
    "inbox",
    metadata,
    Column("bot_id", BigInteger, primary_key=True, autoincrement=False),
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    desk_column(),
    Column("stream", String(48), nullable=False, comment="whose order is kept"),
    Column(
        "state", SmallInteger, nullable=False, server_default="0", comment="0 waits, 1 done, 2 quarantine"
    ),
    Column("attempts", SmallInteger, nullable=False, server_default="0"),
    Column("body", Text, nullable=False, comment="raw JSON, emptied once handled"),
    Column("error", Text),
    Column("received_at", Moment, nullable=False),
    Column("done_at", Moment),
    Column("failed_at", Moment),
    Column("retried", SmallInteger, nullable=False, server_default="0", comment="by starts of a release"),
    Column("retried_by", String(32), comment="that release; null: a person has asked for it"),
)
Index("ix_inbox_waiting", inbox.c.bot_id, inbox.c.update_id, unique=True, **only("state = 0"))
Index("ix_inbox_done", inbox.c.bot_id, inbox.c.done_at, **only("state = 1"))
Index("ix_inbox_quarantine", inbox.c.bot_id, inbox.c.received_at, **only("state = 2"))
Index("ix_inbox_stuck", inbox.c.bot_id, inbox.c.failed_at, **only("state = 2"))
Index("ix_inbox_stuck_stream", inbox.c.bot_id, inbox.c.stream, **only("state = 2"))

outbox = Table(
    "outbox",
    metadata,
    row_id(),
    desk_column(),
    Column("lane", SmallInteger, nullable=False),
    Column("chat_id", BigInteger, nullable=False),
    Column("topic_of", RowId, comment="the customer in whose topic it belongs"),
    Column("thread_id", BigInteger, comment="a topic of the chat by its number"),
    Column("act", String(16), nullable=False),
    Column("body", Json, comment="the body's fields"),
    Column("message_id", RowId, comment="the message it carries or is about"),
    Column("kind", String(32), nullable=False, server_default="", comment="who hears the outcome"),
    Column("ref", Json),
    Column("dedupe", String(96)),
    Column("due_at", Moment, nullable=False),
    Column("expires_at", Moment),
    Column("posted_at", Moment, nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("started_at", Moment, comment="bulk only: a crash after this leaves the outcome uncertain"),
    Column("state", SmallInteger, nullable=False, server_default="0", comment="0 waits, 1 uncertain"),
    Column("error", Text, comment="why it is set aside; null: it is uncertain"),
    Column("failed_at", Moment),
    Column("retried", SmallInteger, nullable=False, server_default="0", comment="by starts of a release"),
    Column("retried_by", String(32), comment="that release; null: a person has asked for it"),
    UniqueConstraint("desk", "dedupe"),
    sqlite_autoincrement=True,  # a number is never given twice: the sender reads from the last one on
)
Index("ix_outbox_waiting", outbox.c.desk, outbox.c.lane, outbox.c.id, **only("state = 0"))
Index("ix_outbox_uncertain", outbox.c.desk, outbox.c.posted_at, **only("state = 1"))
Index("ix_outbox_stuck", outbox.c.desk, outbox.c.failed_at, **only("state = 1"))
Index("ix_outbox_released", outbox.c.desk, outbox.c.id, **only("state = 2"))
Index("ix_outbox_started", outbox.c.desk, **only("started_at IS NOT NULL"))
Index("ix_outbox_retried", outbox.c.desk, **only("retried_by IS NOT NULL"))
Index("ix_outbox_message", outbox.c.message_id)

penalties = Table(
    "penalties",
    metadata,
    Column("desk", String(64), primary_key=True),
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("named_at", Moment, nullable=False),
    Column("until_at", Moment, nullable=False, comment="the chat is not called before"),
)
Index("ix_penalties_until", penalties.c.desk, penalties.c.until_at)

timers = Table(
    "timers",
    metadata,
    row_id(),
    desk_column(),
    Column("kind", String(32), nullable=False),
    Column("subject", BigInteger, nullable=False),
    Column("due_at", Moment, nullable=False),
    UniqueConstraint("desk", "kind", "subject"),
)
Index("ix_timers_due", timers.c.desk, timers.c.due_at, timers.c.id)

alarms = Table(
    "alarms",
    metadata,
    row_id(),
    desk_column(),
    Column("key", String(96), nullable=False, comment="the text's key, and a digest of the cause"),
    Column("text", Text, nullable=False, comment="the newest one as Telegram HTML"),
    Column("n", Integer, nullable=False, comment="how many there were since the first"),
    Column("first_at", Moment, nullable=False),
    Column("last_at", Moment, nullable=False),
    Column("over", Boolean, nullable=False),
    UniqueConstraint("desk", "key"),
)

sweeps = Table(
    "sweeps",
    metadata,
    Column("desk", String(64), primary_key=True),
    Column("kind", String(16), primary_key=True, comment="of what is kept, see storage/retention/sweeps.py"),
    Column("at", Moment, nullable=False, comment="when all of it that was too old had gone"),
)

counters = Table(
    "counters",
    metadata,
    Column("desk", String(64), primary_key=True),
    Column("name", String(16), primary_key=True, comment="what is counted, see storage/counters.py"),
    Column("value", BigInteger, nullable=False),
)

leases = Table(
    "leases",
    metadata,
    Column("bot_id", BigInteger, primary_key=True, autoincrement=False),
    desk_column(),
    Column("term", BigInteger, nullable=False, comment="one more each time the lease is taken"),
    Column("holder", String(32), nullable=False, comment="a word of a process for a term; empty: nobody's"),
    Column("beat", BigInteger, nullable=False, comment="one more each time the holder says that it lives"),
    Column("host", String(255), nullable=False, comment="for people: where the holder runs"),
    Column("process", String(128), nullable=False, comment="tells whether the holder lives, on its machine"),
    Column("taken_at", Moment, nullable=False),
)
