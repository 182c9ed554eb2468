"""Tables of backup channels: addresses, letters, their rounds, and since when Telegram is away."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from storage.engine.moment import Moment
from storage.tables.columns import RowId, desk_column, metadata, only, row_id

backup_addresses = Table(
    "backup_addresses",
    metadata,
    row_id(),
    desk_column(),
    Column("customer_id", RowId, ForeignKey("customers.id"), comment="null: only the address is known"),
    Column("channel", String(16), nullable=False, comment="email, whatsapp, max or other"),
    Column("address", String(254), nullable=False),
    Column("component", String(32), nullable=False, server_default="", comment="empty: all"),
    Column("consented_at", Moment, nullable=False),
    UniqueConstraint("desk", "channel", "address", "component"),
)
Index(
    "ix_backup_addresses_component",
    backup_addresses.c.desk,
    backup_addresses.c.component,
    backup_addresses.c.id,
)
Index("ix_backup_addresses_customer", backup_addresses.c.customer_id)

withdrawn_addresses = Table(
    "withdrawn_addresses",
    metadata,
    Column("desk", String(64), primary_key=True),
    Column(
        "digest", String(32), primary_key=True, comment="of the channel and the address, which is not kept"
    ),
    Column("at", Moment, nullable=False),
)

address_trials = Table(
    "address_trials",
    metadata,
    Column("desk", String(64), primary_key=True),
    Column("customer_id", RowId, ForeignKey("customers.id"), primary_key=True, autoincrement=False),
    Column("asked_at", Moment, comment="an address or its code is waited for since then"),
    Column("address", String(254), nullable=False, comment="empty: none was typed"),
    Column("code", String(8), nullable=False, comment="of the last letter; empty: it is good no more"),
    Column("guesses", Integer, nullable=False, comment="at this code"),
    Column("letters", Integer, nullable=False, comment="with codes, since the beginning"),
    Column("begun_at", Moment, nullable=False),
)
Index("ix_address_trials_address", address_trials.c.desk, address_trials.c.address)
Index("ix_address_trials_customer", address_trials.c.customer_id)

backup_letters = Table(
    "backup_letters",
    metadata,
    row_id(),
    desk_column(),
    Column("subject", String(48), nullable=False, comment="incident and number of the notice, or away:…"),
    Column("incident_id", RowId, ForeignKey("incidents.id"), comment="null: for managers"),
    Column("person", String(280), nullable=False, comment="one address of each is enough"),
    Column("customer_id", RowId, ForeignKey("customers.id")),
    Column("channel", String(16), nullable=False),
    Column("address", String(254), nullable=False),
    Column("rank", SmallInteger, nullable=False, comment="the best address has 0"),
    Column("state", SmallInteger, nullable=False, comment="0 waits, 1 on its way, 2 taken, 3 failed …"),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("due_at", Moment, nullable=False),
    Column("posted_at", Moment, nullable=False),
    Column("settled_at", Moment),
    Column("reason", Text, comment="of the last failure; names nobody"),
    Column("message_id", Text, comment="its name at the channel"),
    Column("delivered_at", Moment, comment="null: nobody said"),
    UniqueConstraint("desk", "subject", "channel", "address"),
)
Index(
    "ix_backup_letters_waiting",
    backup_letters.c.desk,
    backup_letters.c.channel,
    backup_letters.c.due_at,
    backup_letters.c.id,
    **only("state = 0"),
)
Index("ix_backup_letters_started", backup_letters.c.desk, backup_letters.c.channel, **only("state = 1"))
Index("ix_backup_letters_incident", backup_letters.c.desk, backup_letters.c.incident_id, backup_letters.c.id)
Index("ix_backup_letters_person", backup_letters.c.desk, backup_letters.c.subject, backup_letters.c.person)
Index("ix_backup_letters_customer", backup_letters.c.customer_id)
Index("ix_backup_letters_message", backup_letters.c.desk, backup_letters.c.message_id)
Index("ix_backup_letters_posted", backup_letters.c.desk, backup_letters.c.posted_at)

backup_rounds = Table(
    "backup_rounds",
    metadata,
    row_id(),
    desk_column(),
    Column("incident_id", RowId, ForeignKey("incidents.id"), nullable=False),
    Column("number", Integer, nullable=False, comment="of the notice"),
    Column("everybody", Boolean, nullable=False, comment="or those who had letters about it before"),
    Column("reached", BigInteger, comment="the last address or letter it came to; null: to its end"),
    Column("begun_at", Moment, nullable=False),
    UniqueConstraint("desk", "incident_id", "number"),
)

absences = Table(
    "absences",
    metadata,
    Column("desk", String(64), primary_key=True),
    Column("since", Moment, nullable=False, comment="Telegram is away; no row: it is there"),
)
