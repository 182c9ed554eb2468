"""The next call for a run in Telegram: a topic made or reopened, a card, and then the run itself.

A run may need a topic made, a closed one reopened, or the card put at its head before its own call; each of
these is a step that leaves its trace in the database, and the next pick of the stream finds it there.
"""

from dataclasses import dataclass, replace
from functools import partial
from html import escape
from typing import Any

from bot.engine.front import Keep, Step
from bot.rooms.desk_rooms import DeskRooms
from bot.telegram import render
from bot.telegram.context import TelegramContext, TopicNow
from bot.telegram.uploads import Call
from desk import post
from desk.content import Content, can_join, joined
from desk.placement import Placement
from desk.profile import DeskPlaces
from tickets.card import card_of
from tickets.ticket import Message, Place
from tickets.title import shown


@dataclass(frozen=True, slots=True)
class SendOptions:
    """How a run is to be sent after what Telegram has refused: without its quote, or as a copy."""

    unquoted: bool = False
    copied: bool = False


def next_step(context: TelegramContext, places: DeskPlaces, options: SendOptions) -> Step:
    """The next call for a run."""
    topic = context.topic
    if topic is not None:
        before = _before(context, topic, places)
        if before is not None:
            return before
    match context.parcel.body:
        case post.ShowCard() | post.ShowTitle() as body:
            return _about_topic(body, context, places)
        case post.Carry():
            return _carry(context, places, options)
        case post.Amend(with_file=with_file):
            return _amend(context, places, media=with_file)
        case post.React(emoji=emoji):
            reaction = {"method": "setMessageReaction", "reaction": render.reaction(emoji)}
            return _about_copy(context, reaction)
        case post.Erase():
            return _about_copy(context, {"method": "deleteMessage"})
        case post.CloseTopic():
            return Step(_addressed({"method": "closeForumTopic"}, context, places))
        case post.Say() | post.Rewrite() | post.Rebutton() | post.Mark() as body:
            return _spoken(body, context, places)


def _before(context: TelegramContext, topic: TopicNow, places: DeskPlaces) -> Step | None:
    """The step that must come before the run's own: a topic, or the card at its head."""
    body = context.parcel.body
    carries, says = isinstance(body, post.Carry), isinstance(body, post.Say)
    wants_card = topic.ticket is not None and topic.card_at is None
    if places.forum is not False and (carries or says or (isinstance(body, post.ShowCard) and wants_card)):
        if topic.topic is None or topic.thread_id is None:
            return _make_topic(context, topic)
        if topic.topic.closed:
            return _reopen_topic(context, topic.customer.id, topic.thread_id)
    if carries and wants_card:
        return replace(_card(context, topic, places), last=False)
    return None


def _about_topic(body: post.ShowCard | post.ShowTitle, context: TelegramContext, places: DeskPlaces) -> Step:
    """The step for the card or the title of a customer's topic."""
    if context.topic is None:
        return Step(None)
    return (_card if isinstance(body, post.ShowCard) else _title)(context, context.topic, places)


def _make_topic(context: TelegramContext, topic: TopicNow) -> Step:
    customer_id, title, chat_id = topic.customer.id, topic.title, context.chat_id

    def keep(rooms: DeskRooms, result: Any) -> None:
        rooms.stores.topics.made(customer_id, chat_id, result["message_thread_id"], title)
        rooms.shared.group.forum(yes=True)

    call = {"method": "createForumTopic", "chat_id": chat_id, "name": shown(title)}
    return Step(call, keep, last=False)


def _reopen_topic(context: TelegramContext, customer_id: int, thread_id: int) -> Step:
    chat_id = context.chat_id

    def keep(rooms: DeskRooms, _: Any) -> None:
        rooms.stores.topics.shut(chat_id, thread_id, closed=False)

    call = {"method": "reopenForumTopic", "chat_id": chat_id, "message_thread_id": thread_id}
    return Step(call, keep, last=False)


def _card(context: TelegramContext, topic: TopicNow, places: DeskPlaces) -> Step:
    """Put the card up, or bring it up to date where it stands."""
    ticket, card, stands = topic.ticket, topic.card, topic.card_at
    if card is None or ticket is None:
        return Step(None)
    if stands is not None:
        body = post.rewrite(stands.message_id or 0, card.html, card.rows)
        return Step({**render.spoken(body), "chat_id": stands.chat_id})
    subject, chat_id = card_of(ticket), context.chat_id

    def keep(rooms: DeskRooms, result: Any) -> None:
        rooms.stores.placements.put(subject, Placement(chat_id, result["message_id"]))
        if places.forum is False:
            _answerable(context, topic, rooms, result)

    return Step(_addressed(render.spoken(post.say(card.html, card.rows)), context, places), keep)


def _spoken(
    body: post.Say | post.Rewrite | post.Rebutton | post.Mark, context: TelegramContext, places: DeskPlaces
) -> Step:
    """The step for a message of ours; where there are no topics, a header names the customer."""
    topic = context.topic
    if topic is None or places.forum is not False or not isinstance(body, post.Say):
        return Step(_addressed(render.spoken(body), context, places))
    headed = replace(body, html=f"<b>{escape(topic.header)}</b>\n{body.html}")
    return Step(_addressed(render.spoken(headed), context, places), partial(_answerable, context, topic))


