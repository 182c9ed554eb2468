"""Tables of what a desk shows and tells outside Telegram."""

from sqlalchemy import Column, Index, String, Table

from storage.engine.moment import Moment
from storage.tables.columns import metadata

presences = Table(
    "presences",
    metadata,
    Column("desk", String(64), primary_key=True),
    Column("began_at", Moment, primary_key=True, autoincrement=False),
    Column("last_at", Moment, nullable=False, comment="the desk was at work until then, as far as is known"),
)
Index("ix_presences_last", presences.c.desk, presences.c.last_at)
