"""The broadcast: one notice on its way to the people it concerns, and its deliveries."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Protocol

from desk.paid import MESSAGES_FOR_STAR
from desk.post import Chat


class DeliveryState(IntEnum):
    """What became of one delivery; the database keeps the numbers.

    POSTED: it lies in the outbox. UNCERTAIN: it may have arrived. SPARED: the person wanted none, is banned,
    or heard of it elsewhere. STALE: it became too old to be sent.
    """

    WAITING = 0
    POSTED = 1
    SENT = 2
    BLOCKED = 3
    FAILED = 4
    UNCERTAIN = 5
    SPARED = 6
    STALE = 7


class BroadcastKind(StrEnum):
    """What it does: tells people a notice, or mends what another broadcast has told them."""

    TELL = "tell"
    MEND = "mend"


class BroadcastState(StrEnum):
    """Whether it goes on; OVERTAKEN: a newer notice of its incident is told instead."""

    RUNNING = "running"
    PAUSED = "paused"
    CANCELLED = "cancelled"
    OVERTAKEN = "overtaken"
    DONE = "done"

    @property
    def open(self) -> bool:
        """Whether it may still send something."""
        return self in {BroadcastState.RUNNING, BroadcastState.PAUSED}


class Payment(StrEnum):
    """Whether it may cost Stars. SPENT: as many as were agreed to. REFUSED: Telegram takes none for it."""

    NONE = ""
    PAYS = "pays"
    SPENT = "spent"
    REFUSED = "refused"


class AudiencePart(StrEnum):
    """Whose deliveries are being written: those told of the incident before, then those concerned now."""

    TOLD = "told"
    CONCERNED = "concerned"
    WHOLE = "whole"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryCounts:
    """How many deliveries there are, and how many of each state; the rest of `total` waits.

    `paid`: how many messages have gone so that they may have cost Stars.
    """

    total: int = 0
    posted: int = 0
    sent: int = 0
    blocked: int = 0
    failed: int = 0
    uncertain: int = 0
    spared: int = 0
    stale: int = 0
    paid: int = 0

    @property
    def settled(self) -> int:
        """Those that have an outcome."""
        return self.sent + self.blocked + self.failed + self.uncertain + self.spared + self.stale

    @property
    def left(self) -> int:
        """Those that are still to be sent, whether in the outbox or not."""
        return self.total - self.settled


@dataclass(frozen=True, slots=True, kw_only=True)
class Broadcast:
    """A notice on its way to people, or (`mends` another broadcast) the better text for what they have.

    `cursor` is how far the part has come, `until` the newest customer when it was confirmed. `where` is the
    chat of who published it, where its progress is shown. `mended`: the last notice that changed its text.
    `stars`: how many it may cost at most.
    """

    id: int = 0
    incident_id: int
    number: int
    kind: BroadcastKind = BroadcastKind.TELL
    mends: int | None = None
    mended: int = 0
    state: BroadcastState = BroadcastState.RUNNING
    part: AudiencePart = AudiencePart.TOLD
    cursor: int = 0
    until: int = 0
    counts: DeliveryCounts = DeliveryCounts()
    stars: int = 0
    payment: Payment = Payment.NONE
    where: Chat
    language: str
    message_id: int | None = None
    shown_at: datetime | None = None
    shown: str = ""
    at: datetime

    def affords(self, messages: int) -> int:
        """How many more people may be told for Stars, each by so many messages, beside whoever is next."""
        left = self.stars * MESSAGES_FOR_STAR - self.counts.paid
        return max(0, left // messages - self.counts.posted)


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One notice to one customer."""

    id: int
    broadcast_id: int
    customer_id: int
    state: DeliveryState
    message_id: int | None = None


class Broadcasts(Protocol):
    """The broadcasts of one desk."""

    def begin(self, broadcast: Broadcast) -> int:
        """Insert one, to everybody known until now."""

    def get(self, broadcast_id: int) -> Broadcast | None:
        """By our own id."""

    def of(self, incident_id: int) -> Sequence[Broadcast]:
        """Those of an incident, oldest first."""

    def keep(self, broadcast: Broadcast) -> None:
        """Set how far it has come and how it is shown; its counts stay."""

    def count(self, broadcast_id: int, changes: Mapping[str, int]) -> Broadcast:
        """Add to its counts, by their names."""


class Deliveries(Protocol):
    """The deliveries of one desk."""

    def add(self, broadcast: Broadcast, customers: Sequence[int]) -> int:
        """Insert deliveries for those who have none yet; how many those are."""

    def among(
        self, broadcast_id: int, state: DeliveryState, limit: int, after: int = 0
    ) -> Sequence[Delivery]:
        """Those of a broadcast in this state, in order."""

    def settle(
        self, ids: Collection[int], state: DeliveryState, at: datetime, message_id: int | None = None
    ) -> None:
        """Set the state of deliveries."""

    def told(self, incident_id: int, after: int, limit: int) -> Sequence[int]:
        """The next customers with higher ids who were told of an incident, or may have been."""

    def last_messages(self, incident_id: int, customers: Collection[int]) -> Mapping[int, int]:
        """The newest message about an incident that each of these customers has."""

    def posted_to(self, customer_id: int) -> Sequence[Delivery]:
        """What lies in the outbox for a customer."""
