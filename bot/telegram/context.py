"""What must be known to send a run to Telegram, read in one unit of work."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.rooms.desk_rooms import DeskRooms
from desk.content import can_join
from desk.own_mark import told_apart
from desk.people import Customer
from desk.placement import Placement
from desk.post import (
    Amend,
    Body,
    Button,
    Carry,
    CloseTopic,
    Mark,
    Parcel,
    Rebutton,
    Rewrite,
    Say,
    ShowCard,
    ShowTitle,
)
from storage.bodies import kept_id_of
from storage.outbox import WaitingParcel
from tickets.card import Card, card_of
from tickets.provenance import with_provenance
from tickets.ticket import Message, Place
from tickets.topics.topic import Topic


@dataclass(frozen=True, slots=True, kw_only=True)
class RunPlaces:
    """Where the run's first message, its copies and what it answers stand.

    `original` is its place on the other side, `copies` its places in the chat the run goes to, `shown` all
    messages that the newest copy shows, `reply` the place it answers there.
    """

    original: Place | None = None
    copies: tuple[Place, ...] = ()
    shown: tuple[Message, ...] = ()
    reply: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicNow:
    """A customer's topic, with the card, title and header that it should have now.

    `topic` is None where there is none yet; `card_at` where the card of the ticket stands. Where the topic
    and its card stand already, a message needs nothing else, and the rest is left unread.
    """

    customer_id: int
    topic: Topic | None
    ticket_id: int | None
    card_at: Placement | None
    card: Card | None = None
    title: str = ""
    header: str = ""

    @property
    def thread_id(self) -> int | None:
        """The topic's number in its group; None until it was made."""
        return None if self.topic is None else self.topic.thread_id


@dataclass(frozen=True, slots=True, kw_only=True)
class TelegramContext:
    """A run with everything its calls need: parcels that go as one, messages, topic, suggestions."""

    run: tuple[WaitingParcel, ...]
    messages: tuple[Message, ...] = ()
    places: RunPlaces = RunPlaces()
    topic: TopicNow | None = None
    suggestions: tuple[Sequence[Button], ...] = ()
    replaced: tuple[WaitingParcel, ...] = ()

    @property
    def parcel(self) -> Parcel:
        """The run's first parcel."""
        return self.run[0].parcel

    @property
    def chat_id(self) -> int:
        """The chat the run goes to."""
        return self.run[0].chat_id


def at_hand(run: Sequence[WaitingParcel]) -> TelegramContext | None:
    """The context of a parcel that holds everything its call needs; None if it has to be read."""
    parcel = run[0].parcel
    says_all = isinstance(parcel.body, Say | Rewrite | Rebutton | Mark | CloseTopic)
    if parcel.lane.is_bulk or parcel.topic_of is not None or not says_all:
        return None
    return TelegramContext(run=(run[0],))


def with_message(run: Sequence[WaitingParcel], instant: float) -> TelegramContext | None:
    """The context of a plain message to a chat that was kept just now; None if more has to be read."""
    parcel, message = run[0].parcel, run[0].message_at(instant)
    if message is None or len(run) > 1 or parcel.topic_of is not None or parcel.dedupe is not None:
        return None
    if parcel.lane.is_bulk or message.content.origin is not None or not _is_plain(parcel.body, [message]):
        return None
    return TelegramContext(run=(run[0],), messages=(message,))


def read(rooms: DeskRooms, run: Sequence[WaitingParcel], *, whole: bool = False) -> TelegramContext:
    """Read what a run needs; parcels that were replaced are left out.

    `whole`: read where its messages stand even if they can be sent without. What a crash must not forget is
    noted first: bulk that is on its way, the title of a topic to be made.
    """
    standing = _standing(rooms, run)
    parcels = [waiting for waiting in run if waiting.id in standing]
    replaced = tuple(waiting for waiting in run if waiting.id not in standing)
    if not parcels:
        return TelegramContext(run=(), replaced=replaced)
    first = parcels[0]
    messages = _messages(rooms, parcels)
    parcels = parcels[: max(1, len(messages))]
    if first.parcel.lane.is_bulk:
        rooms.stores.outbox.start([waiting.id for waiting in parcels])
    topic, places = _topic(rooms, first, messages), _run_places(rooms, first, messages, whole=whole)
    return TelegramContext(
        run=tuple(parcels),
        messages=tuple(messages),
        places=places,
        topic=topic,
        suggestions=_suggestions(rooms, parcels, topic, places.shown or messages),
        replaced=replaced,
    )


def _standing(rooms: DeskRooms, run: Sequence[WaitingParcel]) -> frozenset[int]:
    """Which parcels still wait: only one with a key, or one that may be uncertain, can have been replaced."""
    asked = [each.id for each in run if each.parcel.dedupe is not None or each.parcel.lane.is_bulk]
    others = frozenset(each.id for each in run) - frozenset(asked)
    return others | rooms.stores.outbox.standing(asked) if asked else others


def _messages(rooms: DeskRooms, parcels: Sequence[WaitingParcel]) -> list[Message]:
    """The messages of the run, as many of them as can go as one."""
    found = _with_provenance(rooms, parcels[0], _kept(rooms, parcels))
    for count in range(1, len(found)):
        if not can_join([message.content for message in found[:count]], found[count].content):
            return found[:count]
    return found


