"""Tables of the knowledge base: versions, filed entries, drafts, proposals, vectors, files."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from storage.engine.moment import Moment
from storage.tables.columns import Json, desk_column, metadata, only, row_id

faq_versions = Table(
    "faq_versions",
    metadata,
    row_id(),
    desk_column(),
    Column("entry_id", String(64), nullable=False),
    Column("number", Integer, nullable=False, comment="counts from 1 within the entry"),
    Column("action", String(12), nullable=False, comment="what was done, see faq/version.py"),
    Column("body", Json, comment="the entry as faq.yaml would have it; null: removed"),
    Column("author_id", BigInteger, comment="null for a file"),
    Column("author_name", Text, nullable=False, comment="of the manager, or the file's name"),
    Column("newest", Boolean, nullable=False, server_default=text("false"), comment="of its entry"),
    Column("at", Moment, nullable=False),
    UniqueConstraint("desk", "entry_id", "number"),
)
Index("uq_faq_versions_newest", faq_versions.c.desk, faq_versions.c.entry_id, unique=True,
      **only("newest = 1", postgresql="newest"))  # fmt: skip

faq_filed = Table(
    "faq_filed",
    metadata,
    row_id(),
    desk_column(),
    Column("entry_id", String(64), nullable=False),
    Column("position", Integer, nullable=False, comment="its place in the files"),
    Column("body", Json, comment="what the files said when they were last listened to; null: nothing"),
    Column("disputed", Boolean, nullable=False, comment="the files now say `offered`, and managers decide"),
    Column("offered", Json, comment="what they say now; null: nothing any more"),
    Column("at", Moment, nullable=False),
    UniqueConstraint("desk", "entry_id"),
)

faq_drafts = Table(
    "faq_drafts",
    metadata,
    row_id(),
    desk_column(),
    Column("manager_id", BigInteger, nullable=False),
    Column("chat_id", BigInteger, nullable=False, comment="where it is being written"),
    Column("thread_id", BigInteger),
    Column("step", String(16), nullable=False, comment="what was asked for last"),
    Column("entry_id", String(64), comment="null for a new entry"),
    Column("base", Integer, comment="the version that is being edited"),
    Column("proposal_id", BigInteger, comment="the proposal it began with"),
    Column("body", Json, nullable=False, comment="the entry so far, and how it is being written"),
    Column("token", String(32), nullable=False, comment="a changed draft gets another"),
    Column("touched_at", Moment, nullable=False),
    UniqueConstraint("desk", "manager_id", "chat_id"),
)
Index("ix_faq_drafts_token", faq_drafts.c.desk, faq_drafts.c.token)

faq_proposals = Table(
    "faq_proposals",
    metadata,
    row_id(),
    desk_column(),
    Column("kind", String(10), nullable=False, comment="phrasing or entry"),
    Column("state", String(10), nullable=False, comment="open, approved or rejected"),
    Column("entry_id", String(64), comment="whose phrasing it would be"),
    Column("language", String(8), nullable=False),
    Column("question", Text, nullable=False, comment="the phrasing, or the new entry's question"),
    Column("answer", Text, comment="a draft, as Telegram HTML"),
    Column("asked", Json, nullable=False, comment="ids of the questions it came from"),
    Column("people", Integer, nullable=False, comment="how many customers asked"),
    Column("author_id", BigInteger, comment="of the operator who drafted it; null: found by ourselves"),
    Column("author_name", Text),
    Column("digest", String(32), nullable=False, comment="the same is never proposed twice"),
    Column("proposed_at", Moment, nullable=False),
    Column("decided_by", BigInteger),
    Column("decided_at", Moment),
    UniqueConstraint("desk", "digest"),
)
Index("ix_faq_proposals_open", faq_proposals.c.desk, faq_proposals.c.state)

faq_vectors = Table(
    "faq_vectors",
    metadata,
    desk_column(),
    Column("model", String(64), nullable=False),
    Column("digest", String(32), nullable=False, comment="of the phrasing's text"),
    Column("vector", LargeBinary, nullable=False, comment="float32, little-endian"),
    PrimaryKeyConstraint("desk", "model", "digest"),
)

faq_files = Table(
    "faq_files",
    metadata,
    desk_column(),
    Column("digest", String(32), nullable=False, comment="of the file's bytes and kind"),
    Column("file_id", Text, nullable=False, comment="Telegram's"),
    PrimaryKeyConstraint("desk", "digest"),
)

faq_complaints = Table(
    "faq_complaints",
    metadata,
    desk_column(),
    Column("digest", String(32), nullable=False, comment="of the name of a file that cannot be sent"),
    PrimaryKeyConstraint("desk", "digest"),
)
