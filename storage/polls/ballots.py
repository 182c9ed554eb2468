"""Ballots: polls put to people, and what they chose."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, exists, func, insert, select, text, update

from broadcasts.deliveries.broadcast import DeliveryState
from broadcasts.polls.ballot import Ballot
from storage.tables import ballots, polls

OF_POLL = (ballots.c.desk == bindparam("desk"), ballots.c.poll_id == bindparam("poll_id"))
AMONG = (
    select(ballots)
    .where(*OF_POLL, ballots.c.state == bindparam("state"))
    .order_by(ballots.c.id)
    .limit(bindparam("limit"))
)
THERE = select(ballots.c.customer_id).where(
    *OF_POLL, ballots.c.customer_id.in_(bindparam("customers", expanding=True))
)
CHOSEN = (
    select(ballots.c.chosen, func.count().label("people"))
    .where(*OF_POLL, ballots.c.chosen > 0)
    .group_by(ballots.c.chosen)
)
VOTED = (
    select(ballots)
    .where(
        ballots.c.desk == bindparam("desk"),
        ballots.c.customer_id == bindparam("customer_id"),
        ballots.c.chosen_at.is_not(None),
    )
    .order_by(ballots.c.chosen_at.desc())
    .limit(1)
)
POSTED_TO = select(ballots).where(
    ballots.c.desk == bindparam("desk"),
    ballots.c.customer_id == bindparam("customer_id"),
    ballots.c.state == int(DeliveryState.POSTED),
)
COMMENTS = (
    select(ballots)
    .where(*OF_POLL, text("comment <> ''"))
    .order_by(ballots.c.id.desc())
    .limit(bindparam("limit"))
)
TAKING_VOTES = exists().where(
    polls.c.desk == bindparam("desk"), polls.c.id == ballots.c.poll_id, polls.c.state == "open"
)
OLD_BALLOTS = (
    select(ballots.c.id, ballots.c.at)
    .where(
        ballots.c.desk == bindparam("desk"),
        ballots.c.at >= bindparam("after"),
        ballots.c.at < bindparam("before"),
        ~TAKING_VOTES,
    )
    .order_by(ballots.c.at, ballots.c.id)
)
"""Those of polls that are over, for the sweeps."""
SETTLE = update(ballots).where(ballots.c.desk == bindparam("b_desk"), ballots.c.id == bindparam("b_id"))


def _ballot(row: Any) -> Ballot:
    return Ballot(
        id=row.id,
        poll_id=row.poll_id,
        customer_id=row.customer_id,
        state=DeliveryState(row.state),
        message_id=row.message_id,
        chosen=row.chosen,
        chosen_at=row.chosen_at,
        comment=row.comment,
        comment_message=row.comment_message,
    )


class BallotStore:
    """The ballots of one desk, on one transaction."""

    def __init__(self, conn: Connection, desk: str, now: datetime) -> None:
        self._conn, self._desk, self._now = conn, desk, now

    def add(self, poll_id: int, customers: Sequence[int]) -> int:
        """Insert one for each who has none yet; how many those are."""
        key = {"desk": self._desk, "poll_id": poll_id, "customers": list(customers)}
        there = frozenset(self._conn.execute(THERE, key).scalars()) if customers else frozenset()
        fresh = [each for each in dict.fromkeys(customers) if each not in there]
        common = {
            "desk": self._desk,
            "poll_id": poll_id,
            "state": int(DeliveryState.WAITING),
            "at": self._now,
        }
        if fresh:
            self._conn.execute(insert(ballots), [{**common, "customer_id": each} for each in fresh])
        return len(fresh)

    def among(self, poll_id: int, state: DeliveryState, limit: int) -> Sequence[Ballot]:
        """Those of a poll in this state, in order."""
        key = {"desk": self._desk, "poll_id": poll_id, "state": int(state), "limit": limit}
        return [_ballot(row) for row in self._conn.execute(AMONG, key)]

    def settle(
        self, ids: Collection[int], state: DeliveryState, at: datetime, message_id: int | None = None
    ) -> None:
        """Set the state of ballots."""
        values = {"state": int(state), "at": at, "message_id": message_id}
        if ids:
            keys = [{"b_desk": self._desk, "b_id": each} for each in ids]
            self._conn.execute(SETTLE.values(**values), keys)

    def posted_to(self, customer_id: int) -> Sequence[Ballot]:
        """Those that lie in the outbox for a customer."""
        rows = self._conn.execute(POSTED_TO, {"desk": self._desk, "customer_id": customer_id})
        return [_ballot(row) for row in rows]

    def of(self, poll_id: int, customer_id: int) -> Ballot | None:
        """A customer's ballot of a poll."""
        return self._one(ballots.c.poll_id == poll_id, ballots.c.customer_id == customer_id)

    def get(self, ballot_id: int) -> Ballot | None:
        """By our own id."""
        return self._one(ballots.c.id == ballot_id)

    def choose(self, ballot_id: int, chosen: int, at: datetime) -> None:
        """Set what was chosen."""
        self._change(ballot_id, chosen=chosen, chosen_at=at)

    def chosen(self, poll_id: int) -> Mapping[int, int]:
        """How many people chose what, each by its bits."""
        rows = self._conn.execute(CHOSEN, {"desk": self._desk, "poll_id": poll_id})
        return {row.chosen: row.people for row in rows}

    def newest_voted(self, customer_id: int) -> Ballot | None:
        """The ballot on which a customer has voted last."""
        key = {"desk": self._desk, "customer_id": customer_id}
        row = self._conn.execute(VOTED, key).one_or_none()
        return None if row is None else _ballot(row)

    def comment(self, ballot_id: int, text: str, message_id: int | None) -> None:
        """Set what the customer wrote about it; an empty text invites no other."""
        self._change(ballot_id, comment=text, comment_message=message_id)

    def comments(self, poll_id: int, limit: int) -> Sequence[Ballot]:
        """Those with a comment, newest first."""
        rows = self._conn.execute(COMMENTS, {"desk": self._desk, "poll_id": poll_id, "limit": limit})
        return [_ballot(row) for row in rows]

    def _one(self, *which: Any) -> Ballot | None:
        row = self._conn.execute(select(ballots).where(ballots.c.desk == self._desk, *which)).one_or_none()
        return None if row is None else _ballot(row)

    def _change(self, ballot_id: int, **values: object) -> None:
        mine = (ballots.c.desk == self._desk, ballots.c.id == ballot_id)
        self._conn.execute(update(ballots).where(*mine).values(**values))
