"""Backup channels: addresses, letters with their rounds, and since when Telegram is away."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

Reference = list["sa.Column[int] | sa.ForeignKeyConstraint"]
RowId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def row_id() -> "sa.Column[int]":
    """The row's id."""
    return sa.Column("id", RowId, primary_key=True, autoincrement=True, nullable=False)


def desk() -> "sa.Column[str]":
    """The desk."""
    return sa.Column("desk", sa.String(64), nullable=False)


def of(name: str, table: str, here: str, *, comment: str | None = None, needed: bool = False) -> Reference:
    """A reference to a row of another table."""
    key = sa.ForeignKeyConstraint([name], [f"{table}.id"], name=op.f(f"fk_{here}_{name}"))
    return [sa.Column(name, RowId, nullable=not needed, comment=comment), key]


def upgrade() -> None:
    """Four tables."""
    addresses()
    letters()
    rounds()
    op.create_table(
        "absences",
        sa.Column("desk", sa.String(64), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False, comment="Telegram is away; no row: it is there"),
        sa.PrimaryKeyConstraint("desk", name=op.f("pk_absences")),
    )


def addresses() -> None:
    """Where somebody wants letters."""
    op.create_table(
        "backup_addresses",
        row_id(),
        desk(),
        *of("customer_id", "customers", "backup_addresses", comment="null: only the address is known"),
        sa.Column("channel", sa.String(16), nullable=False, comment="email, whatsapp, max or other"),
        sa.Column("address", sa.String(254), nullable=False),
        sa.Column("component", sa.String(32), nullable=False, server_default="", comment="empty: all"),
        sa.Column("consented_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_backup_addresses")),
        sa.UniqueConstraint(
            "desk",
            "channel",
            "address",
            "component",
            name=op.f("uq_backup_addresses_desk_channel_address_component"),
        ),
    )
    op.create_index("ix_backup_addresses_component", "backup_addresses", ["desk", "component", "id"])
    op.create_index("ix_backup_addresses_customer", "backup_addresses", ["customer_id"])


def letters() -> None:
    """What goes there."""
    table = "backup_letters"
    op.create_table(
        table,
        row_id(),
        desk(),
        sa.Column(
            "subject",
            sa.String(48),
            nullable=False,
            comment="incident and number of the notice, or away:…",
        ),
        *of("incident_id", "incidents", table, comment="null: for managers"),
        sa.Column(
            "person",
            sa.String(280),
            nullable=False,
            comment="one address of each is enough",
        ),
        *of("customer_id", "customers", table),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("address", sa.String(254), nullable=False),
        sa.Column("rank", sa.SmallInteger(), nullable=False, comment="the best address has 0"),
        sa.Column(
            "state",
            sa.SmallInteger(),
            nullable=False,
            comment="0 waits, 1 on its way, 2 taken, 3 failed …",
        ),
        sa.Column("attempts", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("posted_at", sa.BigInteger(), nullable=False),
        sa.Column("settled_at", sa.BigInteger()),
        sa.Column("reason", sa.Text(), comment="of the last failure; names nobody"),
        sa.Column("message_id", sa.Text(), comment="its name at the channel"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_backup_letters")),
        sa.UniqueConstraint(
            "desk",
            "subject",
            "channel",
            "address",
            name=op.f(f"uq_{table}_desk_subject_channel_address"),
        ),
    )
    waits, started = sa.text("state = 0"), sa.text("state = 1")
    op.create_index(
        f"ix_{table}_waiting",
        table,
        ["desk", "channel", "due_at", "id"],
        sqlite_where=waits,
        postgresql_where=waits,
    )
    op.create_index(
        f"ix_{table}_started",
        table,
        ["desk", "channel"],
        sqlite_where=started,
        postgresql_where=started,
    )
    op.create_index(f"ix_{table}_incident", table, ["desk", "incident_id", "id"])
    op.create_index(f"ix_{table}_person", table, ["desk", "subject", "person"])
    op.create_index(f"ix_{table}_customer", table, ["customer_id"])
    op.create_index(f"ix_{table}_posted", table, ["desk", "posted_at"])


def rounds() -> None:
    """The letters about one notice."""
    op.create_table(
        "backup_rounds",
        row_id(),
        desk(),
        *of("incident_id", "incidents", "backup_rounds", needed=True),
        sa.Column("number", sa.Integer(), nullable=False, comment="of the notice"),
        sa.Column(
            "everybody",
            sa.Boolean(),
            nullable=False,
            comment="or those who had letters about it before",
        ),
        sa.Column(
            "reached", sa.BigInteger(), comment="the last address or letter it came to; null: to its end"
        ),
        sa.Column("begun_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_backup_rounds")),
        sa.UniqueConstraint(
            "desk", "incident_id", "number", name=op.f("uq_backup_rounds_desk_incident_id_number")
        ),
    )


def downgrade() -> None:
    """An older release knows Telegram alone."""
    op.execute("DELETE FROM timers WHERE kind = 'backup'")
    for table in ("absences", "backup_rounds", "backup_letters", "backup_addresses"):
        op.drop_table(table)
