"""The table of alerts."""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)

from storage.engine.moment import Moment
from storage.tables.columns import Json, RowId, desk_column, metadata, row_id

alerts = Table(
    "alerts",
    metadata,
    row_id(),
    desk_column(),
    Column("source", String(16), nullable=False),
    Column("key", String(64), nullable=False, comment="what the source calls it by"),
    Column("firing", Boolean, nullable=False),
    Column("fired", Integer, nullable=False, comment="how often it began since first_at"),
    Column("first_at", Moment, nullable=False),
    Column("last_at", Moment, nullable=False),
    Column("component", String(16)),
    Column("severity", String(8), nullable=False, comment="of the first of a draft: the worst of all"),
    Column("template", String(16), comment="the ready text that a rule names"),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("gathers", Text, nullable=False, comment="what others that join its draft have in common with it"),
    Column("draft_id", RowId, nullable=False, comment="the first alert of those that feed one draft"),
    Column("incident_id", RowId, ForeignKey("incidents.id"), comment="null until the draft is published"),
    Column("put_off", Boolean, nullable=False, server_default=false()),
    Column("muted", Boolean, nullable=False, server_default=false()),
    Column("decided", Text, comment="by whom, of the managers"),
    Column("shown", Json, comment="ids of the chats where managers see it"),
    Column("asked", Json, comment="ids of the questions it was made of"),
    Column("people", Json, comment="ids of the customers who asked them"),
    UniqueConstraint("desk", "source", "key"),
)
Index("ix_alerts_draft", alerts.c.desk, alerts.c.draft_id)
Index("ix_alerts_incident", alerts.c.desk, alerts.c.incident_id)
Index("ix_alerts_last", alerts.c.desk, alerts.c.last_at, alerts.c.id)
