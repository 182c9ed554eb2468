"""What the sender does next for a run: always one call, so that no pause of a chat holds anything else up.

A run may need a topic made, a closed one reopened, or the card put at its head before its own call; each of
these is a step that leaves its trace in the database, and the next pick of the stream finds it there.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from html import escape
from typing import Any

from bot.rooms import DeskRooms
from bot.telegram import render
from bot.telegram.context import Load, Topic
from desk.content import Content, can_join, joined
from desk.post import Call, keyboard, rewrite, say
from desk.profile import Whereabouts
from tickets.ticket import Message, Place

Keep = Callable[[DeskRooms, Any], None]


@dataclass(frozen=True, slots=True)
class Step:
    """One call, what to keep of its result, and whether the run is done with it."""

    call: Call | None
    keep: Keep = lambda rooms, result: None
    last: bool = True


@dataclass(frozen=True, slots=True)
class Manner:
    """What has been learnt about a run from Telegram's refusals."""

    unquoted: bool = False
    copied: bool = False


def next_step(load: Load, places: Whereabouts, manner: Manner) -> Step:
    """The next call for a run."""
    topic = load.topic
    if topic is not None and load.parcel.chat_id == places.group:
        before = _before(load, topic, places)
        if before is not None:
            return before
    match load.parcel.act:
        case "card":
            return Step(None) if topic is None else _card(load, topic, places)
        case "title":
            return Step(None) if topic is None else _title(load, topic, places)
        case "carry":
            return _carry(load, places, manner)
        case "amend":
            return _amend(load, places)
        case "react" | "erase":
            return _about_copy(load)
        case "call":
            return _call(load, places)


def _before(load: Load, topic: Topic, places: Whereabouts) -> Step | None:
    """The topic and the card come before anything in them."""
    wants_card = topic.ticket is not None and topic.ticket.card_id is None
    act = load.parcel.act
    if places.forum is not False and (act in {"carry", "call"} or (act == "card" and wants_card)):
        if topic.customer.thread_id is None:
            return _make_topic(load, topic)
        if topic.customer.topic_closed:
            return _reopen_topic(load, topic)
    if act == "carry" and wants_card:
        return replace(_card(load, topic, places), last=False)
    return None


def _make_topic(load: Load, topic: Topic) -> Step:
    def keep(rooms: DeskRooms, result: Any) -> None:
        thread_id = result["message_thread_id"]
        rooms.stores.customers.update(
            topic.customer.id, thread_id=thread_id, title=topic.title, topic_closed=False
        )
        rooms.stores.customers.note_topic(thread_id, topic.customer.id)
        rooms.forum(yes=True)

    call = {"method": "createForumTopic", "chat_id": load.parcel.chat_id, "name": topic.title}
    return Step(call, keep, last=False)


def _reopen_topic(load: Load, topic: Topic) -> Step:
    call = {
        "method": "reopenForumTopic",
        "chat_id": load.parcel.chat_id,
        "message_thread_id": topic.customer.thread_id,
    }

    def keep(rooms: DeskRooms, _: Any) -> None:
        rooms.stores.customers.update(topic.customer.id, topic_closed=False)

    return Step(call, keep, last=False)


def _card(load: Load, topic: Topic, places: Whereabouts) -> Step:
    """Put the card up, or bring it up to date where it stands."""
    ticket, card = topic.ticket, topic.card
    if card is None or ticket is None:
        return Step(None)
    if ticket.card_id is not None:
        return Step({**rewrite(ticket.card_id, card.html, card.rows), "chat_id": load.parcel.chat_id})

    def keep(rooms: DeskRooms, result: Any) -> None:
        rooms.stores.tickets.update(ticket.id, card_id=result["message_id"])
        if places.forum is False:
            _answerable(load, topic, rooms, result)

    return Step(_addressed(say(card.html, card.rows), load, places), keep)


def _call(load: Load, places: Whereabouts) -> Step:
    """A call as it was posted; a line of ours says whom it is about where no topic does."""
    call, topic = dict(load.parcel.call or {}), load.topic
    if topic is None or places.forum is not False or call.get("parse_mode") != "HTML":
        return Step(_addressed(call, load, places))
    call["text"] = f"<b>{escape(topic.header)}</b>\n{call['text']}"
    return Step(_addressed(call, load, places), partial(_answerable, load, topic))


def _answerable(load: Load, topic: Topic, rooms: DeskRooms, result: Any) -> None:
    """Where there are no topics, a reply to a card or to a line of ours is for the customer it is about."""
    rooms.stores.messages.keep(
        customer_id=topic.customer.id,
        ticket_id=None if topic.ticket is None else topic.ticket.id,
        author="bot",
        content=Content(),
        at=rooms.now,
        original=Place(load.parcel.chat_id, result["message_id"]),
    )


