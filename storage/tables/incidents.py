"""Tables of incidents, notices, drafts and the audit."""

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
)

from storage.engine.moment import Moment
from storage.tables.columns import RowId, desk_column, metadata, row_id

incidents = Table(
    "incidents",
    metadata,
    row_id(),
    desk_column(),
    Column("severity", String(8), nullable=False),
    Column("state", String(12), nullable=False, comment="live, resolved or withdrawn"),
    Column("text", Text, nullable=False, comment="the newest text"),
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
    UniqueConstraint("incident_id", "number"),
    UniqueConstraint("desk", "token"),
)

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
Index("ix_audit_at", audit.c.desk, audit.c.at, audit.c.id)
