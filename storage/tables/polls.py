"""Tables of polls and the ballots that were put to people."""

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
    false,
)

from storage.engine.moment import Moment
from storage.tables.columns import Json, RowId, desk_column, metadata, only, row_id
from storage.tables.deliveries import count_column

polls = Table(
    "polls",
    metadata,
    row_id(),
    desk_column(),
    Column("author_id", BigInteger, nullable=False),
    Column("chat_id", BigInteger, nullable=False, comment="where it was written and is shown"),
    Column("thread_id", BigInteger),
    Column("language", String(8), nullable=False, comment="in which it is shown there"),
    Column("state", String(8), nullable=False, comment="draft, open or ended"),
    Column("question", Text, nullable=False),
    Column("options", Json, nullable=False),
    Column("several", Boolean, nullable=False, comment="several options may be chosen"),
    Column("scale", Boolean, nullable=False, server_default=false(), comment="its options are grades"),
    Column("audience", String(8), nullable=False),
    Column("days", SmallInteger, comment="how long a draft will be open"),
    Column("ends_at", Moment, comment="null: when somebody ends it"),
    Column("asking", String(12), comment="for what its manager is asked"),
    Column("token", String(32), nullable=False, comment="a changed draft gets another"),
    Column("touched_at", Moment, nullable=False),
    Column("published_at", Moment),
    Column("ended_at", Moment),
    Column("standing", String(12), nullable=False, comment="how it stands in the channel"),
    Column("front_id", String(32), comment="the front's own name for it there"),
    Column("in_channel", Json, nullable=False, comment="votes there, by option"),
    Column("channel_people", Integer, nullable=False, server_default="0"),
    Column("in_private", Json, nullable=False, comment="the other votes, once it has ended"),
    Column("private_people", Integer, nullable=False, server_default="0"),
    Column("cursor", BigInteger, nullable=False, comment="the last customer whose ballot is written"),
    Column("until", BigInteger, nullable=False, comment="the newest customer when it was published"),
    Column("whole", Boolean, nullable=False, comment="all ballots are written"),
    *map(count_column, ("total", "posted", "sent", "blocked", "failed", "uncertain", "spared", "stale")),
    Column("message_id", BigInteger, comment="that shows it"),
    Column("shown", String(64), nullable=False, comment="what is shown, in short"),
    Column("shown_at", Moment),
    UniqueConstraint("desk", "front_id"),
)
Index("ix_polls_state", polls.c.desk, polls.c.state, polls.c.id)
Index(
    "ix_polls_draft",
    polls.c.desk,
    polls.c.author_id,
    polls.c.chat_id,
    unique=True,
    **only("state = 'draft'"),
)
Index("ix_polls_token", polls.c.desk, polls.c.token)

ballots = Table(
    "ballots",
    metadata,
    row_id(),
    desk_column(),
    Column("poll_id", RowId, ForeignKey("polls.id"), nullable=False),
    Column("customer_id", RowId, ForeignKey("customers.id"), nullable=False),
    Column("state", SmallInteger, nullable=False, comment="see broadcasts/deliveries/broadcast.py"),
    Column("message_id", BigInteger, comment="in the customer's chat"),
    Column("at", Moment, nullable=False, comment="since when it is in this state"),
    Column("chosen", Integer, nullable=False, server_default="0", comment="a bit for each option"),
    Column("chosen_at", Moment),
    Column("comment", Text, comment="empty: it was meant as a question"),
    Column("comment_message", RowId, comment="the kept message that it was"),
    UniqueConstraint("poll_id", "customer_id"),
)
Index("ix_ballots_state", ballots.c.poll_id, ballots.c.state, ballots.c.id)
Index("ix_ballots_chosen", ballots.c.poll_id, ballots.c.chosen)
Index("ix_ballots_customer", ballots.c.customer_id, ballots.c.chosen_at)
Index("ix_ballots_at", ballots.c.desk, ballots.c.at, ballots.c.id)
Index("ix_ballots_comment", ballots.c.poll_id, ballots.c.id, **only("comment <> ''"))
Index("ix_ballots_comment_message", ballots.c.comment_message)
