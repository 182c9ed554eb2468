"""Who writes to a desk and who answers, and where its chats are."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from storage.engine.moment import Moment
from storage.tables.columns import RowId, desk_column, metadata, row_id

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

operators = Table(
    "operators",
    metadata,
    Column("desk", String(64), primary_key=True),
    Column("telegram_id", BigInteger, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    Column("username", String(64)),
    Column("seen_at", Moment, nullable=False),
)

topics = Table(
    "topics",
    metadata,
    Column("desk", String(64), primary_key=True),
    Column("thread_id", BigInteger, primary_key=True, autoincrement=False),
    Column("customer_id", RowId, ForeignKey("customers.id"), comment="null: nobody knows whose"),
)

places = Table(
    "places",
    metadata,
    Column("desk", String(64), primary_key=True),
    Column("configured_id", BigInteger, primary_key=True, autoincrement=False),
    Column("chat_id", BigInteger, nullable=False, comment="where it is now: groups migrate"),
    Column("forum", Boolean, comment="null until known"),
)
