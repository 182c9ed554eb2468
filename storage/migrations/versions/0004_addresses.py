"""What is said and where it stands, apart from how Telegram is told: bodies, topics by chat, placements."""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from alembic import op

from storage.migrations import calls

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

AT_ONCE = 1000
RowId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Json = sa.JSON(none_as_null=True)


def upgrade() -> None:
    """Each concern by itself."""
    op.add_column("questions", sa.Column("ranked", Json, comment="entry ids with confidence, best first"))
    groups = group_of_each_desk()
    place_what_stands(groups)
    key_topics_by_chat(groups)
    say_bodies()


def downgrade() -> None:
    """The same, backwards."""
    say_calls()
    key_topics_by_desk()
    keep_numbers_in_things()
    op.drop_column("questions", "ranked")


def group_of_each_desk() -> dict[str, int]:
    """Where each desk's operators were last seen: the chat that cards and topics stand in."""
    conn, found = op.get_bind(), dict[str, int]()
    desks = [row[0] for row in conn.execute(sa.text("SELECT DISTINCT desk FROM customers"))]
    for desk in desks:
        places = [
            row[0] for row in conn.execute(sa.text("SELECT chat_id FROM places WHERE desk = :d"), {"d": desk})
        ]
        newest = sa.text(
            "SELECT chat_id FROM pairs WHERE desk = :d AND chat_id < 0 ORDER BY message_id DESC LIMIT 1"
        )
        seen = places if len(places) == 1 else list(conn.execute(newest, {"d": desk}).scalars()) or places
        if seen:
            found[desk] = seen[0]
    return found


def place_what_stands(groups: dict[str, int]) -> None:
    """Cards, posts and replies stand beside the tickets, incidents and notices, no more in them."""
    op.create_table(
        "placements",
        sa.Column("desk", sa.String(length=64), nullable=False),
        sa.Column(
            "subject", sa.String(length=48), nullable=False, comment="what stands there: card:7, incident:12"
        ),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), comment="null while it is on its way"),
        sa.PrimaryKeyConstraint("desk", "subject", name=op.f("pk_placements")),
    )
    into = "INSERT INTO placements (desk, subject, chat_id, message_id) "
    for desk, chat_id in groups.items():
        cards = "SELECT desk, 'card:' || id, :chat, card_id FROM tickets WHERE desk = :desk"
        values = {"chat": chat_id, "desk": desk}
        cards = cards.replace(":chat", "CAST(:chat AS BIGINT)")
        op.get_bind().execute(sa.text(f"{into}{cards} AND card_id IS NOT NULL"), values)
    op.execute(
        f"{into}SELECT desk, 'incident:' || id, channel_id, post_id FROM incidents "
        "WHERE channel_id IS NOT NULL AND (post_id IS NOT NULL OR posting)"
    )
    op.execute(
        f"{into}SELECT notices.desk, 'notice:' || incident_id || ':' || notices.number, channel_id, "
        "message_id FROM notices JOIN incidents ON incidents.id = notices.incident_id "
        "WHERE channel_id IS NOT NULL AND message_id IS NOT NULL"
    )
    op.create_index("ix_placements_chat", "placements", ["desk", "chat_id"])
    for table, column in IN_THINGS:
        op.drop_column(table, column)


IN_THINGS = (
    ("tickets", "card_id"),
    ("incidents", "channel_id"),
    ("incidents", "post_id"),
    ("incidents", "posting"),
    ("notices", "message_id"),
)


