"""The schema, once for SQLite and PostgreSQL. Every table is scoped by desk; times are UTC."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from storage.moment import Moment

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


RowId = BigInteger().with_variant(Integer, "sqlite")  # SQLite numbers rows only under INTEGER
Json = JSON(none_as_null=True)


def row_id() -> Column[int]:
    """Our own number of a row."""
    return Column("id", RowId, primary_key=True, autoincrement=True)


def desk_column() -> Column[str]:
    """Every key is scoped by desk."""
    return Column("desk", String(64), nullable=False)


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
)
Index("ix_inbox_waiting", inbox.c.bot_id, inbox.c.update_id, unique=True, sqlite_where=text("state = 0"),
      postgresql_where=text("state = 0"))  # fmt: skip

outbox = Table(
    "outbox",
    metadata,
    row_id(),
    desk_column(),
    Column("lane", SmallInteger, nullable=False),
    Column("chat_id", BigInteger, nullable=False),
    Column("topic_of", RowId, comment="the customer in whose topic it belongs"),
    Column("act", String(16), nullable=False),
    Column("call", Json, comment="method and parameters of a plain call"),
    Column("message_id", RowId, comment="the message it carries or is about"),
    Column("reply_to", RowId, comment="the message it answers"),
    Column("merge", String(64), comment="neighbours with the same key may go as one"),
    Column("kind", String(32), nullable=False, server_default="", comment="who hears the outcome"),
    Column("ref", Json),
    Column("dedupe", String(96)),
    Column("due_at", Moment, nullable=False),
    Column("expires_at", Moment),
    Column("posted_at", Moment, nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("started_at", Moment, comment="bulk only: a crash after this leaves the outcome uncertain"),
    Column("state", SmallInteger, nullable=False, server_default="0", comment="0 waits, 1 uncertain"),
    UniqueConstraint("desk", "dedupe"),
    sqlite_autoincrement=True,  # a number is never given twice: the courier reads from the last one on
)
Index("ix_outbox_waiting", outbox.c.desk, outbox.c.state, outbox.c.lane, outbox.c.id)

timers = Table(
    "timers",
    metadata,
    row_id(),
    desk_column(),
    Column("kind", String(32), nullable=False),
    Column("subject", BigInteger, nullable=False),
    Column("due_at", Moment, nullable=False, index=True),
    UniqueConstraint("desk", "kind", "subject"),
)

places = Table(
    "places",
    metadata,
    Column("desk", String(64), primary_key=True),
    Column("configured_id", BigInteger, primary_key=True, autoincrement=False),
    Column("chat_id", BigInteger, nullable=False, comment="where it is now: groups migrate"),
    Column("forum", Boolean, comment="null until known"),
)

customers = Table(
    "customers",
    metadata,
    row_id(),
    desk_column(),
    Column("telegram_id", BigInteger, nullable=False),
    Column("first_name", Text, nullable=False),
    Column("last_name", Text),
    Column("username", String(64)),
    Column("language_code", String(16)),
    Column("language", String(8), comment="chosen with /language"),
    Column("payload", String(64), comment="of the last deep link"),
    Column("thread_id", BigInteger, comment="the topic that shows this customer"),
    Column("topic_closed", Boolean, nullable=False, server_default=text("false")),
    Column("title", String(128), comment="of the topic, as Telegram has it or is being asked to make it"),
    Column("blocked_at", Moment),
    Column("created_at", Moment, nullable=False),
    UniqueConstraint("desk", "telegram_id"),
)
Index("ix_customers_title", customers.c.desk, customers.c.title)

topics = Table(
    "topics",
    metadata,
    Column("desk", String(64), primary_key=True),
    Column("thread_id", BigInteger, primary_key=True, autoincrement=False),
    Column("customer_id", RowId, ForeignKey("customers.id"), comment="null: nobody knows whose"),
)

operators = Table(
    "operators",
    metadata,
    Column("desk", String(64), primary_key=True),
    Column("telegram_id", BigInteger, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    Column("username", String(64)),
    Column("seen_at", Moment, nullable=False),
)

tickets = Table(
    "tickets",
    metadata,
    row_id(),
    desk_column(),
    Column("number", Integer, nullable=False),
    Column("customer_id", RowId, ForeignKey("customers.id"), nullable=False),
    Column("operator_id", BigInteger),
    Column("operator_name", Text),
    Column("complaint", Boolean, nullable=False, server_default=text("false")),
    Column("payload", String(64)),
    Column("opened_at", Moment, nullable=False),
    Column("first_reply_at", Moment),
    Column("closed_at", Moment),
    Column("card_id", BigInteger, comment="the card's message in the operators' group"),
    Column("reopened", Integer, nullable=False, server_default="0"),
    UniqueConstraint("desk", "number"),
)
Index("uq_tickets_open", tickets.c.desk, tickets.c.customer_id, unique=True,
      sqlite_where=text("closed_at IS NULL"), postgresql_where=text("closed_at IS NULL"))  # fmt: skip
Index("ix_tickets_customer", tickets.c.customer_id)
Index("ix_tickets_first_reply", tickets.c.desk, tickets.c.first_reply_at)

messages = Table(
    "messages",
    metadata,
    row_id(),
    desk_column(),
    Column("customer_id", RowId, ForeignKey("customers.id"), nullable=False),
    Column("ticket_id", RowId, ForeignKey("tickets.id")),
    Column("author", String(16), nullable=False, comment="customer, operator, bot or note"),
    Column("operator_id", BigInteger),
    Column("content", Json, nullable=False),
    Column("at", Moment, nullable=False),
)
Index("ix_messages_customer", messages.c.customer_id, messages.c.id)

pairs = Table(
    "pairs",
    metadata,
    desk_column(),
    Column("chat_id", BigInteger, nullable=False),
    Column("telegram_id", BigInteger, nullable=False),
    Column("message_id", RowId, ForeignKey("messages.id"), nullable=False),
    Column("original", Boolean, nullable=False),
    UniqueConstraint("desk", "chat_id", "telegram_id", "message_id"),
)
Index("ix_pairs_message", pairs.c.message_id)

questions = Table(
    "questions",
    metadata,
    row_id(),
    desk_column(),
    Column("customer_id", RowId, ForeignKey("customers.id"), nullable=False),
    Column("message_id", RowId, ForeignKey("messages.id"), nullable=False),
    Column("text", Text, nullable=False),
    Column("zone", String(8), nullable=False, comment="answer, choice or person"),
    Column("offered", Json, nullable=False, comment="entry ids, best first"),
    Column("chosen", String(64)),
    Column("outcome", String(16), comment="helped or escalated"),
    Column("replied", String(64), comment="the entry that an operator answered with"),
    Column("language", String(8), server_default="", nullable=False, comment="of the customer when asking"),
    Column("confidence", Float, comment="of the best match, 0 to 1"),
    Column("asked_at", Moment, nullable=False),
)
Index("ix_questions_asked", questions.c.desk, questions.c.asked_at)
Index("ix_questions_customer", questions.c.customer_id, questions.c.id)

surveys = Table(
    "surveys",
    metadata,
    row_id(),
    desk_column(),
    Column("ticket_id", RowId, ForeignKey("tickets.id"), nullable=False, unique=True),
    Column("customer_id", RowId, ForeignKey("customers.id"), nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("message_id", BigInteger, comment="the request in the customer's chat"),
    Column("rating", SmallInteger),
    Column("rated_at", Moment),
    Column("comment", Text),
    Column("comment_message", RowId, ForeignKey("messages.id")),
    Column("commented_at", Moment),
)
Index("ix_surveys_customer", surveys.c.customer_id, surveys.c.id)

drafts = Table(
    "drafts",
    metadata,
    row_id(),
    desk_column(),
    Column("manager_id", BigInteger, nullable=False),
    Column("chat_id", BigInteger, nullable=False, comment="where it is being written"),
    Column("thread_id", BigInteger),
    Column("kind", String(12), nullable=False, comment="of the notice it will be"),
    Column("incident_id", RowId, ForeignKey("incidents.id"), comment="null for a new incident"),
    Column("severity", String(8), comment="null until it was chosen"),
    Column("text", Text, comment="null until it was written"),
    Column("token", String(32), nullable=False, comment="a changed draft gets another"),
    Column("started_at", Moment, nullable=False),
    UniqueConstraint("desk", "manager_id", "chat_id"),
)
Index("ix_drafts_token", drafts.c.desk, drafts.c.token)

incidents = Table(
    "incidents",
    metadata,
    row_id(),
    desk_column(),
    Column("severity", String(8), nullable=False),
    Column("state", String(12), nullable=False, comment="live, resolved or withdrawn"),
    Column("text", Text, nullable=False, comment="the newest text"),
    Column("channel_id", BigInteger, comment="null where the desk had no channel"),
    Column("post_id", BigInteger, comment="the evolving post in the channel"),
    Column("posting", Boolean, nullable=False, comment="the post is on its way"),
    Column("started_at", Moment, nullable=False),
    Column("updated_at", Moment, nullable=False),
    Column("ended_at", Moment),
)
Index("ix_incidents_state", incidents.c.desk, incidents.c.state)

notices = Table(
    "notices",
    metadata,
    row_id(),
    desk_column(),
    Column("incident_id", RowId, ForeignKey("incidents.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("kind", String(12), nullable=False, comment="opened, updated, corrected, resolved or withdrawn"),
    Column("text", Text, nullable=False),
    Column("author_id", BigInteger, nullable=False),
    Column("token", String(32), nullable=False, comment="of the press that published it"),
    Column("at", Moment, nullable=False),
    Column("message_id", BigInteger, comment="its reply in the channel"),
    UniqueConstraint("incident_id", "number"),
    UniqueConstraint("desk", "token"),
)

audit = Table(
    "audit",
    metadata,
    row_id(),
    desk_column(),
    Column("at", Moment, nullable=False),
    Column("actor_id", BigInteger, nullable=False),
    Column("action", String(32), nullable=False),
    Column("subject", String(64)),
    Column("allowed", Boolean, nullable=False),
)
