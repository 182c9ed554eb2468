"""Incidents have a title, a status, components, a promise, a window; a notice says whom it tells."""

import re
from html import unescape
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

TITLE = 80
Columns = list[sa.Column[Any]]


def moment(name: str, comment: str | None = None) -> "sa.Column[Any]":
    """A time, as milliseconds."""
    return sa.Column(name, sa.BigInteger(), comment=comment)


def flag(name: str) -> "sa.Column[Any]":
    """Yes or no, and no so far."""
    return sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false())


def word(name: str, length: int, before: str, comment: str | None = None) -> "sa.Column[Any]":
    """A word of a few, with what it was before there were several."""
    return sa.Column(name, sa.String(length), nullable=False, server_default=before, comment=comment)


def window() -> Columns:
    """When maintenance begins and ends."""
    return [moment("begins_at", "of maintenance"), moment("ends_at", "of maintenance")]


def media() -> Columns:
    """A picture or film."""
    return [sa.Column("media_kind", sa.String(16)), sa.Column("media_file", sa.Text())]


def added() -> dict[str, Columns]:
    """The new columns of each table."""
    promise = "when the next notice is promised"
    return {
        "incidents": [
            word("kind", 12, "incident", "or maintenance"),
            word("status", 16, "investigating"),
            sa.Column("title", sa.Text(), nullable=False, server_default=""),
            sa.Column("components", sa.JSON(), comment="their ids; null for none"),
            *window(),
            moment("next_by", promise),
        ],
        "notices": [
            word("severity", 8, "red"),
            word("status", 16, "investigating"),
            moment("next_by", promise),
            word("audience", 12, "channel"),
            *media(),
            flag("advertising"),
        ],
        "drafts": [
            sa.Column("status", sa.String(16)),
            sa.Column("title", sa.Text(), comment="null: the beginning of the text"),
            sa.Column("components", sa.JSON()),
            *window(),
            moment("next_by"),
            word("audience", 12, "concerned"),
            *media(),
            flag("advertising"),
            sa.Column("asking", sa.String(16), comment="for what its manager is asked; null: for its text"),
        ],
    }


def comment_kind(comment: str) -> None:
    """SQLite has no comments."""
    if op.get_bind().dialect.name == "postgresql":
        op.alter_column("notices", "kind", comment=comment, existing_type=sa.String(12))


def upgrade() -> None:
    """Old incidents are called by how they were told first; their notices had the channel alone."""
    for table, columns in added().items():
        for column in columns:
            op.add_column(table, column)
    comment_kind("what it does to its incident")
    op.create_index("ix_incidents_ended", "incidents", ["desk", "ended_at"])
    conn = op.get_bind()
    conn.execute(
        sa.text(
            "UPDATE notices SET severity = "
            "(SELECT severity FROM incidents WHERE incidents.id = incident_id), "
            "status = CASE WHEN kind IN ('resolved', 'withdrawn') THEN 'resolved' ELSE 'investigating' END"
        )
    )
    conn.execute(sa.text("UPDATE incidents SET status = 'resolved' WHERE state <> 'live'"))
    first = sa.text("SELECT incident_id, text FROM notices WHERE number = 1")
    named = sa.text("UPDATE incidents SET title = :title WHERE id = :id")
    for incident_id, told in conn.execute(first).all():
        conn.execute(named, {"id": incident_id, "title": title_of(told)})


def title_of(told: str) -> str:
    """The beginning of a text without its formatting."""
    line = " ".join(unescape(re.sub(r"<[^>]*>", "", told)).split())
    return line if len(line) <= TITLE else line[: TITLE - 1].rpartition(" ")[0] + "…"


def downgrade() -> None:
    """An older release knows neither maintenance nor a post-mortem: both go, with what was said of them."""
    maintenance = "incident_id IN (SELECT id FROM incidents WHERE kind = 'maintenance')"
    unknown = f"kind IN ('rescheduled', 'reviewed') OR {maintenance}"
    for table in ("drafts", "notices"):
        op.execute(f"DELETE FROM {table} WHERE {unknown}")
    op.execute("DELETE FROM drafts WHERE status IN ('scheduled', 'in_progress', 'verifying', 'completed')")
    op.execute("DELETE FROM incidents WHERE kind = 'maintenance'")
    op.drop_index("ix_incidents_ended", table_name="incidents")
    comment_kind("opened, updated, corrected, resolved or withdrawn")
    for table, columns in added().items():
        for column in reversed(columns):
            op.drop_column(table, column.name)
