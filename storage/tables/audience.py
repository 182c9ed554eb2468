"""Tables of who is told about incidents: subscribers, and people whom one incident concerns."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, SmallInteger, String, Table

from storage.engine.moment import Moment
from storage.tables.columns import RowId, metadata, only


def _desk() -> Column[str]:
    return Column("desk", String(64), primary_key=True)


def _customer() -> Column[int]:
    return Column("customer_id", RowId, ForeignKey("customers.id"), primary_key=True, autoincrement=False)


def _incident() -> Column[int]:
    return Column("incident_id", RowId, ForeignKey("incidents.id"), primary_key=True, autoincrement=False)


subscribers = Table(
    "subscribers",
    metadata,
    _desk(),
    _customer(),
    Column("quiet_from", SmallInteger, comment="minutes of the desk's day; null: no quiet hours"),
    Column("quiet_until", SmallInteger),
    Column("consented_at", Moment, nullable=False, comment="since when they want to be told"),
    Column("source", String(8), nullable=False, comment="bot, link or import"),
    Column("stopped_at", Moment, comment="null: they want it still"),
)
Index("ix_subscribers_standing", subscribers.c.desk, subscribers.c.customer_id, **only("stopped_at IS NULL"))

subscriptions = Table(
    "subscriptions",
    metadata,
    _desk(),
    _customer(),
    Column("component", String(16), primary_key=True, comment="its id; empty: all there are and will be"),
    Column("at", Moment, nullable=False, server_default="0", comment="since when they want to hear of it"),
)
Index(
    "uq_subscriptions_component",
    subscriptions.c.desk,
    subscriptions.c.component,
    subscriptions.c.customer_id,
    unique=True,
)

incident_followers = Table(
    "incident_followers",
    metadata,
    _desk(),
    _incident(),
    _customer(),
    Column("why", String(8), nullable=False, comment="asked, ticket or spike"),
    Column("at", Moment, nullable=False),
    Column("works", Boolean, comment="what they said after the end; null: nothing"),
    Column("answered_at", Moment),
)
Index("ix_incident_followers_customer", incident_followers.c.desk, incident_followers.c.customer_id)
Index(
    "ix_incident_followers_at",
    incident_followers.c.desk,
    incident_followers.c.at,
    incident_followers.c.incident_id,
    incident_followers.c.customer_id,
)

incident_askers = Table(
    "incident_askers",
    metadata,
    _desk(),
    _incident(),
    _customer(),
    Column("message_id", BigInteger, comment="what they asked; the message may be gone by now"),
    Column("at", Moment, nullable=False, comment="when they were told how it stands"),
    Column("outcome", String(8), comment="same or other; null: they pressed nothing"),
)
Index("ix_incident_askers_customer", incident_askers.c.desk, incident_askers.c.customer_id)
Index(
    "ix_incident_askers_at",
    incident_askers.c.desk,
    incident_askers.c.at,
    incident_askers.c.incident_id,
    incident_askers.c.customer_id,
)
