"""Tables of broadcasts to people and their deliveries."""

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    Table,
    UniqueConstraint,
)

from storage.engine.moment import Moment
from storage.tables.columns import RowId, desk_column, metadata, row_id


def count_column(name: str) -> Column[int]:
    """A column that counts deliveries of one state."""
    return Column(name, Integer, nullable=False, server_default="0")


broadcasts = Table(
    "broadcasts",
    metadata,
    row_id(),
    desk_column(),
    Column("incident_id", RowId, ForeignKey("incidents.id"), nullable=False),
    Column("number", Integer, nullable=False, comment="of the notice"),
    Column("kind", String(8), nullable=False, comment="tell or mend"),
    Column("mends", RowId, comment="the broadcast whose messages it changes"),
    Column("mended", Integer, nullable=False, comment="the last notice that changed its text; 0: none"),
    Column("state", String(12), nullable=False),
    Column("part", String(12), nullable=False, comment="whose deliveries are being written"),
    Column("cursor", BigInteger, nullable=False, comment="the last customer or delivery of the part"),
    Column("until", BigInteger, nullable=False, comment="the newest customer at its confirmation"),
    *map(
        count_column, ("total", "posted", "sent", "blocked", "failed", "uncertain", "spared", "stale", "paid")
    ),
    Column("stars", Integer, nullable=False, server_default="0", comment="that it may cost"),
    Column("payment", String(8), nullable=False, server_default="", comment="whether it may cost any"),
    Column("chat_id", BigInteger, nullable=False, comment="where its progress is shown"),
    Column("thread_id", BigInteger),
    Column("language", String(8), nullable=False, comment="in which it is shown there"),
    Column("message_id", BigInteger, comment="that shows it; null until it was sent"),
    Column("shown_at", Moment),
    Column("shown", String(64), nullable=False, comment="what is shown, in short"),
    Column("at", Moment, nullable=False),
)
Index("ix_broadcasts_incident", broadcasts.c.incident_id, broadcasts.c.id)

deliveries = Table(
    "deliveries",
    metadata,
    row_id(),
    desk_column(),
    Column("broadcast_id", RowId, ForeignKey("broadcasts.id"), nullable=False),
    Column("incident_id", RowId, nullable=False),
    Column("customer_id", RowId, ForeignKey("customers.id"), nullable=False),
    Column("state", SmallInteger, nullable=False, comment="see broadcasts/deliveries/broadcast.py"),
    Column("message_id", BigInteger, comment="in the customer's chat"),
    Column("at", Moment, nullable=False, comment="since when it is in this state"),
    UniqueConstraint("broadcast_id", "customer_id"),
)
Index("ix_deliveries_state", deliveries.c.broadcast_id, deliveries.c.state, deliveries.c.id)
Index("ix_deliveries_incident", deliveries.c.incident_id, deliveries.c.customer_id, deliveries.c.state)
Index("ix_deliveries_customer", deliveries.c.customer_id, deliveries.c.state)
Index("ix_deliveries_at", deliveries.c.desk, deliveries.c.at, deliveries.c.id)
