"""Tables of customers and operators, bans, topics, placements and places."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from storage.engine.moment import Moment
from storage.tables.columns import RowId, desk_column, metadata, only, row_id

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
    Column("blocked_at", Moment),
    Column("created_at", Moment, nullable=False),
    UniqueConstraint("desk", "telegram_id"),
)
Index("ix_customers_blocked", customers.c.desk, customers.c.id, **only("blocked_at IS NOT NULL"))

Index("ix_customers_newest", customers.c.desk, customers.c.id)

bans = Table(
    "bans",
    metadata,
    row_id(),
    desk_column(),
    Column("customer_id", RowId, ForeignKey("customers.id"), nullable=False),
    Column("reason", Text, nullable=False),
    Column("by_id", BigInteger, nullable=False, comment="who decided it; a group's id for an anonymous one"),
    Column("by_name", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("unkept", Integer, nullable=False, server_default="0", comment="messages too many to be held"),
    Column("lifted_at", Moment, comment="null: it stands"),
    Column("lifted_by_id", BigInteger),
    Column("lifted_by_name", Text),
)
Index("uq_bans_standing", bans.c.desk, bans.c.customer_id, unique=True, **only("lifted_at IS NULL"))
Index("ix_bans_listed", bans.c.desk, bans.c.id, **only("lifted_at IS NULL"))
Index("ix_bans_customer", bans.c.customer_id)

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
    row_id(),
    desk_column(),
    Column("chat_id", BigInteger, nullable=False, comment="the group it is in"),
    Column("thread_id", BigInteger, comment="its number there; null while it is being made"),
    Column("customer_id", RowId, ForeignKey("customers.id"), comment="null: nobody knows whose"),
    Column("title", String(128), comment="as Telegram has it or is being asked to make it"),
    Column("closed", Boolean, nullable=False, server_default=text("false")),
    Column("current", Boolean, nullable=False, comment="what concerns the customer goes here"),
    UniqueConstraint("desk", "chat_id", "thread_id"),
)
Index(
    "uq_topics_current",
    topics.c.desk,
    topics.c.customer_id,
    unique=True,
    sqlite_where=text("current = 1"),
    postgresql_where=text("current"),
)
Index("ix_topics_title", topics.c.desk, topics.c.chat_id, topics.c.title)

placements = Table(
    "placements",
    metadata,
    Column("desk", String(64), primary_key=True),
    Column("subject", String(48), primary_key=True, comment="what stands there: card:7, incident:12"),
    Column("chat_id", BigInteger, nullable=False),
    Column("message_id", BigInteger, comment="null while it is on its way"),
)
Index("ix_placements_chat", placements.c.desk, placements.c.chat_id)

places = Table(
    "places",
    metadata,
    Column("desk", String(64), primary_key=True),
    Column("configured_id", BigInteger, primary_key=True, autoincrement=False),
    Column("chat_id", BigInteger, nullable=False, comment="where it is now: groups migrate"),
    Column("forum", Boolean, comment="null until known"),
)
