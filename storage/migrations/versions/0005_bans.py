"""Who must not write, and what they write all the same."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

RowId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def partial(name: str, table: str, columns: list[str], which: str, *, unique: bool = False) -> None:
    """An index of only those rows."""
    where = sa.text(which)
    op.create_index(name, table, columns, unique=unique, sqlite_where=where, postgresql_where=where)


def upgrade() -> None:
    """A table of bans, and an index of the messages that are held."""
    op.create_table(
        "bans",
        sa.Column("id", RowId, autoincrement=True, nullable=False),
        sa.Column("desk", sa.String(length=64), nullable=False),
        sa.Column("customer_id", RowId, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column(
            "by_id",
            sa.BigInteger(),
            nullable=False,
            comment="who decided it; a group's id for an anonymous one",
        ),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column(
            "unkept",
            sa.Integer(),
            nullable=False,
            server_default="0",
            comment="messages too many to be held",
        ),
        sa.Column("lifted_at", sa.BigInteger(), comment="null: it stands"),
        sa.Column("lifted_by_id", sa.BigInteger()),
        sa.Column("lifted_by_name", sa.Text()),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("fk_bans_customer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bans")),
    )
    partial("uq_bans_standing", "bans", ["desk", "customer_id"], "lifted_at IS NULL", unique=True)
    partial("ix_bans_listed", "bans", ["desk", "id"], "lifted_at IS NULL")
    op.create_index("ix_bans_customer", "bans", ["customer_id"])
    partial("ix_messages_held", "messages", ["customer_id", "id"], "author = 'held'")


def downgrade() -> None:
    """An older release knows no bans: whoever was banned may write, and what was held is a message."""
    op.drop_index("ix_messages_held", table_name="messages")
    op.execute("UPDATE messages SET author = 'customer' WHERE author = 'held'")
    op.drop_table("bans")
