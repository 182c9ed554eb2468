"""What the sender must know to send a run, read in one hop."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.rooms import DeskRooms
from desk.content import can_join
from desk.people import Customer
from desk.post import Button, Lane, Parcel
from storage.outbox import Waiting
from tickets.card import Card
from tickets.ticket import Message, Place, Ticket


@dataclass(frozen=True, slots=True, kw_only=True)
class Spots:
    """Where the first message of a run stands.

    `original` is its place on the other side, `copies` its places in the chat the run goes to, `shown` all
    messages that the newest copy shows, `reply` the place it answers there.
    """

    original: Place | None = None
    copies: tuple[Place, ...] = ()
    shown: tuple[Message, ...] = ()
    reply: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A customer's topic, with its card, title and header as they should stand now."""

    customer: Customer
    ticket: Ticket | None
    card: Card | None
    title: str
    header: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """A run with everything it takes: parcels that still wait and may go as one, and what they are about."""

    run: tuple[Waiting, ...]
    messages: tuple[Message, ...] = ()
    spots: Spots = Spots()
    topic: Topic | None = None
    hints: tuple[Sequence[Button], ...] = ()
    replaced: tuple[Waiting, ...] = ()

    @property
    def parcel(self) -> Parcel:
        """The first parcel speaks for the run."""
        return self.run[0].parcel


def load(rooms: DeskRooms, run: Sequence[Waiting]) -> Load:
    """Read what a run needs; parcels that were replaced meanwhile fall out."""
    standing = rooms.stores.outbox.standing([waiting.id for waiting in run])
    parcels = [waiting for waiting in run if waiting.id in standing]
    replaced = tuple(waiting for waiting in run if waiting.id not in standing)
    if not parcels:
        return Load(run=(), replaced=replaced)
    first = parcels[0].parcel
    messages = _messages(rooms, parcels)
    parcels = parcels[: max(1, len(messages))]
    if first.lane is Lane.BULK:
        rooms.stores.outbox.start([waiting.id for waiting in parcels])
    topic, spots = _topic(rooms, first, messages), _spots(rooms, first, messages)
    return Load(
        run=tuple(parcels),
        messages=tuple(messages),
        spots=spots,
        topic=topic,
        hints=_hints(rooms, parcels, topic, spots.shown or messages),
        replaced=replaced,
    )


def _messages(rooms: DeskRooms, parcels: Sequence[Waiting]) -> list[Message]:
    """The messages of the run, as many of them as can go as one."""
    ids = [waiting.parcel.message_id for waiting in parcels if waiting.parcel.message_id is not None]
    found = list(rooms.stores.messages.get(ids)) if ids else []
    for count in range(1, len(found)):
        if not can_join([message.content for message in found[:count]], found[count].content):
            return found[:count]
    return found


def _spots(rooms: DeskRooms, parcel: Parcel, messages: Sequence[Message]) -> Spots:
    if not messages or parcel.act == "call":
        return Spots()
    stored = rooms.stores.messages
    places = stored.places(messages[0].id)
    copies = tuple(place for place in places if place.chat_id == parcel.chat_id)
    answered = stored.places(parcel.reply_to) if parcel.reply_to is not None else ()
    return Spots(
        original=next((place for place in places if place.chat_id != parcel.chat_id), None),
        copies=copies,
        shown=tuple(stored.find(copies[-1])) if copies and parcel.act == "amend" else (),
        reply=next((place for place in reversed(answered) if place.chat_id == parcel.chat_id), None),
    )


def _topic(rooms: DeskRooms, parcel: Parcel, messages: Sequence[Message]) -> Topic | None:
    stores, cards = rooms.stores, rooms.cards
    if parcel.topic_of is None:
        return None
    customer = stores.customers.get(parcel.topic_of)
    ticket = stores.tickets.get(messages[0].ticket_id) if messages and messages[0].ticket_id else None
    ticket = ticket or stores.tickets.last_of(customer.id)
    if customer.thread_id is None and customer.title != (title := cards.title(customer, ticket)):
        stores.customers.update(customer.id, title=title)  # should a crash part the topic from its number
    fresh = parcel.act in {"card", "title"} or customer.thread_id is None
    fresh = fresh or (ticket is not None and ticket.card_id is None)
    return Topic(
        customer=customer,
        ticket=ticket,
        card=cards.card(customer, ticket) if fresh and ticket is not None else None,
        title=cards.title(customer, ticket) if fresh else "",
        header=cards.header(customer, ticket),
    )


def _hints(
    rooms: DeskRooms, run: Sequence[Waiting], topic: Topic | None, messages: Sequence[Message]
) -> tuple[Sequence[Button], ...]:
    """What could be answered to the customer's messages: one keyboard, however many go as one."""
    if topic is None or topic.ticket is None or not any(each.parcel.ref.get("asks") for each in run):
        return ()
    return tuple(rooms.suggestions.rows(topic.ticket.id, [each.id for each in messages]))
