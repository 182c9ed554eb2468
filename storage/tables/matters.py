"""Tables of tickets, messages, their places, questions and surveys."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from storage.engine.moment import Moment
from storage.tables.columns import Json, RowId, desk_column, metadata, only, row_id

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
    Column("urgent", Boolean, nullable=False, server_default=text("false"), comment="it goes before others"),
    Column("payload", String(64)),
    Column("opened_at", Moment, nullable=False),
    Column("first_reply_at", Moment),
    Column("closed_at", Moment),
    UniqueConstraint("desk", "number"),
)
Index("uq_tickets_open", tickets.c.desk, tickets.c.customer_id, unique=True, **only("closed_at IS NULL"))
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
Index("ix_messages_ticket", messages.c.ticket_id, messages.c.id)
Index("ix_messages_at", messages.c.desk, messages.c.at, messages.c.id)
Index("ix_messages_held", messages.c.customer_id, messages.c.id, **only("author = 'held'"))

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
    Column("message_id", RowId, ForeignKey("messages.id")),
    Column("text", Text, nullable=False),
    Column("zone", String(8), nullable=False, comment="answer, choice or person"),
    Column("offered", Json, nullable=False, comment="entry ids, best first"),
    Column("chosen", String(64)),
    Column("outcome", String(16), comment="helped or escalated"),
    Column("replied", String(64), comment="the entry that an operator answered with"),
    Column("language", String(8), server_default="", nullable=False, comment="of the customer when asking"),
    Column("confidence", Float, comment="of the best match, 0 to 1"),
    Column("ranked", Json, comment="entry ids with confidence, best first"),
    Column(
        "folded", Boolean, nullable=False, server_default=text("false"), comment="the first's answer shown"
    ),
    Column("asked_at", Moment, nullable=False),
)
Index("ix_questions_asked", questions.c.desk, questions.c.asked_at, questions.c.id)
Index("ix_questions_told", questions.c.desk, questions.c.asked_at, questions.c.id, **only("text <> ''"))
Index("ix_questions_customer", questions.c.customer_id, questions.c.id)
Index("ix_questions_message", questions.c.message_id)

surveys = Table(
    "surveys",
    metadata,
    row_id(),
    desk_column(),
    Column("ticket_id", RowId, ForeignKey("tickets.id"), nullable=False, unique=True),
    Column("customer_id", RowId, ForeignKey("customers.id"), nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("rating", SmallInteger),
    Column("rated_at", Moment),
    Column("comment", Text),
    Column("comment_message", RowId, ForeignKey("messages.id")),
    Column("commented_at", Moment),
)
Index("ix_surveys_customer", surveys.c.customer_id, surveys.c.id)
Index("ix_surveys_comment", surveys.c.comment_message)
