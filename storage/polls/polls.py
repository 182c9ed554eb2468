"""Polls, from drafts to those that have ended."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, literal_column, select, update

from broadcasts.deliveries.broadcast import DeliveryCounts
from broadcasts.polls.poll import Poll, PollAudience, PollStanding, PollState, VoteCounts
from desk.post import Chat
from storage.delivering.broadcast import NEWEST, TOP
from storage.tables import polls

NAMES = tuple(each.name for each in fields(DeliveryCounts) if each.name in polls.c)
IS_DRAFT = polls.c.state == literal_column("'draft'")
"""As the partial index says it."""
OF_STATE = (
    select(polls)
    .where(polls.c.desk == bindparam("desk"), polls.c.state == bindparam("state"))
    .order_by(polls.c.id.desc())
    .limit(bindparam("limit"))
)


def _poll(row: Any) -> Poll:
    return Poll(
        id=row.id,
        author_id=row.author_id,
        where=Chat(row.chat_id, row.thread_id),
        language=row.language,
        state=PollState(row.state),
        question=row.question,
        options=tuple(row.options),
        several=row.several,
        scale=row.scale,
        audience=PollAudience(row.audience),
        days=row.days,
        ends_at=row.ends_at,
        asking=row.asking,
        token=row.token,
        touched_at=row.touched_at,
        published_at=row.published_at,
        ended_at=row.ended_at,
        standing=PollStanding(row.standing),
        front_id=row.front_id,
        in_channel=VoteCounts(tuple(row.in_channel), row.channel_people),
        in_private=VoteCounts(tuple(row.in_private), row.private_people),
        cursor=row.cursor,
        until=row.until,
        whole=row.whole,
        counts=DeliveryCounts(**{name: getattr(row, name) for name in NAMES}),
        message_id=row.message_id,
        shown=row.shown,
        shown_at=row.shown_at,
    )


def _values(poll: Poll) -> dict[str, Any]:
    """The row without its counts."""
    return {
        "author_id": poll.author_id,
        "chat_id": poll.where.chat_id,
        "thread_id": poll.where.thread_id,
        "language": poll.language,
        "state": poll.state.value,
        "question": poll.question,
        "options": list(poll.options),
        "several": poll.several,
        "scale": poll.scale,
        "audience": poll.audience.value,
        "days": poll.days,
        "ends_at": poll.ends_at,
        "asking": poll.asking,
        "token": poll.token,
        "touched_at": poll.touched_at,
        "published_at": poll.published_at,
        "ended_at": poll.ended_at,
        "standing": poll.standing.value,
        "front_id": poll.front_id,
        "in_channel": list(poll.in_channel.by_option),
        "channel_people": poll.in_channel.people,
        "in_private": list(poll.in_private.by_option),
        "private_people": poll.in_private.people,
        "cursor": poll.cursor,
        "until": poll.until,
        "whole": poll.whole,
        "message_id": poll.message_id,
        "shown": poll.shown,
        "shown_at": poll.shown_at,
    }


class PollStore:
    """The polls of one desk, on one transaction."""

    def __init__(self, conn: Connection, desk: str) -> None:
        self._conn, self._desk = conn, desk

    def draft_of(self, author_id: int, chat_id: int) -> Poll | None:
        """The manager's draft in a chat."""
        return self._one(IS_DRAFT, polls.c.author_id == author_id, polls.c.chat_id == chat_id)

    def find(self, token: str) -> Poll | None:
        """The draft that a button's token belongs to."""
        return self._one(IS_DRAFT, polls.c.token == token)

    def get(self, poll_id: int) -> Poll | None:
        """By our own id."""
        return self._one(polls.c.id == poll_id)

    def called(self, front_id: str) -> Poll | None:
        """By what the front calls it in the channel."""
        return self._one(polls.c.front_id == front_id)

    def of_state(self, state: PollState, limit: int) -> Sequence[Poll]:
        """Those in this state, newest first."""
        key = {"desk": self._desk, "state": state.value, "limit": limit}
        return [_poll(row) for row in self._conn.execute(OF_STATE, key)]

    def add(self, draft: Poll) -> Poll:
        """Insert a draft; the manager's former one in that chat goes."""
        mine = (polls.c.author_id == draft.author_id, polls.c.chat_id == draft.where.chat_id)
        self._conn.execute(delete(polls).where(polls.c.desk == self._desk, IS_DRAFT, *mine))
        inserting = insert(polls).returning(polls)
        return _poll(self._conn.execute(inserting, {"desk": self._desk, **_values(draft)}).one())

    def keep(self, poll: Poll) -> None:
        """Set all of it but its counts."""
        self._conn.execute(update(polls).where(*self._mine(poll.id)).values(**_values(poll)))

    def begin(self, poll: Poll) -> Poll:
        """Keep it with the newest customer of this moment as the end of its audience."""
        newest = self._conn.execute(NEWEST, {"desk": self._desk, "top": TOP}).scalar_one_or_none()
        values = {**_values(poll), "until": newest or 0}
        beginning = update(polls).where(*self._mine(poll.id)).values(**values)
        return _poll(self._conn.execute(beginning.returning(polls)).one())

    def drop(self, draft: Poll) -> None:
        """Delete a draft."""
        self._conn.execute(delete(polls).where(*self._mine(draft.id), IS_DRAFT))

    def count(self, poll_id: int, changes: Mapping[str, int]) -> Poll:
        """Add to the counts of its deliveries, by their names."""
        values = {name: polls.c[name] + change for name, change in changes.items()}
        counting = update(polls).where(*self._mine(poll_id)).values(**values)
        return _poll(self._conn.execute(counting.returning(polls)).one())

    def _one(self, *which: Any) -> Poll | None:
        row = self._conn.execute(select(polls).where(polls.c.desk == self._desk, *which)).one_or_none()
        return None if row is None else _poll(row)

    def _mine(self, poll_id: int) -> tuple[Any, Any]:
        return polls.c.desk == self._desk, polls.c.id == poll_id
