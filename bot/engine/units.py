"""Units of work: each runs on a desk's rooms in one transaction; its parcels go on after the commit."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Connection, RootTransaction

from bot.engine.lease import LeaseGoneError, TermGone
from bot.rooms.desk_rooms import DeskRooms
from bot.rooms.stores import Stores
from desk.profile import DeskPlaces, Profile
from storage.engine.ledger import Ledger
from storage.outbox import WaitingParcel
from tickets.answers import Faq

T = TypeVar("T")
Clock = Callable[[], datetime]
Posted = Callable[[Sequence[WaitingParcel], Sequence[int]], None]
"""Takes the parcels that were committed, and the ids of those they replaced."""
Fence = Callable[[Connection], None]
"""Raises LeaseGoneError in a transaction whose process may not write for the bot any more."""


def _unfenced(conn: Connection) -> None:
    """Let every transaction pass: there is no other process."""


def _nobody(posted: Sequence[WaitingParcel], replaced: Sequence[int]) -> None:
    """Take nothing over: parcels wait in the outbox until it is read."""


class Units:
    """Runs the units of work of one desk."""

    def __init__(
        self,
        profile: Profile,
        bot_id: int,
        faq: Faq,
        ledger: Ledger,
        clock: Clock,
        fence: Fence = _unfenced,
    ) -> None:
        self.profile, self.bot_id, self.faq, self.clock = profile, bot_id, faq, clock
        self._ledger, self._fence = ledger, fence
        self._inside = replace(profile, places=profile.places.copied())
        """The profile that a unit sees: each begins with the places as they are, and changes only these."""
        self._ahead: DeskPlaces | None = None
        self._ahead_in: RootTransaction | None = None
        """What a unit has found out that is not durable yet, and the transaction it found it out in."""
        self.on_posted: Posted = _nobody
        self.on_versions: Callable[[], None] = lambda: None
        """Called once versions of entries have been added and are durable."""
        self.on_incidents: list[Callable[[], None]] = []
        """Called once notices of incidents are durable."""
        self.on_lost: Callable[[], None] = lambda: None
        """Called when the fence has stopped a unit."""
        self.on_released: Callable[[], None] = lambda: None
        """Called once updates have gone back to the inbox."""
        self.on_durable: Callable[[Stores], None] = lambda stores: None
        """Called with the stores of every unit once what it changed is durable."""

    async def write(self, unit: Callable[[DeskRooms], T], faq: Faq | None = None) -> T:
        """Run a unit that changes something in one transaction; `faq` replaces the desk's FAQ in it.

        Raises TermGone, as a cancellation, if another process serves the bot by now.
        """
        first: RootTransaction | None = None

        def whole(conn: Connection) -> tuple[T, Stores, DeskPlaces, DeskPlaces | None]:
            nonlocal first
            if first is None:
                first = conn.get_transaction()
            elif self._ahead_in is first:  # run again: the commit that it shared has left nothing behind
                self._ahead = self._ahead_in = None
            rooms = self._open(conn, faq or self.faq)
            before, places = self._inside.places.copied(), self._inside.places
            result = unit(rooms)
            self._fence(conn)  # after it, for what has written nothing needs no lease
            after = None if places == before else places.copied()
            if after is not None:  # units that follow in the same commit begin with it
                self._ahead, self._ahead_in = after, conn.get_transaction()
            return result, rooms.stores, before, after

        try:
            result, stores, before, after = await self._ledger.run(whole)
        except Exception as error:
            self._ahead = self._ahead_in = None
            if isinstance(error, LeaseGoneError):
                self.on_lost()
                raise TermGone from error
            raise
        if after is not None:
            self._keep_places(before, after)
        self._hand_on(stores)
        return result

    def _hand_on(self, stores: Stores) -> None:
        """What the unit has done is durable: those who go on with it hear of it."""
        self.on_durable(stores)
        if stores.outbox.posted or stores.outbox.replaced:
            self.on_posted(stores.outbox.posted, stores.outbox.replaced)
        if stores.versions.added:
            self.on_versions()
        if stores.incidents.changed:
            for told in self.on_incidents:
                told()
        if stores.stuck.released:
            self.on_released()

    async def look(self, unit: Callable[[DeskRooms], T]) -> T:
        """Run a unit that only reads."""
        return await self._ledger.run(lambda conn: unit(self._open(conn, self.faq)))

    def _open(self, conn: Connection, faq: Faq) -> DeskRooms:
        """Open the desk for a unit: what it changes in the places holds once it is durable."""
        now, profile = self.clock(), self._inside
        profile.places.become(self._ahead or self.profile.places)
        return DeskRooms(profile, Stores(conn, profile.desk, self.bot_id, now, profile.places), faq, now)

    def _keep_places(self, before: DeskPlaces, after: DeskPlaces) -> None:
        """Take over what the unit has found out; another may have found out something else meanwhile."""
        for name in ("group", "channel", "forum"):
            if getattr(after, name) != getattr(before, name):
                setattr(self.profile.places, name, getattr(after, name))
        self._ahead = self._ahead_in = None
