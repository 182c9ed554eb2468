"""Tables of what a desk shows and tells outside Telegram."""

from sqlalchemy import Column, Index, Integer, SmallInteger, String, Table, Text

from storage.engine.moment import Moment
from storage.tables.columns import desk_column, metadata, only, row_id

presences = Table(
    "presences",
    metadata,
    Column("desk", String(64), primary_key=True),
    Column("began_at", Moment, primary_key=True, autoincrement=False),
    Column("last_at", Moment, nullable=False, comment="the desk was at work until then, as far as is known"),
)
Index("ix_presences_last", presences.c.desk, presences.c.last_at)

hook_deliveries = Table(
    "hook_deliveries",
    metadata,
    row_id(),
    desk_column(),
    Column("hook", String(16), nullable=False, comment="a digest of its address, which may hold a secret"),
    Column("host", String(255), nullable=False, comment="what managers know it by"),
    Column("body", Text, nullable=False, comment="JSON; emptied once it has arrived or was given up"),
    Column("made_at", Moment, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("changed_at", Moment, nullable=False, comment="when it was last tried"),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column(
        "state", SmallInteger, nullable=False, server_default="0", comment="0 waits, 1 arrived, 2 given up"
    ),
    Column("answer", String(64), comment="the status that came back, or why none did"),
)
Index(
    "ix_hook_deliveries_waiting",
    hook_deliveries.c.desk,
    hook_deliveries.c.hook,
    hook_deliveries.c.due_at,
    **only("state = 0"),
)
Index("ix_hook_deliveries_changed", hook_deliveries.c.desk, hook_deliveries.c.changed_at)
