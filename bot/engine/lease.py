"""The lease: of all processes with one bot's token, the one that has it sends, and the others stand by.

Its time is kept by monotonic clocks alone. The holder says every few seconds that it lives, by a number in
the database that grows. It sends nothing more when that has not succeeded for `LOST_AFTER`. Whoever stands
by takes over when it has seen the number stand still for `TAKEN_AFTER` of its own time, which is longer.
"""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar

import structlog
from sqlalchemy import Connection

from bot.engine.liveness import has_ended, here
from storage.engine.ledger import Ledger
from storage.leases import NOBODY, LeaseRow, LeaseStore

T = TypeVar("T")

log = structlog.get_logger("lease")

BEAT_EVERY, LOOK_EVERY = 3.0, 2.0
LOST_AFTER, TAKEN_AFTER = 10.0, 18.0
"""Seconds after which the holder sends nothing more, and after which somebody else may."""
MOST_CREDIT = 5.0
"""Seconds of silence that one look can tell of: while we cannot look ourselves, nobody else is silent."""
CLOCK = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)


def clock() -> float:
    """Seconds that no correction of the wall clock changes, and that go on while the machine sleeps."""
    return time.clock_gettime(CLOCK)


class LeaseGoneError(Exception):
    """A unit of work of a term that is over; it has left nothing behind."""


class TermGone(asyncio.CancelledError):
    """The term is over: whatever was being done for it ends here."""


class TakenFrom(StrEnum):
    """Why the lease could be taken."""

    NOBODY = "nobody"
    ENDED = "ended"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Taken:
    """A term has begun: its number, why it could, and who had the lease before."""

    term: int
    why: TakenFrom
    before: LeaseRow | None
    stood_by: bool


class Lease:
    """The lease of one bot for one term: waited for, taken, kept, and lost or given back."""

    def __init__(self, bot_id: int, desk: str, ledger: Ledger, now: Callable[[], datetime]) -> None:
        self._bot_id, self._desk, self._ledger, self._now = bot_id, desk, ledger, now
        self._holder = here()
        self.taken: Taken | None = None
        self._until = 0.0
        self.lost = False
        """Whether another process has taken it from us."""
        self._over = asyncio.Event()
        self._sure = asyncio.Event()
        self._seen: LeaseRow | None = None
        self._looked_at = self._silent = 0.0
        self._checked_in: Any = None
        self._keeping: asyncio.Task[None] | None = None
        self.on_standby: Callable[[], None] = lambda: None
        """Called once somebody else is found to have the lease."""

    @property
    def held(self) -> bool:
        """Whether we may send now."""
        return self.taken is not None and not self._over.is_set() and clock() < self._until

    @property
    def term(self) -> int:
        """The number of the term; 0 before it has begun."""
        return 0 if self.taken is None else self.taken.term

    @property
    def over(self) -> bool:
        """Whether the term is over."""
        return self._over.is_set()

    @property
    def standing_by(self) -> bool:
        """Whether the term has not begun yet, or is over."""
        return self.taken is None or self._over.is_set()

    async def take(self) -> Taken | None:
        """Wait until the lease is free or whoever has it is gone: then it is ours. None if we ended first."""
        stood_by = False
        while not self._over.is_set():
            found = await self._ledger.run(self._try)
            if isinstance(found, LeaseRow):
                if not stood_by:
                    stood_by = True
                    self._say_standby(found)
                await asyncio.sleep(LOOK_EVERY)
            elif found is not None:
                why, term, begun = found
                self._until = begun + LOST_AFTER
                self.taken = Taken(term, why, self._seen, stood_by)
                self._keeping = asyncio.create_task(self._keep(), name="lease")
                self._say_taken(self.taken)
                return self.taken
        return None

    async def kept(self) -> None:
        """Until the term is over."""
        if self._keeping is not None:
            await asyncio.wait({self._keeping})
            self._keeping.result()

    async def _keep(self) -> None:
        """Say that we live until the term is over."""
        while not self._over.is_set():
            begun = await self._ledger.run(self._beat)  # it counts once it is durable: others see it then
            if begun is not None:
                self._until = begun + LOST_AFTER
                self._sure.set()
            elif not self._over.is_set():
                self.lose()
            await self._rest()

    def lose(self) -> None:
        """Somebody else has the lease."""
        if not self._over.is_set():
            self.lost = True
            log.error("another process has taken over; this one sends nothing more", desk=self._desk)
        self.end()

    def end(self) -> None:
        """The term is over: nothing of it is sent or kept any more."""
        self._over.set()
        self._sure.set()

    async def release(self) -> None:
        """Give the lease back, so that nobody has to wait."""
        self.end()
        await self._ledger.run(lambda conn: LeaseStore(conn, self._bot_id).release(self._holder.word))

    def check(self, conn: Connection) -> None:
        """The fence: raise LeaseGoneError if a transaction has written something for a term that is over."""
        transaction = conn.get_transaction()
        if self._checked_in is transaction:  # it holds until the transaction ends
            return
        holds = LeaseStore(conn, self._bot_id).holds(self._holder.word)
        if self._over.is_set() or holds is False:
            raise LeaseGoneError
        if holds:
            self._checked_in = transaction

    async def passage(self) -> None:
        """The gate, from afar: wait while the lease may not be ours; raise TermGone once it is not."""
        while not self.surely():
            if self._over.is_set():
                raise TermGone
            self._sure.clear()
            await self._sure.wait()

    def surely(self) -> bool:
        """The gate, right before something is sent."""
        return self.held

    async def _rest(self) -> None:
        try:
            async with asyncio.timeout(BEAT_EVERY):
                await self._over.wait()
        except TimeoutError:
            return

    def _beat(self, conn: Connection) -> float | None:
        """The moment before it was said; None if the lease is not ours."""
        begun = clock()
        well = not self._over.is_set() and LeaseStore(conn, self._bot_id).beat(self._holder.word)
        return begun if well else None

    def _try(self, conn: Connection) -> tuple[TakenFrom, int, float] | LeaseRow | None:
        """Take the lease if that may be; whoever has it otherwise; None if somebody was quicker."""
        store, begun = LeaseStore(conn, self._bot_id), clock()
        row = store.now()
        self._listen(row)
        why = self._may(row)
        if why is None or self._over.is_set():
            return row
        term = store.take(row, self._holder, self._desk, self._now())
        return None if term is None else (why, term, begun)

    def _listen(self, row: LeaseRow | None) -> None:
        """How long the holder has been silent while we were looking."""
        now = clock()
        if self._seen is not None and self._seen == row:
            self._silent += min(now - self._looked_at, MOST_CREDIT)
        else:
            self._silent = 0.0
        self._seen, self._looked_at = row, now

    def _may(self, row: LeaseRow | None) -> TakenFrom | None:
        if row is None or row.holder.word in {NOBODY, self._holder.word}:
            return TakenFrom.NOBODY
        if has_ended(row.holder.process):
            return TakenFrom.ENDED
        return TakenFrom.SILENT if self._silent >= TAKEN_AFTER else None

    def _say_standby(self, row: LeaseRow) -> None:
        self.on_standby()
        log.warning(
            "another process serves this bot; this one stands by",
            desk=self._desk,
            at=row.holder.host,
            since=row.taken_at.isoformat(timespec="seconds"),
            term=row.term,
        )

    def _say_taken(self, taken: Taken) -> None:
        if taken.stood_by:
            log.warning("this process takes over", desk=self._desk, term=taken.term, why=taken.why.value)
        else:
            log.info("this process serves the bot", desk=self._desk, term=taken.term, why=taken.why.value)