def _answerable(context: TelegramContext, topic: TopicNow, rooms: DeskRooms, result: Any) -> None:
    """Keep a card or a line of ours as a message: without topics, operators answer by replying to it."""
    rooms.stores.messages.keep(
        customer_id=topic.customer.id,
        ticket_id=None if topic.ticket is None else topic.ticket.id,
        author="bot",
        content=Content(),
        at=rooms.now,
        original=Place(context.chat_id, result["message_id"]),
    )


def _title(context: TelegramContext, topic: TopicNow, places: DeskPlaces) -> Step:
    """Rename the topic if its title says something else."""
    stands, customer_id, title = topic.topic, topic.customer.id, topic.title
    if stands is None or stands.thread_id is None or places.forum is False or stands.title == title:
        return Step(None)
    call = {
        "method": "editForumTopic",
        "chat_id": stands.chat_id,
        "message_thread_id": stands.thread_id,
        "name": shown(title),
    }

    def keep(rooms: DeskRooms, _: Any) -> None:
        if not rooms.stores.topics.rename(customer_id, title, stood=stands.title):
            rooms.matters.handling.retitle(topic.customer)  # somebody has renamed it meanwhile

    return Step(call, keep)


def _carry(context: TelegramContext, places: DeskPlaces, options: SendOptions) -> Step:
    contents = [message.content for message in context.messages]
    reply, quoting = context.places.reply, None if options.unquoted else contents[0]
    if context.topic is not None and reply is None:  # inside it may be shown; a customer sees no quoted cards
        contents[0] = contents[0].below_quote()
    content, header = _headed(context, places, contents)
    if header and content is None:
        if not context.places.copies:  # no room for the header: it goes ahead
            call = render.answering(say_plain(header), reply, quoting)
            return Step(_addressed(call, context, places), _pairs(context), last=False)
        reply, quoting = context.places.copies[-1], None
    if len(contents) > 1 and render.albums(contents):
        call = render.send_album([content or contents[0], *contents[1:]])
    else:
        whole = content or (joined(contents) if len(contents) > 1 else contents[0])
        pack = render.copy if options.copied and context.places.original else render.send
        call = pack(whole, context.places.original, inside=context.topic is not None)
    call = _with_suggestions(render.answering(call, reply, quoting), context)
    return Step(_addressed(call, context, places), _pairs(context))


def _with_suggestions(call: Call, context: TelegramContext) -> Call:
    """The call with buttons that suggest answers, if its method takes buttons."""
    if context.suggestions and call["method"] not in render.BARE:
        return {**call, "reply_markup": render.keyboard(context.suggestions)}
    return call


def _headed(
    context: TelegramContext, places: DeskPlaces, contents: list[Content]
) -> tuple[Content | None, str]:
    """The content below a header where there are no topics; None where both do not fit."""
    whole = joined(contents) if all(content.kind == "text" for content in contents) else contents[0]
    if context.topic is None or places.forum is not False:
        return whole, ""
    return whole.headed(context.topic.header), context.topic.header


def _amend(context: TelegramContext, places: DeskPlaces, *, media: bool) -> Step:
    """The step that rewrites a copy from all messages it shows; nothing is due if there is no copy."""
    if not context.places.copies:
        return Step(None)
    copy, own = context.places.copies[-1], context.messages[0].content
    shown = [message.content for message in context.places.shown] or [own]
    together = len(shown) == 1 or all(can_join(shown[:count], shown[count]) for count in range(1, len(shown)))
    content = joined(shown) if together and len(shown) > 1 else own
    if context.topic is not None and places.forum is False:
        content = content.headed(context.topic.header) or content
    if together:
        call = render.amend(content, copy.telegram_id, media=media)
        return Step({**_with_suggestions(call, context), "chat_id": context.chat_id})
    # the others leave no room for it now: the new text stands below
    call = render.send(content, context.places.original, inside=context.topic is not None)
    return Step(_addressed(render.answering(call, copy, None), context, places), _pairs(context))


def _about_copy(context: TelegramContext, call: Call) -> Step:
    """The step for a reaction on a message in that chat, or for deleting the copy."""
    if not context.places.copies:
        return Step(None)
    copy = context.places.copies[-1]
    return Step({**call, "chat_id": context.chat_id, "message_id": copy.telegram_id})


def say_plain(text: str) -> Call:
    """The call for a text without formatting."""
    return {"method": "sendMessage", "text": text}


def _pairs(context: TelegramContext) -> Keep:
    """Keeps where each message of the run stands after the call."""
    chat_id = context.chat_id
    messages: tuple[Message, ...] = context.messages

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


def _addressed(call: Call, context: TelegramContext, places: DeskPlaces) -> Call:
    """The call with its chat, and its topic where there are topics."""
    to, topic = context.parcel.to, context.topic
    thread_id = to.thread_id if isinstance(to, post.Chat) else None
    if topic is not None and places.forum is not False:
        thread_id = topic.thread_id
    there = {} if thread_id is None else {"message_thread_id": thread_id}
    return {**call, "chat_id": context.chat_id, **there}
