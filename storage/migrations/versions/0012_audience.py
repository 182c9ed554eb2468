"""Who is told about incidents: subscribers, followers of an incident, and who was answered with it."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def desk() -> "sa.Column[Any]":
    """Whose it is."""
    return sa.Column("desk", sa.String(64), primary_key=True)


def moment(name: str, comment: str | None = None, *, always: bool = False) -> "sa.Column[Any]":
    """A time, as milliseconds."""
    return sa.Column(name, sa.BigInteger(), nullable=not always, comment=comment)


def references(table: str, *names: str) -> "list[sa.ForeignKeyConstraint]":
    """Foreign keys by the names of our convention."""
    of = {"customer_id": "customers.id", "incident_id": "incidents.id"}
    return [sa.ForeignKeyConstraint([name], [of[name]], name=f"fk_{table}_{name}") for name in names]


def number(name: str) -> "sa.Column[Any]":
    """A row's number as part of the key."""
    kind = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    return sa.Column(name, kind, primary_key=True, autoincrement=False)


def key(table: str, *names: str) -> sa.PrimaryKeyConstraint:
    """The primary key by the name of our convention."""
    return sa.PrimaryKeyConstraint(*names, name=f"pk_{table}")


def upgrade() -> None:
    """Nobody subscribes so far."""
    op.create_table(
        "subscribers",
        desk(),
        number("customer_id"),
        sa.Column("quiet_from", sa.SmallInteger(), comment="minutes of the desk's day; null: no quiet hours"),
        sa.Column("quiet_until", sa.SmallInteger()),
        moment("consented_at", "since when they want to be told", always=True),
        sa.Column("source", sa.String(8), nullable=False, comment="bot, link or import"),
        moment("stopped_at", "null: they want it still"),
        key("subscribers", "desk", "customer_id"),
        *references("subscribers", "customer_id"),
    )
    standing = sa.text("stopped_at IS NULL")
    op.create_index(
        "ix_subscribers_standing",
        "subscribers",
        ["desk", "customer_id"],
        sqlite_where=standing,
        postgresql_where=standing,
    )
    op.create_table(
        "subscriptions",
        desk(),
        number("customer_id"),
        sa.Column(
            "component",
            sa.String(16),
            primary_key=True,
            comment="its id; empty: all there are and will be",
        ),
        key("subscriptions", "desk", "customer_id", "component"),
        *references("subscriptions", "customer_id"),
    )
    op.create_index(
        "uq_subscriptions_component", "subscriptions", ["desk", "component", "customer_id"], unique=True
    )
    blocked = sa.text("blocked_at IS NOT NULL")
    op.create_index(
        "ix_customers_blocked",
        "customers",
        ["desk", "id"],
        sqlite_where=blocked,
        postgresql_where=blocked,
    )
    people = {
        "incident_followers": [
            sa.Column("why", sa.String(8), nullable=False, comment="asked, ticket or spike"),
            moment("at", always=True),
            sa.Column("works", sa.Boolean(), comment="what they said after the end; null: nothing"),
            moment("answered_at"),
        ],
        "incident_askers": [
            sa.Column(
                "message_id", sa.BigInteger(), comment="what they asked; the message may be gone by now"
            ),
            moment("at", "when they were told how it stands", always=True),
            sa.Column("outcome", sa.String(8), comment="same or other; null: they pressed nothing"),
        ],
    }
    for table, columns in people.items():
        op.create_table(
            table,
            desk(),
            number("incident_id"),
            number("customer_id"),
            *columns,
            key(table, "desk", "incident_id", "customer_id"),
            *references(table, "incident_id", "customer_id"),
        )
        op.create_index(f"ix_{table}_customer", table, ["desk", "customer_id"])


def downgrade() -> None:
    """An older release tells nobody but the channel."""
    op.drop_index("ix_customers_blocked", table_name="customers")
    for table in ("incident_askers", "incident_followers", "subscriptions", "subscribers"):
        op.drop_table(table)