def _title(load: Load, topic: Topic, places: Whereabouts) -> Step:
    """Rename the topic if its title says something else."""
    customer = topic.customer
    if customer.thread_id is None or places.forum is False or customer.title == topic.title:
        return Step(None)
    call = {
        "method": "editForumTopic",
        "chat_id": load.parcel.chat_id,
        "message_thread_id": customer.thread_id,
        "name": topic.title,
    }

    def keep(rooms: DeskRooms, _: Any) -> None:
        rooms.stores.customers.update(customer.id, title=topic.title)

    return Step(call, keep)


def _carry(load: Load, places: Whereabouts, manner: Manner) -> Step:
    contents = [message.content for message in load.messages]
    reply, quoting = load.spots.reply, None if manner.unquoted else contents[0]
    if load.topic is not None and reply is None:  # inside it may be shown; a customer sees no quoted cards
        contents[0] = contents[0].below_quote()
    content, header = _headed(load, places, contents)
    if header and content is None:
        if not load.spots.copies:  # no room for the header: it goes ahead
            call = render.answering(say_plain(header), reply, quoting)
            return Step(_addressed(call, load, places), _pairs(load), last=False)
        reply, quoting = load.spots.copies[-1], None
    if len(contents) > 1 and render.albums(contents):
        call = render.send_album([content or contents[0], *contents[1:]])
    else:
        whole = content or (joined(contents) if len(contents) > 1 else contents[0])
        pack = render.copy if manner.copied and load.spots.original else render.send
        call = pack(whole, load.spots.original, inside=load.topic is not None)
    call = _with_hints(render.answering(call, reply, quoting), load)
    return Step(_addressed(call, load, places), _pairs(load))


def _with_hints(call: Call, load: Load) -> Call:
    """The suggestions under a message, where Telegram takes buttons."""
    if load.hints and call["method"] not in render.BARE:
        return {**call, "reply_markup": keyboard(load.hints)}
    return call


def _headed(load: Load, places: Whereabouts, contents: list[Content]) -> tuple[Content | None, str]:
    """The content under its header, where there are no topics; None where it does not fit."""
    whole = joined(contents) if all(content.kind == "text" for content in contents) else contents[0]
    if load.topic is None or places.forum is not False:
        return whole, ""
    return whole.headed(load.topic.header), load.topic.header


def _amend(load: Load, places: Whereabouts) -> Step:
    """Write the copy anew from everything it shows; a copy that never was needs nothing."""
    if not load.spots.copies:
        return Step(None)
    copy, own = load.spots.copies[-1], load.messages[0].content
    shown = [message.content for message in load.spots.shown] or [own]
    together = len(shown) == 1 or all(can_join(shown[:count], shown[count]) for count in range(1, len(shown)))
    content = joined(shown) if together and len(shown) > 1 else own
    if load.topic is not None and places.forum is False:
        content = content.headed(load.topic.header) or content
    if together:
        call = render.amend(content, copy.telegram_id, media=bool(load.parcel.ref.get("media")))
        return Step({**_with_hints(call, load), "chat_id": load.parcel.chat_id})
    # the others leave no room for it now: the new text stands below
    call = render.send(content, load.spots.original, inside=load.topic is not None)
    return Step(_addressed(render.answering(call, copy, None), load, places), _pairs(load))


def _about_copy(load: Load) -> Step:
    """A reaction on a message's place in the chat, or the copy taken away."""
    if not load.spots.copies:
        return Step(None)
    parcel = load.parcel
    call = dict(parcel.call or {"method": "deleteMessage"})
    return Step({**call, "chat_id": parcel.chat_id, "message_id": load.spots.copies[-1].telegram_id})


def say_plain(text: str) -> Call:
    """A line without markup."""
    return {"method": "sendMessage", "text": text}


def _pairs(load: Load) -> Keep:
    """Note where each message of the run now stands."""
    chat_id = load.parcel.chat_id
    messages: tuple[Message, ...] = load.messages

    def keep(rooms: DeskRooms, result: Any) -> None:
        ids = sent_ids(result)
        for index, message in enumerate(messages):
            telegram_id = ids[index] if len(ids) == len(messages) else ids[0]
            rooms.stores.messages.pair(message.id, Place(chat_id, telegram_id))

    return keep


def sent_ids(result: Any) -> tuple[int, ...]:
    """The ids of the messages that a call became."""
    if isinstance(result, dict) and "message_id" in result:
        return (int(result["message_id"]),)
    if isinstance(result, list):
        return tuple(int(each["message_id"]) for each in result if "message_id" in each)
    return ()


def _addressed(call: Call, load: Load, places: Whereabouts) -> Call:
    """Put the destination on a call: the chat, and the customer's topic where there are topics."""
    call["chat_id"] = load.parcel.chat_id
    if load.topic is not None and places.forum is not False and load.topic.customer.thread_id is not None:
        call["message_thread_id"] = load.topic.customer.thread_id
    return call