def keep_numbers_in_things() -> None:
    """As they were."""
    numbers = {
        "card_id": "the card's message in the operators' group",
        "channel_id": "null where the desk had no channel",
        "post_id": "the evolving post in the channel",
        "message_id": "its reply in the channel",
    }
    for table, column in IN_THINGS:
        if column in numbers:
            op.add_column(table, sa.Column(column, sa.BigInteger(), comment=numbers[column]))
    op.add_column(
        "incidents",
        sa.Column(
            "posting",
            sa.Boolean(),
            nullable=False,
            server_default=sa.text("false"),
            comment="the post is on its way",
        ),
    )
    stands = "FROM placements AS p WHERE p.desk = {0}.desk AND p.subject = "
    op.execute(
        f"UPDATE tickets SET card_id = (SELECT p.message_id {stands.format('tickets')}'card:' || tickets.id)"
    )
    incident = f"{stands.format('incidents')}'incident:' || incidents.id"
    op.execute(
        f"UPDATE incidents SET post_id = (SELECT p.message_id {incident}), "
        f"channel_id = (SELECT p.chat_id {incident}), "
        f"posting = EXISTS (SELECT 1 {incident} AND p.message_id IS NULL)"
    )
    notice = f"{stands.format('notices')}'notice:' || notices.incident_id || ':' || notices.number"
    op.execute(f"UPDATE notices SET message_id = (SELECT p.message_id {notice})")
    op.drop_table("placements")


def key_topics_by_chat(groups: dict[str, int]) -> None:
    """Thread ids are unique only inside a chat; a customer's topic is a thing of its own."""
    conn = op.get_bind()
    known = list(conn.execute(sa.text("SELECT desk, thread_id, customer_id FROM topics")).mappings())
    people = "SELECT id, desk, thread_id, title, topic_closed FROM customers"
    shown = list(
        conn.execute(sa.text(f"{people} WHERE thread_id IS NOT NULL OR title IS NOT NULL")).mappings()
    )
    op.drop_table("topics")
    op.create_table(
        "topics",
        sa.Column("id", RowId, autoincrement=True, nullable=False),
        sa.Column("desk", sa.String(length=64), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False, comment="the group it is in"),
        sa.Column("thread_id", sa.BigInteger(), comment="its number there; null while it is being made"),
        sa.Column("customer_id", RowId, comment="null: nobody knows whose"),
        sa.Column("title", sa.String(length=128), comment="as Telegram has it or is being asked to make it"),
        sa.Column("closed", sa.Boolean(), nullable=False, server_default=sa.text("false")),
        sa.Column("current", sa.Boolean(), nullable=False, comment="what concerns the customer goes here"),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("fk_topics_customer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_topics")),
        sa.UniqueConstraint("desk", "chat_id", "thread_id", name=op.f("uq_topics_desk_chat_id_thread_id")),
    )
    insert_in_portions("topics", topics_from(known, shown, groups))
    op.create_index(
        "uq_topics_current",
        "topics",
        ["desk", "customer_id"],
        unique=True,
        sqlite_where=sa.text("current = 1"),
        postgresql_where=sa.text("current"),
    )
    op.create_index("ix_topics_title", "topics", ["desk", "chat_id", "title"])
    op.drop_index("ix_customers_title", table_name="customers")
    for column in ("thread_id", "topic_closed", "title"):
        op.drop_column("customers", column)


def topics_from(known: Iterable[Any], shown: Iterable[Any], groups: dict[str, int]) -> list[dict[str, Any]]:
    """One row a topic: the one a customer is shown in is current, the others are known all the same."""
    rows: list[dict[str, Any]] = []
    current: dict[tuple[str, int], int] = {}
    for each in shown:
        if each["desk"] in groups:
            if each["thread_id"] is not None:
                current[each["desk"], each["thread_id"]] = each["id"]
            rows.append(
                {
                    "desk": each["desk"],
                    "chat_id": groups[each["desk"]],
                    "thread_id": each["thread_id"],
                    "customer_id": each["id"],
                    "title": each["title"],
                    "closed": bool(each["topic_closed"]),
                    "current": True,
                }
            )
    empty = {"title": None, "closed": False, "current": False}
    rows.extend(
        {**each, "chat_id": groups[each["desk"]], **empty}
        for each in known
        if each["desk"] in groups and (each["desk"], each["thread_id"]) not in current
    )
    return rows


