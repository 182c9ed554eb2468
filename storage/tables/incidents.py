"""Tables of incidents, notices, drafts and the audit."""

from typing import Any

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
    false,
)

from storage.engine.moment import Moment
from storage.tables.columns import Json, RowId, desk_column, metadata, row_id

incidents = Table(
    "incidents",
    metadata,
    row_id(),
    desk_column(),
    Column("kind", String(12), nullable=False, server_default="incident", comment="or maintenance"),
    Column("severity", String(8), nullable=False),
    Column("state", String(12), nullable=False, comment="live, resolved or withdrawn"),
    Column("status", String(16), nullable=False, server_default="investigating"),
    Column("title", Text, nullable=False, server_default=""),
    Column("text", Text, nullable=False, comment="the newest text"),
    Column("components", Json, comment="their ids; null for none"),
    Column("begins_at", Moment, comment="of maintenance"),
    Column("ends_at", Moment, comment="of maintenance"),
    Column("next_by", Moment, comment="when the next notice is promised"),
    Column("started_at", Moment, nullable=False),
    Column("updated_at", Moment, nullable=False),
    Column("ended_at", Moment),
    Column("asked", Integer, nullable=False, server_default="0", comment="of those who were forgotten"),
    Column("asked_same", Integer, nullable=False, server_default="0"),
    Column("followed", Integer, nullable=False, server_default="0"),
    Column("works", Integer, nullable=False, server_default="0"),
    Column("broken", Integer, nullable=False, server_default="0"),
)
Index("ix_incidents_state", incidents.c.desk, incidents.c.state)
Index("ix_incidents_ended", incidents.c.desk, incidents.c.ended_at)

notices = Table(
    "notices",
    metadata,
    row_id(),
    desk_column(),
    Column("incident_id", RowId, ForeignKey("incidents.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("kind", String(12), nullable=False, comment="what it does to its incident"),
    Column("severity", String(8), nullable=False, server_default="red"),
    Column("status", String(16), nullable=False, server_default="investigating"),
    Column("text", Text, nullable=False),
    Column("next_by", Moment, comment="when the next notice is promised"),
    Column("audience", String(12), nullable=False, server_default="channel"),
    Column("media_kind", String(16)),
    Column("media_file", Text),
    Column("advertising", Boolean, nullable=False, server_default=false()),
    Column("stars", Integer, nullable=False, server_default="0", comment="that it may cost"),
    Column("author_id", BigInteger, nullable=False),
    Column("token", String(32), nullable=False, comment="of the press that published it"),
    Column("at", Moment, nullable=False),
    UniqueConstraint("incident_id", "number"),
    UniqueConstraint("desk", "token"),
)


def _draft_columns() -> tuple[Column[Any], ...]:
    """What a draft is, whether it is being written or waits for a decision."""
    return (
        Column("manager_id", BigInteger, nullable=False),
        Column("chat_id", BigInteger, nullable=False, comment="where it is being written"),
        Column("thread_id", BigInteger),
        Column("kind", String(12), nullable=False, comment="of the notice it will be"),
        Column("incident_id", RowId, ForeignKey("incidents.id"), comment="null for a new incident"),
        Column("severity", String(8), comment="null until it was chosen"),
        Column("status", String(16)),
        Column("title", Text, comment="null: the beginning of the text"),
        Column("text", Text, comment="null until it was written"),
        Column("components", Json),
        Column("begins_at", Moment, comment="of maintenance"),
        Column("ends_at", Moment, comment="of maintenance"),
        Column("next_by", Moment),
        Column("audience", String(12), nullable=False, server_default="concerned"),
        Column("media_kind", String(16)),
        Column("media_file", Text),
        Column("advertising", Boolean, nullable=False, server_default=false()),
        Column("stars", Integer, nullable=False, server_default="0", comment="that it may cost"),
        Column("asking", String(16), comment="for what its manager is asked; null: for its text"),
        Column("alert_id", RowId, comment="the alert that suggested it"),
        Column("token", String(32), nullable=False, comment="a changed draft gets another"),
        Column("started_at", Moment, nullable=False),
    )


drafts = Table(
    "drafts",
    metadata,
    row_id(),
    desk_column(),
    *_draft_columns(),
    Column("turn", Integer, nullable=False, server_default="0", comment="words go to the highest"),
)
Index("ix_drafts_manager", drafts.c.desk, drafts.c.manager_id, drafts.c.chat_id)
Index("ix_drafts_token", drafts.c.desk, drafts.c.token)

submissions = Table(
    "submissions",
    metadata,
    row_id(),
    desk_column(),
    *_draft_columns(),
    Column("submitted_at", Moment, nullable=False),
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
    Column("details", Text, comment="what was published, or the reason that was given"),
)
Index("ix_audit_at", audit.c.desk, audit.c.at, audit.c.id)
