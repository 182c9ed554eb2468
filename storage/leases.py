"""The leases: which process may send for a bot, and whether it still says that it lives."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, case, exists, func, select, update

from storage.engine.upsert import add
from storage.tables import leases

NOBODY = ""
ALL_RELEASED = f"UPDATE leases SET holder = '{NOBODY}'"  # noqa: S608 - our own word
"""Said in a copy of a database: whoever had a lease has it in the other one. The terms are counted on."""
_WHOSE = (leases.c.bot_id == bindparam("bot"), leases.c.holder == bindparam("word"))
HELD = {
    "sqlite": select(case((exists(select(leases.c.term).where(*_WHOSE)), "held"), else_="lost")),
    "postgresql": select(
        case(
            (func.txid_current_if_assigned().is_(None), "unwritten"),
            (exists(select(leases.c.term).where(*_WHOSE).with_for_update(read=True)), "held"),
            else_="lost",
        )
    ),
}
"""Asked in every transaction that writes, so they are made once.

PostgreSQL locks the row, but only where something was written: a lock has to be made durable as a change has.
"""


@dataclass(frozen=True, slots=True)
class LeaseHolder:
    """A process in one term: `word` is its own, `host` is for people, `process` tells whether it lives."""

    word: str
    host: str
    process: str


@dataclass(frozen=True, slots=True)
class LeaseRow:
    """Who has the lease, for which term, and how often they have said that they live."""

    holder: LeaseHolder
    term: int
    beat: int
    taken_at: datetime


class LeaseStore:
    """The lease of one bot, on one transaction."""

    def __init__(self, conn: Connection, bot_id: int) -> None:
        self._conn, self._bot_id = conn, bot_id
        self._ours = leases.c.bot_id == bot_id

    def now(self) -> LeaseRow | None:
        """Who has it; somebody with an empty word if it was given back, None if nobody ever had it."""
        row = self._conn.execute(select(leases).where(self._ours)).one_or_none()
        if row is None:
            return None
        return LeaseRow(LeaseHolder(row.holder, row.host, row.process), row.term, row.beat, row.taken_at)

    def take(self, seen: LeaseRow | None, holder: LeaseHolder, desk: str, at: datetime) -> int | None:
        """Begin the next term, if all is as it was `seen`; its number, or None if somebody was quicker."""
        term = 1 if seen is None else seen.term + 1
        values = {
            "desk": desk,
            "term": term,
            "holder": holder.word,
            "beat": 0,
            "host": holder.host,
            "process": holder.process,
            "taken_at": at,
        }
        if seen is None:
            taken = add(self._conn, leases, {"bot_id": self._bot_id, **values})
        else:
            unchanged = (leases.c.term == seen.term, leases.c.beat == seen.beat)
            change = update(leases).where(self._ours, *unchanged, leases.c.holder == seen.holder.word)
            taken = self._conn.execute(change.values(values)).rowcount
        return term if taken else None

    def beat(self, word: str) -> bool:
        """Say that the holder lives; False if it is the holder no more."""
        living = update(leases).where(self._ours, leases.c.holder == word).values(beat=leases.c.beat + 1)
        return bool(self._conn.execute(living).rowcount)

    def holds(self, word: str) -> bool | None:
        """Whether it is the holder; if so, nobody takes the lease before this transaction has ended.

        None while the transaction has written nothing, where the database knows that.
        """
        found = self._conn.execute(
            HELD[self._conn.dialect.name], {"bot": self._bot_id, "word": word}
        ).scalar()
        return None if found == "unwritten" else found == "held"

    def release(self, word: str) -> None:
        """Give the lease back, if it is the holder: the next term may begin at once."""
        change = update(leases).where(self._ours, leases.c.holder == word)
        self._conn.execute(change.values(holder=NOBODY))