def key_topics_by_desk() -> None:
    """As they were; a desk with several groups keeps each number once."""
    conn = op.get_bind()
    rows = list(conn.execute(sa.text("SELECT * FROM topics ORDER BY current, id")).mappings())
    op.drop_table("topics")
    op.create_table(
        "topics",
        sa.Column("desk", sa.String(length=64), nullable=False),
        sa.Column("thread_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("customer_id", RowId, comment="null: nobody knows whose"),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("fk_topics_customer_id")),
        sa.PrimaryKeyConstraint("desk", "thread_id", name=op.f("pk_topics")),
    )
    kept = {
        (row["desk"], row["thread_id"]): row["customer_id"] for row in rows if row["thread_id"] is not None
    }
    insert_in_portions(
        "topics", [{"desk": desk, "thread_id": t, "customer_id": c} for (desk, t), c in kept.items()]
    )
    op.add_column(
        "customers",
        sa.Column("thread_id", sa.BigInteger(), comment="the topic that shows this customer"),
    )
    op.add_column(
        "customers",
        sa.Column("topic_closed", sa.Boolean(), server_default=sa.text("false"), nullable=False),
    )
    op.add_column(
        "customers",
        sa.Column(
            "title",
            sa.String(length=128),
            comment="of the topic, as Telegram has it or is being asked to make it",
        ),
    )
    shown = [
        {"t": row["thread_id"], "c": bool(row["closed"]), "n": row["title"], "id": row["customer_id"]}
        for row in rows
        if row["current"]
    ]
    if shown:
        set_ = "UPDATE customers SET thread_id = :t, topic_closed = :c, title = :n WHERE id = :id"
        conn.execute(sa.text(set_), shown)
    op.create_index("ix_customers_title", "customers", ["desk", "title"])


def say_bodies() -> None:
    """What waits to be sent is said in our own words."""
    rows = outbox_rows()
    op.add_column("outbox", sa.Column("body", Json, comment="the body's fields"))
    op.add_column(
        "outbox", sa.Column("thread_id", sa.BigInteger(), comment="a topic of the chat by its number")
    )
    kinds: dict[str, Any] = {"id": RowId, "act": sa.String(), "body": Json, "thread_id": sa.BigInteger()}
    outbox = sa.table("outbox", *(sa.column(name, kind) for name, kind in kinds.items()))
    change = outbox.update().where(outbox.c.id == sa.bindparam("b_id"))
    for row in rows:
        op.get_bind().execute(change, {"b_id": row["id"], **calls.to_body(row)})
    for column in ("call", "reply_to", "merge"):
        op.drop_column("outbox", column)


def say_calls() -> None:
    """What waits to be sent is said as Telegram's calls again."""
    rows = outbox_rows()
    op.add_column("outbox", sa.Column("call", Json, comment="method and parameters of a plain call"))
    op.add_column("outbox", sa.Column("reply_to", RowId, comment="the message it answers"))
    op.add_column(
        "outbox",
        sa.Column("merge", sa.String(length=64), comment="neighbours with the same key may go as one"),
    )
    kinds: dict[str, Any] = {
        "id": RowId,
        "act": sa.String(),
        "call": Json,
        "reply_to": RowId,
        "merge": sa.String(),
        "ref": Json,
    }
    outbox = sa.table("outbox", *(sa.column(name, kind) for name, kind in kinds.items()))
    change = outbox.update().where(outbox.c.id == sa.bindparam("b_id"))
    for row in rows:
        op.get_bind().execute(change, {"b_id": row["id"], **calls.to_call(row)})
    for column in ("body", "thread_id"):
        op.drop_column("outbox", column)


def outbox_rows() -> list[dict[str, Any]]:
    """All that waits, with its JSON read."""
    found = sa.MetaData()
    table = sa.Table("outbox", found, autoload_with=op.get_bind(), resolve_fks=False)
    typed = [
        sa.type_coerce(column, Json).label(column.name) if column.name in {"call", "body", "ref"} else column
        for column in table.columns
    ]
    return [dict(row) for row in op.get_bind().execute(sa.select(*typed)).mappings()]


def insert_in_portions(name: str, rows: list[dict[str, Any]]) -> None:
    """A thousand rows a statement."""
    if not rows:
        return
    table = sa.table(name, *(sa.column(column) for column in rows[0]))
    for start in range(0, len(rows), AT_ONCE):
        op.bulk_insert(table, rows[start : start + AT_ONCE])
