"""Floods: far too many messages of one person, handled as few, and said to them once."""

import time

from bot.rooms.desk_rooms import DeskRooms
from storage.inbox import WaitingUpdate

AGAIN = 3600.0
"""Seconds after which somebody is told once more."""
MOST = 10_000


class Floods:
    """Remembers who was told of late that their messages are gathered."""

    def __init__(self) -> None:
        self._told: dict[str, float] = {}

    def tell(self, update: WaitingUpdate, rooms: DeskRooms) -> None:
        """Tell a customer whose messages were gathered, unless they were told of late."""
        if not update.parts or not self._is_news(update.stream):
            return
        customer = rooms.stores.customers.known(int(update.stream))
        if customer is not None and not rooms.banning.shuts_out(customer.chat_id):
            rooms.shared.lines.to_customer(customer, "customer.flood")

    def done(self, update: WaitingUpdate) -> None:
        """It is durable: whoever was told is not told again so soon."""
        if update.parts and self._is_news(update.stream):
            self._told.pop(update.stream, None)
            self._told[update.stream] = time.monotonic()
            while len(self._told) > MOST:
                del self._told[next(iter(self._told))]

    def _is_news(self, stream: str) -> bool:
        at = self._told.get(stream)
        return at is None or time.monotonic() - at > AGAIN


class PartGoneError(Exception):
    """A part of what was gathered was handled already: each of them is taken by itself."""


def finish(update: WaitingUpdate, rooms: DeskRooms) -> bool:
    """Mark an update and all that is handled with it as handled; False if it was marked already."""
    marked = [rooms.stores.inbox.finish(each.update_id, rooms.now) for each in update.whole]
    if update.parts and not all(marked):
        raise PartGoneError
    return all(marked)