def _kept(rooms: DeskRooms, parcels: Sequence[WaitingParcel]) -> Sequence[Message]:
    """The messages that parcels carry: as they were just kept, or as they are read now."""
    instant = time.monotonic()
    lately = [message for each in parcels if (message := each.message_at(instant)) is not None]
    if len(lately) == len(parcels):
        return lately
    ids = [kept for each in parcels if (kept := kept_id_of(each.parcel.body)) is not None]
    return rooms.stores.messages.get(ids) if ids else ()


def _with_provenance(rooms: DeskRooms, waiting: WaitingParcel, found: Sequence[Message]) -> list[Message]:
    """The messages with what Telegram tells about them above their words."""
    inside, profile = waiting.parcel.topic_of is not None, rooms.profile
    if inside:
        found = [_told_apart(each) for each in found]
    if all(each.content.origin is None for each in found):
        return list(found)
    customer = None if inside else rooms.stores.customers.get(found[0].customer_id)
    language = profile.language if customer is None else profile.language_of(customer)
    return with_provenance(profile, found, language, inside=inside)


def _told_apart(message: Message) -> Message:
    """A customer's message without what could be taken for a line of ours."""
    content = told_apart(message.content) if message.author == "customer" else message.content
    return message if content is message.content else replace(message, content=content)


def _run_places(
    rooms: DeskRooms, waiting: WaitingParcel, messages: Sequence[Message], *, whole: bool
) -> RunPlaces:
    body, stored = waiting.parcel.body, rooms.stores.messages
    plain = _is_plain(body, messages) and rooms.profile.places.forum is not False
    if not messages or (plain and not whole):
        return RunPlaces()
    places = stored.places(messages[0].id)
    copies = tuple(place for place in places if place.chat_id == waiting.chat_id)
    reply_to = body.reply_to if isinstance(body, Carry) else None
    answered = stored.places(reply_to) if reply_to is not None else ()
    return RunPlaces(
        original=next((place for place in places if place.chat_id != waiting.chat_id), None),
        copies=copies,
        shown=tuple(_with_provenance(rooms, waiting, stored.find(copies[-1])))
        if copies and isinstance(body, Amend)
        else (),
        reply=next((place for place in reversed(answered) if place.chat_id == waiting.chat_id), None),
    )


def _is_plain(body: Body, messages: Sequence[Message]) -> bool:
    """Words that answer nothing are sent without a look at where they or others stand."""
    answers = not isinstance(body, Carry) or body.reply_to is not None or body.rest is not None
    return not answers and all(each.content.kind == "text" for each in messages)


def _topic(rooms: DeskRooms, waiting: WaitingParcel, messages: Sequence[Message]) -> TopicNow | None:
    """The topic of the customer whom a parcel is about."""
    customer_id, stores = waiting.parcel.topic_of, rooms.stores
    if customer_id is None:
        return None
    ticket_id = messages[0].ticket_id if messages else None
    if ticket_id is not None and isinstance(waiting.parcel.body, Carry) and rooms.profile.places.forum:
        standing = stores.topics.with_card(customer_id, card_of(ticket_id))
        if standing is not None:
            return TopicNow(
                customer_id=customer_id, topic=standing[0], ticket_id=ticket_id, card_at=standing[1]
            )
    topic, customer = stores.topics.of(customer_id), stores.customers.get(customer_id)
    return _topic_with_face(rooms, waiting, customer, topic, ticket_id)


def _topic_with_face(
    rooms: DeskRooms, waiting: WaitingParcel, customer: Customer, topic: Topic | None, ticket_id: int | None
) -> TopicNow:
    """The topic with all that is said of its customer; one that is yet to be made is asked for."""
    stores, cards = rooms.stores, rooms.matters.cards
    ticket = None if ticket_id is None else stores.tickets.get(ticket_id)
    ticket = ticket or stores.tickets.last_of(customer.id)
    card_at = None if ticket is None else stores.placements.of(card_of(ticket.id))
    unmade = topic is None or topic.thread_id is None
    fresh = unmade or isinstance(waiting.parcel.body, ShowCard | ShowTitle) or (ticket and card_at is None)
    title = cards.title(customer, ticket, None if topic is None else topic.title) if fresh else ""
    if unmade and (topic is None or topic.title != title):
        stores.topics.ask_for(customer.id, waiting.chat_id, title)
    return TopicNow(
        customer_id=customer.id,
        topic=topic,
        ticket_id=None if ticket is None else ticket.id,
        card=cards.card(customer, ticket) if fresh and ticket is not None else None,
        card_at=card_at,
        title=title,
        header=cards.header(customer, ticket),
    )


def _suggestions(
    rooms: DeskRooms,
    run: Sequence[WaitingParcel],
    topic: TopicNow | None,
    messages: Sequence[Message],
) -> tuple[Sequence[Button], ...]:
    """The buttons that suggest answers to the run's messages, in one keyboard."""
    if topic is None or topic.ticket_id is None or not any(_suggests(each.parcel.body) for each in run):
        return ()
    ids = [each.id for each in messages]
    return tuple(rooms.suggestions.rows(topic.customer_id, topic.ticket_id, ids))


def _suggests(body: Body) -> bool:
    return isinstance(body, Carry | Amend) and body.suggest
